"""Analyse: features → findings → patterns → advice, on what the draft holds; the results become
its relations.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

import polars as pl

from tightlog.advice.choose import advice
from tightlog.domain.known_days import last_day
from tightlog.domain.red_flags import RedFlagSpan, standing
from tightlog.features.catalogue import features_of
from tightlog.features.day import MEASURED, FeatureInputs, day_features_of, measured_activities
from tightlog.features.load import Runner
from tightlog.findings.association import associate
from tightlog.findings.effects import effects
from tightlog.home.settings import Settings
from tightlog.journal.red_flag_spans import imported_spans
from tightlog.patterns.catalogue import PatternInputs
from tightlog.patterns.match import matches, pattern_frame, threshold_frame
from tightlog.patterns.pattern import RED_FLAG_SCHEMA
from tightlog.refresh.relations import scores_of, write_days
from tightlog.warehouse import build


@dataclass(frozen=True)
class Analysis:
    """Everything the analysis found, one frame per relation."""

    finding: pl.DataFrame
    effect: pl.DataFrame
    pattern: pl.DataFrame
    pattern_threshold: pl.DataFrame
    pattern_match: pl.DataFrame
    advice: pl.DataFrame


def analyse(
    draft: build.Draft, journal_spans: Sequence[RedFlagSpan], settings: Settings, as_of: date
) -> None:
    """Computes features, findings, patterns and advice from the file relations and writes them
    as relations.
    """
    inputs = feature_inputs(draft, settings)
    measured = measured_activities(inputs)
    build.replace(draft, "activity_feature", measured.select("activity_id", *MEASURED))
    build.write_relation(draft, "activity")
    days = day_features_of(inputs, measured)
    write_days(draft, days, features_of(inputs.context))
    done = build.relation(draft, "intervention_log")
    result = _analysis(days, measured, inputs, done, journal_spans, settings, as_of)
    for field in fields(result):
        build.write_relation(
            draft, field.name, {f"incoming_{field.name}": getattr(result, field.name)}
        )


def feature_inputs(draft: build.Draft, settings: Settings) -> FeatureInputs:
    """What the features are made of, from the relations of a draft or of a published version."""
    return FeatureInputs(
        activities=build.relation(draft, "activity"),
        run_windows=build.input_rows(draft, "run_windows"),
        heart_rate_seconds=build.input_rows(draft, "heart_rate_seconds"),
        scores=build.relation(draft, "tightness"),
        interventions_done=build.input_rows(draft, "interventions_done"),
        context=build.input_rows(draft, "context"),
        runner=Runner(
            settings.sex,
            settings.heart_rate_max_bpm,
            settings.heart_rate_rest_bpm,
            settings.declared,
        ),
        last_day=last_day(settings.zone),
    )


def _analysis(
    days: pl.DataFrame,
    activities: pl.DataFrame,
    noted: FeatureInputs,
    done: pl.DataFrame,
    journal_spans: Sequence[RedFlagSpan],
    settings: Settings,
    as_of: date,
) -> Analysis:
    finding = associate(days)
    marked, names = intervention_days(days, done)
    effect = effects(marked, interventions=names)
    inputs = pattern_inputs(days, activities, noted, journal_spans, finding, settings.thresholds)
    matched = matches(inputs)
    flag = standing(journal_spans)
    advised = advice(as_of, days, matched, finding, done, flag, scores=noted.scores, effects=effect)
    return Analysis(
        finding, effect, pattern_frame(inputs), threshold_frame(inputs), matched, advised
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
        activities,
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
        is_done = pl.when(pl.col("coverage") == "watched").then(
            pl.col("day").is_in(on.implode()).cast(pl.Float64)
        )
        days = days.with_columns(is_done.alias(name))
    return days, names


def _flag_frame(spans: Sequence[RedFlagSpan]) -> pl.DataFrame:
    rows = [(span.started_on, span.cleared_on, list(span.names), span.evidence) for span in spans]
    return pl.DataFrame(rows, schema=dict(RED_FLAG_SCHEMA), orient="row")
