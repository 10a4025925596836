"""One home: asked whether it may be read, refreshed where it may be, and written into the lake.

The same call again gives the same: it may run twice, on two workers, or after one was killed.
"""

import hashlib
import json
import re
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tightlog import __version__
from tightlog.cohort.borders import CLOSED, asked, is_its_own, mark_of, refuse_ways_out, version_of
from tightlog.cohort.cohort_file import Cohort
from tightlog.cohort.members import Consent, Member, marked, switches
from tightlog.cohort.outcomes import Outcome, State, keep_outcome, kept_outcome
from tightlog.cohort.status import status_of
from tightlog.errors import CohortError, NoWarehouse, TightlogError
from tightlog.home.settings import Home, settings_of
from tightlog.language.catalogue import message, phrase
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store
from tightlog.warehouse.build import SCHEMA_VERSION
from tightlog.warehouse.lake.partitions import is_whole, remove_home, write_home
from tightlog.warehouse.read_only import held_open

NO_CONSENT = message("its tightlog.toml does not share it with this cohort")
NOT_THERE = message("there is no home in its folder now")
# What follows a slash, up to the end of the word or of what is in quotes.
PATH = re.compile(r"(?:(?<=[\s\"'(])|^)~?/[^\s\"',;)]+|(?<=data/raw/)[^\s:\"',;)]+")
NO_REFRESH = message("nothing was published in it yet, and its runner lets nobody else refresh it")
HAS_SOURCES = message(
    "nothing was published in it yet; as its tightlog.toml names `sources` outside the home, only "
    "its runner can refresh it"
)


def home_outcome(cohort: Cohort, member: Member, call: str, today: date | None = None) -> Outcome:
    """What became of a home, kept on disk; one that fails is told with its reason.

    `today` is the local day it is analysed for; without it, the day it is there. Raises OSError
    where that cannot be kept.
    """
    begun_s = time.process_time()
    try:
        # What the refresh published is asked by all that follows.
        with held_open():
            outcome = _asked_first(cohort, member, call, today)
    except Exception as problem:  # noqa: BLE001 - whatever is wrong with one home stops no other
        outcome = Outcome(member.pseudonym, State.FAILED, call, reason=words_of(problem))
    if outcome.reason is not None:
        outcome = replace(outcome, reason=without_paths(outcome.reason, member))
    cpu_s = round(time.process_time() - begun_s, 3)
    outcome = replace(outcome, of=marked(cohort, member.folder), cpu_s=cpu_s)
    keep_outcome(cohort.outcomes, outcome)
    return outcome


def words_of(problem: Exception) -> str:
    """Why a home failed. What nobody foresaw is told by its kind: its words may quote the home."""
    if isinstance(problem, TightlogError):
        return str(problem)
    if isinstance(problem, OSError) and problem.strerror:
        return phrase("the system says: {reason}", reason=problem.strerror)
    return phrase(
        "something unforeseen ({kind}); `tightlog doctor` in it may say more",
        kind=type(problem).__name__,
    )


def without_paths(words: str, member: Member) -> str:
    """A reason without paths, for the lake: folders and files of a home hold names."""
    return PATH.sub("…", words.replace(str(member.folder), phrase("its home")))


def _asked_first(cohort: Cohort, member: Member, call: str, today: date | None) -> Outcome:
    """The outcome of a home that agrees; of any other, nothing stays in the lake."""
    try:
        if not Home(member.folder).raw.is_dir():
            return _left(cohort, member, call, State.GONE, phrase(NOT_THERE))
        consent = asked(cohort, member)
    except OSError:
        return _left(cohort, member, call, State.FAILED, phrase(CLOSED))
    except CohortError as problem:
        return _left(cohort, member, call, State.FAILED, str(problem))
    if not consent.parts:
        return _left(cohort, member, call, State.NOT_SHARED, phrase(NO_CONSENT))
    before = _still_agreed(cohort, member, consent)
    try:
        return _outcome(cohort, member, consent, before, call, today)
    except Exception as problem:  # noqa: BLE001 - as above; but what was taken before is agreed to
        return _failed(cohort, member, before, call, words_of(problem))


def _still_agreed(cohort: Cohort, member: Member, consent: Consent) -> Outcome | None:
    """What the lake has of a home; None where that is more than its runner agrees to now, or of
    another home that had this pseudonym. It leaves then, before anything can fail.
    """
    before = kept_outcome(cohort.outcomes, member.pseudonym)
    if before is None:
        return None
    is_of_home = before.of == marked(cohort, member.folder)
    if is_of_home and set(before.parts) <= set(consent.parts):
        return before
    remove_home(cohort.lake, member.pseudonym)
    return None


def _outcome(
    cohort: Cohort,
    member: Member,
    consent: Consent,
    before: Outcome | None,
    call: str,
    today: date | None,
) -> Outcome:
    home = Home(member.folder)
    settings = settings_of(home)
    local_day = today or datetime.now(settings.zone).date()
    reason, new_files = None, 0
    safe = "" if before is None else before.safe
    may_refresh = consent.may_refresh and not settings.sources
    refuse_ways_out(home, is_refreshed=may_refresh)
    if may_refresh:
        is_own = is_its_own(home, safe)
        try:
            done = refresh(home, settings, today=local_day, from_scratch=not is_own)
        except (TightlogError, OSError) as problem:
            # What was published before stands, and is still shared.
            reason = words_of(problem)
        else:
            new_files = sum(done.files.values()) - done.files["unchanged"]
            if done.is_published:
                # Made here and now: it leads nowhere else.
                safe = mark_of(store.linked_version(home))
    try:
        taken = _taken(cohort, member, home, consent, before, safe, call, local_day)
    except NoWarehouse:
        why = HAS_SOURCES if settings.sources else NO_REFRESH
        return _left(cohort, member, call, State.FAILED, reason or phrase(why))
    if reason is not None:
        return replace(taken, state=State.FAILED, reason=reason)
    return replace(taken, new_files=new_files)


def _taken(
    cohort: Cohort,
    member: Member,
    home: Home,
    consent: Consent,
    before: Outcome | None,
    safe: str,
    call: str,
    local_day: date,
) -> Outcome:
    """The home's part of the lake as it is to be: written, or left where it is that already;
    `safe` is the mark of a version that is known to lead nowhere else.

    Raises NoWarehouse, CohortError, WarehouseError.
    """
    name = member.pseudonym
    # Named only: to open it takes as long as all else where nothing changed.
    made_from = _mark(home, store.linked_version(home), consent, local_day)
    if (
        before is not None
        and before.made_from == made_from
        and is_whole(cohort.lake, name, before.sizes)
    ):
        return replace(
            before,
            state=State.UNCHANGED,
            call=call,
            reason=None,
            is_compared=consent.is_compared,
            new_files=0,
        )
    version = version_of(home, safe, only_tables="records" not in consent.parts)
    made_from = _mark(home, version, consent, local_day)
    with store.open_version(version):
        sizes = write_home(cohort.lake, name, version, consent.parts, switches(consent.parts))
        status = status_of(home, version, local_day) if "status" in consent.parts else None
    return Outcome(
        name,
        State.DONE,
        call,
        parts=consent.parts,
        is_compared=consent.is_compared,
        made_from=made_from,
        safe=mark_of(version) if is_its_own(home, safe) else "",
        sizes=sizes,
        status=status,
        local_day=local_day,
    )


def _mark(home: Home, version: Path, consent: Consent, local_day: date) -> str:
    """Mark of all that a home's part of the lake is made from."""
    held: dict[str, Any] = {
        "version": [version.name, *_stat(version)],
        # Red flags are read from the journal itself.
        "journal": _stat(home.journal),
        "parts": consent.parts,
        "day": local_day.isoformat(),
        "tightlog": [__version__, SCHEMA_VERSION],
    }
    return hashlib.sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()


def _stat(file: Path) -> list[int]:
    try:
        facts = file.stat()
    except OSError:
        return []
    return [facts.st_size, facts.st_mtime_ns]


def _left(cohort: Cohort, member: Member, call: str, state: State, reason: str) -> Outcome:
    """A home that is not in the lake: what was there of it goes."""
    remove_home(cohort.lake, member.pseudonym)
    return Outcome(member.pseudonym, state, call, reason=reason)


def _failed(
    cohort: Cohort, member: Member, before: Outcome | None, call: str, reason: str
) -> Outcome:
    """A home that could not be read now, though it is shared: what was taken before stands."""
    if before is None or not before.is_in_lake:
        return _left(cohort, member, call, State.FAILED, reason)
    at = datetime.now(UTC).date()
    # Its status is of another day: what it says of scores and files is not told again.
    return replace(
        before, state=State.FAILED, call=call, reason=reason, made_from="", status=None,
        local_day=at,
    )  # fmt: skip
