"""R0, R1, R17, R18: what the runner said."""

from datetime import date

import polars as pl
import pytest

from tests.patterns.conftest import spoken
from tightlog.patterns.pattern import RED_FLAG_SCHEMA
from tightlog.simulation.steady.days import day_of
from tightlog.simulation.steady.quiet import COUNT, quiet_inputs


def red_flags(*spans: tuple[date, date | None, str]) -> pl.DataFrame:
    rows = [(first, cleared, [words.replace(" ", "_")], words) for first, cleared, words in spans]
    return pl.DataFrame(rows, schema=dict(RED_FLAG_SCHEMA), orient="row")


def test_red_flag_stands_from_its_day_until_the_day_before_it_was_cleared(days_frame, matched, day_of):
    found = matched("R0", days_frame(10), red_flags=red_flags((day_of(2), day_of(5), "saddle numbness")))
    assert sorted(found) == [2, 3, 4]
    assert [found[number]["state"] for number in (2, 3, 4)] == ["new", "ongoing", "ongoing"]
    assert "saddle numbness" in found[2]["evidence"]


def test_red_flag_never_cleared_stands_to_the_last_day_even_where_nothing_is_known(days_frame, matched, day_of):
    days = days_frame(6, changes={"coverage": {3: "unknown", 4: "unknown"}})
    assert sorted(matched("R0", days, red_flags=red_flags((day_of(2), None, "fever")))) == [2, 3, 4, 5]


def test_red_flag_cleared_on_its_own_day_does_not_stand(days_frame, matched, day_of):
    assert matched("R0", days_frame(4), red_flags=red_flags((day_of(1), day_of(1), "fever"))) == {}


def test_two_red_flags_on_one_day_are_one_match_that_names_both(days_frame, matched, day_of):
    found = matched("R0", days_frame(4), red_flags=red_flags((day_of(1), None, "fever"), (day_of(2), None, "saddle numbness")))
    assert found[2]["evidence"] == "A red flag stands: fever; saddle numbness."
    assert found[2]["red_flags"] == ["fever", "saddle_numbness"]
    assert found[2]["started_on"] == day_of(1)


def test_no_red_flag_is_quiet(days_frame, matched):
    assert matched("R0", days_frame(4)) == {}


def test_median_risen_by_two_points_for_a_week_is_worsening(days_frame, matched):
    found = matched("R1", days_frame(60, {"tightness_score": [1.0] * 40 + [3.0] * 20}))
    # The median of 7 days turns on day 43, and has stood for a week on day 49.
    assert min(found) == 49
    assert found[49]["value"] == 2.0 and found[49]["threshold"] == 2.0
    assert "3, 2 points above the 4 weeks before (1)" in found[49]["evidence"]


def test_a_few_bad_days_are_no_worsening(days_frame, matched):
    assert matched("R1", days_frame(60, {"tightness_score": [1.0] * 40 + [4.0] * 3 + [1.0] * 17})) == {}


def test_thirty_percent_of_three_is_too_small_to_be_worsening(days_frame, matched):
    assert matched("R1", days_frame(60, {"tightness_score": [3.0] * 40 + [4.0] * 20})) == {}


def test_rise_of_a_third_and_more_than_a_point_and_a_half_is_worsening(days_frame, matched):
    days = days_frame(60, {"tightness_score": [3.0] * 40 + [4.5] * 20})
    assert 49 in matched("R1", days)


def test_median_the_last_three_months_reached_before_is_no_worsening(days_frame, matched):
    scores = [1.0] * 40 + [3.0] * 12 + [1.0] * 40 + [3.0] * 20
    assert set(matched("R1", days_frame(112, {"tightness_score": scores}))) <= set(range(40, 60))
    own = {"R1": {"usual_pct": 100.0}}
    higher = [1.0] * 40 + [3.0] * 12 + [1.0] * 40 + [4.0] * 20
    assert 101 in matched("R1", days_frame(112, {"tightness_score": higher}), thresholds=own)


def test_a_bad_week_two_months_ago_does_not_hide_worsening(days_frame, matched):
    scores = [1.0] * 40 + [3.0] * 7 + [1.0] * 45 + [3.0] * 20
    assert 101 in matched("R1", days_frame(112, {"tightness_score": scores}))


def test_median_of_five_is_high_at_once(days_frame, matched):
    found = matched("R1", days_frame(10, {"tightness_score": 5.0}))
    assert min(found) == 3 and "is 5, at or above 5" in found[3]["evidence"]


def test_four_for_over_six_weeks_is_long(days_frame, matched):
    found = matched("R1", days_frame(80, {"tightness_score": 4.0}))
    assert found and min(found) >= 42
    assert "over six weeks" in found[min(found)]["evidence"]


def test_worsening_is_quiet_with_three_scores_in_a_week(days_frame, matched):
    scores = [8.0 if number % 7 < 3 else None for number in range(60)]
    assert matched("R1", days_frame(60, {"tightness_score": scores})) == {}


def test_worsening_is_quiet_without_scores(days_frame, matched):
    assert matched("R1", days_frame(60)) == {} and matched("R1", days_frame(60, {"tightness_score": None})) == {}


def test_flare_is_a_score_far_above_the_usual(days_frame, matched):
    found = matched("R17", days_frame(40, {"tightness_score": [1.0, 2.0] * 20}, {"tightness_score": {30: 5.0}}))
    assert list(found) == [30]
    assert found[30]["evidence"] == "Your score of 5 is 3.5 points above your median of the 28 days before (1.5)."


def test_scores_that_often_swing_are_no_flare(days_frame, matched):
    assert matched("R17", days_frame(60, {"tightness_score": [1.0, 1.0, 4.0] * 20})) == {}


def swinging(count=120):
    """A back that goes up and down between 0 and 4, though not in the last four weeks."""
    return [float(2 * (number % 3)) if number < count - 30 else 2.0 for number in range(count)]


def test_what_a_back_does_now_and_then_is_no_flare(days_frame, matched):
    assert matched("R17", days_frame(120, {"tightness_score": swinging()}, {"tightness_score": {119: 4.0}})) == {}
    assert 119 in matched("R17", days_frame(120, {"tightness_score": swinging()}, {"tightness_score": {119: 6.0}}))
    own = {"R17": {"spreads": 1.0}}
    assert 119 in matched("R17", days_frame(120, {"tightness_score": swinging()}, {"tightness_score": {119: 4.0}}), thresholds=own)


@pytest.mark.parametrize(("usual", "flare"), [([2.0], 4.0), ([1.0, 2.0, 3.0, 2.0], 5.0)])
def test_two_points_on_a_very_steady_back_and_three_on_a_calm_one_are_a_flare_at_once(days_frame, matched, usual, flare):
    days = days_frame(120, {"tightness_score": usual * (120 // len(usual))}, {"tightness_score": {100: flare}})
    assert list(matched("R17", days)) == [100]


def test_flares_once_a_month_are_each_told(days_frame, matched):
    monthly = dict.fromkeys((40, 41, 70, 71, 100, 101), 5.0)
    found = matched("R17", days_frame(120, {"tightness_score": 2.0}, {"tightness_score": monthly}))
    assert [number for number, row in found.items() if row["state"] == "new"] == [40, 70, 100]


def test_flare_with_a_calmer_day_in_it_is_one_and_is_told_for_a_week_at_most(days_frame, matched):
    rising = {100: 5.0, 102: 6.0, 106: 7.0, 108: 8.0}
    found = matched("R17", days_frame(120, {"tightness_score": 2.0}, {"tightness_score": rising}))
    assert [(number, row["state"]) for number, row in found.items()] == [(100, "new"), (102, "ongoing"), (106, "ongoing")]


def test_two_after_weeks_of_none_is_no_flare(days_frame, matched):
    assert matched("R17", days_frame(40, {"tightness_score": 0.0}, {"tightness_score": {30: 2.0}})) == {}


@pytest.mark.parametrize("rated", [9, 10])
def test_flare_needs_ten_scores_in_the_28_days_before(days_frame, matched, rated):
    days = days_frame(40, changes={"tightness_score": {**dict.fromkeys(range(20, 20 + rated), 1.0), 35: 6.0}})
    assert bool(matched("R17", days)) == (rated == 10)


# Fridays (day 4 of the week) follow a run on Thursday; the last two.
FRIDAYS = (COUNT - 10, COUNT - 3)


def mornings(first, second, **more):
    """The quiet runner, who scores 1, with these scores on the two last Fridays."""
    return quiet_inputs(days={"tightness_score": dict(zip(FRIDAYS, (first, second), strict=True)), **more})


def test_score_twice_up_and_not_back_after_runs_is_told_with_its_numbers():
    found = spoken("R18", mornings(3.0, 4.0))
    assert sorted(found) == [COUNT - 3, COUNT - 2, COUNT - 1] and found[COUNT - 3]["state"] == "new"
    assert (found[COUNT - 3]["value"], found[COUNT - 3]["threshold"]) == (3.0, 2.0)
    assert found[COUNT - 1]["evidence"] == (
        "Twice in 14 days your score was up after a run and not back the next day: from 1 to 3 on 11 July 2025, from 1 to 4 on 18 July 2025."
    )


@pytest.mark.parametrize(("first", "second"), [(1.0, 4.0), (2.9, 4.0), (None, 4.0), (3.0, None)])
def test_once_a_little_or_an_unknown_morning_is_quiet(first, second):
    assert spoken("R18", mornings(first, second)) == {}


def test_missing_score_before_the_run_is_quiet():
    scores = {FRIDAYS[0]: 3.0, FRIDAYS[1]: 3.0, FRIDAYS[1] - 1: None}
    assert spoken("R18", quiet_inputs(days={"tightness_score": scores})) == {}


def test_score_right_after_the_run_counts_when_a_point_is_left_the_next_day():
    after = pl.DataFrame({"day": [day_of(number - 1) for number in FRIDAYS], "moment": ["after"] * 2, "score": [3.0, 3.0]})
    days = {"tightness_score": dict.fromkeys(FRIDAYS, 2.0)}
    assert spoken("R18", quiet_inputs(days=days, scores=after)) and spoken("R18", quiet_inputs(days=days)) == {}
    for left in (1.0, 1.9):
        assert spoken("R18", quiet_inputs(days={"tightness_score": dict.fromkeys(FRIDAYS, left)}, scores=after)) == {}
    assert spoken("R18", quiet_inputs(days=days, scores=after.with_columns(moment=pl.lit("during")))) == {}


def test_rise_after_days_without_a_run_is_no_answer_to_running():
    saturdays = {COUNT - 9: 3.0, COUNT - 2: 3.0}
    assert spoken("R18", quiet_inputs(days={"tightness_score": saturdays})) == {}


def test_swings_as_large_after_rest_days_keep_the_rule_quiet():
    tuesdays = dict.fromkeys(range(1, COUNT, 7), 4.0)
    assert spoken("R18", quiet_inputs(days={"tightness_score": tuesdays | dict.fromkeys(FRIDAYS, 3.0)})) == {}


def test_two_rises_three_weeks_apart_are_quiet_and_own_limits_are_used():
    apart = {COUNT - 24: 3.0, COUNT - 3: 3.0}
    assert spoken("R18", quiet_inputs(days={"tightness_score": apart})) == {}
    assert spoken("R18", quiet_inputs(days={"tightness_score": apart}, thresholds={"R18": {"apart_d": 28.0}}))[COUNT - 1]["evidence"].startswith(
        "Twice in 28 days")
    twice = {"tightness_score": dict.fromkeys(FRIDAYS, 3.0)}
    assert spoken("R18", quiet_inputs(days=twice, thresholds={"R18": {"rise_points": 3.0}})) == {}


def test_each_such_morning_counts_once():
    fridays = dict.fromkeys((COUNT - 24, COUNT - 17, COUNT - 10, COUNT - 3), 4.0)
    found = spoken("R18", quiet_inputs(days={"tightness_score": fridays}))
    # Told with the second and with the fourth, for a week each.
    assert sorted(found) == [*range(COUNT - 17, COUNT - 10), *range(COUNT - 3, COUNT)]
    assert "on 11 July 2025" in found[COUNT - 1]["evidence"] and "on 18 July 2025" in found[COUNT - 1]["evidence"]


def test_slow_to_settle_needs_ten_pairs_around_rest_days():
    few = dict.fromkeys(range(COUNT - 25)) | dict.fromkeys(FRIDAYS, 3.0)
    assert spoken("R18", quiet_inputs(days={"tightness_score": few})) == {}
    assert spoken("R18", quiet_inputs(days={"run_count": dict.fromkeys(range(COUNT), 1.0), "tightness_score": dict.fromkeys(FRIDAYS, 3.0)})) == {}
