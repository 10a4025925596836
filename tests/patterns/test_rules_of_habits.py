"""R12, R14, R15: what else the runner does."""

import pytest

STEADY_RUNS = {"run_28d_min": 600.0}


def strength(days_frame, last_session=10, count=150, **changes):
    since = [None if number < last_session else float(number - last_session) for number in range(count)]
    sessions = [None if gap is None else (1.0 if gap < 14 else 0.0) for gap in since]
    return days_frame(count, {**STEADY_RUNS, "since_strength_d": since, "strength_14d_count": sessions}, changes)


def test_two_weeks_without_strength_match_until_the_recording_has_likely_ended(days_frame, matched):
    found = matched("R12", strength(days_frame))
    assert min(found) == 24 and max(found) == 100
    assert found[24]["evidence"] == "Your last recorded strength or core session was 14 days ago."


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
    # Six swims up to day 35; on day 90 the first of them is over 90 days old.
    assert min(found) == 35 and max(found) == 89
    assert found[50]["evidence"] == "Running made up 98\u00a0% of the exercise you recorded in the last 28 days (600 minutes of running)."


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
