"""Landlock: the Linux kernel takes rights from this very process, for good, without needing root.

Constants and layouts: <linux/landlock.h>, https://docs.kernel.org/userspace-api/landlock.html
"""

import ctypes
import os
import sys
from collections.abc import Iterable
from pathlib import Path

# The numbers of these calls are the same on every architecture.
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
ASK_VERSION = 1
PATH_BENEATH = 1
EXECUTE, WRITE_FILE, READ_FILE, READ_FOLDER = 1 << 0, 1 << 1, 1 << 2, 1 << 3
# All of the first version: remove and make of every kind besides.
FILE_RIGHTS = (1 << 13) - 1
RIGHT_TO = {2: 1 << 13, 3: 1 << 14, 5: 1 << 15}  # since version 2 link, 3 truncate, 5 device ioctl
BIND_TCP, CONNECT_TCP = 1, 2  # since version 4
ABSTRACT_SOCKETS, SIGNALS = 1, 2  # since version 6: those of other processes
NO_NEW_PRIVILEGES = 38


class Ruleset(ctypes.Structure):
    """Which rights are taken at all; a kernel of an older version knows only the first fields."""

    _fields_ = (
        ("files", ctypes.c_uint64),
        ("network", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


class PathRule(ctypes.Structure):
    """Rights left beneath one folder, or on one file."""

    _pack_ = 1
    _fields_ = (("rights", ctypes.c_uint64), ("folder", ctypes.c_int32))


def landlock_version() -> int:
    """Version of Landlock this kernel has, 0 without."""
    if sys.platform != "linux":
        return 0
    return max(_call(CREATE_RULESET, None, 0, ASK_VERSION), 0)


def restrict_to_reading(readable: Iterable[Path]) -> bool:
    """Leaves this thread, and those it starts, nothing but reading beneath these paths.

    No writing, no TCP (version 4), no other process's abstract sockets and signals (version 6).
    False where the kernel has no Landlock or refuses; then nothing changed.
    """
    version = landlock_version()
    if version == 0:
        return False
    extra = sum(right for since, right in RIGHT_TO.items() if version >= since)
    taken = Ruleset(
        FILE_RIGHTS | extra,
        BIND_TCP | CONNECT_TCP if version >= 4 else 0,
        ABSTRACT_SOCKETS | SIGNALS if version >= 6 else 0,
    )
    size = 8 if version < 4 else 16 if version < 6 else 24
    ruleset = _call(CREATE_RULESET, ctypes.byref(taken), size, 0)
    if ruleset < 0:
        return False
    try:
        for path in readable:
            _allow_reading(ruleset, path)
        nothing_gained = _libc().prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0
        return nothing_gained and _call(RESTRICT_SELF, ruleset, 0) == 0
    finally:
        os.close(ruleset)


def _allow_reading(ruleset: int, path: Path) -> None:
    """What is not there needs no rule."""
    try:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        rights = READ_FILE | (READ_FOLDER if path.is_dir() else 0)
        rule = PathRule(rights, opened)
        _call(ADD_RULE, ruleset, PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(opened)


def _call(number: int, *arguments: object) -> int:
    return int(_libc().syscall(ctypes.c_long(number), *arguments))


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
