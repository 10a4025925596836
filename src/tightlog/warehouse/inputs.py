"""Inputs: what the features are made of, as a draft or a published version holds it."""

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import duckdb
import polars as pl

from tightlog.domain.recorded import Recorded
from tightlog.domain.thresholds import WHOLE_SPAN
from tightlog.warehouse import store
from tightlog.warehouse.build import frame, statement
from tightlog.warehouse.read_only import quoted


@dataclass(frozen=True)
class Inputs:
    """The activities kept, their recordings, which are read while the connection is open, and what
    was noted.

    `done` are all interventions, `interventions_done` those that no watch recorded.
    """

    activities: pl.DataFrame
    recorded: Recorded
    scores: pl.DataFrame
    done: pl.DataFrame
    interventions_done: pl.DataFrame
    context: pl.DataFrame


def inputs(connection: duckdb.DuckDBPyConnection) -> Inputs:
    """What the database of a connection holds."""

    def all_of(relation: str) -> pl.DataFrame:
        return frame(connection, f"select * from {relation}")

    return Inputs(
        activities=all_of("activity"),
        recorded=_recorded(connection),
        scores=all_of("tightness"),
        done=all_of("intervention_log"),
        interventions_done=frame(connection, statement("input/interventions_done")),
        context=frame(connection, statement("input/context")),
    )


def _recorded(connection: duckdb.DuckDBPyConnection) -> Recorded:
    """The recordings of the activities kept, by which rules they are read in their marks."""
    marks = frame(connection, statement("input/recorded"), [WHOLE_SPAN])
    lent = marks.drop_nulls("lent_by")

    latest: dict[str, tuple[frozenset[str], pl.DataFrame]] = {}

    def rows(name: str, ids: pl.Series) -> pl.DataFrame:
        """Read, or taken from what was read last: what is new is asked for again and again."""
        asked = frozenset(ids)
        held, found = latest.get(name, (frozenset(), pl.DataFrame()))
        if not found.width or not asked <= held:
            found = _recorded_rows(connection, name, ids.to_list())
            latest[name] = asked, found
            return found
        return found if asked == held else found.filter(pl.col("activity_id").is_in(list(asked)))

    def heart_rate_seconds(ids: pl.Series) -> pl.DataFrame:
        borrowed = lent.filter(pl.col("activity_id").is_in(ids.implode()))
        if borrowed.is_empty():
            return rows("heart_rate_seconds", ids)
        # With those who lend at once: asked apart, each would take the place of what was read last.
        found = rows("heart_rate_seconds", pl.concat([ids, borrowed["lent_by"]]).unique())
        own = found.filter(pl.col("activity_id").is_in(ids.implode()))
        taken = borrowed.select("activity_id", "lent_by").join(
            found, left_on="lent_by", right_on="activity_id", maintain_order="left_right"
        )
        return pl.concat([own, taken.select(own.columns)])

    return Recorded(
        marks.select("activity_id", "recorded_mark"),
        partial(rows, "run_windows"),
        heart_rate_seconds,
    )


def _recorded_rows(
    connection: duckdb.DuckDBPyConnection, name: str, ids: list[str]
) -> pl.DataFrame:
    """Rows of a kind of the activities, of the segments alone that hold any: to open the others
    takes longer than to read these.
    """
    segments = frame(connection, statement("input/segments"), [ids])
    asked = segments.filter("is_asked")
    # One at least says which columns there are.
    files = (segments.head(1) if asked.is_empty() else asked)[name]
    read = statement(f"input/{name}").replace("['segment.parquet']", quoted(files.to_list()))
    return frame(connection, read, [ids])


def published_inputs(version: Path) -> Inputs:
    """What a published version holds, the recordings read as well."""
    with store.open_version(version) as connection:
        found = inputs(connection)
        return replace(found, recorded=found.recorded.held())
