"""Four months of the simulated runner, refreshed once for all tests that only read."""

from datetime import date
from pathlib import Path

import pytest

from tightlog.refresh import refresh
from tightlog.sample.home import write_sample
from tightlog.settings import Home, Settings, home_folder
from tightlog.warehouse import store

SAMPLE_LAST_DAY = date(2026, 5, 10)


@pytest.fixture(scope="session")
def four_months(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Home of the simulated runner up to 10 May 2026; not to be written into."""
    folder = tmp_path_factory.mktemp("four_months") / "home"
    write_sample(folder, SAMPLE_LAST_DAY, months=4)
    home = home_folder(str(folder))
    refresh(home, Settings("UTC"), today=SAMPLE_LAST_DAY)
    return home


@pytest.fixture(scope="session")
def four_months_version(four_months: Home) -> Path:
    return store.published_version(four_months)
