"""Neighbours that agree settle a local day, and what can hardly be true is asked about."""

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from tests.builders import SETTINGS, START, home_at, run_fit, run_gpx
from tightlog.answers.doctor.doubt_checks import doubts
from tightlog.cli.main import main
from tightlog.home.settings import Home
from tightlog.ingest.clocks import clocks
from tightlog.ingest.reading import ACTIVITY_SCHEMA
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store

ZURICH = ZoneInfo("Europe/Zurich")
AT = datetime(2026, 5, 4, 23, 0, tzinfo=UTC)
HOUR_S = 3600


def activity(days: float, source: str, hours: float, **others: Any) -> dict[str, Any]:
    """An activity so many days from AT, with its offset in hours and where that comes from."""
    at = AT + timedelta(days=days)
    placed = {"first_latitude_deg": 47.0, "first_longitude_deg": 8.3}
    return {
        "activity_id": f"{source}{days}",
        "started_at": at,
        "sport": "running",
        "sub_sport": "generic",
        "elapsed_s": 1800.0,
        "moving_s": 1800.0,
        "speed_mps": 2.8,
        "utc_offset_s": int(hours * HOUR_S),
        "utc_offset_source": source,
        "device_offset_s": int(hours * HOUR_S) if source == "device" else None,
        "day": (at + timedelta(hours=hours)).date(),
        **(placed if source == "position" else {}),
        **others,
    }


def asked_by_name(*days_and_names: tuple[float, str]) -> list[str]:
    """Names of the files that are asked about, each of a run so many days from 4 May 2026."""
    runs = [
        activity(days, "position", 2, activity_id=name, sha256=name)
        for days, name in days_and_names
    ]
    places = [(f"folder/{name}", name) for _, name in days_and_names]
    found = clocks(pl.DataFrame(runs, schema=dict(ACTIVITY_SCHEMA)), ZURICH, places)
    assert found["doubts"].to_list() == [["named_otherwise"]] * found.height
    assert not found["is_set_aside"].any()
    return sorted(found["activity_id"])


def settled(*activities: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Rows of the clocks by id, whatever order the activities came in."""
    schema = dict(ACTIVITY_SCHEMA)
    shuffled = random.Random(3).sample(activities, len(activities))
    both = [
        clocks(pl.DataFrame(rows, schema=schema), ZURICH) for rows in (list(activities), shuffled)
    ]
    assert both[0].equals(both[1])
    return {row["activity_id"]: row for row in both[0].iter_rows(named=True)}


LOST = activity(0, "settings", 2)


def test_neighbours_that_agree_give_the_offset_and_the_day() -> None:
    row = settled(activity(-2, "position", -4), LOST, activity(3, "device", -4))["settings0"]
    assert (row["utc_offset_s"], row["utc_offset_source"]) == (-4 * HOUR_S, "neighbours")
    assert (row["day"], row["doubts"]) == (date(2026, 5, 4), [])


@pytest.mark.parametrize(
    "others",
    [
        (activity(-2, "position", -4), activity(3, "device", -5)),
        (activity(-2, "position", -4),),
        (activity(3, "position", -4),),
        (activity(-2, "settings", -4), activity(3, "settings", -4)),
        (activity(-14.5, "position", -4), activity(3, "position", -4)),
        (activity(-2, "position", -4), activity(14.5, "position", -4)),
        (activity(-2, "position", 2), activity(3, "position", 2)),
        (
            activity(-2, "position", -4, sub_sport="virtual_activity"),
            activity(3, "position", -4, device="Zwift"),
        ),
    ],
)
def test_neighbours_that_do_not_agree_or_are_far_or_in_a_game_settle_nothing(
    others: tuple[dict[str, Any], ...],
) -> None:
    assert settled(LOST, *others) == {}


@pytest.mark.parametrize("days", [-12.7, -14.0])
def test_neighbours_are_near_up_to_two_weeks(days: float) -> None:
    assert "settings0" in settled(activity(days, "position", -4), LOST, activity(1, "device", -4))


def test_a_zero_without_a_place_is_unknown_between_others() -> None:
    zero = activity(0, "device", 0)
    row = settled(activity(-2, "position", -4), zero, activity(3, "position", -4))["device0"]
    assert row["utc_offset_source"] == "neighbours"


def test_a_game_keeps_the_zone_of_the_settings() -> None:
    virtual = activity(0, "settings", 2, device="Zwift")
    assert settled(activity(-2, "position", -4), virtual, activity(3, "position", -4)) == {}


def test_an_offset_with_the_wrong_sign_is_asked_about_and_neighbours_settle_it() -> None:
    wrong = activity(0, "device", -2)
    alone = settled(wrong)["device0"]
    assert (alone["doubts"], alone["utc_offset_source"]) == (["offset_inverted"], "device")
    row = settled(activity(-1, "position", 2), wrong, activity(1, "position", 2))["device0"]
    assert (row["doubts"], row["utc_offset_s"]) == (["offset_inverted"], 2 * HOUR_S)
    journey = (activity(-1, "position", -2), wrong, activity(1, "position", -2))
    assert settled(*journey) == {}
    placed = activity(0, "position", 2, device_offset_s=-2 * HOUR_S)
    assert settled(placed)["position0"]["doubts"] == ["offset_inverted"]


def test_an_offset_of_no_zone_is_asked_about() -> None:
    beyond = activity(0, "settings", 2, device_offset_s=14 * HOUR_S + 900)
    assert settled(beyond)["settings0"]["doubts"] == ["offset_too_large"]
    at_most = activity(0, "device", 14, device_offset_s=14 * HOUR_S)
    assert settled(at_most) == {}


@pytest.mark.parametrize(
    ("years", "count", "is_asked"),
    [(-10.1, 5, True), (-9.9, 5, False), (-10.1, 4, False), (-30, 9, True)],
)
def test_a_few_far_from_all_others_are_asked_about(
    years: float, count: int, is_asked: bool
) -> None:
    others = [activity(-number, "device", 2) for number in range(count)]
    remote = activity(years * 365.25, "position", 2)
    found = settled(remote, *others)
    assert list(found) == ([remote["activity_id"]] if is_asked else [])
    assert all(row["is_set_aside"] for row in found.values())


def test_few_are_a_fifth_of_the_others_at_most() -> None:
    remote = [activity(-20 * 365.25 + number, "position", 2) for number in range(3)]
    others = [activity(-number, "device", 2) for number in range(15)]
    assert len(settled(*remote, *others)) == 3
    assert settled(*remote, *others[:14]) == {}


@pytest.mark.parametrize(
    ("field", "value", "doubt"),
    [
        ("elapsed_s", 14 * 86400.0, None),
        ("elapsed_s", 14.1 * 86400, "too_long"),
        ("speed_mps", 7.0, None),
        ("speed_mps", 7.1, "too_fast"),
    ],
)
def test_what_lasts_or_goes_beyond_people_is_asked_about(
    field: str, value: float, doubt: str | None
) -> None:
    rows = settled(activity(0, "device", 2, **{field: value}))
    assert [row["doubts"] for row in rows.values()] == ([[doubt]] if doubt else [])


@pytest.mark.parametrize(
    ("sport", "fast_windows", "doubt"),
    [
        ("running", 9, []),
        ("running", 10, ["fast_in_part"]),
        ("hiking", 10, ["fast_in_part"]),
        ("cycling", 10, []),
    ],
)
def test_five_minutes_in_a_vehicle_are_asked_about(
    sport: str, fast_windows: int, doubt: list[str]
) -> None:
    rows = settled(activity(0, "device", 2, sport=sport, fast_window_count=fast_windows))
    assert [row["doubts"] for row in rows.values()] == ([doubt] if doubt else [])


@pytest.mark.parametrize(
    ("sport", "speed_mps", "moving_s", "is_asked"),
    [
        ("hiking", 5.0, 1800.0, False),
        ("hiking", 5.1, 1800.0, True),
        ("walking", 5.0, 1800.0, False),
        ("walking", 5.1, 1800.0, True),
        ("hiking", 6.5, 290.0, False),
        ("hiking", 6.5, 300.0, True),
        ("cycling", 8.0, 1800.0, False),
    ],
)
def test_a_hike_at_the_speed_of_a_car_is_asked_about(
    sport: str, speed_mps: float, moving_s: float, is_asked: bool
) -> None:
    hike = activity(0, "device", 2, sport=sport, speed_mps=speed_mps, moving_s=moving_s)
    assert bool(settled(hike)) is is_asked


@pytest.mark.parametrize(
    ("days", "name", "is_asked"),
    [
        # The clock of the watch is a year ahead, or behind.
        (0, "2025-05-05.fit", True),
        (0, "run_20270504T073000.gpx", True),
        (0, "2024-05-04-07-30-00.fit", True),
        # Named after the day before it took place.
        (0, "2026-05-02.fit", True),
        (0, "2026-05-03.fit", False),
        (0, "20260505073000.fit", False),
        # Named when it was copied.
        (0, "export 2026-08-01.gpx", False),
        # Two days, no day, and a number of a vendor.
        (0, "2024-05-04 to 2025-05-04.gpx", False),
        (0, "2025-02-30.fit", False),
        (0, "20101212345.fit", False),
    ],
)
def test_a_date_against_the_name_of_its_file_is_asked_about(
    days: float, name: str, is_asked: bool
) -> None:
    assert asked_by_name((days, name)) == ([name] if is_asked else [])


def test_names_of_a_folder_count_where_hardly_any_is_of_another_day() -> None:
    right = [(float(number), f"2026-05-{5 + number:02d}.fit") for number in range(11)]
    wrong = [(float(number), f"2026-06-{5 + number:02d}.fit") for number in range(3)]
    assert asked_by_name(*right[:8], *wrong[:2]) == [name for _, name in wrong[:2]]
    # A fifth is the most.
    assert asked_by_name(*right[:7], *wrong[:2]) == []
    assert asked_by_name(*right, *wrong) == []
    # Files of a copy that was named later are no clock.
    assert asked_by_name(*wrong) == []


def test_of_two_names_of_one_content_one_that_fits_is_enough() -> None:
    run = activity(0, "position", 2, activity_id="a", sha256="a")
    places = [("x/2025-05-05.fit", "a"), ("y/2026-05-05.fit", "a")]
    frame = pl.DataFrame([run], schema=dict(ACTIVITY_SCHEMA))
    assert clocks(frame, ZURICH, places[:1]).height == 1
    assert clocks(frame, ZURICH, places).is_empty()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    runs = {f"r{number}_fit": run_fit(START + timedelta(days=number)) for number in range(5)}
    return home_at(tmp_path / "home", **runs, old_gpx=run_gpx(datetime(2000, 1, 1, tzinfo=UTC)))


def test_a_file_decades_off_does_not_stretch_the_calendar_until_it_is_confirmed(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    refresh(home, SETTINGS)
    version = store.published_version(home)
    assert store.relation(version, "day").height == 5
    asked = store.relation(version, "doubtful_activity").row(0, named=True)
    assert (asked["doubts"], asked["is_set_aside"]) == (["far_from_others"], True)
    reasons = dict(store.relation(version, "source_file").select("path", "reason").iter_rows())
    assert "ten years or more from all others; it does not count until" in reasons["old.gpx"]
    check = doubts(home)
    assert not check.is_ok and "old.gpx: it is dated 1 January 2000" in check.found
    command = ["activity", asked["activity_id"], "--confirm", "--home", str(home.folder)]
    assert f"tightlog activity {asked['activity_id']} --confirm" in check.remedy
    assert main(command) == 0, capsys.readouterr().err
    refresh(home, SETTINGS)
    version = store.published_version(home)
    assert store.relation(version, "day").height > 9000
    assert store.relation(version, "doubtful_activity").is_empty() and doubts(home).is_ok


def test_doctor_names_a_remedy_for_each_doubt(home: Home) -> None:
    fast = run_fit(START + timedelta(days=9), speed_mps=7.5)
    zone = run_fit(START + timedelta(days=12), utc_offset_s=25 * HOUR_S)
    long = START + timedelta(days=14)
    points = "".join(
        f'<trkpt lat="{47.5 + hours / 1000}" lon="8.3">'
        f"<time>{long + timedelta(hours=hours):%Y-%m-%dT%H:%M:%SZ}</time></trkpt>"
        for hours in range(5, 15 * 24, 5)
    )
    track = run_gpx(long).replace(b"</trkseg>", f"{points}</trkseg>".encode())
    for name, data in {"fast.fit": fast, "zone.fit": zone, "long.gpx": track}.items():
        (home.raw / name).write_bytes(data)
    refresh(home, SETTINGS)
    check = doubts(home)
    asked = store.relation(store.published_version(home), "doubtful_activity")
    ids = {row["doubts"][0]: row["activity_id"] for row in asked.iter_rows(named=True)}
    assert set(ids) == {"far_from_others", "too_fast", "offset_too_large", "too_long"}
    for activity_id in ids.values():
        assert f"tightlog activity {activity_id} --confirm" in check.remedy
    assert f"say what it was: tightlog activity {ids['too_fast']} --sport cycling" in check.remedy
    assert "zone.fit: if it is right" in check.remedy
    assert "set the time zone of the watch" in check.remedy
    assert "set the clock of the watch and export the file again" in check.remedy
    assert f"in parts, or leave it out: tightlog activity {ids['too_long']}" in check.remedy
