"""Heart rates that are set aside: a sensor that stood still, and a watch that always reads high.

They count as missing for the load and for the maximum. The relations keep them.
"""

from collections.abc import Iterator
from enum import StrEnum

import polars as pl

from tightlog.features.hearts.heart_facts import at_speeds
from tightlog.features.mileage import runs_of

# Ours: a fitter runner has a lower heart rate at the same speed, but no lower maximum; who races
# with one watch has a higher maximum on it, but no higher heart rate at the same speed. A watch
# that reads high shows both.
HIGH_BPM = 10.0
FEWEST_RUNS = 5
# Of two watches that disagree, the one worn less reads high, or the one with a maximum that
# hardly anybody has: one adult in 20 at 30 years (Tanaka et al. 2001, J Am Coll Cardiol 37:153).
RARE_MAXIMUM_BPM = 200.0
# The maximum must occur in more than one run, and in a share of them where there are many.
RUNS_AT_MAXIMUM = 3
SHARE_AT_MAXIMUM = 0.02

TRUST_COLUMNS = ("heart_rate_held_bpm", "heart_rate_peak_bpm", "heart_rate_set_aside")


class SetAside(StrEnum):
    """Why the heart rate of an activity is not used."""

    FROZEN = "frozen"
    READS_HIGH = "reads_high"


def heart_rate_trust(activities: pl.DataFrame, facts: pl.DataFrame) -> pl.DataFrame:
    """One row per activity: activity_id and TRUST_COLUMNS: the highest heart rate held for 30 s as
    recorded, without artefacts (beats/min), and why its heart rate is not used.

    `facts` are the heart_facts of the activities.
    """
    known = activities.select("activity_id", "device").join(
        facts, on="activity_id", how="left", maintain_order="left"
    )
    sound = facts.filter(~pl.col("is_frozen").fill_null(False))
    high = _high_devices(runs_of(activities), sound)
    is_high = pl.col("device").is_in(high).fill_null(False) if high else pl.lit(False)
    return known.with_columns(
        heart_rate_set_aside=pl.when("is_frozen")
        .then(pl.lit(SetAside.FROZEN.value))
        .when(is_high)
        .then(pl.lit(SetAside.READS_HIGH.value))
    ).select("activity_id", *TRUST_COLUMNS)


def reached_bpm(peaks: pl.Series, share: float = SHARE_AT_MAXIMUM) -> float | None:
    """The heart rate that three of the runs reached, or this share of them where that is more;
    that every run reached when there are fewer than three; None without any.
    """
    known = peaks.drop_nulls().sort(descending=True)
    if known.is_empty():
        return None
    wanted = max(RUNS_AT_MAXIMUM, round(share * known.len()))
    return float(known[min(wanted, known.len()) - 1])


def _high_devices(runs: pl.DataFrame, facts: pl.DataFrame) -> list[str]:
    """Devices that read high, the highest judged first and left out when the next is judged."""
    measured = runs.select("activity_id", "device").join(
        facts.drop_nulls("heart_rate_peak_bpm"), on="activity_id"
    )
    if measured["device"].n_unique() < 2:
        return []
    speeds = at_speeds(measured, "device").drop_nulls("settled_bpm").rename({"settled_bpm": "bpm"})
    high: list[str] = []
    while device := next(_too_high(measured, speeds), None):
        high.append(device)
        measured, speeds = (
            frame.filter(pl.col("device").ne_missing(device)) for frame in (measured, speeds)
        )
    return high


def _too_high(measured: pl.DataFrame, speeds: pl.DataFrame) -> Iterator[str]:
    by_device = measured.drop_nulls("device").group_by("device").agg("heart_rate_peak_bpm")
    tops = {name: reached_bpm(pl.Series(peaks)) or 0.0 for name, peaks in by_device.rows()}
    for device in sorted(tops, key=lambda name: (-tops[name], name)):
        is_own = pl.col("device").eq_missing(device)
        own, others = measured.filter(is_own), measured.filter(~is_own)
        if min(own.height, others.height) < FEWEST_RUNS:
            continue
        top = reached_bpm(others["heart_rate_peak_bpm"]) or tops[device]
        is_doubted = own.height < others.height or tops[device] > RARE_MAXIMUM_BPM
        if (
            is_doubted
            and tops[device] - top > HIGH_BPM
            and _higher_by_bpm(speeds, is_own) > HIGH_BPM
        ):
            yield device


def _higher_by_bpm(speeds: pl.DataFrame, is_own: pl.Expr) -> float:
    """How much higher the device's median heart rate is than that of the others, at the speeds
    that both know from five runs; 0 where there are none.
    """
    steps = (
        speeds.group_by("step")
        .agg(
            own=pl.col("bpm").filter(is_own).median(),
            others=pl.col("bpm").filter(~is_own).median(),
            fewer=pl.min_horizontal(is_own.sum(), (~is_own).sum()),
        )
        .filter(pl.col("fewer") >= FEWEST_RUNS)
    )
    higher = (steps["own"] - steps["others"]).median()
    return float(higher) if isinstance(higher, float) else 0.0
