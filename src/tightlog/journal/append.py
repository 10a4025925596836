"""Appending to the journal: complete lines, on disk when it returns, and nothing of them when it
fails.
"""

import errno
import fcntl
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO, Any

from tightlog.errors import MAKE_ROOM, RAISE_LIMIT, DiaryUnwritten
from tightlog.home import private
from tightlog.home.durable import sync
from tightlog.language.catalogue import phrase


def append_entries(journal: Path, entries: Iterable[Mapping[str, Any]]) -> None:
    """Appends whole entries under a file lock and returns when they are on disk.

    Raises DiaryUnwritten, the file as it was before, when the disk is full or the file is not ours.
    """
    # ASCII only: a line separator inside a note must not look like the end of a line to any
    # program.
    lines = "".join(json.dumps(entry, ensure_ascii=True) + "\n" for entry in entries).encode()
    try:
        is_new = not journal.exists()
        private.folder(journal.parent)
        with _locked(journal) as file:
            _append(file, lines)
        if is_new:
            sync(journal.parent)
            sync(journal.parent.parent)
    except OSError as problem:
        remedy = phrase(RAISE_LIMIT) if problem.errno == errno.EFBIG else phrase(MAKE_ROOM)
        raise DiaryUnwritten(journal, problem.strerror or str(problem), remedy) from problem


def _locked(journal: Path) -> IO[bytes]:
    """The journal open and locked; again when a sync program put another file in its place
    meanwhile.
    """
    while True:
        file = open(  # noqa: SIM115 - the caller closes it
            journal, "ab+", buffering=0, opener=private.opener
        )
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            if os.path.samestat(os.fstat(file.fileno()), journal.stat()):
                return file
        except FileNotFoundError:
            pass
        except BaseException:
            file.close()
            raise
        file.close()


def _append(file: IO[bytes], lines: bytes) -> None:
    size = file.seek(0, os.SEEK_END)
    if size > 0:
        # A writer killed in mid-line leaves no newline: the torn line must not swallow this one.
        file.seek(-1, os.SEEK_END)
        lines = lines if file.read(1) == b"\n" else b"\n" + lines
    try:
        while lines:
            lines = lines[file.write(lines) or 0 :]
        os.fsync(file.fileno())
    except BaseException:
        os.ftruncate(file.fileno(), size)
        os.fsync(file.fileno())
        raise
