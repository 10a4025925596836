"""How a night differs from the runner's own nights before it: sleep, heart-rate variability and
resting heart rate; and how much the bedtimes of a week vary.

A norm is the median of the nights known among the 60 days before, and its spread their quartile
range, so that single odd nights hardly move it. Nights of another device or app do not count:
makers measure differently, so a new watch starts a norm of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from tightlog.features.context import slug
from tightlog.features.feature import OURS, Feature

NORM_D = 60
# Every weekday twice, because nights differ by weekday; the median is then known to about a third
# of the spread (ours).
FEWEST_NIGHTS = 14
# Of a normal distribution, so many spreads lie between the quartiles.
QUARTILE_RANGE_SD = 1.349
BED_TIME_D = 7
# Two nights of a week may be missing; with fewer one late evening is all of the spread (ours).
FEWEST_BED_TIMES = 5
AS_NORM = (
    f"the median of your nights of the same device in the {NORM_D} days before, this night "
    f"excluded; null below {FEWEST_NIGHTS} of them"
)
IN_SPREADS = "in units of their spread (quartile range / 1.349)"


def _deviation(name: str, unit: str, what: str) -> Feature:
    return Feature(name, unit, "nights", f"{what} {AS_NORM}", OURS)


FEATURES = (
    _deviation("sleep_deviation_h", "h", "Sleep of the night that ended that morning, minus"),
    _deviation("sleep_deviation_sd", "SD", f"The same {IN_SPREADS}: sleep against"),
    _deviation(
        "hrv_rmssd_deviation_sd",
        "SD",
        f"Logarithm of the night's heart-rate variability (RMSSD) {IN_SPREADS}, against",
    ),
    _deviation(
        "hrv_sdnn_deviation_sd",
        "SD",
        f"Logarithm of the day's heart-rate variability (SDNN, never mixed with RMSSD) "
        f"{IN_SPREADS}, against",
    ),
    _deviation("resting_heart_rate_deviation_bpm", "bpm", "Resting heart rate of the day, minus"),
    _deviation(
        "resting_heart_rate_deviation_sd",
        "SD",
        f"Resting heart rate of the day {IN_SPREADS}, against",
    ),
    Feature(
        "bed_time_7d_spread_h",
        "h",
        "nights",
        f"Standard deviation of the times you fell asleep in the {BED_TIME_D} nights up to that "
        f"morning, of one device; null below {FEWEST_BED_TIMES} of them",
    ),
)


@dataclass(frozen=True)
class Measured:
    """What is known of nights: its column of the days, its names in the diary, the smallest
    spread believed (rounding hides a smaller one), and whether logarithms are compared.
    """

    column: str
    names: Sequence[str]
    least_spread: float
    is_log: bool = False


SLEEP = Measured(
    "context_sleep_h", ("sleep", "sleep_h", "sleep_min", "sleep_duration", "sleep_duration_h"), 0.25
)
RMSSD = Measured("context_hrv_rmssd_ms", ("hrv_rmssd", "hrv_rmssd_ms"), 0.05, is_log=True)
SDNN = Measured("context_hrv_sdnn_ms", ("hrv_sdnn", "hrv_sdnn_ms"), 0.05, is_log=True)
RESTING = Measured(
    "context_resting_heart_rate_bpm", ("resting_heart_rate", "resting_heart_rate_bpm"), 1.0
)
BED_TIME = Measured("context_bed_time_h", ("bed_time", "bed_time_h"), 0.0)


def nights(days: pl.DataFrame, context: pl.DataFrame) -> pl.DataFrame:
    """One row per day of `days` (consecutive, with the columns of the context): `day` and FEATURES.

    `context` says which device or app each value is from (`device`, else `source`).
    """
    sleep, rmssd, sdnn, resting = (
        _against_norm(days, context, measured) for measured in (SLEEP, RMSSD, SDNN, RESTING)
    )
    return days.select(
        "day",
        sleep_deviation_h=sleep["off"],
        sleep_deviation_sd=sleep["off_sd"],
        hrv_rmssd_deviation_sd=rmssd["off_sd"],
        hrv_sdnn_deviation_sd=sdnn["off_sd"],
        resting_heart_rate_deviation_bpm=resting["off"],
        resting_heart_rate_deviation_sd=resting["off_sd"],
        bed_time_7d_spread_h=_bed_time_spread(days, context),
    )


def _against_norm(days: pl.DataFrame, context: pl.DataFrame, measured: Measured) -> pl.DataFrame:
    """One row per day: `off` the norm in the unit compared, `off_sd` in spreads."""
    value = pl.col("value")
    before = value.shift(1)
    norm, low, high = (
        before.rolling_quantile(share, "linear", NORM_D, min_samples=FEWEST_NIGHTS)
        for share in (0.5, 0.25, 0.75)
    )
    spread = pl.max_horizontal((high - low) / QUARTILE_RANGE_SD, measured.least_spread)
    parts = [
        one.select(off=value - norm, off_sd=(value - norm) / spread)
        for one in _by_device(days, context, measured)
    ]
    return _first_known(parts, days.height, ("off", "off_sd"))


def _bed_time_spread(days: pl.DataFrame, context: pl.DataFrame) -> pl.Series:
    value = pl.col("value")
    parts = [
        one.select(
            spread=pl.when(value.is_not_null()).then(
                value.rolling_std(BED_TIME_D, min_samples=FEWEST_BED_TIMES)
            )
        )
        for one in _by_device(days, context, BED_TIME)
    ]
    return _first_known(parts, days.height, ("spread",))["spread"]


def _first_known(parts: Sequence[pl.DataFrame], height: int, names: Sequence[str]) -> pl.DataFrame:
    # No day has values of two devices.
    nothing = pl.DataFrame({name: pl.Series([None] * height, dtype=pl.Float64) for name in names})
    return nothing.with_columns(
        pl.coalesce([pl.lit(None, pl.Float64), *(part[name] for part in parts)]).alias(name)
        for name in names
    )


def _by_device(
    days: pl.DataFrame, context: pl.DataFrame, measured: Measured
) -> Sequence[pl.DataFrame]:
    """The days once for each device: `value`, null on days that have none of that device."""
    if measured.column not in days.columns:
        return ()
    value = pl.col(measured.column).cast(pl.Float64)
    finite = pl.when(value.is_finite()).then(value)
    compared = pl.when(finite > 0).then(finite.log()) if measured.is_log else finite
    valued = days.select("day", value=compared).join(
        _devices(context, measured.names), on="day", how="left", maintain_order="left"
    )
    devices = valued.filter(pl.col("value").is_not_null())["device"].unique(maintain_order=True)
    return [
        valued.select(
            value=pl.when(pl.col("device").eq_missing(pl.lit(device, pl.String))).then("value")
        )
        for device in devices
    ]


def _devices(context: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """One row per day with such a value: `day`, `device` (all of them, where a mean is shown)."""
    known = [name for name in context["name"].unique().to_list() if slug(name) in names]
    rows = context.filter(pl.col("name").is_in(known))
    if "is_chosen" in rows.columns:
        rows = rows.filter("is_chosen")
    named = [pl.col(name) for name in ("device", "source") if name in rows.columns]
    return (
        rows.select("day", device=pl.coalesce(named))
        .drop_nulls()
        .group_by("day")
        .agg(pl.col("device").unique().sort().str.join(" + "))
    )
