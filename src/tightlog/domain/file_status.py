"""The status of a file after reading."""

from enum import StrEnum


class FileStatus(StrEnum):
    """The status of a file; every file seen has exactly one."""

    READ = "read"
    PARTIAL = "partial"
    DUPLICATE = "duplicate"
    NO_ACTIVITY = "no_activity"
    UNREADABLE = "unreadable"
