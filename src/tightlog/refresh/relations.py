"""The relations that need no statistics, as frames: what was logged, the article's interventions,
and the empty ones of an analysis still to be made.
"""

from collections.abc import Mapping

import polars as pl

from tightlog.advice.intervention_frame import catalogue_frame
from tightlog.domain.frames import DONE_SCHEMA, Columns
from tightlog.domain.score_frames import done_frame, score_frame
from tightlog.features.catalogue import feature_frame, features_of
from tightlog.features.cross_training import seen_interventions
from tightlog.features.day import counted
from tightlog.findings.columns import EFFECT_SCHEMA, FINDING_SCHEMA
from tightlog.journal.journal import Journal

# What an analysis writes, by the columns that are no words: a first `ingest` makes these without a
# row, because reading alone finds nothing.
BLANK: Mapping[str, Columns] = {
    "finding": FINDING_SCHEMA,
    "effect": EFFECT_SCHEMA,
    "pattern": {"is_watched": pl.Boolean},
    "pattern_threshold": {"value": pl.Float64, "default_value": pl.Float64},
    "pattern_match": {
        "day": pl.Date,
        "started_on": pl.Date,
        "value": pl.Float64,
        "threshold": pl.Float64,
        "red_flags": pl.List(pl.String),
    },
    "advice": {"day": pl.Date, "rank": pl.Int32},
}
Relations = Mapping[str, pl.DataFrame]


def logged_relations(journal: Journal, activities: pl.DataFrame) -> Relations:
    """Scores and interventions that stand, those a watch recorded among them, and the catalogue."""
    seen = seen_interventions(counted(activities)).select(
        pl.col(name).cast(dtype) for name, dtype in DONE_SCHEMA.items()
    )
    return {
        "tightness": score_frame(journal.scores),
        "intervention_log": pl.concat([done_frame(journal.interventions), seen]),
        "intervention": catalogue_frame(),
    }


def blank_days(context: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """No day, in the columns of a home's features; and those features."""
    features = features_of(context)
    columns = {feature.feature: feature.dtype for feature in features}
    return pl.DataFrame(schema={"day": pl.Date, **columns}), feature_frame(features)
