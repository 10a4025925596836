"""A clock that jumps while it records: the rows are brought onto one, or left alone."""

from datetime import timedelta

import numpy as np
import pytest

from tests.builders import START, run_fit, run_gpx
from tightlog.domain.file_status import FileStatus
from tightlog.readers.clock_jumps import Repair, believed, duration_words, steady
from tightlog.readers.fit import read_fit
from tightlog.readers.xml.gpx import read_gpx
from tightlog.simulation.files.fit_file import FitMessage, fit_file, fit_timestamp
from tightlog.words.numbers import counted

RIGHT = np.arange(0.0, 1000.0, 5.0)


def near() -> np.ndarray:
    """No row far from the one before it."""
    return np.zeros(RIGHT.size - 1, dtype=np.bool_)


def moved(first: int, last: int, by_s: float) -> np.ndarray:
    """The right times, those of some rows on another clock."""
    times = RIGHT.copy()
    times[first:last] += by_s
    return times


@pytest.mark.parametrize(
    "times",
    [
        moved(0, 2, 7200.0),
        moved(0, 1, 7200.0),
        moved(150, 200, -600.0),
        moved(90, 130, 3600.0),
        moved(90, 130, -3600.0),
        moved(90, 91, 86_400.0),
        moved(120, 200, 730 * 86_400.0),
        moved(0, 60, -730 * 86_400.0),
    ],
)
def test_rows_of_another_clock_are_shifted_by_the_jump(times: np.ndarray) -> None:
    found, repair = steady(times, near)
    assert repair is not None and np.allclose(found - found[0], RIGHT)


def test_the_larger_side_keeps_its_time() -> None:
    assert steady(moved(0, 60, 7200.0), near)[0][0] == 0.0
    assert steady(moved(140, 200, -600.0), near)[0][-1] == 995.0


def test_summer_time_that_ends_in_a_time_without_zone_moves_what_is_later() -> None:
    times = moved(60, 200, -3600.0)
    assert steady(times, near, is_local=True)[0][0] == 0.0
    assert steady(times, near)[0][0] == -3600.0


@pytest.mark.parametrize(
    "times",
    [
        RIGHT,
        RIGHT[::-1].copy(),
        moved(100, 200, 3600.0),  # a pause
        moved(100, 200, 13.9 * 86_400),
        np.where(np.arange(200) % 20 == 0, RIGHT - 8.0, RIGHT),  # an exporter's order
        moved(100, 200, -9.9),
    ],
)
def test_what_is_no_jump_is_left_alone(times: np.ndarray) -> None:
    found, repair = steady(times, near)
    assert repair is None and np.array_equal(found, times)


@pytest.mark.parametrize(("ahead_d", "is_jump"), [(13.9, False), (14.1, True)])
def test_a_step_ahead_is_a_jump_beyond_two_weeks(ahead_d: float, is_jump: bool) -> None:
    assert (steady(moved(150, 200, ahead_d * 86_400), near)[1] is not None) is is_jump


@pytest.mark.parametrize(("back_s", "is_jump"), [(5.0, False), (5.4, True)])
def test_a_step_back_is_a_jump_beyond_five_seconds(back_s: float, is_jump: bool) -> None:
    assert (steady(moved(150, 200, -5.0 - back_s), near)[1] is not None) is is_jump


def test_two_tracks_in_one_piece_are_no_jump() -> None:
    far = near()
    far[149] = True
    assert steady(moved(150, 200, -600.0), lambda: far)[1] is None


def test_how_far_rows_are_apart_is_worked_out_only_where_a_clock_jumps() -> None:
    def counted() -> np.ndarray:
        asked.append(True)
        return near()

    asked: list[bool] = []
    steady(RIGHT, counted)
    steady(moved(100, 200, 3600.0), counted)
    assert asked == []
    steady(moved(150, 200, -600.0), counted)
    assert asked == [True]


def test_rows_without_a_time_stay_without() -> None:
    times = moved(0, 2, 7200.0)
    times[[0, 50]] = np.nan
    found, repair = steady(times, near)
    assert np.isnan(found[[0, 50]]).all() and found[1] == 5.0
    assert repair is not None and repair.row_count == 1


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(7200, "2 h"), (600, "10 min"), (45, "45 s"), (3600, "1 h"), (730 * 86_400, "730 days")],
)
def test_a_jump_is_told_in_its_usual_unit(seconds: float, words: str) -> None:
    assert duration_words(seconds) == words


def test_a_repair_counts_its_records() -> None:
    assert "1 record was shifted" in Repair(1, 3600).words
    assert "1,200 records were shifted" in Repair(1200, 3600).words


def test_a_gpx_that_begins_in_the_future_is_as_long_as_it_was() -> None:
    text = run_gpx().decode()
    times = [f"{START + timedelta(seconds=at):%Y-%m-%dT%H:%M:%SZ}" for at in (0, 5)]
    late = [f"{START + timedelta(seconds=at, hours=2):%Y-%m-%dT%H:%M:%SZ}" for at in (0, 5)]
    whole = read_gpx(text.encode(), "a.gpx").activities[0]
    for right, wrong in zip(times, late, strict=True):
        text = text.replace(f"<time>{right}</time>", f"<time>{wrong}</time>")
    found = read_gpx(text.encode(), "a.gpx")
    (activity,) = found.activities
    assert found.status is FileStatus.PARTIAL and "clock jumped by 2 h" in (found.reason or "")
    assert (activity.started_at, activity.elapsed_s) == (START, whole.elapsed_s)
    assert activity.distance_m == pytest.approx(whole.distance_m)


YEAR_S = 365 * 86_400.0


@pytest.mark.parametrize(
    ("first", "last", "by_s"),
    [(0, 3, 9 * YEAR_S), (0, 3, -40 * YEAR_S), (180, 241, 9 * YEAR_S), (60, 120, -40 * YEAR_S)],
)
def test_impossible_times_of_a_part_are_those_of_a_clock_that_jumped(
    first: int, last: int, by_s: float
) -> None:
    text = run_gpx().decode()
    for row in range(first, last):
        right = START + timedelta(seconds=5 * row)
        wrong = right + timedelta(seconds=by_s)
        text = text.replace(f"{right:%Y-%m-%dT%H:%M:%SZ}", f"{wrong:%Y-%m-%dT%H:%M:%SZ}")
    found = read_gpx(text.encode(), "a.gpx")
    (activity,) = found.activities
    assert (activity.started_at, activity.elapsed_s) == (START, 1200)
    assert activity.distance_m == pytest.approx(3360, abs=1)
    assert f"{counted(last - first, 'record')} were shifted" in (found.reason or "")


def test_impossible_times_without_a_jump_that_explains_them_are_left_out() -> None:
    times = START.timestamp() + RIGHT
    odd = times.copy()
    odd[::5] = 0.0
    kept = believed(odd, lambda one: one > YEAR_S, near)
    assert np.array_equal(np.isfinite(kept), odd > 0)


def test_where_most_times_are_impossible_none_is_moved() -> None:
    times = START.timestamp() + RIGHT
    for count, is_kept in ((99, True), (100, False)):
        odd = times.copy()
        odd[:count] -= 50 * YEAR_S
        kept = believed(odd, lambda one: one > START.timestamp() - YEAR_S, near)
        assert bool(np.isfinite(kept).all()) is is_kept


@pytest.mark.parametrize(
    ("at", "by_s", "is_jump"),
    [
        (4, 3600.0, True),
        (12, 900.0, True),
        (13, 3600.0, False),
        (4, 3605.0, False),
        (4, 600.0, False),
    ],
)
def test_a_clock_is_set_right_by_a_zone_within_a_minute(
    at: int, by_s: float, is_jump: bool
) -> None:
    times = RIGHT.copy()
    times[at:] += by_s
    found, repair = steady(times, near)
    assert (repair is not None) is is_jump
    assert (found[-1] == times[-1]) and (found[0] == (by_s if is_jump else 0.0))


def test_a_fit_file_that_begins_on_a_clock_not_set_is_read_whole() -> None:
    start = fit_timestamp(START)
    for by_s in (9 * YEAR_S, -26 * YEAR_S):
        times = start + np.arange(601)
        times[:10] += int(by_s)
        (activity,) = read_fit(fit_with_times(times, times[0]), "a.fit").activities
        assert activity.started_at == START
        assert activity.records["elapsed_s"].to_list() == list(range(601))


def fit_with_times(times_s: np.ndarray, started_s: float, **created: int) -> bytes:
    """A FIT file of a run whose records have these times, without a clock of its own otherwise."""
    size = times_s.size
    return fit_file(
        [
            FitMessage(0, {0: ("enum", [4]), 4: ("uint32", [created.get("created", 0)])}),
            FitMessage(
                20,
                {
                    253: ("uint32", times_s.astype(np.int64)),
                    3: ("uint8", np.full(size, 145)),
                    5: ("uint32", np.arange(size) * 280),
                },
            ),
            FitMessage(
                18,
                {
                    253: ("uint32", [int(started_s) + size]),
                    2: ("uint32", [int(started_s)]),
                    5: ("enum", [1]),
                    7: ("uint32", [(size - 1) * 1000]),
                    8: ("uint32", [(size - 1) * 1000]),
                },
            ),
        ]
    )


def test_a_fit_file_whose_session_began_on_the_wrong_clock_starts_with_its_records() -> None:
    start = fit_timestamp(START)
    times = start + np.arange(601)
    times[:3] += 7200
    found = read_fit(fit_with_times(times, times[0]), "a.fit")
    assert found.activities[0].started_at == START
    assert found.activities[0].records["elapsed_s"].to_list() == list(range(601))
    assert "clock jumped by 2 h" in (found.reason or "")


def test_times_since_switching_on_are_dated_by_the_file() -> None:
    times = 1000 + np.arange(601)
    found = read_fit(fit_with_times(times, 1000, created=fit_timestamp(START)), "a.fit")
    (activity,) = found.activities
    assert activity.started_at == START and activity.records["elapsed_s"][-1] == 600.0
    assert found.status is FileStatus.PARTIAL and "switched on" in (found.reason or "")
    assert read_fit(fit_with_times(times, 1000), "a.fit").activities == ()


def test_a_half_downloaded_fit_file_says_that_its_kind_is_missing() -> None:
    found = read_fit(run_fit()[:4000], "a.fit")
    assert found.status is FileStatus.PARTIAL
    assert "what kind of activity it is stands in the part that is missing" in (found.reason or "")
