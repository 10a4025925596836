"""The published version as a refresh finds it: read once, into one frozen value."""

from contextlib import suppress
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from pathlib import Path

import polars as pl

from tightlog.domain.frames import UTC_INSTANT, Columns
from tightlog.errors import NoWarehouse, WarehouseError
from tightlog.home.settings import Home
from tightlog.warehouse import store
from tightlog.warehouse.access import segment_folder

FILES_SCHEMA: Columns = {
    "path": pl.String,
    "member": pl.String,
    "sha256": pl.String,
    "stat_fingerprint": pl.String,
    "first_seen_at": UTC_INSTANT,
}


class Records(StrEnum):
    """Where the records are that a version names: here, here but under another path (the home was
    moved), or no longer there.
    """

    HERE = "here"
    MOVED = "moved"
    LOST = "lost"


@dataclass(frozen=True)
class Publication:
    """What a version says of itself; None where the tightlog that made it did not say."""

    schema_version: int | None
    tightlog_version: str | None
    as_of_day: date | None
    time_zone: str | None
    settings_fingerprint: str | None
    journal_fingerprint: str | None
    diary_fingerprint: str | None
    reads_wellness: bool | None
    is_analysed: bool | None


@dataclass(frozen=True)
class Published:
    """The version that is served (None where there is none): its path, what it says of itself
    (None when it cannot be read), the files it knows, one row per path and archive member, and
    where its records are.
    """

    version: Path | None = None
    publication: Publication | None = None
    files: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=dict(FILES_SCHEMA)))
    records: Records = Records.HERE


def published(home: Home) -> Published:
    """What the home's published version holds, whichever tightlog made it."""
    try:
        version = store.linked_version(home)
    except NoWarehouse:
        return Published()
    # One opening for all that is asked; of a file that does not open nothing is known.
    with suppress(WarehouseError), store.open_version(version):
        return Published(version, _publication(version), _files(version), records(version))
    return Published(version)


def records(version: Path) -> Records:
    """Where the records are that a version names."""
    try:
        named = store.segment_files(version)
    except WarehouseError:
        return Records.HERE
    folder = segment_folder(version)
    if not all((folder / path.name).is_file() for path in named):
        return Records.LOST
    return Records.HERE if all(path.parent == folder for path in named) else Records.MOVED


def _publication(version: Path) -> Publication | None:
    try:
        rows = store.relation(version, "publication")
    except WarehouseError:
        return None
    if rows.is_empty():
        return None
    row = rows.row(0, named=True)
    return Publication(**{one.name: row.get(one.name) for one in fields(Publication)})


def _files(version: Path) -> pl.DataFrame:
    """The known columns of `source_file`; a version of another format may lack some."""
    try:
        rows = store.relation(version, "source_file")
    except WarehouseError:
        return pl.DataFrame(schema=dict(FILES_SCHEMA))
    missing = [
        pl.lit(None, kind).alias(name)
        for name, kind in FILES_SCHEMA.items()
        if name not in rows.columns
    ]
    return rows.with_columns(missing).select(*FILES_SCHEMA)
