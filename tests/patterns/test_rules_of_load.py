"""R4, R5, R20: how much, how evenly, how hard."""

import pytest

from tests.patterns.conftest import spoken
from tightlog.simulation.steady.quiet import COUNT, quiet_inputs

LAST = COUNT - 1


def block(number=LAST, monotony=2.4, load=480.0, **changes):
    return quiet_inputs(days={"monotony_7d_ratio": {number: monotony}, "load_7d_au": {number: load}, **changes})


def test_heavy_week_of_like_days_is_told_with_its_numbers():
    found = spoken("R4", block())
    assert list(found) == [LAST] and (found[LAST]["value"], found[LAST]["threshold"]) == (2.4, 2.0)
    assert found[LAST]["evidence"] == (
        "The load of your last 7 days, 480, is high for you (75\u00a0% of the 90 days before were below 400), "
        "and its days are unusually alike (monotony 2.4)."
    )


@pytest.mark.parametrize("changes", [{"monotony": 1.99}, {"load": 399.0}, {"monotony": None}, {"load": None}, {"monotony": float("inf")}])
def test_week_light_or_uneven_or_unknown_is_no_monotonous_block(changes):
    assert spoken("R4", block(**changes)) == {}


def test_even_weeks_are_no_news_to_whom_they_are_habit():
    even = dict.fromkeys(range(6, COUNT), 2.4)
    assert spoken("R4", quiet_inputs(days={"monotony_7d_ratio": even, "load_7d_au": {LAST: 480.0}})) == {}
    # A block is spoken of until more than a tenth of the days of the past, the last week aside, were like it.
    lately = quiet_inputs(days={"monotony_7d_ratio": dict.fromkeys(range(100, COUNT), 2.4),
                                "load_7d_au": {number: 480.0 + number for number in range(100, COUNT)}})
    assert min(spoken("R4", lately)) == 100 and max(spoken("R4", lately)) == 115


def test_monotony_is_quiet_in_the_first_six_weeks_and_on_unknown_days():
    assert spoken("R4", block(number=38)) == {} and 45 in spoken("R4", block(number=45))
    assert spoken("R4", block(coverage={LAST: "unknown"})) == {}


def test_own_monotony_is_used():
    own = {"R4": {"monotony": 2.5}}
    assert spoken("R4", quiet_inputs(days={"monotony_7d_ratio": {LAST: 2.4}, "load_7d_au": {LAST: 480.0}}, thresholds=own)) == {}


def week(number=LAST, ratio=1.35, week_m=54_000.0, **more):
    return quiet_inputs(days={"week_change_ratio": {number: ratio}, "run_distance_7d_m": {number: week_m}}, **more)


def test_weekly_jump_is_told_with_its_numbers():
    found = spoken("R5", week())
    assert list(found) == [LAST] and found[LAST]["value"] == pytest.approx(35.0) and found[LAST]["threshold"] == 30.0
    assert found[LAST]["evidence"] == (
        "You ran 54.0 km in the last 7 days, 35\u00a0% more than in the 7 before (40.0 km); the fullest week of the month before held 40.0 km."
    )


@pytest.mark.parametrize("changes", [{"ratio": 1.3}, {"ratio": 39 / 30}, {"ratio": None}, {"ratio": float("inf")}, {"week_m": 44_000.0}])
def test_week_of_thirty_percent_or_unknown_or_like_another_of_the_month_is_no_jump(changes):
    assert spoken("R5", week(**changes)) == {}


def test_few_kilometres_and_the_week_after_an_easy_one_are_no_jump():
    short = quiet_inputs(days={"run_distance_7d_m": dict.fromkeys(range(COUNT), 10_000.0) | {LAST: 19_000.0}, "week_change_ratio": {LAST: 1.9}})
    assert spoken("R5", short) == {}
    easy = dict.fromkeys(range(COUNT - 14, COUNT - 7), 0.5)
    back = quiet_inputs(run_km={number: share * (0, 8, 0, 10, 0, 8, 14)[number % 7] for number, share in easy.items()})
    assert back.days["week_change_ratio"][-1] == 2.0 and spoken("R5", back) == {}


def test_weekly_jump_needs_weeks_to_compare_with_and_known_days():
    assert spoken("R5", week(number=22)) == {} and 30 in spoken("R5", week(number=30))
    assert spoken("R5", quiet_inputs(days={"week_change_ratio": {LAST: 1.5}, "run_distance_7d_m": {LAST: 60_000.0},
                                         "coverage": {LAST: "unknown"}})) == {}


def test_own_jump_is_used():
    assert spoken("R5", week(thresholds={"R5": {"jump_pct": 40.0}})) == {}


def hard(number=COUNT - 10, now=203.0, before=140.0, **changes):
    return quiet_inputs(days={"hardest_session_au": {number: now}, "hardest_session_30d_au": {number: before}, **changes})


def test_hard_session_is_told_with_its_numbers_for_a_week():
    found = spoken("R20", hard())
    assert sorted(found) == list(range(COUNT - 10, COUNT - 3))
    assert [found[number]["state"] for number in sorted(found)[:2]] == ["new", "ongoing"]
    assert found[COUNT - 8]["evidence"] == "Friday's hardest session (load 203) was 45\u00a0% above the hardest of the 30 days before (140)."
    assert found[COUNT - 8]["value"] == pytest.approx(45.0) and found[COUNT - 8]["threshold"] == 30.0


@pytest.mark.parametrize("changes", [{"now": 1.3 * 140}, {"now": None}, {"before": None}, {"before": 0.0}, {"now": 0.0}, {"now": float("nan")}])
def test_session_of_thirty_percent_more_or_unknown_is_no_jump(changes):
    assert spoken("R20", hard(**changes)) == {}


def test_long_run_that_is_also_hard_is_one_piece_of_news():
    spike = {"session_spike_ratio": {COUNT - 10: 0.5}}
    assert spoken("R20", hard(**spike)) == {} and len(spoken("R2", hard(**spike))) == 7
    # Whoever raised the limit for long runs is told of the hard one.
    own = {"R2": {"spike_pct": 60.0}}
    days = {"hardest_session_au": {LAST: 203.0}, "hardest_session_30d_au": {LAST: 140.0}, "session_spike_ratio": {LAST: 0.5}}
    assert spoken("R20", quiet_inputs(days=days, thresholds=own))


def test_hard_session_is_quiet_on_unknown_days():
    assert COUNT - 9 not in spoken("R20", hard(coverage={COUNT - 9: "unknown"}))
    assert spoken("R20", hard(coverage={COUNT - 10: "unknown"})) == {}


def test_own_excess_is_used():
    more = quiet_inputs(days={"hardest_session_au": {LAST: 203.0}}, thresholds={"R20": {"excess_pct": 50.0}})
    assert spoken("R20", more) == {}
