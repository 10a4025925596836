"""Long runs that are news and those that are none: races after a taper, known distances, steps of a
build-up; and how often any pattern speaks to a runner who trains for races.
"""

from collections.abc import Mapping
from typing import Any

import polars as pl
import pytest

from tests.patterns.conftest import ruled
from tightlog.patterns.match import matches
from tightlog.patterns.pattern import PatternInputs
from tightlog.patterns.taper import races
from tightlog.simulation.steady.frames import day_of, days_frame
from tightlog.simulation.steady.races import racing_runner
from tightlog.simulation.steady.routine import Routine, distances

WEEK_M = (0.0, 9_000.0, 0.0, 9_000.0, 0.0, 9_000.0, 16_000.0)
COUNT = 210
# A Sunday.
RACE = 195
RACE_M = 21_200.0
TAPER = {RACE - 1: 0.0, RACE - 3: 6_000.0, RACE - 5: 6_000.0}


def told(
    run_m: Mapping[int, float], points: Mapping[int, float] | None = None, **more: Any
) -> dict[int, dict[str, Any]]:
    """Days on which R2 speaks, for weeks all alike but for these runs and scores."""
    metres = [run_m.get(number, WEEK_M[number % 7]) for number in range(COUNT)]
    scores = [(points or {}).get(number, 2.0) for number in range(COUNT)]
    days = days_frame(COUNT, {**distances(metres), "tightness_score": scores})
    return ruled("R2", PatternInputs(days, **more))


def test_a_race_after_a_taper_is_no_news_and_the_same_run_in_a_usual_week_is() -> None:
    assert told({RACE: RACE_M, **TAPER}) == {}
    assert list(told({RACE: RACE_M})) == list(range(RACE, RACE + 7))


@pytest.mark.parametrize(("before_m", "is_race"), [(6_700.0, True), (6_800.0, False)])
def test_a_taper_is_a_quarter_less_than_usual(before_m: float, is_race: bool) -> None:
    run_m = {RACE: RACE_M} | {RACE - ago: before_m for ago in (1, 3, 5)}
    assert (told(run_m) == {}) is is_race


def test_nothing_at_all_before_a_long_run_is_no_taper() -> None:
    assert told({RACE: RACE_M} | {RACE - ago: 0.0 for ago in (1, 3, 5)})


def test_twice_as_far_as_ever_is_no_planned_race() -> None:
    assert told({RACE: 31_900.0, **TAPER}) == {} and told({RACE: 32_200.0, **TAPER})


def test_unknown_days_before_a_long_run_are_no_taper() -> None:
    days = days_frame(COUNT, {"longest_run_m": 10_000.0, "run_distance_m": [None] * COUNT})
    assert races(PatternInputs(days)).is_empty()


def test_a_race_is_told_from_the_day_the_back_answers() -> None:
    found = told({RACE: RACE_M, **TAPER}, {RACE + 2: 6.0})
    assert list(found) == list(range(RACE + 2, RACE + 7))
    assert found[RACE + 3]["started_on"] == day_of(RACE + 2)
    assert found[RACE + 3]["evidence"] == (
        "Sunday's 21.2 km was 33\u00a0% longer than anything in the 30 days before (16.0 km). "
        "It is told because your back was worse than usual on Tuesday."
    )
    assert told({RACE: RACE_M, **TAPER}, {RACE + 7: 6.0}) == {}


def test_a_distance_of_the_last_half_year_is_no_news_unless_it_is_twice_as_far() -> None:
    assert list(told({62: 22_000.0, RACE: 21_000.0})) == list(range(62, 69))
    assert RACE in told({62: 22_000.0, RACE: 22_500.0})
    assert RACE in told({13: 22_000.0, RACE: 21_000.0})
    small = dict.fromkeys((number for number in range(150, RACE) if WEEK_M[number % 7]), 9_000.0)
    assert RACE in told({62: 22_000.0, **small, RACE: 19_000.0})
    assert RACE not in told({62: 22_000.0, **small, RACE: 17_000.0})


def test_a_smaller_step_within_six_weeks_is_no_news() -> None:
    first = {RACE - 42: 20_000.0}
    assert RACE not in told({**first, RACE: 19_900.0})
    assert RACE in told({**first, RACE: 20_000.0})
    # Known all the same: the longer one lies within half a year.
    assert RACE not in told({RACE - 49: 20_000.0, RACE: 19_900.0})


def test_who_has_a_link_with_long_runs_is_told_of_each_for_three_days() -> None:
    link = pl.DataFrame(
        [{"exposure": "session_spike", "verdict": "clear", "effect_points": 1.5, "sentence": ""}]
    )
    second = {RACE - 35: 20_000.0, RACE: 19_900.0}
    assert list(told(second, findings=link))[7:] == [RACE, RACE + 1, RACE + 2]
    assert RACE not in told(second, findings=link.with_columns(verdict=pl.lit("hint")))
    # A planned race stays quiet all the same.
    assert told({RACE: RACE_M, **TAPER}, findings=link) == {}


@pytest.mark.parametrize(
    ("metres", "words"),
    [
        (17_700.0, "11\u00a0% longer than"),
        (31_500.0, "97\u00a0% longer than"),
        (32_000.0, "twice as long as"),
        (37_000.0, "2.3 times as long as"),
        (508_000.0, "32 times as long as"),
    ],
)
def test_how_much_longer_is_said_as_people_say_it(metres: float, words: str) -> None:
    assert f" was {words} anything in the 30 days" in told({RACE: metres})[RACE]["evidence"]


@pytest.mark.parametrize(("metres", "is_told"), [(17_670.0, False), (17_690.0, True)])
def test_what_is_said_as_ten_percent_is_not_over_ten(metres: float, is_told: bool) -> None:
    assert bool(told({RACE: metres})) is is_told


def test_a_runner_who_trains_for_races_is_seldom_warned_and_never_of_the_race() -> None:
    shares, of_races, raced = [], 0, 0
    for seed in range(4):
        inputs, race_days = racing_runner(730, seed, Routine(score_spread=1.0))
        found = matches(inputs).filter(pl.col("pattern") != "R22")
        shares.append(found["day"].n_unique() / 730)
        spikes = set(found.filter(pl.col("pattern") == "R2", pl.col("state") == "new")["day"])
        of_races += sum(day_of(number) in spikes for number in race_days)
        raced += len(race_days)
    assert sum(shares) / len(shares) <= 0.12, shares
    assert of_races <= 0.1 * raced
    # The history is alive.
    assert min(shares) > 0.03
