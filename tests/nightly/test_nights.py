"""A run that was started by itself leaves a note, and doctor tells a schedule that fires from
one that was only set up.
"""

import fcntl
import json
import threading
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.builders import home_at, run_fit
from tightlog.answers.doctor import checks
from tightlog.answers.doctor.check import Check
from tightlog.cli.main import main
from tightlog.home.settings import Home, settings_of
from tightlog.nightly import nights as record
from tightlog.nightly.nights import SCHEDULE, TIMER, WORKER, nights, note_night, note_set_up
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store
from tightlog.warehouse.publish import writer_lock

NOW = datetime.now(UTC)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = home_at(tmp_path, a_fit=run_fit())
    home.settings_file.write_text('time_zone = "Europe/Zurich"\n')
    return home


def check(home: Home) -> Check:
    return next(one for one in checks(home) if one.name == "nights")


def ended_hours_ago(home: Home, hours: float, **facts: Any) -> None:
    note_night(home, NOW, facts.pop("problem", None), **facts)
    written = json.loads(home.nights_file.read_text())
    written |= dict.fromkeys(("began_at", "ended_at"), (NOW - timedelta(hours=hours)).isoformat())
    home.nights_file.write_text(json.dumps(written))


def test_home_without_a_schedule_is_told_how_and_nothing_is_wrong(home: Home) -> None:
    assert check(home).is_ok
    assert "tightlog schedule" in check(home).found


def test_run_of_a_timer_is_noted_and_the_next_is_told(home: Home) -> None:
    assert main(["--home", str(home.folder), "refresh", "--nightly"]) == 0
    known = nights(home)
    assert (known.set_up, known.is_done, known.done_at) == (TIMER, True, known.ended_at)
    assert check(home).is_ok
    assert "the last nightly run was" in check(home).found
    assert "the next is due" in check(home).found


@pytest.mark.parametrize(("hours", "is_ok"), [(1, True), (24, True), (50, False)])
def test_run_that_did_not_come_is_noticed(home: Home, hours: int, is_ok: bool) -> None:
    ended_hours_ago(home, hours, by=TIMER)
    assert check(home).is_ok is is_ok
    assert is_ok or "list-timers" in check(home).remedy


def test_weekly_run_is_not_missed_after_two_days(home: Home) -> None:
    yesterday = (NOW - timedelta(days=1)).isoweekday() % 7
    home.settings_file.write_text(f'time_zone = "UTC"\n[nightly]\ncron = "0 0 * * {yesterday}"\n')
    ended_hours_ago(home, 50, by=TIMER)
    assert not check(home).is_ok
    home.settings_file.write_text(
        f'time_zone = "UTC"\n[nightly]\ncron = "0 0 * * {(yesterday + 3) % 7}"\n'
    )
    assert check(home).is_ok


def test_failed_run_is_told_with_its_reason_and_the_last_good_one(home: Home) -> None:
    ended_hours_ago(home, 30, by=TIMER)
    note_night(home, NOW, "no room on the disk", by=TIMER)
    assert not check(home).is_ok
    assert "failed: no room on the disk" in check(home).found
    assert "last success" in check(home).found


def test_schedule_that_is_down_is_noticed_and_one_that_is_up_is_not(home: Home) -> None:
    note_set_up(home, SCHEDULE)
    ended_hours_ago(home, 50)
    assert "start `tightlog schedule` again" in check(home).remedy
    ended_hours_ago(home, 2)
    with open(home.warehouse / ".schedule.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write("http://127.0.0.1:4217/api")
        lock.flush()
        assert "the schedule is running at http://127.0.0.1:4217;" in check(home).found
        assert "the next is due" in check(home).found
    assert "is running" not in check(home).found


def test_single_run_by_hand_sets_nothing_up(home: Home) -> None:
    ended_hours_ago(home, 50)
    assert check(home).is_ok
    assert nights(home).set_up is None


def test_torn_record_is_none(home: Home) -> None:
    note_set_up(home, SCHEDULE)
    home.nights_file.write_text(home.nights_file.read_text()[:30])
    assert nights(home) == record.Nights()


def test_timer_waits_for_a_refresh_that_is_at_work(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tightlog.cli.commands.refresh.RETRY_S", 0.1)
    with ExitStack() as stack:
        stack.enter_context(writer_lock(home))
        threading.Timer(0.5, stack.pop_all().close).start()
        assert main(["--home", str(home.folder), "refresh", "--nightly"]) == 0
    assert store.relation(store.published_version(home), "activity").height == 1


def test_timer_fails_when_the_disk_is_gone_and_makes_no_folder(home: Home) -> None:
    refresh(home, settings_of(home))
    served = store.published_version(home)
    home.raw.rename(home.folder / "elsewhere")
    assert main(["--home", str(home.folder), "refresh", "--nightly"]) == 1
    assert not home.raw.exists()
    assert store.published_version(home) == served


def test_timer_takes_nothing_out_when_every_file_is_gone_at_once(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    refresh(home, settings_of(home))
    (home.raw / "a.fit").unlink()
    assert main(["--home", str(home.folder), "refresh", "--nightly"]) == 1
    assert "connect the disk" in capsys.readouterr().err
    assert "connect the disk" in nights(home).words
    assert store.relation(store.published_version(home), "activity").height == 1
    assert main(["--home", str(home.folder), "refresh"]) == 1
    assert store.relation(store.published_version(home), "activity").height == 1
    assert main(["--home", str(home.folder), "rebuild"]) == 0
    assert store.relation(store.published_version(home), "activity").is_empty()


def test_worker_of_ones_own_that_is_down_is_noticed(home: Home) -> None:
    ended_hours_ago(home, 2, by=WORKER)
    assert "the next is due" in check(home).found
    ended_hours_ago(home, 50, by=WORKER)
    assert "worker are running" in check(home).remedy


def test_cron_systemd_has_no_words_for_hides_no_failure(home: Home) -> None:
    weekday = (NOW + timedelta(days=3)).isoweekday() % 7
    home.settings_file.write_text(
        f'time_zone = "UTC"\n[nightly]\ncron = "0 3 * * {weekday}#1,{weekday}L"\n'
    )
    ended_hours_ago(home, 50, by=WORKER)
    assert check(home).is_ok
    ended_hours_ago(home, 50, by=WORKER, problem="no room on the disk")
    assert "schedule --once" in check(home).remedy
