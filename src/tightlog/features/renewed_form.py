"""The form of runs, renewed: measured of the runs that are new or changed and of those in whose
reach one came, left or changed; that of all others stands.
"""

import polars as pl

from tightlog.domain.frames import UTC_INSTANT, Columns
from tightlog.domain.recorded import KnownBefore, Recorded
from tightlog.features.form import OF_RUN, REACH_D, form_of_runs
from tightlog.features.mileage import runs_of

# Of each run, what its form was measured from: when it started, and a mark of its own recording.
MARKED = ("form_of", "form_mark")
KNOWN_SCHEMA: Columns = {
    "activity_id": pl.String,
    "form_of": UTC_INSTANT,
    "form_mark": pl.UInt64,
    **dict.fromkeys(OF_RUN, pl.Float64),
}


NO_FORM = KnownBefore(pl.DataFrame(schema=dict(KNOWN_SCHEMA)))


def renewed_form(
    activities: pl.DataFrame, recorded: Recorded, known: KnownBefore = NO_FORM
) -> pl.DataFrame:
    """One row per activity, in the columns of KNOWN_SCHEMA: the same form_of_runs gives, whatever
    was known.
    """
    own = _marked(activities, recorded.marks, known.seed)
    before = known.rows.select(
        pl.col(name).cast(kind) for name, kind in KNOWN_SCHEMA.items()
    ).drop_nulls("form_mark")
    renewed = _in_reach(own, _changes(own, before))
    # What is no run any more, such as one that the runner corrected to a ride, has no form.
    standing = before.join(own, on="activity_id", how="semi").join(
        renewed, on="activity_id", how="anti"
    )
    form = pl.concat(
        [standing.select("activity_id", *OF_RUN), _measured(activities, recorded, renewed)]
    )
    every = activities.select("activity_id").join(
        own, on="activity_id", how="left", maintain_order="left"
    )
    return every.join(form, on="activity_id", how="left", maintain_order="left")


def _marked(activities: pl.DataFrame, marks: pl.DataFrame, seed: int) -> pl.DataFrame:
    """activity_id and MARKED of each run: a hash of all that is known of it and its recording."""
    runs = runs_of(activities).join(marks, on="activity_id", how="left", maintain_order="left")
    plain = [name for name, kind in runs.schema.items() if not kind.is_nested()]
    return runs.select(
        "activity_id", form_of=_started(), form_mark=runs.select(plain).hash_rows(seed)
    )


def _changes(own: pl.DataFrame, before: pl.DataFrame) -> pl.Series:
    """When runs started that came, left or changed, where they are and where they were."""
    same = ["activity_id", *MARKED]
    return pl.concat(
        [own.join(before, on=same, how="anti")["form_of"],
         before.join(own, on=same, how="anti")["form_of"]]
    ).sort()  # fmt: skip


def _in_reach(own: pl.DataFrame, changed: pl.Series) -> pl.DataFrame:
    """The runs started at a change or less than REACH_D after one."""
    latest = pl.DataFrame({"changed_at": changed})
    return (
        own.sort("form_of")
        .join_asof(latest, left_on="form_of", right_on="changed_at", coalesce=False)
        .filter(pl.col("form_of") - pl.col("changed_at") <= pl.duration(days=REACH_D))
        .drop("changed_at")
    )


def _measured(activities: pl.DataFrame, recorded: Recorded, renewed: pl.DataFrame) -> pl.DataFrame:
    """The form of the runs to be renewed, from them and those before them that they reach."""
    first, last = renewed["form_of"].min(), renewed["form_of"].max()
    needed = activities.filter(
        _started().is_between(
            pl.lit(first, UTC_INSTANT) - pl.duration(days=REACH_D), pl.lit(last, UTC_INSTANT)
        )
    )
    windows = recorded.run_windows(needed["activity_id"])
    form = form_of_runs(needed, windows, renewed["activity_id"])
    return form.join(renewed, on="activity_id", how="semi")


def _started() -> pl.Expr:
    # DuckDB may call the same zone Etc/UTC.
    return pl.col("started_at").cast(UTC_INSTANT)
