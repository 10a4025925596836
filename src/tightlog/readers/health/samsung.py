"""Samsung Health: nights by their stages, time in bed, and steps of the day.

    com.samsung.health.sleep_stage,6313003,9
    start_time,sleep_id,stage,time_offset,end_time,…
    2026-05-03 21:00:00.000,a,40002,UTC+0200,2026-05-03 22:30:00.000,…,

The table's name stands in the first line, its header in the second, and a row has one field more.
Nothing says whether times are UTC or local: `samsung_clock` decides it from the table itself.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tightlog.domain.diary import ContextValue
from tightlog.domain.formats import SAMSUNG
from tightlog.domain.reading import Reading
from tightlog.readers.diary.table import text_of
from tightlog.readers.health.day_tables import offset_of
from tightlog.readers.health.documents import (
    MAX_EPOCH_MS,
    Row,
    iso_clock,
    number,
    positive,
    table_rows,
)
from tightlog.readers.health.nights import (
    Measured,
    Night,
    days_reading,
    main_nights,
    night_values,
)
from tightlog.readers.health.samsung_clock import UNDECIDED, is_utc

STAGES = "com.samsung.health.sleep_stage"
SLEEPS = ("com.samsung.shealth.sleep", "com.samsung.health.sleep")
STEPS = "com.samsung.shealth.tracker.pedometer_day_summary"
TABLES = frozenset({STAGES, *SLEEPS, STEPS})
SNIFFED_BYTES = 512
STAGE: Mapping[str, str] = {
    "40001": "awake_s", "40002": "light_s", "40003": "deep_s", "40004": "rem_s",
}  # fmt: skip
BY = Measured(SAMSUNG.name, "Samsung")
DAY_MS = 86_400_000
NOTHING = "a table of Samsung Health, with no night or day in it"


@dataclass
class Sleep:
    """One sleep: its times as written, the offset beside them, and seconds of its stages."""

    began: datetime
    ended: datetime
    offset: timedelta
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def night(self, adds_offset: bool) -> Night:
        """The sleep by the runner's clock."""
        away = self.offset if adds_offset else timedelta(0)
        began, ended = self.began + away, self.ended + away
        in_bed_s = (ended - began).total_seconds()
        deep_s, light_s, rem_s, awake_s = (
            self.seconds.get(name) for name in ("deep_s", "light_s", "rem_s", "awake_s")
        )
        day = ended.date()
        return Night(began, ended, day, None, in_bed_s, deep_s, light_s, rem_s, awake_s)


def is_samsung(data: bytes) -> bool:
    """True for a table of nights or days of Samsung Health."""
    return _table(data) in TABLES


def read_samsung(data: bytes) -> Reading:
    """Reading of one table; its nights only where the clock of their times can be told."""
    table = _table(data)
    rows = (_plain(row) for row in table_rows(data, skipped=1))
    if table == STEPS:
        return days_reading(SAMSUNG.name, _steps(rows), NOTHING)
    sleeps = _staged(rows) if table == STAGES else [*_in_bed(rows)]
    adds_offset = is_utc([(one.began, one.ended, one.offset) for one in sleeps])
    if sleeps and adds_offset is None:
        return days_reading(SAMSUNG.name, (), NOTHING, notes=[UNDECIDED])
    nights = main_nights(one.night(bool(adds_offset)) for one in sleeps)
    values = [value for night in nights for value in night_values(night, BY)]
    return days_reading(SAMSUNG.name, values, NOTHING)


def _table(data: bytes) -> str:
    head = data[:SNIFFED_BYTES]
    if b"\0" in head and data[1:2] != b"\0" and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ""
    first = text_of(head).lstrip("\ufeff").partition("\n")[0]
    return first.partition(",")[0].strip().strip('"')


def _plain(row: Row) -> Row:
    """A row by the last part of its columns' names, which some tables write in full."""
    return {name.rpartition(".")[2]: value for name, value in row.items()}


def _sleep(row: Row) -> Sleep | None:
    began, ended = iso_clock(row.get("start_time")), iso_clock(row.get("end_time"))
    zone = offset_of(row.get("time_offset"))
    away = None if zone is None else zone.utcoffset(None)
    if began is None or ended is None or away is None:
        return None
    # One with an offset of its own and one without: nobody knows how long it lasted.
    if (began.tzinfo is None) != (ended.tzinfo is None):
        return None
    began, ended = began.replace(tzinfo=None), ended.replace(tzinfo=None)
    return Sleep(began, ended, away) if began < ended else None


def _in_bed(rows: Iterator[Row]) -> Iterator[Sleep]:
    for row in rows:
        if (sleep := _sleep(row)) is not None:
            yield sleep


def _staged(rows: Iterator[Row]) -> Sequence[Sleep]:
    """Sleeps of their stages; one written twice counts once."""
    found: dict[object, Sleep] = {}
    seen: set[tuple[object, ...]] = set()
    for row in rows:
        stage, name = _sleep(row), STAGE.get(str(row.get("stage")))
        key = (row.get("sleep_id"), row.get("start_time"), row.get("end_time"))
        if stage is None or name is None or key in seen:
            continue
        seen.add(key)
        sleep = found.setdefault(key[0], stage)
        sleep.began, sleep.ended = min(sleep.began, stage.began), max(sleep.ended, stage.ended)
        sleep.seconds[name] += (stage.ended - stage.began).total_seconds()
    return [*found.values()]


def _steps(rows: Iterator[Row]) -> Iterator[ContextValue]:
    """Of a day the highest count: its rows are of single devices and of all of them together. A
    day is written as its own midnight; any other time does not say which day it is of.
    """
    most: dict[datetime, float] = {}
    for row in rows:
        at, count = _midnight(row.get("day_time")), positive(row.get("step_count"))
        if at is not None and count is not None:
            most[at] = max(count, most.get(at, 0.0))
    for at in sorted(most):
        yield from BY.value(at.date(), "steps", most[at])


def _midnight(value: object) -> datetime | None:
    clock, at_ms = iso_clock(value), number(value)
    if clock is not None:
        return clock if clock.time() == datetime.min.time() else None
    if at_ms is None or not 0 < at_ms < MAX_EPOCH_MS or at_ms % DAY_MS:
        return None
    return datetime.fromtimestamp(at_ms / 1_000, UTC).replace(tzinfo=None)
