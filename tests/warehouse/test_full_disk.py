"""A disk without room: the refresh says so in plain words, and the old version stays served."""

import resource
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import SETTINGS, START, home_at, run_fit
from tightlog.home.settings import Home
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = home_at(tmp_path, first_fit=run_fit())
    refresh(home, SETTINGS)
    return home


@pytest.mark.parametrize(
    "room", ["less than the old version takes", "less than the new version takes"]
)
def test_full_disk_is_said_and_the_old_version_stays(home: Home, room: str) -> None:
    old = store.published_version(home)
    for day in range(1, 30):
        (home.raw / f"{day}.fit").write_bytes(
            run_fit(START + timedelta(days=day), minutes=60, heart_rate=120 + day)
        )
    limit = old.stat().st_size + (-4096 if room.startswith("less than the old") else 4096)

    def with_little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = subprocess.run(
        [sys.executable, "-P", "-m", "tightlog.cli.main", "--home", str(home.folder), "refresh"],
        capture_output=True,
        text=True,
        preexec_fn=with_little_room,
        check=False,
    )
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "no room for the new version" in done.stderr
    assert store.published_version(home) == old
    assert store.query(old, "select count(*) from activity").item() == 1
    assert refresh(home, SETTINGS).activities == 30
