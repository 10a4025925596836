"""Reading again: a few FIT files a night are decoded a second time by fitparse and compared with
what the warehouse holds. No part of a refresh: the nightly run does it after publishing.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import groupby

import polars as pl

from tightlog.domain.frames import UTC_INSTANT, Columns
from tightlog.home.second_reading import Outcome, SecondReading, SessionFacts, differences
from tightlog.home.second_readings import keep_second_readings, second_readings
from tightlog.home.settings import Home
from tightlog.ingest.second_reader import OutOfTime, SecondReader
from tightlog.ingest.stored_content import bytes_at, unpacked
from tightlog.warehouse import store
from tightlog.warehouse.build import SCHEMA_VERSION

# What a night may cost in computing, so that a small machine has it back within seconds.
MOST_S = 5
READER = f"fitparse {version('fitparse')}"
FRAME_SCHEMA: Columns = {
    "sha256": pl.String,
    "verified_by": pl.String,
    "read_again_at": UTC_INSTANT,
    "second_reading": pl.String,
}


@dataclass(frozen=True)
class Stored:
    """A FIT file as the warehouse knows it."""

    path: str
    member: str | None
    size_bytes: int
    sha256: str
    sessions: tuple[SessionFacts, ...]


@dataclass(frozen=True)
class Tally:
    """How many files were read again just now, in how many something differs, and how many are
    left for the next nights.
    """

    read_count: int
    different_count: int
    left_count: int


def read_again(home: Home, most_s: int = MOST_S) -> Tally:
    """Reads files that were not read again yet, newest first, and keeps what came of it.

    Raises WarehouseError when nothing is published, OSError when the record cannot be written.
    """
    files = tuple(_stored(store.answer(store.published_version(home), "sessions_to_read_again")))
    current = {one.sha256 for one in files}
    known = {sha256: one for sha256, one in standing(home).items() if sha256 in current}
    waiting = [one for one in files if one.sha256 not in known]
    with SecondReader(most_s) as reader:
        found = [(one, outcome) for one in waiting if (outcome := _read(home, one, reader))]
    read = {one.sha256: outcome for one, outcome in found}
    if read:
        keep_second_readings(home, (known | read).values())
    different = sum(one.outcome is Outcome.DIFFERENT for one in read.values())
    return Tally(len(read), different, len(waiting) - len(read))


def standing(home: Home) -> Mapping[str, SecondReading]:
    """Second readings by content that were compared with what today's readers find."""
    return {
        sha256: one
        for sha256, one in second_readings(home).items()
        if (one.schema_version, one.by) == (SCHEMA_VERSION, READER)
    }


def second_reading_frame(home: Home) -> pl.DataFrame:
    """The standing second readings in the columns of `ingest.second_reading`."""
    rows = [
        (one.sha256, one.by if one.outcome is Outcome.SAME else None, one.at, one.outcome.value)
        for one in standing(home).values()
    ]
    return pl.DataFrame(rows, schema=dict(FRAME_SCHEMA), orient="row")


def _read(home: Home, file: Stored, reader: SecondReader) -> SecondReading | None:
    """What came of reading one file again; None when its turn is another night, or its bytes
    cannot be had now.
    """
    if reader.is_too_large(file.size_bytes):
        return _reading(file, Outcome.TOO_LARGE)
    if not reader.has_time_for(file.size_bytes):
        return None
    data = bytes_at(home.raw, file.path, file.member)
    if data is None or hashlib.sha256(data).hexdigest() != file.sha256:
        return None
    content = unpacked(data)
    if reader.is_too_large(len(content)):
        return _reading(file, Outcome.TOO_LARGE)
    if not reader.has_time_for(len(content)):
        return None
    try:
        answer = reader.read(content)
    except OutOfTime:
        # If it had all the time for itself, no other night gives it more.
        return _reading(file, Outcome.TOO_LARGE) if reader.answered_count == 0 else None
    if answer.sessions is None:
        return _reading(file, Outcome.NOT_POSSIBLE)
    differing = differences(file.sessions, answer.sessions)
    outcome = Outcome.DIFFERENT if differing else Outcome.SAME
    return SecondReading(file.sha256, outcome, READER, datetime.now(UTC), SCHEMA_VERSION, differing)


def _reading(file: Stored, outcome: Outcome) -> SecondReading:
    return SecondReading(file.sha256, outcome, READER, datetime.now(UTC), SCHEMA_VERSION)


def _stored(rows: pl.DataFrame) -> Iterator[Stored]:
    for sha256, sessions in groupby(rows.iter_rows(named=True), lambda row: row["sha256"]):
        each = list(sessions)
        facts = tuple(
            SessionFacts(
                row["session_index"], row["record_count"], row["distance_m"], row["cadence_raw"]
            )
            for row in each
        )
        first = each[0]
        yield Stored(first["path"], first["member"], first["size_bytes"], str(sha256), facts)
