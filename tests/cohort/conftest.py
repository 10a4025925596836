"""A cohort of homes that are copies of four months of the simulated runner."""

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
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
        own_copy(four_months, home)
        agree(home, what, refresh=refresh)
        return home

    return made


def own_copy(source: Home, home: Home) -> None:
    """A copy of a home whose version names the segments in the copy, as if it was made there."""
    shutil.copytree(source.folder, home.folder, symlinks=True)
    version = home.database.resolve()
    version.chmod(0o600)
    old, new = f"{source.folder}/", f"{home.folder}/"
    with duckdb.connect(str(version)) as connection:
        for column in ("record_path", "run_window_path", "heart_rate_seconds_path"):
            asked = f"update ingest.segment set {column} = replace({column}, $1, $2)"
            connection.execute(asked, [old, new])
        made = "select sql from duckdb_views() where not internal and schema_name = 'ingest'"
        for (sql,) in connection.execute(made).fetchall():
            connection.execute(
                sql.replace("CREATE VIEW", "create or replace view").replace(old, new)
            )
    version.chmod(0o400)


def agree(home: Home, what: tuple[str, ...], *, refresh: bool = False) -> None:
    """Writes what a runner shares into the settings of the home."""
    text = SHARE.format(what=list(what), refresh=str(refresh).lower()).replace("'", '"')
    home.settings_file.write_text(f'time_zone = "UTC"\n{text}')


def joined(cohort: Cohort, *homes: Home) -> Cohort:
    """The cohort with these homes."""
    for home in homes:
        cohort = with_home(cohort, str(home.folder), None)
    return cohort
