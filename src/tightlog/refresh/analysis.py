"""The analysis: features → findings → patterns → advice, as frames from frames."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from tightlog.advice.choose import advice
from tightlog.domain.clocks import last_day
from tightlog.domain.recorded import KnownBefore
from tightlog.domain.red_flags import RedFlagSpan, standing
from tightlog.features.catalogue import feature_frame, features_of
from tightlog.features.day import (
    MEASURED,
    FeatureInputs,
    counted,
    day_features_of,
    form_of,
    hearts_of,
    with_measured,
)
from tightlog.features.hearts.trimp import Runner
from tightlog.features.renewed_form import MARKED
from tightlog.findings.columns import EFFECT_SCHEMA, FINDING_SCHEMA
from tightlog.findings.read_days import days_of_effects, days_of_findings
from tightlog.home.settings import Settings
from tightlog.journal.flags_in_files import spans_in_files
from tightlog.language.catalogue import sentence_mark
from tightlog.patterns.catalogue import PatternInputs
from tightlog.patterns.match import matches, pattern_frame, threshold_frame
from tightlog.patterns.pattern import RED_FLAG_SCHEMA
from tightlog.refresh.carried import NOTHING_MADE, SEED, Made
from tightlog.refresh.past_looks import LOOK_SCHEMA, PastLooks, known_looks
from tightlog.warehouse.drafts.marks import fingerprint
from tightlog.warehouse.inputs import Inputs
from tightlog.words.measures import chosen

# Verdicts that may be looked at every day.
LASTING_VERDICTS = ("clear", "possible", "helps", "hurts")


@dataclass(frozen=True)
class Analysis:
    """Everything the analysis found: what was measured of each activity, by the table that keeps
    it, the days with their features, and one frame per relation that is new; `carried` are the
    relations that stand as they are, `made_from` the marks to carry relations on by.
    """

    measured: Mapping[str, pl.DataFrame]
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
    declined: frozenset[str] = frozenset(),
) -> Analysis:
    """Features, findings, patterns and advice from what the warehouse holds of files and diary;
    findings and effects of an earlier analysis stand where all they read is the same. What the
    runner declined for the day is not advised.
    """
    inputs = feature_inputs(stored, settings)
    measured, kept = _measured(inputs, before)
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
            declined=declined,
        ),
    }
    return Analysis(
        kept,
        days,
        feature_frame(features_of(inputs.context)),
        relations,
        carried,
        linked.made_from,
    )


def _measured(
    inputs: FeatureInputs, before: Made
) -> tuple[pl.DataFrame, Mapping[str, pl.DataFrame]]:
    """The activities as measured, and what is kept of it, by the table that keeps it."""
    # Form first: it reads more of the recordings, what is new among it.
    form = form_of(inputs, KnownBefore(before.measured, SEED))
    hearts = hearts_of(inputs, KnownBefore(before.hearts, SEED))
    measured = with_measured(inputs, form, hearts)
    return measured, {
        "activity_feature": measured.select("activity_id", *MEASURED, *MARKED),
        "activity_heart": hearts.rows,
    }


def linked_relations(days: pl.DataFrame, done: pl.DataFrame, before: Made) -> Made:
    """Findings and effects, made again or carried on, each with the mark of what it was made
    from.
    """
    of_findings = days_of_findings(days)
    of_effects, names = days_of_effects(days, done)

    # A finding's sentence holds distances, in kilometres or miles; all are in one language.
    language = sentence_mark()
    marks = {
        "finding": f"{fingerprint(of_findings)} {chosen().mark} {language}".strip(),
        "effect": f"{fingerprint(of_effects)} {language}".strip(),
    }
    marks["past_look"] = f"{marks['finding']} {marks['effect']}"
    looks = (_looks_at_links(of_findings, before), _looks_at_effects(of_effects, names, before))

    # The statistics are imported where they are used: they take longer than all else.
    def finding() -> pl.DataFrame:
        from tightlog.findings.association import associate

        return _with_first_seen(associate(of_findings), "exposure", looks[0])

    def effect() -> pl.DataFrame:
        from tightlog.findings.effects import effects

        found = effects(of_effects, interventions=names)
        return _with_first_seen(found, "intervention", looks[1])

    def past_look() -> pl.DataFrame:
        return pl.concat([_looks_kept(about, marks, before) for about in looks])

    rows = {
        "finding": before.relation("finding", marks, FINDING_SCHEMA, finding),
        "effect": before.relation("effect", marks, EFFECT_SCHEMA, effect),
    }
    # Last: it holds the looks that findings and effects asked for.
    rows["past_look"] = before.relation("past_look", marks, LOOK_SCHEMA, past_look)
    return Made(rows, marks)


def _looks_kept(looks: PastLooks, marks: Mapping[str, str], before: Made) -> pl.DataFrame:
    if before.holds(looks.about, marks):
        return before.rows["past_look"].filter(pl.col("about") == looks.about).select(*LOOK_SCHEMA)
    return looks.frame()


def _looks_at_links(days: pl.DataFrame, before: Made) -> PastLooks:
    def told(so_far: pl.DataFrame) -> list[str]:
        from tightlog.findings.association import told_at_any_look

        return told_at_any_look(so_far)

    return PastLooks("finding", days, told, known_looks(before.rows, "finding"))


def _looks_at_effects(days: pl.DataFrame, names: Sequence[str], before: Made) -> PastLooks:
    def told(so_far: pl.DataFrame) -> list[str]:
        from tightlog.findings.effects import effects_told

        return effects_told(so_far, names)

    return PastLooks("effect", days, told, known_looks(before.rows, "effect"))


def _with_first_seen(found: pl.DataFrame, name: str, looks: PastLooks) -> pl.DataFrame:
    told = found.filter(pl.col("verdict").is_in(LASTING_VERDICTS))[name].to_list()
    days = looks.first_seen(told)
    first = [days.get(one) for one in found[name].to_list()]
    return found.with_columns(pl.Series("first_seen_on", first, pl.Date))


def feature_inputs(stored: Inputs, settings: Settings) -> FeatureInputs:
    """What the features are made of, of this runner."""
    return FeatureInputs(
        activities=stored.activities,
        recorded=stored.recorded,
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
    imported = spans_in_files(noted.scores)
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
