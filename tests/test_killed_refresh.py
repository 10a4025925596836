"""A refresh killed at any moment leaves the previous version readable, and the next one completes."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest

from tests.builders import SETTINGS, START, home_at, run_fit
from tightlog.refresh import refresh
from tightlog.warehouse import store

FILES = 40


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = home_at(tmp_path_factory.mktemp("killed"), first_fit=run_fit())
    home.settings_file.write_text('time_zone = "Europe/Zurich"\n')
    refresh(home, SETTINGS)
    for number in range(1, FILES):
        (home.raw / f"{number}.fit").write_bytes(run_fit(START + timedelta(days=number), minutes=30))
    return home


def started_refresh(home):
    return subprocess.Popen([sys.executable, "-m", "tightlog.cli", "--home", str(home.folder), "refresh"], stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL, env=os.environ)


@pytest.fixture(scope="module")
def whole_s(home, tmp_path_factory):
    """How long the whole refresh takes here, in s."""
    probe = home_at(tmp_path_factory.mktemp("probe"))
    for file in home.raw.iterdir():
        (probe.raw / file.name).write_bytes(file.read_bytes())
    begun = time.monotonic()
    assert started_refresh(probe).wait() == 0
    return time.monotonic() - begun


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.3, 0.5, 0.7, 0.8, 0.9, 0.97])
def test_kill_leaves_the_old_version_and_the_next_refresh_completes(home, whole_s, share):
    before = store.query(store.published_version(home), "select count(*) from activity").item()
    process = started_refresh(home)
    time.sleep(share * whole_s)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert store.query(store.published_version(home), "select count(*) from activity").item() in (before, FILES)


@pytest.mark.slow
def test_after_all_the_kills_nothing_is_lost_or_doubled(home):
    outcome = refresh(home, SETTINGS)
    assert outcome.activities == FILES
    assert sum(outcome.files.values()) == FILES
    assert refresh(home, SETTINGS).files["unchanged"] == FILES
