"""The heart rates of a home: what each recording says of its own, renewed for those that are new or
changed, and what only all of them together tell.
"""

from dataclasses import dataclass

import polars as pl

from tightlog.domain.frames import Columns
from tightlog.domain.recorded import KnownBefore, Recorded
from tightlog.features.hearts.heart_facts import FACT_SCHEMA, heart_facts
from tightlog.features.hearts.heart_rate_maximum import HeartRateMaximum, heart_rate_maximum
from tightlog.features.hearts.heart_rate_trust import heart_rate_trust
from tightlog.features.hearts.trimp import Runner, TrimpBasis, sampled, trimp_basis
from tightlog.features.hearts.trusted_heart_rate import counts_steps, trusted_seconds

SAMPLED: Columns = {"sampled_au": pl.Float64, "sampled_s": pl.Float64, "is_part": pl.Boolean}
# `heart_mark` and `sampled_mark` say what facts and samples of an activity were made from.
HEART_SCHEMA: Columns = {
    **FACT_SCHEMA, **SAMPLED, "heart_mark": pl.UInt64, "sampled_mark": pl.UInt64,
}  # fmt: skip


NO_HEARTS = KnownBefore(pl.DataFrame(schema=dict(HEART_SCHEMA)))


@dataclass(frozen=True)
class HomeHearts:
    """`rows` in the columns of HEART_SCHEMA and `trust` (heart_rate_trust), each one row per
    activity; the maximum of the home.
    """

    rows: pl.DataFrame
    trust: pl.DataFrame
    maximum: HeartRateMaximum


def home_hearts(
    activities: pl.DataFrame, recorded: Recorded, runner: Runner, known: KnownBefore = NO_HEARTS
) -> HomeHearts:
    """The heart rates of a home's activities: the same, whatever was known."""
    before = known.rows.select(pl.col(name).cast(kind) for name, kind in HEART_SCHEMA.items())
    facts = _facts(activities, recorded, before, known.seed)
    trust = heart_rate_trust(activities, facts)
    maximum = heart_rate_maximum(activities, trust, runner.heart_rate_max_bpm)
    basis = trimp_basis(maximum.bpm, runner)
    rows = _with_samples(facts, recorded, before, basis, known.seed)
    return HomeHearts(rows.select(*HEART_SCHEMA), trust, maximum)


def _facts(
    activities: pl.DataFrame, recorded: Recorded, before: pl.DataFrame, seed: int
) -> pl.DataFrame:
    """FACT_SCHEMA and heart_mark of each activity, in their order."""
    own = activities.select("activity_id").join(
        recorded.marks, on="activity_id", how="left", maintain_order="left"
    )
    own = own.select("activity_id", heart_mark=own.hash_rows(seed))
    standing = own.join(before, on=["activity_id", "heart_mark"], maintain_order="left").select(
        *FACT_SCHEMA
    )
    new = own.join(standing, on="activity_id", how="anti", maintain_order="left")
    ids = new["activity_id"]
    made = heart_facts(new, recorded.run_windows(ids), recorded.heart_rate_seconds(ids))
    return own.join(
        pl.concat([standing, made]), on="activity_id", how="left", maintain_order="left"
    )


def _with_samples(
    facts: pl.DataFrame,
    recorded: Recorded,
    before: pl.DataFrame,
    basis: TrimpBasis | None,
    seed: int,
) -> pl.DataFrame:
    """The facts with SAMPLED and sampled_mark; all null without a basis, for then there is no load
    to add up.
    """
    if basis is None:
        unknown = {**SAMPLED, "sampled_mark": pl.UInt64}
        return facts.with_columns(pl.lit(None, kind).alias(name) for name, kind in unknown.items())
    stepping = counts_steps(facts)
    made_from = facts.select(
        "heart_mark",
        is_stepping=pl.col("activity_id").is_in(stepping.implode()),
        basis=pl.lit(repr(basis)),
    )
    marked = facts.with_columns(sampled_mark=made_from.hash_rows(seed))
    standing = marked.join(
        before.select("activity_id", "sampled_mark", *SAMPLED),
        on=["activity_id", "sampled_mark"], maintain_order="left",
    )  # fmt: skip
    ids = marked.join(standing, on="activity_id", how="anti")["activity_id"]
    trusted = trusted_seconds(
        recorded.run_windows(ids), recorded.heart_rate_seconds(ids), stepping.to_list()
    )
    samples = pl.concat(
        [standing.select("activity_id", *SAMPLED), sampled(trusted, basis)], how="vertical"
    )
    return marked.join(samples, on="activity_id", how="left", maintain_order="left")
