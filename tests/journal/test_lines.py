"""Lines a person or a program may leave in the journal: what is certain counts, the rest is
shown.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tightlog.domain.diary import INTERVENTION_IDS
from tightlog.domain.interventions.catalogue import CATALOGUE
from tightlog.journal.journal import Journal, read_journal, standing_red_flag

Line = dict[str, Any]

RATE: Line = {
    "format": 1,
    "entry_id": "r1",
    "kind": "rate",
    "logged_at": "2026-05-04T05:00:00+00:00",
    "day": "2026-05-04",
    "at": "2026-05-04T05:00:00+00:00",
    "score": 3,
    "moment": None,
    "is_sharp": None,
    "red_flags": [],
    "note": None,
}
DID: Line = {
    "format": 1,
    "entry_id": "d1",
    "kind": "did",
    "logged_at": "2026-05-04T05:00:00+00:00",
    "day": "2026-05-04",
    "at": None,
    "intervention": "C1",
    "minutes": 5,
    "rpe": None,
}
BEFORE = RATE | {"entry_id": "before", "score": 1}
AFTER = RATE | {"entry_id": "after", "score": 2, "logged_at": "2026-05-05T05:00:00+00:00"}
LATER = {"logged_at": "2026-05-04T06:00:00+00:00"}

ACTIVITY: Line = {"entry_id": "a1", "kind": "activity", "activity_id": "run"} | LATER


def correction(changes: object, of: object = "before") -> Line:
    return {"entry_id": "c1", "kind": "correct", "of": of, "changes": changes} | LATER


def written(folder: Path, *lines: Line | bytes, end: bytes = b"\n") -> Journal:
    """The journal of these lines, given as objects or bytes."""
    parts = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    (folder / "journal.jsonl").write_bytes(b"".join(part + end for part in parts))
    return read_journal(folder / "journal.jsonl")


def with_each(line: Line, name: str, *values: object) -> list[Line]:
    """The line with each of these values under a name."""
    return [line | {name: value} for value in values]


def raw(line: Line, name: str, text: str) -> bytes:
    """The line with a value of JSON that Python would not write."""
    return json.dumps(line | {name: "HERE"}).replace('"HERE"', text).encode()


UNREADABLE: list[Line | bytes] = [
    *with_each(RATE, "score", "4", "abc", None, [3], True, {}, 55, -4, 10.001),
    *(
        raw(RATE, "score", text)
        for text in ("NaN", "Infinity", "-Infinity", "1e999", "9" * 400, "9" * 5000)
    ),
    *with_each(
        RATE,
        "at",
        5,
        "junk",
        "2026-05-04T05:00:00",
        "2026-05-09T05:00:00+00:00",
        "2026-05-04",
        [],
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
    ),
    *with_each(
        RATE,
        "day",
        5,
        "x",
        "9999-12-31",
        "0001-01-01",
        "1026-05-31",
        "2026-W20-1",
        None,
        "20260504",
        "2026-02-30",
        "1989-12-31",
    ),
    *with_each(RATE, "logged_at", 5, None, "x", "2026-05-04T05:00:00", "2999-01-01T00:00:00+00:00"),
    *with_each(RATE, "red_flags", 5, "numb", [1], {"a": 1}, True),
    *with_each(RATE, "moment", 5, "noonish"),
    *with_each(RATE, "note", 5, {"a": 1}, ["x"], True),
    *with_each(RATE, "is_sharp", "no", "yes", 1, 0, ""),
    *with_each(RATE, "entry_id", None, {}, "", 5, "a\nb", "x" * 101),
    *with_each(RATE, "kind", [], "zzz", None, 5),
    *with_each(RATE, "format", "2", -1, True, [], 0),
    RATE | {"kind": "clear_red_flag"},
    {key: value for key, value in RATE.items() if key != "score"},
    *with_each(correction({"score": 4}), "of", [], None, 5),
    *with_each(
        correction({}),
        "changes",
        [],
        None,
        {"score": "x"},
        {"score": None},
        {"day": "x"},
        {"kind": "x"},
        {"score": 4, "minutes": 3},
        {"at": "2026-06-01T05:00:00+00:00"},
    ),
    *with_each(DID, "intervention", {}, "zzz", None, 5),
    *with_each(DID, "minutes", "x", -1, 1441),
    DID | {"rpe": 11},
    *with_each(
        ACTIVITY,
        "changes",
        {"rpe": "x"},
        {"zzz": 1},
        {"sport": 5},
        {"is_ignored": "yes"},
        [],
        {"shoe": {}},
    ),
    {
        "entry_id": "x1",
        "kind": "clear_red_flag",
        "logged_at": "2026-05-04T05:00:00",
        "day": "2026-05-04",
    },
    b"[1]",
    b"7",
    b"null",
    b'"rate"',
    b"{",
    b'{"entry_id": "r1", "kind": "ra',
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b"\0\0\0",
    b"\xff\xfe\xfd",
    b"hello",
    b'{"format": 1, "entry_id": "r1", "kind": "rate", "score": 3, "score": 9}',
]


@pytest.mark.parametrize("line", UNREADABLE, ids=lambda line: str(line)[-60:])
def test_a_line_that_is_not_certain_is_shown_with_its_number_and_the_others_stand(
    tmp_path: Path, line: Line | bytes
) -> None:
    book = written(tmp_path, BEFORE, line, AFTER)
    assert [score.score for score in book.scores] == [1, 2]
    assert [(one.file, one.line) for one in book.unreadable] == [("journal.jsonl", 2)]
    assert book.unreadable[0].reason and len(str(book.unreadable[0])) < 200
    assert (book.interventions, book.corrections, book.newer_lines) == ((), {}, 0)


@pytest.mark.parametrize(
    ("line", "note"),
    [
        *(
            (RATE | {"note": f"pasted{mark}text"}, f"pasted{mark}text")
            for mark in "\u2028\u2029\u0085\n\t"
        ),
        (RATE | {"note": "half \ud800 pair"}, "half \ufffd pair"),
        (RATE | {"note": "nul \0"}, "nul \ufffd"),
        (
            json.dumps(RATE | {"note": "raw\u2028\u2029\u0085raw"}, ensure_ascii=False).encode(),
            "raw\u2028\u2029\u0085raw",
        ),
        (raw(RATE, "note", '"raw\ttab and\rreturn"'), "raw\ttab and\rreturn"),
        (json.dumps(RATE | {"note": "é"}, ensure_ascii=False).encode("latin-1"), "\ufffd"),
        (RATE | {"score": -0.0}, None),
        (raw(RATE, "score", "-0"), None),
        (RATE | {"format": None}, None),
        (RATE | {"something_new": {"a": [1]}}, None),
        (RATE | {"red_flags": None}, None),
        (b"\xef\xbb\xbf" + json.dumps(RATE).encode(), None),
        (b"  " + json.dumps(RATE).encode() + b" \t", None),
    ],
)
def test_a_line_whose_meaning_is_certain_counts_whole(
    tmp_path: Path, line: Line | bytes, note: str | None
) -> None:
    book = written(tmp_path, BEFORE, line, AFTER)
    assert [score.entry_id for score in book.scores] == ["before", "r1", "after"]
    assert book.scores[1].note == note and book.unreadable == ()
    assert str(book.scores[1].score) in ("3.0", "0.0")


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_lines_of_any_system_are_read(tmp_path: Path, end: bytes) -> None:
    assert [score.score for score in written(tmp_path, BEFORE, AFTER, end=end).scores] == [1, 2]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_a_whole_file_of_another_encoding_is_read_with_what_was_appended_since(
    tmp_path: Path, encoding: str
) -> None:
    text = "".join(json.dumps(line) + "\n" for line in (BEFORE, RATE | {"note": "é"}))
    data = text.encode(encoding)
    separator = b"" if data.endswith(b"\n") else b"\n"
    (tmp_path / "journal.jsonl").write_bytes(data + separator + json.dumps(AFTER).encode() + b"\n")
    book = read_journal(tmp_path / "journal.jsonl")
    assert ([score.score for score in book.scores], book.unreadable) == ([1, 3, 2], ())


def test_an_entry_behind_what_a_power_cut_left_counts_and_the_loss_is_shown(tmp_path: Path) -> None:
    book = written(tmp_path, BEFORE, b"\0" * 50 + json.dumps(AFTER).encode())
    assert [score.score for score in book.scores] == [1, 2] and "NUL" in book.unreadable[0].reason


def test_an_id_used_twice_counts_once_and_with_another_content_it_is_shown(tmp_path: Path) -> None:
    book = written(tmp_path, RATE, RATE, AFTER)
    assert ([score.score for score in book.scores], book.unreadable) == ([3, 2], ())
    book = written(tmp_path, RATE, RATE | {"score": 9, "red_flags": ["fever"]})
    assert [score.score for score in book.scores] == [3] and "r1" in book.unreadable[0].reason
    assert book.red_flags[0].names == ("fever", "high_score")


def test_the_last_day_that_counts_is_tomorrow(tmp_path: Path) -> None:
    lines = [
        RATE | {"entry_id": f"r{day}", "day": f"2026-05-{day:02d}", "at": None} for day in (4, 5, 6)
    ]
    written(tmp_path, *lines)
    book = read_journal(tmp_path / "journal.jsonl", date(2026, 5, 5))
    assert [score.day.day for score in book.scores] == [4, 5] and "future" in book.unreadable[
        0
    ].reason


def test_interventions_known_here_are_those_of_the_catalogue() -> None:
    assert {item.intervention for item in CATALOGUE} == INTERVENTION_IDS


SIGNS = [
    (RATE | {"score": "abc", "red_flags": ["leg_weakness"]}, ("leg_weakness",), "emergency"),
    (
        RATE | {"day": "x", "logged_at": 5, "red_flags": ["leg_weakness"]},
        ("leg_weakness",),
        "emergency",
    ),
    (RATE | {"note": {"a": 1}, "red_flags": ["Leg-Weakness"]}, ("leg_weakness",), "emergency"),
    (RATE | {"entry_id": None, "red_flags": ["fever"]}, ("fever",), "soon"),
    (RATE | {"note": "\u2028", "red_flags": ["leg_weakness"]}, ("leg_weakness",), "emergency"),
    (RATE | {"red_flags": ["numb"]}, ("numb",), "soon"),
    (RATE | {"red_flags": "numb"}, ("numb",), "soon"),
    (RATE | {"red_flags": "fever; leg weakness"}, ("fever", "leg_weakness"), "emergency"),
    (RATE | {"red_flags": 5}, ("unreadable_sign",), "soon"),
    (
        RATE | {"red_flags": [1, "both_legs_pain"]},
        ("unreadable_sign", "both_legs_pain"),
        "emergency",
    ),
    (RATE | {"red_flags": {"leg_weakness": True, "fever": False}}, ("leg_weakness",), "emergency"),
    (RATE | {"score": 9, "moment": 5}, ("high_score",), "soon"),
    (RATE | {"score": "9"}, ("high_score",), "soon"),
    (RATE | {"is_sharp": "yes"}, ("sharp_pain",), "soon"),
    (RATE | {"kind": [], "red_flags": ["fever"]}, ("fever",), "soon"),
    (RATE | {"kind": "clear_red_flag", "red_flags": ["fever"]}, ("fever",), "soon"),
    (DID | {"red_flags": ["fever"]}, ("fever",), "soon"),
    (RATE | {"format": 2, "red_flags": ["fever"]}, ("fever",), "soon"),
    (correction({"score": "x", "red_flags": ["leg_weakness"]}), ("leg_weakness",), "emergency"),
    (correction({"red_flags": ["leg_weakness"]}, of="gone"), ("leg_weakness",), "emergency"),
    (
        b'{"kind": "rate", "day": "2026-05-04", "score": 9, "red_flags": ["leg_weakness"], "no',
        ("leg_weakness", "high_score"),
        "emergency",
    ),
    (b'{"kind": "rate", "red_flags": ["fever", "note": "[\\"leg_weakness\\"]"', ("fever",), "soon"),
    (raw(RATE | {"red_flags": ["fever"]}, "note", "[" * 100_000), ("fever",), "soon"),
]


@pytest.mark.parametrize(("line", "names", "urgency"), SIGNS, ids=lambda value: str(value)[-50:])
def test_a_warning_sign_stands_whatever_else_its_line_says_until_it_is_cleared(
    tmp_path: Path, line: Line | bytes, names: tuple[str, ...], urgency: str
) -> None:
    clear = {
        "entry_id": "x1",
        "kind": "clear_red_flag",
        "logged_at": "2026-05-06T05:00:00+00:00",
        "day": "2026-05-06",
    }
    earlier = clear | {"entry_id": "x0", "logged_at": "2026-05-04T04:00:00+00:00"}
    written(tmp_path, earlier, BEFORE, line)
    flag = standing_red_flag(tmp_path / "journal.jsonl")
    assert flag is not None and (flag.names, flag.urgency) == (names, urgency)
    assert written(tmp_path, earlier, BEFORE, line, clear).red_flags[0].cleared_on == date(
        2026, 5, 6
    )


@pytest.mark.parametrize(
    "line",
    [
        RATE | {"note": 'he asked for "red_flags": ["leg_weakness"], no leg weakness'},
        RATE | {"red_flags": [], "note": "leg_weakness"},
        RATE | {"red_flags": 0},
        RATE | {"is_sharp": "no"},
        RATE | {"score": 55},
        RATE | {"red_flags": [""]},
        b'{"kind": "rate", "note": "\\"red_flags\\": [\\"leg_weakness\\"] \\"score\\": 9',
    ],
)
def test_words_in_a_note_and_answers_of_no_raise_nothing(tmp_path: Path, line: Line) -> None:
    written(tmp_path, BEFORE, line)
    assert standing_red_flag(tmp_path / "journal.jsonl") is None


def test_a_clearance_with_a_time_that_is_not_certain_clears_nothing(tmp_path: Path) -> None:
    flagged = RATE | {"red_flags": ["fever"]}
    clear = {
        "entry_id": "x1",
        "kind": "clear_red_flag",
        "logged_at": "2026-05-05T05:00:00",
        "day": "2026-05-05",
    }
    book = written(tmp_path, flagged, clear)
    assert book.red_flags[0].cleared_on is None and book.unreadable[0].line == 2


@pytest.mark.parametrize("field", ["logged_at", "at"])
@pytest.mark.parametrize("instant", ["9999-12-31T23:00:00+00:00", "0001-01-01T00:30:00+00:00"])
def test_an_instant_at_the_end_of_time_is_an_unreadable_line(
    tmp_path: Path, field: str, instant: str
) -> None:
    journal = tmp_path / "journal.jsonl"
    line = RATE | {"red_flags": ["leg_weakness"], field: instant}
    journal.write_text(json.dumps(line) + "\n" + json.dumps(RATE | {"entry_id": "r2"}) + "\n")
    book = read_journal(journal)
    assert len(book.unreadable) == 1 and len(book.scores) == 1
    assert book.red_flags
