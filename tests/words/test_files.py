"""Every status of a file has its words, in one place."""

from tightlog.domain.file_status import FileStatus
from tightlog.words.files import STATUS_WORDS, status_counts


def test_every_status_has_words() -> None:
    assert list(STATUS_WORDS) == [status.value for status in FileStatus]


def test_only_what_occurs_is_counted() -> None:
    counts = {"read": 1_200, "no_activity": 2, "unreadable": 0, "unchanged": 7}
    assert status_counts(counts) == "1,200 read, 2 without an activity"
    assert status_counts({}) == ""
