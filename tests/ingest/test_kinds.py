"""The kind of an activity: what is believed before what, and what does not count as a session."""

from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
import pytest

from tightlog.domain.sports import SportRule
from tightlog.ingest.kinds import Kind, counts, is_indoor, kind_of, kinds, of_another_sport

Row = dict[str, Any]
AT = datetime(2026, 5, 4, 6, tzinfo=UTC)


def read(sport: str | None = None, rule: str = "file", **facts: Any) -> Row:
    """An activity as read: of a sport, or of none that anything in its file says."""
    told = {"sport": sport, "sport_rule": rule} if sport else NOTHING
    return {
        "activity_id": "own",
        "reader": "gpx",
        "started_at": AT,
        "sub_sport": "generic",
        "movement_sport": None,
        "moving_s": 1800.0,
        "elapsed_s": 1800.0,
        "distance_m": 5000.0,
        "is_indoor": None,
        **told,
        **facts,
    }


NOTHING = {"sport": "generic", "sport_rule": "unknown"}


def kind(
    own: Row, *twins: Row, said: Row | None = None, default: str | None = None
) -> tuple[str, str, str]:
    found = kind_of(own, twins, said or {}, default)
    return found.sport, found.sub_sport, found.rule.value


def test_each_evidence_is_believed_before_all_that_follow() -> None:
    listed, twin = read("walking", "list", reader="strava"), read("cycling")
    named = read("rowing", "name", movement_sport=None)
    guessed = read(movement_sport="running")
    assert kind(named, twin, listed, said={"sport": "training"}, default="hiking") == (
        "training",
        "generic",
        "correction",
    )
    assert kind(read("swimming"), twin, listed, default="hiking")[::2] == ("swimming", "file")
    assert kind(named, twin, listed, default="hiking")[::2] == ("walking", "list")
    assert kind(named, twin, default="hiking")[::2] == ("cycling", "twin")
    assert kind(named, default="hiking")[::2] == ("rowing", "name")
    assert kind(guessed, default="hiking")[::2] == ("hiking", "settings")
    assert kind(guessed)[::2] == ("running", "movement")
    assert kind(read())[::2] == ("generic", "unknown")


def test_a_list_of_its_own_is_believed_before_a_recording_set_aside() -> None:
    assert kind(read("walking", "list", reader="strava"), read("running"))[::2] == (
        "walking",
        "list",
    )


def test_a_twin_s_title_is_no_better_than_the_own_one() -> None:
    assert kind(read("rowing", "name"), read("running", "name"))[::2] == ("rowing", "name")
    assert kind(read(), read("running", "name"))[::2] == ("running", "twin")
    assert kind(read(), read(movement_sport="running"))[::2] == ("running", "movement")


@pytest.mark.parametrize(
    ("default", "shown", "expected"),
    [
        ("running", None, ("running", "settings")),
        ("running", "running", ("running", "settings")),
        ("running", "walking", ("walking", "movement")),
        ("running", "generic", ("generic", "movement")),
        ("running", "driving", ("driving", "movement")),
        ("cycling", "generic", ("cycling", "settings")),
        ("cycling", "driving", ("driving", "movement")),
    ],
)
def test_the_settings_make_no_run_of_what_cannot_be_one(
    default: str, shown: str | None, expected: tuple[str, str]
) -> None:
    assert kind(read(movement_sport=shown), default=default)[::2] == expected


def test_the_detail_may_come_from_another_recording_of_the_same_sport() -> None:
    assert kind(read("running"), read("running", sub_sport="trail"))[1] == "trail"
    assert kind(read("running"), read("cycling", sub_sport="gravel_cycling"))[1] == "generic"
    assert kind(read("running", sub_sport="track"), said={"sub_sport": "street"})[1] == "street"


def counted(sport: str, sub_sport: str = "generic", **facts: Any) -> bool:
    return counts(read(sport, **facts), Kind(sport, sub_sport, SportRule.FILE))


@pytest.mark.parametrize("sport", ["running", "cycling", "swimming", "training", "generic"])
def test_less_than_a_minute_is_an_accidental_start(sport: str) -> None:
    assert not counted(sport, moving_s=59.0, elapsed_s=59.0)
    assert counted(sport, moving_s=61.0, elapsed_s=61.0)
    assert counted(sport, moving_s=None, elapsed_s=None)
    assert not counted(sport, moving_s=None, elapsed_s=0.0, distance_m=None)


@pytest.mark.parametrize(
    ("sport", "distance_m", "is_indoor", "expected"),
    [
        ("running", 99.0, False, False),
        ("running", 101.0, False, True),
        ("running", None, False, True),
        ("cycling", 99.0, None, False),
        ("running", 0.0, False, False),
        # a treadmill measures what it likes, a swim may be short, weights go nowhere
        ("running", 0.0, True, True),
        ("swimming", 50.0, False, True),
        ("training", 0.0, False, True),
        ("generic", 0.0, None, True),
    ],
)
def test_less_than_a_hundred_metres_is_one_where_the_sport_goes_somewhere(
    sport: str, distance_m: float | None, is_indoor: bool | None, expected: bool
) -> None:
    assert counted(sport, distance_m=distance_m, is_indoor=is_indoor) is expected


def test_a_run_is_as_long_as_it_moved_and_weights_as_long_as_they_took() -> None:
    assert not counted("running", moving_s=30.0, elapsed_s=3600.0)
    assert counted("training", moving_s=30.0, elapsed_s=3600.0)
    assert counted("running", moving_s=0.0, elapsed_s=3600.0)


@pytest.mark.parametrize(
    ("sport", "sub_sport"),
    [
        ("driving", "generic"),
        ("health_snapshot", "generic"),
        ("video_gaming", "generic"),
        ("auto_racing", "generic"),
        ("training", "breathing"),
        ("motorcycling", "motocross"),
    ],
)
def test_what_is_no_exercise_does_not_count(sport: str, sub_sport: str) -> None:
    assert not counted(sport, sub_sport)
    assert counted("training", "yoga")


def test_only_kept_ones_have_a_kind_and_a_word_on_a_twin_holds_for_the_kept_one() -> None:
    activities = pl.DataFrame(
        [read(activity_id="kept"), read("running", activity_id="aside")], infer_schema_length=None
    )
    aside = pl.DataFrame({"activity_id": ["aside"], "kept_activity_id": ["kept"], "reason": [""]})
    found = kinds(activities, aside, {"aside": {"sport": "cycling"}}, None)
    assert found.rows() == [("kept", "cycling", "generic", "correction", True, None)]


def test_only_those_of_another_sport_than_was_read_are_settled_anew() -> None:
    activities = pl.DataFrame(
        [read("running", activity_id="a"), read(activity_id="b", movement_sport="running")],
        infer_schema_length=None,
    )
    none = pl.DataFrame(schema={"activity_id": pl.String, "kept_activity_id": pl.String})
    found = of_another_sport(activities, kinds(activities, none, {}, None))
    assert found.select("activity_id", "told_sport").rows() == [("b", "running")]


@pytest.mark.parametrize(
    ("own", "said", "is_inside"),
    [
        ({}, {"sport": "running", "sub_sport": "treadmill"}, True),
        ({"is_indoor": False}, {"sub_sport": "treadmill"}, True),
        ({"sub_sport": "treadmill", "is_indoor": True}, {}, True),
        ({"sub_sport": "treadmill", "is_indoor": True}, {"sub_sport": "trail"}, None),
        # Recorded without a single position, whatever it is called.
        ({"is_indoor": True}, {"sub_sport": "trail"}, True),
        ({"is_indoor": False}, {"sub_sport": "trail"}, False),
    ],
)
def test_a_treadmill_is_indoors_whoever_says_so(
    own: Row, said: Row, is_inside: bool | None
) -> None:
    row = read("running", **own)
    assert is_indoor(row, kind_of(row, (), said, None)) is is_inside


def test_a_treadmill_that_only_a_list_names_is_indoors() -> None:
    own, listed = read("running"), read("running", "list", sub_sport="treadmill")
    assert is_indoor(own, kind_of(own, (listed,), {}, None)) is True


def test_a_short_way_on_a_corrected_treadmill_counts() -> None:
    own = read("running", distance_m=20.0)
    on_belt = Kind("running", "treadmill", SportRule.CORRECTION)
    assert counts(own, on_belt)
    assert not counts(own, Kind("running", "generic", SportRule.FILE))


@pytest.mark.parametrize(
    ("track", "found"),
    [
        ({"distance_m": 9_900.0}, "movement"),
        # The rest of it, 90 min, at 1.89 and 1.91 m/s.
        ({"distance_m": 5_000.0 + 5_400 * 1.89}, "movement"),
        ({"distance_m": 5_000.0 + 5_400 * 1.91}, "unknown"),
        ({"distance_m": None}, "unknown"),
        ({"distance_m": 9_900.0, "started_at": AT + timedelta(minutes=20)}, "unknown"),
        ({"distance_m": 9_900.0, "elapsed_s": 2400.0}, "unknown"),
    ],
)
def test_what_is_slow_around_a_recorded_run_is_no_second_run(track: Row, found: str) -> None:
    around = read(activity_id="around", reader="gpx", elapsed_s=7200.0, started_at=AT) | track
    run = read("running", activity_id="run", started_at=AT + timedelta(minutes=15))
    activities = pl.DataFrame([around, run], infer_schema_length=None)
    none = pl.DataFrame(schema={"activity_id": pl.String, "kept_activity_id": pl.String})
    rules = {
        row["activity_id"]: (row["sport"], row["sport_rule"])
        for row in kinds(activities, none, {}, None).iter_rows(named=True)
    }
    assert rules == {"around": ("generic", found), "run": ("running", "file")}
