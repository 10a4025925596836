"""The bytes of one content of data/raw again: of a file, or of a member of an archive there."""

from pathlib import Path

from tightlog.ingest.folder_tree import opened
from tightlog.ingest.source import location_of
from tightlog.readers.archive import DAMAGES, member_bytes
from tightlog.readers.content import GZIP_MAGIC, MAX_FILE_BYTES, gunzipped


def bytes_at(raw: Path, path: str, member: str | None) -> bytes | None:
    """Bytes of a file below `raw` or in a source, or of a member of it; None when they cannot be
    had any more.
    """
    try:
        with opened(location_of(raw, path)) as file:
            if member is not None:
                return member_bytes(file, member)
            return file.read(MAX_FILE_BYTES)
    except (*DAMAGES, RuntimeError):
        return None


def bytes_named(raw: Path, name: str) -> bytes | None:
    """Unpacked bytes of what is named by a path of its own, one below `raw`, or either with the
    name of an archive's member behind it. None when there is no such file.
    """
    given = name.replace(" > ", "/").replace(" › ", "/")
    for place in (Path(given).absolute(), location_of(raw, given)):
        parts = (place, *place.parents)
        file = next((part for part in parts if part.is_file()), None)
        if file is None:
            continue
        member = place.relative_to(file).as_posix() if file != place else None
        data = bytes_at(file.parent, file.name, member)
        if data is not None:
            return unpacked(data)
    return None


def unpacked(data: bytes) -> bytes:
    """The bytes a gzip file holds, as far as they can be expanded; others as they are."""
    return gunzipped(data)[0] if data.startswith(GZIP_MAGIC) else data
