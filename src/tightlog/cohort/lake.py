"""The end of a refresh of a cohort: who left, the DuckDB file of the lake, and what all homes say
together.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from tightlog.cohort.attention import attention_rows
from tightlog.cohort.borders import asked, version_of
from tightlog.cohort.cohort_file import Cohort
from tightlog.cohort.cohort_words import STATES
from tightlog.cohort.members import Member, marked
from tightlog.cohort.outcomes import Outcome, State, forget_others, kept_outcome
from tightlog.cohort.pooled import Estimates, compared_rows, estimates, pooled_rows
from tightlog.domain.frames import UTC_INSTANT
from tightlog.errors import CohortError, TightlogError
from tightlog.home.settings import Home
from tightlog.language.catalogue import message, phrase
from tightlog.warehouse import store
from tightlog.warehouse.lake.one_file import LakeDraft, lake_draft
from tightlog.warehouse.lake.partitions import homes_in, remove_home, sweep
from tightlog.words.numbers import counted

# Of the lake's questions: what its rows are estimates of.
ESTIMATES: Mapping[str, str] = {"findings": "finding", "effects": "effect", "trials": "trial"}
LOST = message(
    "its worker ended, or could not write into the cohort's folder, before it was done; the next "
    "refresh tries it again"
)

MEMBER_SCHEMA: dict[str, Any] = {
    "home": pl.String, "state": pl.String, "reason": pl.String, "shared": pl.List(pl.String),
    "refreshed_at": UTC_INSTANT, "local_day": pl.Date, "score_count": pl.Int64,
    "last_score_on": pl.Date, "last_score": pl.Float64, "last_activity_on": pl.Date,
    "usual_gap_d": pl.Int64, "red_flag_count": pl.Int64, "worsening_points": pl.Float64,
}  # fmt: skip


@dataclass(frozen=True)
class CohortSummary:
    """What a refresh of a cohort did: homes by state, and those that failed with the reason."""

    homes: Mapping[str, int]
    failed: Mapping[str, str]
    new_files: int
    removed: tuple[str, ...]
    in_lake: int
    cpu_s: float

    @property
    def words(self) -> str:
        """The summary in a sentence, and a line for each home that failed."""
        states = [
            phrase("{count:,} {state}", count=count, state=STATES[state])
            for state, count in self.homes.items()
            if count
        ]
        said = phrase(
            "{homes}: {states}. {new_files}. {in_lake} in the lake.",
            homes=counted(sum(self.homes.values()), "home"),
            states=", ".join(states) or phrase("none"),
            new_files=counted(self.new_files, "new file"),
            in_lake=counted(self.in_lake, "home"),
        )
        lines = [said]
        if self.removed:
            lines.append(phrase("Left the lake: {homes}.", homes=", ".join(self.removed)))
        return "\n".join([*lines, *(f"{home}: {why}" for home, why in self.failed.items())])

    def as_json(self) -> dict[str, Any]:
        """The summary in the shape `--json` prints."""
        return {
            "homes": dict(self.homes),
            "failed": dict(self.failed),
            "new_files": self.new_files,
            "removed": list(self.removed),
            "in_lake": self.in_lake,
            "cpu_s": self.cpu_s,
        }


def outcomes_of(cohort: Cohort, members: Sequence[Member], call: str) -> tuple[Outcome, ...]:
    """What became of each home in this call; one no worker finished is told as lost."""
    return tuple(_outcome_of(cohort, member, call) for member in members)


def _outcome_of(cohort: Cohort, member: Member, call: str) -> Outcome:
    kept = kept_outcome(cohort.outcomes, member.pseudonym)
    is_of_home = kept is not None and kept.of == marked(cohort, member.folder)
    if kept is not None and is_of_home and kept.call == call:
        return kept
    lost = Outcome(member.pseudonym, State.FAILED, call, reason=phrase(LOST))
    if kept is None or not is_of_home or not kept.parts:
        return lost
    # No worker asked it in this call, so it is asked here.
    with suppress(CohortError):
        consent = asked(cohort, member)
        if set(kept.parts) <= set(consent.parts):
            return replace(
                lost, parts=kept.parts, sizes=kept.sizes, is_compared=consent.is_compared
            )
    return lost


def finish_lake(cohort: Cohort, members: Sequence[Member], call: str) -> CohortSummary:
    """Brings the lake's DuckDB file to what the homes share now. Raises WarehouseError; where the
    old file shows what is not shared any more, it is gone then too.
    """
    found = outcomes_of(cohort, members, call)
    here = frozenset(one.home for one in found if one.is_in_lake)
    # Homes taken out of cohort.toml, and what a killed worker may have left of one that withdrew.
    left = sorted(homes_in(cohort.lake) - here)
    for home in left:
        remove_home(cohort.lake, home)
    sweep(cohort.lake)
    forgotten = forget_others(cohort.outcomes, frozenset(one.home for one in found))
    try:
        catalogue, made_from = _catalogue(members, here), _made_from(found)
        with lake_draft(cohort.database, sorted(here), catalogue, made_from) as draft:
            _fill(draft, found)
    except TightlogError:
        if _shows_more(cohort, found):
            cohort.database.unlink(missing_ok=True)
        raise
    return _summary(found, tuple(sorted({*left, *forgotten})))


def _made_from(found: Sequence[Outcome]) -> str:
    """Mark of all that the homes have in the lake; '' where a home's part is not known for sure."""
    held = sorted(
        (one.home, one.made_from, sorted(one.sizes.items())) for one in found if one.sizes
    )
    if not all(made_from for _, made_from, _ in held):
        return ""
    return hashlib.sha256(json.dumps(held).encode()).hexdigest()


def _shows_more(cohort: Cohort, found: Sequence[Outcome]) -> bool:
    """True where the DuckDB file that stands tells of a home what it does not share now."""
    now = {one.home: set(one.parts) for one in found}
    try:
        before = store.relation(cohort.database, "member")
        return any(
            not set(row["shared"]) <= now.get(row["home"], set())
            for row in before.iter_rows(named=True)
        )
    except TightlogError:
        return True


def _fill(draft: LakeDraft, found: Sequence[Outcome]) -> None:
    known: list[Estimates] = []
    for question, relation in ESTIMATES.items():
        if draft.has(relation):
            known += estimates(draft.rows(question), relation)
    agreed = {one.home for one in found if one.is_compared}
    draft.write("member", member_rows(found))
    draft.write("attention", attention_rows(found))
    draft.write("pooled", pooled_rows(known))
    draft.write("compared", compared_rows(known, agreed))


def member_rows(found: Sequence[Outcome]) -> pl.DataFrame:
    """A row per home with the columns of MEMBER_SCHEMA."""
    return pl.DataFrame([_member(one) for one in found], schema=MEMBER_SCHEMA, orient="row")


def _member(one: Outcome) -> dict[str, Any]:
    status = one.status or {}
    days = {name: _date(status.get(name)) for name in ("last_score_on", "last_activity_on")}
    at = status.get("refreshed_at")
    return {
        "home": one.home,
        "state": one.state.value,
        "reason": one.reason,
        "shared": list(one.parts),
        "refreshed_at": None if at is None else datetime.fromisoformat(at),
        "local_day": one.local_day,
        "red_flag_count": len(status["red_flags"]) if status else None,
        **days,
        **{
            name: status.get(name)
            for name in ("score_count", "last_score", "usual_gap_d", "worsening_points")
        },
    }


def _date(text: str | None) -> Any:
    return None if text is None else datetime.fromisoformat(text).date()


def _catalogue(members: Sequence[Member], here: frozenset[str]) -> Path | None:
    """A version that says what columns mean: the first that can be opened."""
    for member in members:
        if member.pseudonym in here:
            try:
                version = version_of(Home(member.folder))
                with store.open_version(version):
                    return version
            except (TightlogError, OSError):
                continue
    return None


def _summary(found: Sequence[Outcome], removed: tuple[str, ...]) -> CohortSummary:
    return CohortSummary(
        {state.value: sum(one.state is state for one in found) for state in State},
        {one.home: one.reason or "" for one in found if one.state is State.FAILED},
        sum(one.new_files for one in found),
        removed,
        sum(one.is_in_lake for one in found),
        round(sum(one.cpu_s for one in found), 2),
    )
