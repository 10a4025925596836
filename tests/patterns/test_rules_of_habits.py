"""R12, R13, R14, R15, R19: what else the runner does."""

from dataclasses import replace

import polars as pl
import pytest

from tests.patterns.conftest import spoken
from tightlog.patterns.pattern import PatternInputs
from tightlog.patterns.rules.r12_no_strength import weak_days
from tightlog.patterns.rules.r14_only_running import run_only_days
from tightlog.simulation.steady.days import day_of
from tightlog.simulation.steady.quiet import COUNT, quiet_inputs

STEADY_RUNS = {"run_28d_min": 600.0}


def strength(days_frame, last_session=10, count=150, **changes):
    since = [None if number < last_session else float(number - last_session) for number in range(count)]
    sessions = [None if gap is None else (1.0 if gap < 14 else 0.0) for gap in since]
    return days_frame(count, {**STEADY_RUNS, "since_strength_d": since, "strength_14d_count": sessions}, changes)


def test_two_weeks_without_strength_match_until_the_recording_has_likely_ended(days_frame, matched):
    found = matched("R12", strength(days_frame))
    # Told for six weeks; by then it has become usual.
    assert min(found) == 24 and max(found) == 24 + 41
    assert found[24]["evidence"] == "Your last recorded strength or core session was 14 days ago."


def test_recording_that_has_likely_ended_is_no_gap(days_frame):
    assert max((row - day_of(0)).days for row in weak_days(PatternInputs(strength(days_frame)))["day"]) == 100


def test_who_never_recorded_strength_is_not_watched(days_frame, matched):
    assert matched("R12", days_frame(60, {**STEADY_RUNS, "since_strength_d": None, "strength_14d_count": None})) == {}
    assert matched("R12", days_frame(60, STEADY_RUNS)) == {}


def test_declared_strength_never_recorded_matches(days_frame, matched):
    days = days_frame(60, {**STEADY_RUNS, "since_strength_d": None, "strength_14d_count": 0.0})
    assert matched("R12", days)


def test_declared_strength_is_quiet_before_the_first_of_later_sessions(days_frame, matched):
    since = [None] * 30 + [float(number % 7) for number in range(30)]
    assert matched("R12", days_frame(60, {**STEADY_RUNS, "since_strength_d": since, "strength_14d_count": [0.0] * 30 + [2.0] * 30})) == {}


def test_pilates_in_place_of_strength_keeps_the_rule_quiet(days_frame, matched):
    weekly = dict.fromkeys(range(0, 150, 7), 45.0)
    assert matched("R12", strength(days_frame, mobility_min=dict.fromkeys(range(150), 0.0) | weekly)) == {}


def test_three_minutes_of_stretching_are_no_strength(days_frame, matched):
    assert matched("R12", strength(days_frame, mobility_min=dict.fromkeys(range(150), 3.0)))


def test_mobility_of_unknown_length_keeps_the_rule_quiet(days_frame, matched):
    mobility = dict.fromkeys(range(150), 0.0) | dict.fromkeys(range(20, 150, 5))
    assert matched("R12", strength(days_frame, mobility_min=mobility)) == {}


def test_no_strength_is_quiet_while_not_running(days_frame, matched):
    assert matched("R12", strength(days_frame, run_28d_min=dict.fromkeys(range(150), 0.0))) == {}


def test_no_strength_is_quiet_on_unknown_days_and_unknown_windows(days_frame, matched):
    assert 30 not in matched("R12", strength(days_frame, coverage={30: "unknown"}))
    assert 30 not in matched("R12", strength(days_frame, strength_14d_count={30: None}))


def running_only(days_frame, swim_days=range(0, 36, 7), share=98.0, minutes=600.0, **changes):
    swims = [40.0 if number in swim_days else 0.0 for number in range(150)]
    return days_frame(150, {"run_28d_min": minutes, "run_share_28d_pct": share, "swim_min": swims, "cross_training_min": swims}, changes)


def test_running_only_matches_for_whom_swimming_was_a_habit(days_frame, matched):
    found = matched("R14", running_only(days_frame))
    # Six swims up to day 35.
    assert min(found) == 35 and max(found) == 35 + 41
    assert found[50]["evidence"] == "Running made up 98\u00a0% of the exercise you recorded in the last 28 days (600 minutes of running)."


def test_habit_of_long_ago_is_none(days_frame):
    # On day 90 the first of six swims is over 90 days old.
    assert max((row - day_of(0)).days for row in run_only_days(PatternInputs(running_only(days_frame)))["day"]) == 89


def test_who_records_only_runs_may_do_other_things(days_frame, matched):
    assert matched("R14", days_frame(100, {"run_28d_min": 600.0, "run_share_28d_pct": 100.0, "cross_training_min": None})) == {}
    assert matched("R14", days_frame(100, {"run_28d_min": 600.0, "run_share_28d_pct": 100.0})) == {}


def test_a_few_swims_a_year_are_no_habit_to_miss(days_frame, matched):
    assert matched("R14", running_only(days_frame, swim_days=(5, 30, 60, 90, 120))) == {}


@pytest.mark.parametrize(("share", "minutes"), [(94.9, 600.0), (98.0, 100.0), (None, 600.0), (98.0, None)])
def test_running_only_is_quiet_below_its_limits_and_where_unknown(days_frame, matched, share, minutes):
    assert matched("R14", running_only(days_frame, share=share, minutes=minutes)) == {}


def test_strength_logged_without_minutes_counts_as_something_else(days_frame, matched):
    base = {"run_28d_min": 600.0, "run_share_28d_pct": 98.0, "since_strength_d": [float(number % 14) for number in range(150)]}
    assert matched("R14", days_frame(150, base))


def riding(days_frame, metres, score):
    return days_frame(20, {"cycle_distance_7d_m": metres, "tightness_score": score})


def test_long_rides_with_a_tight_back_match(days_frame, matched):
    found = matched("R15", riding(days_frame, 170_000.0, 3.0))
    assert found[10]["evidence"] == "You rode 170.0 km in the last 7 days, with a 7-day median score of 3."


@pytest.mark.parametrize(("metres", "score"), [(159_000.0, 5.0), (170_000.0, 2.0), (170_000.0, None), (None, 5.0)])
def test_long_rides_are_quiet_without_tightness_and_where_unknown(days_frame, matched, metres, score):
    assert matched("R15", riding(days_frame, metres, score)) == {}


def mobility(*pairs, **more):
    """The quiet runner, with so many sessions in 7 days from a day on."""
    counts = {number: count for start, count in pairs for number in range(start, COUNT)}
    return quiet_inputs(days={"mobility_7d_count": counts}, **more)


def test_mobility_habit_fallen_away_is_told_with_its_numbers():
    found = spoken("R13", mobility((COUNT - 8, 1.0)))
    assert list(found) == [COUNT - 1] and (found[COUNT - 1]["value"], found[COUNT - 1]["threshold"]) == (1.0, 2.0)
    assert found[COUNT - 1]["evidence"] == (
        "You recorded 1 mobility session in the last 7 days and 1 in the 7 before; 2 or more a week used to be your habit."
    )


def test_mobility_fallen_away_is_spoken_of_for_a_while_and_not_for_ever():
    found = spoken("R13", mobility((60, 0.0)))
    # From two weeks after the last session on, until more than one in twenty of the days four weeks back lack it: 3 of 63.
    assert min(found) == 67 and max(found) == 90


@pytest.mark.parametrize("changes", [
    ((COUNT - 7, 0.0),), ((COUNT - 20, 2.0),), ((COUNT - 20, None),), ((0, 1.0),), ((0, None), (COUNT - 10, 0.0)),
])
def test_one_poor_week_enough_sessions_no_habit_or_unknown_weeks_are_quiet(changes):
    assert spoken("R13", mobility(*changes)) == {}


def test_warm_up_fallen_away_is_told_with_its_numbers():
    found = spoken("R13", quiet_inputs(days={"warm_up_28d_pct": {COUNT - 2: 50.0, COUNT - 1: 43.75}}))
    assert list(found) == [COUNT - 1] and found[COUNT - 1]["threshold"] == 50.0
    assert found[COUNT - 1]["evidence"] == (
        "A warm-up is noted on the days of 44\u00a0% of your runs of the last 28 days; in the 28 before it was 90\u00a0%."
    )


@pytest.mark.parametrize("changes", [
    {"warm_up_28d_pct": dict.fromkeys(range(COUNT - 40, COUNT), 30.0)}, {"warm_up_28d_pct": dict.fromkeys(range(COUNT), 40.0)},
    {"warm_up_28d_pct": dict.fromkeys(range(COUNT))},
])
def test_warm_up_is_quiet_later_on_and_for_whom_it_was_no_habit(changes):
    assert COUNT - 1 not in spoken("R13", quiet_inputs(days=changes))


def test_fallen_habits_are_quiet_for_whom_runs_are_few_and_on_unknown_days():
    cold = {"warm_up_28d_pct": {COUNT - 1: 20.0}}
    few = dict.fromkeys(range(COUNT - 27, COUNT), 0.0) | dict.fromkeys(range(COUNT - 7, COUNT), 1.0)
    assert spoken("R13", quiet_inputs(days=cold | {"run_count": few})) == {}
    assert spoken("R13", quiet_inputs(days=cold | {"coverage": {COUNT - 1: "unknown"}})) == {}
    assert spoken("R13", mobility((COUNT - 8, 1.0), thresholds={"R13": {"sessions": 1.0}})) == {}


def test_both_habits_fallen_away_are_one_match():
    both = quiet_inputs(days={"mobility_7d_count": dict.fromkeys(range(COUNT - 8, COUNT), 0.0), "warm_up_28d_pct": {COUNT - 1: 20.0}})
    assert "0 mobility sessions" in (said := spoken("R13", both)[COUNT - 1]["evidence"]) and "A warm-up is noted" in said


def life(**columns):
    return quiet_inputs(days={f"context_{name}": dict(zip(range(COUNT - len(values), COUNT), values, strict=True))
                              for name, values in columns.items()})


def test_three_short_nights_are_told_with_their_numbers():
    found = spoken("R19", life(sleep_h=(5.5, 5.6, 5.1)))
    assert list(found) == [COUNT - 1] and found[COUNT - 1]["value"] == pytest.approx(5.4) and found[COUNT - 1]["threshold"] == 6.0
    assert found[COUNT - 1]["evidence"] == "You slept 5.1 h last night and 5.4 h on average over three nights; your usual is 7.2 h."


@pytest.mark.parametrize("nights", [(5.0, 5.0, None), (5.0, None, 5.0), (4.0, 4.0, 6.0), (7.0, 7.0, 5.0), (5.8, 5.8, 5.8)])
def test_last_night_unknown_one_short_night_or_a_little_less_is_quiet(nights):
    assert COUNT - 1 not in spoken("R19", life(sleep_h=nights))


def test_who_always_sleeps_little_or_sits_long_hears_nothing_of_it():
    always = {"context_sleep_h": dict.fromkeys(range(COUNT), 5.0), "context_sitting_h": dict.fromkeys(range(COUNT), 10.0)}
    assert spoken("R19", quiet_inputs(days=always)) == {}


def test_day_of_long_sitting_is_told_with_its_numbers():
    found = spoken("R19", life(sitting_h=(9.5,)))
    assert found[COUNT - 1]["evidence"] == "You sat 9.5 h on Sunday; nine of ten of your days before stayed within 6.0 h."
    assert (found[COUNT - 1]["value"], found[COUNT - 1]["threshold"]) == (9.5, 5.0)
    assert spoken("R19", life(sitting_h=(7.9,))) == {} and spoken("R19", life(sitting_h=(None,))) == {}


def test_stress_is_told_only_against_ones_own():
    found = spoken("R19", life(stress=(8.0,)))
    assert found[COUNT - 1]["evidence"] == "Your stress score of 8 stands apart from all of the 28 days before (nearest: 4)."
    assert spoken("R19", life(stress=(5.0,))) == {}
    assert spoken("R19", quiet_inputs(days={"context_stress": dict.fromkeys(range(COUNT - 13)) | {COUNT - 1: 8.0}})) == {}


def test_stress_scale_that_runs_backwards_is_read_so():
    context = pl.DataFrame({"name": ["stress"], "unit": ["1–5, low = stressed"]})
    low = {"context_stress": dict.fromkeys(range(COUNT), 4.0) | {COUNT - 1: 1.0, COUNT - 9: 3.0}}
    assert spoken("R19", quiet_inputs(days=low)) == {}
    assert "score of 1 stands apart" in spoken("R19", quiet_inputs(days=low, context=context))[COUNT - 1]["evidence"]


def test_nights_and_sitting_are_one_match_and_own_limits_are_used():
    both = life(sleep_h=(5.0, 5.0, 5.0), sitting_h=(6.0, 6.0, 9.0))
    assert "You slept" in (said := spoken("R19", both)[COUNT - 1]["evidence"]) and "You sat" in said
    assert spoken("R19", replace(both, thresholds={"R19": {"sleep_h": 4.0, "sitting_h": 10.0}})) == {}
    unknown = replace(both, days=both.days.with_columns(coverage=pl.lit("unknown")))
    assert spoken("R19", unknown) == {}
