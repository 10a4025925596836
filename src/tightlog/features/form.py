"""Cadence against the runner's own norm: what the runs of the 90 days before would have let expect at that speed and grade."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tightlog.features.feature import Feature
from tightlog.features.mileage import runs_of

HISTORY_D = 90
FEWEST_RUNS = 5
FEWEST_WINDOWS = 60
FEWEST_WINDOWS_OF_RUN = 10
SLOWEST_MPS = 1.8
RUNNING_CADENCE_SPM = (130.0, 220.0)
# Steeper than any road; beyond it the altitude is wrong.
STEEPEST_GRADE = 0.4
SHORTEST_WINDOW_S = 15.0
# A line fitted to easy runs says nothing of a sprint: windows this far outside the speeds known are not judged.
SPEED_MARGIN_MPS = 0.3
# Usual values and spreads, so that the sums lose no digits; fixed, so that later runs cannot move the norm of earlier ones.
USUAL_CADENCE_SPM = 170.0
USUAL = {"speed_mps": 3.0, "grade": 0.0}
SPREAD = {"speed_mps": 0.5, "grade": 0.02}
# Weak prior towards "no slope", in units of these spreads: a history at one speed stays solvable.
RIDGE = 1e-5

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

CADENCE_SOURCE = "tightlog's model of the runner's own cadence; why it matters: Drozda 2024, PMID 38905854"

FEATURES = (
    Feature("cadence_spm", "steps/min", "cadence", "Steps of both feet per minute, mean of the day's runs weighted by moving time"),
    Feature("cadence_residual_pct", "%", "cadence", "Cadence above or below the one expected at that speed and grade from the runs of the "
            "90 days before (at least 5 runs, 60 half-minutes); median per run, mean of the runs weighted by moving time", CADENCE_SOURCE),
)


def cadence_residual(activities: pl.DataFrame, run_windows: pl.DataFrame) -> pl.DataFrame:
    """One row per activity: activity_id, cadence_expected_spm, cadence_residual_pct (median over its windows, % of the expected).

    Least squares of cadence on speed and grade over the windows of the runs started in the 90 days before, this run excluded;
    without grade where most of the run has none (treadmill). Null with fewer than 5 earlier runs or 60 windows.
    """
    runs = runs_of(activities).select("activity_id", "started_at").drop_nulls().sort("started_at", "activity_id").with_row_index("run")
    windows = _usable(run_windows).join(runs, on="activity_id", how="inner").sort("run", "window_index")
    history = _history(runs["started_at"])
    graded = windows.filter(pl.col("grade").abs() <= STEEPEST_GRADE)
    judged = [_judged(graded, ("speed_mps", "grade"), history), _judged(windows, ("speed_mps",), history)]
    share = windows.group_by("run").agg(is_graded=pl.col("grade").abs().le(STEEPEST_GRADE).fill_null(False).mean() >= 0.5)
    best = judged[0].join(share.filter("is_graded"), on="run", how="semi")
    plain = judged[1].join(best, on="run", how="anti")
    by_run = runs.join(pl.concat([best, plain]), on="run", how="left")
    return activities.select("activity_id").join(
        by_run.select("activity_id", "cadence_expected_spm", "cadence_residual_pct"), on="activity_id", how="left", maintain_order="left"
    )


@dataclass(frozen=True)
class History:
    """Per run, the half-open range of earlier runs it is judged by, as positions in the order of their starts."""

    first: Integers
    end: Integers


def _usable(run_windows: pl.DataFrame) -> pl.DataFrame:
    return run_windows.filter(
        (pl.col("speed_mps") > SLOWEST_MPS)
        & pl.col("speed_mps").is_finite()  # NaN is greater than any number
        & pl.col("cadence_spm").is_between(*RUNNING_CADENCE_SPM)
        & (pl.col("seconds") >= SHORTEST_WINDOW_S)
    )


def _history(started_at: pl.Series) -> History:
    instants = started_at.dt.epoch("us").to_numpy().astype(np.int64)
    span_us = HISTORY_D * 86_400_000_000
    return History(np.searchsorted(instants, instants - span_us), np.searchsorted(instants, instants))


def _judged(windows: pl.DataFrame, predictors: tuple[str, ...], history: History) -> pl.DataFrame:
    """One row per run that can be judged: run, cadence_expected_spm, cadence_residual_pct."""
    run = windows["run"].to_numpy().astype(np.int64)
    x = windows.select(predictors).to_numpy().astype(np.float64)
    z = (x - np.array([USUAL[name] for name in predictors])) / np.array([SPREAD[name] for name in predictors])
    deviation_spm = windows["cadence_spm"].to_numpy().astype(np.float64) - USUAL_CADENCE_SPM
    expected = np.where(_is_known_speed(run, x[:, 0], history), USUAL_CADENCE_SPM + _expected(run, z, deviation_spm, history), np.nan)
    residual_pct = 100.0 * (pl.col("cadence_spm") - pl.col("expected")) / pl.col("expected")
    return (
        windows.select("run", "cadence_spm", expected=pl.Series(expected, dtype=pl.Float64)).filter(pl.col("expected").is_finite())
        .group_by("run").agg(cadence_expected_spm=pl.col("expected").median(), cadence_residual_pct=residual_pct.median(), windows=pl.len())
        .filter(pl.col("windows") >= FEWEST_WINDOWS_OF_RUN).drop("windows").sort("run")
    )


def _expected(run: Integers, z: Floats, y: Floats, history: History) -> Floats:
    """Response of each window expected from its run's history; NaN where that is too short to say."""
    moments = _earlier_moments(run, z, y, history)
    slopes, means, y_mean = _fits(moments, z.shape[1])
    is_enough = (moments[:, 0] >= FEWEST_WINDOWS) & (_earlier_run_count(run, history) >= FEWEST_RUNS)
    return np.where(is_enough[run], y_mean[run] + ((z - means[run]) * slopes[run]).sum(axis=1), np.nan)


def _earlier_moments(run: Integers, z: Floats, y: Floats, history: History) -> Floats:
    """Per run the sums over its history's windows of 1, z, zz' (row by row), y and zy: the normal equations, by cumulative sums."""
    width = z.shape[1]
    squares = (z[:, :, None] * z[:, None, :]).reshape(len(z), width * width)
    terms = np.column_stack([np.ones(len(z)), z, squares, y, z * y[:, None]])
    per_run = np.zeros((len(history.first), terms.shape[1]))
    np.add.at(per_run, run, terms)
    cumulative = np.vstack([np.zeros(terms.shape[1]), per_run.cumsum(axis=0)])
    earlier: Floats = cumulative[history.end] - cumulative[history.first]
    return earlier


def _fits(moments: Floats, width: int) -> tuple[Floats, Floats, Floats]:
    """Slopes, predictor means and mean response of every run's history."""
    count = np.maximum(moments[:, 0], 1.0)
    means = moments[:, 1 : 1 + width] / count[:, None]
    squares = moments[:, 1 + width : 1 + width + width**2].reshape(-1, width, width) / count[:, None, None]
    y_mean = moments[:, 1 + width + width**2] / count
    products = moments[:, 2 + width + width**2 :] / count[:, None]
    variance = squares - means[:, :, None] * means[:, None, :] + RIDGE * np.eye(width)
    covariance = products - means * y_mean[:, None]
    slopes: Floats = np.linalg.solve(variance, covariance[:, :, None])[:, :, 0].astype(np.float64)
    return slopes, means, y_mean


def _earlier_run_count(run: Integers, history: History) -> Integers:
    has_windows = np.zeros(len(history.first), dtype=np.int64)
    has_windows[run] = 1
    cumulative = np.concatenate([[0], has_windows.cumsum()])
    return np.asarray(cumulative[history.end] - cumulative[history.first], dtype=np.int64)


def _is_known_speed(run: Integers, speed_mps: Floats, history: History) -> NDArray[np.bool_]:
    """True for the windows between the slowest and the fastest of their run's history, or little beyond."""
    low, high = np.full(len(history.first), np.inf), np.full(len(history.first), -np.inf)
    np.minimum.at(low, run, speed_mps)
    np.maximum.at(high, run, speed_mps)
    spans = list(zip(history.first, history.end, strict=True))
    slowest = np.array([low[first:end].min(initial=np.inf) for first, end in spans])
    fastest = np.array([high[first:end].max(initial=-np.inf) for first, end in spans])
    return np.asarray((speed_mps >= slowest[run] - SPEED_MARGIN_MPS) & (speed_mps <= fastest[run] + SPEED_MARGIN_MPS))
