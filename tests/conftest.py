"""What is made once for all tests: four months of the simulated runner, and one nightly run with
its Prefect history.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings

from pipelines.environment import prefect_folder
from tests.builders import RIGHT, START, home_at, run_fit
from tests.made_once import made_once
from tightlog.home.password import set_password
from tightlog.home.settings import Home, Settings, home_folder
from tightlog.refresh.refresh import refresh
from tightlog.simulation.home import log_trials, write_sample
from tightlog.warehouse import store

SAMPLE_LAST_DAY = date(2026, 5, 10)

# A busy machine turns no example red; what must be quick has a test of its own.
settings.register_profile("tightlog", deadline=None)
settings.load_profile("tightlog")


TESTS = Path(__file__).parent
# The files that take longest, begun first: at the end no worker is left alone with one of them.
# Of those that start servers, one is first, for it makes the Prefect history the others copy.
LONGEST = (
    "pipelines/test_schedule_survives.py",
    "dashboards/test_one_design.py",
    "answers/doctor/test_broken_homes.py",
    "dashboards/app_pages/test_today_page.py",
    "pipelines/test_schedule.py",
    "dashboards/test_morning_page.py",
    "pipelines/test_watching.py",
    "dashboards/test_calendar_walk.py",
    "pipelines/test_cohort_flow.py",
    "mcp/test_attacks.py",
    "pipelines/test_nightly_flow.py",
    "refresh/test_killed_refresh.py",
    "dashboards/test_browser.py",
    "cohort/test_lake.py",
    "refresh/test_replay.py",
    "test_installed_wheel.py",
    "refresh/test_arrivals.py",
    "findings/test_calibration.py",
    "mcp/test_server.py",
    "refresh/test_refresh.py",
    "pipelines/test_server_port.py",
    "features/test_planted_maximum.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, the others as they were found.

    A test in a browser is tried once more: on a busy machine a tap can fall on a page that is
    being drawn. A fault of ours fails twice.
    """
    order = {TESTS / file: place for place, file in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path, len(order)))
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def four_months(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Home of the simulated runner up to 10 May 2026; not to be written into."""

    def made(folder: Path) -> Home:
        summary = write_sample(folder / "home", SAMPLE_LAST_DAY, months=4)
        home = home_folder(str(folder / "home"))
        log_trials(home, Settings("UTC"), summary)
        refresh(home, Settings("UTC"), today=SAMPLE_LAST_DAY)
        return home

    return made_once(tmp_path_factory, "four_months", made)


@pytest.fixture(scope="session")
def four_months_version(four_months: Home) -> Path:
    return store.published_version(four_months)


@pytest.fixture(scope="session")
def password_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a home keeps of the password `RIGHT`, hashed once: each hash is slow on purpose."""
    made = home_folder(str(tmp_path_factory.mktemp("password")))
    set_password(made, RIGHT)
    return made.dashboard_password


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A new home, with nothing in it; folders of tests have others of this name."""
    return home_folder(str(tmp_path / "home"))


@pytest.fixture
def guarded_home(tmp_path: Path, password_file: Path) -> Home:
    """A home with the password `RIGHT`."""
    made = home_folder(str(tmp_path))
    shutil.copy(password_file, made.dashboard_password)
    return made


class SingleRun(NamedTuple):
    """A home on which `tightlog schedule --once` was the first thing ever done, and what it
    said.
    """

    home: Home
    done: subprocess.CompletedProcess[str]


@pytest.fixture(scope="session")
def single_run(tmp_path_factory: pytest.TempPathFactory) -> SingleRun:
    return SingleRun(*made_once(tmp_path_factory, "single_run", first_single_run))


def first_single_run(folder: Path) -> tuple[Home, subprocess.CompletedProcess[str]]:
    home = home_at(
        folder / "home", monday_fit=run_fit(), tuesday_fit=run_fit(START + timedelta(days=1))
    )
    home.settings_file.write_text('time_zone = "Europe/Zurich"\n')
    command = [sys.executable, "-m", "tightlog", "schedule", "--once", "--json"]
    command += ["--home", str(home.folder)]
    return home, subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def with_history(single_run: SingleRun) -> Callable[[Home], Home]:
    """Gives a home the Prefect history that run left: making one takes longer than most tests."""

    def given(home: Home) -> Home:
        for file in single_run.home.prefect.glob("prefect.db*"):
            shutil.copy2(file, prefect_folder(home) / file.name)
        return home

    return given
