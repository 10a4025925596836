"""Fitbit: nights and days of Google's Takeout, and of Fitbit's older export.

    [{"dateOfSleep": "2026-05-04", "startTime": "2026-05-03T23:10:30.000", "minutesAsleep": 421,
      "timeInBed": 470, "mainSleep": true, "levels": {"summary": {"deep": {"minutes": 80}, …}}, …}]

Steps are not read: sources disagree whether the minutes of a day are local.
"""

import re

from tightlog.domain.formats import FITBIT
from tightlog.readers.health.day_tables import DayTable, Maker, NightTable, Only

SLEEP = NightTable(
    frozenset({"dateOfSleep", "minutesAsleep"}),
    60.0,
    began="startTime",
    ended="endTime",
    day="dateOfSleep",
    asleep="minutesAsleep",
    in_bed="timeInBed",
    deep="levels.summary.deep.minutes",
    light="levels.summary.light.minutes",
    rem="levels.summary.rem.minutes",
    awake="minutesAwake",
    only=Only("mainSleep", frozenset({"true"})),
)
# Month first; without a date nothing was measured.
RESTING = DayTable(
    frozenset({"value.date", "value.error"}),
    "value.date",
    {"value.value": "resting_heart_rate_bpm"},
)
VARIABILITY = DayTable(
    frozenset({"timestamp", "rmssd", "nremhr", "entropy"}), "timestamp", {"rmssd": "hrv_rmssd_ms"}
)
MAKER = Maker(
    FITBIT,
    "Fitbit",
    (SLEEP, RESTING, VARIABILITY),
    re.compile(r"(?:\A|/)(?:sleep|resting_heart_rate)-\d{4}-\d\d-\d\d\.json\Z"),
)
