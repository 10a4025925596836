"""The relations that need no statistics: what was read and logged, the days, and the blank ones of an analysis still to be made."""

from collections.abc import Mapping, Sequence

import duckdb
import polars as pl

from tightlog.advice.intervention_frame import catalogue_frame
from tightlog.domain.diary import InterventionDone, TightnessScore
from tightlog.domain.frames import DONE_SCHEMA, SCORE_SCHEMA, Columns
from tightlog.features.catalogue import feature_frame, features_of
from tightlog.features.cross_training import seen_interventions
from tightlog.features.feature import Feature
from tightlog.findings.columns import EFFECT_SCHEMA, FINDING_SCHEMA
from tightlog.journal.journal import Journal
from tightlog.warehouse import build

# What an analysis writes, by the columns that are no words: a first `ingest` makes these without a row, because reading alone finds nothing.
BLANK: Mapping[str, Columns] = {
    "finding": FINDING_SCHEMA,
    "effect": EFFECT_SCHEMA,
    "pattern": {"is_watched": pl.Boolean},
    "pattern_match": {"day": pl.Date, "started_on": pl.Date, "value": pl.Float64, "threshold": pl.Float64,
                      "red_flags": pl.List(pl.String)},
    "advice": {"day": pl.Date, "rank": pl.Int32},
}


def write_file_relations(connection: duckdb.DuckDBPyConnection, journal: Journal) -> None:
    """Makes the relations that say what was read and logged."""
    for name in build.RELATIONS_OF_FILES:
        build.write_relation(connection, name)
    build.write_relation(connection, "tightness", {"incoming_score": score_frame(journal.scores)})
    seen = seen_interventions(build.frame(connection, "select * from activity")).select(
        pl.col(name).cast(dtype) for name, dtype in DONE_SCHEMA.items())
    build.write_relation(connection, "intervention_log", {"incoming_intervention": pl.concat([done_frame(journal.interventions), seen])})
    build.write_relation(connection, "intervention", {"incoming_intervention_catalogue": catalogue_frame()})


def write_blank_analysis(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes the relations of an analysis, empty, where the draft has none."""
    if connection.execute("select 1 from duckdb_tables() where schema_name = 'main' and table_name = 'advice'").fetchall():
        return
    features = features_of(build.frame(connection, "select * from context"))
    write_days(connection, pl.DataFrame(schema={"day": pl.Date, **{feature.feature: feature.dtype for feature in features}}), features)
    for name, kinds in BLANK.items():
        schema = {column: kinds.get(column, pl.String) for column in build.column_names(name)}
        build.write_relation(connection, name, {f"incoming_{name}": pl.DataFrame(schema=schema)})


def write_days(connection: duckdb.DuckDBPyConnection, days: pl.DataFrame, features: Sequence[Feature]) -> None:
    """Makes the relations `feature` and `day`, every column commented as its feature is defined."""
    build.write_relation(connection, "feature", {"incoming_feature": feature_frame(features)})
    build.write_relation(connection, "day", {"incoming_day": days})
    for feature in features:
        build.comment(connection, "column", f'day."{feature.feature}"', f"{feature.definition} [{feature.unit}]")


def score_frame(scores: Sequence[TightnessScore]) -> pl.DataFrame:
    """Scores as a frame in the columns of `tightness`."""
    rows = [{name: getattr(score, name) for name in SCORE_SCHEMA} | {"red_flags": list(score.red_flags)} for score in scores]
    return pl.DataFrame(rows, schema=dict(SCORE_SCHEMA))


def scores_of(frame: pl.DataFrame) -> list[TightnessScore]:
    """Rows of `tightness` as scores, in their order."""
    return [TightnessScore(**(row | {"red_flags": tuple(row["red_flags"] or ())})) for row in frame.select(list(SCORE_SCHEMA)).iter_rows(named=True)]


def done_frame(interventions: Sequence[InterventionDone]) -> pl.DataFrame:
    """Interventions done as a frame in the columns of `intervention_log`."""
    return pl.DataFrame([{name: getattr(one, name) for name in DONE_SCHEMA} for one in interventions], schema=dict(DONE_SCHEMA))

