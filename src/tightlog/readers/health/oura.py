"""Oura: the tables of its export, and the objects of its interface, which have the same names.

day;type;bedtime_start;bedtime_end;total_sleep_duration;deep_sleep_duration;…;average_hrv
"""

import re

from tightlog.domain.formats import OURA
from tightlog.readers.health.day_tables import DayTable, Maker, NightTable, Only

# Other sleeps are naps and rest, or were deleted.
LONG = Only("type", frozenset({"long_sleep"}))
SLEEP = NightTable(
    frozenset({"bedtime_start", "total_sleep_duration"}),
    1.0,
    began="bedtime_start",
    ended="bedtime_end",
    day="day",
    asleep="total_sleep_duration",
    in_bed="time_in_bed",
    deep="deep_sleep_duration",
    light="light_sleep_duration",
    rem="rem_sleep_duration",
    awake="awake_time",
    only=LONG,
)
HEART = DayTable(
    frozenset({"bedtime_start", "average_hrv", "lowest_heart_rate"}),
    "day",
    {"average_hrv": "hrv_rmssd_ms", "lowest_heart_rate": "resting_heart_rate_bpm"},
    only=LONG,
)
ACTIVITY = DayTable(frozenset({"day", "steps", "active_calories"}), "day", {"steps": "steps"})
# The table that Oura's web pages gave before 2024.
OLD_SLEEP = NightTable(
    frozenset({"date", "bedtime start", "total sleep time"}),
    1.0,
    began="bedtime start",
    ended="bedtime end",
    day="date",
    asleep="total sleep time",
    in_bed="total bedtime|time in bed",
    deep="deep sleep time",
    light="light sleep time",
    rem="rem sleep time",
    awake="awake time",
)
OLD_HEART = DayTable(
    frozenset({"date", "average hrv", "lowest resting heart rate"}),
    "date",
    {
        "average hrv": "hrv_rmssd_ms",
        "lowest resting heart rate": "resting_heart_rate_bpm",
        "steps": "steps",
    },
)
MAKER = Maker(
    OURA,
    "Oura",
    (SLEEP, HEART, ACTIVITY, OLD_SLEEP, OLD_HEART),
    re.compile(r"(?:\A|/)oura[^/]*\.json\Z"),
)
