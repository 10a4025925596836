"""Nights and days in the FIT files a watch writes beside activities, each rule at its border, and
against fitparse on real files.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import fitparse
import pytest

from tests.corpus import CORPUS
from tightlog.domain.file_status import FileStatus
from tightlog.domain.reading import Reading
from tightlog.readers.fit import read_fit
from tightlog.readers.fit.fallback import read_by_fitparse
from tightlog.simulation.files.watch_days import (
    RUNNING,
    WALKING,
    WatchNight,
    day_fit,
    hrv_fit,
    sleep_fit,
)

ZONE = timezone(timedelta(hours=2))
MIDNIGHT = datetime(2026, 5, 4, tzinfo=ZONE)
DAY = MIDNIGHT.date()
BED = datetime(2026, 5, 3, 23, 10, tzinfo=ZONE)
STAGES = (("awake", 10), ("light", 200), ("deep", 80), ("unmeasurable", 5), ("rem", 95))
NIGHT = WatchNight(BED, STAGES, datetime(2026, 5, 4, 6, tzinfo=UTC))
FILES = sorted((CORPUS / "zoo" / "monitoring").glob("*.fit"))
with_corpus = pytest.mark.skipif(not FILES, reason="the corpus is not here")


def taken(data: bytes) -> Reading:
    return read_fit(data, "a.fit", ZoneInfo("Asia/Tokyo"))


def values(data: bytes) -> dict[tuple[date, str], float | None]:
    return {(one.day, one.name): one.value for one in taken(data).context}


def hours(night: WatchNight) -> dict[str, float | None]:
    return {name: value for (_, name), value in values(sleep_fit(night)).items()}


def test_a_stage_lasts_until_its_time_and_the_first_from_the_start_of_the_night() -> None:
    assert hours(NIGHT) == pytest.approx(
        {
            "sleep_h": 375 / 60,
            "time_in_bed_h": 390 / 60,
            "sleep_deep_h": 80 / 60,
            "sleep_light_h": 200 / 60,
            "sleep_rem_h": 95 / 60,
            "sleep_awake_h": 10 / 60,
            "bed_time_h": 11 + 10 / 60,
        }
    )


def test_a_night_is_of_the_day_of_waking_on_the_watchs_own_clock() -> None:
    reading = taken(sleep_fit(NIGHT))
    assert {one.day for one in reading.context} == {DAY}
    assert {(one.evidence, one.origin, one.written_at) for one in reading.context} == {
        ("stages", "recording", NIGHT.created)
    }
    assert reading.status is FileStatus.READ
    assert reading.context[0].device == "Garmin fenix7"


def test_of_two_nights_in_one_file_the_last_is_read() -> None:
    before = WatchNight(BED - timedelta(days=1), (("light", 300), ("deep", 60)), NIGHT.created)
    both = sleep_fit(before, NIGHT)
    assert values(both) == values(sleep_fit(NIGHT))


def test_of_an_impossible_night_nothing_stays() -> None:
    endless = taken(sleep_fit(WatchNight(BED, (("light", 900), ("deep", 240)), NIGHT.created)))
    assert (endless.context, endless.reason) == ((), "1 value outside what is possible left out")


def test_without_events_the_first_stage_has_no_known_start_and_the_home_gives_the_zone() -> None:
    night = hours(WatchNight(BED, STAGES, NIGHT.created, has_events=False))
    assert night["sleep_awake_h"] == 0.0
    assert night["sleep_h"] == pytest.approx(375 / 60)
    assert night["time_in_bed_h"] == pytest.approx(380 / 60)


@pytest.mark.parametrize("stages", [(), (("awake", 200),), (("awake", 90), ("unmeasurable", 300))])
def test_a_watch_that_knows_no_stages_wrote_no_sleepless_night(
    stages: tuple[tuple[str, int], ...],
) -> None:
    reading = taken(sleep_fit(WatchNight(BED, stages, NIGHT.created)))
    assert (reading.status, reading.context) == (FileStatus.NO_ACTIVITY, ())
    assert "no night measured in stages" in (reading.reason or "")


@pytest.mark.parametrize(("lasting_min", "is_night"), [(179, False), (180, True)])
def test_a_short_sleep_that_ends_in_the_evening_is_no_night(
    lasting_min: int, is_night: bool
) -> None:
    evening = datetime(2026, 5, 4, 19, tzinfo=ZONE)
    taken_early = WatchNight(evening, (("light", lasting_min),), NIGHT.created)
    assert bool(hours(taken_early)) is is_night


def test_variability_is_of_the_morning_and_missing_where_the_watch_has_no_mean() -> None:
    woke = datetime(2026, 5, 4, 6, 30, tzinfo=ZONE)
    assert values(hrv_fit(woke, 58.5, woke)) == {(DAY, "hrv_rmssd_ms"): 58.5}
    assert taken(hrv_fit(woke, None, woke)).status is FileStatus.NO_ACTIVITY


def test_steps_are_the_highest_count_of_walking_and_running_apart() -> None:
    counts = [(600, WALKING, 4_000), (700, RUNNING, 900), (900, WALKING, 7_000), (950, 2, 99_000)]
    reading = taken(day_fit(MIDNIGHT, counts, pulses=range(0, 600, 10)))
    assert {(one.day, one.part): one.value for one in reading.context} == {
        (DAY, "walking"): 7_000.0,
        (DAY, "running"): 900.0,
    }


def test_the_count_at_midnight_is_of_the_day_that_ends_and_a_second_later_is_not() -> None:
    at_midnight = day_fit(MIDNIGHT, [(1_440, WALKING, 7_000)], pulses=range(0, 1_440, 60))
    assert values(at_midnight) == {(DAY, "steps"): 7_000.0}
    later = MIDNIGHT + timedelta(seconds=1)
    behind = day_fit(later, [(1_440, WALKING, 3)], pulses=range(0, 1_440, 60))
    assert list(values(behind)) == [(DAY + timedelta(days=1), "steps")]


def test_short_times_count_on_over_a_day_longer_than_their_bits() -> None:
    pulses = [0, 1_000, 1_092, 1_093]
    assert 1_093 * 60 > 0xFFFF
    found = values(day_fit(MIDNIGHT, [(1_439, WALKING, 7_000)], pulses=pulses))
    assert found == {(DAY, "steps"): 7_000.0}


def test_negative_stress_is_none_and_zero_is_a_value() -> None:
    data = day_fit(MIDNIGHT, [], [(1, -2), (2, -1), (3, 0), (4, 50), (1_441, 90)])
    assert [(one.day, one.value, one.weight) for one in taken(data).context] == [
        (DAY, 50.0, 2.0),
        (DAY + timedelta(days=1), 90.0, 1.0),
    ]
    assert taken(day_fit(MIDNIGHT, [], [(1, -1)])).status is FileStatus.NO_ACTIVITY


def test_resting_heart_rate_is_the_days_last_own_value_never_the_weeks_mean() -> None:
    data = day_fit(MIDNIGHT, [], resting=[(400, 52, 47), (800, 52, 45), (801, 52, None)])
    (one,) = taken(data).context
    assert (one.name, one.value) == ("resting_heart_rate_bpm", 45.0)
    assert one.written_at == MIDNIGHT + timedelta(minutes=800)
    assert taken(day_fit(MIDNIGHT, [], resting=[(400, 52, None)])).context == ()


def test_what_cannot_be_is_left_out_and_counted() -> None:
    data = day_fit(MIDNIGHT, [(9, WALKING, 500)], resting=[(400, 52, 24)])
    reading = taken(data)
    assert [one.name for one in reading.context] == ["steps"]
    assert (reading.status, reading.reason) == (
        FileStatus.READ,
        "1 value outside what is possible left out",
    )


def test_a_file_cut_short_gives_what_came_before_with_the_reason() -> None:
    whole = day_fit(MIDNIGHT, [(9, WALKING, 500), (10, WALKING, 900), (11, WALKING, 950)])
    reading = taken(whole[:-20])
    assert reading.status is FileStatus.PARTIAL
    assert [one.value for one in reading.context] == [900.0]


def test_a_sleep_file_cut_before_its_stages_is_broken_and_not_without_a_night() -> None:
    reading = taken(sleep_fit(NIGHT)[:60])
    assert (reading.status, reading.context) == (FileStatus.UNREADABLE, ())
    assert "end" in (reading.reason or "")


@pytest.mark.parametrize("value", [0x00, 0x7F, 0xFF])
def test_no_changed_byte_of_such_a_file_ends_in_an_error(value: int) -> None:
    day = day_fit(MIDNIGHT, [(600, WALKING, 4_000)], [(1, 30)], [(400, 52, 47)])
    for whole in (day, sleep_fit(NIGHT), hrv_fit(BED, 58.5, BED)):
        for place in range(14, len(whole)):
            data = bytearray(whole)
            data[place] = value
            assert isinstance(taken(bytes(data)), Reading)


@with_corpus
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name[13:40])
def test_real_files_hold_what_fitparse_finds_in_them(path: Path) -> None:
    data = path.read_bytes()
    own, other = taken(data), read_by_fitparse(data)
    said = [
        [(one.day, one.name, one.part, one.value, one.weight) for one in reading.context]
        for reading in (own, other)
    ]
    assert said[0] == said[1] or own.status is FileStatus.PARTIAL
    expected = plain_steps(path)
    assert {
        (one.day, one.part): one.value for one in own.context if one.name == "steps"
    } == expected
    stress = [one for one in own.context if one.name == "watch_stress"]
    assert sum(one.value or 0 for one in stress) == sum(plain_stress(path))
    assert own.status is (FileStatus.READ if own.context else FileStatus.NO_ACTIVITY)


def plain_steps(path: Path) -> dict[tuple[date, str], float]:
    """Steps of a file, message by message as fitparse gives them."""
    found: dict[tuple[date, str], float] = defaultdict(float)
    last, offset = 0, 0
    for message in messages(path):
        raw = {field.def_num: field.raw_value for field in message.fields}
        if message.mesg_num == 103:
            last, offset = raw[253], raw[0] - raw[253]
        if message.mesg_num != 55:
            continue
        if raw.get(253) is not None:
            last = raw[253]
        elif raw.get(26) is not None:
            last += (raw[26] - last) & 0xFFFF
        packed = raw.get(24)
        bits = packed[0] if isinstance(packed, tuple) else packed
        kind = raw.get(5) if raw.get(5) is not None else None if bits is None else bits & 0x1F
        if kind in (1, 6) and raw.get(3) is not None:
            local = datetime(1989, 12, 31) + timedelta(seconds=last + offset - 1)
            key = (local.date(), "running" if kind == 1 else "walking")
            found[key] = max(found[key], float(raw[3]))
    return dict(found)


def plain_stress(path: Path) -> list[int]:
    raw = [
        {field.def_num: field.raw_value for field in message.fields}.get(0)
        for message in messages(path)
        if message.mesg_num == 227
    ]
    return [value for value in raw if value is not None and value >= 0]


def messages(path: Path) -> Iterator[Any]:
    yield from fitparse.FitFile(str(path), check_crc=False)
