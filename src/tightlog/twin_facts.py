"""What a kept activity learns from the twins set aside: name, shoe and effort where it has none, its sport where it says nothing of it."""

from collections.abc import Iterator

import numpy as np
import polars as pl

from tightlog.domain import FOOT_SPORTS
from tightlog.readers.cadence import CadenceRule, settled
from tightlog.readers.fit.profile import INDOOR_SUB_SPORTS

FACT_SCHEMA = {
    "activity_id": pl.String, "sport": pl.String, "sub_sport": pl.String, "is_indoor": pl.Boolean, "name": pl.String, "shoe": pl.String,
    "rpe": pl.Float64, "cadence_factor": pl.Float64, "cadence_rule": pl.String,
}
# Where two twins tell different things: what the runner entered at the vendor's counts first.
TELLER_ORDER = ("strava", "garmin", "tcx", "gpx", "fit")


def twin_facts(activities: pl.DataFrame, aside: pl.DataFrame) -> pl.DataFrame:
    """Frame in FACT_SCHEMA, one row per kept activity that learns something; null where its own word stands. Cadence is not settled yet.

    `activities` has the columns of `ingest.activity`, `aside` those of `ingest.twin`.
    """
    told = ("sport", "sub_sport", "name", "shoe", "rpe")
    tellers = aside.join(activities.select("activity_id", "reader", *told), on="activity_id", how="inner", maintain_order="left")
    own = activities.select(kept_activity_id="activity_id", **{f"own_{name}": pl.col(name) for name in told})
    pairs = tellers.join(own, on="kept_activity_id", how="inner", maintain_order="left").sort(
        pl.col("reader").replace_strict({reader: place for place, reader in enumerate(TELLER_ORDER)}, default=len(TELLER_ORDER)), "activity_id")
    tells_sport = (pl.col("own_sport") == "generic") & (pl.col("sport") != "generic")
    tells_detail = (pl.col("own_sub_sport") == "generic") & (pl.col("sub_sport") != "generic") & (pl.col("sport") == pl.col("own_sport"))
    facts = pairs.group_by("kept_activity_id", maintain_order=True).agg(
        _first(pl.when(tells_sport).then("sport")).alias("sport"),
        _first(pl.when(tells_sport | tells_detail).then("sub_sport")).alias("sub_sport"),
        *(_first(pl.when(pl.col(f"own_{name}").is_null()).then(name)).alias(name) for name in ("name", "shoe", "rpe")),
    )
    is_indoor = pl.when(pl.col("sub_sport").is_in(sorted(INDOOR_SUB_SPORTS))).then(True)
    known = facts.filter(pl.any_horizontal(pl.col("sport", "sub_sport", "name", "shoe", "rpe").is_not_null()))
    shaped = known.rename({"kept_activity_id": "activity_id"}).with_columns(
        is_indoor=is_indoor, cadence_factor=pl.lit(None), cadence_rule=pl.lit(None))
    return shaped.select(pl.col(name).cast(kind) for name, kind in FACT_SCHEMA.items()).sort("activity_id")


def with_cadence_settled(facts: pl.DataFrame, activities: pl.DataFrame, cadences: pl.DataFrame) -> pl.DataFrame:
    """The facts with factor and rule for the cadence of activities that turn out to be on foot.

    `cadences` holds their recorded values (`activity_id, cadence`), which an unknown sport leaves as the file has them.
    """
    rules = {activity_id: rule for activity_id, rule in _rules(facts, activities, cadences) if rule is not None}
    ids = facts["activity_id"]
    return facts.with_columns(
        cadence_factor=pl.Series([rules[one].factor if one in rules else None for one in ids], dtype=pl.Float64),
        cadence_rule=pl.Series([rules[one].name if one in rules else None for one in ids], dtype=pl.String),
    )


def _rules(facts: pl.DataFrame, activities: pl.DataFrame, cadences: pl.DataFrame) -> Iterator[tuple[str, CadenceRule | None]]:
    on_foot = facts.filter(pl.col("sport").is_in(sorted(FOOT_SPORTS))).select("activity_id", told_sport="sport")
    for row in on_foot.join(activities, on="activity_id", how="inner").iter_rows(named=True):
        recorded = cadences.filter(pl.col("activity_id") == row["activity_id"])["cadence"]
        raw = recorded.to_numpy() if len(recorded) else np.array([row["cadence_raw"] or np.nan])
        source = "fit" if row["reader"] == "fit" else f"{row['reader']} of {row['device'] or 'unknown'}"
        yield row["activity_id"], settled(row["told_sport"], raw, row["speed_mps"], source)


def _first(told: pl.Expr) -> pl.Expr:
    return told.drop_nulls().first()
