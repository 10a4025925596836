"""Twins end to end: each run counts once, with the best of its recordings, whatever file came
first.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from tests.builders import SETTINGS, START, home_at, rows, run_fit, strava_csv, strava_row
from tests.sampled import by_hand
from tightlog.home.settings import Home
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store

TREADMILL = 1
DAY = timedelta(days=1)


def phone_gpx(
    started_at: datetime = START, *, minutes: float = 20, mps: float = 3.0, kind: str = ""
) -> bytes:
    """A phone's track: positions and times alone, over rolling ground."""
    points = "".join(
        f'<trkpt lat="{46.9 + second * mps / 111_195:.7f}" lon="8.3">'
        f"<ele>{400 + abs(second % 240 - 120) / 6:.1f}</ele>"
        f"<time>{started_at + timedelta(seconds=second):%Y-%m-%dT%H:%M:%SZ}</time></trkpt>"
        for second in range(0, int(minutes * 60) + 1, 5)
    )
    return (
        '<?xml version="1.0"?><gpx version="1.1" creator="phone" '
        f'xmlns="http://www.topografix.com/GPX/1/1"><trk><type>{kind}</type>'
        f"<trkseg>{points}</trkseg></trk></gpx>"
    ).encode()


def treadmill(started_at: datetime, strides: int) -> bytes:
    return run_fit(started_at, sub_sport=TREADMILL, strides=strides)


HISTORY = {
    "watch.fit": run_fit(),
    "phone.gpx": phone_gpx(START + timedelta(seconds=5), minutes=20.2, kind="running"),
    "tour.gpx": phone_gpx(START - timedelta(hours=2), minutes=400, mps=0.8),
    "am.fit": treadmill(START + DAY, 84),
    "pm.fit": treadmill(START + DAY + timedelta(hours=11), 86),
    "export/activities.csv": strava_csv(
        strava_row(number=1, file="activities/77.gpx", rpe="6", gear="Blue shoe"),
        strava_row(START + timedelta(minutes=8), number=2, minutes=3, distance_m=560),
        strava_row(START + 2 * DAY, number=3, name="By hand"),
        strava_row(START + 2 * DAY + timedelta(minutes=10), number=4, name="Rest of it"),
    ),
    "export/activities/77.gpx": phone_gpx(minutes=20, kind="running"),
}


def relations(home: Home) -> Iterator[pl.DataFrame]:
    version = store.published_version(home)
    yield store.query(version, "select * from activity order by activity_id")
    yield store.query(version, "select * from duplicate_activity order by activity_id")
    yield store.query(
        version,
        "select * exclude (first_seen_at, stat_fingerprint, is_new) from source_file "
        "order by path, member",
    )


def home_of(folder: Path, *names: str) -> Home:
    home = home_at(folder)
    for name in names:
        (home.raw / name).parent.mkdir(parents=True, exist_ok=True)
        (home.raw / name).write_bytes(HISTORY[name])
    return home


def refreshed(home: Home) -> None:
    refresh(home, SETTINGS, today=date(2026, 5, 12), analysed=False)


@pytest.mark.parametrize("seed", [0, *by_hand(1, 2, 3)])
def test_order_of_arrival_changes_nothing(tmp_path: Path, seed: int) -> None:
    names = sorted(HISTORY)
    Random(seed).shuffle(names)
    for count in (2, 4, len(names)):
        refreshed(home_of(tmp_path / "growing", *names[:count]))
    refreshed(home_of(tmp_path / "at once", *HISTORY))
    growing, at_once = (Home(tmp_path / name) for name in ("growing", "at once"))
    for found, expected in zip(relations(growing), relations(at_once), strict=True):
        assert_frame_equal(found, expected)


def test_each_run_counts_once_and_no_entry_typed_in_by_hand_is_lost(tmp_path: Path) -> None:
    home = home_of(tmp_path, *HISTORY)
    refreshed(home)
    counted = rows(home, "select sport, started_at, distance_m from activity order by started_at")
    assert [(one["sport"], one["started_at"] - START) for one in counted] == [
        ("generic", -timedelta(hours=2)),
        ("running", timedelta()),
        ("running", timedelta(minutes=8)),
        ("running", DAY),
        ("running", DAY + timedelta(hours=11)),
        ("running", 2 * DAY),
        ("running", 2 * DAY + timedelta(minutes=10)),
    ]
    assert counted[1]["distance_m"] == pytest.approx(3360)


def test_kept_recording_takes_what_it_lacks_and_says_so(tmp_path: Path) -> None:
    home = home_of(tmp_path, "watch.fit", "phone.gpx", "export/activities.csv")
    refreshed(home)
    (run,) = rows(
        home,
        "select ascent_m, rpe, shoe, heart_rate_bpm, from_twin from activity "
        "where shoe = 'Blue shoe'",
    )
    assert run["ascent_m"] == pytest.approx(5 * 20, rel=0.1)
    assert (run["rpe"], run["heart_rate_bpm"]) == (6.0, 145.0)
    assert set(run["from_twin"]) == {"name", "shoe", "rpe", "ascent_m", "descent_m"}


def test_twin_is_told_by_code_and_in_words(tmp_path: Path) -> None:
    home = home_of(tmp_path, "watch.fit", "phone.gpx")
    refreshed(home)
    (twin,) = rows(home, "select rule, reason from duplicate_activity")
    assert twin == {"rule": "same_time", "reason": "the same time as another recording of it"}
    (file,) = rows(home, "select reason from source_file where status = 'duplicate'")
    assert file["reason"] == "the same time as another recording of it, watch.fit"


def test_a_clock_off_by_hours_is_told_with_the_hours(tmp_path: Path) -> None:
    home = home_at(tmp_path, a_fit=run_fit())
    shifted = run_fit(START + timedelta(minutes=90), utc_offset_s=3600)
    (home.raw / "b.fit").write_bytes(shifted)
    refreshed(home)
    (twin,) = rows(home, "select rule, reason from duplicate_activity")
    assert twin == {
        "rule": "shifted",
        "reason": "the same as a richer recording, its clock off by 1.5 h",
    }
