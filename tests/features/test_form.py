from collections.abc import Iterable
from functools import partial

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from tests.features.conftest import Home
from tightlog.features.form import OF_RUN, form_of_runs


def form(home: Home) -> pl.DataFrame:
    inputs = home.inputs()
    return form_of_runs(inputs.activities, inputs.run_windows)


def noisy(random: np.random.Generator, mean: float, spread: float, _index: int) -> float:
    return mean + spread * random.normal()


def long_runs(home: Home, numbers: Iterable[int], shift: float = 0.0) -> None:
    """Hour-long runs with everything a good watch and strap tell."""
    for number in numbers:
        random = np.random.default_rng(number)
        pace = random.uniform(2.7, 3.3)
        run = home.ran(number, minutes=60.0, device="watch", has_barometer=True, is_indoor=False)
        home.half_minutes(
            run,
            120,
            speed_mps=partial(noisy, random, pace, 0.05),
            grade=0.0,
            cadence_spm=partial(noisy, random, 170.0 + shift, 1.0),
            heart_rate_bpm=140.0 + shift,
            ground_contact_ms=partial(noisy, random, 250.0 + shift, 3.0),
            vertical_oscillation_mm=90.0 + shift,
            vertical_ratio_pct=8.0,
            ground_contact_left_pct=50.0,
            step_length_mm=1050.0,
        )


def test_every_column_has_a_value_once_there_is_a_history(home: Home) -> None:
    long_runs(home, range(0, 40, 2))
    last = form(home).row(-1, named=True)
    assert [name for name in OF_RUN if last[name] is None] == []


def test_later_runs_do_not_change_earlier_ones(home: Home) -> None:
    long_runs(home, range(0, 40, 2))
    before = form(home)
    long_runs(home, range(41, 61, 2), shift=15.0)
    assert_frame_equal(form(home).head(before.height), before)


def test_no_value_is_ever_nan_or_infinite(home: Home) -> None:
    long_runs(home, range(0, 30, 2))
    broken = home.ran(
        31, minutes=None, device="watch", speed_mps=float("nan"), ground_contact_ms=0.0
    )
    home.half_minutes(
        broken,
        100,
        speed_mps=float("nan"),
        heart_rate_bpm=0.0,
        ground_contact_ms=float("nan"),
        grade=float("nan"),
    )
    numbers = form(home).select(pl.col(OF_RUN))
    assert numbers.select((pl.all().is_nan() | pl.all().is_infinite()).any()).row(0) == (
        False,
    ) * len(OF_RUN)


def test_a_home_without_windows_has_nulls_of_the_same_types(home: Home) -> None:
    home.ran(0)
    empty = form(home)
    long_runs(home, range(1, 30))
    assert empty.schema == form(home).schema
    assert empty.row(0)[1:] == (None,) * len(OF_RUN)


def test_the_day_is_the_mean_of_its_runs_by_moving_time(home: Home) -> None:
    home.ran(0, minutes=60.0, ground_contact_ms=240.0, step_length_mm=1000.0)
    home.ran(0, minutes=30.0, ground_contact_ms=270.0, hour=17.0)
    home.ran(2, minutes=30.0)
    home.rated(4, 1)
    day = home.days()
    assert day(0)["ground_contact_ms"] == pytest.approx((60 * 240.0 + 30 * 270.0) / 90)
    assert day(0)["step_length_mm"] == 1000.0
    assert [day(number)["ground_contact_ms"] for number in (1, 2, 4)] == [None, None, None]
