"""Copies sync programs leave beside the journal: each entry counts once, and nothing there is
changed.
"""

import json
import os
from datetime import date
from pathlib import Path

import pytest

from tests.journal.test_lines import AFTER, BEFORE, RATE, correction
from tightlog.errors import DiaryUnreadable
from tightlog.journal.copies import journal_fingerprint
from tightlog.journal.journal import read_journal, standing_red_flag
from tightlog.journal.words import journal_words

NAMES = [
    "journal.sync-conflict-20260506-070000-ABCDEFG.jsonl",
    "journal (conflicted copy 2026-05-06).jsonl",
    "journal 2.jsonl",
    "journal (Anna's conflicted copy 2026-05-06).jsonl",
    "journal-LAPTOP.jsonl",
    "journal (1).jsonl",
    "journal.conflict.JSONL",
    "journal (SFConflict anna@example.org 2026-05-06-07-00-00).jsonl",
    "journal (conflicted copy 2026-05-06 070000).jsonl",
]
CLEAR = {
    "entry_id": "x1",
    "kind": "clear_red_flag",
    "logged_at": "2026-05-06T05:00:00+00:00",
    "day": "2026-05-06",
}
FLAGGED = RATE | {"entry_id": "f1", "red_flags": ["leg_weakness"]}


def put(folder: Path, name: str, *lines: object) -> None:
    text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
    (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    put(tmp_path, "journal.jsonl", BEFORE, AFTER)
    return tmp_path / "journal.jsonl"


@pytest.mark.parametrize("name", NAMES)
def test_each_entry_of_a_copy_counts_once_and_the_copy_is_named(journal: Path, name: str) -> None:
    put(journal.parent, name, BEFORE, RATE)
    before = {place.name: place.read_bytes() for place in journal.parent.iterdir()}
    book = read_journal(journal)
    assert [score.entry_id for score in book.scores] == ["before", "r1", "after"]
    assert (book.copies, book.unreadable) == ((name,), ()) and name in " ".join(journal_words(book))
    assert {place.name: place.read_bytes() for place in journal.parent.iterdir()} == before


def test_a_red_flag_in_a_copy_alone_blocks_at_once(journal: Path) -> None:
    put(journal.parent, NAMES[0], FLAGGED)
    flag = standing_red_flag(journal)
    assert flag is not None and flag.names == ("leg_weakness",)


def test_a_clearance_holds_for_a_flag_logged_before_it_in_a_copy_and_for_none_logged_since(
    journal: Path,
) -> None:
    put(journal.parent, "journal.jsonl", BEFORE, CLEAR)
    put(journal.parent, NAMES[0], FLAGGED)
    assert standing_red_flag(journal) is None
    put(journal.parent, NAMES[0], FLAGGED | {"logged_at": "2026-05-06T06:00:00+00:00"})
    assert standing_red_flag(journal) is not None


def test_later_words_apply_across_copies_in_the_order_they_were_logged(journal: Path) -> None:
    first, second = correction({"score": 5}), correction({"score": 7})
    put(
        journal.parent,
        "journal.jsonl",
        BEFORE,
        second | {"entry_id": "c2", "logged_at": "2026-05-04T09:00:00+00:00"},
    )
    put(journal.parent, NAMES[0], BEFORE, first | {"logged_at": "2026-05-04T08:00:00+00:00"})
    assert [score.score for score in read_journal(journal).scores] == [7]
    put(
        journal.parent,
        NAMES[1],
        {
            "entry_id": "w1",
            "kind": "withdraw",
            "of": "before",
            "logged_at": "2026-05-04T05:30:00+00:00",
        },
    )
    assert read_journal(journal).scores == ()


def test_a_correction_whose_clock_went_ahead_of_its_entry_applies(journal: Path) -> None:
    put(
        journal.parent,
        NAMES[0],
        correction({"score": 6}, of="after") | {"logged_at": "2026-05-04T06:00:00+00:00"},
    )
    assert [score.score for score in read_journal(journal).scores] == [1, 6]


def test_a_line_not_read_counts_once_though_a_copy_has_it_too(journal: Path) -> None:
    put(journal.parent, "journal.jsonl", BEFORE, "torn")
    put(journal.parent, NAMES[0], BEFORE, "torn", "another")
    assert [(one.file, one.line) for one in read_journal(journal).unreadable] == [
        ("journal.jsonl", 2),
        (NAMES[0], 3),
    ]


def test_a_flag_nobody_can_date_is_not_cleared_by_an_earlier_clearance(journal: Path) -> None:
    put(journal.parent, "journal.jsonl", CLEAR)
    put(journal.parent, NAMES[0], '{"red_flags": ["fever"]')
    flag = standing_red_flag(journal)
    assert flag is not None and flag.names == ("fever",)


def test_the_fingerprint_changes_with_a_copy_and_not_without(journal: Path) -> None:
    before = journal_fingerprint(journal)
    assert journal_fingerprint(journal) == before
    put(journal.parent, NAMES[0], RATE)
    with_copy = journal_fingerprint(journal)
    put(journal.parent, NAMES[0], RATE, FLAGGED)
    assert len({before, with_copy, journal_fingerprint(journal)}) == 3


def test_hidden_files_and_other_names_are_no_copies(journal: Path) -> None:
    for name in (".journal.jsonl", ".syncthing.journal.jsonl.tmp", "journal.jsonl~", "notes.txt"):
        put(journal.parent, name, FLAGGED)
    assert (read_journal(journal).copies, standing_red_flag(journal)) == ((), None)


def test_what_is_no_file_is_shown_and_never_opened(journal: Path) -> None:
    os.mkfifo(journal.parent / "journal 2.jsonl")
    (journal.parent / "journal 3.jsonl").mkdir()
    (journal.parent / "journal 4.jsonl").symlink_to(journal.parent / "gone")
    book = read_journal(journal)
    assert [score.score for score in book.scores] == [1, 2]
    assert [str(one) for one in book.unreadable] == [
        "journal 2.jsonl: it is not a file",
        "journal 3.jsonl: it is not a file",
        "journal 4.jsonl: it is a link that leads nowhere",
    ]


def test_a_journal_that_cannot_be_opened_gives_no_advice_but_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "journal.jsonl").mkdir()
    with pytest.raises(DiaryUnreadable, match="warning sign"):
        standing_red_flag(tmp_path / "journal.jsonl")


def test_no_journal_and_no_folder_is_an_empty_journal(tmp_path: Path) -> None:
    book = read_journal(tmp_path / "nowhere" / "journal.jsonl", date(2026, 5, 5))
    assert (book.entries, book.unreadable, book.copies) == ((), (), ())


def test_a_copy_that_cannot_be_opened_is_not_said_to_count(journal: Path) -> None:
    put(journal.parent, "journal.jsonl", RATE)
    (journal.parent / "journal 2.jsonl").symlink_to("nowhere.jsonl")
    book = read_journal(journal)
    assert book.copies == ()
    assert [line.reason for line in book.unreadable] == ["it is a link that leads nowhere"]


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_journal_behind_a_dangling_link_is_no_empty_one(journal: Path, what: str) -> None:
    put(journal.parent, "journal.jsonl", FLAGGED)
    place = journal if what == "file" else journal.parent
    place.rename(place.with_name("elsewhere"))
    place.symlink_to("nowhere")
    with pytest.raises(DiaryUnreadable, match="leads nowhere"):
        standing_red_flag(journal)
