"""Who may see the page of a cohort: the coach everything, a runner the own home.

access/coach/data/dashboard-password        one folder a person, as a home keeps its own
"""

from tightlog.cohort.cohort_file import COACH, PSEUDONYM, Cohort
from tightlog.cohort.members import members
from tightlog.errors import CohortError
from tightlog.home import private
from tightlog.home.password import set_password
from tightlog.home.settings import Home


def place_of(cohort: Cohort, who: str) -> Home | None:
    """The folder that keeps a person's password; None for a name nobody has a password for."""
    if not PSEUDONYM.fullmatch(who):
        return None
    place = Home(cohort.folder / "access" / who)
    return place if place.dashboard_password.is_file() else None


def set_access(cohort: Cohort, who: str, password: str) -> None:
    """Gives the coach, or the runner of a home by its pseudonym, a password.

    Raises CohortError for anybody else, PasswordTooShort.
    """
    if who != COACH and who not in {one.pseudonym for one in members(cohort)}:
        raise CohortError(f"{who} is no home of this cohort; use coach, or a pseudonym")
    place = Home(cohort.folder / "access" / who)
    private.owner_only_folder(place.dashboard_password.parent)
    set_password(place, password)
