"""Whether the disk of data/raw may be missing: files of it are known, and none of them is there.

What is written below data/raw then would be hidden once the disk is connected.
"""

from tightlog.errors import (
    DiaryGone,
    DiaryUnreadable,
    DiaryUnwritten,
    InboxError,
    WarehouseError,
)
from tightlog.home.settings import Home
from tightlog.journal.copies import NOTHING, journal_fingerprint
from tightlog.language.catalogue import message, phrase

SEE_DOCTOR = message("`tightlog doctor` says how to repair it")


def refuse_hidden_entry(home: Home) -> None:
    """Raises DiaryUnwritten where a new journal would take the place of one that is not there now.

    A journal that holds anything is written to without a look at the warehouse.
    """
    if _holds_something(home):
        return
    try:
        found = journal_fingerprint(home.journal)
    except DiaryUnreadable as problem:
        raise DiaryUnwritten(home.journal, problem.problem, phrase(SEE_DOCTOR)) from problem
    if found != NOTHING or not home.database.exists():
        return
    count = missing_file_count(home)
    if count or _known_journal(home) != NOTHING:
        raise DiaryGone(home.journal, count)


def refuse_hidden_file(home: Home, name: str) -> None:
    """Raises InboxError where a file given would lie alone in a data/raw that lacks all others."""
    if count := missing_file_count(home):
        raise InboxError(
            name,
            phrase(
                "{raw} is empty, with {count:,} files known before, so its disk may not be "
                "connected; connect it or wait for the sync, then give it again. If you "
                "removed them all yourself, run: tightlog rebuild",
                raw=home.raw,
                count=count,
            ),
        )


def refuse_unknown_signs(home: Home) -> None:
    """Raises DiaryUnreadable when there is no journal and all files known are gone: a warning sign
    may stand on the disk that is not there.
    """
    if journal_fingerprint(home.journal) == NOTHING and (count := missing_file_count(home)):
        raise DiaryUnreadable(
            home.journal,
            phrase(
                "{raw} is empty, with {count:,} files known before; connect its disk or wait "
                "for the sync, or run `tightlog rebuild` if you removed them yourself",
                raw=home.raw,
                count=count,
            ),
        )


def missing_file_count(home: Home) -> int:
    """How many files are known while data/raw holds none; 0 when it holds one, or cannot be
    listed.
    """
    # Imported here: whoever logs a score does not wait for the warehouse.
    from tightlog.ingest.source import has_files

    return 0 if has_files(home.raw) else known_file_count(home)


def known_file_count(home: Home) -> int:
    """How many files the published version knows; 0 without one that can be read."""
    from tightlog.warehouse import store

    try:
        return int(store.answer(store.linked_version(home), "known_file_count").item())
    except (WarehouseError, OSError):
        return 0


def _holds_something(home: Home) -> bool:
    try:
        return home.journal.stat().st_size > 0
    except OSError:
        return False


def _known_journal(home: Home) -> str:
    """Fingerprint of the journal at the last refresh, that of nothing where it is not known."""
    from tightlog.warehouse import store

    try:
        rows = store.relation(store.linked_version(home), "publication").to_dicts()
    except (WarehouseError, OSError):
        return NOTHING
    return str(rows[0].get("journal_fingerprint") or NOTHING) if rows else NOTHING
