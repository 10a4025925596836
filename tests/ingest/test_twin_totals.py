"""What a kept activity takes of the totals of its twins: only what it lacks, and a better climb."""

from typing import Any

import polars as pl
import pytest

from tightlog.ingest.twin_facts import twin_facts, with_cadence_settled, with_corrections
from tightlog.ingest.twins.twin_totals import twin_totals

NUMBERS = (
    "distance_m", "ascent_m", "descent_m", "speed_mps", "cadence_spm", "cadence_raw",
    "heart_rate_bpm", "power_w", "rpe",
)  # fmt: skip


def activity(activity_id: str, reader: str = "gpx", **facts: Any) -> dict[str, Any]:
    return {
        "activity_id": activity_id, "reader": reader, "sport": "running", "sub_sport": "generic",
        "elapsed_s": 3600.0, "moving_s": 3500.0, "name": None, "shoe": None, "device": None,
        "cadence_rule": None, "has_barometer": None, "is_indoor": None,
        **dict.fromkeys(NUMBERS),
    } | facts  # fmt: skip


def frames(*activities: dict[str, Any]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """All activities, and those set aside: each but the first, which is kept."""
    schema = dict.fromkeys(NUMBERS, pl.Float64) | {
        "name": pl.String, "shoe": pl.String, "device": pl.String, "cadence_rule": pl.String,
        "has_barometer": pl.Boolean, "is_indoor": pl.Boolean,
    }  # fmt: skip
    every = pl.DataFrame(list(activities), schema_overrides=schema)
    kept, *others = (one["activity_id"] for one in activities)
    return every, pl.DataFrame({"activity_id": others, "kept_activity_id": [kept] * len(others)})


def taken(*activities: dict[str, Any]) -> dict[str, Any]:
    (row,) = twin_totals(*frames(*activities)).to_dicts()
    return {name: value for name, value in row.items() if value is not None}


def test_only_what_is_missing_is_taken() -> None:
    kept = activity("kept", heart_rate_bpm=150.0)
    twin = activity("twin", heart_rate_bpm=140.0, distance_m=10_000.0, power_w=250.0)
    assert taken(kept, twin) == {"activity_id": "kept", "distance_m": 10_000.0, "power_w": 250.0}


def test_a_recording_is_believed_before_a_list() -> None:
    strava = activity("a", "strava", distance_m=11_000.0, rpe=7.0)
    assert taken(activity("kept"), strava, activity("z", distance_m=10_000.0))["distance_m"] == (
        10_000.0
    )


def test_cadence_comes_with_its_value_and_rule_and_of_the_same_sport() -> None:
    cadence: dict[str, Any] = {
        "cadence_spm": 170.0,
        "cadence_raw": 85.0,
        "cadence_rule": "fit: strides x 2",
    }
    found = taken(activity("kept"), activity("twin", "fit", **cadence))
    assert (found["cadence_spm"], found["cadence_raw"]) == (170.0, 85.0)
    assert found["cadence_rule"] == "twin: fit: strides x 2"
    untyped = activity("twin", sport="generic", **cadence)
    assert "cadence_spm" not in taken(activity("kept"), untyped)
    own = activity("kept", cadence_spm=168.0)
    assert not {"cadence_spm", "cadence_raw", "cadence_rule"} & set(
        taken(own, activity("t", **cadence))
    )


@pytest.mark.parametrize(
    ("share", "takes"),
    [(0.89, False), (0.91, True), (1 / 0.91, True), (1 / 0.89, False)],
)
def test_a_distance_is_taken_of_a_twin_that_lasts_as_long(share: float, takes: bool) -> None:
    twin = activity("twin", elapsed_s=3600 * share, distance_m=9_000.0)
    assert ("distance_m" in taken(activity("kept"), twin)) is takes


@pytest.mark.parametrize(
    ("share", "takes"), [(0.48, False), (0.52, True), (1 / 0.91, True), (1 / 0.89, False)]
)
def test_a_mean_is_taken_of_a_twin_of_at_least_half_the_time(share: float, takes: bool) -> None:
    twin = activity("twin", elapsed_s=3600 * share, heart_rate_bpm=150.0)
    assert ("heart_rate_bpm" in taken(activity("kept"), twin)) is takes


@pytest.mark.parametrize(
    ("kept", "twin", "ascent_m"),
    [
        ({"ascent_m": 90.0}, {"reader": "strava", "ascent_m": 60.0}, 60.0),
        ({"ascent_m": 90.0, "has_barometer": True}, {"reader": "strava", "ascent_m": 60.0}, None),
        ({"ascent_m": 90.0}, {"reader": "strava", "ascent_m": 0.0}, None),
        ({"ascent_m": 90.0, "is_indoor": True}, {"reader": "strava", "ascent_m": 60.0}, None),
        ({"ascent_m": 90.0}, {"reader": "fit", "ascent_m": 60.0}, None),
        ({"ascent_m": 90.0}, {"reader": "fit", "ascent_m": 60.0, "has_barometer": True}, 60.0),
        ({}, {"reader": "gpx", "ascent_m": 60.0}, 60.0),
    ],
)
def test_climb_of_a_barometer_or_a_list_comes_before_that_of_none(
    kept: dict[str, Any], twin: dict[str, Any], ascent_m: float | None
) -> None:
    assert taken(activity("kept", **kept), activity("twin", **twin)).get("ascent_m") == ascent_m


def test_columns_that_hold_a_twin_s_value_are_named_until_the_runner_says_another() -> None:
    kept = activity("kept", sport="generic")
    twin = activity("twin", "strava", heart_rate_bpm=150.0, shoe="Blue", rpe=6.0)
    every, aside = frames(kept, twin)
    facts = twin_facts(every, aside)
    assert facts["from_twin"].to_list() == [["shoe", "rpe", "heart_rate_bpm"]]
    corrected = with_corrections(facts, aside, {"twin": {"shoe": "Red"}})
    assert corrected["from_twin"].to_list() == [["rpe", "heart_rate_bpm"]]
    assert corrected["shoe"].to_list() == ["Red"]


def test_rule_of_a_cadence_taken_survives_that_of_cadences_settled() -> None:
    cadence: dict[str, Any] = {
        "cadence_spm": 170.0,
        "cadence_raw": 85.0,
        "cadence_rule": "fit: strides x 2",
    }
    every, aside = frames(activity("kept"), activity("twin", "fit", **cadence))
    none = pl.DataFrame(schema={"activity_id": pl.String, "cadence": pl.Float64})
    other = every.with_columns(told_sport=pl.lit("running")).clear()
    (row,) = with_cadence_settled(twin_facts(every, aside), other, none).to_dicts()
    assert (row["cadence_factor"], row["cadence_rule"]) == (None, "twin: fit: strides x 2")
