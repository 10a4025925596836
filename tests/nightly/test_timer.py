"""What `tightlog schedule --print` prints is what systemd and cron understand, whatever the home
is called.
"""

import configparser
import os
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.builders import home_at
from tightlog.cli.main import main
from tightlog.errors import SettingsError
from tightlog.home.settings import Home, Settings
from tightlog.nightly.timer import crontab, systemd_script
from tightlog.nightly.units import UNIT

SETTINGS = Settings(time_zone="Europe/Zurich", cron="30 3 * * mon")
NAMES = ["home", "my runs", 'a"b 100% $HOME \\x']


@pytest.fixture
def program(tmp_path: Path) -> list[str]:
    """A program that writes down the words it was started with."""
    path = tmp_path / "bin dir" / "tightlog"
    path.parent.mkdir()
    path.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {shlex.quote(str(tmp_path / "said"))}\n')
    path.chmod(0o755)
    return [str(path)]


def installed_units(home: Home, program: list[str], folder: Path) -> tuple[Path, Path]:
    script = systemd_script(home, SETTINGS, program)
    subprocess.run(
        ["sh", "-s"],
        input=script,
        text=True,
        check=True,
        env={"PATH": os.environ["PATH"], "XDG_CONFIG_HOME": str(folder)},
    )
    units = folder / "systemd" / "user"
    return units / f"{UNIT}.service", units / f"{UNIT}.timer"


class CaseKeptParser(configparser.RawConfigParser):
    """Names of systemd are written in large and small letters."""

    def optionxform(self, optionstr: str) -> str:
        return optionstr


def parsed(unit: Path) -> configparser.RawConfigParser:
    parser = CaseKeptParser(strict=False)
    parser.read_string(unit.read_text())
    return parser


@pytest.mark.parametrize("name", NAMES)
def test_printed_script_installs_units_that_name_this_home(
    tmp_path: Path, program: list[str], name: str
) -> None:
    home = home_at(tmp_path / name)
    service, timer = installed_units(home, program, tmp_path / "config")
    assert (parsed(timer)["Timer"]["OnCalendar"], parsed(timer)["Timer"]["Persistent"]) == (
        "Mon *-*-* 03:30:00 Europe/Zurich",
        "true",
    )
    command = parsed(service)["Service"]["ExecStart"].replace("%%", "%").replace("$$", "$")
    assert shlex.split(command) == [*program, "--home", str(home.folder), "refresh", "--nightly"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
@pytest.mark.parametrize("name", NAMES)
def test_systemd_finds_no_fault_with_the_units(
    tmp_path: Path, program: list[str], name: str
) -> None:
    service, timer = installed_units(home_at(tmp_path / name), program, tmp_path / "config")
    environment = os.environ | {"XDG_RUNTIME_DIR": str(tmp_path)}
    said = subprocess.run(
        ["systemd-analyze", "verify", "--user", str(service), str(timer)],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    ours = [line for line in (said.stdout + said.stderr).splitlines() if UNIT in line]
    assert ours == []


@pytest.mark.parametrize("name", NAMES)
def test_crontab_line_starts_the_program_for_this_home(
    tmp_path: Path, program: list[str], name: str
) -> None:
    home = home_at(tmp_path / name)
    line = crontab(home, SETTINGS, program).splitlines()[-1]
    assert line.startswith("30 3 * * mon PATH=")
    # Cron hands the sixth field to sh, with \% turned into %.
    command = line.split(" ", 5)[5].replace("\\%", "%")
    subprocess.run(["sh", "-c", command], check=True, env={})
    assert (tmp_path / "said").read_text().splitlines() == [
        "--home",
        str(home.folder),
        "refresh",
        "--nightly",
    ]


def test_cron_is_told_when_the_home_lives_in_another_zone(
    tmp_path: Path, program: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "America/Lima")
    assert "not that of this home (Europe/Zurich)" in crontab(home_at(tmp_path), SETTINGS, program)
    monkeypatch.setenv("TZ", "Europe/Zurich")
    assert "not that of this home" not in crontab(home_at(tmp_path), SETTINGS, program)


@pytest.mark.parametrize("made", [systemd_script, crontab])
def test_cron_that_cannot_be_converted_is_refused(
    tmp_path: Path, program: list[str], made: Callable[[Home, Settings, list[str]], str]
) -> None:
    with pytest.raises(SettingsError, match="cannot be converted"):
        made(home_at(tmp_path), Settings(time_zone="UTC", cron="0 3 * * mon#1"), program)


def test_command_prints_and_starts_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = home_at(tmp_path)
    assert main(["--home", str(home.folder), "schedule", "--print", "systemd"]) == 0
    assert f"{UNIT}.timer" in capsys.readouterr().out
    assert not home.prefect.exists()
    assert not home.nights_file.exists()
