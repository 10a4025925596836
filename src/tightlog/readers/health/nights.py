"""Nights and days that a device measured, as values of the day: the main sleep of each day and what
it consists of, whoever recorded it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from tightlog.domain.diary import ContextValue
from tightlog.domain.file_status import FileStatus
from tightlog.domain.reading import Reading, no_activity
from tightlog.domain.wellness import QUANTITY, Evidence, Origin, credible, quantity
from tightlog.words.numbers import counted

# A sleep that ends within these hours is the night's; any other under so long is a nap, or the
# beginning of a night that a watch wrote before its end.
WAKING = time(3), time(15)
LONGEST_NAP_S = 3 * 3_600.0
NOON = time(12)
HOUR_S = 3_600.0
SLEEP = QUANTITY["sleep_h"]
STAGES = ("sleep_deep_h", "sleep_light_h", "sleep_rem_h")


@dataclass(frozen=True)
class Measured:
    """Who measured and how it came here: the source's name, the device or maker, the origin."""

    source: str
    device: str | None = None
    origin: Origin = Origin.EXPORT
    evidence: Evidence = Evidence.WEARABLE

    def value(
        self, day: date, name: str, number: float | None, written_at: datetime | None = None
    ) -> Iterable[ContextValue]:
        """One value of a declared quantity; nothing where it is missing."""
        known = quantity(name)
        if number is None or known is None:
            return
        yield ContextValue(
            day, name, float(number), known.unit, self.source, self.device,
            self.evidence.value, self.origin.value, written_at,
        )  # fmt: skip


@dataclass(frozen=True)
class Night:
    """One sleep: the local day and clock of its end, in the zone of waking, and seconds.

    Stages are None where its device knows none; nothing is filled in for what is missing.
    """

    began: datetime | None
    ended: datetime | None
    day: date
    asleep_s: float | None = None
    in_bed_s: float | None = None
    deep_s: float | None = None
    light_s: float | None = None
    rem_s: float | None = None
    awake_s: float | None = None
    by: Measured | None = None
    written_at: datetime | None = None

    @property
    def stages_s(self) -> Mapping[str, float | None]:
        """Seconds of each stage by the name of its quantity."""
        return dict(zip(STAGES, (self.deep_s, self.light_s, self.rem_s), strict=True))

    @property
    def slept_s(self) -> float | None:
        """Seconds asleep, or the sum of the stages; None where no sleep was measured, and where a
        stage is negative: the others are not all of the night.
        """
        staged = [seconds for seconds in self.stages_s.values() if seconds is not None]
        if min(staged, default=0.0) < 0:
            return None
        slept_s = self.asleep_s if self.asleep_s is not None else sum(staged)
        return slept_s if slept_s > 0 else None

    @property
    def ends_in_the_morning(self) -> bool:
        """True for a sleep that ends when nights do, or of which the end is not known."""
        start, stop = WAKING
        return self.ended is None or start <= self.ended.time() <= stop

    @property
    def is_nap(self) -> bool:
        """True for a short sleep at another time of day."""
        lasting_s = self.slept_s or self.in_bed_s or 0.0
        return not self.ends_in_the_morning and lasting_s < LONGEST_NAP_S

    @property
    def evidence(self) -> Evidence | None:
        """What the night rests on; None for a nap, and for one without anything measured."""
        if self.is_nap:
            return None
        if self.slept_s is None:
            return Evidence.BED if self.in_bed_s else None
        if any(self.stages_s.values()):
            return Evidence.STAGES
        return Evidence.WEARABLE if self.by is None else self.by.evidence


def main_nights(nights: Iterable[Night]) -> list[Night]:
    """One sleep for each day, in their order: the longest of those that end in the morning, else
    the longest.
    """
    best: dict[date, Night] = {}
    for night in nights:
        if night.evidence is not None:
            known = best.get(night.day)
            best[night.day] = night if known is None else max(known, night, key=_weight)
    return [best[day] for day in sorted(best)]


def _weight(night: Night) -> tuple[bool, bool, float]:
    lasting_s = night.slept_s or night.in_bed_s or 0.0
    return night.ends_in_the_morning, night.slept_s is not None, lasting_s


def night_values(night: Night, by: Measured) -> Iterable[ContextValue]:
    """The values of one night, under the names that are declared; of an impossible one only the
    sleep, to be left out and counted.
    """
    evidence = night.evidence
    if evidence is None:
        return
    by = replace(night.by or by, evidence=evidence)
    if night.slept_s is not None and not SLEEP.holds(night.slept_s / HOUR_S):
        yield from by.value(night.day, SLEEP.name, night.slept_s / HOUR_S, night.written_at)
        return
    stages = night.stages_s if evidence is Evidence.STAGES else {}
    seconds = {"sleep_h": night.slept_s, "time_in_bed_h": night.in_bed_s or None, **stages}
    # All of a night awake is a device that saw no sleep.
    seconds["sleep_awake_h"] = night.awake_s if night.slept_s is not None else None
    for name, lasting_s in seconds.items():
        hours = None if lasting_s is None else lasting_s / HOUR_S
        yield from by.value(night.day, name, hours, night.written_at)
    if night.began is not None and night.slept_s is not None:
        noon = datetime.combine(night.day - timedelta(days=1), NOON)
        hours = (night.began.replace(tzinfo=None) - noon).total_seconds() / HOUR_S
        yield from by.value(night.day, "bed_time_h", hours, night.written_at)


def days_reading(
    reader: str,
    values: Iterable[ContextValue],
    nothing: str,
    problems: Iterable[str] = (),
    notes: Iterable[str] = (),
) -> Reading:
    """Reading of a file of nights and days: what is credible of it, and how much is not; partial
    where something was wrong with the file (`problems`), not where what it says is no value.
    """
    kept, left_out = credible(values)
    wrong = [*dict.fromkeys(problems)]
    said = [*wrong, *notes]
    if left_out:
        said.append(f"{counted(left_out, 'value')} outside what is possible left out")
    if not kept:
        return no_activity(reader, "; ".join(said) or nothing)
    status = FileStatus.PARTIAL if wrong else FileStatus.READ
    return Reading(status, reader, "; ".join(said) or None, context=kept)
