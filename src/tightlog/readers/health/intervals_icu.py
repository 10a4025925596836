"""intervals.icu: the wellness of its interface, one object a day.

[{"id": "2026-05-04", "restingHR": 52, "hrv": 61.0, "hrvSDNN": null, "sleepSecs": 27000, …}]

A night has a length and no hours. What the runner rates there (soreness, mood) is not read: its
scales run from good to bad by another order than a diary's.
"""

import re

from tightlog.domain.formats import INTERVALS_ICU
from tightlog.readers.health.day_tables import DayTable, Maker, NightTable

MARKS = frozenset({"id", "restingHR", "hrv", "sleepSecs"})
SLEEP = NightTable(MARKS, 1.0, began="", day="id", asleep="sleepSecs")
HEART = DayTable(
    MARKS,
    "id",
    {
        "hrv": "hrv_rmssd_ms",
        "hrvSDNN": "hrv_sdnn_ms",
        "restingHR": "resting_heart_rate_bpm",
        "steps": "steps",
    },
)
MAKER = Maker(
    INTERVALS_ICU, "intervals.icu", (SLEEP, HEART), re.compile(r"(?:\A|/)wellness[^/]*\.json\Z")
)
