"""Running volume per day, its week-to-week change, and the spikes: one run, or one day, against
the longest of the 30 days before it.
"""

import polars as pl

from tightlog.domain.sports import is_run
from tightlog.domain.thresholds import ROUNDING
from tightlog.features import unknown_kinds
from tightlog.features.coverage import known_sum, window_sum
from tightlog.features.feature import Feature
from tightlog.features.unknown_kinds import (
    is_little,
    of_unknown_kind,
    unknown_days,
    unknown_share,
)
from tightlog.units import METRES_PER_KM, SECONDS_PER_MINUTE

SPIKE_WINDOW_D = 30
SHORTEST_HISTORY_D = 14

SPIKES = OVER_10, OVER_30, OVER_100 = ("over_10_pct", "over_30_pct", "over_100_pct")

# Stands for an activity of unknown kind and length: more than any window has.
ENDLESS_MIN = 1e6
# Of the runs of a day or window: unknown where an activity of unknown kind may be one.
_OF_RUNS = ("run_count", "run_distance_m", "run_min", "longest_run_m", "ascent_m", "descent_m")
_SUMMED = ("run_distance_m", "run_min", "longest_run_m", "ascent_m", "descent_m")

SPIKE_SOURCE = "Schuster Brandt Frandsen et al. 2025, Br J Sports Med, PMID 40623829"
DESCENT_SOURCE = "tightlog's definition; why it matters: Levine 2007, PMC1896074"

FEATURES = (
    Feature(
        "run_count",
        "runs",
        "mileage",
        "Runs started on that day, treadmill included; 0 on a recorded day without one. "
        "Null on unknown days, more than 14 days before the first activity file, and on a day "
        "with activities of unknown kind, which may be runs, unless they are at most 5 % of the "
        "minutes of its runs: so is every feature of its runs",
        dtype=pl.Int64,
    ),
    Feature(
        "run_distance_m",
        "m",
        "mileage",
        "Distance of the day's runs; null when that of one run is unknown",
    ),
    Feature("run_min", "min", "mileage", "Moving time of the day's runs"),
    Feature("longest_run_m", "m", "mileage", "Longest single run of the day; 0 without a run"),
    Feature(
        "run_distance_7d_m",
        "m",
        "mileage",
        "Run distance of the last 7 days, this one included; null unless all are known",
    ),
    Feature(
        "run_7d_min",
        "min",
        "mileage",
        "Moving time of runs of the last 7 days, this one included; null unless all are known",
    ),
    Feature(
        "run_distance_28d_m",
        "m",
        "mileage",
        "Run distance of the last 28 days, this one included; null unless all are known",
    ),
    Feature(
        "run_28d_min",
        "min",
        "mileage",
        "Moving time of runs of the last 28 days, this one included; null unless all are known",
    ),
    Feature(
        "longest_run_30d_m",
        "m",
        "mileage",
        "Longest single run of the 30 days before the day; null with less than 14 days since the "
        "first recorded run, an unknown day among them, or no run",
        SPIKE_SOURCE,
    ),
    Feature(
        "session_spike_ratio",
        "ratio",
        "mileage",
        "Longest run of the day over longest_run_30d_m, minus 1",
        SPIKE_SOURCE,
    ),
    Feature(
        "session_spike_state",
        "word",
        "mileage",
        "On a run day: normal (up to +10 %), over_10_pct, over_30_pct, over_100_pct, "
        "return_after_break (no run in 30 days), not_enough_history",
        SPIKE_SOURCE,
        dtype=pl.String,
    ),
    Feature(
        "session_spike",
        "yes/no",
        "mileage",
        "Whether a run of the day was over 10 % longer than longest_run_30d_m; no on a day "
        "known to be without a run, null after a break, without enough history or where runs "
        "are not known",
        SPIKE_SOURCE,
        dtype=pl.Boolean,
    ),
    Feature(
        "day_spike_ratio",
        "ratio",
        "mileage",
        "Distance of all the day's runs over the largest daily distance of the 30 days "
        "before, minus 1; "
        "null where session_spike_ratio is",
        f"tightlog's definition, after {SPIKE_SOURCE}, which judged single runs",
    ),
    Feature(
        "is_longest_run_indoor",
        "yes/no",
        "mileage",
        "Whether the day's longest run was indoors, where the distance is not calibrated: its "
        "spike is less certain; null without a run or where it is unknown",
        dtype=pl.Boolean,
    ),
    Feature(
        "week_change_ratio",
        "ratio",
        "mileage",
        "Run distance of the last 7 days over that of the 7 days before: 1 is no change; null "
        "when either is unknown or the week before is 0",
        f"Context only: {SPIKE_SOURCE}, saw no relation with injuries",
    ),
    Feature("ascent_m", "m", "mileage", "Metres climbed in the day's runs"),
    Feature(
        "descent_m",
        "m",
        "mileage",
        "Metres descended in the day's runs; null without a barometer",
        DESCENT_SOURCE,
    ),
    Feature(
        "ascent_m_per_km",
        "m/km",
        "mileage",
        "ascent_m per kilometre run that day; null without a run",
    ),
    Feature(
        "descent_m_per_km",
        "m/km",
        "mileage",
        "descent_m per kilometre run that day; null without a run or a barometer",
        DESCENT_SOURCE,
    ),
    *unknown_kinds.FEATURES,
)


def mileage(calendar: pl.DataFrame, activities: pl.DataFrame) -> pl.DataFrame:
    """One row per day of the calendar: counts, metres and minutes of runs, their 7- and 28-day
    sums, climb, week change and spikes.

    A recorded day without a run is 0; a day with a run of unknown distance has a null distance, and
    so has each window with it. Where an activity of unknown kind may be a run, the day's runs are
    null, and a window holds without it while it is at most 5 % of its minutes. `_known_run_count`
    and `_unknown_count` count both, `_is_little_28d` says whether the window of 28 days holds, and
    the same small share of a day's minutes leaves its runs known.
    """
    runs = runs_of(activities)
    known = _known_days(calendar, runs, unknown_days(activities))
    # Each share once, as a column: a window that asks for it anew costs Polars more than its sums.
    known = known.with_columns(_share(days).alias(f"_share_{days}d") for days in (1, 7, 28))
    is_clear = is_little(pl.col("_share_1d"))
    days = known.with_columns(
        pl.when(is_clear).then(f"_known_{name}").alias(name) for name in _OF_RUNS
    )
    windows = days.with_columns(
        run_distance_7d_m=_known_sum("run_distance_m", 7),
        run_7d_min=_known_sum("run_min", 7),
        run_distance_28d_m=_known_sum("run_distance_m", 28),
        run_28d_min=_known_sum("run_min", 28),
        ascent_m_per_km=_per_km("ascent_m"),
        descent_m_per_km=_per_km("descent_m"),
        unknown_kind_7d_pct=100.0 * pl.col("_share_7d"),
        unknown_kind_28d_pct=100.0 * pl.col("_share_28d"),
        _is_little_28d=is_little(pl.col("_share_28d")),
    ).with_columns(week_change_ratio=_week_change())
    return (
        _with_spikes(windows, runs)
        .with_columns(is_longest_run_indoor=pl.when(is_clear).then("is_longest_run_indoor"))
        .select(
            "day",
            *(feature.feature for feature in FEATURES),
            "_known_run_count",
            "_unknown_count",
            "_is_little_28d",
        )
    )


def session_spike() -> pl.Expr:
    """True on a day with a spike, False on one without; null where it is unknown.

    Of the columns session_spike_state and run_count. Two states only: the relation in the one large
    cohort was a step at +10 %, not a line.
    """
    state = pl.col("session_spike_state").cast(pl.String)
    is_none = (state == "normal") | (state.is_null() & (pl.col("run_count") == 0))
    return pl.when(state.is_in(SPIKES)).then(True).when(is_none).then(False)


def runs_of(activities: pl.DataFrame) -> pl.DataFrame:
    """The activities whose distance counts as mileage, treadmill included."""
    sports = [sport for sport in activities["sport"].unique().drop_nulls() if is_run(sport)]
    return activities.filter(pl.col("sport").is_in(sports))


def may_be_runs(activities: pl.DataFrame) -> pl.DataFrame:
    """The runs, and the activities of unknown kind."""
    return pl.concat([runs_of(activities), activities.filter(of_unknown_kind())])


def longest_runs(runs: pl.DataFrame) -> pl.DataFrame:
    """The longest run of each day, the first of equals; none of a day with a run of unknown
    distance.
    """
    is_known = (pl.col("distance_m").null_count() == 0).over("day")
    return (
        runs.filter(is_known)
        .sort(
            "day", "distance_m", "started_at", "activity_id", descending=[False, True, False, False]
        )
        .unique("day", keep="first", maintain_order=True)
    )


def _daily_runs(runs: pl.DataFrame) -> pl.DataFrame:
    # Without a barometer, satellite altitude noise inflates descent.
    measured = runs.with_columns(
        run_min=pl.col("moving_s") / SECONDS_PER_MINUTE,
        descent_m=pl.when("has_barometer").then("descent_m"),
    )
    is_distance_known = pl.col("distance_m").null_count() == 0
    by_day = measured.group_by("day").agg(
        run_count=pl.len().cast(pl.Int64),
        run_distance_m=known_sum("distance_m"),
        run_min=known_sum("run_min"),
        longest_run_m=pl.when(is_distance_known).then(pl.col("distance_m").max()),
        ascent_m=known_sum("ascent_m"),
        descent_m=known_sum("descent_m"),
    )
    indoor = longest_runs(runs).select("day", is_longest_run_indoor="is_indoor")
    return by_day.join(indoor, on="day", how="left")


def _known_days(calendar: pl.DataFrame, runs: pl.DataFrame, unknown: pl.DataFrame) -> pl.DataFrame:
    """The calendar with the known runs of each day (`_known_…`), and its activities of unknown
    kind: 0 on a recorded day without one.
    """
    by_day = calendar.join(_daily_runs(runs), on="day", how="left", maintain_order="left").join(
        unknown, on="day", how="left", maintain_order="left"
    )
    counted = by_day.with_columns(
        pl.when("is_recorded").then(pl.col(name).fill_null(0)).alias(name)
        for name in ("run_count", "_unknown_count")
    )
    is_rest = pl.col("run_count") == 0
    return counted.with_columns(
        *(pl.when(is_rest).then(0.0).otherwise(name).alias(name) for name in _SUMMED),
        unknown_kind_min=pl.when(pl.col("_unknown_count") == 0)
        .then(0.0)
        .otherwise("unknown_kind_min"),
    ).rename({name: f"_known_{name}" for name in _OF_RUNS})


def _known_sum(column: str, days: int) -> pl.Expr:
    """Sum of the known runs over the days of the window; null unless it holds without what is of
    unknown kind.
    """
    is_held = is_little(pl.col(f"_share_{days}d"))
    return pl.when(is_held).then(window_sum(f"_known_{column}", days))


def _share(days: int) -> pl.Expr:
    return unknown_share(
        window_sum("unknown_kind_min", days),
        window_sum("_known_run_min", days),
        window_sum("_unknown_count", days),
    )


def _share_before() -> pl.Expr:
    """Share of unknown kinds in the minutes of the 30 days before the day; days before the first
    record add nothing.
    """
    endless = pl.when(pl.col("_unknown_count") > 0).then(ENDLESS_MIN)
    unknown_min, run_min, unknown_count = (
        column.shift(1).rolling_sum(SPIKE_WINDOW_D, min_samples=1)
        for column in (
            pl.col("unknown_kind_min").fill_null(endless),
            pl.col("_known_run_min"),
            pl.col("_unknown_count"),
        )
    )
    return unknown_share(unknown_min, run_min.fill_null(0.0), unknown_count.fill_null(0))


def _per_km(column: str) -> pl.Expr:
    return pl.when(pl.col("run_distance_m") > 0).then(
        pl.col(column) * METRES_PER_KM / pl.col("run_distance_m")
    )


def _week_change() -> pl.Expr:
    week_before = pl.col("run_distance_7d_m").shift(7)
    return pl.when(week_before > 0).then(pl.col("run_distance_7d_m") / week_before)


def _with_spikes(by_day: pl.DataFrame, runs: pl.DataFrame) -> pl.DataFrame:
    """Adds longest_run_30d_m, session_spike_ratio, session_spike_state, and the ratio of whole
    days.

    Schuster Brandt Frandsen et al. 2025, Br J Sports Med, PMID 40623829: single runs, current run
    excluded, states at +10, +30 and +100 %.
    """
    first_day = pl.lit(runs["day"].min(), dtype=pl.Date)
    measured = by_day.with_columns(
        _is_clear=is_known_before("_known_longest_run_m", first_day) & is_little(_share_before()),
        _runs_before=(pl.col("_known_run_count") > 0)
        .fill_null(False)
        .cast(pl.Int64)
        .shift(1)
        .rolling_sum(SPIKE_WINDOW_D, min_samples=1),
        _largest_day_before=_largest_before("_known_run_distance_m"),
        longest_run_30d_m=pl.when(is_little(_share_before())).then(
            largest_known_before("_known_longest_run_m", first_day)
        ),
    ).with_columns(
        session_spike_ratio=pl.when(pl.col("run_count") > 0).then(
            pl.col("longest_run_m") / pl.col("longest_run_30d_m") - 1.0
        ),
        # Known days only: where the longest run of 30 days is known, so is each of their totals.
        day_spike_ratio=pl.when(
            (pl.col("run_count") > 0) & pl.col("longest_run_30d_m").is_not_null()
        ).then(pl.col("run_distance_m") / pl.col("_largest_day_before") - 1.0),
    )
    spiked = measured.with_columns(session_spike_state=_spike_state())
    return spiked.with_columns(session_spike=session_spike())


def largest_known_before(column: str, first_day: pl.Expr) -> pl.Expr:
    """Largest value of the 30 days before the day, itself left out; null unless is_known_before,
    and where it is 0.
    """
    largest = _largest_before(column)
    return pl.when(is_known_before(column, first_day) & (largest > 0)).then(largest)


def is_known_before(column: str, first_day: pl.Expr) -> pl.Expr:
    """True with 14 days or more since the first day of the history, and none of the 30 days
    before unknown since then.
    """
    is_unclear = ((pl.col("day") >= first_day) & pl.col(column).is_null()).fill_null(False)
    unclear_count = is_unclear.cast(pl.Int64).shift(1).rolling_sum(SPIKE_WINDOW_D, min_samples=1)
    has_history = (pl.col("day") - first_day).dt.total_days() >= SHORTEST_HISTORY_D
    return has_history.fill_null(False) & (unclear_count == 0)


def _largest_before(column: str) -> pl.Expr:
    return pl.col(column).shift(1).rolling_max(SPIKE_WINDOW_D, min_samples=1)


def _spike_state() -> pl.Expr:
    ratio = pl.col("session_spike_ratio") - ROUNDING
    return (
        pl.when(pl.col("run_count").fill_null(0) == 0)
        .then(None)
        .when(~pl.col("_is_clear"))
        .then(pl.lit("not_enough_history"))
        .when(pl.col("_runs_before") == 0)
        .then(pl.lit("return_after_break"))
        .when(ratio > 1.0)
        .then(pl.lit(OVER_100))
        .when(ratio > 0.3)
        .then(pl.lit(OVER_30))
        .when(ratio > 0.1)
        .then(pl.lit(OVER_10))
        .when(ratio <= 0.1)
        .then(pl.lit("normal"))
    )
