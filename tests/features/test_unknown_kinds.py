"""What an activity of unknown kind, or one that does not count, leaves of a day and its windows."""

import pytest

from tests.features.conftest import Home


def unknown(home: Home, number: int, minutes: float | None = 30.0, hour: float = 18.0) -> None:
    home.did(number, "generic", minutes=minutes, hour=hour, distance_m=5000.0, sport_rule="unknown")


def test_on_its_day_no_feature_of_runs_is_known(home: Home) -> None:
    home.watched(0, 40)
    for number in range(0, 40, 2):
        home.ran(number)
    unknown(home, 21)
    unknown(home, 24)
    day = home.days()
    alone, beside = day(21), day(24)
    names = ("run_count", "run_distance_m", "run_min", "longest_run_m", "ascent_m", "run_load_au")
    assert {one[name] for one in (alone, beside) for name in names} == {None}
    assert (alone["since_run_d"], beside["since_run_d"], day(25)["since_run_d"]) == (None, 0, 1)
    assert (alone["run_streak_d"], alone["session_spike"]) == (None, None)
    assert (day(20)["run_count"], day(20)["unknown_kind_min"]) == (1, 0.0)
    assert alone["unknown_kind_min"] == 30.0


@pytest.mark.parametrize(("minutes", "is_kept"), [(3.0, True), (60 / 19 + 0.1, False)])
def test_a_warm_up_of_unknown_kind_leaves_the_runs_of_its_day_known(
    home: Home, minutes: float, is_kept: bool
) -> None:
    home.watched(0, 40)
    for number in range(0, 40, 2):
        home.ran(number, km=10, minutes=60)
    unknown(home, 30, minutes, hour=6.0)
    day = home.days()(30)
    assert day["unknown_kind_min"] == minutes
    expected = {"run_count": 1, "run_distance_m": 10_000, "run_min": 60, "longest_run_m": 10_000}
    assert {name: day[name] for name in expected} == (
        expected if is_kept else dict.fromkeys(expected)
    )
    assert (day["session_spike"], day["since_run_d"]) == (False if is_kept else None, 0)


def test_the_load_from_heart_rate_needs_no_kind(home: Home) -> None:
    home.watched(0, 3)
    home.beat(home.ran(0), {150: 3600.0})
    home.did(1, "generic", sport_rule="unknown", heart_rate_bpm=140.0)
    assert home.days()(1)["load_au"] > 0


@pytest.mark.parametrize(
    ("minutes", "is_kept"), [(14 * 60 / 19 - 0.1, True), (14 * 60 / 19 + 0.1, False)]
)
def test_a_window_holds_while_a_twentieth_of_its_minutes_is_unknown(
    home: Home, minutes: float, is_kept: bool
) -> None:
    home.watched(0, 40)
    for number in range(0, 40, 2):
        home.ran(number, km=10, minutes=60)
    unknown(home, 27, minutes)
    day = home.days()(28)
    share_pct = 100 * minutes / (minutes + 14 * 60)
    assert day["unknown_kind_28d_pct"] == pytest.approx(share_pct)
    assert day["run_distance_28d_m"] == (140_000 if is_kept else None)
    assert day["run_28d_min"] == (840 if is_kept else None)
    assert day["run_distance_7d_m"] is None


def test_a_window_without_one_is_marked_with_nothing(home: Home) -> None:
    home.watched(0, 40)
    home.ran(0)
    day = home.days()(30)
    assert (day["unknown_kind_7d_pct"], day["unknown_kind_28d_pct"]) == (0.0, 0.0)
    assert day["run_distance_7d_m"] == 0.0


def test_one_of_unknown_length_leaves_no_window(home: Home) -> None:
    home.watched(0, 40)
    for number in range(0, 40, 2):
        home.ran(number)
    unknown(home, 27, None)
    day = home.days()
    assert day(28)["unknown_kind_min"] == 0.0
    assert day(27)["unknown_kind_min"] is None
    assert day(28)["run_distance_28d_m"] is None
    assert day(28)["longest_run_30d_m"] is None


def test_a_spike_is_told_while_little_is_unknown(home: Home) -> None:
    home.watched(0, 80)
    for number in range(0, 80, 2):
        home.ran(number, km=10 if number < 60 else 14)
    unknown(home, 51, 20)
    assert home.days()(60)["session_spike_state"] == "over_30_pct"
    unknown(home, 53, 120)
    assert home.days()(60)["session_spike_state"] == "not_enough_history"


def test_no_break_is_told_while_a_run_may_lie_in_it(home: Home) -> None:
    home.watched(0, 90)
    for number in (0, 20, 60):
        home.ran(number)
    assert home.days()(60)["session_spike_state"] == "return_after_break"
    unknown(home, 40)
    assert home.days()(60)["session_spike_state"] == "not_enough_history"


def test_warm_ups_are_shares_of_the_known_runs(home: Home) -> None:
    home.watched(0, 40)
    for number in range(0, 40, 2):
        home.ran(number)
        home.logged(number, "G1")
    unknown(home, 31, 10)
    assert home.days()(32)["warm_up_28d_pct"] == 100.0
    unknown(home, 33, 100)
    assert home.days()(34)["warm_up_28d_pct"] is None


def test_a_streak_behind_an_unknown_kind_may_be_longer_than_is_known(home: Home) -> None:
    home.watched(0, 12)
    for number in (0, 2, 3, 6, 7, 8):
        home.ran(number)
    unknown(home, 1)
    unknown(home, 7)
    day = home.days()
    assert [day(n)["run_streak_d"] for n in range(10)] == [
        1, None, None, None, 0, 0, 1, None, 3, 0,
    ]  # fmt: skip


def test_a_rating_after_an_unknown_kind_may_be_one_after_a_run(home: Home) -> None:
    for number in (0, 1, 2, 3):
        unknown(home, number, hour=8.0)
    home.rated(0, 5, hour=8.5)
    home.rated(1, 4, hour=7.5)
    home.rated(2, 3, moment="evening")
    home.rated(3, 2)
    day = home.days()
    assert [day(n)["tightness_score"] for n in range(4)] == [None, 4.0, None, 2.0]
    # Nothing says that it was before a run.
    assert [day(n)["tightness_moment"] for n in (1, 3)] == [None, "assumed_morning"]


def test_an_accidental_start_is_no_run_no_spike_and_breaks_no_rest(home: Home) -> None:
    home.watched(0, 40)
    for number in range(0, 30, 2):
        home.ran(number)
    home.ran(33, km=0.003, minutes=0.07, is_counted=False)
    home.ran(34, km=0.003, minutes=0.07, hour=6.0, is_counted=False)
    home.rated(34, 4.0, hour=7.0)
    day = home.days()
    assert (day(33)["run_count"], day(33)["run_distance_m"], day(33)["since_run_d"]) == (0, 0.0, 5)
    assert day(33)["rest_days_7d_count"] == 6
    assert day(33)["exercise_streak_d"] == 0
    assert day(34)["tightness_score"] == 4.0


def test_an_accidental_start_shows_that_the_day_was_recorded(home: Home) -> None:
    home.ran(0)
    home.ran(10, km=0.003, minutes=0.07, is_counted=False)
    day = home.days()
    assert (day(5)["coverage"], day(5)["run_count"]) == ("watched", 0)
