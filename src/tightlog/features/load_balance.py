"""The load of the last days compared with the last weeks, and how alike the days are: context,
never a risk score.

Every measure begins with the first recorded exercise: rest days inferred from a diary before it are
not training history, and would give an acute:chronic ratio of 2 to 4 to a runner who only bought a
watch.
"""

import polars as pl

from tightlog.features.coverage import sum_in_order, window_sum
from tightlog.features.daily_load import SRPE_SOURCE, first_exercise_day
from tightlog.features.feature import Feature

ACUTE_D, CHRONIC_D = 7, 28
# Williams et al. 2017, Br J Sports Med 51:209 leave the first value open; the mean of a week is
# less arbitrary than that of one day.
SEED_D = 7
# Seven equal loads can differ in their last digits; a ratio to such a spread would be noise.
SMALLEST_SPREAD = 1e-9

_EWMA_SOURCE = "Williams et al. 2017, Br J Sports Med 51:209"
_CONTEXT = "context, not a risk: contradicted in 5,205 runners (Schuster Brandt Frandsen 2025)"
_SHOWN = (
    "null before 28 days of known load in a row since the first recorded exercise, this one "
    "included, and when the denominator is 0"
)
_ACWR_SOURCE = (
    "Schuster Brandt Frandsen et al. 2025, Br J Sports Med, PMID 40623829; critique: Lolli "
    "2019, Br J Sports Med 53:921; "
    "Impellizzeri 2020"
)

FEATURES = (
    *(
        Feature(
            f"load_ewma_{days}d_au",
            "au",
            "load",
            f"Exponentially weighted mean of load_au, weight 2/({days}+1) on the newest day, "
            "begun with "
            "the mean of the first 7 days of known load; restarted after a day of unknown "
            "load, null until 7 are known again",
            _EWMA_SOURCE,
        )
        for days in (ACUTE_D, CHRONIC_D)
    ),
    Feature(
        "acwr_coupled_ratio",
        "ratio",
        "load",
        "Acute:chronic load, coupled: mean load_au of the last 7 days over that of the last 28, "
        f"this one included; {_SHOWN}; {_CONTEXT}",
        _ACWR_SOURCE,
    ),
    Feature(
        "acwr_uncoupled_ratio",
        "ratio",
        "load",
        "Acute:chronic load, uncoupled: mean load_au of the last 7 days, this one included, over "
        f"that of the 21 days before them; {_SHOWN}; {_CONTEXT}",
        _ACWR_SOURCE,
    ),
    Feature(
        "acwr_ewma_ratio",
        "ratio",
        "load",
        (
            f"Acute:chronic load, weighted: load_ewma_7d_au over load_ewma_28d_au; {_SHOWN}; "
            f"{_CONTEXT}"
        ),
        f"{_EWMA_SOURCE}; {_ACWR_SOURCE}",
    ),
    Feature(
        "monotony_7d_ratio",
        "ratio",
        "load",
        "Mean over standard deviation of load_au of the last 7 days, this one included, rest "
        "days as 0; "
        "the sample deviation (n − 1), which gives 0.93 of the value of the population's; "
        "null unless all 7 are known since the first "
        "recorded exercise, and undefined (null) when they are alike",
        SRPE_SOURCE,
    ),
    Feature(
        "strain_7d_au",
        "au",
        "load",
        "Sum of load_au of the last 7 days times monotony_7d_ratio; null when that is",
        SRPE_SOURCE,
    ),
)


def load_balance(loads: pl.DataFrame, activities: pl.DataFrame) -> pl.DataFrame:
    """One row per day of daily_load: weighted means, acute:chronic ratios, monotony and strain;
    null where a day they need is unknown.
    """
    since_first = (pl.col("day") >= first_exercise_day(activities)).fill_null(False)
    days = loads.select("day", load_au=pl.when(since_first).then("load_au")).with_row_index(
        "_index"
    )
    last_unknown = (
        pl.when(pl.col("load_au").is_null())
        .then(pl.col("_index").cast(pl.Int64))
        .forward_fill()
        .fill_null(-1)
    )
    chains = days.with_columns(_chain=last_unknown).with_columns(
        _known_d=pl.col("_index").cast(pl.Int64) - pl.col("_chain")
    )
    windows = chains.with_columns(
        _acute_au=window_sum("load_au", ACUTE_D),
        _before_au=_sum_before("load_au", ACUTE_D, CHRONIC_D),
        _chronic_au=window_sum("load_au", CHRONIC_D),
    ).with_columns(
        monotony_7d_ratio=_monotony("load_au", pl.col("_acute_au") / ACUTE_D),
        load_ewma_7d_au=_weighted_mean(ACUTE_D),
        load_ewma_28d_au=_weighted_mean(CHRONIC_D),
    )
    return windows.with_columns(
        acwr_coupled_ratio=_ratio(pl.col("_acute_au") / ACUTE_D, pl.col("_chronic_au") / CHRONIC_D),
        acwr_uncoupled_ratio=_ratio(
            pl.col("_acute_au") / ACUTE_D, pl.col("_before_au") / (CHRONIC_D - ACUTE_D)
        ),
        acwr_ewma_ratio=_ratio(pl.col("load_ewma_7d_au"), pl.col("load_ewma_28d_au")),
        strain_7d_au=pl.col("_acute_au") * pl.col("monotony_7d_ratio"),
    ).select("day", *(feature.feature for feature in FEATURES))


def _weighted_mean(days: int) -> pl.Expr:
    """Exponentially weighted mean within each chain of known days: day 7 is the mean of its
    first week, each later day updates it.
    """
    newest = (
        pl.when(pl.col("_known_d") == SEED_D)
        .then(pl.col("_acute_au") / SEED_D)
        .when(pl.col("_known_d") > SEED_D)
        .then("load_au")
    )
    return newest.ewm_mean(alpha=2.0 / (days + 1), adjust=False).over("_chain")


def _sum_before(column: str, first: int, end: int) -> pl.Expr:
    return window_sum(column, end - first).shift(first)


def _ratio(acute: pl.Expr, chronic: pl.Expr) -> pl.Expr:
    return pl.when((pl.col("_known_d") >= CHRONIC_D) & (chronic > 0)).then(acute / chronic)


def _monotony(column: str, mean: pl.Expr) -> pl.Expr:
    """Mean over sample deviation of the week, from the deviations themselves: a running variance
    would carry rounding errors along.
    """
    week = [pl.col(column).shift(back) for back in range(ACUTE_D)]
    variance = sum_in_order([(load - mean) ** 2 for load in week]) / (ACUTE_D - 1)
    deviation = variance.sqrt()
    return pl.when(deviation > SMALLEST_SPREAD * mean).then(mean / deviation)
