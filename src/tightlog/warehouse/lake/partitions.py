"""The part of one home in a lake: a file for each relation it shares.

    lake/relation=day/home=runner-01/part-0.parquet

A file is written beside its place and renamed: a reader has the old one or the new one, and
whoever writes twice leaves one. `sql/shared/` decides the columns and rows, as it does for other
programs that ask.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import duckdb

from tightlog.errors import WarehouseError
from tightlog.home import private
from tightlog.home.durable import sync
from tightlog.language.catalogue import phrase
from tightlog.warehouse.read_only import text_of
from tightlog.warehouse.sandbox.limits import Sharing
from tightlog.warehouse.shared.held import STATEMENTS, attached

# What a home shares with each part it names.
RELATIONS_OF: Mapping[str, tuple[str, ...]] = {
    "status": ("publication", "pattern_match"),
    "estimates": ("effect", "finding", "trial", "trial_series"),
    "days": (
        "activity",
        "advice",
        "context",
        "day",
        "intervention_log",
        "tightness",
        "trial_day",
    ),
    "records": ("lap", "record"),
}
# The same in all homes of one tightlog, so held once: see one_file.
CATALOGUES = ("feature", "intervention", "pattern")
# Of the home's own settings, and what lists the columns of a version: of no use in a lake.
OF_ONE_HOME = ("pattern_threshold", "relation_guide")
FILE = "part-0.parquet"
# Not .parquet: whoever reads the folder with a star must not find it.
UNFINISHED = "part-0.unfinished"
MEMORY_BYTES = 2**29
HOME_PREFIX, RELATION_PREFIX = "home=", "relation="


def relations_of(parts: Iterable[str]) -> tuple[str, ...]:
    """The relations that the parts a home shares are made of."""
    return tuple(sorted(name for part in parts for name in RELATIONS_OF.get(part, ())))


def write_home(
    lake: Path, pseudonym: str, version: Path, parts: Sequence[str], switched_on: Sequence[str]
) -> dict[str, int]:
    """Bytes by relation of what is now in the lake of a home: what these parts hold, and no more;
    a relation without rows has no file. Raises WarehouseError.
    """
    names = relations_of(parts)
    try:
        with attached(version, Sharing(tuple(switched_on)), MEMORY_BYTES) as connection:
            sizes = {name: _written(connection, lake, pseudonym, name) for name in names}
    except (duckdb.Error, OSError) as problem:
        raise WarehouseError(
            phrase("its part of the lake could not be written: {problem}", problem=problem)
        ) from problem
    written = {name: size for name, size in sizes.items() if size}
    remove_home(lake, pseudonym, besides=written)
    return written


def remove_home(lake: Path, pseudonym: str, besides: Iterable[str] = ()) -> None:
    """Takes the files of a home out of the lake, all but those of some relations."""
    kept = {f"{RELATION_PREFIX}{name}" for name in besides}
    for folder in lake.glob(f"{RELATION_PREFIX}*/{HOME_PREFIX}{pseudonym}"):
        if folder.parent.name in kept:
            continue
        if not folder.is_dir():
            # Not ours, and in the way.
            folder.unlink(missing_ok=True)
            continue
        for file in folder.iterdir():
            file.unlink(missing_ok=True)
        folder.rmdir()


def homes_in(lake: Path) -> frozenset[str]:
    """Pseudonyms of all homes that have a file in the lake."""
    found = lake.glob(f"{RELATION_PREFIX}*/{HOME_PREFIX}*")
    return frozenset(folder.name.removeprefix(HOME_PREFIX) for folder in found)


def sweep(lake: Path) -> None:
    """Removes what killed workers left beside the files of homes: nobody writes any more."""
    for unfinished in lake.glob(f"{RELATION_PREFIX}*/{HOME_PREFIX}*/{UNFINISHED}-*"):
        unfinished.unlink(missing_ok=True)


def is_whole(lake: Path, pseudonym: str, sizes: Mapping[str, int]) -> bool:
    """True when the files of a home are there as they were written, and no others."""
    found = {
        folder.parent.name.removeprefix(RELATION_PREFIX): _size(folder / FILE)
        for folder in lake.glob(f"{RELATION_PREFIX}*/{HOME_PREFIX}{pseudonym}")
    }
    return found == dict(sizes)


def _written(connection: duckdb.DuckDBPyConnection, lake: Path, pseudonym: str, name: str) -> int:
    folder = lake / f"{RELATION_PREFIX}{name}" / f"{HOME_PREFIX}{pseudonym}"
    private.owner_only_folder(folder)
    # Two workers may write the same home: each renames a whole file.
    unfinished = folder / f"{UNFINISHED}-{os.getpid()}"
    try:
        ((count,),) = connection.execute(
            f"copy ({STATEMENTS[name]}) to {text_of(unfinished)} (format parquet, compression zstd)"
        ).fetchall()
        if count == 0:
            return 0
        unfinished.chmod(private.OWNER_ONLY)
        sync(unfinished)
        size = unfinished.stat().st_size
        unfinished.replace(folder / FILE)
    finally:
        unfinished.unlink(missing_ok=True)
    sync(folder)
    return size


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return -1
