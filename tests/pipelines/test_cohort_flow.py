"""A cohort on real workers of Dask: one killed, a broken home, the whole call killed; every other
home is done, none is in the lake twice, and the next call goes on.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.cohort.conftest import agree, joined, own_copy
from tests.conftest import SAMPLE_LAST_DAY, SingleRun
from tests.pipelines.schedules import descendants, within, words_of
from tightlog.cohort.cohort_file import Cohort, new_cohort
from tightlog.cohort.outcomes import kept_outcome
from tightlog.cohort.stored import stored
from tightlog.home import private
from tightlog.home.settings import Home
from tightlog.language.choice import GERMAN, spoken
from tightlog.warehouse import store
from tightlog.warehouse.lake.partitions import is_whole

HOMES, BROKEN = 5, "runner-03"
NAMES = [f"runner-{number:02}" for number in range(1, HOMES + 1)]
PARTS = ("status", "estimates", "days")


@pytest.fixture
def team(tmp_path: Path, four_months: Home, single_run: SingleRun) -> Cohort:
    """Five homes that are to be refreshed, the third of them broken, by a coach in German."""
    homes = [Home(tmp_path / "homes" / f"h{number}") for number in range(HOMES)]
    for home in homes:
        own_copy(four_months, home)
        agree(home, PARTS, refresh=True)
    broken = homes[2]
    broken.database.unlink()
    broken.database.mkdir()
    with spoken(GERMAN):
        cohort = joined(new_cohort(tmp_path / "team", "anna"), *homes)
    history = private.owner_only_folder(cohort.folder / ".prefect")
    for file in single_run.home.prefect.glob("prefect.db*"):
        shutil.copy2(file, history / file.name)
    return cohort


def started(cohort: Cohort) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "pipelines.cohort.start", str(cohort.folder), "--json"]
    command += ["--workers", "2", "--today", SAMPLE_LAST_DAY.isoformat()]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def workers(process: "subprocess.Popen[str]") -> list[int]:
    """Processes of Dask's workers below one."""
    return [pid for pid in descendants(process.pid) if "spawn_main" in words_of(pid)]


def ended(process: "subprocess.Popen[str]") -> dict[str, Any]:
    printed, problem = process.communicate(timeout=240)
    assert process.returncode == 0, problem
    summary: dict[str, Any] = json.loads(printed)
    return summary


def is_whole_there(cohort: Cohort, name: str) -> bool:
    kept = kept_outcome(cohort.outcomes, name)
    return kept is not None and kept.is_in_lake and is_whole(cohort.lake, name, kept.sizes)


def done(cohort: Cohort) -> int:
    return len(list(cohort.outcomes.glob("*.json")))


def newest(cohort: Cohort) -> int:
    return max(file.stat().st_mtime_ns for file in cohort.outcomes.glob("*.json"))


def gone(pids: Sequence[int]) -> bool:
    return not any(words_of(pid) for pid in pids)


def test_killed_workers_and_a_broken_home_cost_nobody_else_anything(team: Cohort) -> None:
    # The whole call is killed once something is done.
    first = started(team)
    within(120, lambda: done(team) or first.poll() is not None)
    everything = descendants(first.pid)
    assert len(workers(first)) >= 2
    os.kill(first.pid, signal.SIGKILL)
    first.communicate()
    assert within(60, lambda: gone(everything)), "a process outlives the call"
    assert 1 <= done(team) <= HOMES
    finished = [name for name in NAMES if is_whole_there(team, name)]

    # Of the next one a worker, once its homes are begun.
    last = newest(team)
    second = started(team)
    within(120, lambda: newest(team) > last or second.poll() is not None)
    os.kill(workers(second)[0], signal.SIGKILL)
    summary = ended(second)
    assert set(summary["failed"]) == {BROKEN}
    assert "homes/h2" not in summary["failed"][BROKEN]
    assert "tightlog rebuild" in summary["failed"][BROKEN]
    # Its worker said so in the language of the cohort.
    assert "sein Datenbestand lässt sich nicht öffnen" in summary["failed"][BROKEN]
    assert summary["in_lake"] == HOMES - 1
    # What the first call had finished is not done again.
    assert summary["homes"]["unchanged"] >= len(finished)

    # Each home is in the lake once: as many days as its own version has.
    home = Home(team.folder.parent / "homes" / "h0")
    own = store.relation(store.published_version(home), "day").height
    days = stored(team, "day")
    assert days["home"].n_unique() == HOMES - 1
    assert days.height == own * (HOMES - 1)
    assert not list(team.lake.rglob("*unfinished*"))
