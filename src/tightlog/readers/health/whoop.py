"""WHOOP: `physiological_cycles.csv` and `sleeps.csv` of its export, in the runner's own clock, also
with headers in another language; and the recoveries of its interface as a table.

A cycle begins with the sleep of the evening before: its day is that of waking.
"""

import re
from collections.abc import Sequence

from tightlog.domain.formats import WHOOP
from tightlog.readers.health.day_tables import FALSE, DayTable, Maker, NightTable, Only
from tightlog.readers.health.documents import first_lines, iso_clock, number, plain

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
# Times of the interface are UTC, with the offset beside them. A recovery is made on waking; tables
# that join it with its cycle call the time of its making so. Lengths of sleep in such tables are
# sums over naps in doubtful units, and are not read.
INTERFACE = DayTable(
    frozenset({"hrv_rmssd_milli", "resting_heart_rate", "recovery_score"}),
    "created_ts_y|recovery_created_at|created_at",
    {"resting_heart_rate": "resting_heart_rate_bpm", "hrv_rmssd_milli": "hrv_rmssd_ms"},
    offset="timezone_offset",
)
TIMES = ("cycle start time", "cycle end time", "cycle timezone")
SLEPT = (
    "sleep onset", "wake onset", "sleep performance %", "respiratory rate (rpm)",
    "asleep duration (min)", "in bed duration (min)", "light sleep duration (min)",
    "deep (sws) duration (min)", "rem duration (min)", "awake duration (min)", "sleep need (min)",
    "sleep debt (min)", "sleep efficiency %", "sleep consistency %",
)  # fmt: skip
HEART = (
    "recovery score %", "resting heart rate (bpm)", "heart rate variability (ms)",
    "skin temp (celsius)", "blood oxygen %", "day strain", "energy burned (cal)", "max hr (bpm)",
    "average hr (bpm)",
)  # fmt: skip
# The columns of both tables in every language, in their order.
LAYOUTS = ((*TIMES, *HEART, *SLEPT), (*TIMES, *SLEPT, "nap"))
ZONE = re.compile(r"UTC(?:Z|[+-]\d\d:\d\d)")
ZONE_AT = 2
SNIFFED_LINES, LEAST_SHARE, ROUNDING_MIN = 40, 0.9, 3.0


def renamed(data: bytes) -> Sequence[str] | None:
    """English names of the columns of a table in another language: one with as many columns, the
    zone in the third, and lengths of sleep that add up where they are expected.
    """
    lines = first_lines(data, SNIFFED_LINES)
    header = [plain(name) for name in lines[0]] if lines else []
    names = next((one for one in LAYOUTS if len(one) == len(header)), None)
    if names is None or header == list(names) or len(lines) < 2:
        return None
    rows = [dict(zip(names, line, strict=True)) for line in lines[1:] if len(line) == len(names)]
    if not rows or not all(ZONE.fullmatch(row[names[ZONE_AT]].strip()) for row in rows):
        return None
    known = [adds_up for row in rows if (adds_up := _adds_up(row)) is not None]
    return names if known and sum(known) >= LEAST_SHARE * len(known) else None


def _adds_up(row: dict[str, str]) -> bool | None:
    """True where the stages are the sleep and the times hold it; None for a row without sleep."""
    if not row[SLEEP.asleep].strip():
        return None
    began, ended = iso_clock(row[SLEEP.began]), iso_clock(row[SLEEP.ended])
    asleep, in_bed = number(row[SLEEP.asleep]), number(row[SLEEP.in_bed])
    stages = [number(row[one]) or 0.0 for one in (SLEEP.deep, SLEEP.light, SLEEP.rem)]
    if began is None or ended is None or asleep is None or in_bed is None:
        return False
    lasting_min = (ended - began).total_seconds() / 60 + ROUNDING_MIN
    is_sum = abs(asleep - sum(stages)) <= ROUNDING_MIN
    return is_sum and asleep <= in_bed + ROUNDING_MIN and asleep <= lasting_min


MAKER = Maker(WHOOP, "WHOOP", (SLEEP, RECOVERY, INTERFACE), renamed=renamed)
