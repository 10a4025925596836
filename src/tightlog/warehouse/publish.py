"""Publishing: versions are built beside, then served by one atomic swap of a link; a kill at any instant leaves the old one.

    data/warehouse/tightlog.duckdb -> versions/wh-000042.duckdb     the link readers follow
    data/warehouse/versions/draft.duckdb.tmp                        the version being built
    data/warehouse/.writer.lock                                     held by the one writer
"""

import errno
import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from tightlog.durable import sync
from tightlog.errors import WarehouseError, WriterBusy
from tightlog.settings import Home

KEPT_VERSIONS = 3
DRAFT = "draft.duckdb.tmp"
# How DuckDB says it.
FULL_DISK = re.compile(r"No space left|File too large|quota exceeded|out of disk space", re.IGNORECASE)
# Readable by DuckDB 1.5 command lines and by 2.0; the version sticks to the file once it is made.
STORAGE_VERSION = "v1.5.0"


@contextmanager
def writer_lock(home: Home) -> Iterator[None]:
    """Holds the home's one writer lock. Raises WriterBusy, naming the holder, when another process has it."""
    path = home.warehouse / ".writer.lock"
    with open(path, "a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            file.seek(0)
            raise WriterBusy(path, file.read().strip() or "holder unknown") from problem
        file.truncate(0)
        file.write(f"process {os.getpid()}, since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC")
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


def has_draft(home: Home) -> bool:
    """True when a refresh before this one ended before it published."""
    return (_versions(home) / DRAFT).exists()


def start_draft(home: Home, from_scratch: bool = False) -> Path:
    """Path of a draft that starts as a copy of the published version, or empty. Needs the writer lock."""
    draft = _versions(home) / DRAFT
    for leftover in (draft, Path(f"{draft}.wal")):
        leftover.unlink(missing_ok=True)
    if home.database.exists() and not from_scratch:
        try:
            shutil.copyfile(home.database.resolve(), draft)
            draft.chmod(0o644)
        except OSError as problem:
            raise _unwritten(draft, problem) from problem
    return draft


@contextmanager
def open_draft(draft: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Writing connection to a draft, which is the current database of the connection; times are UTC."""
    connection = duckdb.connect(":memory:")
    # No log of writes: a draft that was not finished is thrown away, never recovered.
    try:
        connection.execute(f"attach '{str(draft).replace(chr(39), chr(39) * 2)}' as warehouse "
                           f"(storage_version '{STORAGE_VERSION}', recovery_mode 'no_wal_writes')")
        connection.execute("use warehouse")
        connection.execute("set timezone = 'UTC'")
        connection.execute("set preserve_insertion_order = true")
        yield connection
        connection.execute("checkpoint warehouse")
    except (duckdb.Error, OSError) as problem:
        raise _unwritten(draft, problem) from problem
    finally:
        connection.close()


def _unwritten(draft: Path, problem: Exception) -> WarehouseError:
    """Why a version could not be written, a full disk in plain words; what was published before stays served."""
    is_full = isinstance(problem, OSError) and problem.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    if is_full or FULL_DISK.search(str(problem)):
        free_mb = shutil.disk_usage(draft.parent).free // 2**20
        return WarehouseError(f"there is no room for the new version in {draft.parent} ({free_mb:,} MB free); make room and refresh again. "
                              "What was published before is unchanged")
    return WarehouseError(f"the new version could not be written: {problem}. What was published before is unchanged")


def publish_draft(home: Home, draft: Path) -> Path:
    """Path of the version just published from the draft. Needs the writer lock, and no open connection to the draft."""
    wal = Path(f"{draft}.wal")
    if wal.exists():
        raise WarehouseError(f"{draft} was not closed cleanly; the old version stays")
    version = _versions(home) / f"wh-{_next_number(home):06d}.duckdb"
    sync(draft)
    draft.chmod(0o444)
    draft.replace(version)
    link = home.warehouse / "tightlog.duckdb.new"
    link.unlink(missing_ok=True)
    link.symlink_to(Path("versions") / version.name)
    link.replace(home.database)
    sync(_versions(home))
    sync(home.warehouse)
    _drop_old(home)
    return version


def _versions(home: Home) -> Path:
    folder = home.warehouse / "versions"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _published(home: Home) -> list[Path]:
    return sorted(_versions(home).glob("wh-*.duckdb"), key=_number)


def _number(version: Path) -> int:
    return int(version.stem.removeprefix("wh-"))


def _next_number(home: Home) -> int:
    return max((_number(version) for version in _published(home)), default=0) + 1


def _drop_old(home: Home) -> None:
    for version in _published(home)[:-KEPT_VERSIONS]:
        version.unlink(missing_ok=True)
        Path(f"{version}.wal").unlink(missing_ok=True)
