"""Health Connect of Android: nights and days of its database `health_connect_export.db`, in which
several apps write what one watch measured. Of a day one app counts, never the sum.

Times are milliseconds since 1970, with the offset of the runner's clock in seconds beside them.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from statistics import fmean
from typing import Any

from tightlog.domain.diary import ContextValue
from tightlog.domain.formats import HEALTH_CONNECT
from tightlog.domain.reading import Reading
from tightlog.domain.wellness import Evidence
from tightlog.readers.health.connect_apps import Apps
from tightlog.readers.health.documents import MAX_EPOCH_MS, Row, number, positive
from tightlog.readers.health.nights import Night, days_reading, main_nights, night_values
from tightlog.readers.health.sqlite_tables import Tables, is_sqlite, opened

NAME = re.compile(r"(?:\A|/)health_connect[^/]*\.db\Z")
SESSIONS, STAGES = "sleep_session_record_table", "sleep_stages_table"
STEPS, RESTING = "steps_record_table", "resting_heart_rate_record_table"
VARIABILITY = "heart_rate_variability_rmssd_record_table"
MARKS = tuple(one.encode() for one in (SESSIONS, STEPS, RESTING))
# What a stage of this number is; 7 is awake in bed, 3 out of it.
STAGE: Mapping[int, str] = {
    1: "awake_s", 2: "asleep_s", 3: "awake_s", 4: "light_s", 5: "deep_s", 6: "rem_s", 7: "awake_s",
}  # fmt: skip
ASLEEP = ("asleep_s", "light_s", "deep_s", "rem_s")
# An hour more on the day on which summer time ends.
LONGEST_COUNT_MS = 25 * 3_600_000
NOTHING = "a database of Health Connect, with no night or day in it"
Nights = Mapping[int, Mapping[date, Night]]
Instant = tuple[datetime, float]


def is_health_connect_name(path: str) -> bool:
    """True for the name of the database, in small letters."""
    return NAME.search(path) is not None


def is_health_connect(data: bytes) -> bool:
    """True for a database with Health Connect's tables."""
    return is_sqlite(data) and any(mark in data for mark in MARKS)


def read_health_connect(data: bytes, home_zone: tzinfo) -> Reading:
    """Reading of the database: of each day the night, the steps and the heart of one app each."""
    with opened(data) as tables:
        apps = Apps.of(tables)
        nights = _nights_of_apps(tables, home_zone)
        values = [*_night_values(nights, apps)]
        resting = _last_of_days(_instants(tables, RESTING, "beats_per_minute", home_zone))
        values += apps.values("resting_heart_rate_bpm", resting)
        measured = _instants(tables, VARIABILITY, "heart_rate_variability_millis", home_zone)
        values += apps.values("hrv_rmssd_ms", _nightly(measured, nights))
        values += apps.values("steps", _steps(tables, home_zone))
        problems = tables.problems
    return days_reading(HEALTH_CONNECT.name, values, NOTHING, problems=problems)


def _clock(row: Row, time: str, offset: str, home_zone: tzinfo) -> datetime | None:
    """Time by the runner's clock; by the zone of the home where no offset is stored."""
    at_ms, offset_s = number(row.get(time)), number(row.get(offset))
    if at_ms is None or not 0 < at_ms < MAX_EPOCH_MS:
        return None
    at = datetime.fromtimestamp(at_ms / 1_000, UTC)
    if offset_s is None or abs(offset_s) > 18 * 3_600:
        return at.astimezone(home_zone).replace(tzinfo=None)
    return (at + timedelta(seconds=offset_s)).replace(tzinfo=None)


def _app(row: Row) -> int:
    return int(number(row.get("app_info_id")) or 0)


def _stages(tables: Tables) -> Mapping[int, Mapping[str, float]]:
    """Seconds of each stage by the number of its sleep; no moment counts twice."""
    spans: dict[int, list[tuple[float, float, str]]] = defaultdict(list)
    for row in tables.rows(STAGES):
        parent, stage = number(row.get("parent_key")), number(row.get("stage_type"))
        began = positive(row.get("stage_start_time"))
        ended = positive(row.get("stage_end_time"))
        name = None if stage is None else STAGE.get(int(stage))
        if parent is not None and name is not None and began and ended:
            spans[int(parent)].append((began, ended, name))
    return {parent: _lasting(sorted(found)) for parent, found in spans.items()}


def _lasting(spans: Iterable[tuple[float, float, str]]) -> Mapping[str, float]:
    lasting_s: dict[str, float] = defaultdict(float)
    until = 0.0
    for began, ended, name in spans:
        lasting_s[name] += max(0.0, ended - max(began, until)) / 1_000
        until = max(until, ended)
    return lasting_s


def _nights_of_apps(tables: Tables, home_zone: tzinfo) -> Nights:
    """The main sleep of each day by app. A sleep without stages is time in bed."""
    stages = _stages(tables)
    nights: dict[int, list[Night]] = defaultdict(list)
    for row in tables.rows(SESSIONS):
        began = _clock(row, "start_time", "start_zone_offset", home_zone)
        ended = _clock(row, "end_time", "end_zone_offset", home_zone)
        in_bed_ms = (number(row.get("end_time")) or 0) - (number(row.get("start_time")) or 0)
        if began is None or ended is None or in_bed_ms <= 0:
            continue
        found = stages.get(int(row["row_number"]), {})
        nights[_app(row)].append(
            Night(
                began,
                ended,
                ended.date(),
                asleep_s=sum(found.get(name, 0.0) for name in ASLEEP) or None,
                in_bed_s=in_bed_ms / 1_000,
                deep_s=found.get("deep_s"),
                light_s=found.get("light_s"),
                rem_s=found.get("rem_s"),
                awake_s=found.get("awake_s"),
            )
        )
    return {app: {one.day: one for one in main_nights(found)} for app, found in nights.items()}


def _night_values(nights: Nights, apps: Apps) -> Iterator[ContextValue]:
    """One night a day: of the first app that measured stages, else of the first."""
    best: dict[date, tuple[int, Night]] = {}
    for app in apps.ranked("sleep_h", nights):
        for day, night in nights[app].items():
            is_better = night.evidence is Evidence.STAGES
            if day not in best or (is_better and best[day][1].evidence is not Evidence.STAGES):
                best[day] = app, night
    for app, night in (best[day] for day in sorted(best)):
        yield from night_values(night, apps.measured(app))


def _instants(
    tables: Tables, table: str, column: str, home_zone: tzinfo
) -> Mapping[int, Sequence[Instant]]:
    """Values above 0 with their times, in their order, by app."""
    found: dict[int, list[Instant]] = defaultdict(list)
    for row in tables.rows(table):
        at, value = _clock(row, "time", "zone_offset", home_zone), positive(row.get(column))
        if at is not None and value is not None:
            found[_app(row)].append((at, value))
    return {app: sorted(instants) for app, instants in found.items()}


def _last_of_days(found: Mapping[int, Sequence[Instant]]) -> Mapping[int, Mapping[date, float]]:
    return {app: {at.date(): value for at, value in one} for app, one in found.items()}


def _nightly(
    found: Mapping[int, Sequence[Instant]], nights: Nights
) -> Mapping[int, Mapping[date, float]]:
    """Mean of what was measured within an app's night; without one, what is alone on its day."""
    days: dict[int, dict[date, float]] = {}
    for app, instants in found.items():
        slept = nights.get(app, {})
        within: dict[date, list[float]] = defaultdict(list)
        others: dict[date, list[float]] = defaultdict(list)
        for at, value in instants:
            near = (slept.get(at.date()), slept.get(at.date() + timedelta(days=1)))
            night = next((one for one in near if one is not None and _holds(one, at)), None)
            if night is None:
                others[at.date()].append(value)
            else:
                within[night.day].append(value)
        alone = {day: values[0] for day, values in others.items() if len(values) == 1}
        days[app] = alone | {day: fmean(values) for day, values in within.items()}
    return days


def _holds(night: Night, at: datetime) -> bool:
    return night.began is not None and night.ended is not None and night.began <= at <= night.ended


def _steps(tables: Tables, home_zone: tzinfo) -> Mapping[int, Mapping[date, float]]:
    """Steps of each day by app; what lies mostly within a count before it is counted already, and
    a count of more than a day is of no day.
    """
    counts: dict[int, list[tuple[float, float, date, float]]] = defaultdict(list)
    for row in tables.rows(STEPS):
        at = _clock(row, "start_time", "start_zone_offset", home_zone)
        began, ended = number(row.get("start_time")), number(row.get("end_time"))
        count: Any = positive(row.get("count"))
        if at is None or began is None or count is None:
            continue
        ended = began if ended is None else ended
        if ended - began <= LONGEST_COUNT_MS:
            counts[_app(row)].append((began, -ended, at.date(), count))
    days: dict[int, dict[date, float]] = {}
    for app, found in counts.items():
        until, of_days = 0.0, defaultdict[date, float](float)
        for began, minus_ended, day, count in sorted(found):
            if until - began <= (-minus_ended - began) / 2:
                of_days[day] += count
                until = max(until, -minus_ended)
        days[app] = of_days
    return days
