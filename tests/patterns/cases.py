"""The case files beside the rules, `rNN_name.cases.toml`: what a rule speaks of and leaves alone.

A file begins with what belongs to the rule besides its cases:

    default, brings   its default intervention, and others that must be among its interventions
    borders           the file in tests/patterns that notices a tenth more or less of its numbers;
                      "test_cases" where the cases below do
    [alone]           a history, as of a case, that trips this rule and only what it implies, and
                      `company`, what it must trip too
    [usual]           what a steady runner has of columns no other rule looks at: days.COLUMN,
                      runs.COLUMN as below, or { mean, spread } for a number that varies

It holds [[match]], [[quiet]] and [[missing]] cases: what must be told, what must stay quiet,
and what must stay quiet because something is not known. Each case has a `name` and changes a
history, the well-equipped runner no rule speaks of (140 days), or with `bare = 60` so many watched
days of which nothing else is known:

    days.COLUMN, runs.COLUMN   { PLACE = VALUE, … }, the last ones as a list, or all as one value
    run_km, load_au            { PLACE = VALUE, … } of days, and all that follows from them
    activities, scores, context, findings, red_flags, own   rows, and the runner's own thresholds

PLACE is a day (of `runs` a run): `3`, `-1` the last, `3..9`, `-20..` to the end, `..5`, `..` all,
`3../7` every seventh; days of a match likewise. VALUE `"null"` is not known. Of matches is told
`on` (exactly these days) or
`among` (these at least), and of the first of them `value`, `threshold`, `evidence`, `started_on`,
and of the first ones `states`; of quiet ones `not_on` (these days only) in place of all.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

import polars as pl

from tightlog.patterns.pattern import RED_FLAG_SCHEMA, Pattern, PatternInputs
from tightlog.simulation.steady.case_files import numbers_of, placed, told
from tightlog.simulation.steady.frames import day_of, days_frame
from tightlog.simulation.steady.quiet import COUNT, RUNS, quiet_inputs

KINDS = ("match", "quiet", "missing")


@dataclass(frozen=True)
class Case:
    """One case of a rule's file."""

    pattern: str
    kind: str
    said: Mapping[str, Any]

    @property
    def length(self) -> int:
        """Days of its history."""
        return int(self.said.get("bare", COUNT))

    def days(self, key: str) -> list[int]:
        """Numbers of the days it tells of."""
        return [
            number
            for place in self.said[key]
            for number in numbers_of(str(place), range(self.length))
        ]

    def inputs(self) -> PatternInputs:
        """What the rule looks at."""
        more: dict[str, Any] = {name: frame for name, frame in self._frames() if frame is not None}
        if own := self.said.get("own"):
            more["thresholds"] = {self.pattern: own}
        changes = self._changes("days", range(self.length))
        if "bare" in self.said:
            return PatternInputs(days_frame(self.length, changes=changes), **more)
        runs = self._changes("runs", RUNS)
        run_km, load_au = (
            placed(self.said.get(name, {}), range(COUNT)) for name in ("run_km", "load_au")
        )
        return quiet_inputs(run_km, load_au, days=changes, runs=runs, **more)

    def _changes(self, key: str, places: Any) -> dict[str, dict[int, Any]]:
        return {name: placed(value, places) for name, value in self.said.get(key, {}).items()}

    def _frames(self) -> Iterator[tuple[str, pl.DataFrame | None]]:
        rows = {
            name: [self._row(row) for row in self.said.get(name, [])]
            for name in ("activities", "scores", "context", "findings", "red_flags")
        }
        for name, listed in rows.items():
            schema = dict(RED_FLAG_SCHEMA) if name == "red_flags" else None
            yield (
                name,
                pl.DataFrame(listed, schema=schema, infer_schema_length=None) if listed else None,
            )

    def _row(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """A row whose days are dates; of an activity the start follows from its day and hour."""
        known: dict[str, Any] = {
            name: None if value == "null" else value for name, value in row.items()
        }
        for name in ("day", "started_on", "cleared_on"):
            if known.get(name) is not None:
                known[name] = day_of(known[name] % self.length)
        if "activity_id" in known:
            known["started_at"] = datetime.combine(known["day"], time(known.pop("hour", 17)), UTC)
        return known


def cases(item: Pattern) -> list[Case]:
    """The cases of a rule."""
    return [Case(item.pattern, kind, said) for kind in KINDS for said in told(item).get(kind, ())]


def history_of(item: Pattern) -> Case:
    """The history that trips a rule and no other but those it implies; KeyError without one."""
    return Case(item.pattern, "alone", told(item)["alone"])
