"""Units beside the timer: they are what systemd and macOS understand, and touch no other file."""

import os
import plistlib
import shutil
import subprocess
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from tests.builders import home_at
from tests.nightly.test_timer import NAMES, SETTINGS, parsed
from tightlog.cli.main import main
from tightlog.errors import TightlogError
from tightlog.home.arriving.remind_section import Remind
from tightlog.nightly.timer import enabled, systemd_units
from tightlog.nightly.units import install_units, launchd, remove_units

PROGRAM = ["/usr/bin/tightlog"]
WITH_ALL = replace(
    SETTINGS, sources=("/media/x/GARMIN 100%/Activity",), remind=Remind(("phone",), time(20, 5))
)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
@pytest.mark.parametrize("name", NAMES)
def test_systemd_finds_no_fault_with_any_unit(tmp_path: Path, name: str) -> None:
    program = [str(shutil.which("true"))]
    places = install_units(
        systemd_units(home_at(tmp_path / name), WITH_ALL, program), tmp_path / "units"
    )
    said = subprocess.run(
        ["systemd-analyze", "verify", "--user", *map(str, places)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"XDG_RUNTIME_DIR": str(tmp_path)},
    )
    assert [line for line in (said.stdout + said.stderr).splitlines() if "tightlog" in line] == []


def test_a_new_file_starts_a_refresh_that_asks_nobody(tmp_path: Path) -> None:
    home = home_at(tmp_path / "home")
    places = {p.name: p for p in install_units(systemd_units(home, WITH_ALL, PROGRAM), tmp_path)}
    text = places["tightlog-arrivals.path"].read_text()
    assert f"PathChanged={home.raw}\n" in text
    assert "PathChanged=/media/x/GARMIN 100%%/Activity\n" in text
    assert '"--no-fetch"' in parsed(places["tightlog-arrivals.service"])["Service"]["ExecStart"]
    timer = parsed(places["tightlog-remind.timer"])
    assert timer["Timer"]["OnCalendar"] == "*-*-* 20:05:00 Europe/Zurich"


def test_without_a_time_nothing_reminds(tmp_path: Path) -> None:
    units = systemd_units(home_at(tmp_path), SETTINGS, PROGRAM)
    assert enabled(units) == ("tightlog-nightly.timer", "tightlog-arrivals.path")


def test_a_file_of_somebody_else_is_kept_and_nothing_is_written(tmp_path: Path) -> None:
    other = tmp_path / "tightlog-nightly.timer"
    other.write_text("[Unit]\nDescription=mine\n")
    with pytest.raises(TightlogError, match="not tightlog's"):
        install_units(systemd_units(home_at(tmp_path / "home"), SETTINGS, PROGRAM), tmp_path)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["home", other.name]
    assert remove_units(tmp_path) == () and other.exists()


def test_the_command_installs_again_and_removes_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    home, folder = home_at(tmp_path / "home"), tmp_path / "config" / "systemd" / "user"
    for _ in range(2):
        assert main(["--home", str(home.folder), "schedule", "--install"]) == 0
    assert "systemctl --user enable --now tightlog-nightly.timer" in capsys.readouterr().out
    assert len(list(folder.iterdir())) == 4
    assert main(["--home", str(home.folder), "schedule", "--uninstall"]) == 0
    assert list(folder.iterdir()) == [] and not home.nights_file.exists()


def test_macos_gets_a_list_that_starts_the_nightly_refresh(tmp_path: Path) -> None:
    home = home_at(tmp_path / 'a & "b" <c>')
    facts = plistlib.loads(launchd(home, replace(WITH_ALL, cron="30 3 * * *"), PROGRAM).encode())
    assert facts["ProgramArguments"][-2:] == ["refresh", "--nightly"]
    assert facts["StartCalendarInterval"] == {"Hour": 3, "Minute": 30}
    assert str(home.raw) in facts["WatchPaths"]
    with pytest.raises(TightlogError, match="one time a day"):
        launchd(home, SETTINGS, PROGRAM)
