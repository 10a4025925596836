"""Reading: contents (bytes with a name) → a batch of rows and frames, as the warehouse stores
them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from tightlog.domain.activity import Activity
from tightlog.domain.channels import CHANNELS, WITH_MEAN
from tightlog.domain.diary import ContextValue, DiaryMapping
from tightlog.domain.file_status import FileStatus
from tightlog.domain.formats import FIT, LISTS
from tightlog.domain.frames import (
    DONE_SCHEMA,
    LAP_SCHEMA,
    RECORD_SCHEMA,
    UTC_INSTANT,
    Columns,
)
from tightlog.domain.reading import Reading, unreadable
from tightlog.domain.score_frames import score_row
from tightlog.domain.wellness import quantity, rank
from tightlog.journal.values import storable
from tightlog.readers.content import read_content
from tightlog.readers.half_minutes import WINDOW_TYPES, window_columns
from tightlog.readers.local_day import is_virtual, local_day

if TYPE_CHECKING:
    from tightlog.warehouse.segments.segment import Segment

Row = Mapping[str, object]

BODY_CHANNELS = tuple(channel.name for channel in CHANNELS if channel.tells_of == "body")
PLACE_CHANNELS = tuple(channel.name for channel in CHANNELS if channel.tells_of == "place")
# What an activity says of itself, as stored; what its place and file say is added to it.
ACTIVITY_TYPES: Columns = {
    "session_index": pl.Int32,
    "sport": pl.String,
    "sub_sport": pl.String,
    "started_at": UTC_INSTANT,
    **dict.fromkeys(("elapsed_s", "moving_s", "distance_m", "ascent_m", "descent_m"), pl.Float64),
    "has_barometer": pl.Boolean,
    **{channel.name: pl.Float64 for channel in WITH_MEAN},
    "cadence_raw": pl.Float64,
    "cadence_rule": pl.String,
    "cadence_evidence": pl.String,
    "power_rule": pl.String,
    "device": pl.String,
    "is_indoor": pl.Boolean,
    "name": pl.String,
    "shoe": pl.String,
    "rpe": pl.Float64,
    "energy_kcal": pl.Float64,
    "file_hint": pl.String,
    "listed_id": pl.Int64,
    "sport_rule": pl.String,
    "movement_sport": pl.String,
}
ACTIVITY_SCHEMA: Columns = {
    **ACTIVITY_TYPES,
    **WINDOW_TYPES,
    "activity_id": pl.String,
    "activity_key": pl.Int64,
    "sha256": pl.String,
    "device_offset_s": pl.Int64,
    "utc_offset_s": pl.Int32,
    "utc_offset_source": pl.String,
    "day": pl.Date,
    "reader": pl.String,
    "is_partial": pl.Boolean,
    "is_listed": pl.Boolean,
    "record_count": pl.Int32,
    "body_channel_count": pl.Int32,
    "place_channel_count": pl.Int32,
    "first_latitude_deg": pl.Float64,
    "first_longitude_deg": pl.Float64,
}
CONTENT_SCHEMA = {
    "sha256": pl.String,
    "status": pl.String,
    "reason": pl.String,
    "reason_code": pl.String,
    "reader": pl.String,
    "activity_count": pl.Int32,
    "score_count": pl.Int32,
    "columns": pl.String,
}

CONTEXT_SCHEMA: Columns = {
    "sha256": pl.String,
    "day": pl.Date,
    "name": pl.String,
    "value": pl.Float64,
    "unit": pl.String,
    "source": pl.String,
    "device": pl.String,
    "evidence": pl.String,
    "written_at": UTC_INSTANT,
    "part": pl.String,
    "weight": pl.Float64,
    "chosen_among": pl.String,
    "rank": pl.Int32,
}


@dataclass(frozen=True)
class Content:
    """Bytes to be read, with what their name and place tell of them; its activities have keys from
    `first_key` on.
    """

    sha256: str
    data: bytes = field(repr=False)
    name: str
    mapping: DiaryMapping | None = None
    first_key: int = 0
    reads_wellness: bool = True


@dataclass
class Batch:
    """What was read and waits to be written: rows by table, and frames; records carry their
    activity_key, until they are in a segment.
    """

    contents: list[Row] = field(default_factory=list)
    activities: list[Row] = field(default_factory=list)
    records: list[pl.DataFrame] = field(default_factory=list)
    segments: list["Segment"] = field(default_factory=list)
    laps: list[pl.DataFrame] = field(default_factory=list)
    scores: list[Row] = field(default_factory=list)
    context: list[Row] = field(default_factory=list)
    interventions: list[Row] = field(default_factory=list)
    gear: list[Row] = field(default_factory=list)

    def add(self, other: "Batch") -> None:
        """Takes over everything of another batch, behind its own."""
        for name in vars(self):
            getattr(self, name).extend(getattr(other, name))


def batches_of(
    contents: Iterable[Content], home_zone: ZoneInfo, most_records: int
) -> Iterator[Batch]:
    """Everything read from the contents, in their order; a batch ends with the content that brings
    it to so many records.
    """
    taken: list[tuple[Content, Reading]] = []
    record_count = 0
    for content in contents:
        found = reading(content, home_zone)
        # What was read is kept, and not the bytes it was read from.
        taken.append((replace(content, data=b""), found))
        del content, found
        record_count += sum(one.records.height for one in taken[-1][1].activities)
        if record_count >= most_records:
            batch = _batch(taken, home_zone)
            # Before the batch is used: what was read is in it.
            taken, record_count = [], 0
            yield batch
    if taken:
        yield _batch(taken, home_zone)


def batch_of_unread(content: Content, reason: str) -> Batch:
    """The batch that says why a content could not be read."""
    return Batch(contents=[_content_row(content.sha256, unreadable(None, reason))])


def reading(content: Content, home_zone: ZoneInfo) -> Reading:
    """Reading of one content, whatever it holds; fitparse is tried where our own FIT reader
    fails.
    """
    try:
        return read_content(
            content.data, content.name, home_zone, content.mapping, content.reads_wellness
        )
    except MemoryError:
        return unreadable(None, "it needs more memory than a recording can; not read")
    # One file no reader foresaw must not stop the others; the reason is kept and shown.
    except Exception as problem:  # noqa: BLE001
        stumbled = (
            f"tightlog failed to read it ({type(problem).__name__}: {problem}); please report this "
            "as a bug"
        )
        from tightlog.readers.fit import is_fit

        return (
            _read_by_fitparse(content.data, stumbled)
            if is_fit(content.data)
            else unreadable(None, stumbled)
        )


def _read_by_fitparse(data: bytes, stumbled: str) -> Reading:
    from tightlog.readers.fit.fallback import read_by_fitparse  # rarely needed

    try:
        return read_by_fitparse(data, stumbled)
    # The second reader gave up as well; the first one's reason is the one to report.
    except Exception:  # noqa: BLE001
        return unreadable(FIT.name, stumbled)


def _batch(readings: Sequence[tuple[Content, Reading]], home_zone: ZoneInfo) -> Batch:
    batch, activities = Batch(), []
    for content, taken in readings:
        sha256 = content.sha256
        batch.contents.append(_content_row(sha256, taken))
        for number, activity in enumerate(taken.activities):
            activities.append(activity)
            named = {
                "activity_id": f"{sha256[:16]}-{activity.session_index}",
                "activity_key": content.first_key + number,
                "sha256": sha256,
            }
            batch.activities.append(named | _activity_facts(activity, taken, home_zone))
        batch.scores += [{"sha256": sha256, **score_row(score)} for score in taken.scores]
        batch.interventions += [
            {"sha256": sha256, **_fields(done, DONE_SCHEMA)} for done in taken.interventions
        ]
        batch.gear += [{"sha256": sha256, **vars(use)} for use in taken.gear]
        batch.context += [context_row(sha256, value) for value in taken.context]
    for rows in (
        batch.contents, batch.activities, batch.scores, batch.interventions, batch.gear,
        batch.context,
    ):  # fmt: skip
        rows[:] = map(_storable, rows)
    if activities:
        keys = pl.Series(
            "activity_key", [one["activity_key"] for one in batch.activities], pl.Int64
        )
        ids = pl.Series("activity_id", [one["activity_id"] for one in batch.activities], pl.String)
        records = [activity.records for activity in activities]
        batch.records.append(_joined(keys, records, tuple(RECORD_SCHEMA)))
        laps = [activity.laps for activity in activities]
        batch.laps.append(_joined(ids, laps, tuple(LAP_SCHEMA)))
    return batch


def _storable(row: Row) -> Row:
    """The row with texts that can be stored: JSON may hold half of a surrogate pair."""
    odd = {
        name: storable(text)
        for name, text in row.items()
        if isinstance(text, str) and not text.isprintable()
    }
    return {**row, **odd} if odd else row


def context_row(sha256: str, value: ContextValue) -> Row:
    """Row of `ingest.context`, with what the choice among several sources needs."""
    known = quantity(value.name, value.unit)
    chosen_among = None if known is None else known.chosen_among
    said = {name: getattr(value, name) for name in CONTEXT_SCHEMA if hasattr(value, name)}
    return {"sha256": sha256, **said, "chosen_among": chosen_among, "rank": rank(value)}


def _fields(one: object, names: Iterable[str]) -> dict[str, object]:
    return {name: getattr(one, name) for name in names}


def _content_row(sha256: str, taken: Reading) -> Row:
    return {
        "sha256": sha256,
        "status": taken.status.value,
        "reason": taken.reason_words,
        "reason_code": taken.code,
        "reader": taken.reader,
        "activity_count": len(taken.activities),
        "score_count": len(taken.scores),
        "columns": taken.columns,
    }


def _joined(
    owners: pl.Series, frames: Sequence[pl.DataFrame], columns: Sequence[str]
) -> pl.DataFrame:
    """The frames below each other, whose they are before the columns; one expansion for all,
    because each costs as much as a small file.
    """
    owner = np.repeat(np.arange(len(owners)), [frame.height for frame in frames])
    joined = pl.concat(
        [frame if frame.columns == list(columns) else frame.select(columns) for frame in frames]
    )
    # One frame alone is joined to itself: it stays the activity's, without the column.
    return joined.clone().insert_column(0, owners.gather(owner))


def _activity_facts(activity: Activity, taken: Reading, home_zone: ZoneInfo) -> dict[str, object]:
    records = activity.records
    latitude, longitude = _first_position(records)
    in_game = is_virtual(activity.sub_sport, activity.device, latitude, longitude)
    offset_s = activity.utc_offset_s
    local = local_day(activity.started_at, offset_s, latitude, longitude, home_zone, in_game)
    measured = {
        name
        for name in (*BODY_CHANNELS, *PLACE_CHANNELS)
        if records[name].null_count() < records.height
    }
    return {
        **_fields(activity, ACTIVITY_TYPES),
        **window_columns(records),
        "device_offset_s": offset_s,
        "utc_offset_s": local.utc_offset_s,
        "utc_offset_source": local.source,
        "day": local.day,
        "reader": taken.reader,
        "is_partial": taken.status is FileStatus.PARTIAL,
        "is_listed": taken.reader in LISTS,
        "record_count": records.height,
        "body_channel_count": len(measured & set(BODY_CHANNELS)),
        "place_channel_count": len(measured & set(PLACE_CHANNELS)),
        "first_latitude_deg": latitude,
        "first_longitude_deg": longitude,
    }


def _first_position(records: pl.DataFrame) -> tuple[float | None, float | None]:
    latitude, longitude = records["latitude_deg"], records["longitude_deg"]
    if latitude.null_count() == records.height:
        return None, None
    placed = np.isfinite(latitude.to_numpy()) & np.isfinite(longitude.to_numpy())
    first = int(placed.argmax())
    return (latitude[first], longitude[first]) if placed.any() else (None, None)


def activity_frame(batch: Batch) -> pl.DataFrame:
    """The batch's activities as a frame in the columns of `ingest.activity`."""
    return pl.DataFrame(batch.activities, schema=dict(ACTIVITY_SCHEMA))
