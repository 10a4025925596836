"""Nights of several sources through a whole refresh: one is chosen a night, and a file that goes
takes its values along.
"""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tests.builders import SETTINGS, home_at, rows, run_fit, zipped
from tightlog.home.settings import Home
from tightlog.refresh.refresh import refresh
from tightlog.simulation.files.watch_days import WatchNight, hrv_fit, sleep_fit

TODAY = date(2026, 5, 6)
BED = datetime(2026, 5, 3, 22, tzinfo=UTC)
STAGES = (("light", 240), ("deep", 90), ("rem", 90))
SLEEP = sleep_fit(WatchNight(BED, STAGES, BED + timedelta(hours=9)))
FALSE_START = sleep_fit(WatchNight(BED, (("light", 60),), BED + timedelta(hours=8)))
FITBIT = [{"dateOfSleep": "2026-05-04", "minutesAsleep": 360, "mainSleep": True}]
DIARY = b"date;tightness;sleep hours\n2026-05-03;3;6\n2026-05-04;4;9\n2026-05-05;2;8\n"


def slept(home: Home) -> list[tuple[object, ...]]:
    refresh(home, SETTINGS, today=TODAY)
    found = rows(home, "select day, context_sleep_h as h from day order by day")
    return [(row["day"].day, row["h"]) for row in found]


def test_each_night_is_of_the_best_source_and_the_others_stay(tmp_path: Path) -> None:
    takeout = zipped(
        {
            "Takeout/Fitbit/Global Export Data/sleep-2026-05-01.json": json.dumps(FITBIT).encode(),
            "Takeout/Contacts/all.csv": b"date,tightness\n2026-05-04,9\n",
        }
    )
    home = home_at(
        tmp_path, run_fit=run_fit(), a_fit=SLEEP, b_fit=FALSE_START, c_zip=takeout, diary_csv=DIARY
    )
    assert slept(home) == [(3, 6.0), (4, 7.0), (5, 8.0)]
    known = rows(
        home,
        "select source, value, is_chosen from context where day = '2026-05-04' "
        "and name in ('sleep_h', 'sleep_duration_h') order by source",
    )
    assert [tuple(row.values()) for row in known] == [
        ("csv", 9.0, False),
        ("fit", 7.0, True),
        ("fitbit", 6.0, False),
    ]
    (home.raw / "a.fit").unlink()
    (home.raw / "b.fit").unlink()
    assert slept(home) == [(3, 6.0), (4, 6.0), (5, 8.0)]


def test_variability_of_a_night_is_a_column_of_its_day(tmp_path: Path) -> None:
    woke = datetime(2026, 5, 4, 5, tzinfo=UTC)
    home = home_at(tmp_path, run_fit=run_fit(), a_fit=hrv_fit(woke, 58.0, woke))
    refresh(home, SETTINGS, today=TODAY)
    (row,) = rows(
        home, "select context_hrv_rmssd_ms as rmssd, context_hrv_sdnn_ms as sdnn from day"
    )
    assert (row["rmssd"], row["sdnn"]) == (58.0, None)
