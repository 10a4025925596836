"""R8: More bounce than usual

What: in at least 3 of your last 5 outdoor runs with one device, vertical ratio was 1.5 times your
usual spread or more above what is usual for you at that pace.
Why it matters: it is only a sign of running form; no study of bounce and the lower back was
found.
Evidence (grade D): convention; the numbers are ours
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from tightlog.domain.frames import Columns
from tightlog.domain.thresholds import FRESH_D
from tightlog.language.catalogue import message, phrase
from tightlog.patterns.events import runs, shown_days
from tightlog.patterns.pattern import PatternInputs, Threshold, described, rule_rows
from tightlog.words.numbers import counted

HIGH = Threshold(
    "bounce_z",
    1.5,
    message("times your usual spread"),
    message("above your own 60 days on that device, at the same pace (ours)"),
)
RUNS = Threshold("high_runs", 3.0, "runs", message("of the last 5 (ours)"))
LAST_RUNS = 5
# Ours: five runs spread over more than this are no block, and an old block is not news.
BLOCK_D = 30
COLUMNS: Columns = {
    "device": pl.String,
    "is_indoor": pl.Boolean,
    "vertical_ratio_z": pl.Float64,
    "vertical_oscillation_z": pl.Float64,
}


def bouncy_days(inputs: PatternInputs) -> pl.DataFrame:
    """Days on which the last five runs of the device in use hold too many bouncy ones, until a
    week after; quiet without a device's name.
    """
    limit, high_runs = inputs.limit("R8", HIGH), int(inputs.limit("R8", RUNS))
    matched = shown_days(
        inputs, _blocks(inputs, limit, min(max(high_runs, 1), LAST_RUNS)), FRESH_D, on="last_run_on"
    ).filter(pl.col("high_count") >= high_runs, pl.col("span_d") <= BLOCK_D)
    return rule_rows(matched, limit, lambda row: _words(row, limit))


def _measured(inputs: PatternInputs) -> pl.DataFrame:
    """Outdoor runs of known device with z, of vertical ratio or else of oscillation, and the
    measure's name.
    """
    ratio, oscillation = pl.col("vertical_ratio_z"), pl.col("vertical_oscillation_z")
    # A treadmill's speed is not calibrated, so what is usual at its speed is not either; another
    # sensor has another zero.
    return (
        runs(inputs, COLUMNS)
        .filter(pl.col("device").is_not_null(), ~pl.col("is_indoor").fill_null(False))
        .with_columns(
            z=pl.coalesce(ratio, oscillation),
            measure=pl.when(ratio.is_not_null())
            .then(pl.lit("vertical ratio"))
            .otherwise(pl.lit("vertical oscillation")),
        )
        .filter(pl.col("z").is_finite())
    )


def _blocks(inputs: PatternInputs, limit: float, high_runs: int) -> pl.DataFrame:
    """Per run: high_count of the device's last five runs, their span_d, the highest z, and
    value, the z that decides.
    """
    z = pl.col("z")
    last_five = pl.concat_list(z.shift(back).over("device") for back in range(LAST_RUNS)).list.sort(
        descending=True, nulls_last=True
    )
    return _measured(inputs).select(
        "measure",
        last_run_on="day",
        high_count=(z >= limit)
        .cast(pl.Int64)
        .rolling_sum(LAST_RUNS, min_samples=LAST_RUNS)
        .over("device"),
        span_d=(pl.col("day") - pl.col("day").shift(LAST_RUNS - 1).over("device")).dt.total_days(),
        value=last_five.list.get(high_runs - 1, null_on_oob=True),
        highest=last_five.list.first(),
    )


def _words(row: Mapping[str, Any], limit: float) -> str:
    block = phrase(
        "{high_count:g} of the last {run} with this device",
        high_count=row["high_count"],
        run=counted(LAST_RUNS, "outdoor run"),
    )
    return phrase(
        "In {block} your {measure} was {limit:g} times your usual spread or more above "
        "your own norm at that pace (highest: {highest:.1f} times).",
        block=block,
        measure=row["measure"],
        limit=limit,
        highest=row["highest"],
    )


PATTERN = described(
    __doc__,
    needs=(
        message(
            "vertical ratio or oscillation in at least 5 outdoor runs of 30 days with one "
            "named device, and 5 earlier ones"
        )
    ),
    link=message("Our link, not the article's: it mentions posture and even impact, not bounce."),
    interventions=("F3", "F6", "F5", "X4", "X5"),
    thresholds=(HIGH, RUNS),
    match=bouncy_days,
    is_watched=lambda inputs: _measured(inputs).height >= LAST_RUNS,
)
