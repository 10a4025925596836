"""The kind of a file, decided by its content and not by its name, and the reader for it."""

import zlib
from contextlib import suppress
from dataclasses import replace
from zoneinfo import ZoneInfo

from tightlog.domain.diary import NOTED, DiaryMapping
from tightlog.domain.formats import RUN_ENDINGS
from tightlog.domain.reading import Reading, no_activity, unreadable
from tightlog.readers.registry import PlainFile, reader_of
from tightlog.words.files import WELLNESS_UNREAD

MAX_FILE_BYTES = 512 * 2**20
KINDS = ", ".join(ending.removeprefix(".").upper() for ending in RUN_ENDINGS)
GZIP_MAGIC, ZIP_MAGIC = b"\x1f\x8b", b"PK\x03\x04"
SQLITE_MAGIC = b"SQLite format 3\0"

PACKINGS = (
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
    (b"\x04\x22\x4d\x18", "LZ4"),
    (b"\x1f\x9d", "compress (.Z)"),
    (b"PK\x05\x06", "an empty ZIP"),
)
TAR_MAGIC, TAR_AT = b"ustar", 257
# Spreadsheets that are not read.
SPREADSHEET_SUFFIXES = (".xls", ".xlsb", ".numbers")
# Their reason, as ReasonCode.NOT_A_DIARY.
SPREADSHEET = "a spreadsheet of another kind; save it as .xlsx or CSV and put that here"
UNPACK = "unpack it and put the files here, or pack them as ZIP"


def is_zip(head: bytes) -> bool:
    """True when the first bytes are those of a ZIP archive, whatever its name."""
    return head.startswith(ZIP_MAGIC)


def read_content(
    data: bytes,
    name: str,
    home_zone: ZoneInfo,
    mapping: DiaryMapping | None = None,
    reads_wellness: bool = True,
) -> Reading:
    """Reading of a file's bytes by the reader that recognises them; `name` is used only as a last
    hint and in reasons, `mapping` for a table. Without `reads_wellness` the nights and days of
    devices stay unread.
    """
    if data.startswith(GZIP_MAGIC):
        expanded, problem = gunzipped(data)
        if not expanded:
            return unreadable(None, problem or "an empty gzip file")
        if packing := packing_of(expanded):
            what = f"packed as {packing} within gzip (such as .tar.gz)"
            return unreadable(None, f"{what}, which is not opened; {UNPACK}")
        plain = PlainFile(expanded, name.removesuffix(".gz"), home_zone, mapping, reads_wellness)
        inner = _read_plain(plain)
        return inner if problem is None else _with_problem(inner, problem)
    return _read_plain(PlainFile(data, name, home_zone, mapping, reads_wellness))


def gunzipped(data: bytes) -> tuple[bytes, str | None]:
    """Expanded bytes of a gzip file, all its members joined, as far as they can be expanded, and
    what was wrong with it.
    """
    expanded, rest = bytearray(), data
    while rest.startswith(GZIP_MAGIC):
        expander = zlib.decompressobj(wbits=31)
        try:
            expanded += expander.decompress(rest, MAX_FILE_BYTES - len(expanded) + 1)
        except zlib.error as problem:
            found = bytes(expanded) + _salvaged(rest)
            return found[:MAX_FILE_BYTES], f"the gzip packing is damaged ({problem})"
        if expander.unconsumed_tail or len(expanded) > MAX_FILE_BYTES:
            return b"", f"expands to more than {MAX_FILE_BYTES // 2**20} MB"
        if not expander.eof:
            return bytes(expanded), "the gzip packing ends too early"
        # Tapes and some copies pad with zeros; what else follows a member belongs to none.
        rest = expander.unused_data.lstrip(b"\0")
    return bytes(expanded), None


def _salvaged(data: bytes) -> bytes:
    """The data before the damage, expanded in small steps so that little is lost."""
    expander, saved = zlib.decompressobj(wbits=31), bytearray()
    with suppress(zlib.error):
        for start in range(0, len(data), 256):
            saved += expander.decompress(data[start : start + 256])
            if len(saved) > MAX_FILE_BYTES:
                break
    return bytes(saved[:MAX_FILE_BYTES])


def _read_plain(file: PlainFile) -> Reading:
    data = file.data
    if not data.strip(b"\x00 \t\r\n"):
        return unreadable(
            None,
            (
                "the file is empty; if a sync has not downloaded it yet it is read later, else "
                "copy it again"
            )
            if not data
            else "the file holds only blanks or zeros; copy it again from the watch or the export",
        )
    reader = reader_of(file)
    if reader is None:
        return _unknown(data, file.name)
    if reader.format.holds_days and not file.reads_wellness:
        return no_activity(reader.format.name, WELLNESS_UNREAD)
    found = reader.read(file)
    return found if file.reads_wellness else _noted_alone(found)


def _noted_alone(found: Reading) -> Reading:
    """The reading without what a device measured: a program's table has both side by side."""
    kept = tuple(value for value in found.context if value.evidence == NOTED)
    return replace(found, context=kept)


def _unknown(data: bytes, name: str) -> Reading:
    if packing := packing_of(data):
        return unreadable(None, f"packed as {packing}, which is not opened; {UNPACK}")
    suffix = next((ending for ending in RUN_ENDINGS if name.lower().endswith(ending)), None)
    if suffix is None:
        return no_activity(None, f"not a run file ({KINDS}), an archive or a diary")
    return unreadable(None, f"named {suffix} but {_look_of(data)}; download or copy it again")


def packing_of(data: bytes) -> str | None:
    """Name of the packing of bytes that are not opened (ZIP and gzip are); None for others."""
    if data[TAR_AT : TAR_AT + len(TAR_MAGIC)] == TAR_MAGIC:
        return "tar"
    return next((name for magic, name in PACKINGS if data.startswith(magic)), None)


def _look_of(data: bytes) -> str:
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")):
        return "it is a web page (often an error page saved by a download)"
    if is_zip(data):
        return "it is a ZIP archive"
    if head.startswith(b"\x80") and data.rstrip().endswith(b"."):
        return "it is a Python pickle, which is never opened"
    return "its content is something else"


def _with_problem(reading: Reading, problem: str) -> Reading:
    """The same reading, marked partial (or unreadable when nothing came out) with the packing's
    problem added.
    """
    reason = problem if reading.reason is None else f"{problem}; {reading.reason_words}"
    if (
        not reading.activities
        and not reading.scores
        and not reading.context
        and not reading.interventions
    ):
        return unreadable(reading.reader, reason)
    return Reading(
        type(reading.status).PARTIAL,
        reading.reader,
        reason,
        reading.activities,
        reading.scores,
        reading.interventions,
        reading.context,
        reading.columns,
    )
