"""Several trials of one intervention, read together: the evidence of one runner accumulates."""

from collections.abc import Mapping
from math import prod, sqrt
from typing import Any

import polars as pl
from scipy.special import ndtri

from tightlog.trials.answer import Verdict
from tightlog.trials.columns import SERIES_SCHEMA
from tightlog.trials.evidence import CLEAR_EVIDENCE, EARLY_ERROR
from tightlog.trials.randomisation import END_ERROR
from tightlog.words.tried import trials as words

OVER = ("ended", "stopped")
COUNTS = ("tosses_made", "n_assigned", "n_not_assigned")
# Scores have whole points: no trial knows its effect better than this.
NARROWEST_POINTS = 0.1


def trial_series(trials: pl.DataFrame, titles: Mapping[str, str]) -> pl.DataFrame:
    """One row per intervention of which two or more trials are over, with the columns of
    SERIES_SCHEMA.

    `trials` has rows as in TRIAL_SCHEMA, of one runner. Trials whose seed does not fit are left
    out, and a row needs two with an answer; a trial that was stopped counts like any other.

    The stakes of bets against the coin multiply: each trial goes on with what the one before won,
    so the product errs in at most EARLY_ERROR of all runners, however many trials they make and
    whatever made them stop (Ville 1939). That holds only if the stake of a trial stopped before it
    had an answer counts too: else a runner could drop the bets that lose. The effect is the mean
    of the trials with an answer, each weighed by the inverse of its variance, as if it were the
    same in all of them.
    """
    counted = trials.filter(pl.col("state").is_in(OVER), pl.col("is_seed_right"))
    rows = []
    for (intervention,), group in counted.group_by("intervention", maintain_order=True):
        answered = group.filter(pl.col("effect_points").is_not_null())
        if answered.height > 1:
            stake = prod(group["e_value"].drop_nulls())
            rows.append(_row(str(intervention), answered.rows(named=True), stake, titles))
    return pl.DataFrame(rows, schema=SERIES_SCHEMA, orient="row")


def _row(
    intervention: str, trials: list[dict[str, Any]], stake: float, titles: Mapping[str, str]
) -> dict[str, Any]:
    precisions = [1.0 / standard_error(trial) ** 2 for trial in trials]
    points = sum(
        precision * trial["effect_points"]
        for precision, trial in zip(precisions, trials, strict=True)
    ) / sum(precisions)
    half_width = _critical(END_ERROR) / sqrt(sum(precisions))
    verdict = Verdict.NOTHING_SEEN
    if stake >= CLEAR_EVIDENCE:
        verdict = Verdict.HELPS if points < 0 else Verdict.HURTS
    facts: dict[str, Any] = {
        "intervention": intervention,
        "trials": len(trials),
        **{name: sum(trial[name] for trial in trials) for name in COUNTS},
        "effect_points": points,
        "effect_low": points - half_width,
        "effect_high": points + half_width,
        "e_value": stake,
        "verdict": verdict.value,
    }
    return facts | {"sentence": words.series_sentence(facts, titles[intervention])}


def standard_error(trial: Mapping[str, Any]) -> float:
    """Of the effect of one trial, from its interval; that of bets is the wider one."""
    error = EARLY_ERROR if trial["p_value"] is None else END_ERROR
    width = max(float(trial["effect_high"] - trial["effect_low"]), NARROWEST_POINTS)
    return width / 2 / _critical(error)


def _critical(error: float) -> float:
    return float(-ndtri(error / 2))
