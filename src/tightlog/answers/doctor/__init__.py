"""Checks of an installation and a home, each with a remedy; every check is always shown."""

from collections.abc import Callable

from tightlog.answers.doctor.arrival_checks import fetches, source_folders
from tightlog.answers.doctor.check import Check, isolated
from tightlog.answers.doctor.diary_checks import diary
from tightlog.answers.doctor.doubt_checks import doubts
from tightlog.answers.doctor.home_checks import disk, folders, password_file, places
from tightlog.answers.doctor.installation_checks import packages, parts
from tightlog.answers.doctor.night_checks import night_runs
from tightlog.answers.doctor.raw_checks import run_files
from tightlog.answers.doctor.run_history_checks import run_history
from tightlog.answers.doctor.second_reading_checks import second_reading
from tightlog.answers.doctor.settings_checks import nightly_time, settings, time_zone
from tightlog.answers.doctor.warehouse_checks import (
    clock,
    files,
    kinds,
    recordings,
    versions,
    warehouse,
)
from tightlog.answers.doctor.wellness_checks import nights_known
from tightlog.home.settings import Home

__all__ = ["Check", "checks"]

# In the order a newcomer would want to repair things.
CHECKS: tuple[tuple[str, Callable[[Home], Check]], ...] = (
    ("installation", parts),
    ("packages", packages),
    ("folders", folders),
    ("places", places),
    ("settings", settings),
    ("nightly time", nightly_time),
    ("time zone", time_zone),
    ("clock", clock),
    ("disk", disk),
    ("run files", run_files),
    ("sources", source_folders),
    ("fetch", fetches),
    ("diary", diary),
    ("warehouse", warehouse),
    ("versions", versions),
    ("records", recordings),
    ("files", files),
    ("kinds", kinds),
    ("doubts", doubts),
    ("second reading", second_reading),
    ("sleep and days", nights_known),
    ("password", password_file),
    ("run history", run_history),
    ("nights", night_runs),
)


def checks(home: Home) -> list[Check]:
    """The result of every check; one that could not run is a result too, with the reason."""
    return [isolated(name, check, home) for name, check in CHECKS]
