"""Who may see the page of a cohort: the coach everything, a runner the own home.

access/coach/data/dashboard-password        one folder a person, as a home keeps its own
access/runner-01/home                       which home that is: pseudonyms are given again
"""

import time
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from tightlog.cohort.cohort_file import COACH, PSEUDONYM, Cohort, read_cohort
from tightlog.cohort.members import marked, members
from tightlog.errors import CohortError
from tightlog.home import private
from tightlog.home.password import set_password
from tightlog.home.plain_file import plain_text
from tightlog.home.settings import Home
from tightlog.language.catalogue import phrase

ACCESS, OF_HOME = "access", "home"
# A home that leaves cohort.toml is out at once, one whose folder goes after so long.
LOOKED_AT_EVERY_S = 10


def place_of(cohort: Cohort, who: str) -> Home | None:
    """The folder that keeps a person's password; None for a name nobody has a password for, and for
    a runner whose home is not in the cohort any more.
    """
    if not PSEUDONYM.fullmatch(who):
        return None
    place = Home(cohort.folder / ACCESS / who)
    is_known = who == COACH or _is_of_its_home(cohort, who, place)
    return place if is_known and place.dashboard_password.is_file() else None


def has_access(cohort: Cohort) -> bool:
    """True when somebody was given a password."""
    return any(cohort.folder.glob(f"{ACCESS}/*/data/{Home(Path()).dashboard_password.name}"))


def set_access(cohort: Cohort, who: str, password: str) -> None:
    """Gives the coach, or the runner of a home by its pseudonym, a password.

    Raises CohortError for anybody else, PasswordTooShort.
    """
    folders = {one.pseudonym: one.folder for one in members(cohort)}
    if who != COACH and who not in folders:
        raise CohortError(
            phrase("{who} is no home of this cohort; use coach, or a pseudonym", who=who)
        )
    place = Home(cohort.folder / ACCESS / who)
    private.owner_only_folder(place.dashboard_password.parent)
    set_password(place, password)
    if who != COACH:
        with open(place.folder / OF_HOME, "w", encoding="utf-8", opener=private.owner_only) as file:
            file.write(marked(cohort, folders[who]))


def _is_of_its_home(cohort: Cohort, who: str, place: Home) -> bool:
    try:
        facts = cohort.file.stat()
        written = (facts.st_mtime_ns, facts.st_size, int(time.monotonic() / LOOKED_AT_EVERY_S))
        known = _marks(cohort.folder, *written)
        return who in known and plain_text(place.folder / OF_HOME) == known[who]
    except (OSError, UnicodeDecodeError, CohortError):
        return False


@lru_cache(maxsize=4)
def _marks(folder: Path, _written_ns: int, _size: int, _moment: int) -> Mapping[str, str]:
    """The mark of each home by its pseudonym, as cohort.toml lists them now."""
    cohort = read_cohort(folder)
    return {one.pseudonym: marked(cohort, one.folder) for one in members(cohort)}
