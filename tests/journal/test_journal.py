"""The journal: on disk before the answer, never rewritten, and a red flag stands until it is
cleared.
"""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tightlog.errors import DiaryError, MomentAhead, ScoreOutOfRange, UnknownEntry, UnreadableMoment
from tightlog.journal.journal import read_journal, red_flag_spans, standing_red_flag
from tightlog.journal.moment import Moment, moment_of
from tightlog.journal.writing import clear_red_flag, correct, did, raise_red_flag, rate, withdraw

ZURICH = ZoneInfo("Europe/Zurich")
MORNING = Moment(date(2026, 5, 4), datetime(2026, 5, 4, 5, 0, tzinfo=UTC))


def test_score_is_read_back_as_it_was_given(journal: Path) -> None:
    entry = rate(journal, 3.5, MORNING, part_of_day="morning", note="stiff, é")
    score = read_journal(journal).scores[0]
    assert (score.entry_id, score.score, score.moment, score.note, score.rated_at) == (
        entry,
        3.5,
        "morning",
        "stiff, é",
        MORNING.at,
    )


@pytest.mark.parametrize("score", [-1, 10.5, float("nan"), True])
def test_score_outside_the_scale_is_refused_and_nothing_is_written(
    journal: Path, score: float
) -> None:
    with pytest.raises(ScoreOutOfRange):
        rate(journal, score, MORNING)
    assert not journal.exists()


def test_torn_last_line_costs_only_itself(journal: Path) -> None:
    rate(journal, 2, MORNING)
    with open(journal, "a") as file:
        file.write('{"entry_id": "r1", "kind": "ra')
    rate(journal, 4, MORNING)
    book = read_journal(journal)
    assert [score.score for score in book.scores] == [2, 4]
    assert book.broken_lines == 1


def test_line_of_a_newer_tightlog_is_counted_and_kept(journal: Path) -> None:
    entry = rate(journal, 2, MORNING)
    assert json.loads(journal.read_text())["format"] == 1
    newer = '{"format": 2, "kind": "rate", "id": "x", "tightness": {"left": 4}}\n'
    with open(journal, "a") as file:
        file.write(newer)
    correct(journal, entry, {"score": 3})
    book = read_journal(journal)
    assert ([score.score for score in book.scores], book.newer_lines, book.broken_lines) == (
        [3],
        1,
        0,
    )
    assert newer in journal.read_text()


@pytest.mark.parametrize(
    "line", ["[1]", '"rate"', '{"format": "two", "kind": "rate"}', "7", "null"]
)
def test_line_that_is_no_entry_is_broken(journal: Path, line: str) -> None:
    rate(journal, 2, MORNING)
    with open(journal, "a") as file:
        file.write(f"{line}\n")
    assert (read_journal(journal).broken_lines, read_journal(journal).newer_lines) == (1, 0)


def test_line_without_a_format_is_of_the_first(journal: Path) -> None:
    rate(journal, 2, MORNING)
    journal.write_text(journal.read_text().replace('"format": 1, ', ""))
    assert [score.score for score in read_journal(journal).scores] == [2]


def test_correction_changes_what_stands_and_keeps_every_line(journal: Path) -> None:
    entry = rate(journal, 9, MORNING)
    correct(journal, entry, {"score": 3})
    assert read_journal(journal).scores[0].score == 3
    assert len(journal.read_text().splitlines()) == 2
    assert standing_red_flag(journal) is None


def test_withdrawn_entry_no_longer_stands_and_cannot_be_withdrawn_twice(journal: Path) -> None:
    entry = did(journal, "C1", MORNING, minutes=5)
    withdraw(journal, entry)
    assert read_journal(journal).interventions == ()
    with pytest.raises(UnknownEntry):
        withdraw(journal, entry)


@pytest.mark.parametrize(
    "facts", [{"is_sharp": True}, {"red_flags": ["saddle_numbness"]}, {"score": 8}]
)
def test_red_flag_stands_until_it_is_cleared(journal: Path, facts: dict[str, Any]) -> None:
    rate(journal, facts.pop("score", 2), MORNING, **facts)
    assert standing_red_flag(journal) is not None
    rate(journal, 1, Moment(date(2026, 5, 5), None))
    assert standing_red_flag(journal) is not None, "a lower score later does not clear it"
    clear_red_flag(journal, Moment(date(2026, 5, 6), None))
    assert standing_red_flag(journal) is None
    assert red_flag_spans(journal)[0].cleared_on == date(2026, 5, 6)


def test_later_milder_flag_does_not_hide_an_earlier_one(journal: Path) -> None:
    rate(journal, 3, MORNING, red_flags=["saddle_numbness"])
    rate(journal, 3, MORNING, red_flags=["fever"])
    flag = standing_red_flag(journal)
    assert flag is not None
    assert "saddle numbness" in flag.evidence
    assert "fever" in flag.evidence


def test_clearing_does_not_reach_a_later_red_flag(journal: Path) -> None:
    rate(journal, 9, MORNING)
    clear_red_flag(journal, MORNING)
    rate(journal, 8, MORNING)
    assert standing_red_flag(journal) is not None


@pytest.mark.parametrize(
    ("text", "day", "at"),
    [
        ("2026-05-03", date(2026, 5, 3), None),
        ("yesterday", date(2026, 5, 3), None),
        ("2026-05-03T23:30", date(2026, 5, 3), datetime(2026, 5, 3, 21, 30, tzinfo=UTC)),
        ("07:30", date(2026, 5, 4), datetime(2026, 5, 4, 5, 30, tzinfo=UTC)),
        ("yesterday 7:05", date(2026, 5, 3), datetime(2026, 5, 3, 5, 5, tzinfo=UTC)),
        (None, date(2026, 5, 4), datetime(2026, 5, 4, 8, 0, tzinfo=UTC)),
    ],
)
def test_moment_is_read_in_the_runners_zone(
    text: str | None, day: date, at: datetime | None
) -> None:
    assert moment_of(text, ZURICH, now=datetime(2026, 5, 4, 8, 0, tzinfo=UTC)) == Moment(day, at)


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("soon", UnreadableMoment),
        ("2026-13-01", UnreadableMoment),
        ("25:00", UnreadableMoment),
        ("2027-01-01", MomentAhead),
    ],
)
def test_unreadable_and_future_moments_are_refused(text: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        moment_of(text, ZURICH, now=datetime(2026, 5, 4, 8, 0, tzinfo=UTC))


def test_warning_sign_without_a_score_stands_and_is_no_score(journal: Path) -> None:
    raise_red_flag(journal, MORNING, red_flags=["fever"])
    assert standing_red_flag(journal) is not None
    assert read_journal(journal).scores == ()


def test_correction_of_what_an_entry_does_not_have_is_refused(journal: Path) -> None:
    with pytest.raises(DiaryError, match="an intervention done"):
        correct(journal, did(journal, "C1", MORNING), {"score": 3})


def test_impossible_minutes_are_refused(journal: Path) -> None:
    with pytest.raises(DiaryError):
        did(journal, "C1", MORNING, minutes=-5)


def test_a_red_flag_raised_by_an_edit_stands_though_another_was_cleared_since(
    journal: Path,
) -> None:
    entry = rate(journal, 3, MORNING)
    rate(journal, 9, MORNING)
    clear_red_flag(journal, MORNING)
    assert standing_red_flag(journal) is None
    correct(journal, entry, {"red_flags": ["saddle_numbness"]})
    flag = standing_red_flag(journal)
    assert flag is not None and "saddle numbness" in flag.evidence
    clear_red_flag(journal, MORNING)
    assert standing_red_flag(journal) is None


def test_an_edit_that_adds_no_sign_raises_no_cleared_flag_again(journal: Path) -> None:
    entry = rate(journal, 9, MORNING, red_flags=["fever"])
    clear_red_flag(journal, MORNING)
    correct(journal, entry, {"score": 8.5, "note": "warm room", "red_flags": []})
    assert standing_red_flag(journal) is None


@pytest.mark.parametrize("changes", [{"minutes": -1}, {"minutes": 1441}, {"rpe": 11}])
def test_a_correction_is_held_to_the_same_limits_as_the_entry(
    journal: Path, changes: dict[str, int]
) -> None:
    entry = did(journal, "Y1", MORNING, minutes=30, rpe=4)
    with pytest.raises(DiaryError):
        correct(journal, entry, changes)
    assert read_journal(journal).interventions[0].minutes == 30
