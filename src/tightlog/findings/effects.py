"""Did it help? Each intervention against the days it was not done at the same score, by the next
day's score.

Interventions are done on bad days and bad days are followed by better ones (regression to the
mean), so a day only counts against days that started at the same score. What tends to be done on
the same days is held fixed; what is always done together cannot be separated. Single days only: a
programme of weeks is one switch and gets no p here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import polars as pl

from tightlog.domain.thresholds import FEWEST_DONE, FEWEST_NOT_DONE, RELEVANT_POINTS
from tightlog.findings.arrays import FloatArray, IntArray
from tightlog.findings.columns import EFFECT_SCHEMA
from tightlog.findings.exposures import column_values, full_calendar
from tightlog.findings.gates import FEWEST_APART, LARGEST_LOSS_SHARE
from tightlog.findings.one_thread import on_one_thread
from tightlog.findings.read_days import OUTCOME, RUN_COLUMN
from tightlog.findings.regression import (
    Regression,
    false_discovery_q,
    half_width,
    permutation_p,
    permuted_orders,
    regression,
    smallest_detectable,
)
from tightlog.findings.whitening import confounders
from tightlog.words import effects as words

HELPS_P = 0.05
HELPS_Q = 0.10
TOP_SCORE_LEVEL = 7  # higher scores are too rare to be levels of their own
RECENT_DAYS = 7
# Two things done on the same days more (or less) often than this correlation are held fixed for
# each other.
COMPANION_CORRELATION = 0.2


class Verdict(StrEnum):
    """The verdict on an intervention."""

    HELPS = "helps"
    HURTS = "hurts"
    NOTHING_SEEN = "nothing_seen"
    NOT_ENOUGH_DATA = "not_enough_data"


class Reason(StrEnum):
    """Reason of a verdict: the gate that is not passed, or what decided."""

    TOO_FEW_DAYS_DONE = "too_few_days_done"
    TOO_FEW_DAYS_WITHOUT = "too_few_days_without"
    INSEPARABLE = "inseparable"
    NEXT_SCORES_TOO_ALIKE = "next_scores_too_alike"
    NO_DIFFERENCE = "no_difference"
    TOO_SMALL = "too_small"
    HOLDS = "holds"


@dataclass(frozen=True)
class Judgement:
    """A verdict with its reason; for a gate not passed also the number there was and the one
    needed.
    """

    verdict: Verdict
    reason: Reason
    had: float | None = None
    needed: float | None = None


@dataclass(frozen=True)
class Effect:
    """One intervention compared: rows done and not done at levels both have, and points of the
    next day's score.
    """

    intervention: str
    n_done: int = 0
    n_not_done: int = 0
    effect_points: float | None = None
    effect_low: float | None = None
    effect_high: float | None = None
    error_points: float | None = None
    degrees_of_freedom: int = 0
    p_value: float | None = None
    q_value: float | None = None
    smallest_detectable_points: float | None = None
    is_run_held_fixed: bool = False
    inseparable_from: str | None = None
    days_apart: int = 0


@on_one_thread
def effects(
    days: pl.DataFrame,
    outcome: str = OUTCOME,
    interventions: Sequence[str] = (),
    permutations: int = 2000,
    seed: int = 0,
) -> pl.DataFrame:
    """One row per intervention (a 0/1 column of the day it was done): effect on the next day's
    score in points, p and verdict.
    """
    calendar = full_calendar(days)
    measured = [
        _measured_effect(
            calendar,
            outcome,
            name,
            [other for other in interventions if other != name],
            permutations,
            seed,
        )
        for name in interventions
    ]
    rows = [_row(effect) for effect in _judged_together(measured)]
    return pl.DataFrame(rows, schema=EFFECT_SCHEMA, orient="row")


def judgement(effect: Effect) -> Judgement:
    """The verdict with its reason; helps and hurts must be beyond chance among all tested."""
    if shortage := _shortage(effect):
        return Judgement(Verdict.NOT_ENOUGH_DATA, *shortage)
    p_value, points = effect.p_value or 0.0, effect.effect_points or 0.0
    if p_value >= HELPS_P or (effect.q_value or 0.0) >= HELPS_Q:
        return Judgement(Verdict.NOTHING_SEEN, Reason.NO_DIFFERENCE)
    reason = Reason.HOLDS if abs(points) >= RELEVANT_POINTS else Reason.TOO_SMALL
    return Judgement(Verdict.HELPS if points < 0 else Verdict.HURTS, reason)


def _shortage(effect: Effect) -> tuple[Reason, float | None, float | None] | None:
    """The first gate that is not passed, with the number there was and the one needed."""
    gates: tuple[tuple[Reason, bool, float | None, float | None], ...] = (
        (Reason.TOO_FEW_DAYS_DONE, effect.n_done < FEWEST_DONE, effect.n_done, FEWEST_DONE),
        (Reason.TOO_FEW_DAYS_WITHOUT, effect.n_not_done < FEWEST_NOT_DONE,
         effect.n_not_done, FEWEST_NOT_DONE),
        (Reason.INSEPARABLE, effect.inseparable_from is not None, effect.days_apart, FEWEST_APART),
        (Reason.NEXT_SCORES_TOO_ALIKE, effect.p_value is None or effect.effect_points is None,
         None, None),
    )  # fmt: skip
    return next(((reason, had, needed) for reason, is_shut, had, needed in gates if is_shut), None)


def _measured_effect(
    calendar: pl.DataFrame,
    outcome: str,
    intervention: str,
    others: Sequence[str],
    permutations: int,
    seed: int,
) -> Effect:
    score, did = column_values(calendar, outcome), column_values(calendar, intervention)
    if score.size < 2:
        return Effect(intervention)
    following = np.append(score[1:], np.nan)
    is_usable = ~np.isnan(score) & ~np.isnan(following) & np.isin(did, (0.0, 1.0))
    run = column_values(calendar, RUN_COLUMN)
    is_run_held_fixed = bool(
        np.sum(is_usable & ~np.isnan(run)) >= max(1.0, (1 - LARGEST_LOSS_SHARE) * is_usable.sum())
    )
    if is_run_held_fixed:
        is_usable &= ~np.isnan(run)
    rows = _at_shared_levels(np.flatnonzero(is_usable), score, did)
    counted = Effect(
        intervention,
        int(did[rows].sum()),
        int((1.0 - did[rows]).sum()),
        is_run_held_fixed=is_run_held_fixed,
    )
    if rows.size == 0:
        return counted
    counted, companions = _apart(
        counted, did[rows], {name: column_values(calendar, name)[rows] for name in others}
    )
    held_fixed = [
        _levels(score[rows]),
        _recent_mean(score)[rows, None],
        confounders(_day_numbers(calendar)[rows]),
        companions,
    ]
    if is_run_held_fixed:
        # A short run may matter as much as a long one, so whether there was one is held fixed
        # beside its length.
        held_fixed += [run[rows, None], (run[rows, None] > 0).astype(np.float64)]
    orders = permuted_orders(rows.size, permutations, seed)
    return _with_numbers(
        counted, regression(following[rows], did[rows, None], np.column_stack(held_fixed), orders)
    )


def _apart(
    effect: Effect, did: FloatArray, others: Mapping[str, FloatArray]
) -> tuple[Effect, FloatArray]:
    # The effect with what cannot be separated from it, and the columns of what is done with it
    # often enough to be held fixed.
    companions = [np.empty((did.size, 0))]
    for name, other in others.items():
        if np.isnan(other).any() or np.ptp(other) == 0 or np.ptp(did) == 0:
            continue
        days_apart = int(np.sum(other != did))
        if days_apart < FEWEST_APART:
            effect = replace(effect, inseparable_from=name, days_apart=days_apart)
        elif abs(np.corrcoef(did, other)[0, 1]) >= COMPANION_CORRELATION:
            companions.append(other[:, None])
    return effect, np.column_stack(companions)


def _with_numbers(effect: Effect, result: Regression) -> Effect:
    if np.isnan(result.t[0]):
        return effect
    points, margin = float(result.slope[0]), float(half_width(result)[0])
    return replace(
        effect,
        effect_points=points,
        effect_low=points - margin,
        effect_high=points + margin,
        error_points=float(result.standard_error[0]),
        degrees_of_freedom=result.degrees_of_freedom,
        p_value=float(permutation_p(result)[0]),
    )


def _at_shared_levels(rows: IntArray, score: FloatArray, did: FloatArray) -> IntArray:
    # A level of today's score where it was always done, or never, has nothing to compare with.
    level = _level(score[rows])
    shared = np.intersect1d(level[did[rows] == 1.0], level[did[rows] == 0.0])
    return np.asarray(rows[np.isin(level, shared)], dtype=np.int64)


def _level(score: FloatArray) -> FloatArray:
    return np.asarray(np.minimum(np.round(score), TOP_SCORE_LEVEL))


def _levels(score: FloatArray) -> FloatArray:
    return np.asarray(_level(score)[:, None] == np.arange(TOP_SCORE_LEVEL + 1), dtype=np.float64)


def _recent_mean(score: FloatArray) -> FloatArray:
    # Mean of the scores of the last 7 days, today's included; days without a score are left out,
    # not filled.
    known = ~np.isnan(score)
    window = np.ones(RECENT_DAYS)
    total = np.convolve(np.where(known, score, 0.0), window)[: score.size]
    return np.asarray(total / np.maximum(np.convolve(known, window)[: score.size], 1.0))


def _day_numbers(calendar: pl.DataFrame) -> IntArray:
    return calendar["day"].cast(pl.Int32).to_numpy().astype(np.int64)


def _judged_together(measured: Sequence[Effect]) -> list[Effect]:
    p_values = np.array(
        [np.nan if effect.p_value is None else effect.p_value for effect in measured],
        dtype=np.float64,
    )
    q_values = false_discovery_q(p_values)
    level = min(HELPS_P, HELPS_Q / max(int((~np.isnan(p_values)).sum()), 1))
    return [
        effect
        if effect.error_points is None
        else replace(
            effect,
            q_value=float(q_values[number]),
            smallest_detectable_points=smallest_detectable(
                effect.error_points, effect.degrees_of_freedom, level
            ),
        )
        for number, effect in enumerate(measured)
    ]


def effect_facts(effect: Effect) -> dict[str, object]:
    """Everything that is known about an effect, as numbers and codes."""
    judged = judgement(effect)
    measured = {name: getattr(effect, name) for name in EFFECT_SCHEMA if hasattr(effect, name)}
    return measured | {
        "verdict": judged.verdict.value, "verdict_reason": judged.reason.value,
        "had": judged.had, "needed": judged.needed,
    }  # fmt: skip


def _row(effect: Effect) -> dict[str, object]:
    facts = effect_facts(effect)
    return facts | {
        "still_needed": words.still_needed(facts),
        "sentence": words.sentence(facts),
        "statement": words.statement(facts),
    }
