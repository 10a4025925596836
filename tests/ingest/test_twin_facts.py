"""What a kept activity learns from its twins: only what it does not know itself, and its cadence
follows its sport.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl
import pytest

from tightlog.ingest.twin_facts import FACT_SCHEMA, twin_facts, with_cadence_settled


def activity(
    activity_id: str,
    reader: str = "gpx",
    sport: str = "generic",
    sub_sport: str = "generic",
    **facts: object,
) -> dict[str, object]:
    return {
        "activity_id": activity_id,
        "reader": reader,
        "sport": sport,
        "sub_sport": sub_sport,
        "name": None,
        "shoe": None,
        "rpe": None,
        "device": "an app",
        "speed_mps": 2.8,
        "cadence_raw": 84.0,
    } | facts


def facts_of(
    *activities: dict[str, object],
    twins: Mapping[str, str],
) -> list[dict[str, Any]]:
    frame = pl.DataFrame(
        list(activities),
        infer_schema_length=None,
        schema_overrides={
            "name": pl.String,
            "shoe": pl.String,
            "rpe": pl.Float64,
            "speed_mps": pl.Float64,
        },
    )
    aside = pl.DataFrame(
        [(twin, kept, "") for twin, kept in twins.items()],
        orient="row",
        schema={"activity_id": pl.String, "kept_activity_id": pl.String, "reason": pl.String},
    )
    return twin_facts(frame, aside).to_dicts()


def settled(told_sport: str, recorded: Iterable[float | None] = ()) -> list[dict[str, Any]]:
    """The facts of an activity of unknown kind that turns out to be of a sport."""
    renamed = pl.DataFrame([activity("kept", told_sport=told_sport)], infer_schema_length=None)
    cadences = pl.DataFrame(
        [("kept", one) for one in recorded],
        orient="row",
        schema={"activity_id": pl.String, "cadence": pl.Float64},
    )
    return with_cadence_settled(pl.DataFrame(schema=FACT_SCHEMA), renamed, cadences).to_dicts()


def test_own_words_stand_and_only_gaps_are_filled() -> None:
    (fact,) = facts_of(
        activity("kept", "fit", "running", "trail", name="Mine"),
        activity("row", "strava", "running", "generic", name="Theirs", shoe="Blue", rpe=6.0),
        twins={"row": "kept"},
    )
    assert (fact["name"], fact["shoe"], fact["rpe"]) == (None, "Blue", 6.0)


def test_a_twin_that_tells_nothing_new_leaves_no_facts() -> None:
    told = activity("row", "strava", "walking", "treadmill")
    assert facts_of(activity("kept", "fit", "running", "trail"), told, twins={"row": "kept"}) == []


@pytest.mark.parametrize(("recorded", "factor"), [(84.0, 2.0), (168.0, 1.0)])
def test_cadence_is_settled_anew_when_the_sport_turns_out_to_be_on_foot(
    recorded: float, factor: float
) -> None:
    (fact,) = settled("running", [recorded] * 3)
    assert (fact["activity_id"], fact["cadence_factor"]) == ("kept", factor)
    assert fact["cadence_rule"].startswith("gpx of an app")


def test_cadence_of_a_ride_stays_as_recorded() -> None:
    assert settled("cycling", [84.0]) == []


def test_what_the_runner_entered_at_strava_comes_before_what_garmin_named() -> None:
    told = [
        activity("g", "garmin", "running", name="Town Running"),
        activity("s", "strava", "running", name="Hill repeats"),
    ]
    for order in (told, told[::-1]):
        (fact,) = facts_of(
            activity("kept", "fit", "running"), *order, twins={"g": "kept", "s": "kept"}
        )
        assert fact["name"] == "Hill repeats"
