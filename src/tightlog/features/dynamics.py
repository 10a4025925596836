"""Running dynamics of a run against the runs of the 60 days before on the same sensor, at the
same speed and grade.
"""

from dataclasses import replace
from typing import Any

import polars as pl

from tightlog.domain.channels import of_a_run
from tightlog.features.feature import Feature
from tightlog.features.own_norm import (
    FEWEST_RUNS,
    FEWEST_WINDOWS_OF_RUN,
    FLAT_GRADE,
    SHORTEST_WINDOW_S,
    SLOWEST_MPS,
    Norm,
    judged_windows,
    mean_of_earlier,
)

BASELINE_D = 60
# A run is judged by how far the runs before it departed from what the runs before those let expect.
REACH_D = 2 * BASELINE_D


def _norm(column: str, usual: float) -> Norm:
    return Norm(column, believable=of_a_run(column), usual=usual, history_d=BASELINE_D)


GROUND_CONTACT = _norm("ground_contact_ms", usual=240.0)
VERTICAL_RATIO = _norm("vertical_ratio_pct", usual=8.0)
VERTICAL_OSCILLATION = _norm("vertical_oscillation_mm", usual=90.0)
STEP_LENGTH = _norm("step_length_mm", usual=1050.0)
# Least spread between runs (ours): five runs that happen to agree must not make the sixth look
# extreme. Between the runs of one watch worn for a year it was 6 ms, 0.17 percentage
# points, 3 mm and 28 mm.
Z_OF = {
    "ground_contact_z": (GROUND_CONTACT, 2.0), "vertical_ratio_z": (VERTICAL_RATIO, 0.08),
    "vertical_oscillation_z": (VERTICAL_OSCILLATION, 1.0), "step_length_z": (STEP_LENGTH, 10.0),
}  # fmt: skip
# Scales the mean absolute departure to the standard deviation of a normal distribution. The median
# or the quartiles would be more robust, but are poor with few runs: of five, |z| > 3 in 13 %
# of usual runs instead of 3 %.
MEAN_TO_SD = 1.2533
# The sensor's runs that started in the days before; none with fewer than five.
EARLIER: dict[str, Any] = {
    "window_size": f"{BASELINE_D}d",
    "min_samples": FEWEST_RUNS,
    "closed": "left",
}
# A run as one value. Half-minutes would fit the line too flat: the noise of their speed is a large
# part of its spread.
RUN_RIDGE = 1e-2
BALANCE = "ground_contact_left_pct"
DAILY_MEAN = "mean of the day's runs weighted by moving time"
Z_WORDS = (
    "{name} on the flat compared with the one expected from the runs of the 60 days before at "
    "that speed (at least 5), in standard deviations "
    "of the same of the earlier runs (at least 5 of them; 1.2533 times the mean absolute "
    "departure, at least {least}). Only runs of the same "
    "device count, with a strap or pod apart from the wrist alone (recognised by the left share, "
    "which a wrist does not give); " + DAILY_MEAN
)

FEATURES = (
    Feature("ground_contact_ms", "ms", "form", f"Ground contact time, {DAILY_MEAN}"),
    Feature("vertical_oscillation_mm", "mm", "form", f"Vertical oscillation, {DAILY_MEAN}"),
    Feature(
        "vertical_ratio_pct", "%", "form", f"Vertical oscillation over step length, {DAILY_MEAN}"
    ),
    Feature(
        "ground_contact_left_pct",
        "%",
        "form",
        f"Share of ground contact on the left foot, {DAILY_MEAN}",
    ),
    Feature("step_length_mm", "mm", "form", f"Step length, {DAILY_MEAN}"),
    Feature(
        "ground_contact_z", "SD", "form", Z_WORDS.format(name="Ground contact time", least="2 ms")
    ),
    Feature(
        "vertical_ratio_z",
        "SD",
        "form",
        Z_WORDS.format(name="Vertical ratio", least="0.08 percentage points"),
    ),
    Feature(
        "vertical_oscillation_z",
        "SD",
        "form",
        Z_WORDS.format(name="Vertical oscillation", least="1 mm"),
    ),
    Feature("step_length_z", "SD", "form", Z_WORDS.format(name="Step length", least="10 mm")),
    Feature(
        "ground_contact_balance_change_pp",
        "percentage points",
        "form",
        "Left share of ground contact (median of the run) minus its median over "
        "the runs of the 60 days before (at least 5) of the same device; positive means more "
        f"to the left; {DAILY_MEAN}",
        (
            "tightlog's definition; asymmetry was not linked to injury: Malisoux 2024, BMJ Open "
            "Sport Exerc Med 10:e001787"
        ),
    ),
)

# Its columns of the relation `activity`.
OF_RUN = (*Z_OF, "ground_contact_balance_change_pp")


def with_sensor(runs: pl.DataFrame, windows: pl.DataFrame) -> pl.DataFrame:
    """The runs of a known device with `sensor`: the device, and whether something worn with it
    separates left from right.
    """
    known = windows.filter(pl.col(BALANCE).is_not_null())["activity_id"].unique()
    has_balance = pl.col("activity_id").is_in(known.implode()) | pl.col(BALANCE).is_not_null()
    return runs.filter(pl.col("device").is_not_null()).with_columns(
        sensor=pl.struct("device", has_balance)
    )


def judged_dynamics(
    runs: pl.DataFrame, windows: pl.DataFrame, asked: pl.Series | None = None
) -> dict[str, pl.DataFrame]:
    """By column the half-minutes that can be judged (JUDGED_SCHEMA), each sensor by its own
    history; `runs` have a `sensor`. With `asked`, of the runs with these ids.
    """
    return {
        norm.column: _by_sensor(runs, windows, norm, asked)
        for norm in (GROUND_CONTACT, VERTICAL_RATIO)
    }


def dynamics_of_runs(runs: pl.DataFrame, windows: pl.DataFrame) -> pl.DataFrame:
    """One row per run of `runs` (which have a `sensor`): activity_id, the four z and
    ground_contact_balance_change_pp.

    A run is the medians over its flat half-minutes (at least 10); where these have no value at all,
    the means the file gives for the whole run, compared with such means only.
    """
    result = runs.select("activity_id")
    for name, (norm, least_sd) in Z_OF.items():
        result = result.join(
            _z(runs, windows, norm, least_sd).rename({"z": name}), on="activity_id", how="left"
        )
    return result.join(_balance_change(runs, windows), on="activity_id", how="left")


def _by_sensor(
    runs: pl.DataFrame, windows: pl.DataFrame, norm: Norm, asked: pl.Series | None = None
) -> pl.DataFrame:
    known = windows.filter(pl.col(norm.column).is_not_null())
    parts = runs.join(known, on="activity_id", how="semi").partition_by("sensor") or [runs.clear()]
    return pl.concat([judged_windows(part, known, norm, asked) for part in parts])


def _z(runs: pl.DataFrame, windows: pl.DataFrame, norm: Norm, least_sd: float) -> pl.DataFrame:
    """One row per run with a baseline: activity_id, z."""
    rows = _run_rows(runs, windows, norm)
    if rows.is_empty():
        return pl.DataFrame(schema={"activity_id": pl.String, "z": pl.Float64})
    whole = runs.drop("speed_mps").join(
        rows.select("activity_id", "is_mean"), on="activity_id", how="inner"
    )
    whole = whole.with_columns(sensor=pl.struct("sensor", "is_mean"))
    of_runs = _by_sensor(
        whole, rows, replace(norm, fewest_windows=FEWEST_RUNS, fewest_of_run=1, ridge=RUN_RIDGE)
    )
    judged = whole.join(of_runs, on="activity_id", how="inner").with_columns(
        departure=pl.col("value") - pl.col("expected")
    )
    ordered = judged.with_columns(sd=pl.col("departure").abs()).sort("started_at", "activity_id")
    measured = pl.concat(
        part.with_columns(MEAN_TO_SD * mean_of_earlier(part, "sd", BASELINE_D, FEWEST_RUNS))
        for part in ordered.partition_by("sensor") or [ordered]
    ).drop_nulls("sd")
    return measured.select(
        "activity_id", z=pl.col("departure") / pl.max_horizontal("sd", pl.lit(least_sd))
    )


def _run_rows(runs: pl.DataFrame, windows: pl.DataFrame, norm: Norm) -> pl.DataFrame:
    """One row per run with a value of the column, in the shape of a window, with `is_mean` where
    only its mean is known.
    """
    known = windows.filter(pl.col(norm.column).is_between(*norm.believable))
    flat = known.filter(
        pl.col("speed_mps") > SLOWEST_MPS, pl.col("grade").abs().lt(FLAT_GRADE).fill_null(True)
    ).group_by("activity_id")
    medians = flat.agg(
        pl.col("speed_mps", norm.column).median(), pl.len().alias("windows"), is_mean=pl.lit(False)
    )
    means = runs.join(known, on="activity_id", how="anti").select(
        "activity_id", "speed_mps", norm.column, is_mean=pl.lit(True)
    )
    rows = pl.concat(
        [medians.filter(pl.col("windows") >= FEWEST_WINDOWS_OF_RUN).drop("windows"), means]
    )
    shape = {
        "window_index": pl.lit(0, dtype=pl.Int32),
        "seconds": pl.lit(SHORTEST_WINDOW_S),
        "grade": pl.lit(None, dtype=pl.Float64),
    }
    return rows.with_columns(**shape)


def _balance_change(runs: pl.DataFrame, windows: pl.DataFrame) -> pl.DataFrame:
    of_run = (
        windows.filter(pl.col("speed_mps") > SLOWEST_MPS)
        .group_by("activity_id")
        .agg(pl.col(BALANCE).median().alias("left_pct"))
    )
    by_run = runs.join(of_run, on="activity_id", how="left").with_columns(
        left_pct=pl.coalesce("left_pct", BALANCE)
    )
    is_known = pl.col("left_pct").is_between(*of_a_run(BALANCE))
    known = by_run.filter(is_known).sort("started_at", "activity_id")
    usual_pct = pl.col("left_pct").rolling_median_by("started_at", **EARLIER).over("sensor")
    return known.select(
        "activity_id", ground_contact_balance_change_pp=pl.col("left_pct") - usual_pct
    )
