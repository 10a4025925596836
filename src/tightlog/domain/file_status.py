"""What became of a file."""

from enum import StrEnum


class FileStatus(StrEnum):
    """What became of a file; every file seen has exactly one."""

    READ = "read"
    PARTIAL = "partial"
    DUPLICATE = "duplicate"
    NO_ACTIVITY = "no_activity"
    UNREADABLE = "unreadable"
