"""Calibration of the findings on simulated runners with known truth: false-positive rates, power, coverage, beside naive methods.

    python benchmarks/calibration.py                     all null cells, planted effects and interventions
    python benchmarks/calibration.py --runners 40 --cells reverse memory_0.8 --lengths 120 --missing 0.3

Null cells: nine ways in which a diary and a training log can move together without any effect of training on the back.
"""

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import signal, stats

from tightlog.findings.association import associate
from tightlog.findings.effects import effects
from tightlog.findings.exposures import Exposure

FloatArray = npt.NDArray[np.float64]

BURN_IN_D = 60
SCORE_MEAN, SCORE_SPREAD = 3.0, 1.3
CLAIMS = ("clear", "possible")

FAMILY = (
    Exposure("run_distance_m", "distance the day before", "more distance", "km", 1000.0, reaction_sign=-1),
    Exposure("run_distance_7d_m", "distance in 7 days", "more distance in 7 days", "km", 1000.0, spans_d=7,
             reaction_column="run_distance_m", reaction_sign=-1),
    Exposure("session_spike", "a spike", "a spike", reaction_column="run_distance_m", reaction_sign=-1),
    Exposure("load_au", "load the day before", "more load", reaction_sign=-1),
    Exposure("acute_chronic_ratio", "load ratio", "a higher load ratio", reaction_column="run_distance_m", reaction_sign=-1),
    Exposure("week_change", "week change", "a larger week change", reaction_column="run_distance_m", reaction_sign=-1),
)  # fmt: skip
SLOW = Exposure("run_distance_28d_m", "28-day load", "more 28-day load")


@dataclass(frozen=True)
class Runner:
    """The truth behind one simulated runner."""

    carry_over: float = 0.8
    season: float = 0.0
    flares: float = 0.0
    weekly: float = 0.0
    reaction: float = 0.0
    not_at_random: bool = False
    noise_share: float = 0.0
    effect_per_sd: float = 0.0


NULL_CELLS: dict[str, Runner] = {
    "memory_0.5": Runner(0.5),
    "memory_0.8": Runner(0.8),
    "memory_0.95": Runner(0.95),
    "season": Runner(season=1.2),
    "flares": Runner(flares=3.0),
    "weekly": Runner(weekly=0.8),
    "reverse": Runner(reaction=0.6),
    "not_at_random": Runner(not_at_random=True),
    "noise": Runner(noise_share=0.5),
}


def main() -> None:
    options = _options()
    permutations, seed = options.permutations, options.seed
    print(f"{options.runners} runners a cell, {permutations} permutations, seed {seed}")
    print_null_table(options.cells, options.lengths, options.missing, options.runners, permutations, seed)
    if not options.only_null:
        print_power_table(options.runners, permutations, seed)
        print_direction_table(options.runners, permutations, seed)
        print_intervention_table(options.runners, permutations, seed)


def print_null_table(
    cells: Sequence[str], lengths: Sequence[int], missing: Sequence[float], runners: int, permutations: int, seed: int
) -> None:
    """False-positive rates per null cell; `worst` is the exposure with the highest rate at p < .05."""
    print("\ncell           days  miss | naive r  naive rho |  worst  slow-28d  family  any BH  coverage | clear/possible   reacts     s")
    for cell in cells:
        for length_d in lengths:
            for share in missing:
                started = time.perf_counter()
                rates = null_rates(NULL_CELLS[cell], length_d, share, runners, permutations, seed)
                took_s = time.perf_counter() - started
                print(
                    f"{cell:14} {length_d:4d}  {share:.2f} | {rates['pearson']:7.3f}  {rates['spearman']:9.3f} | {rates['worst']:6.3f}"
                    f"  {rates['slow']:8.3f}  {rates['family']:6.3f}  {rates['discovery']:6.3f}  {rates['coverage']:8.3f} |"
                    f" {rates['claimed']:14.3f} {rates['reacts']:8.3f} {took_s:5.0f}",
                    flush=True,
                )


def null_rates(runner: Runner, length_d: int, missing: float, runners: int, permutations: int, seed: int) -> dict[str, float]:
    """Shares of simulated runners (and of exposures) for which each method claims what is not there."""
    naive, exact, slow, family, discovery, covered, claimed, reacts = ([] for _ in range(8))
    for days in simulated_days(runner, length_d, missing, runners, seed):
        found = associate(days, exposures=FAMILY, permutations=permutations, seed=seed)
        naive.append(naive_p(days, [item.column for item in FAMILY]))
        exact.append(found["p_value"].fill_null(np.nan).to_numpy() < 0.05)
        slow.append(_p(associate(days, exposures=[SLOW], permutations=permutations, seed=seed)) < 0.05)
        family.append(bool((found["max_t_p"] < 0.05).any()))
        discovery.append(bool((found["q_value"] < 0.10).any()))
        covered.append(found.select(((pl.col("effect_low") <= 0) & (pl.col("effect_high") >= 0)).mean()).item())
        claimed.append(found["verdict"].is_in(CLAIMS).any())
        reacts.append((found["verdict"] == "reacts").any())
    worst_naive = np.nanmean(np.array(naive) < 0.05, axis=0).max(axis=0)
    return {
        "pearson": worst_naive[0], "spearman": worst_naive[1], "worst": np.mean(exact, axis=0).max(), "slow": np.mean(slow),
        "family": np.mean(family), "discovery": np.mean(discovery), "coverage": np.mean(covered), "claimed": np.mean(claimed),
        "reacts": np.mean(reacts),
    }  # fmt: skip


def print_power_table(runners: int, permutations: int, seed: int) -> None:
    """Power for a planted effect of the distance on the day before, and coverage of its interval."""
    print("\nplanted points/SD  days  miss | naive r p<.05 | p<.05  BH q<.10  clear or possible  clear | coverage")
    for per_sd, length_d, missing in ((0.6, 120, 0.3), (0.4, 120, 0.3), (0.4, 365, 0.3), (0.2, 365, 0.3), (0.6, 365, 0.5)):
        rates = power_rates(per_sd, length_d, missing, runners, permutations, seed)
        print(
            f"{per_sd:17.1f}  {length_d:4d}  {missing:.2f} | {rates['pearson']:13.3f} | {rates['p']:5.3f}  {rates['q']:8.3f}"
            f"  {rates['claimed']:17.3f}  {rates['clear']:5.3f} | {rates['coverage']:8.3f}",
            flush=True,
        )


def power_rates(per_sd: float, length_d: int, missing: float, runners: int, permutations: int, seed: int) -> dict[str, float]:
    """Shares of simulated runners whose planted effect is found, and whose interval holds the true effect."""
    rows = []
    for days in simulated_days(Runner(effect_per_sd=per_sd), length_d, missing, runners, seed):
        found = associate(days, exposures=FAMILY, permutations=permutations, seed=seed).row(0, named=True)
        true_points = per_sd * (found["exposure_high"] - found["exposure_low"]) / (days["distance_sd_m"][0] / 1000.0)
        rows.append((
            naive_p(days, ["run_distance_m"])[0, 0] < 0.05, found["p_value"] < 0.05, found["q_value"] < 0.10,
            found["verdict"] in CLAIMS, found["verdict"] == "clear", found["effect_low"] <= true_points <= found["effect_high"],
        ))  # fmt: skip
    return dict(zip(("pearson", "p", "q", "claimed", "clear", "coverage"), np.mean(rows, axis=0), strict=True))


def print_direction_table(runners: int, permutations: int, seed: int) -> None:
    """How often the reaction test fires (p < .05 for the distance) with and without reverse causation."""
    print("\nreaction strength  days | reaction test p<.05   verdict reacts   clear or possible")
    for strength, length_d in ((0.0, 120), (0.0, 365), (0.6, 120), (0.6, 365), (0.9, 120), (0.9, 365), (2.0, 365)):
        fired, reacts, claimed = reaction_rates(strength, length_d, runners, permutations, seed)
        print(f"{strength:17.1f}  {length_d:4d} | {fired:19.3f}  {reacts:15.3f}  {claimed:18.3f}", flush=True)


def reaction_rates(strength: float, length_d: int, runners: int, permutations: int, seed: int) -> tuple[float, float, float]:
    """Shares of simulated runners with a reaction test that fires, a verdict `reacts`, and a false claim."""
    rows = []
    for days in simulated_days(Runner(reaction=strength), length_d, 0.3, runners, seed):
        found = associate(days, exposures=FAMILY, permutations=permutations, seed=seed)
        rows.append((found["reaction_p"][0] < 0.05, (found["verdict"] == "reacts").any(), found["verdict"].is_in(CLAIMS).any()))
    fired, reacts, claimed = np.mean(rows, axis=0)
    return float(fired), float(reacts), float(claimed)


def print_intervention_table(runners: int, permutations: int, seed: int) -> None:
    """Verdicts on an intervention done on bad days, with no effect and with a true one, beside the naive comparison."""
    print("\ntrue effect  days  miss | naive difference  estimate | helps  hurts  p<.05  not enough | coverage  naive before/after")
    for true_points in (0.0, -0.5, -1.0):
        for length_d, missing in ((60, 0.1), (120, 0.3), (365, 0.3), (365, 0.5)):
            rates = intervention_rates(true_points, length_d, missing, runners, permutations, seed)
            print(
                f"{true_points:11.1f}  {length_d:4d}  {missing:.2f} | {rates['naive']:16.2f}  {rates['estimate']:8.2f} | {rates['helps']:5.3f}"
                f"  {rates['hurts']:5.3f}  {rates['p']:5.3f}  {rates['too_little']:10.3f} | {rates['coverage']:8.3f}  {rates['before_after']:18.3f}",
                flush=True,
            )


def intervention_rates(true_points: float, length_d: int, missing: float, runners: int, permutations: int, seed: int) -> dict[str, float]:
    """Shares of verdicts and mean estimates over simulated runners who do something about their back on bad days."""
    rows = []
    for days in simulated_interventions(true_points, length_d, missing, runners, seed):
        found = effects(days, interventions=["stretching"], permutations=permutations, seed=seed).row(0, named=True)
        low, high = (np.nan if found[name] is None else found[name] for name in ("effect_low", "effect_high"))
        rows.append((
            _naive_difference(days), _p_of(found["effect_points"]), found["verdict"] == "helps", found["verdict"] == "hurts",
            _p_of(found["p_value"]) < 0.05, found["verdict"] == "not_enough_data",
            np.nan if np.isnan(low) else low <= true_points <= high, _is_better_after(days),
        ))  # fmt: skip
    names = ("naive", "estimate", "helps", "hurts", "p", "too_little", "coverage", "before_after")
    return dict(zip(names, np.nanmean(np.array(rows, dtype=float), axis=0), strict=True))


def simulated_days(runner: Runner, length_d: int, missing: float, runners: int, seed: int) -> Iterator[pl.DataFrame]:
    """Day frames of simulated runners who share one truth."""
    for number in range(runners):
        yield _simulated(runner, length_d, missing, np.random.default_rng([seed, number]))


def simulated_interventions(true_points: float, length_d: int, missing: float, runners: int, seed: int) -> Iterator[pl.DataFrame]:
    """Day frames of simulated runners who stretch when it is bad; stretching changes only the next morning's score."""
    for number in range(runners):
        rng = np.random.default_rng([seed, 1, number])
        state = SCORE_MEAN + SCORE_SPREAD * _memory(rng, length_d, 0.8)
        score, did = np.empty(length_d), np.zeros(length_d)
        for day in range(length_d):
            relief = true_points * did[day - 1] if day else 0.0
            score[day] = np.round(np.clip(state[day] + relief, 0, 10))
            did[day] = rng.random() < 1 / (1 + np.exp(1.6 - 0.8 * (score[day] - SCORE_MEAN)))
        score[rng.random(length_d) < missing] = np.nan
        yield _frame({"tightness_score": score, "stretching": did})


def naive_p(days: pl.DataFrame, columns: Sequence[str]) -> FloatArray:
    """p of Pearson and Spearman (columns × 2) of each column on the day before with the score, as if days were independent."""
    score = days["tightness_score"].to_numpy()[1:]
    p_values = []
    for column in columns:
        before = days[column].cast(pl.Float64).to_numpy()[:-1]
        known = ~np.isnan(score) & ~np.isnan(before)
        is_flat = known.sum() < 5 or np.ptp(score[known]) == 0 or np.ptp(before[known]) == 0
        tests: tuple[Callable[..., object], ...] = (stats.pearsonr, stats.spearmanr)
        p_values.append([np.nan if is_flat else float(test(before[known], score[known]).pvalue) for test in tests])  # type: ignore[attr-defined]
    return np.array(p_values)


def _simulated(runner: Runner, length_d: int, missing: float, rng: np.random.Generator) -> pl.DataFrame:
    total_d = length_d + BURN_IN_D
    numbers = np.arange(total_d)
    wave = np.sin(2 * np.pi * (numbers / 365.0 + rng.random()))
    weekday = numbers % 7
    busy = np.array([0.0, 0.3, -0.3, 0.2, -0.5, -1.0, 1.3])[weekday]
    latent = (
        SCORE_SPREAD * _memory(rng, total_d, runner.carry_over) + runner.season * wave + runner.weekly * np.roll(busy, 1)
        + runner.flares * _flares(rng, total_d)
    )  # fmt: skip
    volume = np.exp(0.35 * _memory(rng, total_d, 0.985) + 0.3 * np.sign(runner.season) * wave)
    wish = np.array([0.25, 0.7, 0.5, 0.7, 0.3, 0.6, 0.85])[weekday] - 0.1 * runner.reaction * latent / SCORE_SPREAD
    length_km = np.where(weekday == 6, 15.0, 8.0) * volume * rng.lognormal(0, 0.25, total_d)
    length_km *= np.clip(1 - 0.15 * runner.reaction * latent / SCORE_SPREAD, 0.1, 2.0)
    distance_m = np.where(rng.random(total_d) < wish, 1000.0 * length_km, 0.0)
    planted = np.concatenate([[0.0], (distance_m[:-1] - distance_m.mean()) / distance_m.std()]) * runner.effect_per_sd
    noise = rng.normal(size=total_d) * SCORE_SPREAD * np.sqrt(runner.noise_share / (1 - runner.noise_share))
    score = np.round(np.clip(SCORE_MEAN + latent + planted + noise, 0, 10))
    score[_is_missing(rng, runner, latent, distance_m, missing)] = np.nan
    columns = _features(distance_m, rng) | {"tightness_score": score, "distance_sd_m": np.full(total_d, distance_m.std())}
    return _frame(columns)[BURN_IN_D:]


def _memory(rng: np.random.Generator, length_d: int, carry_over: float) -> FloatArray:
    # AR(1) of variance 1, started in its stationary state.
    shocks = rng.normal(size=length_d) * np.sqrt(1 - carry_over**2)
    shocks[0] /= np.sqrt(1 - carry_over**2)
    return np.asarray(signal.lfilter([1.0], [1.0, -carry_over], shocks), dtype=np.float64)


def _flares(rng: np.random.Generator, length_d: int) -> FloatArray:
    starts = (rng.random(length_d) < 1 / 40).astype(np.float64)
    return np.minimum(np.asarray(signal.lfilter([1.0], [1.0, -0.85], starts), dtype=np.float64), 1.5)


def _is_missing(
    rng: np.random.Generator, runner: Runner, latent: FloatArray, distance_m: FloatArray, missing: float
) -> npt.NDArray[np.bool_]:
    pull = 1.0 * latent / SCORE_SPREAD + 0.8 * (distance_m > 0) if runner.not_at_random else np.zeros(latent.size)
    reluctance = rng.logistic(size=latent.size) - pull
    return np.asarray(reluctance > np.quantile(reluctance, 1 - missing))


def _features(distance_m: FloatArray, rng: np.random.Generator) -> dict[str, FloatArray]:
    week, month = _sum_of_days(distance_m, 7), _sum_of_days(distance_m, 28)
    longest = np.array([distance_m[max(0, day - 30) : day].max(initial=0.0) for day in range(distance_m.size)])
    acute, chronic = (signal.lfilter([rate], [1.0, rate - 1.0], distance_m) for rate in (2 / 8, 2 / 29))
    return {
        "run_distance_m": distance_m, "run_distance_7d_m": week, "run_distance_28d_m": month,
        "load_au": distance_m / 100 * rng.lognormal(0, 0.4, distance_m.size),
        "session_spike": ((distance_m > 1.1 * longest) & (longest > 0)).astype(np.float64),
        "acute_chronic_ratio": acute / np.maximum(chronic, 1.0),
        "week_change": week / np.maximum(np.concatenate([np.full(7, np.nan), week[:-7]]), 1000.0),
    }  # fmt: skip


def _sum_of_days(values: FloatArray, days: int) -> FloatArray:
    return np.asarray(np.convolve(values, np.ones(days))[: values.size])


def _frame(columns: dict[str, FloatArray]) -> pl.DataFrame:
    length_d = next(iter(columns.values())).size
    calendar = pl.Series("day", [date(2024, 1, 1) + timedelta(days=number) for number in range(length_d)])
    return pl.DataFrame({"day": calendar, **columns}).with_columns(pl.col(pl.Float64).fill_nan(None))


def _naive_difference(days: pl.DataFrame) -> float:
    following = days["tightness_score"].shift(-1).to_numpy()
    did = days["stretching"].to_numpy() > 0
    return float(np.nanmean(following[did]) - np.nanmean(following[~did]))


def _is_better_after(days: pl.DataFrame) -> bool:
    change = (days["tightness_score"].shift(-1) - days["tightness_score"]).to_numpy()
    paired = change[(days["stretching"].to_numpy() > 0) & ~np.isnan(change)]
    return bool(paired.size > 2 and paired.mean() < 0 and stats.ttest_1samp(paired, 0.0).pvalue < 0.05)


def _p(found: pl.DataFrame) -> float:
    return _p_of(found["p_value"][0])


def _p_of(value: float | None) -> float:
    return np.nan if value is None else value


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--runners", type=int, default=600, help="simulated runners a cell")
    parser.add_argument("--cells", nargs="+", choices=list(NULL_CELLS), default=list(NULL_CELLS))
    parser.add_argument("--lengths", nargs="+", type=int, default=[60, 120, 365], help="days of diary")
    parser.add_argument("--missing", nargs="+", type=float, default=[0.1, 0.3, 0.5], help="share of days without a score")
    parser.add_argument("--permutations", type=int, default=299)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only-null", action="store_true", help="skip planted effects, direction and interventions")
    return parser.parse_args()


if __name__ == "__main__":
    main()
