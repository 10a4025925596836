"""One pass over Apple's XML in bounded memory: its workouts and entries of back pain whole, its
samples as columns; everything else is passed over unread.

The text is never parsed as a document: its document type, which some versions of iOS write wrongly,
is not looked at, a file that ends early gives what came before, and no entity is ever expanded.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from tightlog.readers.health.category_records import Entries
from tightlog.readers.health.samples import PADDING, Samples
from tightlog.readers.health.tags import Attributes, Tag, tag_at, tags
from tightlog.words.numbers import counted

READ_BYTES = 2 * 2**20
# A workout with an hour of its own positions has 2 MB.
MAX_ELEMENT_BYTES = 32 * 2**20
# Fifteen years of a heart rate every minute; in memory 18 bytes each.
MAX_SAMPLES = 8_000_000
# A workout every hour for as long.
MAX_ELEMENTS = 130_000
SYMPTOM = "HKCategoryTypeIdentifierLowerBackPain"
WORKOUT_START, RECORD_START = re.compile(rb"<Workout\s"), re.compile(rb"<Record\s")
WORKOUT_END, RECORD_END = b"</Workout>", b"</Record>"
VERSION = re.compile(rb"HealthKit Export Version:\s*(\d+)")
# 3 is of 2016, 14 of iOS 18.
NEWEST_VERSION = 14
# The end of the root stands near the end of the file.
END, TAIL_BYTES = b"</HealthData", 65_536


class Stream(Protocol):
    """What gives its text piece by piece, and b"" at its end."""

    def read(self, size: int, /) -> bytes:
        """So many bytes, or fewer."""


@dataclass(frozen=True)
class Element:
    """An element with what is in it: the attributes of its own tag, and the tags inside."""

    attributes: Attributes
    inside: tuple[Tag, ...] = ()
    is_whole: bool = True

    @property
    def metadata(self) -> Mapping[str, str]:
        """Its metadata, by key."""
        return {
            tag.attributes.get("key", ""): tag.attributes.get("value", "")
            for tag in self.inside
            if tag.name == "MetadataEntry"
        }

    def all(self, name: str) -> list[Attributes]:
        """Attributes of each tag of a name inside."""
        return [tag.attributes for tag in self.inside if tag.name == name and not tag.is_end]


@dataclass
class Scan:
    """What was found in an export, and why not everything."""

    workouts: list[Element] = field(default_factory=list)
    symptoms: list[Element] = field(default_factory=list)
    samples: Samples = field(default_factory=Samples)
    entries: Entries = field(default_factory=Entries)
    problems: list[str] = field(default_factory=list)


def scanned(stream: Stream) -> Scan:
    """Everything a stream of Apple's XML holds that is read; an OSError of the stream is a
    problem, what came before it stays.
    """
    found, text = Scan(), _Text()
    piece, problem = next_piece(stream)
    found.problems += _of_version(piece)
    while piece:
        _take(found, text, piece, is_last=False)
        piece, problem = next_piece(stream)
    _take(found, text, piece, is_last=True)
    if problem or not text.is_ended:
        found.problems.append(problem or "the file ends before its end; export it again")
    found.samples.finish()
    found.entries.finish()
    return replace(found, problems=[*dict.fromkeys(found.problems), *_left_out(found)])


@dataclass
class _Text:
    """The text that is looked at now, with padding around it."""

    padded: bytearray = field(default_factory=lambda: bytearray(b" " * PADDING))
    is_ended: bool = False


def next_piece(stream: Stream) -> tuple[bytes, str | None]:
    """The next piece of a stream, empty at its end, and why it ended too early."""
    try:
        return stream.read(READ_BYTES), None
    # How zipfile, zlib and disks say that a file is damaged.
    except Exception as problem:  # noqa: BLE001
        return b"", f"it cannot be unpacked to its end ({problem})"


def _take(found: Scan, text: _Text, piece: bytes, is_last: bool) -> None:
    """Takes what is whole in the text and the next piece of it; the rest waits in the text."""
    whole = bytearray().join((text.padded, piece))
    # A raw < never stands in a tag: before the last one every tag is whole.
    stop = len(whole) if is_last else max(whole.rfind(b"<"), PADDING)
    stop = _take_elements(found, whole, stop, is_last)
    text.is_ended = text.is_ended or whole.find(END, max(PADDING, len(whole) - TAIL_BYTES)) >= 0
    found.entries.take(whole, PADDING, stop)
    rest = whole[stop:]
    if len(rest) > MAX_ELEMENT_BYTES:
        found.problems.append(f"a tag or workout of more than {MAX_ELEMENT_BYTES // 2**20} MB")
        rest = bytearray()
    if found.samples.count < MAX_SAMPLES:
        # What waits lies behind, as padding that belongs to no sample.
        del whole[stop:]
        whole += b" " * PADDING
        found.samples.take(whole, stop)
        if found.samples.count >= MAX_SAMPLES:
            found.problems.append(f"more than {MAX_SAMPLES:,} samples: the others are not read")
    text.padded = bytearray(b" " * PADDING) + rest


def _take_elements(found: Scan, text: bytearray, stop: int, is_last: bool) -> int:
    """Takes the workouts and entries of back pain before a place; the place up to which all are
    whole.
    """
    place = PADDING
    for start, close in _starts(text, stop):
        if start < place:
            continue
        end, is_whole = _end_of(text, start, close, stop)
        if end is None and not is_last:
            return start
        place = stop if end is None else end
        first = tag_at(text, start)
        if first is None:
            continue
        if close == RECORD_END and first.attributes.get("type") != SYMPTOM:
            continue
        into = found.workouts if close == WORKOUT_END else found.symptoms
        inside = () if first.is_empty else tuple(tags(bytes(text[start:place])))[1:]
        if len(into) < MAX_ELEMENTS:
            into.append(Element(first.attributes, inside, is_whole))
        else:
            found.problems.append(f"more than {MAX_ELEMENTS:,} workouts or entries of one kind")
    return stop


def _starts(text: bytearray, stop: int) -> Iterator[tuple[int, bytes]]:
    """Where workouts and entries of back pain begin, in order, and how they end."""
    starts = [
        (place, WORKOUT_END)
        for place in _places(text, b"<Workout", stop)
        if text[place + len(b"<Workout") : place + len(b"<Workout") + 1].isspace()
    ]
    for place in _places(text, SYMPTOM.encode(), stop):
        start = max(text.rfind(b"<", PADDING, place), PADDING)
        if text.startswith(b"<Record", start):
            starts.append((start, RECORD_END))
    yield from sorted(starts)


def _places(text: bytearray, wanted: bytes, stop: int) -> Iterator[int]:
    """Where a text stands before a place; finding it so is far faster than by a pattern."""
    place = text.find(wanted, PADDING, stop)
    while place >= 0:
        yield place
        place = text.find(wanted, place + 1, stop)


def _end_of(text: bytearray, start: int, close: bytes, stop: int) -> tuple[int | None, bool]:
    """Where the element that begins here ends, and whether it is whole; None where that is not
    known yet.
    """
    tag_end = text.find(b">", start, stop)
    if tag_end >= 0 and text[tag_end - 1] == ord("/"):
        return tag_end + 1, True
    end = text.find(close, start, stop)
    # One whose end is missing ends where the next one begins.
    begins = WORKOUT_START if close == WORKOUT_END else RECORD_START
    other = begins.search(text, start + 1, stop if end < 0 else end)
    if other is not None:
        return other.start(), False
    return (None, False) if end < 0 else (end + len(close), True)


def _of_version(head: bytes) -> list[str]:
    match = VERSION.search(head[:65_536])
    if match is None or len(match[1]) > 4 or int(match[1]) <= NEWEST_VERSION:
        return []
    return [f"export version {int(match[1])} is newer than any known: something may be missing"]


def _left_out(found: Scan) -> Iterator[str]:
    """What was found and cannot be used, in words."""
    if count := found.samples.unread_count + found.entries.unread_count:
        yield f"{counted(count, 'sample')} without a time, a number or a known unit"
    broken = sum(not one.is_whole for one in (*found.workouts, *found.symptoms))
    if broken:
        whose = counted(broken, "workout or entry", "workouts or entries")
        yield f"{whose} whose end is missing"
