"""The analysis: features → findings → patterns → advice, as frames from frames."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from tightlog.advice.choose import advice
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
from tightlog.features.renewed_form import MARKED, KnownForm
from tightlog.findings.columns import EFFECT_SCHEMA, FINDING_SCHEMA
from tightlog.findings.read_days import days_of_effects, days_of_findings
from tightlog.home.settings import Settings
from tightlog.journal.red_flag_spans import imported_spans
from tightlog.patterns.catalogue import PatternInputs
from tightlog.patterns.match import matches, pattern_frame, threshold_frame
from tightlog.patterns.pattern import RED_FLAG_SCHEMA
from tightlog.refresh.carried import NOTHING_MADE, SEED, Made, fingerprint
from tightlog.warehouse.inputs import Inputs


@dataclass(frozen=True)
class Analysis:
    """Everything the analysis found: what was measured of each activity, the days with their
    features, and one frame per relation that is new; `carried` are the relations that stand as they
    are, `made_from` the marks to carry relations on by.
    """

    measured: pl.DataFrame
    days: pl.DataFrame
    features: pl.DataFrame
    relations: Mapping[str, pl.DataFrame]
    carried: Sequence[str]
    made_from: Mapping[str, str]


def analysis(
    stored: Inputs,
    journal_spans: Sequence[RedFlagSpan],
    settings: Settings,
    as_of: date,
    before: Made = NOTHING_MADE,
) -> Analysis:
    """Features, findings, patterns and advice from what the warehouse holds of files and diary;
    findings and effects of an earlier analysis stand where all they read is the same.
    """
    inputs = feature_inputs(stored, settings)
    measured = measured_activities(inputs, KnownForm(before.measured, SEED))
    days = day_features_of(inputs, measured)
    linked = linked_relations(days, stored.done, before)
    finding, effect = linked.rows["finding"], linked.rows["effect"]
    watched = pattern_inputs(days, measured, inputs, journal_spans, finding, settings.thresholds)
    matched = matches(watched)
    carried = [name for name in linked.rows if before.holds(name, linked.made_from)]
    relations = {
        **{name: rows for name, rows in linked.rows.items() if name not in carried},
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
    return Analysis(
        measured.select("activity_id", *MEASURED, *MARKED),
        days,
        feature_frame(features_of(inputs.context)),
        relations,
        carried,
        linked.made_from,
    )


def linked_relations(days: pl.DataFrame, done: pl.DataFrame, before: Made) -> Made:
    """Findings and effects, made again or carried on, each with the mark of what it was made
    from.
    """
    of_findings = days_of_findings(days)
    of_effects, names = days_of_effects(days, done)

    # The statistics are imported where they are used: they take longer than all else.
    def finding() -> pl.DataFrame:
        from tightlog.findings.association import associate

        return associate(of_findings)

    def effect() -> pl.DataFrame:
        from tightlog.findings.effects import effects

        return effects(of_effects, interventions=names)

    marks = {"finding": fingerprint(of_findings), "effect": fingerprint(of_effects)}
    rows = {
        "finding": before.relation("finding", marks, FINDING_SCHEMA, finding),
        "effect": before.relation("effect", marks, EFFECT_SCHEMA, effect),
    }
    return Made(rows, marks)


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


def _flag_frame(spans: Sequence[RedFlagSpan]) -> pl.DataFrame:
    rows = [(span.started_on, span.cleared_on, list(span.names), span.evidence) for span in spans]
    return pl.DataFrame(rows, schema=dict(RED_FLAG_SCHEMA), orient="row")
