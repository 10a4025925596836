"""A terminal gets text that shows all of itself, in whatever encoding it has, and no traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import home_at, run_fit
from tests.sampled import by_hand
from tightlog.cli.main import main
from tightlog.cli.printing import json_text
from tightlog.home.settings import Home, Settings
from tightlog.journal.journal import read_journal
from tightlog.refresh.refresh import refresh
from tightlog.words.visible import HIDDEN, one_line, visible

OTHERS = ("ascii", "latin-1")
HOSTILE = "a\x1b[2J\x07\x7f\x9b\u202eb\u2066\u2028c\r"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    made = home_at(tmp_path_factory.mktemp("terminal"), a_fit=run_fit())
    (made.raw / "ä→\x1b[31m\u202e.fit").write_bytes(b"not a FIT file")
    (made.raw / "two\nlines\tof.fit").write_bytes(b"neither this")
    (made.raw / os.fsdecode(b"\xff\xfe.fit")).write_bytes(b"nor this")
    refresh(made, Settings("UTC"))
    return made


def done(home: Home, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "tightlog", "--home", str(home.folder), *arguments]
    return subprocess.run(command, capture_output=True, check=False, env=os.environ | environment)


def test_signs_that_act_on_a_terminal_are_written_out() -> None:
    assert visible(HOSTILE) == (r"a\u001b[2J\u0007\u007f\u009b\u202eb\u2066\u2028c\u000d")
    assert visible("ä\t→\n") == "ä\t→\n"
    assert visible("\udcff") == r"\udcff"
    assert one_line("ä\t→\n") == r"ä\u0009→\u000a"


def test_json_means_the_signs_themselves_and_has_no_nan() -> None:
    text = json_text({"a": HOSTILE, "b": float("nan"), "c": [float("inf"), 1.5]})
    assert not HIDDEN.search(text)
    held = json.loads(text, parse_constant=pytest.fail)
    assert held == {"a": HOSTILE, "b": None, "c": [None, 1.5]}


COMMANDS: list[list[str]] = [
    ["files"],
    ["files", "--json"],
    ["sql", "from source_file"],
    ["sql", "from \x1b[2J"],
    ["sql", "--json", "select path from source_file"],
    ["rate", "\x1b[2J"],
    ["\x1b[2J\u202e"],
    ["did", "\x1b]0;title\x07"],
    ["report"],
    ["rate", "3", "--at", "\x1b[2J"],
    ["--home", "/dev/null/\x1b[2J", "today"],
]


@pytest.mark.parametrize(
    ("encoding", "arguments"),
    [
        *(("utf-8", command) for command in COMMANDS),
        *((encoding, COMMANDS[0]) for encoding in OTHERS),
        *by_hand(*((encoding, command) for encoding in OTHERS for command in COMMANDS[1:])),
    ],
)
def test_no_command_sends_a_terminal_what_acts_on_it(
    arguments: list[str], encoding: str, home: Home
) -> None:
    answer = done(home, *arguments, PYTHONIOENCODING=encoding)
    for said in (answer.stdout, answer.stderr):
        assert not HIDDEN.search(said.decode(encoding))
        assert b"Traceback" not in said
    if "--json" in arguments:
        assert json.loads(answer.stdout.decode(encoding))


def test_each_file_has_a_line_of_its_own_whatever_its_name(home: Home) -> None:
    listed = done(home, "files").stdout.decode().splitlines()
    assert len(listed) == 2 + 4 + 1
    assert any(r"two\u000alines\u0009of.fit" in line for line in listed)


def test_names_in_what_refresh_says_stay_on_its_lines(home: Home) -> None:
    (home.warehouse / "versions" / "a\nb.txt").touch()
    (home.journal.parent).mkdir(exist_ok=True)
    home.journal.with_name("journal\n2.jsonl").write_text("{")
    (home.raw / "scores\nof.csv").write_text("date,score\n2026-05-04,3\n")
    said = done(home, "refresh").stdout.decode()
    for name in (r"a\u000ab.txt", r"journal\u000a2.jsonl", r"scores\u000aof.csv"):
        assert name in said


def test_reader_that_goes_leaves_no_traceback(home: Home) -> None:
    for arguments in (
        "sql --format csv 'from record'",
        "sql --json 'from record'",
        "features",
        "--help",
    ):
        command = f"{sys.executable} -m tightlog --home {home.folder} {arguments} | head -c 10"
        said = subprocess.run(["bash", "-c", command], capture_output=True, check=True)
        assert len(said.stdout) == 10
        assert said.stderr == b""


def test_full_disk_behind_the_output_is_said(home: Home) -> None:
    command = f"{sys.executable} -m tightlog --home {home.folder} sql 'from day' > /dev/full"
    answer = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert (answer.returncode, b"Traceback" in answer.stderr) == (1, False)


@pytest.mark.parametrize("out", ["full disk", "longest file"])
def test_a_score_is_saved_though_its_answer_cannot_be_written(tmp_path: Path, out: str) -> None:
    home = home_at(tmp_path / "home")
    (tmp_path / "out").write_bytes(bytes(4096))
    place = "/dev/full" if out == "full disk" else tmp_path / "out"
    rate = f"{sys.executable} -m tightlog --home {home.folder} rate 3 >> {place}"
    limited = f"trap '' XFSZ; ulimit -f 4; {rate}"
    answer = subprocess.run(["bash", "-c", limited], capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert "the output cannot be written" in answer.stderr and "diary" in answer.stderr
    assert [score.score for score in read_journal(home.journal).scores] == [3]


def test_sql_writes_into_a_file_however_the_answering_process_is_limited(
    home: Home, tmp_path: Path
) -> None:
    with open(tmp_path / "records.csv", "wb") as file:
        subprocess.run(
            [
                sys.executable,
                "-m",
                "tightlog",
                "--home",
                str(home.folder),
                "sql",
                "--format",
                "csv",
                "from record",
            ],
            stdout=file,
            check=True,
        )
    assert len((tmp_path / "records.csv").read_text().splitlines()) == 1202


@pytest.mark.parametrize("style", ["table", "json", "csv"])
def test_sql_shows_values_frames_do_not_have(
    style: str, home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    sql = (
        "select 1 as a, 2 as a, 'infinity'::date::varchar as i, interval 3 day as k, "
        "{'x': 1} as s, ['=b', 'c'] as l, 12345678901234567890123::hugeint as h"
    )
    assert main(["--home", str(home.folder), "sql", "--format", style, sql]) == 0
    said = capsys.readouterr().out
    assert "infinity" in said and "12345678901234567890123" in said and "3 days" in said


def test_infinite_time_is_said_and_no_day_of_the_calendar(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    sql = "select 'infinity'::date as d, '-infinity'::timestamp as t"
    assert main(["--home", str(home.folder), "sql", "--json", sql]) == 0
    assert json.loads(capsys.readouterr().out) == [{"d": "infinity", "t": "-infinity"}]


def test_sql_imports_neither_statistics_nor_pages_nor_prefect(home: Home) -> None:
    code = (
        "import sys; from tightlog.cli import query_process; "
        "from tightlog.cli.commands import sql; "
        "heavy = {'scipy', 'streamlit', 'prefect', 'polars', 'pyarrow'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"
