"""The analysis: features → findings → patterns → advice, as frames from frames."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from tightlog.advice.choose import advice
from tightlog.domain.frames import IS_WATCHED
from tightlog.domain.known_days import last_day
from tightlog.domain.red_flags import RedFlagSpan, standing
from tightlog.domain.score_frames import scores_of
from tightlog.features.catalogue import feature_frame, features_of
from tightlog.features.day import (
    MEASURED,
    FeatureInputs,
    counted,
    day_features_of,
    measured_activities,
)
from tightlog.features.load import Runner
from tightlog.findings.association import associate
from tightlog.findings.effects import effects
from tightlog.home.settings import Settings
from tightlog.journal.red_flag_spans import imported_spans
from tightlog.patterns.catalogue import PatternInputs
from tightlog.patterns.match import matches, pattern_frame, threshold_frame
from tightlog.patterns.pattern import RED_FLAG_SCHEMA
from tightlog.warehouse.inputs import Inputs


@dataclass(frozen=True)
class Analysis:
    """Everything the analysis found: what was measured of each activity, the days with their
    features, and one frame per relation.
    """

    measured: pl.DataFrame
    days: pl.DataFrame
    features: pl.DataFrame
    relations: Mapping[str, pl.DataFrame]


def analysis(
    stored: Inputs, journal_spans: Sequence[RedFlagSpan], settings: Settings, as_of: date
) -> Analysis:
    """Features, findings, patterns and advice from what the warehouse holds of files and diary."""
    inputs = feature_inputs(stored, settings)
    measured = measured_activities(inputs)
    days = day_features_of(inputs, measured)
    features = feature_frame(features_of(inputs.context))
    finding = associate(days)
    marked, names = intervention_days(days, stored.done)
    effect = effects(marked, interventions=names)
    watched = pattern_inputs(days, measured, inputs, journal_spans, finding, settings.thresholds)
    matched = matches(watched)
    relations = {
        "finding": finding,
        "effect": effect,
        "pattern": pattern_frame(watched),
        "pattern_threshold": threshold_frame(watched),
        "pattern_match": matched,
        "advice": advice(
            as_of,
            days,
            matched,
            finding,
            stored.done,
            standing(journal_spans),
            scores=inputs.scores,
            effects=effect,
        ),
    }
    return Analysis(measured.select("activity_id", *MEASURED), days, features, relations)


def feature_inputs(stored: Inputs, settings: Settings) -> FeatureInputs:
    """What the features are made of, of this runner."""
    return FeatureInputs(
        activities=stored.activities,
        run_windows=stored.run_windows,
        heart_rate_seconds=stored.heart_rate_seconds,
        scores=stored.scores,
        interventions_done=stored.interventions_done,
        context=stored.context,
        runner=Runner(
            settings.sex,
            settings.heart_rate_max_bpm,
            settings.heart_rate_rest_bpm,
            settings.declared,
        ),
        last_day=last_day(settings.zone),
    )


def pattern_inputs(
    days: pl.DataFrame,
    activities: pl.DataFrame,
    noted: FeatureInputs,
    journal_spans: Sequence[RedFlagSpan],
    findings: pl.DataFrame | None,
    thresholds: Mapping[str, Mapping[str, float]],
) -> PatternInputs:
    """What the patterns look at: the features, what was noted, and the red flags of journal and
    files.
    """
    imported = imported_spans(scores_of(noted.scores.filter(pl.col("source") != "diary")))
    return PatternInputs(
        days,
        counted(activities),
        _flag_frame([*journal_spans, *imported]),
        findings,
        thresholds,
        scores=noted.scores,
        context=noted.context,
    )


def intervention_days(days: pl.DataFrame, done: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    """Days with one 0/1 column per intervention ever done (null on a day of unknown coverage),
    and those columns' names.
    """
    names = done["intervention"].unique().sort().to_list()
    for name in names:
        on = done.filter(pl.col("intervention") == name)["day"].unique()
        is_done = pl.when(IS_WATCHED).then(pl.col("day").is_in(on.implode()).cast(pl.Float64))
        days = days.with_columns(is_done.alias(name))
    return days, names


def _flag_frame(spans: Sequence[RedFlagSpan]) -> pl.DataFrame:
    rows = [(span.started_on, span.cleared_on, list(span.names), span.evidence) for span in spans]
    return pl.DataFrame(rows, schema=dict(RED_FLAG_SCHEMA), orient="row")
