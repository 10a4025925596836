"""Who looks at a cohort: the coach, who sees all, or a runner, who sees the own home."""

import os
from collections.abc import Mapping
from functools import partial
from ipaddress import ip_address
from pathlib import Path

from dashboards.shell.passes import Door, signed_in_as
from tightlog.cohort.access import has_access, place_of
from tightlog.cohort.cohort_file import COACH, Cohort, language_in, read_cohort
from tightlog.language.choice import ENGLISH, choose, choose_for_threads

FOLDER = "TIGHTLOG_COHORT"


def cohort_shown() -> Cohort:
    """The cohort this server was started for. Raises CohortError."""
    return read_cohort(_folder())


def speak() -> None:
    """Sentences in the language of the cohort from here on, also where Streamlit calls back and
    before anybody is signed in.
    """
    language = language_in(_folder()) or ENGLISH
    choose(language)
    choose_for_threads(language)


def _folder() -> Path:
    return Path(os.environ.get(FOLDER, ".")).absolute()


def door_of_cohort(cohort: Cohort) -> Door:
    """Asks for a name and that person's password."""
    return Door(partial(place_of, cohort), is_named=True, name="tightlog_cohort")


def is_guarded(cohort: Cohort, address: str | None) -> bool:
    """True unless the server listens to this machine alone and nobody was given a password."""
    try:
        is_local = ip_address(address or "0.0.0.0").is_loopback
    except ValueError:
        is_local = address == "localhost"
    return not is_local or has_access(cohort)


def role_of(
    cohort: Cohort, address: str | None, cookies: Mapping[str, str], port: int
) -> str | None:
    """COACH, the pseudonym of a runner, or None for nobody known: the second look, behind the
    gate.
    """
    if not is_guarded(cohort, address):
        return COACH
    return signed_in_as(door_of_cohort(cohort), cookies, port)
