"""Records newly read → a segment, with what is derived of them once for all: the 30-s windows and
the seconds by heart rate.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

import duckdb
import polars as pl

from tightlog.domain.channels import CHANNELS, Channel
from tightlog.warehouse.build import frame, statement
from tightlog.warehouse.segments.segment import Segment, file_of

DERIVED = ("run_window", "heart_rate_seconds")
FOLLOWED = ("activity_key", "elapsed_s", "distance_m", "latitude_deg", "longitude_deg")


def segment_of(activities: pl.DataFrame, records: pl.DataFrame, folder: Path) -> Segment:
    """The records, activity by activity in their order, as a segment in the folder.

    `activities` has the columns of `ingest.activity`. Raises OSError.
    """
    rows = {"record": records, **derived(activities, records)}
    keys = activities["activity_key"].sort()
    files = {kind: file_of(kind, held, folder) for kind, held in rows.items()}
    return Segment(files, records.height, keys.len(), keys[0], keys[-1])


def derived(activities: pl.DataFrame, records: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Rows of DERIVED by kind."""
    with prepared().cursor() as connection:
        connection.register("incoming_activity", activities)
        connection.register("incoming_step", _steps(records))
        return {kind: frame(connection, statement(f"derive/{kind}")) for kind in DERIVED}


# The connection of who derives, while it has one.
_lent: ContextVar[duckdb.DuckDBPyConnection | None] = ContextVar("lent", default=None)


@contextmanager
def lent(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Within it deriving takes a cursor of this connection."""
    token = _lent.set(connection)
    try:
        yield
    finally:
        _lent.reset(token)


def prepared() -> duckdb.DuckDBPyConnection:
    """What deriving needs: it costs more than a small file."""
    return _lent.get() or _of_this_process()


@cache
def _of_this_process() -> duckdb.DuckDBPyConnection:
    # One thread: several processes read at the same time.
    return duckdb.connect(config={"threads": 1})


def _steps(records: pl.DataFrame) -> pl.DataFrame:
    """Each record while the timer runs with what the next one of its activity says.

    Made here and not by a window in SQL: the order is known, and DuckDB 2.0 would sort for it (or,
    over an empty window, lose a row now and then at the end of a chunk).
    """
    running = records.filter(pl.col("is_timer_running") & pl.col("elapsed_s").is_not_null())
    following = (pl.col(name).shift(-1).alias(f"next_{name}") for name in FOLLOWED)
    steps = running.select("activity_key", "elapsed_s", *map(_believed, CHANNELS), *following)
    return steps.filter(pl.col("activity_key") == pl.col("next_activity_key"))


def _believed(channel: Channel) -> pl.Expr:
    """The channel where it lies in the range of a run, else null."""
    value = pl.col(channel.name)
    limits = channel.range_in_run
    return pl.when(value.is_between(*limits)).then(value) if limits else value
