import time
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import polars as pl
from polars.testing import assert_frame_equal

from tests.features.conftest import Home
from tightlog.domain.recorded import recorded_in
from tightlog.features.catalogue import FEATURES, feature_frame
from tightlog.features.coverage import calendar
from tightlog.features.day import day_features, measured_activities
from tightlog.features.hearts.trimp import Runner


def test_catalogue_and_day_frame_agree_exactly(home: Home) -> None:
    home.ran(0)
    assert day_features(home.inputs()).columns == [
        "day",
        *(feature.feature for feature in FEATURES),
    ]
    assert feature_frame().columns == ["feature", "unit", "family", "definition", "source"]
    assert feature_frame()["feature"].is_unique().all()
    assert all(all(row) for row in feature_frame().iter_rows())


def test_an_empty_home_gives_the_same_columns_and_types_as_a_full_one(home: Home) -> None:
    empty = day_features(home.inputs())
    home.ran(0, heart_rate_bpm=140.0)
    home.did(1, "swimming")
    home.rated(1, 3, hour=7)
    full = day_features(home.inputs())
    assert empty.height == 0
    assert empty.schema == full.schema


def test_a_diary_without_files_knows_tightness_but_no_mileage(home: Home) -> None:
    for number in range(30):
        home.rated(number, 3, hour=7)
    last = home.days()(29)
    assert (last["coverage"], last["tightness_28d_median"]) == ("watched", 3.0)
    assert (last["run_count"], last["run_distance_7d_m"], last["load_au"]) == (None, None, None)


def test_days_are_sorted_without_gaps_or_repeats(home: Home) -> None:
    for number in (50, 3, 3, 20):
        home.ran(number)
    home.rated(-4, 2)
    days = day_features(home.inputs())["day"]
    assert days.to_list() == [home.day(number) for number in range(-4, 51)]


def test_rows_in_any_order_give_the_same_days(home: Home) -> None:
    random = np.random.default_rng(4)
    for number in range(0, 60, 2):
        home.ran(number, km=float(random.uniform(5, 20)), heart_rate_bpm=150.0)
        home.rated(number, float(random.integers(0, 8)), hour=6)
        home.logged(number, "C1", minutes=5)
    home.runner = Runner(heart_rate_max_bpm=190.0)
    sorted_days = day_features(home.inputs())
    for rows in (home.activities, home.scores, home.interventions):
        random.shuffle(rows)
    assert_frame_equal(day_features(home.inputs()), sorted_days)


def test_later_days_do_not_change_earlier_ones(home: Home) -> None:
    home.runner = Runner(heart_rate_max_bpm=190.0)
    for number in range(0, 60, 2):
        home.ran(number, km=8 + number % 7, heart_rate_bpm=150.0)
        home.rated(number, number % 5, hour=6)
    before = day_features(home.inputs())
    for number in range(60, 90):
        home.ran(number, km=30, heart_rate_bpm=180.0)
    assert_frame_equal(day_features(home.inputs()).head(before.height), before)


def test_measured_activities_keep_every_activity_once(home: Home) -> None:
    home.runner = Runner(heart_rate_max_bpm=190.0)
    home.ran(0, heart_rate_bpm=150.0)
    home.did(0, "swimming")
    measured = measured_activities(home.inputs())
    assert measured["activity_id"].to_list() == ["a0000", "a0001"]
    assert {"load_au", "load_rule", "cadence_residual_pct"} <= set(measured.columns)
    again = measured_activities(
        type(home.inputs())(**(vars(home.inputs()) | {"activities": measured}))
    )
    assert_frame_equal(again, measured)


def test_ten_years_take_seconds(home: Home) -> None:
    random = np.random.default_rng(1)
    for number in range(3650):
        home.rated(number, float(random.integers(0, 6)), hour=6)
        if random.random() < 0.82:
            home.ran(
                number,
                km=float(random.uniform(5, 20)),
                heart_rate_bpm=150.0,
                device=f"watch {number // 1000}",
            )
    inputs = home.inputs()
    identifiers = inputs.activities["activity_id"]
    index = pl.DataFrame({"window_index": range(100)}, schema={"window_index": pl.Int32})
    windows = pl.DataFrame({"activity_id": identifiers}).join(index, how="cross")
    speed = random.uniform(2.2, 4.0, windows.height)
    windows = windows.with_columns(
        elapsed_s=pl.col("window_index") * 30.0,
        seconds=pl.lit(30.0),
        speed_mps=pl.Series(speed),
        cadence_spm=pl.Series(150 + 6 * speed + random.normal(0, 2, windows.height)),
        grade=pl.Series(random.normal(0, 0.02, windows.height)),
        heart_rate_bpm=pl.lit(140.0),
        ground_contact_ms=pl.Series(300 - 20 * speed + random.normal(0, 5, windows.height)),
        vertical_oscillation_mm=pl.Series(random.normal(90, 3, windows.height)),
        vertical_ratio_pct=pl.Series(10.5 - speed),
        ground_contact_left_pct=pl.Series(random.normal(50, 0.5, windows.height)),
        step_length_mm=pl.Series(350 * speed),
    )
    beats = (
        pl.DataFrame({"activity_id": identifiers})
        .join(
            pl.DataFrame({"heart_rate_bpm": range(100, 180)}, schema={"heart_rate_bpm": pl.Int32}),
            how="cross",
        )
        .with_columns(seconds=pl.lit(45.0))
    )
    started = time.process_time()
    days = day_features(replace(inputs, recorded=recorded_in(windows, beats)))
    took = timedelta(seconds=time.process_time() - started)
    assert days.height >= 3649
    assert days["cadence_residual_pct"].count() > 2900
    assert days["ground_contact_z"].count() > 2800
    # Measured about one second of processor time; what else the machine does is no matter of ours.
    assert took < timedelta(seconds=5)


def test_no_impossible_day_stretches_the_calendar() -> None:
    known = pl.Series([date(1026, 5, 31), date(2026, 5, 4), date(2026, 5, 6), date(9999, 1, 1)])
    days = calendar([known], known, date(2026, 6, 1))["day"]
    assert (days.min(), days.max(), days.len()) == (date(2026, 5, 4), date(2026, 5, 6), 3)
