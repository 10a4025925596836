"""Appending: escaped, on disk before the answer, and taken back whole when the disk is full."""

import fcntl
import json
import os
import resource
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tightlog.errors import DiaryUnwritten
from tightlog.journal.append import append_entries
from tightlog.journal.journal import read_journal, standing_red_flag
from tightlog.journal.moment import Moment
from tightlog.journal.writing import rate

MORNING = Moment(date(2026, 5, 4), datetime(2026, 5, 4, 5, 0, tzinfo=UTC))
SEPARATORS = "pasted\u2028from\u2029the\u0085phone"


def test_a_note_with_line_separators_loses_neither_score_nor_red_flag(journal: Path) -> None:
    rate(journal, 9, MORNING, red_flags=["leg_weakness"], note=SEPARATORS)
    assert journal.read_bytes().isascii() and len(journal.read_text().splitlines()) == 1
    assert read_journal(journal).scores[0].note == SEPARATORS
    flag = standing_red_flag(journal)
    assert flag is not None and flag.names == ("leg_weakness", "high_score")


def test_a_note_that_is_no_text_is_written_escaped(journal: Path) -> None:
    rate(journal, 3, MORNING, note="\udcff\udcfe")
    assert (
        "\\udcff" in journal.read_text() and read_journal(journal).scores[0].note == "\ufffd\ufffd"
    )


def test_a_write_the_disk_has_no_room_for_leaves_the_file_as_it_was(journal: Path) -> None:
    rate(journal, 2, MORNING)
    before = journal.read_bytes()
    program = (
        "import resource, sys; from pathlib import Path\n"
        "from tests.journal.test_append import MORNING;"
        "from tightlog.journal.writing import rate; from tightlog.errors import DiaryUnwritten\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({len(before) + 60}, {len(before) + 60}))\n"
        "try:\n    rate(Path(sys.argv[1]), 9, MORNING, note='x' * 500)\n"
        "except DiaryUnwritten as problem:\n    print(problem)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(journal)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert "not saved" in done.stdout and "as it was before" in done.stdout and done.stderr == ""
    # However much room there is on the disk.
    assert "raise the limit" in done.stdout and "make room" not in done.stdout
    assert journal.read_bytes() == before


def test_the_command_says_in_a_sentence_that_the_disk_is_full(tmp_path: Path) -> None:
    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

    command = [sys.executable, "-m", "tightlog", "--home", str(tmp_path), "rate", "3"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=limited)
    assert (done.returncode, "not saved" in done.stderr, "Traceback" in done.stderr) == (
        1,
        True,
        False,
    )
    assert (tmp_path / "data/raw/diary/journal.jsonl").read_bytes() == b""


def test_an_entry_that_cannot_be_synced_is_taken_back(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rate(journal, 2, MORNING)
    before = journal.read_bytes()
    refusals = [OSError(28, "No space left on device")]
    monkeypatch.setattr(
        os, "fsync", lambda handle: refusals and (_ for _ in ()).throw(refusals.pop())
    )
    with pytest.raises(DiaryUnwritten, match=r"No space left.*make room"):
        rate(journal, 9, MORNING)
    assert journal.read_bytes() == before


def test_an_entry_goes_into_the_file_that_took_the_place_of_the_one_opened(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rate(journal, 2, MORNING)
    lock = fcntl.flock
    swaps = [True]

    def swapped(file: int, how: int) -> None:
        if swaps and swaps.pop():
            other = journal.with_name("synced")
            other.write_bytes(journal.read_bytes())
            other.replace(journal)
        lock(file, how)

    monkeypatch.setattr(fcntl, "flock", swapped)
    rate(journal, 4, MORNING)
    assert [score.score for score in read_journal(journal).scores] == [2, 4]


def test_a_folder_that_cannot_be_written_gives_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "diary").write_text("a file in the place of the folder")
    with pytest.raises(DiaryUnwritten):
        append_entries(tmp_path / "diary" / "journal.jsonl", [{"a": 1}])


def test_entries_of_one_call_stand_each_on_a_line_behind_a_torn_one(journal: Path) -> None:
    journal.parent.mkdir()
    journal.write_text('{"torn')
    append_entries(journal, [{"a": 1}, {"a": 2}])
    assert [json.loads(line) for line in journal.read_text().splitlines()[1:]] == [
        {"a": 1},
        {"a": 2},
    ]
