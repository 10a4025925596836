"""What a kept activity takes of the totals of its twins: what it lacks, and a better climb."""

import polars as pl

from tightlog.domain.channels import CADENCE, WITH_MEAN
from tightlog.domain.formats import FORMATS
from tightlog.domain.frames import Columns
from tightlog.domain.sports import FOOT_SPORTS
from tightlog.domain.thresholds import WHOLE_SPAN
from tightlog.ingest.twins.candidate import UNTYPED

# Totals that grow with time: taken only of a twin that lasts as long.
WHOLE = ("moving_s", "distance_m", "ascent_m", "descent_m", "energy_kcal")
CLIMB = ("ascent_m", "descent_m")
MEANS = tuple(channel.name for channel in WITH_MEAN if channel is not CADENCE)
STEPS = (CADENCE.name, "cadence_raw", "cadence_rule", "cadence_evidence")
TOTALS = (*WHOLE, *MEANS, *STEPS)
# A mean over less of it than this is none of the whole.
MEAN_SPAN = 0.5
TOTAL_SCHEMA: Columns = {
    "activity_id": pl.String,
    **dict.fromkeys((*WHOLE, *MEANS, *STEPS[:2]), pl.Float64),
    **dict.fromkeys(STEPS[2:], pl.String),
}


def twin_totals(activities: pl.DataFrame, aside: pl.DataFrame) -> pl.DataFrame:
    """Frame in TOTAL_SCHEMA, one row per kept activity that has a twin: what it takes of each
    total, null where its own stands. Of several twins the richer format is believed; a cadence is
    taken of the same sport on foot alone.

    `activities` has the columns of `ingest.activity`, `aside` those of `ingest.twin`.
    """
    known = _with_every_column(activities)
    facts = ("reader", "sport", "span_s", "has_barometer", "is_indoor", *TOTALS)
    twins = aside.select("activity_id", "kept_activity_id").join(
        known.select("activity_id", *facts), on="activity_id", maintain_order="left"
    )
    own = known.select(
        kept_activity_id="activity_id", **{f"own_{name}": pl.col(name) for name in facts}
    )
    rank = pl.col("reader").replace_strict({one.name: -one.record_rank for one in FORMATS})
    pairs = twins.join(own, on="kept_activity_id", maintain_order="left").sort(rank, "activity_id")
    taken = pairs.group_by("kept_activity_id", maintain_order=True).agg(
        *(_taken(name).drop_nulls().first().alias(name) for name in TOTALS)
    )
    return _with_whole_cadences(taken.rename({"kept_activity_id": "activity_id"})).select(
        pl.col(name).cast(kind) for name, kind in TOTAL_SCHEMA.items()
    )


def _with_every_column(activities: pl.DataFrame) -> pl.DataFrame:
    missing = dict.fromkeys((*WHOLE, *MEANS, *STEPS[:2], "elapsed_s"), pl.Float64) | {
        **dict.fromkeys(STEPS[2:], pl.String),
        "has_barometer": pl.Boolean,
        "is_indoor": pl.Boolean,
    }
    return activities.with_columns(
        pl.lit(None, dtype=kind).alias(name)
        for name, kind in missing.items()
        if name not in activities.columns
    ).with_columns(span_s=pl.coalesce("elapsed_s", "moving_s"))


def _taken(name: str) -> pl.Expr:
    """The twin's total where the kept activity is to take it, else null."""
    share = pl.col("span_s") / pl.col("own_span_s")
    is_whole = share.is_between(WHOLE_SPAN, 1 / WHOLE_SPAN)
    lacks = pl.col(f"own_{name}").is_null()
    if name in CLIMB:
        return pl.when(is_whole & (lacks | _has_better_climb())).then(name)
    if name in WHOLE:
        return pl.when(is_whole & lacks).then(name)
    is_most = share.is_between(MEAN_SPAN, 1 / WHOLE_SPAN)
    if name in STEPS:
        is_same_foot = pl.col("sport").is_in(sorted(FOOT_SPORTS)) & (
            (pl.col("own_sport") == pl.col("sport")) | (pl.col("own_sport") == UNTYPED)
        )
        return pl.when(is_most & is_same_foot & pl.col("own_cadence_spm").is_null()).then(name)
    return pl.when(is_most & lacks).then(name)


def _has_better_climb() -> pl.Expr:
    """A barometer's climb, or one the vendor corrected by its map of heights, before that of a
    watch without a barometer. Vendors write 0 where they know none.
    """
    is_list = pl.col("reader").is_in([one.name for one in FORMATS if one.is_list])
    is_better = is_list | pl.col("has_barometer").fill_null(False)
    is_outdoors = ~pl.col("own_is_indoor").fill_null(False)
    has_own_barometer = pl.col("own_has_barometer").fill_null(False)
    return is_better & is_outdoors & ~has_own_barometer & (pl.col("ascent_m") > 0)


def _with_whole_cadences(taken: pl.DataFrame) -> pl.DataFrame:
    """Cadence, recorded value, rule and evidence of one twin alone, the rule named as a twin's."""
    has_cadence = pl.col("cadence_spm").is_not_null()
    return taken.with_columns(
        cadence_raw=pl.when(has_cadence).then("cadence_raw"),
        cadence_rule=pl.when(has_cadence).then(pl.format("twin: {}", "cadence_rule")),
        cadence_evidence=pl.when(has_cadence).then("cadence_evidence"),
    )
