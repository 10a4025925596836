"""With everything switched off, no command opens a socket to anything but this machine."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import home_at, run_fit

LISTENING = """
import json, sys
heard = []
LOCAL = ("127.0.0.1", "::1", "localhost")
def hook(event, given):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo"):
        address = given[0] if event == "socket.getaddrinfo" else given[1]
        host = address[0] if isinstance(address, tuple) else address
        if isinstance(host, bytes):
            host = host.decode("utf-8", "replace")
        is_local = host is None or str(host) in LOCAL or str(host).startswith("/")
        if not is_local:
            heard.append([event, str(host)])
sys.addaudithook(hook)
from tightlog.cli.main import main
code = main(sys.argv[1:])
print(json.dumps(heard), file=sys.stderr)
sys.exit(code)
"""
COMMANDS = (
    ("refresh",),
    ("refresh", "--nightly"),
    ("rate", "3"),
    ("today",),
    ("findings",),
    ("doctor",),
    ("files",),
    ("sql", "select 1"),
    ("rebuild",),
    ("schedule", "--print", "systemd"),
    ("token", "list"),
)


def heard(home: Path, *words: str) -> list[list[str]]:
    ran = subprocess.run(
        [sys.executable, "-c", LISTENING, "--home", str(home), *words],
        capture_output=True,
        text=True,
        check=False,
    )
    found: list[list[str]] = json.loads(ran.stderr.strip().splitlines()[-1])
    return found


@pytest.mark.slow
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_talks_to_this_machine_only(tmp_path: Path, words: tuple[str, ...]) -> None:
    home = home_at(tmp_path / "home", a_fit=run_fit())
    assert heard(home.folder, *words) == []


def test_what_is_switched_on_is_heard(tmp_path: Path) -> None:
    home = home_at(tmp_path / "home")
    # A name that nobody has: asking for it is heard, and nothing is sent.
    home.settings_file.write_text(
        '[[fetch]]\nfrom = "intervals.icu"\naddress = "https://nobody.invalid"\n'
    )
    home.keys_file.write_text('[intervals_icu]\nkey = "abcdef"\n')
    home.keys_file.chmod(0o600)
    assert {host for _, host in heard(home.folder, "fetch")} == {"nobody.invalid"}
