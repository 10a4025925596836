"""What doctor says of the installation, of timers, and of a check that fails itself."""

import os
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.builders import home_at
from tightlog.answers.doctor import CHECKS
from tightlog.answers.doctor.check import Check, isolated
from tightlog.answers.doctor.installation_checks import requirement_problems
from tightlog.answers.doctor.night_checks import night_runs
from tightlog.answers.doctor.timer_state import is_timer_set
from tightlog.answers.doctor.warehouse_checks import versions
from tightlog.home.settings import Home
from tightlog.nightly.nights import TIMER, note_night
from tightlog.words.doubts import doubt_words


def test_check_that_fails_itself_is_a_finding_with_the_reason(tmp_path: Path) -> None:
    def failing(home: Home) -> Check:
        raise ZeroDivisionError("of all things")

    found = isolated("a check", failing, home_at(tmp_path))
    assert (found.name, found.is_ok) == ("a check", False)
    assert "ZeroDivisionError: of all things" in found.found


def test_every_check_is_shown_under_its_own_name(tmp_path: Path) -> None:
    home = home_at(tmp_path)
    for name, check in CHECKS:
        found = isolated(name, check, home)
        assert isinstance(found, Check) and found.name == name
        assert found.is_ok or found.remedy


def test_packages_installed_here_are_those_asked_for() -> None:
    count, problems = requirement_problems("tightlog")
    assert problems == [] and count > 50


def test_package_too_new_for_prefect_is_named(tmp_path: Path) -> None:
    info = tmp_path / "fastapi-999.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: fastapi\nVersion: 999.0\n")
    code = (
        "from tightlog.answers.doctor.installation_checks import packages; found = "
        "packages(None); print(found.is_ok, found.found)"
    )
    said = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
    )
    assert said.stdout.startswith("False") and "fastapi is 999.0, but prefect needs" in said.stdout


def program(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.mark.parametrize(
    ("systemctl", "crontab", "is_set"),
    [
        ("echo active", "exit 1", True),
        ("echo inactive; exit 3", "exit 1", False),
        ("echo inactive; exit 3", "echo '30 3 * * * tightlog --home /h refresh --nightly'", True),
        (
            "echo inactive; exit 3",
            "echo '# 30 3 * * * tightlog --home /h refresh --nightly'",
            False,
        ),
        ("echo 'Failed to connect to bus' >&2; exit 1", "exit 1", None),
        (None, None, None),
    ],
)
def test_timer_that_is_gone_is_told_from_one_that_cannot_be_seen(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    systemctl: str | None,
    crontab: str | None,
    is_set: bool | None,
) -> None:
    for name, script in (("systemctl", systemctl), ("crontab", crontab)):
        if script is not None:
            program(tmp_path, name, script)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("tightlog.answers.doctor.timer_state.SYSTEM_WIDE", ())
    assert is_timer_set() is is_set


def test_timer_that_is_gone_is_told_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = home_at(tmp_path / "home")
    home.settings_file.write_text('time_zone = "Europe/Zurich"\n')
    note_night(home, datetime.now(UTC), None, by=TIMER)
    program(tmp_path, "systemctl", "echo inactive; exit 3")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("tightlog.answers.doctor.timer_state.SYSTEM_WIDE", ())
    assert "no systemd timer" in night_runs(home).remedy


@pytest.mark.parametrize(
    ("name", "is_own"),
    [
        ("wh-000001.duckdb", True),
        ("wh-1000000.duckdb", True),
        ("wh-000001.duckdb.wal", True),
        ("wh-000001.duckdb.tmp", True),
        ("draft.duckdb.tmp", True),
        ("draft.spill", True),
        ("wh-000001 (copy).duckdb", False),
        ("wh-000001.sync-conflict-1.duckdb", False),
        ("wh-1.duckdb", False),
        ("notes.txt", False),
    ],
)
def test_only_names_tightlog_gives_are_its_own(tmp_path: Path, name: str, is_own: bool) -> None:
    home = home_at(tmp_path / "home")
    folder = home.warehouse / "versions"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(b"")
    assert versions(home).is_ok is is_own


@pytest.mark.parametrize(
    ("offset_s", "words"),
    [(-54_000, "-15 h"), (172_799, "+48 h"), (172_800, "+2 days"), (631_070_100, "+7,304 days")],
)
def test_a_clock_far_from_utc_is_named_in_hours_then_days(offset_s: int, words: str) -> None:
    row = {
        "doubts": ["offset_too_large"],
        "device_offset_s": offset_s,
        "utc_offset_s": 3600,
        "is_set_aside": False,
    }
    assert doubt_words(row) == f"its clock is {words} from UTC, as in no zone (+1 h is used)"
