"""The journal through the commands: shown, never a traceback, and a warning sign before everything
else.
"""

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.builders import home_at, rows, run_fit
from tests.journal.test_lines import RATE
from tightlog.cli.main import main
from tightlog.domain.clocks import FIRST_DAY, last_day
from tightlog.domain.diary import DiaryMapping
from tightlog.errors import SettingsError
from tightlog.home.diary_mapping import add_mapping
from tightlog.home.settings import Home, settings_of
from tightlog.journal.journal import read_journal
from tightlog.refresh.refresh import refresh

COPY = "journal.sync-conflict-20260506-070000-ABCDEFG.jsonl"
COMMANDS = (["refresh"], ["today"], ["today", "--json"], ["diary"], ["diary", "--json"])
BAD = [
    RATE | {"entry_id": "bad", "score": "abc"},
    RATE | {"entry_id": "bad", "at": "junk"},
    RATE | {"entry_id": "bad", "day": "9999-12-31"},
    {"kind": [], "of": []},
    RATE | {"entry_id": "bad", "note": {"a": "\ud800"}},
]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = home_at(tmp_path / "home", a_fit=run_fit())
    home.settings_file.write_text('time_zone = "Europe/Zurich"\n')
    return home


def log(home: Home, *lines: object, name: str = "journal.jsonl") -> None:
    home.journal.parent.mkdir(parents=True, exist_ok=True)
    text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
    (home.journal.parent / name).write_text(text, encoding="utf-8")


def run(capsys: pytest.CaptureFixture[str], home: Home, *arguments: object) -> tuple[int, str, str]:
    code = main(["--home", str(home.folder), *map(str, arguments)])
    captured = capsys.readouterr()
    return code, " ".join(captured.out.split()), captured.err


def test_odd_lines_end_no_command_and_are_shown_where_one_looks(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    log(home, RATE, *BAD, "[" * 100_000)
    refresh(home, settings_of(home))
    for command in COMMANDS:
        code, out, err = run(capsys, home, *command)
        assert (code, err) == (0, "") and out
        if "--json" not in command:
            assert 'line 2 of journal.jsonl: score is "abc", not a number from 0 to 10' in out
    code, out, _ = run(capsys, home, "doctor")
    assert "6 unreadable lines" in out and "line 2 of journal.jsonl" in out
    assert rows(home, "select entry_id, score from tightness") == [{"entry_id": "r1", "score": 3.0}]
    listed = json.loads(run(capsys, home, "diary", "--json")[1])
    assert [line["line"] for line in listed["unreadable"]] == [2, 3, 4, 5, 6, 7] and listed[
        "broken_lines"
    ] == 6
    assert listed["entries"][0] == RATE | {"score": 3.0}


def test_a_sync_conflict_is_merged_named_and_brings_a_refresh(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    log(home, RATE | {"entry_id": "own", "score": 7, "day": "2026-05-05", "at": None})
    refresh(home, settings_of(home))
    log(home, RATE | {"red_flags": ["leg_weakness"]}, name=COPY)
    today = json.loads(run(capsys, home, "today", "--json")[1])
    assert today["red_flags"] == [{"name": "leg_weakness", "urgency": "emergency"}]
    assert [row["intervention"] for row in today["advice"]] == ["G4"] and today["is_pending"]
    assert COPY in run(capsys, home, "refresh")[1] and COPY in run(capsys, home, "doctor")[1]
    assert [row["score"] for row in rows(home, "select score from tightness order by day")] == [
        3,
        7,
    ]
    match = rows(
        home,
        (
            "select red_flags, evidence from pattern_match where pattern = 'R0' order by day desc "
            "limit 1"
        ),
    )
    assert match == [
        {
            "red_flags": ["leg_weakness"],
            "evidence": "A red flag is active: leg weakness on 4 May 2026.",
        }
    ]


def test_today_says_red_flags_as_data_and_an_empty_list_without_any(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    log(home, RATE)
    refresh(home, settings_of(home))
    assert json.loads(run(capsys, home, "today", "--json")[1])["red_flags"] == []
    log(home, RATE | {"is_sharp": True, "score": 9, "note": "no leg weakness, sharp pain"})
    today = json.loads(run(capsys, home, "today", "--json")[1])
    assert today["red_flags"] == [
        {"name": "sharp_pain", "urgency": "soon"},
        {"name": "high_score", "urgency": "soon"},
    ]
    assert today["advice"][0]["urgency"] == "soon"
    log(home, RATE | {"red_flags": ["no leg weakness"]})
    assert json.loads(run(capsys, home, "today", "--json")[1])["red_flags"] == [
        {"name": "no leg weakness", "urgency": "soon"}
    ]


def test_a_red_flag_of_a_score_file_is_data_too_and_stands_beside_one_of_the_journal(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    day = datetime.now(UTC).date()
    (home.raw / "scores.csv").write_text(
        f"date,score,red flags\n{day - timedelta(days=1)},3,both_legs_pain\n"
    )
    refresh(home, settings_of(home))
    assert json.loads(run(capsys, home, "today", "--json")[1])["red_flags"] == [
        {"name": "both_legs_pain", "urgency": "emergency"}
    ]
    log(home, RATE | {"red_flags": ["fever"]})
    assert [
        flag["name"] for flag in json.loads(run(capsys, home, "today", "--json")[1])["red_flags"]
    ] == ["fever", "both_legs_pain"]


def test_a_byte_order_mark_hides_neither_diary_nor_settings(home: Home) -> None:
    home.settings_file.write_bytes(b'\xef\xbb\xbftime_zone = "Asia/Tokyo"\r\n')
    log(home, "\ufeff" + json.dumps(RATE) + "\r")
    refresh(home, settings_of(home))
    assert settings_of(home).time_zone == "Asia/Tokyo"
    assert [row["score"] for row in rows(home, "select score from tightness")] == [3]
    add_mapping(home, DiaryMapping("back.csv", day="Datum", score="Wert"))
    assert home.settings_file.read_bytes().startswith(b'\xef\xbb\xbftime_zone = "Asia/Tokyo"\r\n')
    assert settings_of(home).diaries[0].file == "back.csv"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ('time_zone = "UTC"'.encode("utf-16"), "UTF-16"),
        (b'time_zone = "\xff"', "not TOML"),
        (b"a = " + b"[" * 100_000, "not TOML"),
    ],
)
def test_settings_that_are_no_utf_8_or_nested_too_deeply_give_a_sentence(
    home: Home, data: bytes, said: str
) -> None:
    home.settings_file.write_bytes(data)
    with pytest.raises(SettingsError, match=said):
        settings_of(home)


@pytest.mark.parametrize(
    "command", [["rate", "3"], ["did", "yoga"], ["rate", "--red-flag", "fever"]]
)
@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("1026-05-31", "before 1990"),
        ("1989-12-31T10:00", "before 1990"),
        ("0001-01-01", "before 1990"),
        ("0001-01-01T00:00+14:00", "cannot read"),
        ("9999-12-31", "future"),
        ("9999-12-31T23:59-12:00", "cannot read"),
    ],
)
def test_a_day_outside_the_bound_is_refused_in_a_sentence(
    home: Home, capsys: pytest.CaptureFixture[str], command: list[str], when: str, said: str
) -> None:
    code, _, err = run(capsys, home, *command, "--at", when)
    assert (code, said in err, home.journal.exists()) == (1, True, False)


def test_the_bound_lets_its_own_ends_pass(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    tomorrow = last_day(settings_of(home).zone)
    for day in (FIRST_DAY, tomorrow):
        assert run(capsys, home, "rate", "3", "--at", day)[0] == 0
    assert run(capsys, home, "rate", "3", "--at", tomorrow + timedelta(days=1))[0] == 1
    assert [score.day for score in read_journal(home.journal).scores] == [FIRST_DAY, tomorrow]


def test_rows_of_a_table_outside_the_bound_are_set_aside_with_a_reason(home: Home) -> None:
    late = last_day(settings_of(home).zone) + timedelta(days=1)
    (home.raw / "scores.csv").write_text(
        f"date,score,sleep (h)\n1026-05-31,3,8\n2026-05-03,4,7\n{late},5,6\n1989-12-31,2,8\n"
    )
    (home.raw / "split.csv").write_text("year,month,day,tightness\n1026,5,31,3\n2026,5,2,4\n")
    refresh(home, settings_of(home))
    assert [row["score"] for row in rows(home, "select score from tightness order by day")] == [
        4,
        4,
    ]
    reasons = {
        row["path"]: row["reason"] for row in rows(home, "select path, reason from source_file")
    }
    assert (
        "line 2: '1026-05-31' lies before 1990" in reasons["scores.csv"]
        and "lies in the future" in reasons["scores.csv"]
    )
    assert "lies before 1990" in reasons["split.csv"]
    assert rows(home, "select min(day) as first, count(*) as n from day") == [
        {"first": date(2026, 5, 2), "n": 3}
    ]
    assert rows(home, "select count(*) as n from context where day > current_date + 2") == [
        {"n": 0}
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        [b"rate", b"3", b"--note", b"\xff\xfe", b"--json"],
        [b"rate", b"\xff"],
        [b"rate", b"3", b"--at", b"\xff"],
        [b"rate", b"3", b"--red-flag", b"\xff"],
        [b"did", b"\xff"],
        [b"did", b"yoga", b"--at", b"\xff"],
        [b"diary", b"withdraw", b"\xff"],
        [b"diary", b"correct", b"r1", b"--note", b"\xff", b"--json"],
        [b"diary", b"correct", b"\xff", b"--score", b"3"],
    ],
)
def test_arguments_that_are_no_utf_8_give_a_sentence_or_are_kept(
    home: Home, arguments: list[bytes]
) -> None:
    log(home, RATE)
    command = [sys.executable, "-m", "tightlog", "--home", str(home.folder)]
    done = subprocess.run(
        [*map(os.fsencode, command), *arguments], capture_output=True, check=False
    )
    assert b"Traceback" not in done.stderr and done.returncode in (0, 1, 2)
    assert done.returncode == 0 or done.stderr
    (done.stdout + done.stderr).decode("utf-8")
    assert read_journal(home.journal).unreadable == ()


def test_standard_input_that_is_no_utf_8_gives_a_sentence(home: Home) -> None:
    refresh(home, settings_of(home))
    command = [sys.executable, "-m", "tightlog", "--home", str(home.folder), "sql"]
    done = subprocess.run(
        command,
        input=b"select '\xff\xfe';\n",
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "utf-8:strict"},
    )
    assert b"Traceback" not in done.stderr


def test_the_doctor_ends_though_the_journal_is_a_folder(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    home.journal.mkdir(parents=True)
    _, out, _ = run(capsys, home, "doctor")
    assert "is a folder" in out
    for command in (["today"], ["refresh"], ["diary"], ["rate", "3"]):
        code, _, err = run(capsys, home, *command)
        assert code == 1 and err.startswith("tightlog: ")


@pytest.mark.parametrize("how", ["removed", "emptied"])
def test_a_journal_that_is_gone_takes_no_red_flag_away(
    home: Home, capsys: pytest.CaptureFixture[str], how: str
) -> None:
    log(home, RATE | {"red_flags": ["leg_weakness"]})
    assert run(capsys, home, "refresh")[0] == 0
    kept = home.journal.read_bytes()
    home.journal.unlink() if how == "removed" else home.journal.write_bytes(b"")
    for command in ("today", "refresh"):
        code, out, err = run(capsys, home, command)
        assert code == 1 and "gone or empty" in err and not out
    assert run(capsys, home, "rebuild")[0] == 0
    assert run(capsys, home, "today")[0] == 0
    home.journal.write_bytes(kept)
    assert run(capsys, home, "refresh")[0] == 0
    assert "emergency" in run(capsys, home, "today")[1]
