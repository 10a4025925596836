"""The status of a file after reading, and the reasons for it that something decides by."""

from enum import StrEnum


class FileStatus(StrEnum):
    """The status of a file; every file seen has exactly one."""

    READ = "read"
    PARTIAL = "partial"
    DUPLICATE = "duplicate"
    NO_ACTIVITY = "no_activity"
    UNREADABLE = "unreadable"


class ReasonCode(StrEnum):
    """Why nothing was taken from a file, where pages and questions tell such files apart; what is
    said of it is in `words.files`.
    """

    NOT_A_DIARY = "not_a_diary"
    NOT_NEEDED = "not_needed"
