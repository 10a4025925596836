"""When a link was first seen: the record as it was known up to earlier Mondays, looked at again.

The looks lie on a fixed calendar: every thirteenth Monday up to the first that tells what is told
today, and each Monday of the thirteen weeks before that one. They are carried on while the days up
to them are the same, so a new score makes no earlier look again.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import polars as pl

from tightlog.domain.frames import Columns
from tightlog.findings.gates import FEWEST_SCORES
from tightlog.findings.read_days import OUTCOME
from tightlog.warehouse.drafts.marks import fingerprint

LOOK_SCHEMA: Columns = {
    "about": pl.String,
    "looked_on": pl.Date,
    "told": pl.List(pl.String),
    "mark": pl.String,
}
WEEK = timedelta(days=7)
GRID_WEEKS = 13
# A Monday, from which the grid is counted.
FIRST_MONDAY = date(1970, 1, 5)


@dataclass
class PastLooks:
    """Looks at what was told (`about` findings or effects) on Mondays of the record `days`; those
    known with the same mark are carried on, others made by `look`.
    """

    about: str
    days: pl.DataFrame
    look: Callable[[pl.DataFrame], list[str]]
    known: Mapping[tuple[date, str], list[str]]
    made: dict[date, tuple[str, list[str]]] = field(default_factory=dict)

    def first_seen(self, told: Iterable[str]) -> dict[str, date]:
        """The first Monday on which each of them was told; absent where it was on none yet.

        No look is made beyond those that answer this: of ten years, each costs about a second.
        """
        grid = self._grid()
        found = {}
        for name in told:
            later = next((monday for monday in grid if name in self._told(monday)), None)
            before = grid[-1] if later is None and grid else None
            if later is not None:
                place = grid.index(later)
                before = grid[place - 1] if place else None
            first = self._first_within(name, before, later)
            if first is not None:
                found[name] = first
        return found

    def frame(self) -> pl.DataFrame:
        """The looks made or carried on, in the columns of the relation past_look."""
        rows = [(self.about, day, told, mark) for day, (mark, told) in sorted(self.made.items())]
        return pl.DataFrame(rows, schema=dict(LOOK_SCHEMA), orient="row")

    def _first_within(self, name: str, before: date | None, later: date | None) -> date | None:
        mondays = self._mondays()
        if before is None and later is not None:
            before = later - GRID_WEEKS * WEEK
        within = [
            monday
            for monday in mondays
            if (before is None or monday > before) and (later is None or monday < later)
        ]
        return next((monday for monday in within if name in self._told(monday)), later)

    def _told(self, monday: date) -> list[str]:
        if monday not in self.made:
            so_far = self.days.filter(pl.col("day") <= monday)
            mark = fingerprint(so_far)
            told = self.known.get((monday, mark))
            self.made[monday] = (mark, self.look(so_far) if told is None else told)
        return self.made[monday][1]

    def _grid(self) -> list[date]:
        return [
            monday
            for monday in self._mondays()
            if (monday - FIRST_MONDAY) // WEEK % GRID_WEEKS == 0
        ]

    def _mondays(self) -> list[date]:
        # From the first on which there were enough scores, to the last day of the record.
        if OUTCOME not in self.days.columns:
            return []
        scored = self.days.filter(pl.col(OUTCOME).is_not_null())["day"].sort()
        if scored.len() < FEWEST_SCORES:
            return []
        first, last = scored[FEWEST_SCORES - 1], scored[-1]
        start = first + timedelta(days=(7 - first.weekday()) % 7)
        return [start + number * WEEK for number in range((last - start).days // 7 + 1)]


def known_looks(
    before: Mapping[str, pl.DataFrame], about: str
) -> dict[tuple[date, str], list[str]]:
    """What earlier looks told, by their Monday and the mark of the days up to it."""
    rows = before.get("past_look")
    if rows is None:
        return {}
    looks = rows.filter(pl.col("about") == about)
    return {
        (day, mark): told
        for day, mark, told in looks.select("looked_on", "mark", "told").iter_rows()
    }
