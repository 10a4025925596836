"""The load of a session without heart rate or rating, estimated from its minutes and the runner's
own usual load per minute; and what share of a day's or a window's load is such an estimate.

A session of unknown length (a treadmill's empty track) counts as long as the runner's own median
session of that sport. Both medians are over the whole history, later sessions too: they are no
outcome, and the same on every rebuild.
"""

import polars as pl

from tightlog.features.coverage import window_sum
from tightlog.features.cross_training import kind, session_min
from tightlog.features.feature import OURS, Feature

# Anything shorter is a button pressed twice: it has no load, and leaves that of its day known.
SHORTEST_SESSION_MIN = 2.0
# Ours: fewer sessions of a kind with a load, or with a length, do not show what is usual.
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
        "else of all sessions by the energy each kind takes; where the minutes are unknown, the "
        "median minutes of that sport, else of that kind; null when load_au is",
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
    """One row per session of exercise without load_au: activity_id, estimated_au, and whether its
    minutes are known (is_length_known).

    Nothing where no session has a load at all, and none for a session of unknown length of a kind
    with fewer than five known lengths. `loads` are activities with load_au on one scale.
    """
    sessions = (
        loads.with_columns(_kind=kind(pl.col("sport"), pl.col("sub_sport")), _minutes=session_min())
        .filter(pl.col("_kind").is_not_null(), is_session())
        .with_columns(_per_min=pl.col("load_au") / pl.col("_minutes"), _effort=_effort())
    )
    by_effort = sessions.select((pl.col("_per_min") / pl.col("_effort")).median()).item()
    missing = _with_usual(_with_usual(sessions, "_per_min"), "_minutes").filter(
        pl.col("load_au").is_null()
    )
    per_min = pl.coalesce("_usual_per_min", pl.lit(by_effort, pl.Float64) * pl.col("_effort"))
    return missing.select(
        "activity_id",
        estimated_au=per_min * pl.coalesce("_minutes", "_usual_minutes"),
        is_length_known=pl.col("_minutes").is_not_null(),
    ).drop_nulls()


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


def _with_usual(sessions: pl.DataFrame, name: str) -> pl.DataFrame:
    """Adds _usual + name: the median over the sessions of that sport, else of that kind, with
    enough of them; null where both have too few.
    """
    is_kind = pl.col("_kind") != "other"
    return sessions.with_columns(
        pl.coalesce(
            _enough(name, ("_kind", "sport")), pl.when(is_kind).then(_enough(name, ("_kind",)))
        ).alias(f"_usual{name}")
    )


def _enough(name: str, of: tuple[str, ...]) -> pl.Expr:
    """The median of each group with enough known values."""
    known = pl.col(name).count().over(of)
    return pl.when(known >= FEWEST_OF_KIND).then(pl.col(name).median().over(of))


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
