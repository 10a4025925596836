"""R2, R3, R6, R10, R16: what the runs show."""

from datetime import UTC, datetime, time

import polars as pl
import pytest

from tests.patterns.conftest import spoken
from tightlog.simulation.steady.quiet import RUNS, quiet_inputs


def spike(days_frame, ratio, state="over_30_pct", number=20, **more):
    return days_frame(40, changes={
        "session_spike_ratio": {number: ratio}, "session_spike_state": {number: state}, "longest_run_m": {number: 24_000.0},
        "longest_run_30d_m": {number: 17_000.0}, **more,
    })


def test_spike_is_told_with_its_numbers_and_spoken_of_for_a_week(days_frame, matched):
    found = matched("R2", spike(days_frame, 24 / 17 - 1))
    assert sorted(found) == [20, 21, 22, 23, 24, 25, 26]
    assert [found[number]["state"] for number in (20, 21)] == ["new", "ongoing"]
    assert found[23]["evidence"] == "Sunday's 24.0 km was 41\u00a0% longer than anything in the 30 days before (17.0 km)."
    assert found[20]["value"] == pytest.approx(41.176, abs=0.001) and found[20]["threshold"] == 10.0


def test_exactly_ten_percent_is_no_spike(days_frame, matched):
    assert 11 / 10 - 1 > 0.1
    assert matched("R2", spike(days_frame, 11 / 10 - 1, "normal")) == {}


def test_second_spike_within_the_week_is_news(days_frame, matched):
    days = spike(days_frame, 0.2, longest_run_30d_m={20: 20_000.0, 23: 24_000.0})
    second = days.with_columns(
        session_spike_ratio=pl.when(pl.int_range(pl.len()) == 23).then(0.5).otherwise("session_spike_ratio"),
        longest_run_m=pl.when(pl.int_range(pl.len()) == 23).then(36_000.0).otherwise("longest_run_m"),
    )
    found = matched("R2", second)
    assert found[23]["state"] == "new" and found[22]["state"] == "ongoing" and max(found) == 29


@pytest.mark.parametrize("state", ["not_enough_history", "return_after_break"])
def test_spike_is_quiet_without_history(days_frame, matched, state):
    assert matched("R2", spike(days_frame, 0.8, state)) == {}


@pytest.mark.parametrize("ratio", [None, float("nan"), float("inf"), -0.3, 0.0])
def test_spike_is_quiet_without_a_true_ratio(days_frame, matched, ratio):
    assert matched("R2", spike(days_frame, ratio, None)) == {}


def test_spike_is_not_spoken_of_on_days_nobody_knows(days_frame, matched):
    assert sorted(matched("R2", spike(days_frame, 0.5, coverage={22: "unknown"}))) == [20, 21, 23, 24, 25, 26]


def test_runners_own_threshold_is_used(days_frame, matched):
    days = spike(days_frame, 0.15, "over_10_pct")
    assert matched("R2", days) and matched("R2", days, thresholds={"R2": {"spike_pct": 20.0}}) == {}
    assert sorted(matched("R2", days, thresholds={"R2": {"relevant_d": 2.0}})) == [20, 21]


def comeback(days_frame, rest_d, back_m, **changes):
    """30 days with a 16-km run every third day, a break, then one run."""
    back = 28 + rest_d
    run_days = [*range(0, 28, 3), back]
    longest = dict.fromkeys(run_days, 16000.0) | {back: back_m}
    base = {"run_count": 0.0, "longest_run_m": 0.0}
    return days_frame(back + 12, base, {"run_count": dict.fromkeys(run_days, 1.0), "longest_run_m": longest, **changes}), back


def test_big_run_after_a_break_is_told_with_its_numbers(days_frame, matched):
    days, back = comeback(days_frame, 14, 12_000.0)
    found = matched("R3", days)
    assert sorted(found) == list(range(back, back + 7))
    assert found[back]["evidence"].endswith(
        "12.0 km, in the first week back after 14 days without a run, was 75\u00a0% of your longest before the break (16.0 km)."
    )


def test_small_run_after_a_break_is_quiet(days_frame, matched):
    days, _ = comeback(days_frame, 14, 8_000.0)
    assert matched("R3", days) == {}


def test_thirteen_days_are_no_break(days_frame, matched):
    days, _ = comeback(days_frame, 13, 16_000.0)
    assert matched("R3", days) == {}


def test_big_run_later_in_the_first_week_back_matches_on_its_own_day(days_frame, matched):
    days, back = comeback(days_frame, 20, 4_000.0)
    later = days.with_columns(
        pl.when(pl.int_range(pl.len()) == back + 3).then(value).otherwise(name).alias(name)
        for name, value in (("run_count", 1.0), ("longest_run_m", 15_000.0))
    )
    assert min(matched("R3", later)) == back + 3


def test_break_with_an_unknown_day_is_quiet(days_frame, matched):
    days, _ = comeback(days_frame, 20, 16_000.0, coverage={35: "unknown"})
    assert matched("R3", days) == {}


def test_first_run_ever_is_no_return(days_frame, matched):
    days = days_frame(40, {"run_count": 0.0, "longest_run_m": 0.0}, {"run_count": {30: 1.0}, "longest_run_m": {30: 10_000.0}})
    assert matched("R3", days) == {}


def test_three_low_cadences_of_five_match_on_the_day_of_the_fifth_run(days_frame, runs_frame, matched):
    found = matched("R6", days_frame(30), activities=runs_frame([0.0, 0.0, -3.5, -4.0, 0.0, -3.2, 0.0]))
    assert min(found) == 10 and found[10]["value"] == -3.2 and found[10]["threshold"] == -3.0
    assert found[10]["evidence"] == (
        "In 3 of the last 5 outdoor runs your cadence was 3\u00a0% or more below what your own pace predicts (lowest: −4.0\u00a0%)."
    )
    # The last run is on day 12: a week later nobody speaks of it.
    assert max(found) == 18


def test_two_low_cadences_of_five_are_quiet(days_frame, runs_frame, matched):
    assert matched("R6", days_frame(30), activities=runs_frame([0.0, -5.0, 0.0, -5.0, 0.0, 0.0])) == {}


def test_four_runs_are_too_few_for_low_cadence(days_frame, runs_frame, matched):
    assert matched("R6", days_frame(30), activities=runs_frame([-5.0] * 4)) == {}


def test_runs_without_a_residual_do_not_count(days_frame, runs_frame, matched):
    assert matched("R6", days_frame(40), activities=runs_frame([-5.0, None, -5.0, None, -5.0, None])) == {}


def test_treadmill_and_rides_do_not_count_for_cadence(days_frame, runs_frame, matched):
    assert matched("R6", days_frame(30), activities=runs_frame([-5.0] * 6, is_indoor=True)) == {}
    assert matched("R6", days_frame(30), activities=runs_frame([-5.0] * 6, sport="cycling")) == {}


def test_five_runs_over_months_are_no_block(days_frame, runs_frame, matched):
    assert matched("R6", days_frame(100), activities=runs_frame([-5.0] * 6, every_d=10)) == {}


def test_low_cadence_is_quiet_without_activities(days_frame, matched):
    assert matched("R6", days_frame(30)) == {}


def shoes(runs_frame, count, day_of, shoe="blue"):
    return runs_frame([None] * count, shoe=shoe, distance_m=10_000.0)


def test_shoe_is_spoken_of_once_when_it_passes_800_km(days_frame, runs_frame, matched, day_of):
    found = matched("R16", days_frame(260), activities=shoes(runs_frame, 100, day_of))
    assert sorted(found) == [158, 159, 160] and found[158]["evidence"] == "The pair 'blue' has 800 km in your files."


def test_shoe_is_quiet_without_a_name_or_below_the_limit(days_frame, runs_frame, matched, day_of):
    assert matched("R16", days_frame(260), activities=shoes(runs_frame, 79, day_of)) == {}
    assert matched("R16", days_frame(260), activities=shoes(runs_frame, 100, day_of, shoe=None)) == {}


def test_same_day_runs_of_a_block_count_in_the_order_they_started(days_frame, matched, day_of):
    rows = [
        {"activity_id": f"{number}", "sport": "running", "day": day_of(number // 2), "is_indoor": False, "cadence_residual_pct": residual,
         "started_at": datetime.combine(day_of(number // 2), time(7 + number % 2), UTC)}
        for number, residual in enumerate([-5.0, -5.0, 0.0, 0.0, -5.0, 0.0])
    ]
    # After the sixth run the first low one has left the block: 2 of 5.
    assert matched("R6", days_frame(10), activities=pl.DataFrame(rows)) == {}


def downhill(descent_m=(300.0,), **more):
    """The quiet runner's last runs with these descents; the last run is 14 km long."""
    return quiet_inputs(runs={"descent_m": dict(zip(RUNS[-len(descent_m):], descent_m, strict=True)), **more})


def test_steep_run_far_beyond_the_usual_descent_is_told_with_its_numbers():
    found = spoken("R10", downhill())
    assert list(found) == [RUNS[-1]] and found[RUNS[-1]]["value"] == pytest.approx(300 / 14) and found[RUNS[-1]]["threshold"] == 20.0
    assert found[RUNS[-1]]["evidence"] == "Sunday's run went down 300 m, 21 m per km; nine of ten of your earlier runs stayed within 50 m."


def test_downhill_is_spoken_of_for_three_days():
    assert sorted(spoken("R10", downhill((400.0, 50.0, 50.0, 50.0, 50.0)))) == [RUNS[-5], RUNS[-5] + 1, RUNS[-5] + 2]


@pytest.mark.parametrize("changes", [
    {"descent_m": (279.0,)}, {"descent_m": (None,)}, {"has_barometer": {RUNS[-1]: False}}, {"has_barometer": {RUNS[-1]: None}},
    {"distance_m": {RUNS[-1]: None}}, {"sport": {RUNS[-1]: "cycling"}},
])
def test_gentle_slope_and_descent_not_measured_by_air_pressure_are_quiet(changes):
    assert spoken("R10", downhill(**changes)) == {}


def test_steep_run_is_quiet_for_whom_it_is_usual_or_without_twenty_earlier_ones():
    hilly = {"descent_m": dict.fromkeys(RUNS, 290.0) | {RUNS[-1]: 430.0}}
    assert spoken("R10", quiet_inputs(runs=hilly)) == {}
    hilly["descent_m"][RUNS[-1]] = 436.0
    assert spoken("R10", quiet_inputs(runs=hilly))
    few = {"descent_m": dict.fromkeys(RUNS[:-20]) | {RUNS[-1]: 400.0}}
    assert spoken("R10", quiet_inputs(runs=few)) == {}
    assert spoken("R10", quiet_inputs(runs={"descent_m": dict.fromkeys(RUNS[:-21]) | {RUNS[-1]: 400.0}}))


def test_own_slope_is_used():
    steep = quiet_inputs(runs={"descent_m": {RUNS[-1]: 300.0}}, thresholds={"R10": {"descent_m_per_km": 25.0}})
    assert spoken("R10", steep) == {}
