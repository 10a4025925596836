"""A refresh killed at any moment leaves the previous version readable, and the next one
completes.
"""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.builders import SETTINGS, START, home_at, run_fit
from tightlog.home.settings import Home
from tightlog.journal.moment import Moment
from tightlog.journal.writing import rate
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store

FILES = 40


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = home_at(tmp_path_factory.mktemp("killed"), first_fit=run_fit())
    home.settings_file.write_text('time_zone = "Europe/Zurich"\n')
    refresh(home, SETTINGS)
    for number in range(1, FILES):
        (home.raw / f"{number}.fit").write_bytes(
            run_fit(START + timedelta(days=number), minutes=30)
        )
    return home


def started_refresh(home: Home) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "tightlog.cli.main", "--home", str(home.folder), "refresh"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ,
    )


@pytest.fixture(scope="module")
def whole_s(home: Home, tmp_path_factory: pytest.TempPathFactory) -> float:
    """How long the whole refresh takes here, in s."""
    probe = home_at(tmp_path_factory.mktemp("probe"))
    for file in home.raw.iterdir():
        (probe.raw / file.name).write_bytes(file.read_bytes())
    begun = time.monotonic()
    assert started_refresh(probe).wait() == 0
    return time.monotonic() - begun


@pytest.mark.slow
@pytest.mark.parametrize(
    "share",
    [
        0.5,
        0.8,
        0.97,
        *(pytest.param(share, marks=pytest.mark.measure) for share in (0.3, 0.7, 0.9)),
    ],
)
def test_kill_leaves_the_old_version_and_the_next_refresh_completes(
    home: Home, whole_s: float, share: float
) -> None:
    before = store.query(store.published_version(home), "select count(*) from activity").item()
    process = started_refresh(home)
    time.sleep(share * whole_s)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert store.query(store.published_version(home), "select count(*) from activity").item() in (
        before,
        FILES,
    )


@pytest.mark.slow
def test_after_all_the_kills_nothing_is_lost_or_doubled(home: Home) -> None:
    outcome = refresh(home, SETTINGS)
    assert outcome.activities == FILES
    assert sum(outcome.files.values()) == FILES
    assert refresh(home, SETTINGS).files["unchanged"] == FILES


@pytest.fixture(scope="module")
def one_to_come(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Home with two runs and a score published, and a third run not read yet."""
    home = home_at(
        tmp_path_factory.mktemp("one_to_come"),
        a_fit=run_fit(),
        b_fit=run_fit(START + timedelta(days=1)),
    )
    rate(home.journal, 5, Moment(date(2026, 5, 5), None))
    refresh(home, SETTINGS, today=date(2026, 5, 7))
    (home.raw / "c.fit").write_bytes(run_fit(START + timedelta(days=2)))
    return home


def tries(home: Home, scratch: Path, work: str, how: str, every: int = 1) -> list[dict[str, Any]]:
    """What came of interrupting the work at its steps on the disk, the whole run last."""
    arguments = [str(home.folder), str(scratch), work, how, str(every)]
    command = [sys.executable, "-m", "tests.interrupted", *arguments]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["step"] for one in told] == [*range(1, every * len(told) + 1, every)], done.stderr
    assert told[-1]["is_whole"] and not any(one["is_whole"] for one in told[:-1])
    return told


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("how", "every"),
    [
        ("killed", 5),
        pytest.param("killed", 1, marks=pytest.mark.measure),
        pytest.param("full", 1, marks=pytest.mark.measure),
    ],
)
def test_refresh_interrupted_at_its_steps_on_the_disk_leaves_old_or_new(
    one_to_come: Home, tmp_path: Path, how: str, every: int
) -> None:
    told = tries(one_to_come, tmp_path, "refresh", how, every)
    assert told[-1]["step"] > 12
    assert {one["served"] for one in told[:-1]} <= {2, 3} and told[0]["served"] == 2
    counted = ("activities", "with_records", "scores", "files")
    assert all([one[name] for name in counted] == [3, 3, 1, 3] for one in told)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("how", "every"),
    [
        ("killed", 2),
        ("full", 2),
        pytest.param("killed", 1, marks=pytest.mark.measure),
        pytest.param("full", 1, marks=pytest.mark.measure),
    ],
)
def test_score_interrupted_at_its_steps_leaves_the_scores_before(
    one_to_come: Home, tmp_path: Path, how: str, every: int
) -> None:
    told = tries(one_to_come, tmp_path, "rate", how, every)
    assert all(one["logged"] in ([5], [5, 3]) for one in told)
    assert told[-1]["logged"] == [5, 3]
    assert all(one["scores"] == len(one["logged"]) for one in told)
