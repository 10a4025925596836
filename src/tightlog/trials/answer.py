"""The answer of a trial: what being told to do it changed in the score of the next morning.

Every toss counts as it fell, whatever was done (intention to treat), so that nobody's reasons for
doing or leaving it can change the answer.
"""

from enum import StrEnum

import numpy as np
import polars as pl
from scipy.special import ndtri

from tightlog.findings.one_thread import on_one_thread
from tightlog.findings.regression import POWER
from tightlog.trials.columns import ANSWER_SCHEMA
from tightlog.trials.evidence import CLEAR_EVIDENCE, evidence, evidence_interval
from tightlog.trials.randomisation import END_ERROR, Coin, Test, coin, exact_test, points_of
from tightlog.trials.statistic import comparison
from tightlog.trials.trial_table import Tosses, scores_of, tosses_of
from tightlog.words.tried import trials as words

# Fewer next scores, or fewer on either side of the coin, say nothing.
FEWEST_SCORES, FEWEST_OF_EACH = 12, 4


class Ending(StrEnum):
    """How the tosses of a table came to an end."""

    PLANNED = "planned"  # every planned toss was made
    EARLY = "early"  # the running read-out was clear
    STOPPED = "stopped"  # the runner, or a warning sign, stopped the trial
    RUNNING = "running"


class Verdict(StrEnum):
    """The verdict of a trial."""

    HELPS = "helps"
    HURTS = "hurts"
    NOTHING_SEEN = "nothing_seen"
    NOT_ENOUGH_DATA = "not_enough_data"
    STOPPED = "stopped"
    RUNNING = "running"


@on_one_thread
def trial_answer(
    trial_days: pl.DataFrame,
    permutations: int = 2000,
    seed: int = 0,
    *,
    ended: Ending = Ending.PLANNED,
    title: str = "it",
) -> pl.DataFrame:
    """One row with the columns of ANSWER_SCHEMA, from one row a toss as in TRIAL_DAY_SCHEMA.

    Effects are points of the next score between "do it" and "leave it"; negative is better.
    `title` names the intervention in the sentence. Raises TrialTableError.
    """
    tosses = tosses_of(trial_days)
    facts = _counts(tosses) | _answered(tosses, permutations, seed, ended)
    facts |= {"verdict": _verdict(facts, ended).value}
    row = facts | {"sentence": words.sentence(facts, title)}
    return pl.DataFrame([row], schema=ANSWER_SCHEMA)


def _counts(tosses: Tosses) -> dict[str, object]:
    is_known = ~np.isnan(tosses.after)
    with_it = int(np.sum(is_known & (tosses.assigned == 1.0)))
    return {
        "tosses_made": tosses.day.size,
        "n_assigned": with_it,
        "n_not_assigned": int(np.sum(is_known)) - with_it,
        "n_as_told": int(np.sum(tosses.done == tosses.assigned)),
    }


def _answered(tosses: Tosses, draws: int, seed: int, ended: Ending) -> dict[str, object]:
    stakes = evidence(tosses)
    is_clear = stakes >= CLEAR_EVIDENCE
    facts: dict[str, object] = dict.fromkeys(
        ("effect_points", "effect_low", "effect_high", "p_value", "smallest_detectable_points")
    )
    facts |= {
        "as_told_points": None,
        "e_value": float(stakes[-1]) if stakes.size else 1.0,
        "clear_at_toss": int(is_clear.argmax()) + 1 if is_clear.any() else None,
    }
    if ended is Ending.RUNNING or not _is_enough(tosses):
        return facts
    compared = comparison(scores_of(tosses), tosses.day.size)
    if not compared.is_testable:
        return facts
    thrown = coin(compared, tosses, draws, seed)
    test = _tested(thrown, tosses, ended)
    return facts | {
        "effect_points": test.points, "effect_low": test.low, "effect_high": test.high,
        "p_value": test.p_value, "smallest_detectable_points": _detectable(test),
        "as_told_points": _as_told(thrown, tosses),
    }  # fmt: skip


def _is_enough(tosses: Tosses) -> bool:
    assigned = tosses.assigned[~np.isnan(tosses.after)]
    with_it = float(assigned.sum())
    return (
        assigned.size >= FEWEST_SCORES and min(with_it, assigned.size - with_it) >= FEWEST_OF_EACH
    )


def _tested(thrown: Coin, tosses: Tosses, ended: Ending) -> Test:
    """The exact test where the number of tosses was planned; else what holds at any look."""
    if ended is Ending.PLANNED:
        return exact_test(thrown)
    points = points_of(thrown)
    return Test(points, *evidence_interval(tosses, points), None)


def _verdict(facts: dict[str, object], ended: Ending) -> Verdict:
    points, p_value = facts["effect_points"], facts["p_value"]
    if ended is Ending.RUNNING:
        return Verdict.RUNNING
    if not isinstance(points, float):
        return Verdict.NOT_ENOUGH_DATA
    is_beyond_chance = isinstance(p_value, float) and p_value < END_ERROR
    if is_beyond_chance or facts["clear_at_toss"] is not None:
        return Verdict.HELPS if points < 0 else Verdict.HURTS
    return Verdict.NOTHING_SEEN if ended is Ending.PLANNED else Verdict.STOPPED


def _detectable(test: Test) -> float:
    """The effect that would have been found in 80 % of trials as noisy as this one."""
    critical = float(-ndtri(END_ERROR / 2))
    return (test.high - test.low) / 2 * (1.0 + float(ndtri(POWER)) / critical)


def _as_told(thrown: Coin, tosses: Tosses) -> float | None:
    """Difference between tosses done and left as told, in points: a side note, for who did as told
    was not drawn by the coin.
    """
    is_as_told = tosses.done == tosses.assigned
    gone = thrown.compared.shapes[0]
    sides = (tosses.assigned - 0.5)[:, None] * gone
    kept, others = sides[is_as_told].sum(axis=0), sides[~is_as_told].sum(axis=0)
    if len(set(tosses.assigned[is_as_told].tolist())) < 2:
        return None
    fitted = np.linalg.lstsq(np.column_stack([kept, others]), thrown.compared.rest, rcond=None)
    return float(fitted[0][0])
