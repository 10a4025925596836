"""A preview of a table as a diary, read by the same code that reads it once it is in data/raw."""

from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from tightlog.domain.diary import DiaryMapping
from tightlog.domain.reading import Reading
from tightlog.home.settings import Home
from tightlog.ingest.reading import Content, reading
from tightlog.ingest.source import location_of
from tightlog.language.choice import ENGLISH, spoken
from tightlog.readers.archive import members
from tightlog.readers.content import GZIP_MAGIC, gunzipped, is_zip
from tightlog.readers.diary import MAX_DIARY_BYTES, diary_table
from tightlog.readers.diary.outline import Outline, outline

__all__ = ["MAX_DIARY_BYTES", "Outline", "Preview", "preview", "table_bytes"]

EMPTY = Outline()


@dataclass(frozen=True)
class Preview:
    """What would be read from a table, and the columns to choose from."""

    reading: Reading
    outline: Outline

    @property
    def is_diary(self) -> bool:
        """True when it holds scores, interventions or context."""
        return bool(self.reading.scores or self.reading.interventions or self.reading.context)


def preview(
    data: bytes, name: str, home_zone: ZoneInfo, mapping: DiaryMapping | None = None
) -> Preview:
    """Preview of the bytes of a table with a name, read by the mapping or by its header."""
    with spoken(ENGLISH):
        taken = reading(Content("", data, name.rpartition("/")[2], mapping), home_zone)
    text = gunzipped(data)[0] if data.startswith(GZIP_MAGIC) else data
    return Preview(
        taken,
        EMPTY
        if len(text) > MAX_DIARY_BYTES
        else outline(text, name.removesuffix(".gz"), diary_table(text)),
    )


def table_bytes(home: Home, path: str, member: str | None) -> bytes | None:
    """Bytes of a file in data/raw, or of a member of an archive there; None when it is gone, or
    larger than a diary can be.
    """
    place = location_of(home.raw, path)
    try:
        if member is None:
            return place.read_bytes() if place.stat().st_size <= MAX_DIARY_BYTES else None
        return _member_bytes(place, member)
    except OSError:
        return None


def _member_bytes(archive: Path, member: str) -> bytes | None:
    with open(archive, "rb") as opened:
        if not is_zip(opened.read(4)):
            return None
        return next((one.data for one in members(opened) if one.name == member), None)
