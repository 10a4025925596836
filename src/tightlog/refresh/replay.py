"""What a runner was told day after day: a history analysed as it was on each of its days, without
knowing later days.

Nearly every feature and rule looks back only, so one analysis of all that lay before the end of a
stretch of days tells of each day of the stretch what an analysis on that very evening had told;
tests/refresh/test_replay.py holds it to that. What looks at the whole record ends a stretch when
it changes: the maximum heart rate, the usual load per minute, the home's scale of load.
Findings and effects are renewed once a week, in the evening before the week begins.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import polars as pl

from tightlog.advice.choose import ADVICE_SCHEMA, advice
from tightlog.domain.red_flags import RedFlagSpan, standing
from tightlog.features.coverage import noted_days
from tightlog.features.day import (
    MEASURED,
    FeatureInputs,
    counted,
    day_features_of,
    hearts_of,
    measured_activities,
)
from tightlog.features.load import activity_load, load_scale
from tightlog.findings.association import associate
from tightlog.findings.effects import effects
from tightlog.findings.read_days import days_of_effects
from tightlog.home.settings import Home, settings_of
from tightlog.journal.journal import red_flag_spans
from tightlog.patterns.match import MATCH_SCHEMA, matches
from tightlog.patterns.pattern import NO_THRESHOLDS, PatternInputs
from tightlog.refresh.analysis import feature_inputs, pattern_inputs
from tightlog.warehouse import store
from tightlog.warehouse.inputs import published_inputs

RENEWED_D = 7
LOG_SCHEMA = {"day": pl.Date, "intervention": pl.String}


@dataclass(frozen=True)
class History:
    """Everything a home holds: what the features are made of, the log of interventions, the
    journal's red flags, own thresholds.
    """

    features: FeatureInputs
    log: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=LOG_SCHEMA))
    journal_spans: Sequence[RedFlagSpan] = ()
    thresholds: Mapping[str, Mapping[str, float]] = field(default_factory=lambda: NO_THRESHOLDS)


@dataclass(frozen=True)
class Stretch:
    """Days (`known`) of which one analysis of what lay before the last of them tells, and what was
    known of effects before the first.
    """

    known: tuple[date, ...]
    inputs: PatternInputs
    effects: pl.DataFrame | None = None

    def matches(self) -> pl.DataFrame:
        """Matches of the days up to the last of the stretch."""
        return matches(self.inputs)

    def matches_of_days(self) -> pl.DataFrame:
        """Matches of the days of the stretch."""
        return self.matches().filter(pl.col("day").is_in(list(self.known)))


def daily_matches(stretches: Iterable[Stretch]) -> pl.DataFrame:
    """Rows of `pattern_match`, each as it stood on its own day."""
    return pl.concat(
        [
            pl.DataFrame(schema=dict(MATCH_SCHEMA)),
            *(stretch.matches_of_days() for stretch in stretches),
        ]
    )


def advised(history: History, stretches: Iterable[Stretch], since: date = date.min) -> pl.DataFrame:
    """Rows of `advice` of every day of the stretches from `since` on, each from what was known on
    that day.
    """
    rows = [
        advice_of_day
        for stretch in stretches
        if stretch.known[-1] >= since
        for advice_of_day in _advised(history, stretch, since)
    ]
    return pl.concat([pl.DataFrame(schema=dict(ADVICE_SCHEMA)), *rows])


def history_of(folder: Path) -> History:
    """The history in the warehouse of a home."""
    home = Home(folder)
    settings, version = settings_of(home), store.published_version(home)
    stored = published_inputs(version)
    return History(
        feature_inputs(stored, settings),
        stored.done,
        red_flag_spans(home.journal),
        settings.thresholds,
    )


def known_days(features: FeatureInputs) -> list[date]:
    """Days with an activity or a diary entry: those on which there was something new to look at."""
    columns = [
        features.activities["day"],
        features.scores["day"],
        features.interventions_done["day"],
        noted_days(features.context),
    ]
    return (
        pl.concat([days.cast(pl.Date).rename("day") for days in columns])
        .drop_nulls()
        .unique()
        .sort()
        .to_list()
    )


def known_on(history: History, day: date) -> History:
    """The history as it stood at the end of a day."""
    features = history.features
    activities = _until(features.activities, day)
    so_far = replace(
        features,
        activities=activities,
        scores=_until(features.scores, day),
        interventions_done=_until(features.interventions_done, day),
        context=_until(features.context, day),
    )
    spans = [
        replace(
            span,
            cleared_on=span.cleared_on
            if span.cleared_on is not None and span.cleared_on <= day
            else None,
        )
        for span in history.journal_spans
        if span.started_on <= day
    ]
    return replace(history, features=so_far, log=_until(history.log, day), journal_spans=spans)


def stretches_of(history: History) -> Iterator[Stretch]:
    """The home's days in stretches, findings and effects as they were known before each."""
    findings = effects_so_far = days = renewed_on = None
    for known in _spans(history):
        if days is not None and (renewed_on is None or (known[0] - renewed_on).days >= RENEWED_D):
            findings, renewed_on = associate(days), known[0]
            compared, names = days_of_effects(days, known_on(history, days["day"][-1]).log)
            effects_so_far = effects(compared, interventions=names)
        now = known_on(history, known[-1])
        measured = measured_activities(now.features)
        days = day_features_of(now.features, measured)
        yield Stretch(
            known,
            pattern_inputs(
                days, measured, now.features, now.journal_spans, findings, now.thresholds
            ),
            effects_so_far,
        )


def stretches_of_days(inputs: PatternInputs, length_d: int) -> Iterator[Stretch]:
    """Days whose features are given in stretches of one length, findings as they were known before
    each.
    """
    every = inputs.days["day"].to_list()
    for start in range(0, len(every), length_d):
        known = tuple(every[start : start + length_d])
        findings = associate(inputs.days[:start]) if start else None
        scores = None if inputs.scores is None else _until(inputs.scores, known[-1])
        yield Stretch(
            known,
            replace(
                inputs,
                days=inputs.days[: start + length_d],
                activities=_until(inputs.activities, known[-1]),
                scores=scores,
                findings=findings,
            ),
        )


def _spans(history: History) -> Iterator[tuple[date, ...]]:
    """The known days in pieces of a week at most, within which no load of an earlier activity
    changes.
    """
    span: list[date] = []
    before = None
    for day in known_days(history.features):
        loads = _loads(known_on(history, day).features)
        is_same = before is None or _is_as_before(loads, before)
        if span and (not is_same or (day - span[0]).days >= RENEWED_D):
            yield tuple(span)
            span = []
        span.append(day)
        before = loads
    if span:
        yield tuple(span)


def _loads(features: FeatureInputs) -> tuple[str, pl.DataFrame]:
    """The home's scale, and activity_id and every load of each activity that counts, as known."""
    sessions = counted(features.activities)
    loads = activity_load(sessions, hearts_of(features), features.runner)
    scale = load_scale(
        sessions.drop(MEASURED, strict=False).join(loads, on="activity_id", how="left")
    )
    return scale, loads.select("activity_id", "trimp_au", "srpe_au", "load_au")


def _is_as_before(now: tuple[str, pl.DataFrame], before: tuple[str, pl.DataFrame]) -> bool:
    """True when what was known before of each activity is what is known of it now."""
    ids = before[1]["activity_id"].implode()
    known = now[1].filter(pl.col("activity_id").is_in(ids))
    return now[0] == before[0] and known.equals(before[1])


def _advised(history: History, stretch: Stretch, since: date) -> Iterator[pl.DataFrame]:
    found, inputs = stretch.matches(), stretch.inputs
    for day in [known for known in stretch.known if known >= since]:
        now = known_on(history, day)
        flag = standing([span for span in now.journal_spans if span.cleared_on is None])
        yield advice(
            day,
            _until(inputs.days, day),
            _until(found, day),
            inputs.findings,
            now.log,
            flag,
            scores=now.features.scores,
            effects=stretch.effects,
        )


def _until(frame: pl.DataFrame, day: date) -> pl.DataFrame:
    return frame.filter(pl.col("day") <= day)
