"""The nights and days of an Apple export, from its part, on the runner's local days."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from tightlog.domain.diary import NOTED, ContextValue
from tightlog.domain.wellness import SYMPTOM, Evidence
from tightlog.readers.health.activity import zone_named
from tightlog.readers.health.category_records import MINDFUL, SLEEP, STAND, SYMPTOMS, Entry
from tightlog.readers.health.day_part import STEPS
from tightlog.readers.health.nights import Measured, Night, main_nights, night_values
from tightlog.readers.health.part_format import Part, Sampled
from tightlog.readers.health.sources import SOURCE, measured_by, order

# Seconds since 1970 have 32 bits.
LAST_S = 2**32
# Longer is an alarm that nobody stopped: it would make one sleep of all nights in it.
LONGEST_ENTRY_S = 20 * 3_600
# What is at most so far apart is one night.
LONGEST_GAP_S = 3_600
ASLEEP = "SleepAnalysisAsleep"
CORE, DEEP, REM = f"{ASLEEP}Core", f"{ASLEEP}Deep", f"{ASLEEP}REM"
# Before iOS 16 there was one word for sleep.
SLEPT = (ASLEEP, f"{ASLEEP}Unspecified", CORE, DEEP, REM)
AWAKE, IN_BED = "SleepAnalysisAwake", "SleepAnalysisInBed"
STOOD = "AppleStandHourStood"
GRADES: Mapping[str, float] = {
    "SeverityNotPresent": 0,
    "SeverityMild": 1,
    "SeverityModerate": 2,
    "SeveritySevere": 3,
}
# The quantity each kind of sample is, and what of a day's samples is its value.
MEAN, LAST = "mean", "last"
SAMPLED: Mapping[str, tuple[str, str]] = {
    "HeartRateVariabilitySDNN": ("hrv_sdnn_ms", MEAN),
    "RestingHeartRate": ("resting_heart_rate_bpm", LAST),
}
OF_NIGHTS = "HeartRateVariabilityRMSSD"
HAND = Measured(SOURCE, None, evidence=Evidence.NOTED)


def apple_day_values(part: Part, home_zone: ZoneInfo) -> Iterator[ContextValue]:
    """Everything that is known of nights and days, by who measured it."""
    from_s, written_s = int(part.header["from_s"]), int(part.header["written_s"])
    if not 0 <= from_s <= written_s <= LAST_S:
        raise ValueError("times that no phone writes")
    written = datetime.fromtimestamp(written_s, UTC)
    entries = [Entry(*one) for one in part.header["days"]]
    nights = _nights(entries, home_zone)
    found = (
        (value for night in nights for value in night_values(night, night.by or HAND)),
        _variability(nights, part.samples, from_s),
        _stood(entries, home_zone),
        _minutes(entries, home_zone),
        _steps(part.samples, from_s, home_zone),
        _measured(part.samples, from_s, home_zone),
    )
    for values in found:
        yield from (replace(value, written_at=written) for value in values)
    yield from _symptoms(entries, home_zone)


def _nights(entries: Iterable[Entry], home_zone: ZoneInfo) -> list[Night]:
    """The nights of each source."""
    by_label: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.kind == SLEEP and entry.ended_s - entry.started_s <= LONGEST_ENTRY_S:
            by_label[entry.label].append(entry)
    nights = []
    for labelled, own in sorted(by_label.items()):
        by = measured_by(labelled)
        nights += main_nights(_night(one, home_zone, by) for one in _sleeps(own))
    return nights


def _variability(
    nights: Iterable[Night], samples: Mapping[str, Sampled], from_s: int
) -> Iterator[ContextValue]:
    """Mean of what each source measured in its own nights: RMSSD is a quantity of the night, and
    what comes later in the day is not known in its morning.
    """
    for night in nights:
        own = None if night.by is None else samples.get(f"{OF_NIGHTS}|{night.by.device}")
        if night.by is None or own is None or night.began is None or night.ended is None:
            continue
        ended_s = own["ended_s"].astype(np.int64) + from_s
        is_inside = (night.began.timestamp() <= ended_s) & (ended_s <= night.ended.timestamp())
        if is_inside.any():
            mean = float(own["value"][is_inside].mean())
            yield from night.by.value(night.day, "hrv_rmssd_ms", mean)


def _sleeps(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """The entries of one source, those of each sleep together."""
    together: list[Entry] = []
    until_s = 0
    for entry in sorted(entries, key=lambda one: (one.started_s, one.ended_s)):
        if together and entry.started_s - until_s > LONGEST_GAP_S:
            yield together
            together = []
        until_s = max(until_s, entry.ended_s) if together else entry.ended_s
        together.append(entry)
    if together:
        yield together


def _night(entries: Sequence[Entry], home_zone: ZoneInfo, by: Measured) -> Night:
    """One sleep. Time in bed overlaps the stages and is never added to them."""
    zone = next(filter(None, (zone_named(one.zone) for one in reversed(entries))), home_zone)
    asleep = [one for one in entries if one.value in SLEPT]
    whole = asleep or entries
    began_s, ended_s = min(one.started_s for one in whole), max(one.ended_s for one in whole)
    began, ended = (datetime.fromtimestamp(at, UTC).astimezone(zone) for at in (began_s, ended_s))

    def seconds(*values: str) -> float:
        return _length_s([one for one in entries if one.value in values], began_s, ended_s)

    is_staged = any(one.value in (CORE, DEEP, REM) for one in entries)
    in_bed = [one for one in entries if one.value == IN_BED]
    return Night(
        began if asleep else None,
        ended,
        ended.date(),
        asleep_s=seconds(*SLEPT) if asleep else None,
        in_bed_s=_length_s(in_bed, 0, LAST_S) or None,
        deep_s=seconds(DEEP) if is_staged else None,
        light_s=seconds(CORE) if is_staged else None,
        rem_s=seconds(REM) if is_staged else None,
        awake_s=seconds(AWAKE) if is_staged else None,
        by=by,
    )


def _length_s(entries: Iterable[Entry], from_s: int, until_s: int) -> float:
    """Seconds within two times that some of the entries cover."""
    total, reached = 0, from_s
    for one in sorted(entries, key=lambda one: one.started_s):
        start, stop = max(one.started_s, reached), min(one.ended_s, until_s)
        total += max(0, stop - start)
        reached = max(reached, stop)
    return float(total)


def _stood(entries: Iterable[Entry], home_zone: ZoneInfo) -> Iterator[ContextValue]:
    """Hours of standing of each day on which the watch looked."""
    hours: dict[tuple[str, date], dict[int, bool]] = defaultdict(dict)
    for one in entries:
        if one.kind == STAND:
            day = _local(one.started_s, home_zone).date()
            known = hours[one.label, day]
            known[one.started_s] = known.get(one.started_s, False) or one.value == STOOD
    for (labelled, day), stood in sorted(hours.items()):
        yield from measured_by(labelled).value(day, "stand_h", sum(stood.values()))


def _minutes(entries: Iterable[Entry], home_zone: ZoneInfo) -> Iterator[ContextValue]:
    """Minutes of mindfulness of each day with some."""
    sessions: dict[tuple[str, date], list[Entry]] = defaultdict(list)
    for one in entries:
        if one.kind == MINDFUL:
            sessions[one.label, _local(one.started_s, home_zone).date()].append(one)
    for (labelled, day), own in sorted(sessions.items()):
        minutes = _length_s(own, 0, LAST_S) / 60
        yield from measured_by(labelled).value(day, "mindful_min", minutes or None)


def _symptoms(entries: Iterable[Entry], home_zone: ZoneInfo) -> Iterator[ContextValue]:
    """The worst of each symptom of a day; "present" without a grade is no value."""
    worst: dict[tuple[date, str], float] = {}
    for one in entries:
        if one.kind in SYMPTOMS and one.value in GRADES:
            key = (_local(one.started_s, home_zone).date(), symptom_name(one.kind))
            worst[key] = max(worst.get(key, 0), GRADES[one.value])
    for (day, name), grade in sorted(worst.items()):
        for value in HAND.value(day, name, grade):
            yield replace(value, evidence=NOTED, origin=None)


def symptom_name(kind: str) -> str:
    """Name of a symptom's quantity: `GeneralizedBodyAche` → `symptom_generalized_body_ache`."""
    letters = (f"_{letter.lower()}" if letter.isupper() else letter for letter in kind)
    return SYMPTOM + "".join(letters).removeprefix("_")


def _steps(
    samples: Mapping[str, Sampled], from_s: int, home_zone: ZoneInfo
) -> Iterator[ContextValue]:
    """Steps of each day by all that counted, under the name of the best of them that day."""
    parts = sorted((one for one in samples if one.startswith(f"{STEPS}|")), key=_order)
    counts: dict[date, float] = defaultdict(float)
    best: dict[date, str] = {}
    for name in parts:
        for day, steps in _of_days(samples[name], from_s, home_zone, pl.col("value").sum()):
            counts[day] += steps
            best.setdefault(day, name.partition("|")[2])
    for day in sorted(counts):
        yield from measured_by(best[day]).value(day, "steps", round(counts[day]))


def _order(name: str) -> tuple[int, str]:
    labelled = name.partition("|")[2]
    return order(labelled), labelled


def _measured(
    samples: Mapping[str, Sampled], from_s: int, home_zone: ZoneInfo
) -> Iterator[ContextValue]:
    """Heart rate variability as the mean of a day, resting heart rate as its last word."""
    for name in sorted(samples):
        kind, _, labelled = name.partition("|")
        if kind in SAMPLED:
            quantity, of_day = SAMPLED[kind]
            value = pl.col("value").mean() if of_day == MEAN else pl.col("value").last()
            for day, number in _of_days(samples[name], from_s, home_zone, value):
                yield from measured_by(labelled).value(day, quantity, number)


def _of_days(
    samples: Sampled, from_s: int, home_zone: ZoneInfo, value: pl.Expr
) -> Iterable[tuple[date, float]]:
    """A value of each local day from the samples that end on it."""
    ended_s = samples["ended_s"].astype(np.int64) + from_s
    # What ends at midnight is of the day before.
    inside_s = np.maximum(ended_s - 1, samples["started_s"].astype(np.int64) + from_s)
    days = (
        pl.DataFrame({"at": inside_s, "ended_s": ended_s, "value": samples["value"]})
        .with_columns(day=pl.from_epoch("at").dt.convert_time_zone(home_zone.key).dt.date())
        .sort("day", "ended_s", "value")
        .group_by("day", maintain_order=True)
        .agg(value)
    )
    return days.iter_rows()


def _local(at_s: int, home_zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(at_s, UTC).astimezone(home_zone)
