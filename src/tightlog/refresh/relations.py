"""The relations that need no statistics: what was read and logged, the days, and the blank ones
of an analysis still to be made.
"""

from collections.abc import Mapping, Sequence

import polars as pl

from tightlog.advice.intervention_frame import catalogue_frame
from tightlog.domain.frames import DONE_SCHEMA, Columns
from tightlog.domain.score_frames import done_frame, score_frame
from tightlog.domain.score_frames import scores_of as scores_of
from tightlog.features.catalogue import feature_frame, features_of
from tightlog.features.cross_training import seen_interventions
from tightlog.features.feature import Feature
from tightlog.findings.columns import EFFECT_SCHEMA, FINDING_SCHEMA
from tightlog.journal.journal import Journal
from tightlog.warehouse import build

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


def write_file_relations(draft: build.Draft, journal: Journal) -> None:
    """Makes the relations that say what was read and logged."""
    for name in build.RELATIONS_OF_FILES:
        build.write_relation(draft, name)
    build.write_relation(draft, "tightness", {"incoming_score": score_frame(journal.scores)})
    seen = seen_interventions(build.relation(draft, "activity")).select(
        pl.col(name).cast(dtype) for name, dtype in DONE_SCHEMA.items()
    )
    build.write_relation(
        draft,
        "intervention_log",
        {"incoming_intervention": pl.concat([done_frame(journal.interventions), seen])},
    )
    build.write_relation(
        draft, "intervention", {"incoming_intervention_catalogue": catalogue_frame()}
    )


def write_blank_analysis(draft: build.Draft) -> None:
    """Makes the relations of an analysis, empty, where the draft has none."""
    if build.has_relation(draft, "advice"):
        return
    features = features_of(build.relation(draft, "context"))
    write_days(
        draft,
        pl.DataFrame(
            schema={"day": pl.Date, **{feature.feature: feature.dtype for feature in features}}
        ),
        features,
    )
    for name, kinds in BLANK.items():
        schema = {column: kinds.get(column, pl.String) for column in build.column_names(name)}
        build.write_relation(draft, name, {f"incoming_{name}": pl.DataFrame(schema=schema)})


def write_days(draft: build.Draft, days: pl.DataFrame, features: Sequence[Feature]) -> None:
    """Makes the relations `feature` and `day`, every column commented as its feature is defined."""
    build.write_relation(draft, "feature", {"incoming_feature": feature_frame(features)})
    build.write_relation(draft, "day", {"incoming_day": days})
    for feature in features:
        build.comment(
            draft, "column", f'day."{feature.feature}"', f"{feature.definition} [{feature.unit}]"
        )
