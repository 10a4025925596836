"""What a runner is told who looks every second week of a year, with known truth."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from tightlog.findings.arrays import FloatArray
from tightlog.findings.association import associate
from tightlog.findings.daily_life.life_family import known_family
from tightlog.findings.effects import effects
from tightlog.findings.exposures import FAMILY
from tightlog.simulation.population.days import day_frame, flare_course, memory
from tightlog.simulation.population.lives import SPREAD, Life, days_of_life
from tightlog.words.findings import DAILY_LIFE, TRAINING

FIRST_LOOK_D, EVERY_D = 91, 14
TOLD = ("clear", "possible")
LONG_D = 20_000
# Below this there is no true effect to compare a size with.
SMALLEST_TRUE_POINTS = 0.1
RELIEFS = ("stretching", "heat", "massage", "foam_rolling", "walking")


def year_of_looks(
    life: Life,
    runners: int,
    permutations: int,
    seed: int,
    length_d: int = 365,
    every_d: int = EVERY_D,
) -> dict[str, float]:
    """Shares of runners told a link ever, hinted at one ever, told at the last look; the median
    first day; and at the first claim of the distance the shown size against the true one, the
    share of intervals that hold it, and of claims with the wrong sign.
    """
    truth = true_slopes(life) if any(life.per_sd) else None
    rows = []
    for number in range(runners):
        days = days_of_life(life, length_d, np.random.default_rng([seed, number]))
        rows.append(_looks_of(days, permutations, truth, every_d))
    ever, hinted, last, first, ratio, holds, wrong = np.array(rows, dtype=np.float64).T
    return {
        "ever": float(ever.mean()),
        "hint": float(hinted.mean()),
        "one look": float(last.mean()),
        "median first day": float(np.median(first)),
        "shown / true": _mean(ratio),
        "interval holds": _mean(holds),
        "wrong sign": _mean(wrong),
    }


def true_slopes(life: Life) -> FloatArray:
    """Points of the score per metre one, two and three days before, from a very long record: the
    floor and the rounding of the scale take their share.
    """
    days = days_of_life(life, LONG_D, np.random.default_rng(1))
    distance, score = days["run_distance_m"].to_numpy(), days["tightness_score"].to_numpy()
    lags = np.column_stack([distance[3 - lag_d : -lag_d] for lag_d in (1, 2, 3)])
    kept = ~np.isnan(score[3:])
    design = np.column_stack([lags, np.ones(lags.shape[0])])[kept]
    return np.asarray(np.linalg.lstsq(design, score[3:][kept], rcond=None)[0][:3])


def _looks_of(
    days: pl.DataFrame, permutations: int, truth: FloatArray | None, every_d: int
) -> tuple[float, ...]:
    ends = range(FIRST_LOOK_D, days.height + 1, every_d)
    first, is_hinted, is_last = np.inf, False, False
    ratio = holds = wrong = np.nan
    for end in ends:
        if first < np.inf and end + every_d <= days.height:
            continue
        found = associate(days[:end], permutations=permutations)
        told = found.filter(pl.col("verdict").is_in(TOLD)).sort("e_value", descending=True)
        is_hinted |= bool((found["verdict"] == "hint").any())
        is_last = not told.is_empty()
        if first == np.inf and is_last:
            first = float(end)
            ratio, holds, wrong = _against_truth(told, truth)
    return float(first < np.inf), float(is_hinted), float(is_last), first, ratio, holds, wrong


def year_of_nights(
    life: Life,
    runners: int,
    permutations: int,
    seed: int,
    length_d: int = 365,
    every_d: int = EVERY_D,
    family: str = DAILY_LIFE,
) -> dict[str, float]:
    """Shares of runners told a link of one family ever, at the last look, and hinted at one ever;
    told ever of sleep, with less tightness after more of it; and of verdicts `reacts` at the last.
    """
    rows = []
    for number in range(runners):
        days = days_of_life(life, length_d, np.random.default_rng([seed, number]))
        rows.append(_looks_at_family(days, permutations, every_d, family))
    names = ("ever", "one look", "hint", "sleep", "right sign", "reacts")
    columns = np.array(rows, dtype=np.float64).T
    return {name: _mean(column) for name, column in zip(names, columns, strict=True)}


def _looks_at_family(
    days: pl.DataFrame, permutations: int, every_d: int, family: str
) -> tuple[float, ...]:
    is_told = is_hinted = is_sleep = False
    is_right = np.nan
    for end in (*range(FIRST_LOOK_D, days.height, every_d), days.height):
        so_far = days[:end]
        asked = FAMILY if family == TRAINING else known_family(so_far, np.arange(end))
        found = associate(so_far, exposures=asked, permutations=permutations)
        told = found.filter(pl.col("verdict").is_in(TOLD))
        sleep = told.filter(exposure="context_sleep_h")
        is_told |= not told.is_empty()
        is_hinted |= bool((found["verdict"] == "hint").any())
        if not sleep.is_empty() and not is_sleep:
            is_sleep, is_right = True, float(sleep["told_points"][0] < 0)
    reacts = bool((found["verdict"] == "reacts").any())
    return is_told, not told.is_empty(), is_hinted, is_sleep, is_right, reacts


def _against_truth(told: pl.DataFrame, truth: FloatArray | None) -> tuple[float, float, float]:
    row = told.row(0, named=True)
    if truth is None:
        return np.nan, np.nan, np.nan
    wrong = float(row["told_points"] * truth.sum() <= 0)
    distance = told.filter(exposure="run_distance_m")
    if distance.is_empty():
        return np.nan, np.nan, wrong
    row = distance.row(0, named=True)
    span_m = (row["exposure_high"] - row["exposure_low"]) * 1000.0
    true = float(truth[row["told_lag_d"] - 1]) * span_m
    day_before = float(truth[0]) * span_m
    holds = float(row["effect_low"] <= day_before <= row["effect_high"])
    ratio = row["shrunk_points"] / true if abs(true) > SMALLEST_TRUE_POINTS else np.nan
    return ratio, holds, wrong


def year_of_reliefs(
    in_flares: bool,
    runners: int,
    permutations: int,
    seed: int,
    length_d: int = 365,
    every_d: int = EVERY_D,
) -> dict[str, float]:
    """Shares of runners told that one of five things without effect helps, or hurts, ever in the
    year and at its last look.
    """
    rows = []
    for number in range(runners):
        days = days_of_reliefs(in_flares, length_d, np.random.default_rng([seed, number]))
        verdicts = [
            set(effects(days[:end], interventions=RELIEFS, permutations=permutations)["verdict"])
            for end in range(FIRST_LOOK_D, length_d + 1, every_d)
        ]
        rows.append([
            any("helps" in told for told in verdicts), any("hurts" in told for told in verdicts),
            "helps" in verdicts[-1], any("hint" in told for told in verdicts),
        ])  # fmt: skip
    names: Sequence[str] = ("ever helps", "ever hurts", "helps, one look", "hint")
    return dict(zip(names, np.mean(rows, axis=0).tolist(), strict=True))


def days_of_reliefs(in_flares: bool, length_d: int, rng: np.random.Generator) -> pl.DataFrame:
    """Days with five interventions that change nothing, done more on tight days; in flares that
    settle by themselves over a slow level where asked for.
    """
    level = SPREAD * memory(rng, length_d, 0.97 if in_flares else 0.8)
    back = level + (3.0 * flare_course(rng, length_d) if in_flares else 0.0)
    felt = np.clip(3.0 + back + 0.4 * rng.normal(size=length_d), 0, 10)
    score = np.asarray(np.round(felt), dtype=np.float64)
    pull = (back - level if in_flares else back) * (1.5 if in_flares else 0.6)
    done = {
        name: (rng.random(length_d) < 1 / (1 + np.exp(1.8 - pull))).astype(np.float64)
        for name in RELIEFS
    }
    score[rng.random(length_d) < 0.2] = np.nan
    run_m = np.where(rng.random(length_d) < 0.5, 8000.0 * rng.lognormal(0, 0.3, length_d), 0.0)
    return day_frame({"tightness_score": score, "run_distance_m": run_m, **done})


def _mean(values: FloatArray) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if known.size else np.nan
