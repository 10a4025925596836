"""An Apple export as parts: one content for each workout with the samples of its time, and one for
the entries of back pain.

A part is made of what was measured alone, in UTC and fixed units, without names of people and
devices and without what differs from export to export. So the part of a workout is the same in the
next export, and is not read again.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tightlog.readers.health.day_part import (
    NIGHTS_AND_DAYS,
    STEPS,
    Counts,
    day_header,
    sampled_by_label,
)
from tightlog.readers.health.export_scan import Element, Scan, Stream, scanned
from tightlog.readers.health.kinds import kind_of
from tightlog.readers.health.part_format import SAMPLE, packed
from tightlog.readers.health.quantities import OF_DAYS, OF_WORKOUTS, QUANTITIES
from tightlog.readers.health.routes import location_route, route_path, track_of
from tightlog.readers.health.samples import Column
from tightlog.readers.health.times import seconds_of
from tightlog.readers.health.workout_facts import Facts, workout_facts
from tightlog.words.numbers import counted

# A sample that lasts longer says nothing of a workout inside it.
LONGEST_SAMPLE_S = 3_600
SYMPTOMS = "lower back pain"
# The bytes of a route by its path in the export; None where it is not there.
RouteOf = Callable[[str], bytes | None]


@dataclass(frozen=True)
class HealthPart:
    """One part: its name, and its bytes as soon as its routes are known."""

    name: str
    header: Mapping[str, Any]
    samples: Mapping[str, NDArray[np.void]] = field(default_factory=dict)
    route_paths: tuple[str, ...] = ()
    routes: tuple[bytes, ...] = ()

    def data(self) -> bytes:
        """The bytes of the part as `part_format` has them."""
        return packed(self.header, self.samples, self.routes)

    def with_routes(self, route_of: RouteOf) -> tuple["HealthPart", tuple[str, ...]]:
        """The part with the routes beside the export that are of its time, and their paths."""
        found = {}
        for path in self.route_paths:
            route = route_of(path)
            track = None if route is None else track_of(route, self.header)
            if track is not None:
                found[path] = track
        return replace(self, routes=(*self.routes, *found.values())), tuple(found)


@dataclass(frozen=True)
class HealthExport:
    """What an Apple export holds: its parts, and in words; why not everything is known when the
    last part was given.
    """

    parts: Iterator[HealthPart]
    words: str
    problems: list[str] = field(default_factory=list)

    @property
    def problem(self) -> str | None:
        """Why not everything in it was read; None when it was."""
        return "; ".join(self.problems) or None

    @property
    def reason(self) -> str:
        """What became of the XML itself, in words."""
        listed = f"{self.words}, listed one by one"
        return f"{self.problem}; {listed}" if self.problem else listed


def health_export(stream: Stream) -> HealthExport:
    """The parts of a stream of Apple's XML, read to its end before the first is given."""
    scan = scanned(stream)
    workouts = _each_once(scan)
    words = (
        f"Apple Health's export: {counted(len(workouts), 'workout')} and "
        f"{counted(len(scan.symptoms), 'entry', 'entries')} of lower back pain"
    )
    return HealthExport(_parts(scan, workouts), words, scan.problems)


def _each_once(scan: Scan) -> list[tuple[Element, Facts]]:
    """Workouts with a time, in its order, each once."""
    found: dict[tuple[int, int, str, str], tuple[Element, Facts]] = {}
    timeless = 0
    for element in scan.workouts:
        facts = workout_facts(element)
        if facts is None:
            timeless += 1
            continue
        source = element.attributes.get("sourceName", "")
        key = (facts.started_s, facts.ended_s, facts.kind, source)
        if key not in found or element.is_whole:
            found[key] = element, facts
    if timeless:
        scan.problems.append(f"{counted(timeless, 'workout')} without a time")
    return [found[key] for key in sorted(found)]


def _parts(scan: Scan, workouts: Sequence[tuple[Element, Facts]]) -> Iterator[HealthPart]:
    if scan.symptoms:
        yield HealthPart(SYMPTOMS, {"symptoms": _symptoms(scan.symptoms)})
    columns = {name: _Sorted.of(scan.samples.columns.pop(name)) for name in QUANTITIES}
    yield from _days(scan, columns)
    columns = {name: columns[name] for name in OF_WORKOUTS}
    names: dict[str, int] = {}
    for element, facts in workouts:
        source = scan.samples.sources.get(element.attributes.get("sourceName", ""))
        samples = {
            name: own
            for name, column in columns.items()
            if (own := column.during(facts.started_s, facts.ended_s, source)).size
        }
        at = datetime.fromtimestamp(facts.started_s, UTC)
        name = f"{at:%Y-%m-%dT%H%M%SZ} {kind_of(facts.kind)}"
        names[name] = names.get(name, 0) + 1
        number = "" if names[name] == 1 else f" ({names[name]})"
        references = element.all("FileReference")
        paths = dict.fromkeys(route_path(one.get("path", "")) for one in references)
        own_route = location_route(element.all("Location"))
        yield HealthPart(
            name.replace("/", " ") + number,
            {"workout": vars(facts)},
            samples,
            tuple(path for path in paths if path),
            (own_route,) if own_route else (),
        )


def _days(scan: Scan, columns: Mapping[str, "_Sorted"]) -> Iterator[HealthPart]:
    """The part of the nights and days; none where nothing was measured."""
    spans = {
        name: column.spans for name in (*OF_DAYS, STEPS) if (column := columns[name]).started_s.size
    }
    begins = [int(one.started_s.min()) for one in spans.values()]
    ends = [int(one.ended_s.max()) for one in spans.values()]
    begins += [one.started_s for one in scan.entries.found]
    ends += [one.ended_s for one in scan.entries.found]
    if begins:
        from_s = min(begins)
        header = day_header(sorted(scan.entries.found, key=str), from_s, max(ends))
        samples = sampled_by_label(spans, scan.samples.labels, from_s)
        yield HealthPart(NIGHTS_AND_DAYS, header, samples)


def _symptoms(elements: Sequence[Element]) -> list[Mapping[str, Any]]:
    """The entries in the order of time, each once."""
    found = {}
    for element in elements:
        said = element.attributes
        started_s, ended_s = seconds_of(said.get("startDate")), seconds_of(said.get("endDate"))
        if started_s is not None:
            grade = said.get("value", "").removeprefix("HKCategoryValueSeverity")
            zone = element.metadata.get("HKTimeZone")
            entry = {
                "started_s": started_s,
                "ended_s": started_s if ended_s is None else ended_s,
                "grade": grade,
                "zone": zone,
            }
            found[(started_s, ended_s or started_s, grade)] = entry
    return [found[key] for key in sorted(found)]


@dataclass(frozen=True)
class _Sorted:
    """Samples of one quantity by their start."""

    started_s: NDArray[np.uint32]
    ended_s: NDArray[np.uint32]
    values: NDArray[np.float64]
    sources: NDArray[np.uint16]

    @property
    def spans(self) -> Counts:
        """The samples in whole numbers that can be subtracted."""
        whole = (self.started_s, self.ended_s, self.sources)
        started_s, ended_s, sources = (part.astype(np.int64) for part in whole)
        return Counts(started_s, ended_s, self.values, sources)

    @classmethod
    def of(cls, column: Column) -> "_Sorted":
        """All of a column; its own lists are emptied."""
        started_s, ended_s, values, sources = (
            _whole(part, dtype)
            for part, dtype in (
                (column.started_s, np.uint32),
                (column.ended_s, np.uint32),
                (column.values, np.float64),
                (column.sources, np.uint16),
            )
        )
        order = np.argsort(started_s, kind="stable")
        return cls(started_s[order], ended_s[order], values[order], sources[order])

    def during(self, from_s: int, until_s: int, source: int | None) -> NDArray[np.void]:
        """Samples of a workout's time by its own source; of the only other source where that has
        none.
        """
        first, stop = np.searchsorted(self.started_s, (from_s - LONGEST_SAMPLE_S, until_s + 1))
        within = slice(int(first), int(stop))
        started_s, ended_s = self.started_s[within], self.ended_s[within]
        is_during = (started_s >= from_s) | (ended_s > from_s)
        sources = self.sources[within]
        others = np.unique(sources[is_during])
        if source is None or source not in others:
            source = int(others[0]) if others.size == 1 else None
        chosen = is_during & (sources == source) if source is not None else is_during & False
        found = np.empty(int(chosen.sum()), dtype=SAMPLE)
        found["started_s"] = started_s[chosen].astype(np.int64) - from_s
        found["ended_s"] = ended_s[chosen].astype(np.int64) - from_s
        found["value"] = self.values[within][chosen]
        return np.unique(found)


def _whole(parts: list[Any], dtype: type[Any]) -> NDArray[Any]:
    """The parts one behind the other; the list is emptied."""
    whole = np.concatenate([np.empty(0, dtype=dtype), *parts])
    parts.clear()
    return whole
