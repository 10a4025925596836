"""Runs that look like a planned race: a few easy days before them, after weeks of training."""

import polars as pl

from tightlog.patterns.pattern import PatternInputs

# Ours: the days before a race, and how much less than usual is run in them. The same days of the
# four weeks before are what is usual, so that the long run of a week stands in neither.
TAPER_D = 6
MOST_OF_USUAL = 0.75
WEEKS, LEAST_WEEKS = 4, 3
# Ours: who never ran half as far before has not trained for it.
BUILT_UP_D = 120
LEAST_OF_RACE = 0.5
COLUMNS = {"run_distance_m": pl.Float64, "longest_run_m": pl.Float64}


def races(inputs: PatternInputs) -> pl.DataFrame:
    """Days (day) of a run that looks like a planned race: the 6 days before it held at most 75 % of
    their usual kilometres but not none, and a run of half its length lies in the 120 days before.

    A day of which too little is known is none.
    """
    days = inputs.days_with(COLUMNS).with_columns(
        before_m=pl.col("run_distance_m").shift(1).rolling_sum(TAPER_D, min_samples=TAPER_D),
        built_m=pl.col("longest_run_m").shift(1).rolling_max(BUILT_UP_D, min_samples=1),
    )
    weeks = [f"week_{week}_m" for week in range(1, WEEKS + 1)]
    # Of the few days left: lists of all days take ten times as long as all else.
    built_up = days.with_columns(
        pl.col("before_m").shift(7 * week).alias(name) for week, name in enumerate(weeks, 1)
    ).filter(
        pl.col("before_m") > 0,
        pl.col("built_m") >= LEAST_OF_RACE * pl.col("longest_run_m"),
    )
    usual_m = pl.concat_list(weeks).list.drop_nulls()
    return built_up.filter(
        usual_m.list.len() >= LEAST_WEEKS,
        pl.col("before_m") <= MOST_OF_USUAL * usual_m.list.median(),
    ).select("day")
