"""Twins: one run counts once, the richer recording is kept, and two real runs are never taken
for one.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations, permutations
from random import Random
from time import process_time
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    heart_rate: float | None = 150.0,
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


def rules(*activities: dict[str, Any], places: Sequence[tuple[str, str]] = ()) -> dict[str, str]:
    found = twins(pl.DataFrame(list(activities), infer_schema_length=None), places)
    return dict(found.select("activity_id", "rule").iter_rows())


def plain(name: str, **facts: Any) -> dict[str, Any]:
    """A phone's track: no heart rate, nothing measured on the body."""
    return activity(name, channels=0, heart_rate=None, reader="gpx", **facts)


@pytest.mark.parametrize("later_s", [-5, 5])
def test_two_recorders_started_seconds_apart_are_one_whatever_their_distances(
    later_s: float,
) -> None:
    pod = activity("pod", minutes_later=later_s / 60, distance_m=11_000.0)
    assert set(kept_and_twins(activity("watch"), pod)) in ({"watch"}, {"pod"})


def test_watch_never_loses_to_a_phone_that_ran_seconds_longer() -> None:
    phone = plain("phone", minutes_later=0.1, span_s=3606, distance_m=10_800.0)
    assert kept_and_twins(activity("watch"), phone) == {"phone": "watch"}


def test_longer_track_that_says_less_takes_the_place_of_no_run() -> None:
    run = activity("run", minutes_later=180, span_s=1800, distance_m=5_000.0)
    tour = plain("tour", sport="generic", span_s=8 * 3600, distance_m=22_000.0)
    assert kept_and_twins(run, tour) == {}
    assert kept_and_twins(plain("run", minutes_later=180, span_s=1800), tour) == {}


def test_track_mostly_covered_by_richer_runs_is_set_aside() -> None:
    two = [
        activity("first", span_s=3000, distance_m=9_000.0),
        activity("second", minutes_later=60, span_s=3000, distance_m=9_100.0),
    ]
    track = plain("track", sport="generic", span_s=6600, distance_m=18_500.0)
    assert kept_and_twins(*two, track) in ({"track": "first"}, {"track": "second"})
    assert rules(*two, track) == {"track": "around"}


def test_one_person_runs_no_two_runs_at_a_time() -> None:
    # The phone was never stopped.
    run = activity("run", span_s=1800, distance_m=5_000.0)
    phone = plain("phone", span_s=3 * 3600, distance_m=6_000.0)
    assert kept_and_twins(run, phone) == {"phone": "run"}


def test_untyped_track_that_moves_like_a_run_is_no_second_run() -> None:
    run = activity("run", minutes_later=60, span_s=1800, distance_m=5_000.0)
    tour = plain("tour", sport="generic", span_s=3 * 3600, distance_m=27_000.0)
    assert kept_and_twins(run, tour | {"movement_sport": "walking"}) == {}
    assert kept_and_twins(run, tour | {"movement_sport": "running"}) == {"tour": "run"}


def test_drive_is_no_recording_of_a_run_at_the_same_time() -> None:
    drive = plain("drive", sport="generic") | {"movement_sport": "driving"}
    assert kept_and_twins(activity("run"), drive | {"distance_m": 60_000.0}) == {}


def test_watch_that_stopped_early_is_a_part_of_the_run_that_went_on() -> None:
    watch = activity("watch", span_s=2400, distance_m=6_700.0)
    assert kept_and_twins(watch, plain("phone")) == {"watch": "phone"}


def test_damaged_recording_is_a_part_of_an_untyped_track() -> None:
    cut = activity("cut", is_partial=True, span_s=600, distance_m=1_700.0)
    assert kept_and_twins(cut, plain("track", sport="generic")) == {"cut": "track"}


def test_same_time_on_foot_is_one_whatever_it_is_called() -> None:
    walk = activity("walk", sport="walking", channels=1, distance_m=9_000.0)
    assert kept_and_twins(activity("run"), walk) == {"walk": "run"}
    ride = activity("ride", sport="cycling", channels=1)
    assert kept_and_twins(activity("run"), ride) == {"ride": "run"}
    far_ride = activity("ride", sport="cycling", distance_m=20_000.0)
    assert kept_and_twins(activity("run"), far_ride) == {}


def test_entries_of_one_list_are_never_twins() -> None:
    assert (
        kept_and_twins(
            entry("intervals", sha256="list", span_s=2880, distance_m=11_900.0),
            entry("strides", sha256="list", minutes_later=8, span_s=180, distance_m=560.0),
            entry("again", sha256="list", span_s=2880, distance_m=11_900.0),
        )
        == {}
    )


def test_one_recording_takes_one_entry_of_a_list_the_nearest() -> None:
    rows = [
        entry("near", sha256="list", minutes_later=0.1),
        entry("far", sha256="list", minutes_later=0.8),
    ]
    assert kept_and_twins(*rows, activity("fit")) == {"near": "fit"}


def test_entry_without_a_file_inside_a_run_is_another_activity() -> None:
    strides = entry("strides", minutes_later=8, span_s=180, distance_m=560.0)
    assert kept_and_twins(strides, activity("fit")) == {}


def test_entry_with_the_time_in_motion_alone_is_that_of_its_recording() -> None:
    recording = activity("fit") | {"moving_s": 2900.0}
    assert kept_and_twins(entry(span_s=2900.0), recording) == {"row": "fit"}


def test_entries_of_two_lists_are_one_by_start_and_duration() -> None:
    garmin = entry("garmin") | {"reader": "garmin"}
    assert kept_and_twins(garmin, entry("strava", minutes_later=0.9)) == {"strava": "garmin"}
    assert kept_and_twins(garmin, entry("strava", minutes_later=1.1)) == {}


def test_of_a_chain_one_is_kept() -> None:
    chain = [activity(name, minutes_later=10 * place) for place, name in enumerate("abc")]
    found = {
        tuple(sorted(kept_and_twins(*order).items()))
        for order in permutations([*chain[:1], chain[1] | {"body_channel_count": 9}, chain[2]])
    }
    assert found == {(("a", "b"), ("c", "b"))}


def curves(*activities: dict[str, Any], **values: dict[str, float]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "activity_id": one["activity_id"],
                "step": step,
                "heart_rate_bpm": 140.0 + step % 10,
                "cadence_spm": 168.0,
                "speed_mps": 2.8,
            }
            | values.get(one["activity_id"], {})
            for one in activities
            for step in range(120)
        ]
    )


@pytest.mark.parametrize(
    ("evening", "reader", "is_one"),
    [
        ({}, "fit", True),
        ({"cadence_spm": 169.0}, "fit", False),
        ({"cadence_spm": 169.0}, "gpx", True),
        ({"cadence_spm": 171.0}, "gpx", False),
        ({"heart_rate_bpm": 145.0}, "fit", False),
        ({"heart_rate_bpm": 145.0}, "gpx", False),
        ({"speed_mps": 3.0}, "fit", False),
        ({"speed_mps": 3.0}, "gpx", True),
    ],
)
def test_treadmill_runs_of_one_length_are_two_when_their_records_differ(
    evening: dict[str, float], reader: str, is_one: bool
) -> None:
    am = activity("am", position=None)
    pm = activity("pm", position=None, minutes_later=11 * 60, reader=reader)
    recorded = curves(am, pm, pm=evening)
    assert bool(twins(pl.DataFrame([am, pm]), (), lambda _: recorded).height) is is_one


START_MINUTES = st.one_of(st.integers(0, 4), st.integers(0, 300))
RECORDINGS = st.builds(
    lambda minutes_later, minutes, mps, **facts: (
        {"minutes_later": minutes_later, "span_s": minutes * 60.0}
        | {"distance_m": minutes * 60.0 * mps}
        | facts
    ),
    minutes_later=START_MINUTES,
    minutes=st.sampled_from([3, 20, 22, 40, 60, 480]),
    mps=st.sampled_from([1.0, 2.8, 3.2]),
    sport=st.sampled_from(["running", "running", "walking", "generic"]),
    channels=st.integers(0, 3),
    heart_rate=st.sampled_from([None, 150.0]),
    reader=st.sampled_from(["fit", "gpx", "strava", "garmin"]),
    is_partial=st.booleans(),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(RECORDINGS, min_size=2, max_size=7), st.randoms())
def test_any_histories_are_settled_the_same_in_every_order(
    recordings: list[dict[str, Any]], random: Random
) -> None:
    history = [
        activity(str(number), **facts, sha256=facts["reader"] + "list")
        if facts["reader"] in ("strava", "garmin")
        else activity(str(number), **facts)
        for number, facts in enumerate(recordings)
    ]
    found = kept_and_twins(*history)
    shuffled = [*history]
    random.shuffle(shuffled)
    assert kept_and_twins(*shuffled) == found
    assert not set(found.values()) & set(found)
    counted = [one for one in history if one["activity_id"] not in found]
    for one, other in combinations(counted, 2):
        if one["reader"] in ("fit", "gpx") and other["reader"] in ("fit", "gpx"):
            assert not (
                {one["sport"], other["sport"]} != {"running", "cycling"}
                and shared(one, other) > 0.91
            )
    kept_rows = Counter(
        found[one["activity_id"]]
        for one in history
        if one["reader"] == "strava" and one["activity_id"] in found
    )
    # A recording that another one holds takes its own row of the list along.
    assert max(kept_rows.values(), default=0) <= 1 or {"around", "part"} & {
        *rules(*history).values()
    }


def shared(one: dict[str, Any], other: dict[str, Any]) -> float:
    """Share of the longer of two that lies in both."""
    begins = [at["started_at"].timestamp() for at in (one, other)]
    ends = [begin + at["elapsed_s"] for begin, at in zip(begins, (one, other), strict=True)]
    return float((min(ends) - max(begins)) / max(one["elapsed_s"], other["elapsed_s"]))


def test_fifteen_thousand_activities_are_settled_in_seconds() -> None:
    history = [
        activity(str(number), minutes_later=number * 180.0, heart_rate=120.0 + number * 7 % 41)
        for number in range(15_000)
    ]
    began = process_time()
    assert kept_and_twins(*history) == {}
    assert process_time() - began < 10


@pytest.mark.parametrize(
    "facts",
    [
        {"minutes_later": 0.1, "span_s": 3400, "distance_m": 8_500.0},
        {"span_s": 2000, "distance_m": 5_000.0},
    ],
)
def test_title_s_word_for_another_sport_makes_no_second_activity(facts: dict[str, Any]) -> None:
    ride = plain("ride", sport="cycling", **facts) | {"sport_rule": "name"}
    assert kept_and_twins(activity("run"), ride) == {"ride": "run"}
    assert kept_and_twins(activity("run"), ride | {"sport_rule": "file"}) == {}


def test_drive_by_its_title_is_no_recording_of_a_run_at_the_same_time() -> None:
    drive = plain("drive", sport="driving", distance_m=50_000.0) | {"sport_rule": "name"}
    assert kept_and_twins(activity("run"), drive) == {}


@pytest.mark.parametrize("changed", [{"sport": "generic"}, {"sport": "cycling"}])
def test_clock_off_by_hours_is_seen_in_a_file_that_does_not_say_its_sport(
    changed: dict[str, Any],
) -> None:
    phone = activity("phone", minutes_later=120, reader="gpx", channels=4, **changed)
    assert kept_and_twins(activity("watch"), phone | {"sport_rule": "name"}) == {"phone": "watch"}


def test_track_whose_clock_jumped_years_is_not_around_any_run() -> None:
    jumped = plain("jumped", minutes_later=-60, span_s=26 * 365 * 86_400)
    assert kept_and_twins(activity("run"), jumped) == {}
