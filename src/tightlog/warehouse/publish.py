"""Publishing: a new version is built beside the old one, then served by one atomic swap of a link;
a kill at any instant leaves the old one in place.

    data/warehouse/tightlog.duckdb -> versions/wh-000042.duckdb     the link readers follow
    data/warehouse/versions/draft.duckdb.tmp                        the version being built
    data/warehouse/segments/…                                       records, which versions name
    data/warehouse/.writer.lock                                     held by the one writer

Other files among the versions (copies of a sync program, folders, links) are left alone. Written to
disk in this order: the segments, the version's bytes, its name, the link to it. So after a power
cut the link never points to an incomplete version.
"""

import errno
import fcntl
import os
import re
import shutil
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import duckdb

from tightlog.errors import RAISE_LIMIT, TightlogError, WarehouseError, WriterBusy
from tightlog.home import private
from tightlog.home.durable import sync
from tightlog.home.settings import Home
from tightlog.warehouse.access import segment_folder
from tightlog.warehouse.segments.sweeping import sweep

KEPT_VERSIONS = 3
DRAFT = "draft.duckdb.tmp"
# What DuckDB writes out of memory while a draft is built.
SPILL = "draft.spill"
VERSION_NAME = re.compile(r"wh-([0-9]{6,18})\.duckdb")
# What DuckDB's own command line may leave beside a version, and a share beside an open file.
OWN_NAME = re.compile(
    rf"{re.escape(DRAFT)}(\.wal)?|{re.escape(SPILL)}"
    r"|wh-[0-9]{6,18}\.duckdb\.(wal|tmp)|\.nfs[0-9a-f]+"
)
# How DuckDB says it.
FULL_DISK = re.compile(r"No space left|quota exceeded|out of disk space", re.IGNORECASE)
TOO_LONG = re.compile(r"File too large", re.IGNORECASE)
# Readable by DuckDB 1.5 command lines and by 2.0; the version sticks to the file once it is made.
STORAGE_VERSION = "v1.5.0"
# A version holds many small tables, and each takes a block at least; but texts are packed anew for
# each block: of a long history that takes a third less time in larger ones.
SMALL_BLOCK_BYTES, LARGE_BLOCK_BYTES = 32_768, 65_536
LARGE_VERSION_BYTES = 4_000_000
# How the connection of a draft names the version before it.
BEFORE = "before"
COPIED_BYTES = 1 << 20


@contextmanager
def writer_lock(home: Home) -> Iterator[None]:
    """Holds the home's one writer lock.

    Raises WriterBusy, naming the holder, when another process has it, WarehouseError when there can
    be none.
    """
    path = home.warehouse / ".writer.lock"
    with _opened_lock(path) as file:
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


def _opened_lock(path: Path) -> IO[str]:
    try:
        return open(path, "a+", encoding="utf-8", opener=private.opener)
    except IsADirectoryError as problem:
        raise WarehouseError(
            f"{path} is a folder where the writer lock should be; take it away and refresh again"
        ) from problem
    except OSError as problem:
        raise WarehouseError(
            f"nothing can be written into {path.parent} ({problem.strerror}); "
            "check its owner and permissions. "
            "What was published before is unchanged"
        ) from problem


def foreign_files(home: Home) -> tuple[Path, ...]:
    """Files among the versions that are not tightlog's: ignored, and never removed."""
    return tuple(
        path
        for path, is_version in _entries(home)
        if not is_version and not OWN_NAME.fullmatch(path.name)
    )


def has_draft(home: Home) -> bool:
    """True when a refresh before this one ended before it published."""
    return (_versions(home) / DRAFT).exists()


def start_draft(home: Home) -> Path:
    """Path of a new draft, which does not exist yet.

    Needs the writer lock. Raises WarehouseError where a folder has the place of the link.
    """
    if home.database.is_dir():
        raise WarehouseError(
            f"{home.database} is a folder where the link to the version should "
            "be; take it away and refresh again"
        )
    sweep_draft(home)
    return _versions(home) / DRAFT


def sweep_draft(home: Home) -> None:
    """Removes what a refresh that did not publish left. Needs the writer lock. Raises OSError.

    No segment is written before its draft is there, so without one no segment is left over.
    """
    draft = _versions(home) / DRAFT
    if draft.exists():
        sweep(segment_folder(draft), _published(home))
    for leftover in (draft, Path(f"{draft}.wal")):
        leftover.unlink(missing_ok=True)
    shutil.rmtree(draft.with_name(SPILL), ignore_errors=True)


@contextmanager
def swept_on_failure(home: Home) -> Iterator[None]:
    """Leaves no draft behind when the disk or the settings stop a refresh.

    After anything else, such as a lack of memory or of time, the draft stays: it tells the next
    refresh that a file may have been the reason. Needs the writer lock.
    """
    try:
        yield
    except TimeoutError:
        raise
    except (TightlogError, OSError):
        with suppress(OSError):
            sweep_draft(home)
        raise


def _from_new(_connection: duckdb.DuckDBPyConnection) -> bool:
    return False


@contextmanager
def draft_connection(
    draft: Path,
    version: Path | None = None,
    is_copied: Callable[[duckdb.DuckDBPyConnection], bool] = _from_new,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Writing connection to a draft, which is the current database of the connection; times are
    UTC. The version before it is there as `before`. A draft that is not there yet begins empty, or
    as a copy of that version where `is_copied` says so of a connection that holds it.
    """
    # One thread: its tables are small, and what it adds up is the same on any number of cores.
    connection = duckdb.connect(":memory:", config={"threads": 1})
    # No log of writes: a draft that was not finished is thrown away, never recovered.
    try:
        if version is not None:
            connection.execute(f"attach '{_quoted(version)}' as {BEFORE} (read_only)")
        if version is not None and not draft.exists() and is_copied(connection):
            _copy(version, draft)
        # A draft that is there has its blocks already, and opens with no others.
        known_bytes = 0 if version is None else version.stat().st_size
        blocks = "" if draft.exists() else f"block_size {block_bytes(known_bytes)}, "
        connection.execute(
            f"attach '{_quoted(draft)}' as warehouse "
            f"(storage_version '{STORAGE_VERSION}', {blocks}recovery_mode 'no_wal_writes')"
        )
        private.settle(draft)
        connection.execute(f"set temp_directory = '{_quoted(_spill_folder(draft))}'")
        connection.execute("use warehouse")
        connection.execute("set timezone = 'UTC'")
        # Written once, at the end: what is replaced before is never written.
        connection.execute("set checkpoint_threshold = '1TB'")
        connection.execute("set preserve_insertion_order = true")
        yield connection
        connection.execute("checkpoint warehouse")
    except TimeoutError:
        # Of the night, which took too long; not of the disk.
        raise
    except (duckdb.Error, OSError) as problem:
        raise _unwritten(draft, problem) from problem
    finally:
        connection.close()
        shutil.rmtree(draft.with_name(SPILL), ignore_errors=True)


def block_bytes(version_bytes: int) -> int:
    """How large the blocks of a draft are, by what the version before it holds."""
    return LARGE_BLOCK_BYTES if version_bytes > LARGE_VERSION_BYTES else SMALL_BLOCK_BYTES


def _copy(version: Path, draft: Path) -> None:
    with open(version, "rb") as source, open(draft, "wb", opener=private.opener) as target:
        shutil.copyfileobj(source, target, COPIED_BYTES)


def _spill_folder(draft: Path) -> Path:
    folder = draft.with_name(SPILL)
    folder.mkdir(private.CLOSED_FOLDER, exist_ok=True)
    return folder


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _unwritten(draft: Path, problem: Exception) -> WarehouseError:
    """Why a version could not be written, a full disk in plain words; what was published before
    stays served.
    """
    number = problem.errno if isinstance(problem, OSError) else None
    if number == errno.EFBIG or TOO_LONG.search(str(problem)):
        return WarehouseError(
            f"the new version in {draft.parent} is longer than a file may be here; {RAISE_LIMIT} "
            "and refresh again. What was published before is unchanged"
        )
    if number in (errno.ENOSPC, errno.EDQUOT) or FULL_DISK.search(str(problem)):
        free_mb = shutil.disk_usage(draft.parent).free // 2**20
        return WarehouseError(
            f"there is no room for the new version in {draft.parent} ({free_mb:,} MB free); "
            "make room and refresh again. "
            "What was published before is unchanged"
        )
    return WarehouseError(
        f"the new version could not be written: {problem}. What was published before is unchanged"
    )


def publish_draft(home: Home, draft: Path, named: AbstractSet[str] = frozenset()) -> Path:
    """Path of the version just published from the draft. Needs the writer lock, and no open
    connection to the draft; `named` are the files of its segments, asked of it where not given.
    """
    wal = Path(f"{draft}.wal")
    if wal.exists():
        raise WarehouseError(f"{draft} was not closed cleanly; the old version stays")
    version = _versions(home) / f"wh-{_next_number(home):06d}.duckdb"
    private.settle(draft, is_read_only=True)
    if segment_folder(draft).is_dir():
        sync(segment_folder(draft))
    sync(draft)
    draft.replace(version)
    sync(version.parent)
    _point_link(home, version)
    _drop_old(home, named)
    return version


def _point_link(home: Home, version: Path) -> None:
    """Makes readers see the version."""
    link = home.warehouse / "tightlog.duckdb.new"
    link.unlink(missing_ok=True)
    link.symlink_to(Path("versions") / version.name)
    link.replace(home.database)
    sync(home.warehouse)


def _versions(home: Home) -> Path:
    return private.folder(home.warehouse / "versions")


def _entries(home: Home) -> list[tuple[Path, bool]]:
    """What lies among the versions, by name, and whether it is one."""
    folder = home.warehouse / "versions"
    if not folder.is_dir():
        return []
    with os.scandir(folder) as entries:
        return sorted((folder / entry.name, _is_version(entry)) for entry in entries)


def _is_version(entry: "os.DirEntry[str]") -> bool:
    is_named_so = VERSION_NAME.fullmatch(entry.name) is not None
    return is_named_so and entry.is_file(follow_symlinks=False)


def _number(version: Path) -> int:
    match = VERSION_NAME.fullmatch(version.name)
    return int(match[1]) if match else 0


def _next_number(home: Home) -> int:
    # Also above the number of a folder or link: what has such a name is not ours to replace.
    return max((_number(path) for path, _ in _entries(home)), default=0) + 1


def _published(home: Home) -> list[Path]:
    """The versions, the newest first."""
    versions = (path for path, is_version in _entries(home) if is_version)
    return sorted(versions, key=_number, reverse=True)


def _drop_old(home: Home, named: AbstractSet[str]) -> None:
    published = _published(home)
    for version in published[KEPT_VERSIONS:]:
        version.unlink(missing_ok=True)
        Path(f"{version}.wal").unlink(missing_ok=True)
    sweep(home.warehouse / "segments", published[:KEPT_VERSIONS], named)
