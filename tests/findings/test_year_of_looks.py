"""Who looks every second week is rarely told what is not there, and is told what is: a small
sample here, all of it with `make measure`.
"""

import numpy as np
import pytest
from polars.testing import assert_frame_equal

from tests.findings.test_calibration import is_within
from tightlog.simulation.population.lives import (
    LIVES,
    LIVES_OF_NIGHTS,
    PLANTED_LIVES,
    STRESS_MOVES_BOTH,
    WITHOUT_TIME,
    Life,
    days_of_life,
)
from tightlog.simulation.population.looks import (
    true_slopes,
    year_of_looks,
    year_of_nights,
    year_of_reliefs,
)
from tightlog.simulation.population.watch import Watch
from tightlog.words.findings import TRAINING

RUNNERS = 250
EVER_TOLD, EVER_HINTED, ONE_LOOK = 0.10, 0.30, 0.05


def test_the_true_slope_is_what_was_planted_where_no_score_is_cut_off() -> None:
    life = Life(mean=5.0, per_sd=(0.5, 0.0, 0.2))
    one, two, three = true_slopes(life)
    assert one > 0 and two / one == pytest.approx(0.0, abs=0.1)
    assert three / one == pytest.approx(0.4, abs=0.1)


def test_a_large_effect_is_told_early_and_its_size_is_right() -> None:
    rates = year_of_looks(Life(per_sd=(1.0, 0.0, 0.0)), 2, 49, seed=4, length_d=150)
    assert rates["ever"] == 1.0 and rates["median first day"] <= 150
    assert 0.6 <= rates["shown / true"] <= 1.3
    assert (rates["interval holds"], rates["wrong sign"]) == (1.0, 0.0)


def test_hardly_anyone_is_told_what_is_not_there() -> None:
    rates = year_of_looks(LIVES["sticky_floor"], 4, 49, seed=4, length_d=150)
    assert is_within(rates["ever"], EVER_TOLD, 4)


def test_what_does_nothing_is_rarely_said_to_help_or_hurt() -> None:
    rates = year_of_reliefs(False, 4, 49, seed=4, length_d=150)
    assert is_within(rates["ever helps"], 0.08, 4) and is_within(rates["ever hurts"], 0.05, 4)


def test_short_nights_that_tighten_the_back_are_told_and_spoilt_ones_are_not() -> None:
    slept = year_of_nights(Life(watch=Watch(sleep_points=1.0)), 2, 49, seed=4, every_d=100)
    assert slept["sleep"] == slept["right sign"] == 1.0
    spoilt = year_of_nights(Life(watch=Watch(spoilt_h=0.6)), 3, 49, seed=4, every_d=100)
    assert is_within(spoilt["ever"], EVER_TOLD, 3)


def test_a_watch_changes_nothing_of_the_life_it_is_worn_in() -> None:
    without, worn = (
        days_of_life(life, 90, np.random.default_rng(3)) for life in STRESS_MOVES_BOTH.values()
    )
    assert_frame_equal(worn.select(without.columns), without)
    assert set(worn.columns) - set(without.columns) == {"context_watch_stress"}


@pytest.mark.measure
@pytest.mark.parametrize("life", LIVES_OF_NIGHTS)
def test_nothing_of_nights_is_told_in_a_year_where_nothing_is(life: str) -> None:
    rates = year_of_nights(LIVES_OF_NIGHTS[life], RUNNERS, 299, seed=7)
    assert is_within(rates["ever"], EVER_TOLD, RUNNERS)
    assert is_within(rates["one look"], ONE_LOOK, RUNNERS)


@pytest.mark.measure
def test_the_stress_of_a_watch_halves_what_stress_makes_of_training() -> None:
    without, worn = (
        year_of_nights(life, RUNNERS, 299, seed=7, family=TRAINING)["one look"]
        for life in STRESS_MOVES_BOTH.values()
    )
    assert worn <= min(0.08, without / 2)


@pytest.mark.measure
@pytest.mark.parametrize("life", LIVES)
def test_nothing_is_told_in_a_year_where_nothing_is(life: str) -> None:
    rates = year_of_looks(LIVES[life], RUNNERS, 299, seed=7)
    assert is_within(rates["ever"], EVER_TOLD, RUNNERS)
    assert is_within(rates["hint"], EVER_HINTED, RUNNERS)
    assert is_within(rates["one look"], ONE_LOOK, RUNNERS)


@pytest.mark.measure
@pytest.mark.parametrize(
    ("life", "fewest"),
    [("realistic_0.5", 0.80), ("floor_0.5", 0.80), ("two_days_0.4", 0.75), ("three_days_0.4", 0.7)],
)
def test_what_is_there_is_told_within_a_year(life: str, fewest: float) -> None:
    rates = year_of_looks(PLANTED_LIVES[life], RUNNERS, 299, seed=7)
    assert rates["ever"] >= fewest
    assert 0.8 <= rates["shown / true"] <= 1.2
    assert rates["interval holds"] >= 0.93


@pytest.mark.measure
@pytest.mark.parametrize("life", WITHOUT_TIME)
def test_dates_only_make_no_link_with_the_wrong_sign(life: str) -> None:
    rates = year_of_looks(WITHOUT_TIME[life], RUNNERS, 299, seed=7)
    assert is_within(rates["ever"], 0.05, RUNNERS) or rates["wrong sign"] <= 0.05


@pytest.mark.measure
@pytest.mark.parametrize("in_flares", [False, True])
def test_what_does_nothing_is_rarely_said_to_help_in_a_year(in_flares: bool) -> None:
    rates = year_of_reliefs(in_flares, RUNNERS, 299, seed=7)
    assert is_within(rates["ever helps"], 0.10 if in_flares else 0.08, RUNNERS)
    assert is_within(rates["ever hurts"], 0.05, RUNNERS)
