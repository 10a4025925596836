"""Tightness scores in the runner's own tables and in exports: bytes → scores and context. Any
bytes give a Reading.

    date;tightness;note
    31.05.2026;3;after the long run

    Timestamp,How tight is your lower back? (0-10)
    5/31/2026 7:12:00,3

    year,month,day,region,intensity
    2026,5,31,Low back,3
"""

from functools import partial
from zoneinfo import ZoneInfo

from tightlog.domain.diary import DiaryMapping
from tightlog.domain.formats import WORKBOOK_ENDINGS, is_table_name
from tightlog.domain.reading import Reading, not_a_diary, unreadable
from tightlog.readers.diary.read_table import READER, as_table, header_names, read_table
from tightlog.readers.diary.sheets import diary_sheet, read_sheets
from tightlog.readers.diary.table import Table, is_text, table, text_of
from tightlog.readers.diary.workbook import OLE_MAGIC, is_workbook

__all__ = ["MAX_DIARY_BYTES", "diary_table", "is_diary", "read_diary"]

# Thirty years of ten long entries a day.
MAX_DIARY_BYTES = 16 * 2**20
LOCKED = (
    "a workbook with a password, or of the time before .xlsx; save it as .xlsx without a password"
)


def is_diary(data: bytes, name: str) -> bool:
    """True for a workbook, and for a text file with the name of a table."""
    if is_workbook(data):
        return True
    is_locked = data.startswith(OLE_MAGIC) and name.lower().endswith(WORKBOOK_ENDINGS)
    return is_locked or (is_table_name(name) and is_text(data))


def read_diary(
    data: bytes, name: str, home_zone: ZoneInfo, mapping: DiaryMapping | None = None
) -> Reading:
    """Scores and context of a table or of the sheets of a workbook; rows that cannot be read are
    named in the reason, the others are kept.
    """
    if len(data) > MAX_DIARY_BYTES:
        return not_a_diary(f"larger than {MAX_DIARY_BYTES // 2**20} MB")
    if data.startswith(OLE_MAGIC):
        return unreadable(READER, LOCKED)
    if is_workbook(data):
        return read_sheets(data, name, mapping, partial(read_table, home_zone=home_zone))
    return read_table(diary_table(data, mapping), name, mapping, home_zone=home_zone)


def diary_table(data: bytes, mapping: DiaryMapping | None = None) -> Table:
    """The table of a text's bytes, or of the first sheet of a workbook that is a diary; its header
    is known by the mapping's names or by those tightlog knows.
    """
    if is_workbook(data):
        return diary_sheet(data, mapping)
    found = table(text_of(data), header_names(mapping))
    return found if mapping and mapping.columns else as_table(found)
