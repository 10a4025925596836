"""The borders of a home: a cohort reads what lies in its folder, and follows no way out of it.

Whoever refreshes a cohort may read more than the runner of one home. A link, a source or a
warehouse made to lead elsewhere would show one runner the files of another.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from tightlog.cohort.cohort_file import Cohort
from tightlog.cohort.members import Consent, Member, consent_of
from tightlog.errors import CohortError, NoWarehouse, SettingsError
from tightlog.home.settings import Home, settings_of
from tightlog.language.catalogue import message, phrase
from tightlog.warehouse import store
from tightlog.warehouse.lake.foreign import refuse_foreign

LINKED_OUT = message("a link in it leads out of its folder; a cohort reads nothing outside a home")
RECORDS_OUT = message(
    "its records lie outside its folder, as in a copy of a home: run `tightlog rebuild` in it"
)
CLOSED = message("its folder cannot be opened by who refreshes this cohort: check its permissions")
# What is wrong is not told: it may quote what the runner shares with nobody.
UNCLEAR = message(
    "its tightlog.toml is no valid TOML, or a value in it is wrong, so nobody can say what it "
    "shares; `tightlog doctor` in that home says more"
)


def asked(cohort: Cohort, member: Member) -> Consent:
    """What the runner agreed to, asked in the home itself. Raises CohortError where nobody can say,
    with a reason that quotes nothing of the home.
    """
    home = Home(member.folder)
    try:
        _refuse_links(home, (home.settings_file,))
        return consent_of(settings_of(home).share, cohort, member)
    except SettingsError as problem:
        raise CohortError(phrase(UNCLEAR)) from problem
    except OSError as problem:
        raise CohortError(phrase(CLOSED)) from problem


def stands(cohort: Cohort, member: Member, needed: str) -> bool:
    """True when the runner still agrees to this part; a home that cannot be asked does not."""
    try:
        return needed in asked(cohort, member).parts
    except CohortError:
        return False


def refuse_ways_out(home: Home, *, is_refreshed: bool) -> None:
    """Raises CohortError where a link of the home leads out of it; OSError.

    Files among those of the runner are looked at only where a refresh would read them.
    """
    places = (home.raw, home.journal.parent, home.journal, home.warehouse, home.database)
    _refuse_links(home, places)
    if is_refreshed:
        _refuse_links(home, _links_below(home.raw))


def version_of(home: Home, safe: str = "", *, only_tables: bool = False) -> Path:
    """The published version of a home that is not ours, once it was seen to lead nowhere else;
    `safe` is the mark of one that was seen before.

    Raises CohortError, also where its records lie elsewhere, unless only tables of it are to be
    read; WarehouseError and those of it.
    """
    refuse_ways_out(home, is_refreshed=False)
    if not is_its_own(home, safe) and not only_tables:
        raise CohortError(phrase(RECORDS_OUT))
    return store.published_version(home)


def is_its_own(home: Home, safe: str = "") -> bool:
    """False where the records of the published version, if there is one, lie outside the home.

    Raises WarehouseError for a version that was made to lead out of it.
    """
    with suppress(NoWarehouse):
        version = store.linked_version(home)
        mark = mark_of(version)
        return mark == safe or _is_own(version, mark)
    return True


@lru_cache(maxsize=16)
def _is_own(version: Path, _mark: str) -> bool:
    return refuse_foreign(version)


def mark_of(version: Path) -> str:
    """Another one for another file, and for one that was written to. Raises OSError."""
    facts = version.stat()
    seen = (facts.st_ino, facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns)
    return ":".join(map(str, (version.name, *seen)))


def _refuse_links(home: Home, places: Iterable[Path]) -> None:
    folder = os.path.realpath(home.folder)
    for place in places:
        if os.path.commonpath((folder, os.path.realpath(place))) != folder:
            raise CohortError(phrase(LINKED_OUT))


def _links_below(top: Path) -> Iterator[Path]:
    """Every link at any depth. Folders that links lead to are looked into where they lie."""
    waiting = [top]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_symlink():
                    yield Path(entry.path)
                elif entry.is_dir(follow_symlinks=False):
                    waiting.append(Path(entry.path))
