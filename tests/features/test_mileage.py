import pytest

from tests.features.conftest import Home, Row


def test_seven_and_twenty_eight_days_sum_by_hand(home: Home) -> None:
    home.watched(0, 40)
    for number in range(0, 40, 2):
        home.ran(number, km=10 + number, minutes=60 + number)
    day = home.days()
    # Days 24 … 30 hold the runs of 24, 26, 28, 30; days 3 … 30 those of 4, 6, … 30.
    assert day(30)["run_distance_7d_m"] == pytest.approx((34 + 36 + 38 + 40) * 1000)
    assert day(30)["run_7d_min"] == pytest.approx(84 + 86 + 88 + 90)
    assert day(30)["run_distance_28d_m"] == pytest.approx(
        sum(10 + n for n in range(4, 31, 2)) * 1000
    )
    assert day(30)["run_28d_min"] == pytest.approx(sum(60 + n for n in range(4, 31, 2)))


def test_watched_rest_day_is_zero_and_lowers_the_week(home: Home) -> None:
    home.watched(0, 12)
    for number in range(8):
        home.ran(number, km=10)
    day = home.days()
    assert (
        day(8)["run_count"],
        day(8)["run_distance_m"],
        day(8)["run_min"],
        day(8)["ascent_m"],
    ) == (0, 0.0, 0.0, 0.0)
    assert day(7)["run_distance_7d_m"] == 70_000
    assert day(8)["run_distance_7d_m"] == 60_000


def test_a_week_of_rest_sums_to_exactly_zero(home: Home) -> None:
    home.watched(0, 60)
    for number in range(30):
        home.ran(number, km=1 / 3 + number * 0.7, minutes=100 / 3 + number / 7)
    day = home.days()
    assert {day(number)["run_distance_7d_m"] for number in range(36, 60)} == {0.0}
    assert {day(number)["run_28d_min"] for number in range(57, 60)} == {0.0}


def test_a_window_before_the_history_is_null(home: Home) -> None:
    home.watched(0, 40)
    home.ran(0)
    day = home.days()
    assert day(5)["run_distance_7d_m"] is None
    assert day(6)["run_distance_7d_m"] == 10_000
    assert day(26)["run_distance_28d_m"] is None
    assert day(27)["run_distance_28d_m"] == 10_000


def test_fourteen_days_between_files_are_bridged_and_fifteen_are_unknown(home: Home) -> None:
    for number in (0, 14, 29):
        home.ran(number)
    day = home.days()
    assert {day(number)["coverage"] for number in range(15)} == {"watched"}
    assert {day(number)["coverage"] for number in range(15, 29)} == {"unknown"}
    assert day(29)["coverage"] == "watched"
    assert day(7)["run_count"] == 0
    assert day(20)["run_count"] is None


def test_unknown_days_break_every_window_that_needs_them(home: Home) -> None:
    home.watched(0, 20)
    home.watched(40, 80)
    home.ran(0, heart_rate_bpm=150.0)
    home.ran(18, heart_rate_bpm=150.0)
    home.ran(45, heart_rate_bpm=150.0)
    home.did(10, "training", "strength_training", heart_rate_bpm=100.0)
    home.runner = type(home.runner)(heart_rate_max_bpm=190.0)
    day = home.days()
    unknown = day(30)
    assert unknown["coverage"] == "unknown"
    assert all(
        unknown[name] is None
        for name in (
            "run_count",
            "run_distance_m",
            "run_min",
            "load_au",
            "strength_min",
            "cross_training_min",
            "since_run_d",
            "run_streak_d",
            "longest_run_m",
        )
    )
    assert day(45)["run_distance_7d_m"] is None
    assert day(46)["run_distance_7d_m"] == 10_000
    assert day(66)["run_distance_28d_m"] is None
    assert day(67)["run_distance_28d_m"] == 10_000
    assert day(46)["load_7d_au"] is not None
    assert day(45)["load_7d_au"] is None
    assert day(52)["strength_14d_count"] is None
    assert day(53)["strength_14d_count"] == 0
    assert day(44)["since_run_d"] is None
    assert day(47)["since_run_d"] == 2


def test_a_run_of_unknown_distance_makes_its_windows_unknown_and_not_short(home: Home) -> None:
    home.watched(0, 30)
    home.ran(0)
    home.ran(16, km=None)
    home.ran(24, km=30)
    day = home.days()
    assert day(16)["run_count"] == 1
    assert day(16)["run_distance_m"] is None
    assert day(22)["run_distance_7d_m"] is None
    assert day(23)["run_distance_7d_m"] == 0.0
    assert day(16)["session_spike_state"] is None
    assert day(24)["session_spike_state"] == "not_enough_history"


def test_treadmill_counts_and_a_walk_does_not(home: Home) -> None:
    home.watched(0, 3)
    home.did(1, "running", "treadmill", distance_m=5000.0, is_indoor=True)
    home.did(1, "walking", distance_m=3000.0)
    assert home.days()(1)["run_distance_m"] == 5000


def spike_home(home: Home, run_km: float, longest_km: float = 10.0, history: int = 20) -> Row:
    home.watched(0, history)
    home.ran(0, km=longest_km)
    home.ran(5, km=longest_km / 2)
    home.ran(history, km=run_km)
    return home.days()(history)


@pytest.mark.parametrize(
    ("km", "state"),
    [
        (5, "normal"),
        (10, "normal"),
        (11, "normal"),
        (11.1, "over_10_pct"),
        (13, "over_10_pct"),
        (13.1, "over_30_pct"),
        (20, "over_30_pct"),
        (20.1, "over_100_pct"),
    ],
)
def test_spike_state_by_the_longest_run_of_thirty_days(home: Home, km: float, state: str) -> None:
    day = spike_home(home, km)
    assert day["longest_run_30d_m"] == 10_000
    assert day["session_spike_ratio"] == pytest.approx(km / 10 - 1)
    assert day["session_spike_state"] == state


def test_two_runs_of_one_day_are_judged_by_the_longer_not_the_sum(home: Home) -> None:
    home.ran(20, km=8, hour=18)
    day = spike_home(home, 9)
    assert day["longest_run_m"] == 9_000
    assert day["run_distance_m"] == 17_000
    assert day["session_spike_state"] == "normal"


def test_the_window_is_the_thirty_days_before(home: Home) -> None:
    home.watched(0, 61)
    home.ran(0, km=30)
    home.ran(20, km=10)
    home.ran(30, km=12)
    home.ran(31, km=12)
    day = home.days()
    assert day(30)["longest_run_30d_m"] == 30_000
    assert day(30)["session_spike_state"] == "normal"
    assert day(31)["longest_run_30d_m"] == 12_000
    assert day(61)["longest_run_30d_m"] == 12_000


def test_first_run_after_thirty_days_is_a_return_without_a_ratio(home: Home) -> None:
    home.watched(0, 40)
    home.ran(0)
    home.ran(31)
    day = home.days()(31)
    assert day["session_spike_state"] == "return_after_break"
    assert day["session_spike_ratio"] is None
    assert day["longest_run_30d_m"] is None


def test_fewer_than_fourteen_days_of_history_are_not_judged(home: Home) -> None:
    home.watched(0, 30)
    home.ran(0, km=5)
    home.ran(13, km=20)
    home.ran(14, km=41)
    day = home.days()
    assert day(0)["session_spike_state"] == "not_enough_history"
    assert day(13)["session_spike_state"] == "not_enough_history"
    assert day(13)["session_spike_ratio"] is None
    assert day(14)["session_spike_state"] == "over_100_pct"


def test_a_diary_older_than_the_files_is_neither_running_history_nor_a_break(home: Home) -> None:
    for number in range(100):
        home.rated(number, 3)
    home.ran(60)
    day = home.days()
    assert day(20)["coverage"] == "watched"
    assert day(20)["run_distance_m"] is None
    assert day(50)["run_distance_m"] == 0.0
    assert day(60)["session_spike_state"] == "not_enough_history"


def test_an_unknown_stretch_is_no_break_and_no_spike(home: Home) -> None:
    home.watched(0, 20)
    home.ran(0, km=5)
    home.ran(60, km=15)
    home.watched(61, 62)
    day = home.days()(60)
    assert day["session_spike_state"] == "not_enough_history"
    assert day["session_spike_ratio"] is None


def test_no_state_on_a_rest_day(home: Home) -> None:
    home.watched(0, 20)
    home.ran(0)
    assert home.days()(20)["session_spike_state"] is None
    assert home.days()(20)["longest_run_30d_m"] == 10_000


def test_cadence_is_weighted_by_moving_time(home: Home) -> None:
    home.ran(0, minutes=30, cadence_spm=160.0)
    home.ran(0, minutes=90, hour=15, cadence_spm=172.0)
    home.ran(0, minutes=60, hour=20)
    assert home.days()(0)["cadence_spm"] == pytest.approx(169.0)


def test_descent_needs_a_barometer(home: Home) -> None:
    home.ran(0, ascent_m=100.0, descent_m=90.0, has_barometer=True)
    home.ran(1, ascent_m=100.0, descent_m=90.0, has_barometer=False)
    day = home.days()
    assert (day(0)["descent_m"], day(1)["descent_m"], day(1)["ascent_m"]) == (90.0, None, 100.0)


def test_week_change_is_this_week_over_the_week_before(home: Home) -> None:
    home.watched(0, 40)
    home.ran(2, km=10)
    home.ran(6, km=10)
    home.ran(9, km=26)
    home.ran(12, km=9)
    day = home.days()
    assert day(12)["week_change_ratio"] is None
    # Days 7 … 13 hold 35 km and days 0 … 6 20; days 10 … 16 hold 9 and days 3 … 9 36.
    assert day(13)["week_change_ratio"] == pytest.approx(1.75)
    assert day(16)["week_change_ratio"] == pytest.approx(0.25)
    assert day(20)["week_change_ratio"] == 0.0
    assert day(30)["week_change_ratio"] is None


def test_week_change_is_unknown_with_a_run_of_unknown_distance(home: Home) -> None:
    home.watched(0, 20)
    home.ran(0)
    home.ran(3, km=None)
    home.ran(9)
    day = home.days()
    assert (
        day(13)["week_change_ratio"],
        day(16)["week_change_ratio"],
        day(17)["week_change_ratio"],
    ) == (None, None, 0.0)


def test_a_double_day_spikes_by_its_sum_where_no_single_run_does(home: Home) -> None:
    home.watched(0, 20)
    home.ran(0, km=10)
    home.ran(5, km=6)
    home.ran(5, km=6, hour=18)
    home.ran(20, km=9)
    home.ran(20, km=9, hour=18)
    day = home.days()(20)
    assert day["session_spike_ratio"] == pytest.approx(-0.1)
    assert day["day_spike_ratio"] == pytest.approx(18 / 12 - 1)


def test_the_day_spike_keeps_the_guards_of_the_session_spike(home: Home) -> None:
    home.watched(0, 70)
    home.ran(0)
    home.ran(13)
    home.ran(44)
    home.ran(50, km=None)
    home.ran(60)
    day = home.days()
    # Too short a history, no run in 30 days, a run of unknown distance, a window with one; and a
    # rest day.
    assert [day(number)["day_spike_ratio"] for number in (0, 13, 44, 50, 60, 61)] == [None] * 6


@pytest.mark.parametrize(
    ("longer", "shorter", "expected"),
    [(True, False, True), (False, True, False), (None, True, None)],
)
def test_the_longest_run_says_whether_it_was_indoors(
    home: Home, longer: bool | None, shorter: bool, expected: bool | None
) -> None:
    home.watched(0, 1)
    home.ran(0, km=8, is_indoor=longer)
    home.ran(0, km=5, hour=7, is_indoor=shorter)
    day = home.days()
    assert day(0)["is_longest_run_indoor"] is expected
    assert day(1)["is_longest_run_indoor"] is None


def test_indoors_is_unknown_where_the_longest_run_is(home: Home) -> None:
    home.ran(0, km=8, is_indoor=True)
    home.ran(0, km=None, hour=7, is_indoor=True)
    assert home.days()(0)["is_longest_run_indoor"] is None


def test_climb_and_descent_per_kilometre_by_hand(home: Home) -> None:
    home.watched(0, 3)
    home.ran(0, km=10, ascent_m=100.0, descent_m=200.0, has_barometer=True)
    home.ran(0, km=5, hour=18, ascent_m=50.0, descent_m=100.0, has_barometer=True)
    home.ran(1, km=10, ascent_m=100.0, descent_m=200.0, has_barometer=False)
    home.ran(2, km=None, ascent_m=100.0, descent_m=200.0, has_barometer=True)
    day = home.days()
    assert (day(0)["ascent_m_per_km"], day(0)["descent_m_per_km"]) == (10.0, 20.0)
    assert (day(1)["ascent_m_per_km"], day(1)["descent_m_per_km"]) == (10.0, None)
    assert [day(number)["descent_m_per_km"] for number in (2, 3)] == [None, None]
