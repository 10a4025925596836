"""A segment: what some activities recorded, in files that never change.

    data/warehouse/segments/4f1c….parquet      activity_key, then the columns of a kind of rows

One file for each kind of rows. Its name is the start of the SHA-256 of its bytes; it is complete
and on the disk before it has its name, so whatever names it finds all of it. Rows are sorted by
activity_key, which grows from segment to segment: one activity is found without reading the others.
"""

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from tightlog.domain.frames import RECORD_SCHEMA, Columns
from tightlog.home import private

if TYPE_CHECKING:
    import pyarrow as pa

# The rows of each kind, named as the relation of the schema `ingest` that shows them.
KINDS: Mapping[str, Columns] = {
    "record": {"activity_key": pl.Int64, **RECORD_SCHEMA},
    # One row per 30 s of a run while the timer runs: means over time of what was measured; null
    # where nothing believable was.
    "run_window": {
        "activity_key": pl.Int64,
        "window_index": pl.Int32,
        **dict.fromkeys(
            (
                "elapsed_s",
                "seconds",
                "speed_mps",
                "cadence_spm",
                "grade",
                "heart_rate_bpm",
                "ground_contact_ms",
                "vertical_oscillation_mm",
                "vertical_ratio_pct",
                "ground_contact_left_pct",
                "step_length_mm",
            ),
            pl.Float64,
        ),
    },
    # One row per activity and heart rate: the seconds spent at it while the timer ran, a gap
    # counted for 30 s at most.
    "heart_rate_seconds": {
        "activity_key": pl.Int64,
        "heart_rate_bpm": pl.Int32,
        "seconds": pl.Float64,
    },
}
# Rows that are skipped together when an activity is looked for.
ROW_GROUP = 60_000
# How values are packed: those that count up by their steps, those that hardly repeat byte by byte,
# the others by a dictionary. Measured on 250,000 real records: 11 bytes a record, against 16 by
# dictionaries alone and 35 in a DuckDB file.
COUNTING = ("record_index", "recorded_at", "window_index")
WANDERING = ("elapsed_s", "latitude_deg", "longitude_deg", "distance_m")
ENCODING = dict.fromkeys(COUNTING, "DELTA_BINARY_PACKED") | dict.fromkeys(
    WANDERING, "BYTE_STREAM_SPLIT"
)


@dataclass(frozen=True)
class Segment:
    """The files of a segment by the kind of their rows, how many records and activities it holds,
    and the smallest and largest key of those.
    """

    files: Mapping[str, Path]
    record_count: int
    activity_count: int
    first_key: int
    last_key: int


def file_of(kind: str, rows: pl.DataFrame, folder: Path) -> Path:
    """A file of these rows, by activity_key. Raises OSError."""
    columns = [pl.col(name).cast(dtype) for name, dtype in KINDS[kind].items()]
    table = rows.select(columns).to_arrow(compat_level=pl.CompatLevel.oldest())
    return file_of_tables([table], table.schema, folder)


def file_of_tables(tables: "Iterable[pa.Table]", schema: "pa.Schema", folder: Path) -> Path:
    """A file of the rows of several tables, written one after the other. Raises OSError."""
    # Imported where a file is written: whoever only names segments needs none of it.
    import pyarrow.parquet as pq

    unfinished = folder / f"unfinished-{os.getpid()}.tmp"
    try:
        with open(unfinished, "wb", opener=private.opener) as file:
            with pq.ParquetWriter(
                file,
                schema,
                compression="zstd",
                compression_level=1,
                use_dictionary=[name for name in schema.names if name not in ENCODING],
                column_encoding={name: ENCODING[name] for name in schema.names if name in ENCODING},
            ) as writer:
                for table in tables:
                    writer.write_table(table, ROW_GROUP)
            file.flush()
            private.settle(unfinished, is_read_only=True)
            os.fsync(file.fileno())
        path = folder / f"{_sha256(unfinished)[:32]}.parquet"
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    return path


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
