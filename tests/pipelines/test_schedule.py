"""`tightlog schedule` as a user starts it: real server, real clock, real signals."""

import base64
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from pipelines.environment import password, prefect_folder
from pipelines.server import is_healthy
from tests.builders import START, home_at, run_fit
from tests.conftest import SingleRun
from tests.pipelines.schedules import descendants, is_running, started_schedule, within
from tightlog.answers.doctor import checks
from tightlog.answers.doctor.check import Check
from tightlog.cli.main import main
from tightlog.home.settings import Home, settings_of
from tightlog.nightly.nights import nights
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
UP_WITHIN_S = 150
RUN_WITHIN_S = 150
GONE_WITHIN_S = 30


@pytest.fixture
def home(tmp_path: Path, with_history: Callable[[Home], Home]) -> Home:
    home = with_history(home_at(tmp_path / "home", monday_fit=run_fit()))
    home.settings_file.write_text('time_zone = "Europe/Zurich"\n[nightly]\ncron = "* * * * *"\n')
    refresh(
        home, settings_of(home)
    )  # so that no missed night is made up for: every run seen is the clock's
    return home


def completed_by_the_clock(home: Home, api_url: str) -> list[str]:
    """Names of the completed runs the scheduler made."""
    request = urllib.request.Request(
        f"{api_url}/flow_runs/filter",
        method="POST",
        data=json.dumps({"flow_runs": {"state": {"type": {"any_": ["COMPLETED"]}}}}).encode(),
    )
    request.add_header("Content-Type", "application/json")
    request.add_header(
        "Authorization",
        "Basic " + base64.b64encode(password(prefect_folder(home)).encode()).decode(),
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return [run["name"] for run in json.load(answer) if run["auto_scheduled"]]


def single_run(home: Home) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "tightlog.cli.main",
            "schedule",
            "--once",
            "--home",
            str(home.folder),
        ],
        capture_output=True,
        text=True,
        check=False,
    )


def nights_check(home: Home) -> Check:
    return next(check for check in checks(home) if check.name == "nights")


def failing_single_run(home: Home) -> subprocess.CompletedProcess[str]:
    """A run that cannot publish what is new, since something lies where the new link belongs."""
    obstacle = home.warehouse / "tightlog.duckdb.new"
    (obstacle / "in-the-way").mkdir(parents=True)
    (home.raw / "tuesday.fit").write_bytes(run_fit(START + timedelta(days=1)))
    failed = single_run(home)
    shutil.rmtree(obstacle)
    return failed


def test_a_killed_schedule_leaves_no_server_and_the_next_one_keeps_its_promises(
    home: Home, schedules: list[subprocess.Popen[bytes]]
) -> None:
    killed, api_url, _ = started_schedule(home, schedules, UP_WITHIN_S)
    assert_refuses_a_second(home, api_url)
    family = descendants(killed.pid)
    for pid in [killed.pid, family[0]]:
        os.kill(pid, signal.SIGKILL)
    assert within(GONE_WITHIN_S, lambda: not any(map(is_running, family[1:]))), (
        "the server outlived the schedule"
    )

    process, api_url, output = started_schedule(home, schedules, UP_WITHIN_S)
    assert is_healthy(api_url)
    assert_the_clock_makes_a_run(home, api_url, output)
    assert_a_single_run_joins_in(home, api_url)
    assert_a_stop_ends_every_process(process, api_url, output)


def assert_refuses_a_second(home: Home, api_url: str) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "tightlog.cli.main", "schedule", "--home", str(home.folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert second.returncode == 1
    assert f"runs already; look at {api_url.removesuffix('/api')}" in second.stderr


def assert_the_clock_makes_a_run(home: Home, api_url: str, output: Path) -> None:
    names = within(RUN_WITHIN_S, lambda: completed_by_the_clock(home, api_url))
    assert names, output.read_text()
    # The note is written after the run's last state.
    assert within(GONE_WITHIN_S, lambda: nights(home).is_done)
    assert nights_check(home).is_ok
    assert re.fullmatch(r"nightly \d{4}-\d\d-\d\d \d\d:\d\d", names[0])


def assert_a_single_run_joins_in(home: Home, api_url: str) -> None:
    failed = failing_single_run(home)
    assert failed.returncode == 1
    assert re.search(
        r"the nightly run failed: .*tightlog\.duckdb\.new", failed.stderr.splitlines()[-1]
    )
    found = nights_check(home)
    assert not found.is_ok
    assert (
        f"the schedule is running at {api_url.removesuffix('/api')}" in found.found
        and "tightlog.duckdb.new" in found.found
    )


def assert_a_stop_ends_every_process(
    process: subprocess.Popen[bytes], api_url: str, output: Path
) -> None:
    family = [process.pid, *descendants(process.pid)]
    assert len(family) >= 3
    said_before = output.read_text()
    process.send_signal(signal.SIGTERM)
    assert process.wait(GONE_WITHIN_S) == 0
    assert within(GONE_WITHIN_S, lambda: not any(map(is_running, family))), output.read_text()
    assert not is_healthy(api_url)
    said_at_the_end = output.read_text().removeprefix(said_before)
    assert "Traceback" not in said_at_the_end, said_at_the_end
    assert "Warning" not in said_at_the_end, said_at_the_end
    assert "leaked" not in output.read_text()


def test_a_single_run_needs_no_schedule_and_says_what_it_did(single_run: SingleRun) -> None:
    home, done = single_run
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["files"]["read"], said["activities"]) == (2, 2)
    assert store.relation(store.published_version(home), "activity").height == 2
    assert "leaked" not in done.stderr
    known = nights(home)
    assert (known.is_done, known.set_up, known.words) == (
        True,
        None,
        "2 new files, 2 activities in all",
    )


def test_a_schedule_without_an_end_has_no_json(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--home", str(home.folder), "schedule", "--json"]) == 1
    assert "--once" in capsys.readouterr().err
