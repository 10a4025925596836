"""A runner who trains for races: blocks of ever longer runs with easier weeks between, a taper, the
race, easy weeks after it, a holiday. The back does not care: no pattern of load is good news here.
"""

from collections.abc import Iterator

import numpy as np

from tightlog.patterns.pattern import PatternInputs
from tightlog.simulation.steady.routine import Planted, Routine, steady_runner

# Race in m → longest run of its block, shares of a usual week in the taper before it and after it.
RACES = {
    10_000.0: (15_000.0, (0.65,), (0.7,)),
    21_100.0: (18_500.0, (0.75, 0.55), (0.5, 0.8)),
    42_200.0: (32_000.0, (0.8, 0.6, 0.45), (0.25, 0.5, 0.7)),
}
# Weeks of a block: harder ones and every fourth an easier one.
BLOCK_WEEKS = (8, 14)
EASIER_WEEK = 0.75
OFF_WEEKS = (1, 5)
HOLIDAY_D = (7, 17)
# Runs of a week beside the long one on Sunday, as shares of the long one, by weekday.
WEEK = {1: 0.55, 3: 0.65, 5: 0.4}
SUNDAY = 6
SPREAD = 0.08
MISSED = 0.07
RACE_SPREAD = 0.006


def racing_runner(
    count: int, seed: int, routine: Routine | None = None
) -> tuple[PatternInputs, tuple[int, ...]]:
    """`count` days of a runner who trains for races, and the numbers of the race days."""
    draw = np.random.default_rng([seed, 15])
    weeks = list(_weeks(draw, count // 7 + 1))
    run_m, races = _run_m(draw, weeks)
    _rest(draw, run_m, races)
    planted = Planted(run_m=dict(enumerate(run_m[:count])))
    return steady_runner(count, seed, routine, planted), tuple(
        race for race in races if race < count
    )


def _weeks(draw: np.random.Generator, count: int) -> Iterator[tuple[float, float, bool]]:
    """Long run in m, a usual week's long run scaled for the others, and whether it is a race."""
    made = 0
    while made < count:
        for week in _block(draw):
            yield week
            made += 1


def _block(draw: np.random.Generator) -> Iterator[tuple[float, float, bool]]:
    race_m = float(draw.choice(list(RACES)))
    peak_m, taper, after = RACES[race_m]
    length = int(draw.integers(*BLOCK_WEEKS, endpoint=True))
    first_m = peak_m * draw.uniform(0.45, 0.65)
    for week in range(length):
        planned_m = first_m + (peak_m - first_m) * (week + 1) / length
        long_m = planned_m * (EASIER_WEEK if week % 4 == 3 else 1.0)
        yield long_m, min(long_m, 16_000.0), False
    for share in taper[:-1]:
        yield peak_m * share, min(peak_m, 16_000.0) * share, False
    yield race_m, min(peak_m, 16_000.0) * taper[-1], True
    for share in (*after, *[1.0] * int(draw.integers(*OFF_WEEKS))):
        yield first_m * share, min(first_m, 16_000.0) * share, False


def _run_m(
    draw: np.random.Generator, weeks: list[tuple[float, float, bool]]
) -> tuple[list[float], list[int]]:
    run_m, races = [0.0] * (7 * len(weeks)), []
    for number, (long_m, usual_m, is_race) in enumerate(weeks):
        for weekday, share in WEEK.items():
            if draw.random() >= MISSED:
                run_m[7 * number + weekday] = usual_m * share * float(draw.normal(1, SPREAD))
        sunday = 7 * number + SUNDAY
        if is_race:
            races.append(sunday)
            run_m[sunday] = long_m * (1 + abs(float(draw.normal(0, RACE_SPREAD))))
            run_m[sunday - 1] = 0.0
        elif draw.random() >= MISSED:
            run_m[sunday] = long_m * float(draw.normal(1, SPREAD / 2))
    return run_m, races


def _rest(draw: np.random.Generator, run_m: list[float], races: list[int]) -> None:
    """A holiday without runs after each second race."""
    for race in races[1::2]:
        start = race + int(draw.integers(7, 20))
        for number in range(start, min(start + int(draw.integers(*HOLIDAY_D)), len(run_m))):
            if number not in races:
                run_m[number] = 0.0
