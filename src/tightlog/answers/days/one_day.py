"""One day joined up: the night that ended on it, its scores, activities, what was done, the
patterns that began, the toss of a trial, and the morning after.
"""

from dataclasses import asdict, dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

from tightlog.answers.days.calendar_month import UNKNOWN, done_titles
from tightlog.answers.days.known import (
    CoinDay,
    Mornings,
    is_rated_in_evening,
    known,
    mornings_around,
)
from tightlog.answers.logged import Line
from tightlog.answers.morning.night import night_words
from tightlog.domain.wellness import quantity
from tightlog.home.settings import Home
from tightlog.language.catalogue import phrase
from tightlog.units import METRES_PER_KM, MINUTES_PER_HOUR
from tightlog.warehouse import store
from tightlog.words.measures import clock, distance
from tightlog.words.numbers import counted, short_number

# The one quantity that is a time of day: hours after noon.
BED_TIME, NOON_H = "bed_time_h", 12
HRV_OF_NIGHT = "hrv_rmssd_ms"


@dataclass(frozen=True)
class Noted:
    """Something known of the day or of the night that ended on it, such as `7.4 h`."""

    title: str
    amount: str
    is_of_night: bool


@dataclass(frozen=True)
class OneDay:
    """What is known of a day; `coverage` is None outside the calendar the warehouse knows."""

    day: date
    local_day: date
    coverage: str | None
    run_km: float | None
    mornings: Mornings
    lines: tuple[Line, ...]
    activities: tuple[dict[str, Any], ...]
    noted: tuple[Noted, ...]
    # The night in a sentence where it stands out.
    night: str | None
    # Patterns that began: title and the numbers that made each match.
    began: tuple[dict[str, Any], ...]
    coin: CoinDay | None
    is_flagged: bool

    @property
    def run_words(self) -> tuple[str, str]:
        """How far the day's runs went, and what is known of them: `16.1 km`, `1 run`."""
        if self.coverage is None:
            return "–", phrase("no file of this day was read yet")
        if self.coverage == UNKNOWN:
            return "?", phrase("nothing is known of training on this day")
        if self.run_km is None:
            return "?", phrase("how far is not known")
        counting = [one for one in self.activities if one["is_counted"]]
        others = sum(one["sport"] != "running" for one in counting)
        also = (
            phrase("and {activity}", activity=counted(others, "other activity", "other activities"))
            if others
            else ""
        )
        runs = counted(len(counting) - others, "run") if self.run_km else phrase("no run")
        # A day on the bike is no rest, and this day is not over.
        without = phrase("No run") if others else "–" if self.day >= self.local_day else "Rest"
        run = distance(self.run_km * METRES_PER_KM) if self.run_km else without
        return run, f"{runs} {also}".rstrip()

    @property
    def done(self) -> tuple[str, ...]:
        """Titles of what was done, each once."""
        return done_titles(self.lines)

    @property
    def is_empty(self) -> bool:
        """True where nothing at all is known of the day itself."""
        return not (self.lines or self.activities or self.noted or self.began or self.coin)

    def as_json(self) -> dict[str, Any]:
        """Everything as `--json` prints it."""
        return asdict(self) | {"done": self.done}


def one_day(home: Home, version: Path, day: date, local_day: date) -> OneDay:
    """Facts of a day from one version of the warehouse and the journal as it is now."""
    facts = known(home, version, day, day, local_day)
    found = store.answer(version, "day_known", [day]).to_dicts()
    row = found[0] if found else {"coverage": None, "run_km": None}
    return OneDay(
        day,
        local_day,
        **row,
        mornings=mornings_around(
            facts.scores, day, is_rated_in_evening=is_rated_in_evening(version)
        ),
        lines=tuple(facts.lines.get(day, ())),
        activities=tuple(store.answer(version, "day_activities", [day]).to_dicts()),
        noted=_noted(version, day),
        night=night_words(version, day),
        began=tuple(store.answer(version, "starts", [day, day]).to_dicts()),
        coin=facts.coins.get(day),
        is_flagged=day in facts.flagged,
    )


def _noted(version: Path, day: date) -> tuple[Noted, ...]:
    rows = store.answer(version, "day_context", [day]).to_dicts()
    return tuple(_noted_one(row["name"], row["value"], row["unit"]) for row in rows)


def _noted_one(name: str, value: float, unit: str | None) -> Noted:
    if name == BED_TIME:
        minutes = round((value + NOON_H) * MINUTES_PER_HOUR)
        hours, rest = divmod(minutes, int(MINUTES_PER_HOUR))
        return Noted(phrase("Start of that night's sleep"), clock(time(hours % 24, rest)), True)
    declared = quantity(name, unit)
    title = name.replace("_", " ").capitalize() if declared is None else declared.meaning
    is_of_night = declared is not None and (declared.is_of_night or name == HRV_OF_NIGHT)
    amount = f"{value:,.0f}" if abs(value) >= 1000 else short_number(value)
    return Noted(title, f"{amount} {unit or ''}".rstrip(), is_of_night)
