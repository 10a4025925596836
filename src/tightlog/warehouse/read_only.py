"""Connections to a published version that read it, its segments and nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from threading import Lock
from typing import Any

import duckdb

from tightlog.warehouse.access import READ_ONLY_CONFIG
from tightlog.warehouse.build import statement

# DuckDB takes the list of files that may be read only from a database that is open, and shares
# one among all connections of a process: the first closes it before anybody else has it.
_opening = Lock()
# The version a server keeps open between its page runs, with what tells its file from a later one
# of the same name.
_kept: dict[Path, tuple[tuple[int, int], duckdb.DuckDBPyConnection]] = {}
# Versions that stay open for now, by `held_open`.
_held: ContextVar[dict[Path, duckdb.DuckDBPyConnection] | None] = ContextVar("held", default=None)
# Read now: once confined, a process may read no more of this package.
SEGMENT_FILES = statement("ledger/segment_files")
LAKE_FILES = statement("lake/lake_files")


def connected(version: Path, more: Mapping[str, Any] | None = None) -> duckdb.DuckDBPyConnection:
    """A connection without file or network access but to the version and the segments it names;
    `more` is configuration besides. Raises duckdb.Error.
    """
    config = READ_ONLY_CONFIG | dict(more or {})
    with _opening:
        # All connections of a process share one database by its path: one made anew is another.
        if version in _kept and _kept[version][0] != _mark(version):
            _let_go()
        connection = duckdb.connect(str(version), read_only=True, config=config)
        try:
            _close(connection)
        except BaseException:
            connection.close()
            raise
    held = _held.get()
    if held is not None and version not in held:
        held[version] = duckdb.connect(str(version), read_only=True, config=config)
    return connection


@contextmanager
def held_open() -> Iterator[None]:
    """Within it, and what it is within, a version stays open once it was opened: opening it takes
    longer than most answers.
    """
    if _held.get() is not None:
        yield
        return
    held: dict[Path, duckdb.DuckDBPyConnection] = {}
    token = _held.set(held)
    try:
        yield
    finally:
        _held.reset(token)
        for connection in held.values():
            connection.close()


def keep_open(version: Path) -> None:
    """Keeps a version open until another is, or until its file is made anew: opening it takes
    longer than most answers. Raises duckdb.Error.
    """
    with _opening:
        if version in _kept and _kept[version][0] == _mark(version):
            return
        _let_go()
    mark, connection = _mark(version), connected(version)
    with _opening:
        _kept[version] = mark, connection


def _let_go() -> None:
    for _, connection in _kept.values():
        connection.close()
    _kept.clear()


def _mark(version: Path) -> tuple[int, int]:
    """What tells a file from another of its name; nothing of a missing one."""
    try:
        found = version.stat()
    except OSError:
        return (0, 0)
    return found.st_ino, found.st_mtime_ns


def segment_files(connection: duckdb.DuckDBPyConnection) -> tuple[Path, ...]:
    """Files of the segments that the version of a connection names, or of the lake of a cohort;
    none where it was made before there were any.
    """
    for named in (SEGMENT_FILES, LAKE_FILES):
        try:
            rows = connection.execute(named).fetchall()
        except duckdb.CatalogException:
            continue
        return tuple(Path(path) for (path,) in rows)
    return ()


def quoted(paths: Sequence[Path | str]) -> str:
    """Paths as a list in SQL."""
    return "[" + ", ".join(map(text_of, paths)) + "]"


def text_of(value: object) -> str:
    """A text in SQL."""
    doubled = str(value).replace("'", "''")
    return f"'{doubled}'"


def _close(connection: duckdb.DuckDBPyConnection) -> None:
    """Takes all access to other files from the database of a connection, for good."""
    ((is_locked,),) = connection.execute("select current_setting('lock_configuration')").fetchall()
    if not is_locked:
        connection.execute(f"set allowed_paths = {quoted(segment_files(connection))}")
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
