"""What a kept activity takes from outside its own file: what it lacks from the twins set aside, and
from the runner what is to be changed.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import polars as pl

from tightlog.domain.formats import FORMAT, FORMATS
from tightlog.domain.frames import Columns
from tightlog.domain.sports import FOOT_SPORTS
from tightlog.ingest.twins.twin_totals import TOTAL_SCHEMA, twin_totals
from tightlog.readers.cadence import CYCLES, NOT_ON_FOOT, CadenceRule, cadence_source, settled

FACT_SCHEMA: Columns = {
    "activity_id": pl.String,
    "name": pl.String,
    "shoe": pl.String,
    "rpe": pl.Float64,
    "is_ignored": pl.Boolean,
    "is_confirmed": pl.Boolean,
    "cadence_factor": pl.Float64,
    **{name: kind for name, kind in TOTAL_SCHEMA.items() if name != "activity_id"},
    # The columns of `activity` that hold a twin's value.
    "from_twin": pl.List(pl.String),
}
# What a twin can tell, and what the runner can change. The kind of an activity is in `kinds`.
NAMED = ("name", "shoe", "rpe")
RULED = ("activity_id", "cadence_factor", "cadence_rule", "cadence_evidence")
CORRECTED = (*NAMED, "is_ignored", "is_confirmed")


def twin_facts(activities: pl.DataFrame, aside: pl.DataFrame) -> pl.DataFrame:
    """Frame in FACT_SCHEMA, one row per kept activity that learns something; null where its own
    word stands. Cadence is not settled yet.

    `activities` has the columns of `ingest.activity`, `aside` those of `ingest.twin`.
    """
    told = activities.select("activity_id", "reader", *NAMED)
    tellers = aside.join(told, on="activity_id", how="inner", maintain_order="left")
    own_words = {f"own_{name}": pl.col(name) for name in NAMED}
    own = activities.select(kept_activity_id="activity_id", **own_words)
    pairs = tellers.join(own, on="kept_activity_id", how="inner", maintain_order="left").sort(
        pl.col("reader").replace_strict({one.name: one.fact_rank for one in FORMATS}), "activity_id"
    )
    facts = pairs.group_by("kept_activity_id", maintain_order=True).agg(
        _first(pl.when(pl.col(f"own_{name}").is_null()).then(name)).alias(name) for name in NAMED
    )
    shaped = facts.rename({"kept_activity_id": "activity_id"}).with_columns(
        is_ignored=pl.lit(None),
        is_confirmed=pl.lit(None),
        cadence_factor=pl.lit(None),
    )
    learned = shaped.join(twin_totals(activities, aside), on="activity_id", how="left")
    named = learned.with_columns(from_twin=_columns_taken(learned))
    known = named.filter(pl.col("from_twin").is_not_null())
    return known.select(pl.col(name).cast(kind) for name, kind in FACT_SCHEMA.items()).sort(
        "activity_id"
    )


def _columns_taken(learned: pl.DataFrame) -> pl.Series:
    """Names of the columns that are not null, per row; null where all are."""
    columns = [*NAMED, *(name for name in TOTAL_SCHEMA if name != "activity_id")]
    taken = [
        [name for name in columns if row[name] is not None] or None
        for row in learned.select(columns).iter_rows(named=True)
    ]
    return pl.Series(taken, dtype=pl.List(pl.String))


def with_corrections(
    facts: pl.DataFrame, aside: pl.DataFrame, corrections: Mapping[str, Mapping[str, Any]]
) -> pl.DataFrame:
    """The facts with the runner's word over them, by activity id; a word on a twin holds for the
    one that is kept, whichever that is.
    """
    kept = dict(aside.select("activity_id", "kept_activity_id").iter_rows())
    said: dict[str, dict[str, Any]] = {}
    for activity_id, changes in corrections.items():
        said.setdefault(kept.get(activity_id, activity_id), {}).update(
            {name: changes[name] for name in CORRECTED if name in changes}
        )
    if not said:
        return facts
    rows = {row["activity_id"]: row for row in facts.iter_rows(named=True)}
    for activity_id, changes in said.items():
        row = rows.setdefault(
            activity_id, {**dict.fromkeys(FACT_SCHEMA), "activity_id": activity_id}
        )
        said_now = {name: value for name, value in changes.items() if value is not None}
        row.update(said_now)
        row["from_twin"] = [one for one in row["from_twin"] or () if one not in said_now] or None
    return pl.DataFrame(list(rows.values()), schema=FACT_SCHEMA).sort("activity_id")


def with_cadence_settled(
    facts: pl.DataFrame, of_another_sport: pl.DataFrame, cadences: pl.DataFrame
) -> pl.DataFrame:
    """The facts with factor and rule for the cadence of activities that turn out to be of another
    sport (`told_sport`) than was read.

    `cadences` holds their values as stored (`activity_id, cadence`); the factor is what those are
    multiplied by.
    """
    rules = {
        activity_id: rule
        for activity_id, rule in _rules(of_another_sport, cadences)
        if rule is not None
    }
    settled_now = pl.DataFrame(
        [(one, rule.factor, rule.name, rule.evidence) for one, rule in rules.items()],
        schema={name: FACT_SCHEMA[name] for name in RULED},
        orient="row",
    )
    return facts.update(settled_now, on="activity_id", how="full").sort("activity_id")


def _rules(
    of_another_sport: pl.DataFrame, cadences: pl.DataFrame
) -> Iterator[tuple[str, CadenceRule | None]]:
    for row in of_another_sport.iter_rows(named=True):
        was_on_foot, is_on_foot = row["sport"] in FOOT_SPORTS, row["told_sport"] in FOOT_SPORTS
        if is_on_foot and not was_on_foot:
            yield row["activity_id"], _settled_on_foot(row, cadences)
        elif was_on_foot and not is_on_foot and row["cadence_raw"] and row["cadence_spm"]:
            yield (
                row["activity_id"],
                CadenceRule(
                    row["cadence_raw"] / row["cadence_spm"], _source(row), CYCLES, NOT_ON_FOOT
                ),
            )


def _settled_on_foot(row: Mapping[str, Any], cadences: pl.DataFrame) -> CadenceRule | None:
    recorded = cadences.filter(pl.col("activity_id") == row["activity_id"])["cadence"]
    raw = recorded.to_numpy() if len(recorded) else np.array([row["cadence_raw"] or np.nan])
    return settled(row["told_sport"], raw, row["speed_mps"], _source(row))


def _source(row: Mapping[str, Any]) -> str:
    return cadence_source(FORMAT[row["reader"]], row["device"])


def _first(told: pl.Expr) -> pl.Expr:
    return told.drop_nulls().first()
