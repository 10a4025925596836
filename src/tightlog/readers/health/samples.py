"""Samples (records of a quantity) found in a piece of Apple's XML, as columns.

    <Record type="HKQuantityTypeIdentifierHeartRate" sourceName="Watch" device="…"
     unit="count/min" creationDate="2023-05-01 07:31:09 +0200"
     startDate="2023-05-01 07:31:02 +0200" endDate="2023-05-01 07:31:02 +0200" value="142"/>

An export holds millions. As Apple writes them, their last attributes lie at known distances from
the next tag, so that all of a piece are read at once; any other way of writing is read one by one.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tightlog.readers.health.quantities import PREFIX, QUANTITIES, UNITS, number_in
from tightlog.readers.health.sources import label
from tightlog.readers.health.tags import Attributes, attributes_of, tag_at
from tightlog.readers.health.times import CLOCK_LENGTH, clock_seconds, seconds_of

Bytes = NDArray[np.uint8]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]

RECORD, TYPE = b"<Record ", b'type="HKQuantityTypeIdentifier'
NAME_AT = len(RECORD) + len(TYPE)
AFTER_NAME = b'" sourceName="'
# A value has at most so many characters; longer ones are read one by one.
VALUE_LENGTH = 24
# So many bytes lie before and behind the text, so that nothing that is looked at is outside.
PADDING = 256
BEFORE_VALUE, BEFORE_END, BEFORE_START = b'" value="', b'" endDate="', b'" startDate="'
BEFORE_CREATED = b'" creationDate="'
# Most records end `"/>` or `">`, a line and a blank or two before the next tag.
USUAL_END = 5
# Times and numbers are made of so many samples at once.
AT_ONCE = 50_000
# Of one length in one piece: so many are compared with all at once.
FEW_HEADS = 8
MAX_HEADS = 100_000
MAX_SOURCES = 65_535
QUOTE = ord('"')


@dataclass
class Column:
    """Samples of one quantity: UTC seconds since 1970 from and to, values, places of sources."""

    started_s: list[NDArray[np.uint32]] = field(default_factory=list)
    ended_s: list[NDArray[np.uint32]] = field(default_factory=list)
    values: list[NDArray[np.float64]] = field(default_factory=list)
    sources: list[NDArray[np.uint16]] = field(default_factory=list)


@dataclass
class _Texts:
    """Samples of one quantity that are still text: times and values; sources and the factors of
    their units.
    """

    starts: list[NDArray[np.bytes_]] = field(default_factory=list)
    ends: list[NDArray[np.bytes_]] = field(default_factory=list)
    values: list[NDArray[np.bytes_]] = field(default_factory=list)
    lengths: list[Places] = field(default_factory=list)
    sources: list[NDArray[np.int32]] = field(default_factory=list)
    factors: list[NDArray[np.float64]] = field(default_factory=list)
    count: int = 0


@dataclass
class Samples:
    """All samples found so far, by quantity; a source is known by its place in `sources`."""

    columns: dict[str, Column] = field(
        default_factory=lambda: {name: Column() for name in QUANTITIES}
    )
    sources: dict[str, int] = field(default_factory=dict)
    # Who each source is, by its place: what its first record says.
    labels: dict[int, str] = field(default_factory=dict)
    count: int = 0
    # Samples left out because they have no time, no number or an unknown unit.
    unread_count: int = 0
    _texts: dict[str, _Texts] = field(
        default_factory=lambda: {name: _Texts() for name in QUANTITIES}
    )
    _origins: dict[str, dict[bytes, tuple[int, float]]] = field(
        default_factory=lambda: {name: {} for name in QUANTITIES}
    )

    def take(self, padded: bytearray, stop: int) -> None:
        """Adds the samples of whole tags that lie between the padding and `stop`, behind which
        there is as much padding.
        """
        text = np.frombuffer(padded, dtype=np.uint8)
        tags = np.flatnonzero(text[PADDING:stop] == ord("<")) + PADDING
        if not tags.size:
            return
        words = _at_each_place(padded, "<u8")
        word = words[tags]
        is_record = (word & MASK_7) == _word(b"<Record")
        tags, ends = tags[is_record], np.append(tags[1:], stop)[is_record]
        is_plain = word[is_record] == _word(RECORD)
        is_plain &= words[tags + len(RECORD)] == _word(b'type="HK')
        for place in tags[~is_plain].tolist():
            self._take_slowly(padded, place)
        tags, ends = tags[is_plain], ends[is_plain]
        names = words[tags + NAME_AT], words[tags + NAME_AT + 8]
        for name in QUANTITIES:
            begin = (name.encode() + AFTER_NAME)[:16]
            found = (names[0] == _word(begin[:8])) & (names[1] == _word(begin[8:]))
            # Two long names may begin alike.
            found[found] = words[tags[found] + NAME_AT + len(name)] == _word(AFTER_NAME[:8])
            if found.any():
                self._take(name, padded, tags[found], _last_quotes(text, ends[found]))

    def finish(self) -> None:
        """Makes times and numbers of everything that is still text."""
        for name in QUANTITIES:
            self._convert(name)

    def _take(self, name: str, padded: bytearray, starts: Places, last: Places) -> None:
        """Adds the samples of one quantity: those written as Apple does at once, others one by
        one.
        """
        values = _at_each_place(padded, f"S{VALUE_LENGTH}")[last - VALUE_LENGTH]
        length = _length_of_value(values)
        end_at = last - length - len(BEFORE_VALUE) - CLOCK_LENGTH
        start_at = end_at - len(BEFORE_END) - CLOCK_LENGTH
        created_at = start_at - len(BEFORE_START) - CLOCK_LENGTH
        is_usual, words = length < VALUE_LENGTH, _at_each_place(padded, "<u8")
        for before, place in (
            (BEFORE_VALUE, last - length),
            (BEFORE_END, end_at),
            (BEFORE_START, start_at),
            (BEFORE_CREATED, created_at),
        ):
            is_usual &= words[place - 8] == _word(before[-8:])
        head_at = starts + (NAME_AT + len(name) + 2)
        head_end = created_at - (len(BEFORE_CREATED) - 1)
        is_usual &= head_end > head_at
        for place in starts[~is_usual].tolist():
            self._take_slowly(padded, place)
        clocks, texts = _at_each_place(padded, f"S{CLOCK_LENGTH}"), self._texts[name]
        texts.starts.append(clocks[start_at[is_usual]])
        texts.ends.append(clocks[end_at[is_usual]])
        texts.values.append(values[is_usual])
        texts.lengths.append(length[is_usual])
        sources, factors = self._origins_of(name, padded, head_at[is_usual], head_end[is_usual])
        texts.sources.append(sources)
        texts.factors.append(factors)
        texts.count += sources.size
        if texts.count >= AT_ONCE:
            self._convert(name)

    def _origins_of(
        self, name: str, padded: bytearray, starts: Places, ends: Places
    ) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """Sources and factors of the units by the attributes before the times, of which there are
        few different ones.
        """
        sources = np.zeros(starts.size, dtype=np.int32)
        factors = np.full(starts.size, np.nan)
        lengths = ends - starts
        for length in np.unique(lengths).tolist():
            left = np.flatnonzero(lengths == length)
            heads = _at_each_place(padded, f"S{length}")[starts[left]]
            for _ in range(FEW_HEADS):
                if not left.size:
                    break
                same = heads == heads[0]
                origin = self._origin_of(name, bytes(heads[0]))
                sources[left[same]], factors[left[same]] = origin
                left, heads = left[~same], heads[~same]
            for place, head in zip(left.tolist(), heads.tolist(), strict=True):
                sources[place], factors[place] = self._origin_of(name, head)
        return sources, factors

    def _origin_of(self, name: str, head: bytes) -> tuple[int, float]:
        """Source, and factor of the unit, by the attributes before the times."""
        known = self._origins[name]
        if head not in known:
            if len(known) > MAX_HEADS:
                known.clear()
            said = attributes_of(head)
            known[head] = self._origin(name, said)
        return known[head]

    def _origin(self, name: str, said: Attributes) -> tuple[int, float]:
        # More sources than any phone has are one.
        source = said.get("sourceName", "")
        place = self.sources.setdefault(source, min(len(self.sources), MAX_SOURCES))
        self.labels.setdefault(place, label(source, said.get("device")))
        return place, UNITS[name].get(said.get("unit") or "", np.nan)

    def _convert(self, name: str) -> None:
        texts, self._texts[name] = self._texts[name], _Texts()
        if not texts.count:
            return
        started_s, has_start = clock_seconds(np.concatenate(texts.starts))
        ended_s, has_end = clock_seconds(np.concatenate(texts.ends))
        numbers = _numbers(np.concatenate(texts.values), np.concatenate(texts.lengths))
        values = numbers * np.concatenate(texts.factors)
        is_known = has_start & has_end & np.isfinite(values)
        places = np.concatenate(texts.sources)
        self._add(name, started_s[is_known], ended_s[is_known], values[is_known], places[is_known])
        self.unread_count += int((~is_known).sum())

    def _add(
        self,
        name: str,
        started_s: NDArray[np.int64],
        ended_s: NDArray[np.int64],
        values: NDArray[np.float64],
        sources: NDArray[np.int32],
    ) -> None:
        column = self.columns[name]
        column.started_s.append(started_s.astype(np.uint32))
        column.ended_s.append(ended_s.astype(np.uint32))
        column.values.append(values)
        column.sources.append(sources.astype(np.uint16))
        self.count += values.size

    def _take_slowly(self, padded: bytearray, place: int) -> None:
        """Adds the sample of one tag, however it is written."""
        tag = tag_at(padded, place)
        if tag is None:
            self.unread_count += 1
            return
        said = tag.attributes
        name = said.get("type", "").removeprefix(PREFIX)
        if name not in UNITS:
            return
        started_s, ended_s = seconds_of(said.get("startDate")), seconds_of(said.get("endDate"))
        value = number_in(said.get("value"), said.get("unit"), UNITS[name])
        if started_s is None or value is None:
            self.unread_count += 1
            return
        times = np.array([started_s]), np.array([started_s if ended_s is None else ended_s])
        source, _ = self._origin(name, said)
        self._add(name, *times, np.array([value]), np.array([source], dtype=np.int32))


MASK_7 = np.uint64(0x00FF_FFFF_FFFF_FFFF)


def _word(text: bytes) -> np.uint64:
    return np.uint64(int.from_bytes(text, "little"))


def _at_each_place(padded: bytearray, kind: str) -> NDArray[Any]:
    """A view that holds what begins at each place of the text."""
    dtype = np.dtype(kind)
    return np.ndarray((len(padded) - dtype.itemsize + 1,), dtype, padded, 0, (1,))


def _last_quotes(text: Bytes, ends: Places) -> Places:
    """Where the last quote of each tag is, before `/>` and what is blank up to the next tag."""
    place = ends - USUAL_END
    for index in np.flatnonzero(text[place] != QUOTE).tolist():
        end = int(ends[index])
        behind = text[end - PADDING : end].tobytes().rstrip(b" \t\r\n/>")
        place[index] = end - PADDING + len(behind) - 1
    return place


def _length_of_value(values: NDArray[np.bytes_]) -> Places:
    """How many characters of each text lie behind its last quote; all where it has none."""
    characters = _characters(values)
    length = np.zeros(values.size, dtype=np.int64)
    is_open = np.ones(values.size, dtype=np.bool_)
    for place in range(VALUE_LENGTH - 1, -1, -1):
        is_open &= characters[:, place] != QUOTE
        if not is_open.any():
            break
        length += is_open
    return length


def _characters(texts: NDArray[np.bytes_]) -> Bytes:
    return np.ascontiguousarray(texts).view(np.uint8).reshape(texts.size, -1)


def _numbers(texts: NDArray[np.bytes_], lengths: Places) -> NDArray[np.float64]:
    """Numbers at the end of the texts; NaN where there is none."""
    is_before = np.arange(VALUE_LENGTH)[None, :] < VALUE_LENGTH - lengths[:, None]
    blanked = np.where(is_before, np.uint8(ord(" ")), _characters(texts))
    values = blanked.view(f"S{VALUE_LENGTH}")[:, 0]
    try:
        return values.astype(np.float64)
    except ValueError:
        return np.array([_number(one) for one in values.tolist()])


def _number(text: bytes) -> float:
    try:
        return float(text)
    except ValueError:
        return np.nan
