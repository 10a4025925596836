"""Trials of one intervention read together: what each found adds up, and nothing else does."""

from datetime import date, timedelta
from math import prod
from typing import Any

import numpy as np
import polars as pl
import pytest
from scipy.special import ndtri

from tightlog.simulation.population.trials import TRIAL_CELLS, simulated_trial
from tightlog.trials import trial_answer
from tightlog.trials.columns import TRIAL_SCHEMA
from tightlog.trials.evidence import CLEAR_EVIDENCE, EARLY_ERROR, evidence
from tightlog.trials.randomisation import END_ERROR
from tightlog.trials.series import trial_series
from tightlog.trials.trial_table import tosses_of

TITLES = {"S2": "child's pose", "Y1": "yoga"}


def over(number: int, **changes: Any) -> dict[str, Any]:
    """A trial of 80 tosses that has ended with a small effect; its standard error is 0.3."""
    half = 0.3 * float(-ndtri(END_ERROR / 2))
    started_on = date(2026, 1, 1) + timedelta(days=150 * number)
    row = {
        "trial_id": f"t{number}", "intervention": "S2", "state": "ended", "ending": "planned",
        "started_on": started_on, "is_seed_right": True, "tosses_made": 80, "n_assigned": 30,
        "n_not_assigned": 32, "effect_points": -0.5, "effect_low": -0.5 - half,
        "effect_high": -0.5 + half, "p_value": 0.1, "e_value": 7.0, "verdict": "nothing_seen",
    }  # fmt: skip
    return row | changes


def series(*rows: dict[str, Any]) -> pl.DataFrame:
    return trial_series(pl.DataFrame(rows, schema=TRIAL_SCHEMA), TITLES)


def test_two_trials_that_each_said_nothing_may_say_it_together() -> None:
    one = series(over(0), over(1)).row(0, named=True)
    assert (one["trials"], one["tosses_made"], one["n_assigned"]) == (2, 160, 60)
    assert one["e_value"] == pytest.approx(49.0)
    assert one["verdict"] == "helps"
    # Equal trials: the same mean, and an interval narrower by the square root of two.
    assert one["effect_points"] == pytest.approx(-0.5)
    half = 0.3 / 2**0.5 * float(-ndtri(END_ERROR / 2))
    assert one["effect_low"] == pytest.approx(-0.5 - half)
    assert one["effect_high"] == pytest.approx(-0.5 + half)
    assert "0.5 points lower" in one["sentence"]


def test_below_the_border_of_evidence_nothing_is_claimed() -> None:
    found = series(over(0), over(1, e_value=CLEAR_EVIDENCE / 7.0 - 0.01)).row(0, named=True)
    assert found["verdict"] == "nothing_seen"
    assert "Chance alone may do that" in found["sentence"]


def test_a_worse_mean_is_told_as_hurting() -> None:
    worse = {"effect_points": 0.6, "effect_low": 0.1, "effect_high": 1.1}
    assert series(over(0, **worse), over(1, **worse))["verdict"].to_list() == ["hurts"]


def test_the_more_precise_trial_counts_more_and_bets_are_judged_by_their_own_level() -> None:
    critical = float(-ndtri(EARLY_ERROR / 2))
    early = over(
        1, effect_points=-1.5, effect_low=-1.5 - 0.6 * critical,
        effect_high=-1.5 + 0.6 * critical, p_value=None,
    )  # fmt: skip
    found = series(over(0), early).row(0, named=True)
    # Twice the standard error: a quarter of the weight.
    assert found["effect_points"] == pytest.approx((-0.5 * 4 - 1.5) / 5)


def test_a_stopped_trial_counts_and_one_without_answer_or_right_seed_does_not() -> None:
    stopped = over(1, state="stopped", p_value=None, e_value=0.5)
    assert series(over(0), stopped)["e_value"].to_list() == pytest.approx([3.5])
    unknown = {"effect_points": None, "effect_low": None, "effect_high": None}
    assert series(over(0), over(1, **unknown)).is_empty()
    assert series(over(0), over(1, is_seed_right=False)).is_empty()


def test_the_bet_of_a_trial_stopped_before_an_answer_is_lost_all_the_same() -> None:
    given_up = over(
        2, state="stopped", e_value=0.5, p_value=None,
        **dict.fromkeys(("effect_points", "effect_low", "effect_high")),
    )  # fmt: skip
    found = series(over(0), over(1), given_up).row(0, named=True)
    assert (found["trials"], found["tosses_made"]) == (2, 160)
    assert found["e_value"] == pytest.approx(24.5)
    assert found["verdict"] == "nothing_seen"
    assert series(over(0), over(1, state="running", is_seed_right=None)).is_empty()
    assert series(over(0), over(1, intervention="Y1")).is_empty()


def test_evidence_of_a_small_effect_grows_from_trial_to_trial() -> None:
    answers = [over(number, **answer(-0.6, 10 + number)) for number in range(4)]
    assert max(row["e_value"] for row in answers) < CLEAR_EVIDENCE
    found = series(*answers).row(0, named=True)
    assert found["verdict"] == "helps"
    assert found["effect_low"] <= -0.6 * 0.75 <= found["effect_high"] < 0


def test_without_an_effect_a_series_hardly_ever_claims_one() -> None:
    rng = np.random.default_rng(5)
    told = [prod(stake(rng) for _ in range(3)) >= CLEAR_EVIDENCE for _ in range(60)]
    assert np.mean(told) <= EARLY_ERROR + 0.03


def stake(rng: np.random.Generator) -> float:
    simulated = simulated_trial(TRIAL_CELLS["memory_0.8"], 0.0, 60, rng)
    return float(evidence(tosses_of(simulated.trial_days))[-1])


def answer(points: float, seed: int) -> dict[str, Any]:
    rng = np.random.default_rng(seed)
    table = simulated_trial(TRIAL_CELLS["memory_0.8"], points, 80, rng).trial_days
    return trial_answer(table, permutations=400).row(0, named=True)
