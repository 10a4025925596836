"""Nothing hidden: SQL rebuilds every verdict from the relations `finding` and `effect` alone."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
import pytest

from tightlog.findings.association import associate
from tightlog.findings.effects import effects
from tightlog.simulation.population.habits import HABIT_CELLS, days_of_habit
from tightlog.simulation.population.lives import Life, days_of_life
from tightlog.simulation.population.watch import Watch

LIVES = {
    "nothing": Life(),
    "the day before": Life(per_sd=(0.7, 0.0, 0.0)),
    "two days before": Life(per_sd=(0.0, 0.5, 0.0)),
    "a little": Life(per_sd=(0.25, 0.0, 0.0)),
    "zeros": Life(zeros=True, per_sd=(0.6, 0.0, 0.0)),
    "reaction": Life(reaction=2.0),
    "evening": Life(moment="evening", per_sd=(0.5, 0.0, 0.0)),
    "no time": Life(moment="unknown", per_sd=(0.7, 0.0, 0.0)),
    "gaps": Life(missing=0.7),
    "short nights": Life(per_sd=(0.5, 0.0, 0.0), watch=Watch(sleep_points=0.8)),
    "spoilt nights": Life(watch=Watch(spoilt_h=0.6)),
}


def rebuilt(relation: str, rows: pl.DataFrame) -> Iterator[tuple[str, str, str]]:
    """Name, verdict and the verdict SQL makes of the other columns."""
    query = Path(__file__).with_name(f"verdicts_of_{relation}s.sql").read_text(encoding="utf-8")
    with duckdb.connect() as connection:
        connection.register(relation, rows.drop("sentence", "statement", "verdict_reason"))
        yield from connection.execute(query).fetchall()


@pytest.mark.parametrize("life", LIVES.values(), ids=LIVES)
def test_sql_rebuilds_the_verdict_of_every_finding(life: Life) -> None:
    for seed, length_d in ((1, 150), (2, 330)):
        days = days_of_life(life, length_d, np.random.default_rng(seed))
        for exposure, verdict, again in rebuilt("finding", associate(days, permutations=99)):
            assert (exposure, again) == (exposure, verdict)


@pytest.mark.parametrize("points", [0.0, -0.4, -1.0, 1.5])
def test_sql_rebuilds_the_verdict_of_every_effect(points: float) -> None:
    habit = HABIT_CELLS["often_with_another"]
    for length_d in (40, 200, 400):
        days = days_of_habit(points, length_d, 0.1, np.random.default_rng(length_d), habit)
        found = effects(days, interventions=["stretching", "heat"], permutations=99)
        for intervention, verdict, again in rebuilt("effect", found):
            assert (intervention, again) == (intervention, verdict)
