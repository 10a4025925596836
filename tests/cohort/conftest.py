"""A cohort of homes that are copies of four months of the simulated runner."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tightlog.cohort.cohort_file import Cohort, new_cohort, with_home
from tightlog.home.settings import Home

SHARE = '[share]\nwith = ["anna"]\nwhat = {what}\nrefresh = {refresh}\ncompare = true\n'
MakeHome = Callable[..., Home]


@pytest.fixture
def team(tmp_path: Path) -> Cohort:
    return new_cohort(tmp_path / "team", "anna")


@pytest.fixture
def shared_home(tmp_path: Path, four_months: Home) -> MakeHome:
    """Makes a home that shares with anna; the version of its warehouse is there already."""

    def made(name: str, what: tuple[str, ...], *, refresh: bool = False) -> Home:
        home = Home(tmp_path / "homes" / name)
        shutil.copytree(four_months.folder, home.folder, symlinks=True)
        agree(home, what, refresh=refresh)
        return home

    return made


def agree(home: Home, what: tuple[str, ...], *, refresh: bool = False) -> None:
    """Writes what a runner shares into the settings of the home."""
    text = SHARE.format(what=list(what), refresh=str(refresh).lower()).replace("'", '"')
    home.settings_file.write_text(f'time_zone = "UTC"\n{text}')


def joined(cohort: Cohort, *homes: Home) -> Cohort:
    """The cohort with these homes."""
    for home in homes:
        cohort = with_home(cohort, str(home.folder), None)
    return cohort
