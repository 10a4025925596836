"""Records of a category in a piece of Apple's XML: sleep, hours of standing, minutes of mindfulness
and symptoms, one by one.

    <Record type="HKCategoryTypeIdentifierSleepAnalysis" sourceName="Watch" …
     startDate="2026-05-03 23:10:00 +0200" endDate="2026-05-04 00:25:00 +0200"
     value="HKCategoryValueSleepAnalysisAsleepCore">
      <MetadataEntry key="HKTimeZone" value="Europe/Oslo"/>
    </Record>
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from tightlog.readers.health.sources import label
from tightlog.readers.health.tags import attributes_of, tag_at
from tightlog.readers.health.times import clock_seconds, seconds_of

SLEEP, STAND, MINDFUL = "SleepAnalysis", "AppleStandHour", "MindfulSession"
# Symptoms that may go with a back; what tells of bladder, cycle or heart is not looked at.
SYMPTOMS = (
    "AbdominalCramps", "Chills", "Coughing", "Dizziness", "Fatigue", "Fever", "GeneralizedBodyAche",
    "Headache", "Nausea", "RunnyNose", "ShortnessOfBreath", "SinusCongestion", "SoreThroat",
)  # fmt: skip
KINDS = frozenset({SLEEP, STAND, MINDFUL, *SYMPTOMS})
PREFIX = b'"HKCategoryTypeIdentifier'
VALUE = "HKCategoryValue"
BEFORE_TYPE = b"<Record type="
# As Apple writes one: its type first, the times and the value last. A raw < or > is in no tag.
USUAL = re.compile(
    rb'<Record type="HKCategoryTypeIdentifier([A-Za-z]{1,60})" ([^<>]{1,4000}?)'
    rb' creationDate="[^"<>]{1,40}" startDate="([^"<>]{25})" endDate="([^"<>]{25})"'
    rb'(?: value="HKCategoryValue(\w{0,80})")?(/?)>'
)
RECORD, END = b"<Record", b"</Record>"
TIME_ZONE = re.compile(rb'key="HKTimeZone"\s+value="([\w/+-]{1,40})"')
# What is inside a record stands within so many bytes behind it.
INSIDE_BYTES = 2_000
# Thirty years of a minute's stages at night and every hour of the day.
MAX_ENTRIES = 3_000_000
AT_ONCE, MAX_HEADS = 50_000, 100_000


class Entry(NamedTuple):
    """One record: its kind, UTC seconds since 1970 from and to, Apple's value without its prefix,
    who wrote it, and its own time zone.
    """

    kind: str
    started_s: int
    ended_s: int
    value: str
    label: str
    zone: str | None


@dataclass
class Entries:
    """All such records found so far, each once."""

    # One that lies in a correlation stands in the file twice.
    found: set[Entry] = field(default_factory=set)
    unread_count: int = 0
    # Those written as Apple does, whose times are still text.
    _texts: list[tuple[str, bytes, bytes, str, str, str | None]] = field(default_factory=list)
    _labels: dict[bytes, str] = field(default_factory=dict)

    def take(self, text: bytearray, first: int, stop: int) -> None:
        """Adds the records whose tags lie between two places."""
        place = text.find(PREFIX, first, stop)
        while place >= 0 and len(self.found) < MAX_ENTRIES:
            usual = USUAL.match(text, place - len(BEFORE_TYPE), stop)
            if usual is not None:
                self._take_usual(text, usual, stop)
            else:
                self._take_slowly(text, max(text.rfind(b"<", first, place), first), stop)
            place = text.find(PREFIX, place + 1, stop)
        if len(self._texts) >= AT_ONCE:
            self.finish()

    def finish(self) -> None:
        """Makes times of everything that is still text."""
        texts, self._texts = self._texts, []
        if not texts:
            return
        started_s, has_start = clock_seconds(np.array([one[1] for one in texts]))
        ended_s, has_end = clock_seconds(np.array([one[2] for one in texts]))
        is_known = (has_start & has_end).tolist()
        times = zip(texts, started_s.tolist(), ended_s.tolist(), is_known, strict=True)
        for (kind, _, _, value, written, zone), start, end, is_read in times:
            if is_read:
                self.found.add(Entry(kind, start, max(start, end), value, written, zone))
            else:
                self.unread_count += 1

    def _take_usual(self, text: bytearray, usual: "re.Match[bytes]", stop: int) -> None:
        name, head, started, ended, value, is_empty = usual.groups()
        kind = name.decode("ascii")
        if kind in KINDS:
            zone = None if is_empty else _zone(text, usual.start(), stop)
            said = (value or b"").decode("ascii")
            self._texts.append((kind, started, ended, said, self._label(head), zone))

    def _label(self, head: bytes) -> str:
        """Who wrote it, by the attributes before the times, of which there are few."""
        if head not in self._labels:
            if len(self._labels) > MAX_HEADS:
                self._labels.clear()
            said = attributes_of(head)
            self._labels[head] = label(said.get("sourceName"), said.get("device"))
        return self._labels[head]

    def _take_slowly(self, text: bytearray, start: int, stop: int) -> None:
        """Adds the record of one tag, however it is written."""
        tag = tag_at(text, start) if text.startswith(RECORD, start) else None
        if tag is None:
            self.unread_count += 1
            return
        said = tag.attributes
        kind = said.get("type", "").removeprefix(PREFIX.decode().strip('"'))
        if kind not in KINDS:
            return
        started_s, ended_s = seconds_of(said.get("startDate")), seconds_of(said.get("endDate"))
        if started_s is None:
            self.unread_count += 1
            return
        ended_s = started_s if ended_s is None else max(started_s, ended_s)
        written = label(said.get("sourceName"), said.get("device"))
        zone = None if tag.is_empty else _zone(text, start, stop)
        value = said.get("value", "").removeprefix(VALUE)
        self.found.add(Entry(kind, started_s, ended_s, value, written, zone))


def _zone(text: bytearray, start: int, stop: int) -> str | None:
    end = text.find(END, start, min(stop, start + INSIDE_BYTES))
    match = TIME_ZONE.search(text, start, end) if end >= 0 else None
    return None if match is None else match[1].decode("ascii")
