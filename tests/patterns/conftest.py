"""An invented runner's days, quiet unless a test says otherwise."""

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest

from tightlog.patterns.catalogue import pattern
from tightlog.patterns.match import matches
from tightlog.patterns.pattern import PatternInputs
from tightlog.simulation.steady.frames import FIRST_DAY, day_of, days_frame, runs_frame


def spoken(name: str, inputs: PatternInputs) -> dict[int, dict[str, Any]]:
    """Matches of one pattern by day number."""
    found = matches(inputs).filter(pl.col("pattern") == name)
    return {(row["day"] - FIRST_DAY).days: row for row in found.iter_rows(named=True)}


def ruled(name: str, inputs: PatternInputs) -> dict[int, dict[str, Any]]:
    """Rows of one rule by day number, the rule alone: no episodes, no other pattern."""
    found = pattern(name).match(inputs)
    return {(row["day"] - FIRST_DAY).days: row for row in found.iter_rows(named=True)}


@pytest.fixture(name="days_frame")
def _days_frame() -> Callable[..., pl.DataFrame]:
    return days_frame


@pytest.fixture(name="runs_frame")
def _runs_frame() -> Callable[..., pl.DataFrame]:
    return runs_frame


@pytest.fixture(name="day_of")
def _day_of() -> Callable[[int], date]:
    return day_of


@pytest.fixture(name="matched")
def _matched() -> Callable[..., dict[int, dict[str, Any]]]:
    """Matches of one pattern by day number, from days and other inputs."""

    def matched(pattern: str, days: pl.DataFrame, **inputs: Any) -> dict[int, dict[str, Any]]:
        return spoken(pattern, PatternInputs(days, **inputs))

    return matched
