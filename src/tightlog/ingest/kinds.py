"""What kind each kept activity is, what says it, and whether it counts as a session.

Decided at each refresh from what was read, never remembered: a file, a correction or a setting that
comes later gives the same as a rebuild. Believed in this order: the runner's correction, the file,
an export's list, a twin, the words of app, title and file name, `default_sport` of the settings,
the movement, the runner's own runs. What nothing says stays unknown, and may be a run.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import polars as pl

from tightlog.domain.formats import FORMAT
from tightlog.domain.sports import (
    ACCIDENT_M,
    ACCIDENT_S,
    GENERIC,
    INDOOR_SUB_SPORTS,
    SPORTS_WITH_WAY,
    SportRule,
    is_exercise,
    is_run,
)
from tightlog.ingest.own_runs import like_own_runs
from tightlog.readers.kind import RUN_MEDIAN_MPS

KIND_SCHEMA = {
    "activity_id": pl.String,
    "sport": pl.String,
    "sub_sport": pl.String,
    "sport_rule": pl.String,
    "is_counted": pl.Boolean,
    "is_indoor": pl.Boolean,
}
Row = Mapping[str, Any]
# The columns of an activity that tell of its kind.
TOLD = (
    "activity_id", "reader", "sport", "sub_sport", "sport_rule", "movement_sport", "started_at",
    "elapsed_s", "moving_s", "distance_m", "is_indoor",
)  # fmt: skip
# What a file says itself; its name and its movement are weaker than what others say.
SAID = (SportRule.FILE, SportRule.LIST)


@dataclass(frozen=True)
class Kind:
    """Sport, sub-sport, and what says it."""

    sport: str
    sub_sport: str
    rule: SportRule


def kinds(
    activities: pl.DataFrame,
    aside: pl.DataFrame,
    corrections: Mapping[str, Mapping[str, Any]],
    default_sport: str | None,
) -> pl.DataFrame:
    """Frame in KIND_SCHEMA, one row per activity that is kept.

    `activities` has the columns of `ingest.activity`, `aside` those of `ingest.twin`; `corrections`
    are the runner's words by activity id: one on a twin holds for the one that is kept.
    """
    read = {row["activity_id"]: row for row in activities.select(TOLD).iter_rows(named=True)}
    kept_of = dict(aside.select("activity_id", "kept_activity_id").iter_rows())
    rows = {**read, **_around_runs([row for one, row in read.items() if one not in kept_of])}
    twins: dict[str, list[Row]] = {}
    for twin, kept in kept_of.items():
        twins.setdefault(kept, []).append(rows[twin])
    said: dict[str, dict[str, Any]] = {}
    for activity_id, changes in corrections.items():
        said.setdefault(kept_of.get(activity_id, activity_id), {}).update(changes)
    sure: dict[str, Kind] = {}
    for activity_id, own in rows.items():
        if activity_id not in kept_of:
            tellers = sorted(twins[activity_id], key=_teller_order) if activity_id in twins else ()
            sure[activity_id] = kind_of(own, tellers, said.get(activity_id, {}), default_sport)
    decided = sure | _by_own_runs(activities, sure)
    found = [
        (
            one,
            kind.sport,
            kind.sub_sport,
            kind.rule.value,
            counts(rows[one], kind),
            is_indoor(rows[one], kind),
        )
        for one, kind in decided.items()
    ]
    return pl.DataFrame(found, schema=KIND_SCHEMA, orient="row")


def _by_own_runs(activities: pl.DataFrame, sure: Mapping[str, Kind]) -> dict[str, Kind]:
    """The kinds of those that only the runner's own runs say something of."""
    decided = {one: (kind.sport, kind.rule) for one, kind in sure.items()}
    return {
        one: replace(sure[one], sport="running", rule=SportRule.OWN_RUNS)
        for one in like_own_runs(activities, decided)
    }


def kind_of(
    own: Row, tellers: Sequence[Row], correction: Mapping[str, Any], default_sport: str | None
) -> Kind:
    """Kind of one activity by itself: the first of what could say it; `tellers` are its twins."""
    kind = next(_evidence(own, tellers, correction, default_sport))
    if correction.get("sub_sport"):
        return replace(kind, sub_sport=correction["sub_sport"])
    if kind.sub_sport != "generic" or kind.rule is SportRule.CORRECTION:
        return kind
    details = (row["sub_sport"] for row in (own, *tellers) if row["sport"] == kind.sport)
    return replace(kind, sub_sport=next((one for one in details if one != "generic"), "generic"))


def counts(own: Row, kind: Kind) -> bool:
    """False for an accidental start, and for what is no exercise. What was not measured counts."""
    if not is_exercise(kind.sport, kind.sub_sport):
        return False
    goes_somewhere = kind.sport in SPORTS_WITH_WAY
    lasting_s = (own["moving_s"] if goes_somewhere else None) or own["elapsed_s"]
    lasting_s = own["moving_s"] if lasting_s is None else lasting_s
    if lasting_s is not None and lasting_s < ACCIDENT_S:
        return False
    # Indoors, a watch that measures too little is no proof that the feet stood still.
    is_measured = own["distance_m"] is not None and not is_indoor(own, kind)
    return not (goes_somewhere and is_measured and own["distance_m"] < ACCIDENT_M)


def is_indoor(own: Row, kind: Kind) -> bool | None:
    """True where the kind says so; else what the recording shows, but nothing where that was only
    a kind that does not hold.
    """
    if kind.sub_sport in INDOOR_SUB_SPORTS:
        return True
    was_only_said = own["is_indoor"] and own["sub_sport"] in INDOOR_SUB_SPORTS
    return None if was_only_said else own["is_indoor"]


def of_another_sport(activities: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """The activities whose kind is another sport than was read, with that sport (told_sport)."""
    told = found.select("activity_id", told_sport="sport")
    return activities.join(told, on="activity_id", how="inner", maintain_order="left").filter(
        pl.col("told_sport") != pl.col("sport")
    )


def _evidence(
    own: Row, tellers: Sequence[Row], correction: Mapping[str, Any], default_sport: str | None
) -> Iterator[Kind]:
    """What says the kind, the most certain first; the last is always there."""
    if correction.get("sport"):
        yield Kind(correction["sport"], "generic", SportRule.CORRECTION)
    if own["sport_rule"] in SAID:
        yield Kind(own["sport"], own["sub_sport"], SportRule(own["sport_rule"]))
    for rule in SAID[::-1]:
        for row in tellers:
            if row["sport_rule"] == rule:
                told = SportRule.LIST if rule is SportRule.LIST else SportRule.TWIN
                yield Kind(row["sport"], row["sub_sport"], told)
    named = ((own, SportRule.NAME), *((row, SportRule.TWIN) for row in tellers))
    for row, rule in named:
        if row["sport_rule"] == SportRule.NAME:
            yield Kind(row["sport"], row["sub_sport"], rule)
    shown = next((row["movement_sport"] for row in (own, *tellers) if row["movement_sport"]), None)
    if default_sport and not _is_excluded(default_sport, shown):
        yield Kind(default_sport, "generic", SportRule.SETTINGS)
    if shown:
        yield Kind(shown, "generic", SportRule.MOVEMENT)
    yield Kind(*GENERIC, SportRule.UNKNOWN)


def _is_excluded(sport: str, shown: str | None) -> bool:
    """True where the movement rules the sport out: a drive is none, a walk is no run."""
    return shown == "driving" or (is_run(sport) and shown not in (None, sport))


def _around_runs(kept: Sequence[Row]) -> dict[str, Row]:
    """Those recordings of unknown kind around runs that were recorded too, with what the rest of
    them shows: slower than anybody runs, it is no second run.
    """
    by_start = sorted(
        (row for row in kept if is_run(_likely_sport(row)) and row["elapsed_s"]),
        key=lambda row: row["started_at"],
    )
    starts = [row["started_at"] for row in by_start]
    found: dict[str, Row] = {}
    for row in kept:
        if _likely_sport(row) != GENERIC[0] or not (row["elapsed_s"] and row["distance_m"]):
            continue
        ended_at = row["started_at"] + timedelta(seconds=row["elapsed_s"])
        near = by_start[bisect_left(starts, row["started_at"]) : bisect_right(starts, ended_at)]
        inside = [
            run
            for run in near
            if run["started_at"] + timedelta(seconds=run["elapsed_s"]) <= ended_at
        ]
        rest_s = row["elapsed_s"] - sum(run["elapsed_s"] for run in inside)
        rest_m = row["distance_m"] - sum(run["distance_m"] or 0.0 for run in inside)
        if inside and rest_s > 0 and rest_m < RUN_MEDIAN_MPS[0] * rest_s:
            found[row["activity_id"]] = {**row, "movement_sport": GENERIC[0]}
    return found


def _likely_sport(row: Row) -> str:
    """Its sport, or what its movement shows."""
    return str(row["sport"] if row["sport"] != GENERIC[0] else row["movement_sport"] or GENERIC[0])


def _teller_order(row: Row) -> tuple[int, str]:
    return FORMAT[row["reader"]].fact_rank, row["activity_id"]
