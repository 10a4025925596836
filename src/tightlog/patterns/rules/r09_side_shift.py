"""R9: A shift between left and right

What: in 2 of your last 3 runs with one device, the same foot took a point or more of the ground
contact above your usual, and was more than 2 points from even.
Why it matters: in 836 runners a left-right difference did not go with more injuries. It is a weak
sign, worth checking if one side is tight.
Evidence (grade D): Malisoux et al. 2024, BMJ Open Sport Exerc Med 10:e001787 (found no link); the
numbers are ours
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from tightlog.domain.thresholds import FRESH_D
from tightlog.language.catalogue import message, phrase
from tightlog.patterns.events import runs, shown_days
from tightlog.patterns.pattern import PatternInputs, Threshold, described, rule_rows
from tightlog.words.scores import SIDES_SAID

CHANGE = Threshold(
    "change_pp",
    1.0,
    "points",
    message("of left contact away from your own 60-day median on that device (ours)"),
)
UNEVEN = Threshold(
    "uneven_pp", 2.0, "points", message("away from an even 50 %, on the same side (ours)")
)
LAST_RUNS = 3
SHIFTED_RUNS = 2
# Ours: three runs spread over more than this are no block, and an old block is not news.
BLOCK_D = 21
COLUMNS = {
    "device": pl.String,
    "ground_contact_left_pct": pl.Float64,
    "ground_contact_balance_change_pp": pl.Float64,
}


def shifted_days(inputs: PatternInputs) -> pl.DataFrame:
    """Days on which two of the device's last three runs leaned to the same side, until a week
    after; quiet without a device's name.
    """
    limit = inputs.limit("R9", CHANGE)
    matched = (
        shown_days(inputs, _blocks(inputs, limit), FRESH_D, on="last_run_on")
        .filter(
            pl.max_horizontal("left_count", "right_count") >= SHIFTED_RUNS,
            pl.col("span_d") <= BLOCK_D,
        )
        .with_columns(is_left=pl.col("left_count") >= SHIFTED_RUNS)
        .with_columns(
            value=pl.when("is_left").then("last_left_change").otherwise("last_right_change"),
            share_pct=pl.when("is_left").then("last_left_share").otherwise("last_right_share"),
        )
    )
    return rule_rows(matched, limit, _words)


def _measured(inputs: PatternInputs) -> pl.DataFrame:
    change, share = pl.col("ground_contact_balance_change_pp"), pl.col("ground_contact_left_pct")
    return runs(inputs, COLUMNS).filter(
        pl.col("device").is_not_null(), change.is_finite(), share.is_finite()
    )


def _blocks(inputs: PatternInputs, limit: float) -> pl.DataFrame:
    """Per run: how many of the device's last three runs leaned left, and right, their span_d,
    and the numbers of the latest of each.
    """
    uneven, change, left = (
        inputs.limit("R9", UNEVEN),
        pl.col("ground_contact_balance_change_pp"),
        pl.col("ground_contact_left_pct"),
    )
    sides = {"left": (change, left), "right": (-change, 100 - left)}
    columns: dict[str, pl.Expr] = {
        "span_d": (
            pl.col("day") - pl.col("day").shift(LAST_RUNS - 1).over("device")
        ).dt.total_days()
    }
    for side, (by, share) in sides.items():
        # A step back towards even is no shift, so both limits look at one side.
        is_shifted = (by >= limit) & (share - 50 > uneven)
        columns[f"{side}_count"] = (
            is_shifted.cast(pl.Int64).rolling_sum(LAST_RUNS, min_samples=LAST_RUNS).over("device")
        )
        columns[f"last_{side}_change"] = pl.when(is_shifted).then(by).forward_fill().over("device")
        columns[f"last_{side}_share"] = (
            pl.when(is_shifted).then(share).forward_fill().over("device")
        )
    return _measured(inputs).select(last_run_on="day", **columns)


def _words(row: Mapping[str, Any]) -> str:
    side = "left" if row["is_left"] else "right"
    return phrase(
        "In {row:g} of your last {last_runs} runs with this device your {side} foot took "
        "more of the ground contact than usual: {share_pct:.1f} % last, {value:.1f} points "
        "above your own 60-day median.",
        row=row[f"{side}_count"],
        last_runs=LAST_RUNS,
        side=SIDES_SAID[side],
        share_pct=row["share_pct"],
        value=row["value"],
    )


PATTERN = described(
    __doc__,
    needs=(
        message(
            "left-right balance of ground contact in at least 3 runs with one named "
            "device, and earlier ones for your usual"
        )
    ),
    link=(
        message(
            "Our link, not the article's: it mentions alignment. Is it one side of your "
            "back? Then note the side with your score."
        )
    ),
    interventions=("F3", "C2", "X5"),
    thresholds=(CHANGE, UNEVEN),
    match=shifted_days,
    is_watched=lambda inputs: _measured(inputs).height >= LAST_RUNS,
)
