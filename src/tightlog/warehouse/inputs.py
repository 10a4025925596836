"""Inputs: what the features are made of, as a draft or a published version holds it."""

from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from tightlog.domain.thresholds import WHOLE_SPAN
from tightlog.warehouse import store
from tightlog.warehouse.build import frame, statement


@dataclass(frozen=True)
class Inputs:
    """The activities kept, their 30-s windows and heart-rate seconds, and what was noted.

    `done` are all interventions, `interventions_done` those that no watch recorded.
    """

    activities: pl.DataFrame
    run_windows: pl.DataFrame
    heart_rate_seconds: pl.DataFrame
    scores: pl.DataFrame
    done: pl.DataFrame
    interventions_done: pl.DataFrame
    context: pl.DataFrame


def inputs(connection: duckdb.DuckDBPyConnection) -> Inputs:
    """What the database of a connection holds."""
    bound = {
        "run_windows": [],
        "heart_rate_seconds": [WHOLE_SPAN],
        "interventions_done": [],
        "context": [],
    }
    rows = {
        name: frame(connection, statement(f"input/{name}"), values)
        for name, values in bound.items()
    }
    return Inputs(
        activities=frame(connection, "select * from activity"),
        scores=frame(connection, "select * from tightness"),
        done=frame(connection, "select * from intervention_log"),
        **rows,
    )


def published_inputs(version: Path) -> Inputs:
    """What a published version holds."""
    with store.open_version(version) as connection:
        return inputs(connection)
