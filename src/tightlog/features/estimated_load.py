"""The load of a session without heart rate or rating, estimated from its minutes and the runner's
own usual load per minute; and what share of a day's or a window's load is such an estimate.

The usual load per minute is a median over the whole history, later sessions too: it is no outcome,
and the same on every rebuild.
"""

import polars as pl

from tightlog.features.coverage import window_sum
from tightlog.features.cross_training import kind, session_min
from tightlog.features.feature import OURS, Feature

# Anything shorter is a button pressed twice: it has no load, and leaves that of its day known.
SHORTEST_SESSION_MIN = 2.0
# Ours: fewer sessions of a kind with a load do not show what is usual.
FEWEST_OF_KIND = 5
# Energy beyond rest, in multiples of rest: Ainsworth et al. 2011, Med Sci Sports Exerc 43:1575
# (running 9.7 km/h 9.8, cycling 7.5, leisurely swimming 6, weights 3.5, calisthenics 3.8, hatha
# yoga 2.5, walking 3.5, hiking 6, each less 1). They only carry a load from one kind to another.
EFFORT_OF_KIND = {
    "run": 8.8, "cycle": 6.5, "swim": 5.0, "strength": 2.5, "core": 2.8, "mobility": 1.5,
}  # fmt: skip
EFFORT_OF_SPORT = {"walking": 2.5, "hiking": 5.0, "mountaineering": 5.0}
# Ours, for any other sport: between walking and cycling.
OTHER_EFFORT = 4.0
WINDOWS_D = (7, 28)

FEATURES = (
    Feature(
        "load_estimated_au",
        "au",
        "load",
        "Part of load_au estimated from minutes, for sessions without heart rate or rating: "
        "minutes times the runner's own median load per minute of that sport, else of that kind, "
        "else of all sessions by the energy each kind takes; null when load_au is",
        f"{OURS}; energy: Ainsworth et al. 2011, Med Sci Sports Exerc 43:1575",
    ),
    Feature(
        "load_estimated_share_pct",
        "%",
        "load",
        "Share of load_au that is estimated from minutes, 0 on a day without load; null when "
        "load_au is",
    ),
    *(
        Feature(
            f"load_{days}d_estimated_share_pct",
            "%",
            "load",
            f"Share of load_{days}d_au that is estimated from minutes, 0 where there is no load; "
            f"null when load_{days}d_au is",
        )
        for days in WINDOWS_D
    ),
    Feature(
        "is_hardest_session_estimated",
        "yes/no",
        "load",
        "Whether hardest_session_au is estimated from minutes; null when it is null",
        dtype=pl.Boolean,
    ),
)


def is_session() -> pl.Expr:
    """True unless the activity is known to be shorter than 2 minutes."""
    return (session_min() >= SHORTEST_SESSION_MIN).fill_null(True)


def estimated_loads(loads: pl.DataFrame) -> pl.DataFrame:
    """One row per activity with exercise, minutes and no load_au: activity_id, estimated_au.

    Nothing where no session has a load at all. `loads` are activities with load_au on one scale.
    """
    sessions = loads.with_columns(
        _kind=kind(pl.col("sport"), pl.col("sub_sport")), _minutes=session_min()
    ).filter(pl.col("_kind").is_not_null(), pl.col("_minutes") >= SHORTEST_SESSION_MIN)
    per_min = pl.col("load_au") / pl.col("_minutes")
    sessions = sessions.with_columns(_per_min=per_min, _effort=_effort())
    by_sport = _usual(sessions, ("_kind", "sport"), "_by_sport")
    by_kind = _usual(sessions.filter(pl.col("_kind") != "other"), ("_kind",), "_by_kind")
    by_effort = sessions.select((pl.col("_per_min") / pl.col("_effort")).median()).item()
    missing = (
        sessions.filter(pl.col("load_au").is_null())
        .join(by_sport, on=["_kind", "sport"], how="left", nulls_equal=True, maintain_order="left")
        .join(by_kind, on="_kind", how="left", maintain_order="left")
    )
    usual = pl.coalesce("_by_sport", "_by_kind", pl.lit(by_effort, pl.Float64) * pl.col("_effort"))
    return missing.select("activity_id", estimated_au=usual * pl.col("_minutes")).drop_nulls()


def with_estimated_shares(days: pl.DataFrame) -> pl.DataFrame:
    """The days (load_au, load_estimated_au and their windows' sums) with the share of each that is
    estimated, in %.
    """
    sums = {f"_estimated_{length}d_au": window_sum("load_estimated_au", length)
            for length in WINDOWS_D}  # fmt: skip
    return days.with_columns(**sums).with_columns(
        load_estimated_share_pct=_share_pct("load_estimated_au", "load_au"),
        **{
            f"load_{length}d_estimated_share_pct": _share_pct(
                f"_estimated_{length}d_au", f"load_{length}d_au"
            )
            for length in WINDOWS_D
        },
    )


def _usual(sessions: pl.DataFrame, of: tuple[str, ...], name: str) -> pl.DataFrame:
    """Median load per minute of each kind with enough sessions."""
    known = sessions.drop_nulls("_per_min").group_by(of)
    return (
        known.agg(pl.col("_per_min").median().alias(name), _count=pl.len())
        .filter(pl.col("_count") >= FEWEST_OF_KIND)
        .drop("_count")
    )


def _effort() -> pl.Expr:
    by_kind = pl.col("_kind").replace_strict(EFFORT_OF_KIND, default=None, return_dtype=pl.Float64)
    by_sport = pl.col("sport").replace_strict(
        EFFORT_OF_SPORT, default=OTHER_EFFORT, return_dtype=pl.Float64
    )
    return pl.coalesce(by_kind, by_sport)


def _share_pct(part: str, whole: str) -> pl.Expr:
    """Bounded because the same loads summed in another order may differ in the last digit."""
    share = (100.0 * pl.col(part) / pl.col(whole)).clip(0.0, 100.0)
    return pl.when(pl.col(whole) > 0).then(share).when(pl.col(whole) == 0).then(0.0)
