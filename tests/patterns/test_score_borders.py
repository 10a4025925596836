"""Rules of scores at their borders: just enough is told, just too little is not."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import polars as pl
import pytest

from tests.patterns.conftest import ruled
from tightlog.patterns.pattern import PatternInputs
from tightlog.patterns.rules.r22_nothing_stood_out import is_run_long_ago
from tightlog.simulation.steady.frames import day_of, days_frame

Scores = Sequence[float | None]
RISE_WORDS, LEVEL_WORDS = "above the 4 weeks before", "at or above 5"


def told(name: str, scores: Scores, **more: Any) -> dict[str, Any] | None:
    """The row of a pattern on the last day of the scores."""
    days = days_frame(len(scores), {"tightness_score": list(scores)} | more)
    return ruled(name, PatternInputs(days)).get(len(scores) - 1)


def words(scores: Scores) -> str:
    row = told("R1", scores)
    return row["evidence"] if row else ""


def risen(base: float, now: float) -> list[float | None]:
    return [*[base] * 60, *[now] * 13]


@pytest.mark.parametrize(
    ("base", "now", "is_rise"),
    [
        (1.0, 3.0, True),
        (1.0, 2.9, False),
        # 30 % of 6 are 1.8.
        (6.0, 7.82, True),
        (6.0, 7.78, False),
        (3.0, 4.5, True),
        (3.0, 4.45, False),
        (2.95, 4.5, False),
    ],
)
def test_a_rise_of_the_median_begins_at_each_number(base: float, now: float, is_rise: bool) -> None:
    assert (RISE_WORDS in words(risen(base, now))) is is_rise


def rises(earlier_d: range | Sequence[int], rise_d: int = 13, first: int = 0) -> bool:
    """Told of a rise of the last days of 140, the score having been as high on earlier days."""
    scores: list[float | None] = [None] * first + [1.0] * (140 - first)
    for number in (*earlier_d, *range(140 - rise_d, 140)):
        scores[number] = 3.0
    return RISE_WORDS in words(scores)


@pytest.mark.parametrize(
    ("given", "is_rise"),
    [
        # A median in eight of 76 is unusual, in nine it is not.
        ({"earlier_d": range(60, 68)}, True),
        ({"earlier_d": range(60, 69)}, False),
        # The medians of the last 14 days, in which it rose, are left out.
        ({"earlier_d": range(60, 68), "rise_d": 17}, True),
        ({"earlier_d": range(60, 68), "rise_d": 18}, False),
        # Medians follow three days after: those before day 50 are too old.
        ({"earlier_d": [*range(27, 47), *range(90, 98)]}, True),
        ({"earlier_d": range(47, 56)}, False),
        # From day 98 on 28 medians are known, the first of them high.
        ({"earlier_d": range(95, 102), "first": 95}, False),
        ({"earlier_d": range(96, 103), "first": 96}, True),
    ],
)
def test_a_median_that_is_usual_for_three_months_is_no_worsening(
    given: dict[str, Any], is_rise: bool
) -> None:
    assert rises(**given) is is_rise


@pytest.mark.parametrize(("score", "is_high"), [(5.0, True), (4.95, False)])
def test_a_median_of_five_is_high(score: float, is_high: bool) -> None:
    assert (LEVEL_WORDS in words([score] * 60)) is is_high


@pytest.mark.parametrize(("score", "is_lasting"), [(4.0, True), (3.95, False)])
def test_a_median_of_four_for_six_weeks_is_told(score: float, is_lasting: bool) -> None:
    assert bool(words([score] * 60)) is is_lasting


@pytest.mark.parametrize(("ratings", "is_told"), [(4, True), (3, False)])
def test_a_week_needs_four_scores(ratings: int, is_told: bool) -> None:
    scores = [None] * 60 + [6.0] * ratings
    assert bool(words(scores)) is is_told
    riding = told("R15", scores, cycle_distance_7d_m=200_000.0)
    assert (riding is not None) is is_told


@pytest.mark.parametrize(("ratings", "is_rise"), [(14, True), (13, False)])
def test_the_four_weeks_before_need_fourteen_scores(ratings: int, is_rise: bool) -> None:
    scores = [None] * (60 - ratings) + [1.0] * ratings + [3.0] * 13
    assert (RISE_WORDS in words(scores)) is is_rise


@pytest.mark.parametrize(("ratings", "is_lasting"), [(24, True), (23, False)])
def test_six_weeks_need_twenty_one_medians(ratings: int, is_lasting: bool) -> None:
    # The first three of the scores have no median yet.
    assert bool(words([None] * 60 + [4.0] * ratings)) is is_lasting


@pytest.mark.parametrize(
    ("distance_m", "score", "is_told"),
    [(161_000.0, 4.0, True), (159_000.0, 4.0, False), (2e5, 3.1, True), (2e5, 2.9, False)],
)
def test_a_long_week_of_riding_begins_at_each_number(
    distance_m: float, score: float, is_told: bool
) -> None:
    row = told("R15", [score] * 20, cycle_distance_7d_m=distance_m)
    assert (row is not None) is is_told


def steady_back(count: int = 200) -> list[float | None]:
    """A median of 2 and a usual spread of 1."""
    return [1.0, 3.0] * (count // 2)


@pytest.mark.parametrize(
    ("scores", "is_flare"),
    [
        ([2.0] * 60 + [4.05], True),
        ([2.0] * 60 + [3.95], False),
        ([0.9] * 60 + [3.05], True),
        ([0.9] * 60 + [2.95], False),
        ([*steady_back(), 4.8], True),
        ([*steady_back(), 4.7], False),
        ([None] * 60 + [2.0] * 10 + [6.0], True),
        ([None] * 60 + [2.0] * 9 + [6.0], False),
        # As high on one of 28 days before is unusual, on two it is not.
        ([2.0] * 70 + [6.0] + [2.0] * 9 + [6.0], True),
        ([2.0] * 70 + [6.0] + [2.0] * 4 + [6.0] + [2.0] * 4 + [6.0], False),
    ],
)
def test_a_flare_begins_at_each_number(scores: Scores, is_flare: bool) -> None:
    assert (told("R17", scores) is not None) is is_flare


@pytest.mark.parametrize(("score", "is_flare"), [(7.0, True), (6.2, False)])
def test_the_usual_spread_of_a_flare_is_that_of_ninety_days(score: float, is_flare: bool) -> None:
    # Sixty calm days after jumpy ones: 2.75 spreads are 2.4 points, of a tenth more days 5.4.
    scores = [0.0, 0.0, 10.0, 10.0] * 60 + [4.0] * 60 + [score]
    assert (told("R17", scores) is not None) is is_flare


def unsettled(
    up: float = 3.0,
    after: float | None = None,
    apart_d: int = 5,
    later: int = 0,
    rest: Sequence[int] = range(40, 60),
    swings: Sequence[int] = (),
) -> bool:
    """Told of two mornings after runs on which the score is up, 100 and so many days later."""
    first, second = 100, 100 + apart_d
    last = second + later
    scores: list[Any] = [2.0] * (last + 1)
    for number in swings:
        scores[number] = 8.0
    for number in (first, second):
        scores[number] = 2.0 + up
    counts = [0.0 if number in rest else 1.0 for number in range(last + 1)]
    days = days_frame(last + 1, {"tightness_score": scores, "run_count": counts})
    given = None
    if after is not None:
        of_runs = [day_of(first) - timedelta(days=1), day_of(second) - timedelta(days=1)]
        given = pl.DataFrame({"day": of_runs, "moment": "after", "score": 2.0 + after})
    return last in ruled("R18", PatternInputs(days, scores=given))


@pytest.mark.parametrize(
    ("given", "is_told"),
    [
        ({"up": 2.05}, True),
        ({"up": 1.95}, False),
        ({"up": 1.05, "after": 2.5}, True),
        ({"up": 0.95, "after": 2.5}, False),
        ({"apart_d": 13}, True),
        ({"apart_d": 14}, False),
        ({"later": 6}, True),
        ({"later": 7}, False),
        ({"rest": range(40, 50)}, True),
        ({"rest": range(40, 49)}, False),
        # One swing in 21 days without a run is unusual, one in 20 is not.
        ({"rest": range(39, 60), "swings": [50]}, True),
        ({"rest": range(40, 60), "swings": [50]}, False),
        # Day 9 is more than 90 days before the first of the two, day 10 is not.
        ({"rest": [8, *range(40, 55)], "swings": [9]}, True),
        ({"rest": [9, *range(40, 55)], "swings": [10]}, False),
    ],
)
def test_a_back_slow_to_settle_begins_at_each_number(given: dict[str, Any], is_told: bool) -> None:
    assert unsettled(**given) is is_told


@pytest.mark.parametrize(("score", "is_told"), [(5.9, True), (6.0, False)])
def test_nothing_stands_out_below_a_score_of_six(score: float, is_told: bool) -> None:
    # Only every third day is rated, so that no median speaks.
    scores = [score if number % 3 == 0 else None for number in range(61)]
    assert (told("R22", scores) is not None) is is_told


@pytest.mark.parametrize(("days_known", "is_early"), [(14, False), (13, True)])
def test_nothing_is_said_before_two_weeks_are_known(days_known: int, is_early: bool) -> None:
    row = told("R22", [1.0] * days_known)
    assert row is not None
    assert row["evidence"].startswith("Too early to say") is is_early


@pytest.mark.parametrize(("ratings", "is_few"), [(10, False), (9, True)])
def test_ten_scores_are_enough_to_compare(ratings: int, is_few: bool) -> None:
    row = told("R22", [None] * 30 + [1.0] * ratings)
    assert row is not None
    assert ("too few to compare" in row["evidence"]) is is_few


@pytest.mark.parametrize(("gap_d", "is_long"), [(14, False), (15, True)])
def test_a_run_is_long_ago_after_two_weeks(gap_d: int, is_long: bool) -> None:
    row = {"is_run_watched": True, "run_on": day_of(0), "day": day_of(gap_d)}
    assert is_run_long_ago(row) is is_long


def swims(days: list[int], points: float = 1.5) -> PatternInputs:
    """140 days with a swim on some of them, and a finding that swims go with so many points."""
    finding = {
        "exposure": "swim_min",
        "verdict": "clear",
        "effect_points": points,
        "exposure_low": 0.0,
        "exposure_high": 60.0,
        "sentence": "More swimming goes with more tightness.",
    }
    swim = [60.0 if day in days else 0.0 for day in range(140)]
    return PatternInputs(days_frame(140, {"swim_min": swim}), findings=pl.DataFrame([finding]))


@pytest.mark.parametrize(
    ("points", "high_days", "is_told"),
    [(1.05, 10, True), (0.95, 10, False), (1.05, 34, True), (1.05, 36, False)],
)
def test_a_personal_link_is_of_a_point_and_an_unusual_day(
    points: float, high_days: int, is_told: bool
) -> None:
    inputs = swims(list(range(140 - high_days, 140)), points)
    assert (140 - high_days in ruled("R21", inputs)) is is_told


@pytest.mark.parametrize(("later_d", "is_told"), [(9, False), (10, True)])
def test_a_personal_link_is_news_again_after_ten_days(later_d: int, is_told: bool) -> None:
    assert (100 + later_d in ruled("R21", swims([100, 100 + later_d]))) is is_told


def test_a_personal_link_of_days_in_a_row_is_told_for_a_week() -> None:
    told = ruled("R21", swims(list(range(100, 110))))
    assert sorted(day for day in told if day >= 100) == list(range(100, 107))
