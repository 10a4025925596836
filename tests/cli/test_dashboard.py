"""`tightlog dashboard`: what it refuses, which addresses it takes, and how the password is set."""

import io
import socket
from pathlib import Path

import pytest

from tests.builders import home_at
from tightlog.cli import addresses
from tightlog.cli.commands import dashboard
from tightlog.cli.main import main
from tightlog.errors import TightlogError
from tightlog.home.password import matches, stored_password
from tightlog.home.settings import Home


def test_without_a_password_lan_refuses_to_start_and_says_how_to_set_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dashboard, "lan_address", lambda given: "127.0.0.1")
    assert main(["--home", str(tmp_path), "dashboard", "--lan", "--no-browser"]) == 1
    assert f"tightlog --home {tmp_path} dashboard --set-password" in capsys.readouterr().err


def test_a_home_with_a_source_shows_its_own_runs_and_no_simulated_runner(tmp_path: Path) -> None:
    phone = tmp_path / "phone"
    phone.mkdir()
    home = home_at(tmp_path / "home")
    home.settings_file.write_text(f'sources = ["{phone}"]\n')
    assert dashboard.fresh_home(home) == home
    assert not home.sample.folder.exists()


def test_a_script_sets_the_password_through_standard_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("three easy words\n"))
    assert main(["--home", str(tmp_path), "dashboard", "--set-password"]) == 0
    assert matches(stored_password(Home(tmp_path)), "three easy words")
    assert "three easy words" not in capsys.readouterr().out


def test_seven_characters_are_too_few(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("1234567\n"))
    assert main(["--home", str(tmp_path), "dashboard", "--set-password"]) == 1
    assert "8 characters" in capsys.readouterr().err
    assert not Home(tmp_path).dashboard_password.exists()


@pytest.mark.parametrize(
    ("typed", "code"), [(["three easy words"] * 2, 0), (["three easy words", "three easy word"], 1)]
)
def test_the_password_is_typed_twice_without_being_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: list[str], code: int
) -> None:
    answers = iter(typed)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(answers))
    assert main(["--home", str(tmp_path), "dashboard", "--set-password"]) == code
    assert Home(tmp_path).dashboard_password.exists() == (code == 0)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("127.0.0.1", "leave --lan out"),
        ("::1", "leave --lan out"),
        ("0.0.0.0", "all networks"),
        ("::", "all networks"),
        ("8.8.8.8", "internet"),
        ("phone", "not an address"),
    ],
)
def test_an_address_that_is_not_of_a_home_network_is_refused(given: str, why: str) -> None:
    with pytest.raises(TightlogError, match=why):
        addresses.lan_address(given)


@pytest.mark.parametrize(
    "given", ["192.168.1.20", "10.0.0.3", "172.16.4.4", "100.101.102.103", "fd00::2"]
)
def test_an_address_of_a_home_network_or_a_private_tunnel_is_taken(given: str) -> None:
    assert addresses.lan_address(given) == given


def test_an_address_of_another_machine_is_named_as_such(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--home", str(tmp_path), "dashboard", "--lan", "198.18.0.77", "--no-browser"]) == 1
    assert "198.18.0.77 is not an address of this machine" in capsys.readouterr().err


def test_a_taken_port_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert (
            main(["--home", str(tmp_path), "dashboard", "--port", str(port), "--no-browser"]) == 1
        )
    assert f"port {port} is taken" in capsys.readouterr().err


def test_only_names_of_this_machine_are_known_hosts() -> None:
    name = socket.gethostname().lower()
    assert addresses.hosts("127.0.0.1") == ("127.0.0.1", "localhost")
    assert set(addresses.hosts("192.168.1.20")) == {
        "192.168.1.20",
        name,
        f"{name.partition('.')[0]}.local",
    }


def test_a_terminal_shows_the_address_as_a_square_to_photograph(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    dashboard.say_where(Home(tmp_path), "192.168.1.20", 8501)
    said = capsys.readouterr().out
    assert "http://192.168.1.20:8501" in said and "not encrypted" in " ".join(said.split())
    assert said.count("█") > 50
