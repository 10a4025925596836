"""False alarms on steady runners, what must be heard all the same, and time."""

from collections import Counter
from time import process_time

import polars as pl
import pytest

from tightlog.patterns.match import matches, pattern_frame
from tightlog.simulation.steady.frames import day_of
from tightlog.simulation.steady.planted import BACKS, planted_runner
from tightlog.simulation.steady.routine import Routine, steady_runner

SEEDS = (1, 2, 3, 4)
COUNT = 1000
# These look at single scores and long runs, whose ordinary noise is not small; the rest must hardly
# ever speak.
OF_SCORES_AND_SPIKES = ("R1", "R2", "R16", "R17", "R20")
ROUTINES = {
    "every day": Routine(usual_m=(8_000, 8_000, 9_000, 8_000, 8_000, 9_000, 14_000)),
    "the same every day": Routine(usual_m=(8_000,) * 7),
    "an easy week in four": Routine(easy_week=0.6),
    "hills on Sundays": Routine(descent_m=(80, 500)),
    "hills every time": Routine(descent_m=(250, 250), descent_spread=0.4),
    "a heart that drifts": Routine(decoupling_pct=(6, 3)),
    "short nights": Routine(sleep_h=(6.2, 0.9)),
    "uneven nights": Routine(sleep_h=(7, 1.2)),
    "two days in the office": Routine(sitting_h=(8, 3, 8, 3, 3, 3, 3)),
    "now and then a stretch and a warm-up": Routine(mobility_share=0.3, warm_up_share=0.5),
    "scores that jump": Routine(score_level=3, score_memory=0.3),
}


def spoken(routine: Routine | None, seed: int) -> tuple[int, Counter[str]]:
    """Days with a pattern, and days by pattern, R22 aside."""
    found = matches(steady_runner(COUNT, seed, routine)).filter(pl.col("pattern") != "R22")
    return found["day"].n_unique(), Counter(found["pattern"].to_list())


@pytest.mark.parametrize(("spread", "share"), [(1.0, 0.07), (1.17, 0.08)])
def test_steady_runner_hears_nothing_on_nine_days_of_ten(spread: float, share: float) -> None:
    days = [spoken(Routine(score_spread=spread), seed)[0] for seed in SEEDS]
    assert sum(days) / len(days) < share * COUNT and max(days) < 0.1 * COUNT
    # The history is alive: noise of this size does trip something.
    assert min(days) > 0


@pytest.mark.parametrize("routine", ROUTINES.values(), ids=list(ROUTINES))
def test_steady_habit_is_no_pattern_whatever_it_is(routine: Routine) -> None:
    by_pattern = sum((spoken(routine, seed)[1] for seed in SEEDS), Counter())
    share = {
        name: count / (COUNT * len(SEEDS))
        for name, count in by_pattern.items()
        if name not in OF_SCORES_AND_SPIKES
    }
    assert all(found <= 0.03 for found in share.values()), share
    assert sum(share.values()) <= 0.05, share


@pytest.mark.parametrize("back", BACKS)
@pytest.mark.parametrize("seed", SEEDS)
def test_what_was_planted_is_told_on_its_very_day(back: str, seed: int) -> None:
    inputs, due = planted_runner(seed, back)
    found = matches(inputs)
    for name, numbers in due.items():
        days = found.filter(pl.col("pattern") == name)["day"].to_list()
        assert not [number for number in numbers if day_of(number) not in days], name


def test_what_was_not_planted_is_not_told() -> None:
    inputs, due = planted_runner(1)
    for name in due:
        assert (
            len(
                set(
                    matches(steady_runner(inputs.days.height, 1, BACKS["calm"])).filter(
                        pl.col("pattern") == name
                    )["day"]
                )
            )
            <= 7
        )


@pytest.mark.parametrize("routine", ROUTINES.values(), ids=list(ROUTINES))
def test_steady_runner_is_watched_by_every_rule_but_that_of_own_findings(routine: Routine) -> None:
    # A rule without its data would be quiet whatever it does.
    frame = pattern_frame(steady_runner(COUNT, SEEDS[0], routine))
    # R18 compares with days without a run.
    needs_rest = [] if 0 in routine.usual_m else ["R18"]
    assert frame.filter(~pl.col("is_watched"))["pattern"].to_list() == [*needs_rest, "R21"]


def test_ten_years_take_less_than_two_seconds() -> None:
    inputs = steady_runner(3650, 5)
    started = process_time()
    assert matches(inputs)["day"].n_unique() > 3600
    assert process_time() - started < 2.0
