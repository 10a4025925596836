"""Every status of a file has its words, in one place."""

from datetime import date
from typing import Any

import pytest

from tightlog.domain.file_status import FileStatus
from tightlog.words.files import STATUS_WORDS, file_reason, status_counts, table_words

FACTS: dict[str, Any] = {
    "reason_code": None,
    "content_reason": None,
    "place_reason": None,
    "first_place": "a.fit",
    "activity_count": 2,
    "left_out_count": 0,
    "waiting_count": 0,
    "is_list": False,
    "is_all_named": False,
    "twin": {"reason": "the same run", "place": "b.zip > c.fit"},
    "doubtful": {"doubts": ["far_from_others"], "day": date(2000, 1, 1), "is_set_aside": True},
}
FAR = "it is dated 1 January 2000, ten years or more from all others; it does not count until you"


def test_every_status_has_words() -> None:
    assert list(STATUS_WORDS) == [status.value for status in FileStatus]


def test_only_what_occurs_is_counted() -> None:
    counts = {"read": 1_200, "no_activity": 2, "unreadable": 0, "unchanged": 7}
    assert status_counts(counts) == "1,200 read, 2 without an activity"
    assert status_counts({}) == ""


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({}, None),
        ({"place_reason": "too large"}, "too large"),
        ({"reason_code": "same_bytes"}, "the same bytes as a.fit"),
        ({"reason_code": "twin"}, "the same run, b.zip > c.fit"),
        (
            {"reason_code": "twin", "is_list": True},
            "its 2 activities are recorded in other files, which say more",
        ),
        (
            {"reason_code": "twin", "is_list": True, "is_all_named": True},
            "its 2 activities are in the export's own files, which say more",
        ),
        (
            {"reason_code": "twin", "is_list": True, "activity_count": 1},
            "the same run, b.zip > c.fit",
        ),
        (
            {"content_reason": "cut off", "left_out_count": 2},
            "cut off; you left 2 of its activities out, see ignored_activity",
        ),
        ({"waiting_count": 1}, f"{FAR} confirm it, see doubtful_activity"),
        (
            {"waiting_count": 3},
            f"{FAR} confirm it, and 2 more of its activities wait like it, see doubtful_activity",
        ),
    ],
)
def test_the_reason_of_a_file_is_made_of_what_is_known_of_it(
    facts: dict[str, Any], reason: str | None
) -> None:
    assert file_reason(FACTS | facts) == reason


def test_what_was_taken_from_a_table_is_said_before_what_was_not() -> None:
    assert table_words("a.csv", "score: back", None) == "a.csv: score: back"
    assert table_words("a.csv", "score: back", "2 rows left out").endswith("; 2 rows left out")
