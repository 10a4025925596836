"""Sweeping: segments go once no version that is kept names them."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from pathlib import Path

import duckdb

from tightlog.warehouse.read_only import connected, segment_files
from tightlog.warehouse.segments.segment_names import FILE_NAME, UNFINISHED


def sweep(folder: Path, versions: Iterable[Path], named: AbstractSet[str] = frozenset()) -> None:
    """Removes the segments in the folder that none of the versions names, and unfinished ones;
    `named` are names of files known to be named by one, which need not be asked for them.

    Needs the writer lock. Where a version cannot be read, all stay. Raises OSError.
    """
    if not folder.is_dir():
        return
    found = {path.name for path in folder.iterdir() if FILE_NAME.fullmatch(path.name)}
    found -= named
    for version in versions:
        if not found:
            break
        try:
            with connected(version) as connection:
                found -= {path.name for path in segment_files(connection)}
        except duckdb.Error:
            return
    unfinished = {path.name for path in folder.iterdir() if UNFINISHED.fullmatch(path.name)}
    for name in found | unfinished:
        (folder / name).unlink(missing_ok=True)
