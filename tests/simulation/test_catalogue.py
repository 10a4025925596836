"""Every named generator: known by name, described, pure, and its own at each seed."""

import numpy as np
import pytest
from polars.testing import assert_frame_equal

from tightlog.simulation.catalogue import GENERATORS, OF_HABIT, OF_RUNNER, generator
from tightlog.simulation.population.habits import HABIT_CELLS
from tightlog.simulation.population.runner import HOSTILE_CELLS, NULL_CELLS


@pytest.mark.parametrize("name", GENERATORS)
def test_same_seed_gives_the_same_days_and_another_seed_others(name: str) -> None:
    days = generator(name).days
    first = days(3, 90)
    assert first.height == 90
    assert first["day"].to_list() == first["day"].unique().sort().to_list()
    assert_frame_equal(first, days(3, 90))
    assert not first.equals(days(4, 90))


@pytest.mark.parametrize("name", GENERATORS)
def test_scores_lie_on_the_scale_of_the_diary(name: str) -> None:
    scores = generator(name).days(1, 120)["tightness_score"].drop_nulls().to_numpy()
    assert scores.size > 5
    assert np.all((scores >= 0) & (scores <= 10))


def test_each_cell_is_described_and_each_description_has_its_cell() -> None:
    assert OF_RUNNER.keys() == NULL_CELLS.keys() | HOSTILE_CELLS.keys()
    assert OF_HABIT.keys() == HABIT_CELLS.keys()
    assert all(item.what.endswith(".") for item in GENERATORS.values())


def test_unknown_generator_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="nobody"):
        generator("nobody")
