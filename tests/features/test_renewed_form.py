"""The form of runs renewed is the form measured of all, to the last digit."""

from datetime import timedelta

import polars as pl
import pytest

from tests.refresh.test_replay import small_home
from tightlog.domain.recorded import KnownBefore, recorded_in
from tightlog.features.day import FeatureInputs, counted
from tightlog.features.form import form_of_runs
from tightlog.features.renewed_form import NO_FORM, renewed_form

# A z of form: departures of 60 days, each from what 60 days before it let expect.
REACH = timedelta(days=120)
INPUTS = small_home(2).features
IDS = counted(INPUTS.activities).filter(sport="running").sort("started_at")["activity_id"].to_list()


def with_dynamics(inputs: FeatureInputs) -> pl.DataFrame:
    count = pl.int_range(pl.len())
    return inputs.run_windows.with_columns(
        ground_contact_ms=235.0 + (count * 7 % 23), vertical_ratio_pct=8.0 + (count * 5 % 11) / 10
    )


def renewed(
    activities: pl.DataFrame, windows: pl.DataFrame, known: KnownBefore = NO_FORM
) -> pl.DataFrame:
    return renewed_form(activities, recorded_in(windows, INPUTS.heart_rate_seconds), known)


@pytest.mark.parametrize("ids", [IDS[-1:], IDS[:1], IDS[20:21], [IDS[3], IDS[40]], IDS])
def test_runs_that_come_and_go_leave_what_measuring_all_gives(ids: list[str]) -> None:
    activities, windows = counted(INPUTS.activities), with_dynamics(INPUTS)
    fewer = activities.filter(~pl.col("activity_id").is_in(ids))
    their_windows = windows.filter(~pl.col("activity_id").is_in(ids))
    whole, part = renewed(activities, windows), renewed(fewer, their_windows)
    measured = form_of_runs(activities, windows)
    assert measured["ground_contact_z"].count() > 20
    assert whole.select(measured.columns).equals(measured)
    assert renewed(activities, windows, KnownBefore(part)).equals(whole)
    assert renewed(fewer, their_windows, KnownBefore(whole)).equals(part)


def test_a_run_corrected_to_a_ride_keeps_no_form() -> None:
    activities, windows = counted(INPUTS.activities), with_dynamics(INPUTS)
    is_ride = pl.col("activity_id") == IDS[40]
    corrected = activities.with_columns(
        sport=pl.when(is_ride).then(pl.lit("cycling")).otherwise("sport")
    )
    known = renewed(activities, windows)
    assert known.filter(is_ride)["cadence_expected_spm"].item() is not None
    now = renewed(corrected, windows, KnownBefore(known))
    assert now.equals(renewed(corrected, windows))
    assert now.filter(is_ride)["cadence_expected_spm"].item() is None


def test_a_changed_window_changes_the_runs_after_it_too() -> None:
    activities, windows = counted(INPUTS.activities), with_dynamics(INPUTS)
    is_changed = (pl.col("activity_id") == IDS[10]) & (pl.col("window_index") == 3)
    other = windows.with_columns(
        cadence_spm=pl.when(is_changed).then(160.0).otherwise("cadence_spm")
    )
    known, now = renewed(activities, windows), renewed(activities, other)
    assert renewed(activities, other, KnownBefore(known)).equals(now)
    changed = now.filter(now["cadence_residual_pct"].ne_missing(known["cadence_residual_pct"]))[
        "form_of"
    ]
    start = now.filter(activity_id=IDS[10])["form_of"].item()
    assert changed.len() > 3
    assert changed.is_between(start, start + REACH).all()


def test_what_is_out_of_reach_is_not_measured_again() -> None:
    activities, windows = counted(INPUTS.activities), with_dynamics(INPUTS)
    known = renewed(activities, windows)
    # Values no measuring gives: where they come back, they were carried on.
    marked = known.with_columns(decoupling_pct=pl.lit(-77.0))
    first_start = known.filter(activity_id=IDS[0])["form_of"].item()
    shorter = windows.filter((pl.col("activity_id") != IDS[0]) | (pl.col("window_index") > 0))
    again = renewed(activities, shorter, KnownBefore(marked)).drop_nulls("form_of")
    is_carried = again["decoupling_pct"].eq_missing(-77.0)
    is_out = again["form_of"] > first_start + REACH
    assert is_carried.equals(is_out, check_names=False) and is_out.any() and not is_out.all()


def test_another_seed_measures_everything_again() -> None:
    activities, windows = counted(INPUTS.activities), with_dynamics(INPUTS)
    known = renewed(activities, windows, KnownBefore(NO_FORM.rows, 1))
    marked = known.with_columns(decoupling_pct=pl.lit(-77.0))
    again = renewed(activities, windows, KnownBefore(marked, 2))
    assert not again["decoupling_pct"].eq_missing(-77.0).any()
