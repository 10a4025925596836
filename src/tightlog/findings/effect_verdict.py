"""The evidence on one intervention, and the table that turns it into a verdict."""

from dataclasses import dataclass
from enum import StrEnum

from tightlog.domain.thresholds import FEWEST_DONE, FEWEST_NOT_DONE, RELEVANT_POINTS
from tightlog.findings.columns import EFFECT_SCHEMA
from tightlog.findings.gates import FEWEST_APART, Judgement

HELPS_P = 0.05
HELPS_Q = 0.10


class Verdict(StrEnum):
    """The verdict on an intervention."""

    HELPS = "helps"
    HURTS = "hurts"
    HINT = "hint"
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
    SEEN_ONCE = "seen_once"
    SEEN_TWICE = "seen_twice"
    HOLDS = "holds"


TOLD = (Verdict.HELPS, Verdict.HURTS)


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
    steady_error: float | None = None
    context_held_fixed: str | None = None
    e_value: float | None = None
    is_lasting: bool = True
    stood_a_week_earlier: bool = False
    shrunk_points: float | None = None
    robustness_pct: float | None = None


def judgement(effect: Effect) -> Judgement[Verdict, Reason]:
    """The verdict with its reason; helps and hurts need an e-value that may be looked at daily,
    and what was seen a week earlier too is a hint without one.
    """
    at_one_look = one_look(effect)
    if at_one_look.verdict not in TOLD or effect.is_lasting:
        return at_one_look
    if effect.stood_a_week_earlier:
        return Judgement(Verdict.HINT, Reason.SEEN_TWICE)
    return Judgement(Verdict.NOTHING_SEEN, Reason.SEEN_ONCE)


def one_look(effect: Effect) -> Judgement[Verdict, Reason]:
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


def effect_facts(effect: Effect) -> dict[str, object]:
    """Everything that is known about an effect, as numbers and codes."""
    judged = judgement(effect)
    measured = {name: getattr(effect, name) for name in EFFECT_SCHEMA if hasattr(effect, name)}
    return measured | {
        "verdict": judged.verdict.value, "verdict_reason": judged.reason.value,
        "had": judged.had, "needed": judged.needed,
    }  # fmt: skip
