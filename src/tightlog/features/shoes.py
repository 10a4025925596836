"""Shoes: how far the pair of the day's longest run had been run in by then."""

import polars as pl

from tightlog.features.feature import Feature
from tightlog.features.mileage import longest_runs, runs_of

FEATURES = (
    Feature(
        "shoe_distance_m",
        "m",
        "shoes",
        "Metres run so far in the shoe of the day's longest run: those it had at the start "
        "(shoe_start_m) and those recorded, that run included; runs without a distance or a "
        "shoe add nothing. Null when no shoe is known or the distance of one of the day's runs "
        "is unknown",
    ),
)


def shoe_distance(calendar: pl.DataFrame, activities: pl.DataFrame) -> pl.DataFrame:
    """One row per day of the calendar: shoe_distance_m."""
    runs = runs_of(activities).sort("day", "started_at", "activity_id")
    worn = runs.with_columns(
        shoe_distance_m=pl.col("distance_m").fill_null(0.0).cum_sum().over("shoe")
        + pl.col("shoe_start_m").fill_null(0.0)
    )
    longest = longest_runs(worn).select(
        "day", shoe_distance_m=pl.when(pl.col("shoe").is_not_null()).then("shoe_distance_m")
    )
    return calendar.select("day").join(longest, on="day", how="left", maintain_order="left")
