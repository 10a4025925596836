"""Nights never end: a history that breaks or vanishes is started anew, and a run that was killed
is tried again the same night.
"""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.builders import home_at, run_fit
from tests.pipelines.schedules import descendants, started_schedule, within, words_of
from tightlog.home.settings import Home, settings_of
from tightlog.nightly.nights import BUSY, CUT_OFF, DONE, FAILED, RENEWED, Event, Nights, nights
from tightlog.nightly.run_history import all_set_aside, history_problem
from tightlog.refresh.refresh import refresh

pytestmark = [pytest.mark.slow, pytest.mark.timeout(2400)]
RUN_WITHIN_S = 600
EACH_MINUTE, ONCE_A_YEAR = "* * * * *", "30 3 29 2 *"
NOW = datetime.now(UTC)


def scheduled_home(tmp_path: Path, with_history: Callable[[Home], Home], cron: str) -> Home:
    home = with_history(home_at(tmp_path / "home", monday_fit=run_fit()))
    home.settings_file.write_text(f'time_zone = "Europe/Zurich"\n[nightly]\ncron = "{cron}"\n')
    return home


def runs_done_after(home: Home, moment: datetime) -> list[Event]:
    return [event for event in nights(home).log if event.how == DONE and event.at > moment]


def removed(home: Home) -> None:
    shutil.rmtree(home.prefect)


def overwritten(home: Home) -> None:
    database = home.prefect / "prefect.db"
    with open(database, "r+b") as file:
        file.write(os.urandom(database.stat().st_size))


# Minutes of waiting for a clock: by hand. That a history is started anew is seen below each time.
@pytest.mark.measure
@pytest.mark.parametrize("broken", [removed, overwritten])
def test_a_history_that_breaks_while_the_schedule_is_up_costs_no_night(
    tmp_path: Path,
    with_history: Callable[[Home], Home],
    schedules: list[subprocess.Popen[bytes]],
    broken: Callable[[Home], None],
) -> None:
    home = scheduled_home(tmp_path, with_history, EACH_MINUTE)
    refresh(home, settings_of(home))
    process, _, output = started_schedule(home, schedules)
    assert within(RUN_WITHIN_S, lambda: nights(home).is_done), output.read_text()
    broken(home)
    at = datetime.now(UTC)
    assert within(RUN_WITHIN_S, lambda: output.read_text().count("Next run:") > 1), (
        output.read_text()
    )
    up_at = datetime.now(UTC)
    assert within(RUN_WITHIN_S, lambda: runs_done_after(home, up_at)), output.read_text()
    assert "The schedule starts its server again" in output.read_text()
    assert history_problem(home) is None
    if broken is overwritten:
        assert "started anew" in output.read_text() and len(all_set_aside(home)) == 1
        assert any(event.how == RENEWED and event.at > at for event in nights(home).log)
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0, output.read_text()
    assert "Traceback" not in output.read_text(), output.read_text()


def flow_process(schedule: subprocess.Popen[bytes]) -> int | None:
    """Process id of the nightly run the schedule started, None when there is none."""
    return next(
        (
            pid
            for pid in descendants(schedule.pid)
            if "flow_engine" in words_of(pid) or "prefect.engine" in words_of(pid)
        ),
        None,
    )


def killed_flow(home: Home, process: subprocess.Popen[bytes]) -> None:
    """Kills the run once it is under way."""
    assert within(RUN_WITHIN_S, lambda: nights(home).under_way_since)
    pid = flow_process(process)
    assert pid is not None, [words_of(one) for one in descendants(process.pid)]
    os.kill(pid, signal.SIGKILL)


def test_a_run_that_is_killed_is_tried_again_the_same_night(
    tmp_path: Path, with_history: Callable[[Home], Home], schedules: list[subprocess.Popen[bytes]]
) -> None:
    home = scheduled_home(
        tmp_path, with_history, ONCE_A_YEAR
    )  # never refreshed: the schedule starts one run
    with closing(open(home.warehouse / ".writer.lock", "a")) as held:
        import fcntl

        fcntl.flock(held, fcntl.LOCK_EX)  # the run waits for it, so that it can be killed in time
        process, _, output = started_schedule(home, schedules)
        killed_flow(home, process)
        assert within(RUN_WITHIN_S, lambda: nights(home).how == CUT_OFF), output.read_text()
    assert within(RUN_WITHIN_S, lambda: nights(home).is_done), output.read_text()
    known = nights(home)
    assert known.tries == 2 and [event.how for event in known.log] == [CUT_OFF, DONE]
    assert "Try 2 of 3" in output.read_text()


@pytest.mark.measure
def test_a_run_lost_with_everything_is_tried_again_when_the_schedule_is_back(
    tmp_path: Path, with_history: Callable[[Home], Home], schedules: list[subprocess.Popen[bytes]]
) -> None:
    home = scheduled_home(tmp_path, with_history, ONCE_A_YEAR)
    with closing(open(home.warehouse / ".writer.lock", "a")) as held:
        import fcntl

        fcntl.flock(held, fcntl.LOCK_EX)
        process, _, _ = started_schedule(home, schedules)
        assert within(RUN_WITHIN_S, lambda: nights(home).under_way_since)
        for pid in [*descendants(process.pid), process.pid]:
            os.kill(pid, signal.SIGKILL)
        process.wait()
    assert nights(home).under_way_since is not None
    refresh(home, settings_of(home))  # so that no missed night is the reason
    _, _, output = started_schedule(home, schedules)
    assert "The last run was cut off: one run starts now." in output.read_text()
    assert within(RUN_WITHIN_S, lambda: nights(home).is_done), output.read_text()
    assert [event.how for event in nights(home).log] == [CUT_OFF, DONE]


def made_by_a_newer_prefect(home: Home) -> None:
    with closing(sqlite3.connect(home.prefect / "prefect.db")) as connection:
        connection.execute("update alembic_version set version_num = 'ffffffffffff'")
        connection.commit()


def truncated(home: Home) -> None:
    with open(home.prefect / "prefect.db", "r+b") as file:
        file.truncate(10_000)


def a_folder(home: Home) -> None:
    (home.prefect / "prefect.db").unlink()
    (home.prefect / "prefect.db" / "in it").mkdir(parents=True)


def a_file(home: Home) -> None:
    shutil.rmtree(home.prefect)
    home.prefect.write_text("not a folder")


def settings_garbage(home: Home) -> None:
    (home.prefect / "profiles.toml").write_bytes(os.urandom(200))


def log_garbage(home: Home) -> None:
    (home.prefect / "prefect.db-wal").write_bytes(os.urandom(100_000))


# A minute and a half each: by hand. tests/answers/doctor/test_broken_homes.py sees one each time.
@pytest.mark.measure
@pytest.mark.parametrize(
    "broken",
    [
        overwritten,
        made_by_a_newer_prefect,
        truncated,
        a_folder,
        a_file,
        settings_garbage,
        log_garbage,
    ],
)
def test_a_single_run_needs_no_sound_history(
    tmp_path: Path, with_history: Callable[[Home], Home], broken: Callable[[Home], None]
) -> None:
    home = scheduled_home(tmp_path, with_history, ONCE_A_YEAR)
    broken(home)
    command = [sys.executable, "-m", "tightlog", "schedule", "--once", "--home", str(home.folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert nights(home).is_done and history_problem(home) is None
    assert "Traceback" not in done.stderr
    if broken is not log_garbage:
        assert "started anew" in done.stderr and len(all_set_aside(home)) == 1


@pytest.mark.parametrize(
    ("how", "tries", "minutes_ago", "is_due"),
    [
        (CUT_OFF, 1, 0, False),
        (CUT_OFF, 1, 1, True),
        (BUSY, 1, 1, True),
        (CUT_OFF, 2, 4, False),
        (CUT_OFF, 2, 6, True),
        (CUT_OFF, 3, 60, False),
        (FAILED, 1, 60, False),
        (DONE, 1, 60, False),
        (CUT_OFF, 1, 13 * 60, False),
    ],
)
def test_a_night_has_three_tries_and_no_more(
    how: str, tries: int, minutes_ago: int, is_due: bool
) -> None:
    from pipelines.second_try import is_try_due  # it imports Prefect, which takes a second

    ended_at = NOW - timedelta(minutes=minutes_ago)
    assert (
        is_try_due(Nights(ended_at=ended_at, how=how, tries=tries, first_try_at=ended_at), NOW)
        is is_due
    )
