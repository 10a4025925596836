"""On a terminal text is wrapped between words; what is copied from it stays in one piece."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import home_at
from tightlog.cli.wrapping import wrapped
from tightlog.home.settings import Home

LONG = "a folder of the runner with a name that is longer than any line of eighty places has room"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = home_at(tmp_path / LONG)
    foreign = made.warehouse / "versions" / "a copy\nfrom a sync.txt"
    foreign.parent.mkdir(parents=True)
    foreign.touch()
    return made


def remedies(text: str) -> list[str]:
    return [line for line in text.replace("\r\n", "\n").split("\n") if "move them out: " in line]


def test_words_are_wrapped_at_the_width_and_not_before() -> None:
    assert wrapped("one two three", 7) == "one two\nthree"
    assert wrapped("one two three", 6) == "one\ntwo\nthree"
    assert wrapped("  indented words\n\nnext", 11) == "  indented\nwords\n\nnext"
    assert wrapped("日本 語", 4) == "日本\n語"


def test_a_path_and_a_command_in_backticks_are_never_broken() -> None:
    assert wrapped("see /a/long/path/of/a/file", 10) == "see\n/a/long/path/of/a/file"
    assert wrapped("run `tightlog refresh` now", 16) == "run\n`tightlog refresh`\nnow"
    assert wrapped("(`tightlog files --json`) it", 10) == "(`tightlog files --json`)\nit"


def test_doctor_in_a_pipe_has_a_line_for_each_check_and_each_remedy(home: Home) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tightlog", "--home", str(home.folder), "doctor"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert {line[:5] for line in done.stdout.splitlines()} <= {"ok   ", "FAIL ", "     "}
    (line,) = remedies(done.stdout)
    subprocess.run(["bash", "-ec", line.partition("move them out: ")[2]], check=True)
    assert not any((home.warehouse / "versions").iterdir())


def test_doctor_on_a_terminal_leaves_a_remedy_in_one_line(home: Home) -> None:
    seen = b""
    command = [sys.executable, "-m", "tightlog", "--home", str(home.folder), "doctor"]
    above, below = pty.openpty()
    with subprocess.Popen(command, stdout=below, stderr=below):
        os.close(below)
        while True:
            try:
                piece = os.read(above, 65536)
            except OSError:  # Linux says it so when the other end is closed
                break
            if not piece:
                break
            seen += piece
    os.close(above)
    (line,) = remedies(seen.decode())
    assert line.count(LONG) == 2
