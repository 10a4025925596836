"""Nights and days of an Apple export: exactly what was planted, on the runner's own days, steps of
watch and phone never twice.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from tests.corpus import CORPUS
from tightlog.domain.diary import ContextValue
from tightlog.readers.content import read_content
from tightlog.readers.health.day_part import Counts, steps_once
from tightlog.readers.health.parts import health_export
from tightlog.readers.health.sources import label
from tightlog.simulation.apple_health.apple_planted import DIALECTS, PHONE, WATCH, Dialect
from tightlog.simulation.apple_health.export import AppleExport
from tightlog.simulation.apple_health.nights_planted import (
    PlantedCategory,
    PlantedNight,
    PlantedSample,
    planted_nights,
)

OSLO = ZoneInfo("Europe/Oslo")
REAL = CORPUS / "health" / "tdda-applehealthdata"
EVENING = datetime(2025, 1, 14, 22, 30, tzinfo=UTC)
DAY = date(2025, 1, 15)
NIGHTS = planted_nights(40, 3, EVENING)
NOON = datetime(2025, 1, 15, 12, tzinfo=OSLO)


def found(export: AppleExport, zone: ZoneInfo = OSLO) -> tuple[ContextValue, ...]:
    """Values of the only part."""
    xml = next(iter(export.files().values()))
    (part,) = health_export(io.BytesIO(xml)).parts
    return read_content(part.data(), part.name, zone).context


def values(export: AppleExport, device: str | None = None) -> dict[tuple[date, str], float | None]:
    return {
        (one.day, one.name): one.value
        for one in found(export)
        if device is None or one.device == device
    }


def hours(night: PlantedNight, *words: str) -> float:
    return sum(lasting for word, lasting in night.stages if not words or word in words) / 60


def expected(nights: tuple[PlantedNight, ...]) -> Iterator[tuple[tuple[date, str], float]]:
    for night in nights:
        local = night.began.astimezone(OSLO)
        day = night.ended.astimezone(OSLO).date()
        noon = datetime.combine(day - timedelta(days=1), datetime.min.time()).replace(hour=12)
        yield (day, "sleep_h"), hours(night, "AsleepCore", "AsleepDeep", "AsleepREM")
        yield (day, "sleep_deep_h"), hours(night, "AsleepDeep")
        yield (day, "sleep_light_h"), hours(night, "AsleepCore")
        yield (day, "sleep_rem_h"), hours(night, "AsleepREM")
        yield (day, "sleep_awake_h"), hours(night, "Awake")
        yield (day, "bed_time_h"), (local.replace(tzinfo=None) - noon) / timedelta(hours=1)


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda one: one.locale)
def test_planted_nights_come_back_exactly_whatever_the_phone_writes(dialect: Dialect) -> None:
    export = AppleExport(nights=NIGHTS, dialect=dialect)
    assert values(export, "Apple Watch") == pytest.approx(dict(expected(NIGHTS)))
    in_bed = values(export, "iPhone")
    assert in_bed == pytest.approx(
        {(one.ended.astimezone(OSLO).date(), "time_in_bed_h"): hours(one) + 20 / 60
         for one in NIGHTS}
    )  # fmt: skip
    assert {(one.evidence, one.origin) for one in found(export)} == {
        ("stages", "export"),
        ("bed", "export"),
    }


def test_a_part_is_the_same_in_the_next_export() -> None:
    parts = [
        next(iter(health_export(io.BytesIO(next(iter(export.files().values())))).parts)).data()
        for export in (
            AppleExport(nights=NIGHTS),
            AppleExport(
                nights=NIGHTS, dialect=DIALECTS[2], exported_at=datetime(2027, 1, 1, tzinfo=UTC)
            ),
        )
    ]
    assert parts[0] == parts[1]
    assert b"Robin" not in parts[0]


def test_a_night_abroad_is_of_the_day_and_hour_of_its_own_zone() -> None:
    abroad = replace(NIGHTS[0], began=datetime(2025, 1, 14, 13, tzinfo=UTC), zone="Asia/Tokyo")
    (bed_time,) = [one for one in found(AppleExport(nights=[abroad])) if one.name == "bed_time_h"]
    assert (bed_time.day, bed_time.value) == (DAY, 10.0)


def test_before_stages_sleep_is_one_word_and_bed_alone_is_no_sleep() -> None:
    plain = PlantedNight(EVENING, [("Asleep", 420)])
    assert values(AppleExport(nights=[plain])) == {
        (DAY, "sleep_h"): 7.0,
        (DAY, "bed_time_h"): 11.5,
    }
    bed = PlantedNight(EVENING, [("InBed", 420)], source=PHONE)
    (one,) = found(AppleExport(nights=[bed]))
    assert (one.name, one.value, one.evidence) == ("time_in_bed_h", 7.0, "bed")


@pytest.mark.parametrize(("gap_min", "slept_h"), [(60, 6.0), (61, 4.0)])
def test_an_hour_awake_is_within_a_night_and_a_minute_more_divides_it(
    gap_min: int, slept_h: float
) -> None:
    first = PlantedNight(EVENING, [("AsleepCore", 240)])
    second = PlantedNight(first.ended + timedelta(minutes=gap_min), [("AsleepCore", 120)])
    slept = values(AppleExport(nights=[first, second]))
    assert slept[DAY, "sleep_h"] == slept_h


@pytest.mark.parametrize(("minute", "is_night"), [(0, True), (1, False)])
def test_a_nap_in_the_afternoon_is_not_the_night_even_where_it_is_longer(
    minute: int, is_night: bool
) -> None:
    night = PlantedNight(datetime(2025, 1, 15, 2, tzinfo=OSLO), [("AsleepCore", 120)])
    late_end = datetime(2025, 1, 15, 15, minute, tzinfo=OSLO)
    late = PlantedNight(late_end - timedelta(hours=4), [("AsleepCore", 240)])
    assert values(AppleExport(nights=[night, late]))[DAY, "sleep_h"] == (4.0 if is_night else 2.0)


@pytest.mark.parametrize(("hour", "minute", "is_night"), [(3, 0, True), (2, 59, False)])
def test_two_hours_that_end_before_three_are_no_night(
    hour: int, minute: int, is_night: bool
) -> None:
    woke = datetime(2025, 1, 15, hour, minute, tzinfo=OSLO)
    short = PlantedNight(woke - timedelta(hours=2), [("AsleepCore", 120)])
    assert bool(values(AppleExport(nights=[short]))) is is_night


def steps(at: datetime, lasting_s: int, count: float, source: str) -> PlantedSample:
    return PlantedSample("StepCount", "count", count, at, lasting_s, source)


def test_steps_of_watch_and_phone_count_once_and_the_phone_fills_in() -> None:
    both = [
        steps(NOON, 600, 800, WATCH),
        steps(NOON, 600, 900, PHONE),
        # Half of it while the watch counted as well.
        steps(NOON + timedelta(seconds=600), 600, 700, WATCH),
        steps(NOON + timedelta(seconds=900), 600, 400, PHONE),
        steps(NOON + timedelta(hours=2), 300, 250, PHONE),
    ]
    (one,) = found(AppleExport(samples=both))
    assert (one.day, one.value, one.device, one.evidence) == (
        DAY,
        800 + 700 + 200 + 250,
        "Apple Watch",
        "wearable",
    )
    (alone,) = found(AppleExport(samples=[both[4]]))
    assert (alone.value, alone.device, alone.evidence) == (250, "iPhone", "phone")


def test_steps_over_midnight_are_of_both_days_by_time() -> None:
    at = datetime(2025, 1, 15, 23, 45, tzinfo=OSLO)
    assert values(AppleExport(samples=[steps(at, 2_700, 300, WATCH)])) == {
        (DAY, "steps"): 100,
        (DAY + timedelta(days=1), "steps"): 200,
    }


def test_steps_once_is_what_second_by_second_counting_gives() -> None:
    draw = np.random.default_rng(5)
    spans = np.sort(draw.integers(0, 20_000, (60, 2)), axis=1)
    sources = draw.integers(0, 2, 60)
    counts = draw.integers(1, 400, 60).astype(np.float64)
    counted = Counts(spans[:, 0], spans[:, 1], counts, sources)
    labels = {0: "Apple Watch", 1: "iPhone"}
    total = sum(float(steps.sum()) for _, (_, _, steps) in steps_once(counted, labels))
    seconds = np.zeros(20_000, dtype=np.bool_)
    plain = 0.0
    for source in (0, 1):
        own = [row for row in range(60) if sources[row] == source]
        for row in own:
            start, stop = spans[row]
            free = 1 - seconds[start:stop].mean() if stop > start else float(not seconds[start])
            plain += counts[row] * free
        for row in own:
            seconds[spans[row, 0] : spans[row, 1]] = True
    assert total == pytest.approx(plain)


def test_the_heart_is_a_mean_of_the_day_and_the_last_word_on_its_rest() -> None:
    morning = NOON - timedelta(hours=6)
    samples = [
        PlantedSample("HeartRateVariabilitySDNN", "ms", 60.0, morning, 60),
        PlantedSample("HeartRateVariabilitySDNN", "ms", 40.0, NOON, 60),
        PlantedSample("RestingHeartRate", "count/min", 52.0, morning - timedelta(hours=8), 36_000),
        PlantedSample("RestingHeartRate", "count/min", 49.0, morning - timedelta(hours=7), 50_000),
    ]
    assert values(AppleExport(samples=samples)) == {
        (DAY, "hrv_sdnn_ms"): 50.0,
        (DAY, "resting_heart_rate_bpm"): 49.0,
    }


def test_rmssd_is_of_the_night_alone_and_of_the_day_of_waking() -> None:
    night = PlantedNight(EVENING, [("AsleepCore", 420)])
    at = [EVENING + timedelta(minutes=5), EVENING + timedelta(hours=5), NOON]
    samples = [
        PlantedSample("HeartRateVariabilityRMSSD", "ms", value, moment, 60)
        for value, moment in zip((30.0, 40.0, 99.0), at, strict=True)
    ]
    found = values(AppleExport(nights=[night], samples=samples))
    assert {key: value for key, value in found.items() if "hrv" in key[1]} == {
        (DAY, "hrv_rmssd_ms"): 35.0
    }
    assert values(AppleExport(samples=samples)) == {}


@pytest.mark.parametrize(("lasting_h", "in_bed"), [(20, [20.0]), (21, []), (200, [])])
def test_a_bed_time_that_nobody_stopped_does_not_swallow_the_nights(
    lasting_h: int, in_bed: list[float]
) -> None:
    nights = [
        PlantedNight(EVENING + timedelta(days=day), [("AsleepCore", 420)]) for day in range(3)
    ]
    stuck = PlantedNight(EVENING - timedelta(hours=1), [("InBed", lasting_h * 60)])
    found = values(AppleExport(nights=[*nights, stuck]))
    assert [value for (_, name), value in found.items() if name == "sleep_h"] == [7.0] * 3
    assert [value for (_, name), value in found.items() if name == "time_in_bed_h"] == in_bed


def test_hours_of_standing_minutes_of_calm_and_the_worst_of_a_symptom() -> None:
    hour = timedelta(hours=1)
    entries = [
        PlantedCategory("AppleStandHour", "AppleStandHourStood", NOON, 3_600),
        PlantedCategory("AppleStandHour", "AppleStandHourIdle", NOON + hour, 3_600),
        PlantedCategory("AppleStandHour", "AppleStandHourStood", NOON + 2 * hour, 3_600),
        PlantedCategory("MindfulSession", "NotApplicable", NOON, 600),
        PlantedCategory("Headache", "SeverityMild", NOON, source=PHONE),
        PlantedCategory("Headache", "SeveritySevere", NOON + hour, source=PHONE),
        PlantedCategory("Fatigue", "SeverityNotPresent", NOON, source=PHONE),
        PlantedCategory("Nausea", "SeverityUnspecified", NOON, source=PHONE),
        PlantedCategory("BladderIncontinence", "SeverityMild", NOON, source=PHONE),
    ]
    assert values(AppleExport(categories=[*entries, entries[0]])) == {
        (DAY, "stand_h"): 2.0,
        (DAY, "mindful_min"): 10.0,
        (DAY, "symptom_headache"): 3.0,
        (DAY, "symptom_fatigue"): 0.0,
    }


@pytest.mark.skipif(not REAL.exists(), reason="the corpus is not here")
def test_steps_of_a_real_export_are_those_of_the_table_made_of_it() -> None:
    reading = read_content((REAL / "export6s3sample.xml").read_bytes(), "export.xml", OSLO)
    with (REAL / "StepCount.csv").open(encoding="utf-8") as table:
        plain: dict[date, float] = defaultdict(float)
        for row in csv.DictReader(table):
            plain[datetime.fromisoformat(row["endDate"][:19]).date()] += float(row["value"])
    assert {one.day: one.value for one in reading.context if one.name == "steps"} == plain


@pytest.mark.parametrize(
    ("name", "device", "expected"),
    [
        (
            "Robin’s Apple\xa0Watch",
            "<<HKDevice: 0x2>, name:Apple Watch, model:Watch>",
            "Apple Watch",
        ),
        ("Robin", "<<HKDevice: 0x2>, manufacturer:Apple Inc., model:iPhone>", "iPhone"),
        ("Robins iPhone", None, "iPhone"),
        ("Health", None, "iPhone"),
        ("Connect", "<<HKDevice: 0x2>, model:iPhone>", "Garmin"),
        ("Oura", None, "Oura"),
        ("Robin", None, "another app"),
    ],
)
def test_who_measured_is_a_kind_of_device_never_the_name_a_person_gave_it(
    name: str, device: str | None, expected: str
) -> None:
    assert label(name, device) == expected
