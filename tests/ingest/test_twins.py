"""Twins: one run counts once, the richer recording is kept, and two real runs are never taken
for one.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import polars as pl
import pytest

from tightlog.ingest.twins import twins

START = datetime(2026, 5, 4, 5, 30, tzinfo=UTC)


def activity(
    name: str,
    *,
    minutes_later: float = 0.0,
    span_s: float = 3600.0,
    distance_m: float | None = 10_000.0,
    sport: str = "running",
    channels: int = 5,
    reader: str = "fit",
    heart_rate: float = 150.0,
    position: tuple[float, float] | None = (46.9, 8.3),
    is_partial: bool = False,
    sha256: str | None = None,
) -> dict[str, object]:
    return {
        "activity_id": name,
        "sha256": sha256 or name,
        "sport": sport,
        "started_at": START + timedelta(minutes=minutes_later),
        "elapsed_s": span_s,
        "moving_s": span_s,
        "distance_m": distance_m,
        "heart_rate_bpm": heart_rate,
        "is_partial": is_partial,
        "body_channel_count": channels,
        "place_channel_count": 4,
        "record_count": 3600,
        "reader": reader,
        "first_latitude_deg": position and position[0],
        "first_longitude_deg": position and position[1],
    }


def kept_and_twins(
    *activities: dict[str, object], places: Iterable[tuple[str, str]] = ()
) -> dict[str, str]:
    found = twins(pl.DataFrame(list(activities), infer_schema_length=None), places)
    return {row["activity_id"]: row["kept_activity_id"] for row in found.iter_rows(named=True)}


def test_fit_and_gpx_of_one_run_are_one_and_the_fit_is_kept() -> None:
    assert kept_and_twins(activity("gpx", reader="gpx", channels=5), activity("fit")) == {
        "gpx": "fit"
    }


def test_choice_does_not_depend_on_the_order_of_arrival() -> None:
    three = [
        activity("a", channels=4),
        activity("b", channels=7, minutes_later=0.02),
        activity("c", channels=5),
    ]
    assert {tuple(sorted(kept_and_twins(*order).items())) for order in permutations(three)} == {
        (("a", "b"), ("c", "b"))
    }


def test_clock_off_by_whole_hours_is_the_same_run() -> None:
    assert kept_and_twins(
        activity("watch"), activity("export", minutes_later=120, reader="gpx", channels=4)
    ) == {"export": "watch"}


@pytest.mark.parametrize(
    "changed",
    [
        {"distance_m": 10_400.0},
        {"span_s": 3660.0},
        {"heart_rate": 139.0},
        {"position": (46.95, 8.3)},
    ],
)
def test_two_like_runs_hours_apart_are_two(
    changed: dict[str, float] | dict[str, tuple[float, float]],
) -> None:
    assert kept_and_twins(activity("morning"), activity("noon", minutes_later=240, **changed)) == {}


def test_warm_up_and_race_one_after_the_other_are_two() -> None:
    assert (
        kept_and_twins(
            activity("warm-up", span_s=900, distance_m=2000), activity("race", minutes_later=16)
        )
        == {}
    )


def test_another_sport_at_the_same_time_is_not_a_twin() -> None:
    assert (
        kept_and_twins(activity("run"), activity("strength", sport="training", distance_m=None))
        == {}
    )


def test_short_recording_within_a_longer_one_is_set_aside_however_rich_it_is() -> None:
    assert kept_and_twins(
        activity("phone", channels=3, reader="gpx"),
        activity("watch died", channels=9, span_s=2700, distance_m=7000, minutes_later=1),
    ) == {"watch died": "phone"}


def test_a_file_cut_before_it_says_its_sport_is_a_part_of_the_whole() -> None:
    assert kept_and_twins(
        activity("whole"),
        activity("cut", sport="generic", span_s=500, distance_m=1700, is_partial=True),
    ) == {"cut": "whole"}


def test_a_clock_that_jumped_does_not_swallow_other_runs() -> None:
    assert (
        kept_and_twins(
            activity("jumped", span_s=20 * 86_400, distance_m=50_000),
            activity("next morning", minutes_later=700, distance_m=8000, heart_rate=140.0),
        )
        == {}
    )


def test_legs_of_a_multisport_file_stay_but_a_chained_copy_goes() -> None:
    legs = [
        activity("leg0", sha256="f", sport="running", span_s=600, distance_m=2000),
        activity(
            "leg1", sha256="f", sport="running", span_s=600, distance_m=2000, minutes_later=30
        ),
    ]
    assert kept_and_twins(*legs) == {}
    assert list(kept_and_twins(legs[0], {**legs[0], "activity_id": "again"}).values()) in (
        ["leg0"],
        ["again"],
    )


def entry(name: str = "row", hint: str | None = None, **facts: Any) -> dict[str, object]:
    return activity(name, channels=0, reader="strava", position=None, **facts) | {
        "record_count": 0,
        "file_hint": hint,
    }


PLACES = [
    ("export/activities.csv", "row"),
    ("export/activities/1.gpx", "gpx"),
    ("fit.fit", "fit"),
    ("moved/1234567.fit.gz", "far"),
]


def test_entry_of_a_list_yields_to_every_recording_however_damaged() -> None:
    assert kept_and_twins(entry(), activity("fit", is_partial=True, channels=0)) == {"row": "fit"}


def test_entry_of_a_list_counts_where_the_recording_broke_off() -> None:
    assert kept_and_twins(
        entry(), activity("fit", is_partial=True, span_s=900, distance_m=2500)
    ) == {"fit": "row"}


def test_file_a_list_names_is_its_recording_whatever_the_clocks_say() -> None:
    shifted = activity("gpx", reader="gpx", minutes_later=5 * 24 * 60, distance_m=10_300.0) | {
        "file_hint": None
    }
    assert kept_and_twins(entry(hint="activities/1.gpx"), shifted, places=PLACES) == {"row": "gpx"}
    assert kept_and_twins(entry(), shifted, places=PLACES) == {}
    elsewhere = [("other/activities.csv", "row"), *PLACES[1:]]
    assert kept_and_twins(entry(hint="activities/1.gpx"), shifted, places=elsewhere) == {}


def test_file_under_the_vendor_s_number_is_found_where_it_was_moved_to() -> None:
    far = activity("far", minutes_later=5 * 24 * 60) | {"file_hint": None}
    assert kept_and_twins(entry(hint="activities/1234567.fit.gz"), far, places=PLACES) == {
        "row": "far"
    }


def test_entry_and_its_file_both_follow_a_richer_recording_in_any_order() -> None:
    three = [
        entry(hint="activities/1.gpx"),
        activity("gpx", reader="gpx", channels=2) | {"file_hint": None},
        activity("fit") | {"file_hint": None},
    ]
    assert {
        tuple(sorted(kept_and_twins(*order, places=PLACES).items()))
        for order in permutations(three)
    } == {(("gpx", "fit"), ("row", "fit"))}


@pytest.mark.parametrize(
    ("changed", "is_one"),
    [
        ({"distance_m": 8_000.0}, True),
        ({"sport": "walking"}, True),
        ({"sport": "walking", "span_s": 3000.0}, False),
        ({"minutes_later": 0.5}, True),
        ({"minutes_later": 240.0, "heart_rate": 120.0}, False),
        ({"sport": "training", "minutes_later": 1.0, "distance_m": None}, False),
    ],
)
def test_correction_at_the_vendor_s_makes_no_second_activity_but_another_session_is_one(
    changed: dict[str, Any], is_one: bool
) -> None:
    assert bool(kept_and_twins(entry(**changed), activity("fit"))) is is_one


def test_every_twin_names_an_activity_that_is_kept() -> None:
    found = kept_and_twins(
        activity("part of phone", channels=9, span_s=2700, distance_m=7000, minutes_later=1),
        activity("copy of the part", channels=8, span_s=2700, distance_m=7000, minutes_later=1),
        activity("phone", channels=3, reader="gpx"),
    )
    assert set(found.values()) == {"phone"}
