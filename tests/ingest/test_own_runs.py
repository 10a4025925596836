"""What is like the runner's own runs is one: how much alike, how many, and compared with what."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
import pytest

from tightlog.ingest.kinds import kinds
from tightlog.ingest.own_runs import may_be_compared

Row = dict[str, Any]
AT = datetime(2026, 5, 4, 6, tzinfo=UTC)
NO_TWINS = {"activity_id": pl.String, "kept_activity_id": pl.String}


def recording(sport: str | None = None, rule: str = "file", **facts: Any) -> Row:
    """A recording of 30 min at 3 m/s and 145 bpm, of a sport or of none that anything says."""
    return {
        "reader": "gpx",
        "sport": sport or "generic",
        "sub_sport": "generic",
        "sport_rule": rule if sport else "unknown",
        "movement_sport": None,
        "elapsed_s": 1800.0,
        "moving_s": 1800.0,
        "distance_m": 5400.0,
        "is_indoor": None,
        "seen_window_count": 60,
        "moving_window_count": 60,
        "fast_window_count": 0,
        "window_speed_mps": 3.0,
        "window_speed_high_mps": 3.4,
        "window_speed_spread": 0.3,
        "heart_rate_bpm": 145.0,
        "speed_mps": 3.0,
        "cadence_raw": None,
        **facts,
    }


def moving(count: int, **facts: Any) -> Row:
    """A recording of unknown kind with so many half-minutes."""
    return recording(moving_window_count=count, seen_window_count=count, **facts)


def home(rows: Sequence[Row]) -> pl.DataFrame:
    """The activities as read, one a day."""
    days = [
        {"activity_id": f"{number}", "started_at": AT + timedelta(days=number)} | row
        for number, row in enumerate(rows)
    ]
    return pl.DataFrame(days, infer_schema_length=None)


def rules(rows: Sequence[Row], **options: Any) -> list[tuple[str, str]]:
    """Sport and rule of each, in the order given."""
    aside = options.get("aside", pl.DataFrame(schema=NO_TWINS))
    found = kinds(home(rows), aside, options.get("said", {}), options.get("default_sport"))
    by_id = {row[0]: row[1:] for row in found.select("activity_id", "sport", "sport_rule").rows()}
    return [by_id[f"{number}"] for number in range(len(rows)) if f"{number}" in by_id]


def is_found(candidate: Row, runs: Sequence[Row], others: Sequence[Row] = ()) -> bool:
    """True when the candidate is a run in the home of these runs and others."""
    rule = rules([candidate, *runs, *others])[0]
    assert rule in {("running", "own_runs"), ("generic", "unknown")}
    return rule[1] == "own_runs"


RUN = recording("running")
RUNS = [RUN] * 10


def piece(gap_min: float, is_before: bool = False, **facts: Any) -> Row:
    """A warm-up of four minutes, so long after (or before) the run on the first day of RUNS."""
    lasting_s = 240.0
    at = AT + timedelta(days=1)
    start = (
        at - timedelta(minutes=gap_min, seconds=lasting_s)
        if is_before
        else at + timedelta(minutes=30 + gap_min)
    )
    measured: Row = {
        "started_at": start,
        "elapsed_s": lasting_s,
        "moving_s": lasting_s,
        "seen_window_count": 8,
        "moving_window_count": 8,
        "window_speed_mps": 2.4,
        "heart_rate_bpm": 115.0,
    }
    return recording(**(measured | facts))


@pytest.mark.parametrize(
    ("gap_min", "is_before", "facts", "expected"),
    [
        (10.0, False, {}, True),
        (10.0, True, {}, True),
        (10.1, False, {}, False),
        (10.1, True, {}, False),
        (1.0, False, {"moving_window_count": 3, "seen_window_count": 3}, True),
        (1.0, False, {"moving_window_count": 2, "seen_window_count": 2}, False),
        (1.0, False, {"moving_window_count": 30, "seen_window_count": 30}, True),
        (1.0, False, {"moving_window_count": 31, "seen_window_count": 31}, False),
        (1.0, False, {"heart_rate_bpm": 110.0}, True),
        (1.0, False, {"heart_rate_bpm": 109.0}, False),
        (1.0, False, {"heart_rate_bpm": None}, False),
        # A walk, a ride faster than the fast runs, and a stop-and-go.
        (1.0, False, {"window_speed_mps": 1.8}, False),
        (1.0, False, {"window_speed_mps": 3.0}, True),
        (1.0, False, {"window_speed_mps": 3.1}, False),
        (1.0, False, {"window_speed_spread": 1.1}, False),
    ],
)
def test_a_piece_right_beside_a_sure_run_may_be_shorter_and_at_another_heart_rate(
    gap_min: float, is_before: bool, facts: Row, expected: bool
) -> None:
    assert is_found(piece(gap_min, is_before, **facts), RUNS) is expected


def test_a_piece_as_fast_as_the_runner_s_rides_stays_open() -> None:
    ride = recording("cycling", window_speed_mps=2.4)
    assert not is_found(piece(1.0), RUNS, [ride])
    assert is_found(piece(1.0), RUNS, [recording("cycling", window_speed_mps=2.7)])


def test_ten_runs_have_to_be_like_it() -> None:
    assert is_found(recording(), RUNS)
    assert not is_found(recording(), RUNS[1:])


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"window_speed_mps": 3.0 * 1.095}, True),
        ({"window_speed_mps": 3.0 * 1.105}, False),
        ({"window_speed_mps": 3.0 / 1.095}, True),
        ({"window_speed_mps": 3.0 / 1.105}, False),
        ({"heart_rate_bpm": 152.5}, True),
        ({"heart_rate_bpm": 153.5}, False),
        ({"heart_rate_bpm": 137.5}, True),
        ({"heart_rate_bpm": 136.5}, False),
    ],
)
def test_it_is_as_fast_as_they_are_at_the_same_heart_rate(facts: Row, expected: bool) -> None:
    assert is_found(recording(**facts), RUNS) is expected


@pytest.mark.parametrize(
    ("candidate", "expected"),
    [
        # up to 5 min with a heart rate: at least 2.5 min, and steady
        (moving(5, window_speed_spread=0.38), True),
        (moving(4, window_speed_spread=0.38), False),
        (moving(9, window_speed_spread=0.42), False),
        # from 5 min on also intervals with walks between
        (moving(10, window_speed_spread=0.95), True),
        (moving(9, window_speed_spread=0.95), False),
        (moving(60, window_speed_spread=1.05), False),
        # without a heart rate: 10 min, and fairly steady
        (moving(20, heart_rate_bpm=None, window_speed_spread=0.52), True),
        (moving(19, heart_rate_bpm=None, window_speed_spread=0.52), False),
        (moving(60, heart_rate_bpm=None, window_speed_spread=0.58), False),
    ],
)
def test_what_measured_less_has_to_be_longer_and_steadier(candidate: Row, expected: bool) -> None:
    assert is_found(candidate, RUNS) is expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, True),
        ({"window_speed_mps": 1.91}, True),
        ({"window_speed_mps": 1.89}, False),
        ({"window_speed_high_mps": 5.15}, True),
        ({"window_speed_high_mps": 5.25}, False),
        ({"fast_window_count": 2}, False),
        ({"seen_window_count": 119}, True),
        ({"seen_window_count": 121}, False),
        ({"heart_rate_bpm": 111.0}, True),
        ({"heart_rate_bpm": 109.0}, False),
        # mean strides or steps of a runner, steps of a walker, turns of a crank
        ({"cadence_raw": 82.0}, True),
        ({"cadence_raw": 164.0}, True),
        ({"cadence_raw": 55.0}, False),
        ({"cadence_raw": 125.0}, False),
        ({"moving_window_count": 0, "window_speed_mps": None}, False),
    ],
)
def test_what_no_runner_does_is_not_compared(facts: Row, expected: bool) -> None:
    assert may_be_compared(recording(**facts)) is expected


def test_of_a_hundred_alike_one_may_be_something_else() -> None:
    ride = recording("cycling")
    assert is_found(recording(), [RUN] * 99, [ride])
    assert not is_found(recording(), [RUN] * 94, [ride])
    assert is_found(recording(), RUNS, [recording("cycling", window_speed_mps=6.0)] * 50)
    assert is_found(recording(), RUNS, [recording("hiking", heart_rate_bpm=110.0)] * 50)


def test_without_a_heart_rate_nothing_is_compared_for_who_also_rides() -> None:
    blind = recording(heart_rate_bpm=None)
    ride = recording("cycling", window_speed_mps=6.0, speed_mps=6.0)
    walk = recording("walking", window_speed_mps=1.4, speed_mps=1.4)
    assert is_found(blind, [RUN] * 19, [ride])
    assert not is_found(blind, [RUN] * 18, [ride])
    assert is_found(blind, RUNS, [walk] * 20)
    assert is_found(recording(), RUNS, [ride] * 20)


def test_a_home_in_which_no_file_says_a_kind_is_compared_with_what_its_movement_shows() -> None:
    shown = [recording(movement_sport="running")] * 10
    assert is_found(moving(8), shown)
    assert not is_found(moving(8), shown, [recording(movement_sport="generic")])


def test_a_run_with_too_few_half_minutes_is_no_measure() -> None:
    short = recording("running", moving_window_count=9)
    assert not is_found(recording(), [*RUNS[1:], short])
    assert is_found(recording(), [*RUNS[1:], recording("running", moving_window_count=10)])


def test_a_guess_is_no_measure_of_others_and_no_order_matters() -> None:
    rows = [*RUNS, *[recording(window_speed_mps=3.0 * 1.09)] * 10, recording(window_speed_mps=3.5)]
    found = rules(rows)
    assert found[10:20] == [("running", "own_runs")] * 10
    assert found[20] == ("generic", "unknown")
    assert rules(rows[::-1]) == found[::-1]


def test_a_setting_and_a_copy_are_no_measure() -> None:
    ten_and_one = [recording(), *RUNS]
    copy = pl.DataFrame({"activity_id": ["1"], "kept_activity_id": ["2"]})
    assert rules(ten_and_one)[0] == ("running", "own_runs")
    assert rules(ten_and_one, aside=copy)[0] == ("generic", "unknown")
    by_setting = rules([recording()] * 11, default_sport="running")
    assert {rule for _, rule in by_setting} == {"settings"}


def test_a_correction_is_believed_before_the_own_runs_and_measures_others() -> None:
    rows = [recording(), recording(), *RUNS[1:]]
    assert rules(rows)[0] == ("generic", "unknown")
    assert rules(rows, said={"1": {"sport": "running"}})[0] == ("running", "own_runs")
    ten_more = [*rows, RUN]
    assert rules(ten_more, said={"0": {"sport": "cycling"}})[0] == ("cycling", "correction")


def test_the_runner_s_detail_of_an_activity_is_kept() -> None:
    found = kinds(
        home([recording(), *RUNS]),
        pl.DataFrame(schema=NO_TWINS),
        {"0": {"sub_sport": "trail"}},
        None,
    )
    assert found.row(0)[1:4] == ("running", "trail", "own_runs")
