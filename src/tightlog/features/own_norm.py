"""The runner's own norm: what is expected of a half-minute at that speed and grade from earlier
runs.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

FEWEST_RUNS = 5
FEWEST_WINDOWS = 60
FEWEST_WINDOWS_OF_RUN = 10
SLOWEST_MPS = 1.8
# Half-minutes below it count as flat.
FLAT_GRADE = 0.02
# Steeper than any road; beyond it the altitude is wrong.
STEEPEST_GRADE = 0.4
SHORTEST_WINDOW_S = 15.0
# A line fitted to easy runs does not apply to a sprint: windows this far outside the known speeds
# are not judged.
SPEED_MARGIN_MPS = 0.3
# Usual values and spreads, so that the sums lose no digits; fixed, so that later runs cannot
# change the norm of earlier ones.
USUAL = {"speed_mps": 3.0, "grade": 0.0}
SPREAD = {"speed_mps": 0.5, "grade": 0.02}
# Weak prior towards "no slope", in units of these spreads: a history at one speed stays solvable.
WINDOW_RIDGE = 1e-5
MICROSECONDS_PER_DAY = 86_400_000_000

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

JUDGED_SCHEMA = {
    "activity_id": pl.String,
    "window_index": pl.Int32,
    "speed_mps": pl.Float64,
    "grade": pl.Float64,
    "value": pl.Float64,
    "expected": pl.Float64,
}


@dataclass(frozen=True)
class Norm:
    """What is predicted: a column of the windows, its believable and its usual values, and how much
    history that needs.

    `fewest_windows` of the history and `fewest_of_run` of the run itself; with one row per run
    instead of half-minutes fewer are needed, and a stronger `ridge` steadies the line through them.
    """

    column: str
    believable: tuple[float, float]
    usual: float
    history_d: int
    fewest_windows: int = FEWEST_WINDOWS
    fewest_of_run: int = FEWEST_WINDOWS_OF_RUN
    ridge: float = WINDOW_RIDGE


@dataclass(frozen=True)
class History:
    """Per run, the half-open range of earlier runs it is judged by, as positions in the order of
    their starts.
    """

    first: Integers
    end: Integers


def judged_windows(
    runs: pl.DataFrame, windows: pl.DataFrame, norm: Norm, asked: pl.Series | None = None
) -> pl.DataFrame:
    """One row per half-minute that can be judged, in the columns of JUDGED_SCHEMA: its value and
    the one expected; of the runs `asked` for by their ids, else of all.

    `runs` (activity_id, started_at) are all that count as each other's history. Least squares on
    speed and grade over the half-minutes of the runs started in the days before, the run itself
    excluded; without grade where most of the run has none (treadmill). A run with fewer than 5
    earlier ones, too few half-minutes before it, or too few of its own within the speeds known, has
    no row.
    """
    measured = _usable(windows, norm)
    # Of a watch that does not measure it: nothing below finds anything.
    if measured.is_empty():
        return pl.DataFrame(schema=JUDGED_SCHEMA)
    ordered = (
        runs.select("activity_id", "started_at")
        .drop_nulls()
        .sort("started_at", "activity_id")
        .with_row_index("run")
    )
    usable = measured.join(
        ordered.select("run", "activity_id"), on="activity_id", how="inner"
    ).sort("run", "window_index")
    history = _history(ordered["started_at"], norm.history_d)
    has_grade = pl.col("grade").abs().le(STEEPEST_GRADE).fill_null(False)
    is_graded_run = has_grade.mean().over("run") >= 0.5
    wanted = (
        ordered if asked is None else ordered.filter(pl.col("activity_id").is_in(asked.implode()))
    )
    graded_runs = usable.filter(is_graded_run).join(wanted, on="run", how="semi")["run"].unique()
    with_grade = _judged(
        usable.filter(has_grade), ("speed_mps", "grade"), history, norm, graded_runs
    )
    rest = wanted.join(with_grade, on="run", how="anti")["run"]
    without_grade = _judged(usable, ("speed_mps",), history, norm, rest)
    return pl.concat([with_grade, without_grade]).select(*JUDGED_SCHEMA)


def _usable(windows: pl.DataFrame, norm: Norm) -> pl.DataFrame:
    return windows.filter(
        (pl.col("speed_mps") > SLOWEST_MPS)
        & pl.col("speed_mps").is_finite()  # NaN is greater than any number
        & pl.col(norm.column).is_between(*norm.believable)
        & (pl.col("seconds") >= SHORTEST_WINDOW_S)
    ).select(
        "activity_id",
        "window_index",
        "speed_mps",
        "grade",
        value=pl.col(norm.column).cast(pl.Float64),
    )


def _history(started_at: pl.Series, history_d: int) -> History:
    instants = started_at.dt.epoch("us").to_numpy().astype(np.int64)
    return History(
        np.searchsorted(instants, instants - history_d * MICROSECONDS_PER_DAY),
        np.searchsorted(instants, instants),
    )


def _judged(
    windows: pl.DataFrame,
    predictors: tuple[str, ...],
    history: History,
    norm: Norm,
    asked: pl.Series,
) -> pl.DataFrame:
    """Those of the windows, with `expected`, that can be judged in a run asked for; all windows
    take part in the history.
    """
    if asked.is_empty():
        return windows.clear().with_columns(expected=pl.lit(None, pl.Float64))
    run = windows["run"].to_numpy().astype(np.int64)
    x = windows.select(predictors).to_numpy().astype(np.float64)
    z = (x - np.array([USUAL[name] for name in predictors])) / np.array(
        [SPREAD[name] for name in predictors]
    )
    deviation = windows["value"].to_numpy() - norm.usual
    expected = np.where(
        _is_known_speed(run, x[:, 0], history),
        norm.usual + _expected(run, z, deviation, history, norm),
        np.nan,
    )
    judged = windows.with_columns(expected=pl.Series(expected, dtype=pl.Float64)).filter(
        pl.col("expected").is_finite(), pl.col("expected") > 0
    )
    enough = (
        judged.group_by("run")
        .agg(windows=pl.len())
        .filter(pl.col("windows") >= norm.fewest_of_run, pl.col("run").is_in(asked.implode()))
    )
    return judged.join(enough, on="run", how="semi", maintain_order="left")


def _expected(run: Integers, z: Floats, y: Floats, history: History, norm: Norm) -> Floats:
    """Deviation of each window expected from its run's history; NaN where that is too
    short.
    """
    moments = _earlier_moments(run, z, y, history)
    slopes, means, y_mean = _fits(moments, z.shape[1], norm.ridge)
    is_enough = (moments[:, 0] >= norm.fewest_windows) & (
        _earlier_run_count(run, history) >= FEWEST_RUNS
    )
    return np.where(
        is_enough[run], y_mean[run] + ((z - means[run]) * slopes[run]).sum(axis=1), np.nan
    )


def _earlier_moments(run: Integers, z: Floats, y: Floats, history: History) -> Floats:
    """Per run the sums over its history's windows of 1, z, zz' (row by row), y and zy: the
    normal equations.

    Each history is summed by itself: a difference of cumulative sums would carry the digits of runs
    outside it.
    """
    width = z.shape[1]
    squares = (z[:, :, None] * z[:, None, :]).reshape(len(z), width * width)
    terms = np.column_stack([np.ones(len(z)), z, squares, y, z * y[:, None]])
    per_run = np.zeros((len(history.first), terms.shape[1]))
    np.add.at(per_run, run, terms)
    return _over_spans(np.add, per_run, history, empty=0.0)


def _fits(moments: Floats, width: int, ridge: float) -> tuple[Floats, Floats, Floats]:
    """Slopes, predictor means and mean deviation of every run's history."""
    count = np.maximum(moments[:, 0], 1.0)
    means = moments[:, 1 : 1 + width] / count[:, None]
    squares = (
        moments[:, 1 + width : 1 + width + width**2].reshape(-1, width, width)
        / count[:, None, None]
    )
    y_mean = moments[:, 1 + width + width**2] / count
    products = moments[:, 2 + width + width**2 :] / count[:, None]
    variance = squares - means[:, :, None] * means[:, None, :] + ridge * np.eye(width)
    covariance = products - means * y_mean[:, None]
    slopes: Floats = np.linalg.solve(variance, covariance[:, :, None])[:, :, 0].astype(np.float64)
    return slopes, means, y_mean


def _earlier_run_count(run: Integers, history: History) -> Integers:
    has_windows = np.zeros(len(history.first), dtype=np.int64)
    has_windows[run] = 1
    cumulative = np.concatenate([[0], has_windows.cumsum()])
    return np.asarray(cumulative[history.end] - cumulative[history.first], dtype=np.int64)


def _is_known_speed(run: Integers, speed_mps: Floats, history: History) -> NDArray[np.bool_]:
    """True for the windows between the slowest and the fastest of their run's history, or little
    beyond.
    """
    low, high = np.full(len(history.first), np.inf), np.full(len(history.first), -np.inf)
    np.minimum.at(low, run, speed_mps)
    np.maximum.at(high, run, speed_mps)
    slowest, fastest = _over_spans(np.minimum, low, history), _over_spans(np.maximum, high, history)
    return np.asarray(
        (speed_mps >= slowest[run] - SPEED_MARGIN_MPS)
        & (speed_mps <= fastest[run] + SPEED_MARGIN_MPS)
    )


def mean_of_earlier(runs: pl.DataFrame, column: str, history_d: int, fewest: int) -> pl.Series:
    """Mean of a column over the runs (rows with started_at, sorted by it) started in the days
    before each; null with fewer of them.
    """
    history = _history(runs["started_at"], history_d)
    values = runs[column].to_numpy().astype(np.float64)
    count = history.end - history.first
    mean = _over_spans(np.add, values, history) / np.maximum(count, 1)
    return pl.Series(column, np.where(count >= fewest, mean, np.nan)).fill_nan(None)


def _over_spans(
    total: np.ufunc, per_run: Floats, history: History, empty: float = np.nan
) -> Floats:
    """Sum or extreme of values per run over each run's history; `empty` without one."""
    spans = np.column_stack([history.first, history.end]).ravel()
    # Every second result is what lies between two spans; one more value lets a span end behind the
    # last run.
    padded = np.concatenate([per_run, np.zeros_like(per_run, shape=(1, *per_run.shape[1:]))])
    found = total.reduceat(padded, spans)[::2]
    has_history = (history.first < history.end).reshape(-1, *[1] * (per_run.ndim - 1))
    return np.where(has_history, found, empty)
