"""The relations that need no statistics, as frames: what was logged, the article's interventions,
and the empty ones of an analysis still to be made.
"""

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

from tightlog.advice.intervention_frame import catalogue_frame
from tightlog.domain.diary import corrected, done_corrected
from tightlog.domain.frames import DONE_SCHEMA, Columns
from tightlog.domain.score_frames import (
    done_frame,
    done_of,
    function_frame,
    score_frame,
    scores_of,
)
from tightlog.features.catalogue import feature_frame, features_of
from tightlog.features.cross_training import seen_interventions
from tightlog.features.day import counted
from tightlog.findings.columns import EFFECT_SCHEMA, FINDING_SCHEMA
from tightlog.findings.declared.hypothesis_columns import HYPOTHESIS_SCHEMA
from tightlog.journal.journal import Journal
from tightlog.refresh.past_looks import LOOK_SCHEMA
from tightlog.trials.columns import SERIES_SCHEMA, TOSS_SCHEMA, TRIAL_SCHEMA

# What an analysis writes, by the columns that are no words: a first `ingest` makes these without a
# row, because reading alone finds nothing.
BLANK: Mapping[str, Columns] = {
    "finding": FINDING_SCHEMA,
    "effect": EFFECT_SCHEMA,
    "past_look": LOOK_SCHEMA,
    "pattern": {"is_watched": pl.Boolean},
    "pattern_threshold": {"value": pl.Float64, "default_value": pl.Float64},
    "pattern_match": {
        "day": pl.Date,
        "started_on": pl.Date,
        "value": pl.Float64,
        "threshold": pl.Float64,
        "red_flags": pl.List(pl.String),
        "until_on": pl.Date,
    },
    "advice": {"day": pl.Date, "rank": pl.Int32},
    "hypothesis": HYPOTHESIS_SCHEMA,
    "trial": TRIAL_SCHEMA,
    "trial_day": TOSS_SCHEMA,
    "trial_series": SERIES_SCHEMA,
}
Relations = Mapping[str, pl.DataFrame]


def logged_relations(
    journal: Journal, activities: pl.DataFrame, scores: pl.DataFrame, done: pl.DataFrame
) -> Relations:
    """Scores and interventions that stand, those of files (`scores`, `done`) and those a watch
    recorded among them, and the catalogue.
    """
    seen = seen_interventions(counted(activities)).select(
        pl.col(name).cast(dtype) for name, dtype in DONE_SCHEMA.items()
    )
    file_scores = _standing(
        scores,
        journal,
        lambda rows, changes: score_frame(
            [corrected(one, changes[one.entry_id]) for one in scores_of(rows)]
        ),
    )
    file_done = _standing(
        done,
        journal,
        lambda rows, changes: done_frame(
            [done_corrected(one, changes[one.entry_id]) for one in done_of(rows)]
        ),
    )
    return {
        "tightness": pl.concat([score_frame(journal.scores), file_scores]),
        "intervention_log": pl.concat([done_frame(journal.interventions), file_done, seen]),
        "function_score": function_frame(journal.functions),
        "intervention": catalogue_frame(),
    }


def _standing(
    rows: pl.DataFrame,
    journal: Journal,
    changed: Callable[[pl.DataFrame, Mapping[str, Mapping[str, Any]]], pl.DataFrame],
) -> pl.DataFrame:
    """Entries of files as the runner left them: without those withdrawn, with those corrected."""
    standing = rows.filter(~pl.col("entry_id").is_in(list(journal.withdrawn)))
    is_changed = pl.col("entry_id").is_in(list(journal.file_changes))
    corrected_rows = changed(standing.filter(is_changed), journal.file_changes)
    return pl.concat([standing.filter(~is_changed), corrected_rows])


def blank_days(context: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """No day, in the columns of a home's features; and those features."""
    features = features_of(context)
    columns = {feature.feature: feature.dtype for feature in features}
    return pl.DataFrame(schema={"day": pl.Date, **columns}), feature_frame(features)
