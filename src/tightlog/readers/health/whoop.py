"""WHOOP: `physiological_cycles.csv` and `sleeps.csv` of its export, in the runner's own clock.

A cycle begins with the sleep of the evening before: its day is that of waking.
"""

from tightlog.domain.formats import WHOOP
from tightlog.readers.health.day_tables import FALSE, DayTable, Maker, NightTable, Only

SLEEP = NightTable(
    frozenset({"sleep onset", "wake onset", "asleep duration (min)"}),
    60.0,
    began="sleep onset",
    ended="wake onset",
    asleep="asleep duration (min)",
    in_bed="in bed duration (min)",
    deep="deep (sws) duration (min)",
    light="light sleep duration (min)",
    rem="rem duration (min)",
    awake="awake duration (min)",
    only=Only("nap", FALSE),
)
RECOVERY = DayTable(
    frozenset({"wake onset", "resting heart rate (bpm)", "heart rate variability (ms)"}),
    "wake onset",
    {
        "resting heart rate (bpm)": "resting_heart_rate_bpm",
        "heart rate variability (ms)": "hrv_rmssd_ms",
    },
)
MAKER = Maker(WHOOP, "WHOOP", (SLEEP, RECOVERY))
