"""Runners of a group differ by a known slope, and come back from their files."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from tightlog.cohort.cohort_file import new_cohort, with_home
from tightlog.cohort.lake import finish_lake
from tightlog.cohort.members import members
from tightlog.cohort.one_home import home_outcome
from tightlog.cohort.stored import stored
from tightlog.home.settings import settings_of
from tightlog.simulation.group_homes import group_runner, write_group_home

LAST_DAY = date(2026, 5, 10)


def test_a_runner_is_the_same_again_and_another_has_another_slope() -> None:
    first, again, other = (group_runner(number, 60, 0.06, 0.03) for number in (3, 3, 4))
    assert first.days.equals(again.days) and first.points_per_km == again.points_per_km
    assert first.points_per_km != other.points_per_km
    slopes = [group_runner(number, 30, 0.06, 0.03).points_per_km for number in range(200)]
    assert np.mean(slopes) == pytest.approx(0.06, abs=0.006)
    assert np.std(slopes) == pytest.approx(0.03, rel=0.15)


def test_its_home_holds_a_file_for_each_run_and_says_with_whom_it_is_shared(
    tmp_path: Path,
) -> None:
    runner = group_runner(1, 20, 0.06, 0.03)
    home = write_group_home(tmp_path / "home", runner, LAST_DAY, "anna")
    runs = (runner.days["run_distance_m"] > 0).sum()
    assert len(list(home.raw.glob("*.fit"))) == runs
    assert settings_of(home).share.cohorts == ("anna",)


@pytest.mark.measure
@pytest.mark.parametrize(("mean", "spread"), [(0.06, 0.03), (0.0, 0.0)])
def test_what_was_planted_comes_back_over_the_group(
    tmp_path: Path, mean: float, spread: float
) -> None:
    for number in range(30):
        runner = group_runner(number, 310, mean, spread, seed=11)
        write_group_home(tmp_path / "homes" / f"{number:02}", runner, LAST_DAY, "anna")
    cohort = with_home(new_cohort(tmp_path / "team", "anna"), str(tmp_path / "homes" / "*"), None)
    for one in members(cohort):
        home_outcome(cohort, one, "call", LAST_DAY)
    finish_lake(cohort, members(cohort), "call")
    rows = {row["name"]: row for row in stored(cohort, "pooled").to_dicts()}
    distance = rows["run_distance_m"]
    span = distance["contrast_high"] - distance["contrast_low"]
    assert distance["mean_low"] / span <= mean <= distance["mean_high"] / span
    assert (distance["verdict"] == "higher") == (mean > 0)
    if mean == 0:
        told = [row["verdict"] in ("higher", "lower") for row in rows.values()]
        assert not any(told)
