"""Did it help? Each intervention against the days it was not done at the same score, by the next
day's score.

Interventions are done on bad days and bad days are followed by better ones (regression to the
mean), so a day only counts against days that started at the same score. What tends to be done on
the same days is held fixed; what is always done together cannot be separated. Single days only: a
programme of weeks is one switch and gets no p here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from tightlog.findings.arrays import FloatArray, IntArray
from tightlog.findings.columns import EFFECT_SCHEMA
from tightlog.findings.effect_verdict import (
    HELPS_P,
    HELPS_Q,
    TOLD,
    Effect,
    effect_facts,
    judgement,
    one_look,
)
from tightlog.findings.evidence import (
    PERMUTATIONS_OF_EARLIER_LOOKS,
    a_week_earlier,
    lasting_margin,
    log_e,
    robustness_pct,
    selected,
    shrunk_points,
)
from tightlog.findings.exposures import column_values, full_calendar
from tightlog.findings.gates import FEWEST_APART, LARGEST_LOSS_SHARE
from tightlog.findings.one_thread import on_one_thread
from tightlog.findings.read_days import CONTEXT_COLUMNS, OUTCOME, RUN_COLUMN
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
from tightlog.words.tried import effects as words

TOP_SCORE_LEVEL = 7  # higher scores are too rare to be levels of their own
RECENT_DAYS = 7
LEVEL_DAYS = 28
# What is done about a back is expected to help.
EXPECTED_SIGN = -1
SLOPE_DAYS = 3
# Two things done on the same days more (or less) often than this correlation are held fixed for
# each other.
COMPANION_CORRELATION = 0.2


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
    seen = effects_seen(calendar, outcome, interventions, permutations, seed)
    if any(one_look(effect).verdict in TOLD and not effect.is_lasting for effect in seen):
        then_known = a_week_earlier(calendar, outcome)
        fewer = min(permutations, PERMUTATIONS_OF_EARLIER_LOOKS)
        earlier = effects_seen(then_known, outcome, interventions, fewer, seed)
        seen = [
            replace(now, stood_a_week_earlier=one_look(now).verdict is one_look(then).verdict)
            for now, then in zip(seen, earlier, strict=True)
        ]
    rows = [_row(_with_lasting_interval(effect)) for effect in seen]
    return pl.DataFrame(rows, schema=EFFECT_SCHEMA, orient="row")


@on_one_thread
def effects_told(days: pl.DataFrame, interventions: Sequence[str]) -> list[str]:
    """Interventions that help or hurt as of the last score, in alphabetical order; much faster
    than effects where none does.
    """
    calendar = full_calendar(days)
    seen = effects_seen(calendar, OUTCOME, interventions, 0, 0)
    if not any(effect.is_lasting for effect in seen):
        return []
    seen = effects_seen(calendar, OUTCOME, interventions, PERMUTATIONS_OF_EARLIER_LOOKS, 0)
    return sorted(effect.intervention for effect in seen if judgement(effect).verdict in TOLD)


def effects_seen(
    calendar: pl.DataFrame,
    outcome: str,
    interventions: Sequence[str],
    permutations: int,
    seed: int,
) -> list[Effect]:
    """All evidence on each intervention at one look."""
    score = column_values(calendar, outcome)
    compared = [_compared(calendar, score, name) for name in interventions]
    measured: dict[str, Effect] = {}
    for members in _on_the_same_days(compared):
        shared = _shared(calendar, score, members[0], permutations, seed)
        for member in members:
            others = [name for name in interventions if name != member.intervention]
            measured[member.intervention] = _measured_effect(calendar, member, others, shared)
    return _judged_together([measured[name] for name in interventions])


@dataclass(frozen=True)
class _Compared:
    """The days of an intervention that can be compared (rows of the calendar), and what was done on
    them (1 or 0).
    """

    intervention: str
    rows: IntArray
    did: FloatArray
    is_run_held_fixed: bool


def _compared(calendar: pl.DataFrame, score: FloatArray, intervention: str) -> _Compared:
    did = column_values(calendar, intervention)
    following = np.append(score[1:], np.nan)[: score.size]
    is_usable = ~np.isnan(score) & ~np.isnan(following) & np.isin(did, (0.0, 1.0))
    run = column_values(calendar, RUN_COLUMN)
    is_run_held_fixed = bool(
        np.sum(is_usable & ~np.isnan(run)) >= max(1.0, (1 - LARGEST_LOSS_SHARE) * is_usable.sum())
    )
    if is_run_held_fixed:
        is_usable &= ~np.isnan(run)
    rows = _at_shared_levels(np.flatnonzero(is_usable), score, did)
    return _Compared(intervention, rows, did[rows], is_run_held_fixed)


def _on_the_same_days(compared: Sequence[_Compared]) -> list[list[_Compared]]:
    groups: dict[tuple[bytes, bool], list[_Compared]] = {}
    for one in compared:
        groups.setdefault((one.rows.tobytes(), one.is_run_held_fixed), []).append(one)
    return list(groups.values())


@dataclass(frozen=True)
class _Shared:
    """What interventions compared on the same days share: the score of the next day, what is held
    fixed (rows × columns), and the orders of the permutations.
    """

    following: FloatArray
    fixed: FloatArray
    orders: IntArray


def _shared(
    calendar: pl.DataFrame, score: FloatArray, one: _Compared, permutations: int, seed: int
) -> _Shared | None:
    rows = one.rows
    if rows.size == 0:
        return None
    fixed = [
        _levels(score[rows]),
        _recent_mean(score)[rows, None],
        *_before(score, rows),
        confounders(_day_numbers(calendar)[rows]),
        _context(calendar, rows),
    ]
    if one.is_run_held_fixed:
        # A short run may matter as much as a long one, so whether there was one is held fixed
        # beside its length.
        run = column_values(calendar, RUN_COLUMN)
        fixed += [run[rows, None], (run[rows, None] > 0).astype(np.float64)]
    orders = permuted_orders(rows.size, permutations, seed)
    return _Shared(score[rows + 1], np.column_stack(fixed), orders)


def _measured_effect(
    calendar: pl.DataFrame, one: _Compared, others: Sequence[str], shared: _Shared | None
) -> Effect:
    if shared is None:
        return Effect(one.intervention, is_run_held_fixed=one.is_run_held_fixed)
    counted = Effect(
        one.intervention,
        int(one.did.sum()),
        int((1.0 - one.did).sum()),
        is_run_held_fixed=one.is_run_held_fixed,
        context_held_fixed=_context_names(calendar, one.rows),
    )
    counted, companions = _apart(
        counted, one.did, {name: column_values(calendar, name)[one.rows] for name in others}
    )
    fixed = np.column_stack([shared.fixed, companions])
    return _with_numbers(
        counted, regression(shared.following, one.did[:, None], fixed, shared.orders)
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
        steady_error=float(result.steady_error[0]),
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


def _recent_mean(score: FloatArray, days: int = RECENT_DAYS) -> FloatArray:
    # Mean of the scores of the last days, today's included; days without a score are left out,
    # not filled.
    known = ~np.isnan(score)
    window = np.ones(days)
    total = np.convolve(np.where(known, score, 0.0), window)[: score.size]
    return np.asarray(total / np.maximum(np.convolve(known, window)[: score.size], 1.0))


def _before(score: FloatArray, rows: IntArray) -> list[FloatArray]:
    # What the scores were doing before: their change a day over the last three days, and the level
    # of the last 28.
    return [_slope(score)[rows, None], _recent_mean(score, LEVEL_DAYS)[rows, None]]


def _slope(score: FloatArray) -> FloatArray:
    # Points a day from the scores known of the last three days and today's; 0 without any before.
    lags = np.arange(1.0, SLOPE_DAYS + 1.0)
    total, weight = np.zeros(score.size), np.zeros(score.size)
    for lag_d in lags.astype(int):
        before = np.concatenate([np.full(lag_d, np.nan), score[:-lag_d]])[: score.size]
        known = ~np.isnan(before) & ~np.isnan(score)
        total += np.where(known, (score - before) * lag_d, 0.0)
        weight += np.where(known, float(lag_d) ** 2, 0.0)
    return total / np.maximum(weight, 1.0)


def _context_names(calendar: pl.DataFrame, rows: IntArray) -> str | None:
    held = [
        words_of
        for name, words_of in CONTEXT_COLUMNS.items()
        if np.ptp(np.nan_to_num(column_values(calendar, name))[rows]) > 0
    ]
    return ", ".join(held) or None


def _context(calendar: pl.DataFrame, rows: IntArray) -> FloatArray:
    # Painkillers, physio and heat of the day, where the diary has them.
    columns = [np.empty((rows.size, 0))]
    for name in CONTEXT_COLUMNS:
        taken = np.nan_to_num(column_values(calendar, name))[rows]
        if np.ptp(taken) > 0:
            columns.append(taken[:, None])
    return np.column_stack(columns)


def _day_numbers(calendar: pl.DataFrame) -> IntArray:
    return calendar["day"].cast(pl.Int32).to_numpy().astype(np.int64)


def _judged_together(measured: Sequence[Effect]) -> list[Effect]:
    p_values = np.array(
        [np.nan if effect.p_value is None else effect.p_value for effect in measured],
        dtype=np.float64,
    )
    q_values = false_discovery_q(p_values)
    with_e = [_with_e_value(effect) for effect in measured]
    e_values = np.array(
        [np.nan if effect.e_value is None else effect.e_value for effect in with_e],
        dtype=np.float64,
    )
    lasting = selected(e_values, np.ones(e_values.size))
    tests = max(int((~np.isnan(e_values)).sum()), 1)
    level = min(HELPS_P, HELPS_Q / tests)
    return [
        effect
        if effect.error_points is None
        else replace(
            _with_shown_size(effect, 1.0 / max(tests, 2)),
            is_lasting=bool(lasting[number]),
            q_value=float(q_values[number]),
            smallest_detectable_points=smallest_detectable(
                effect.error_points, effect.degrees_of_freedom, level
            ),
        )
        for number, effect in enumerate(with_e)
    ]


def _with_e_value(effect: Effect) -> Effect:
    if effect.effect_points is None or not effect.steady_error:
        return effect
    evidence = log_e(
        effect.effect_points, effect.steady_error, effect.degrees_of_freedom, EXPECTED_SIGN
    )
    return replace(effect, e_value=float(np.exp(evidence)))


def _with_shown_size(effect: Effect, prior_share: float) -> Effect:
    points, error = effect.effect_points, effect.steady_error
    if points is None or not error or effect.e_value is None:
        return effect
    return replace(
        effect,
        shrunk_points=shrunk_points(points, error, effect.e_value, prior_share),
        robustness_pct=robustness_pct(points, error, effect.degrees_of_freedom),
    )


def _with_lasting_interval(effect: Effect) -> Effect:
    # What is told stands in an interval that holds whenever one looks.
    points, error = effect.effect_points, effect.error_points
    if judgement(effect).verdict not in TOLD or points is None or error is None:
        return effect
    margin = lasting_margin(error, effect.degrees_of_freedom)
    return replace(effect, effect_low=points - margin, effect_high=points + margin)


def _row(effect: Effect) -> dict[str, object]:
    facts = effect_facts(effect)
    return facts | {
        "still_needed": words.still_needed(facts),
        "sentence": words.sentence(facts),
        "statement": words.statement(facts),
        "details": words.details(facts),
    }
