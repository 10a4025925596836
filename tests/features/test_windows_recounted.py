"""The windows of a random runner, counted again in plain Python from the rows themselves."""

import random
from collections.abc import Callable, Iterable
from itertools import pairwise

import pytest

from tests.features.conftest import Home, Row

SPAN = 110
KIND = {"C1": "core", "C2": "core", "S1": "mobility", "Y1": "mobility"}
SPORT = {"swimming": "swim", "cycling": "cycle", "walking": "other"}


class Recount:
    """What the rows say, day by day, without a frame."""

    def __init__(self, home: Home) -> None:
        def number(row: Row) -> int:
            days: int = (row["day"] - home.day(0)).days
            return days

        self.runs: dict[int, list[Row]] = {day: [] for day in range(SPAN)}
        kinds = ("swim", "cycle", "other", "core", "mobility")
        self.sessions: dict[str, dict[int, int]] = {kind: {} for kind in kinds}
        seen = set()
        for row in home.activities:
            seen.add(number(row))
            if row["sport"] == "running":
                self.runs[number(row)].append(row)
            else:
                counts = self.sessions[SPORT[row["sport"]]]
                counts[number(row)] = counts.get(number(row), 0) + 1
        for row in home.interventions:
            if row["intervention"] in KIND:
                self.sessions[KIND[row["intervention"]]].setdefault(number(row), 1)
        self.warm = {number(row) for row in home.interventions if row["intervention"] == "G1"}
        self.scored = {number(row) for row in home.scores}
        known = sorted(
            seen
            | self.warm
            | self.scored
            | {number(row) for row in home.interventions}
            | {number(row) for row in home.context}
        )
        self.first, self.last = known[0], known[-1]
        self.watched = set(known)
        for before, after in pairwise(known):
            if after - before <= 14:
                self.watched |= set(range(before, after))
        self.recorded = {day for day in self.watched if day >= min(seen) - 14}
        self.first_run = min(day for day, rows in self.runs.items() if rows)

    def window(self, day: int, length: int, known: set[int]) -> range | None:
        days = range(day - length + 1, day + 1)
        return days if set(days) <= known and days[0] >= self.first else None

    def km(self, day: int) -> float | None:
        """Distance of a recorded day; None where that of a run, or the day itself, is unknown."""
        distances = [row["distance_m"] for row in self.runs[day]]
        return None if day not in self.recorded or None in distances else sum(distances)

    def longest(self, day: int) -> float | None:
        return (
            None
            if self.km(day) is None
            else max((row["distance_m"] for row in self.runs[day]), default=0.0)
        )

    def week_change_ratio(self, day: int) -> float | None:
        days = self.window(day, 14, self.recorded)
        each = self.all_known(days, self.km) if days else None
        return sum(each[7:]) / sum(each[:7]) if each and sum(each[:7]) else None

    def spikes(self, day: int) -> tuple[float | None, float | None]:
        """Ratios of the longest run and of the whole day."""
        before = [other for other in range(day - 30, day) if other >= self.first_run]
        longest, whole = self.longest(day), self.km(day)
        earlier_longest = self.all_known(before, self.longest)
        earlier_whole = self.all_known(before, self.km)
        if (
            not self.runs[day]
            or longest is None
            or whole is None
            or day - self.first_run < 14
            or earlier_longest is None
            or earlier_whole is None
        ):
            return None, None
        largest_run, largest_day = max(earlier_longest, default=0), max(earlier_whole, default=0)
        return (longest / largest_run - 1, whole / largest_day - 1) if largest_run else (None, None)

    @staticmethod
    def all_known(
        days: Iterable[int], value_of: Callable[[int], float | None]
    ) -> list[float] | None:
        """The values of the days, None where one of them is not known."""
        values = [value_of(day) for day in days]
        known = [value for value in values if value is not None]
        return known if len(known) == len(values) else None

    def is_exercise(self, day: int) -> bool:
        return bool(self.runs[day]) or any(
            day in self.sessions[kind] for kind in ("swim", "cycle", "other", "core")
        )

    def rest_days(self, day: int, length: int) -> int | None:
        days = self.window(day, length, self.recorded)
        return None if days is None else sum(not self.is_exercise(other) for other in days)

    def exercise_streak(self, day: int) -> int | None:
        if day not in self.recorded:
            return None
        start = day
        while start in self.recorded and self.is_exercise(start):
            start -= 1
        return day - start

    def session_count(self, kind: str, day: int, length: int) -> int | None:
        counts = self.sessions[kind]
        days = self.window(
            day, length, {other for other in self.watched if counts and other >= min(counts)}
        )
        return None if days is None else sum(counts.get(other, 0) for other in days)

    def warm_up_pct(self, day: int) -> float | None:
        days = [
            other for other in range(day - 27, day + 1) if self.warm and other >= min(self.warm)
        ]
        if (
            not days
            or not set(days) <= self.recorded
            or not any(self.runs[other] for other in days)
        ):
            return None
        return (
            100
            * sum(len(self.runs[other]) for other in days if other in self.warm)
            / sum(len(self.runs[other]) for other in days)
        )

    def logging_rate_pct(self, day: int) -> float | None:
        days = [
            other for other in range(day - 27, day + 1) if self.scored and other >= min(self.scored)
        ]
        return 100 * len(self.scored & set(days)) / len(days) if days else None

    def shoe_distance_m(self, day: int) -> float | None:
        if not self.runs[day] or self.km(day) is None:
            return None
        longest = max(
            self.runs[day], key=lambda row: (row["distance_m"], -row["started_at"].timestamp())
        )
        worn = [
            row
            for rows in self.runs.values()
            for row in rows
            if row.get("shoe") == longest.get("shoe")
        ]
        return longest.get("shoe") and (longest.get("shoe_start_m") or 0) + sum(
            row["distance_m"] or 0 for row in worn if row["started_at"] <= longest["started_at"]
        )


def random_home(home: Home, seed: int) -> None:
    """A runner with double days, runs of unknown distance, a diary begun late, and perhaps weeks
    of which nothing is known.
    """
    chance = random.Random(seed)
    gap = chance.choice([(200, 200), (40, 62), (70, 84), (75, 90)])
    logs_from = chance.randrange(40)
    for day in range(chance.randrange(25), SPAN):
        if gap[0] <= day < gap[1]:
            continue
        for hour in (7, 18):
            if chance.random() < 0.25:
                home.ran(
                    day,
                    km=None if chance.random() < 0.02 else chance.uniform(3, 20),
                    hour=hour,
                    shoe=chance.choice(["A", "B", None]),
                )
        if chance.random() < 0.15:
            home.did(day, chance.choice(list(SPORT)))
        if day >= logs_from:
            for intervention in (*KIND, "G1"):
                if chance.random() < 0.15:
                    home.logged(day, intervention, minutes=chance.choice([None, 10.0]))
            if chance.random() < 0.6:
                home.rated(day, 3, hour=6)
    if chance.random() < 0.5:
        home.watched(0, 20)


@pytest.mark.parametrize("seed", range(12))
def test_windows_are_what_plain_counting_gives(home: Home, seed: int) -> None:
    random_home(home, seed)
    again, row_of = Recount(home), home.days()
    for day in range(again.first, again.last + 1):
        row = row_of(day)
        spike, day_spike = again.spikes(day)
        expected = {
            "coverage": "watched" if day in again.watched else "unknown",
            "week_change_ratio": again.week_change_ratio(day),
            "session_spike_ratio": spike,
            "day_spike_ratio": day_spike,
            "rest_days_7d_count": again.rest_days(day, 7),
            "rest_days_28d_count": again.rest_days(day, 28),
            "exercise_streak_d": again.exercise_streak(day),
            "mobility_7d_count": again.session_count("mobility", day, 7),
            **{
                f"{kind}_14d_count": again.session_count(kind, day, 14)
                for kind in ("swim", "cycle", "core", "mobility")
            },
            "warm_up_28d_pct": again.warm_up_pct(day),
            "logging_rate_28d_pct": again.logging_rate_pct(day),
            "shoe_distance_m": again.shoe_distance_m(day),
        }
        assert {name: row[name] for name in expected} == pytest.approx(expected, nan_ok=False), day
