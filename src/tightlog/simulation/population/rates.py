"""Rates of false claims, power and coverage of the shipped code on simulated runners, beside naive
methods.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import polars as pl
from scipy import stats

from tightlog.findings.arrays import FloatArray
from tightlog.findings.association import associate
from tightlog.findings.effects import effects
from tightlog.simulation.population.days import simulated_days
from tightlog.simulation.population.habits import (
    Habit,
    is_better_after,
    naive_difference,
    simulated_interventions,
)
from tightlog.simulation.population.runner import FAMILY, SLOW, Runner

CLAIMS = ("clear", "possible")


def null_rates(
    runner: Runner, length_d: int, missing: float, runners: int, permutations: int, seed: int
) -> dict[str, float]:
    """Shares of simulated runners (and of exposures) for which each method claims what is not
    there; `worst` of the six exposures.
    """
    return rates_of_nothing(
        simulated_days(runner, length_d, missing, runners, seed), permutations, seed
    )


def rates_of_nothing(
    frames: Iterable[pl.DataFrame], permutations: int, seed: int
) -> dict[str, float]:
    """The rates of null_rates on day frames whose exposures have nothing to do with the score."""
    naive, exact, rows = [], [], []
    for days in frames:
        found = associate(days, exposures=FAMILY, permutations=permutations, seed=seed)
        naive.append(naive_p(days, [item.column for item in FAMILY]))
        exact.append(found["p_value"].fill_null(np.nan).to_numpy())
        slow = number(
            associate(days, exposures=[SLOW], permutations=permutations, seed=seed)["p_value"][0]
        )
        holds_zero = found.select(
            ((pl.col("effect_low") <= 0) & (pl.col("effect_high") >= 0)).mean()
        ).item()
        rows.append(
            (
                share_below(slow, 0.05),
                (found["max_t_p"] < 0.05).any(),
                (found["q_value"] < 0.10).any(),
                number(holds_zero),
                (found["verdict"] == "clear").any(),
                found["verdict"].is_in(CLAIMS).any(),
                (found["verdict"] == "reacts").any(),
                (found["verdict"] == "not_enough_data").all(),
            )
        )
    worst_naive = np.nanmean(below(np.array(naive), 0.05), axis=0).max(axis=0)
    names = ("slow", "family", "discovery", "coverage", "clear", "claimed", "reacts", "too_little")
    singles = dict(zip(names, np.nanmean(np.array(rows, dtype=float), axis=0), strict=True))
    worst = np.nanmax(np.nanmean(below(np.array(exact), 0.05), axis=0))
    return {"pearson": worst_naive[0], "spearman": worst_naive[1], "worst": worst} | singles


def power_rates(
    runner: Runner, length_d: int, missing: float, runners: int, permutations: int, seed: int
) -> dict[str, float]:
    """Shares of simulated runners whose planted effect of the distance is found, and whose
    interval holds the true effect.
    """
    rows = []
    for days in simulated_days(runner, length_d, missing, runners, seed):
        found = associate(days, exposures=FAMILY, permutations=permutations, seed=seed).row(
            0, named=True
        )
        points_per_sd = (found["exposure_high"] - found["exposure_low"]) / (
            days["distance_sd_m"][0] / 1000.0
        )
        true_points = runner.effect_per_sd * points_per_sd
        rows.append(
            (
                naive_p(days, ["run_distance_m"])[0, 0] < 0.05,
                found["p_value"] < 0.05,
                found["q_value"] < 0.10,
                found["verdict"] in CLAIMS,
                found["verdict"] == "clear",
                found["effect_low"] <= true_points <= found["effect_high"],
                found["effect_points"] / points_per_sd,
            )
        )
    return dict(
        zip(
            ("pearson", "p", "q", "claimed", "clear", "coverage", "estimate"),
            np.mean(rows, axis=0),
            strict=True,
        )
    )


def reaction_rates(
    strength: float, length_d: int, runners: int, permutations: int, seed: int
) -> tuple[float, float, float]:
    """Shares of simulated runners with a reaction test that fires, a verdict `reacts`, and a false
    claim.
    """
    rows = []
    for days in simulated_days(Runner(reaction=strength), length_d, 0.3, runners, seed):
        found = associate(days, exposures=FAMILY, permutations=permutations, seed=seed)
        rows.append(
            (
                found["reaction_p"][0] < 0.05,
                (found["verdict"] == "reacts").any(),
                found["verdict"].is_in(CLAIMS).any(),
            )
        )
    fired, reacts, claimed = np.mean(rows, axis=0)
    return float(fired), float(reacts), float(claimed)


def intervention_rates(
    habit: Habit,
    true_points: float,
    length_d: int,
    missing: float,
    runners: int,
    permutations: int,
    seed: int,
) -> dict[str, float]:
    """Shares of verdicts and mean estimates over simulated runners who do something about their
    back.
    """
    names = ["stretching", "heat"] if habit.companion else ["stretching"]
    truth = 0.0 if habit.companion == "often" else true_points
    rows = []
    for days in simulated_interventions(true_points, length_d, missing, runners, seed, habit):
        found = effects(days, interventions=names, permutations=permutations, seed=seed).row(
            0, named=True
        )
        low, high = number(found["effect_low"]), number(found["effect_high"])
        rows.append(
            (
                naive_difference(days),
                number(found["effect_points"]),
                found["verdict"] == "helps",
                found["verdict"] == "hurts",
                share_below(number(found["p_value"]), 0.05),
                found["verdict"] == "not_enough_data",
                np.nan if np.isnan(low) else low <= truth <= high,
                is_better_after(days),
            )
        )
    kinds = ("naive", "estimate", "helps", "hurts", "p", "too_little", "coverage", "before_after")
    return dict(zip(kinds, np.nanmean(np.array(rows, dtype=float), axis=0), strict=True))


def naive_p(days: pl.DataFrame, columns: Sequence[str]) -> FloatArray:
    """p of Pearson and Spearman (columns × 2) of each column on the day before with the score, as
    if days were independent.
    """
    score = days["tightness_score"].to_numpy()[1:]
    p_values = []
    for column in columns:
        before = days[column].cast(pl.Float64).to_numpy()[:-1]
        known = ~np.isnan(score) & ~np.isnan(before)
        is_flat = known.sum() < 5 or np.ptp(score[known]) == 0 or np.ptp(before[known]) == 0
        p_values.append(
            [
                np.nan if is_flat else float(test(before[known], score[known]).pvalue)
                for test in (stats.pearsonr, stats.spearmanr)
            ]
        )
    return np.array(p_values)


def standard_error(rate: float, trials: int) -> float:
    """Standard error of a rate over so many independent trials."""
    return float(np.sqrt(max(rate * (1 - rate), 0.0) / trials))


def lowest_likely(rate: float, trials: int) -> float:
    """Exact one-sided 99.9 % lower bound of a rate (Clopper–Pearson)."""
    hits = round(rate * trials)
    return float(stats.beta.ppf(0.001, hits, trials - hits + 1)) if hits else 0.0


def below(p: FloatArray, level: float) -> FloatArray:
    """1 where p is below the level, 0 where it is not, NaN where there is none."""
    return np.where(np.isnan(p), np.nan, p < level)


def share_below(p: float, level: float) -> float:
    """1.0 or 0.0 for one p, NaN for none."""
    return float(below(np.array(p), level))


def number(value: float | None) -> float:
    """The value, NaN for none."""
    return np.nan if value is None else float(value)
