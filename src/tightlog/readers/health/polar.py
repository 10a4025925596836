"""Polar: the nights of its export, with lengths such as `PT7H3M`.

The day is that of the end, made of the start and the length, because `night` may name the evening.
For the same reason the nightly recovery, which has no time of its own, is not read.
"""

import re

from tightlog.domain.formats import POLAR
from tightlog.readers.health.day_tables import Maker, NightTable

SLEEP = NightTable(
    frozenset({"evaluation.asleepDuration", "sleepResult.hypnogram.sleepStart"}),
    1.0,
    began="sleepResult.hypnogram.sleepStart",
    ended="sleepResult.hypnogram.sleepEnd",
    asleep="evaluation.asleepDuration",
    in_bed="evaluation.sleepSpan",
    deep="evaluation.phaseDurations.deep",
    light="evaluation.phaseDurations.light",
    rem="evaluation.phaseDurations.rem",
    awake="evaluation.phaseDurations.wake",
)
MAKER = Maker(POLAR, "Polar", (SLEEP,), re.compile(r"(?:\A|/)sleep_result[^/]*\.json\Z"))
