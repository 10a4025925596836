"""What the simulated runner does on which day: training blocks, a holiday, two trips, an illness,
a strength habit that lapses.

The plan never looks at the tightness scores: whatever goes with them was planted in `diary.py`,
and nothing flows back.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from tightlog.simulation.sample.place import AWAY, HOME, Place

# Long run in km by the week of its block, last week first: the three heaviest exceed the 30 days
# before by more than a tenth.
BLOCK_KM = (17.5, 15.0, 12.8, 11.0, 10.5, 11.0, 10.0, 9.0)
RACE_BLOCK = 3
RACE_KM = 21.1
HILLY_LONG_RUN_SHARE = 0.52


@dataclass(frozen=True)
class PlannedActivity:
    """One activity to be recorded: local start with its zone, FIT sport names, distance or
    minutes, speed, climb, device.
    """

    started_at: datetime
    effort: str
    sport: str
    sub_sport: str
    distance_m: float | None
    minutes: float | None
    speed_mps: float
    climb_m: float
    place: Place
    shape: int
    device: str
    cadence_shift_spm: float

    @property
    def day(self) -> date:
        """Local calendar day of the start."""
        return self.started_at.date()


@dataclass(frozen=True)
class Season:
    """The special spans of the history, each as (first day, last day)."""

    first_day: date
    last_day: date
    holiday: tuple[date, date]
    trips: tuple[tuple[date, date], ...]
    illness: tuple[date, date]
    strength_lapses: tuple[tuple[date, date], ...]
    low_cadence: tuple[tuple[date, date], ...]
    new_watch_from: date


# effort → (FIT sport, sub_sport, speed in m/s, climb in m per km)
EFFORTS: Mapping[str, tuple[str, str, float, float]] = {
    "easy": ("running", "generic", 2.75, 4.0),
    "long": ("running", "generic", 2.68, 5.0),
    "race": ("running", "generic", 3.25, 4.0),
    "tempo": ("running", "generic", 3.35, 3.0),
    "intervals": ("running", "generic", 3.90, 2.0),
    "trail": ("running", "trail", 2.62, 30.0),
    "treadmill": ("running", "treadmill", 2.85, 0.0),
    "ride": ("cycling", "road", 7.3, 9.0),
    "walk": ("walking", "generic", 1.45, 6.0),
    "hike": ("hiking", "generic", 1.25, 45.0),
    "swim": ("swimming", "lap_swimming", 0.85, 0.0),
    "strength": ("training", "strength_training", 0.0, 0.0),
    "yoga": ("training", "yoga", 0.0, 0.0),
}

# weekday → (effort, hour of the start, probability); `quality` and `trail_or_easy` are decided on
# the day.
WEEK: Mapping[int, tuple[tuple[str, float, float], ...]] = {
    0: (("swim", 18.5, 0.36),),
    1: (("quality", 17.75, 0.82),),
    2: (("easy", 12.2, 0.33), ("strength", 18.5, 0.72)),
    3: (("trail_or_easy", 17.75, 0.82),),
    4: (("walk", 12.4, 0.20), ("yoga", 19.0, 0.33)),
    5: (("ride", 10.0, 0.33), ("easy", 14.0, 0.24), ("strength", 16.5, 0.38)),
    6: (("long", 9.2, 0.88),),
}
AWAY_WEEK: Mapping[int, tuple[tuple[str, float, float], ...]] = dict.fromkeys(
    range(7), (("easy", 7.5, 0.45), ("walk", 18.0, 0.25))
)


def season(first_day: date, last_day: date) -> Season:
    """Spans of one history, placed at fixed shares of its length, so that a short history has all
    of them, shorter.
    """
    length = (last_day - first_day).days

    def span(share: float, days: int) -> tuple[date, date]:
        start = first_day + timedelta(days=int(share * length))
        return start, start + timedelta(days=max(1, min(days, length // 12)) - 1)

    recent = last_day - timedelta(days=min(17, length // 6)), last_day
    return Season(
        first_day,
        last_day,
        span(0.40, 16),
        (span(0.22, 5), span(0.71, 5)),
        span(0.52, 6),
        (span(0.28, 45), recent),
        (span(0.60, 44), (last_day - timedelta(days=min(21, length // 6)), last_day)),
        first_day + timedelta(days=length // 2),
    )


def training_plan(days: Season, seed: int) -> tuple[PlannedActivity, ...]:
    """All activities from the first to the last day in order of their start; none overlaps
    another.
    """
    draw = np.random.default_rng((seed, 1))
    count = (days.last_day - days.first_day).days + 1
    return tuple(
        activity
        for offset in range(count)
        for activity in _activities_of(days.first_day + timedelta(days=offset), days, draw)
    )


def is_within(day: date, *spans: tuple[date, date]) -> bool:
    """True when the day lies in one of the spans, ends included."""
    return any(start <= day <= end for start, end in spans)


def is_away(day: date, days: Season) -> bool:
    """True on a trip or on holiday: another place, another time zone, no scores."""
    return is_within(day, days.holiday, *days.trips)


def _activities_of(day: date, days: Season, draw: np.random.Generator) -> Iterator[PlannedActivity]:
    week = _week(day, days)
    for effort, hour, probability in week[day.weekday()]:
        chance, start_shift_h = draw.random(), draw.normal(0.0, 0.2)
        settled = _settled(effort, day, draw)
        is_lapsed = settled == "strength" and is_within(day, *days.strength_lapses)
        if (chance < probability or _is_last_long_run(effort, day, days)) and not is_lapsed:
            yield _activity(
                settled, day, hour + float(np.clip(start_shift_h, -0.4, 0.4)), days, draw
            )


def _is_last_long_run(effort: str, day: date, days: Season) -> bool:
    """The last long run is never skipped, so that the newest page has a spike to show."""
    return effort == "long" and (days.last_day - day).days < 7


def _week(day: date, days: Season) -> Mapping[int, tuple[tuple[str, float, float], ...]]:
    if is_within(day, days.illness):
        return dict.fromkeys(range(7), ())
    if is_within(day, days.holiday):
        return dict.fromkeys(range(7), (("hike", 10.5, 0.30),))
    return AWAY_WEEK if is_within(day, *days.trips) else WEEK


def _settled(effort: str, day: date, draw: np.random.Generator) -> str:
    choice = draw.random()
    if effort == "quality":
        is_dark = day.month in (12, 1, 2)
        if is_dark and choice < 0.35:
            return "treadmill"
        return "intervals" if choice < 0.65 else "tempo"
    if effort == "trail_or_easy":
        return "trail" if choice < 0.60 else "easy"
    return effort


def _activity(
    effort: str, day: date, hour: float, days: Season, draw: np.random.Generator
) -> PlannedActivity:
    distance_m, minutes, effort, is_hilly = _amount(effort, day, days, draw)
    sport, sub_sport, speed_mps, climb_m_per_km = EFFORTS[effort]
    if is_hilly:
        sub_sport, climb_m_per_km, speed_mps = "trail", 25.0, speed_mps - 0.05
    place = AWAY if is_away(day, days) else HOME
    fitness = 1.0 + 0.05 * _share(day, days) + draw.normal(0.0, 0.015)
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(place.zone))
    return PlannedActivity(
        midnight + timedelta(seconds=round(hour * 3600.0)),
        effort,
        sport,
        sub_sport,
        distance_m,
        minutes,
        speed_mps * fitness,
        climb_m_per_km * (distance_m or 0.0) / 1000.0 * draw.uniform(0.85, 1.15),
        place,
        int(draw.integers(1, 7)),
        _device(effort, is_hilly, day, days, draw),
        _cadence_shift_spm(day, days),
    )


def _amount(
    effort: str, day: date, days: Season, draw: np.random.Generator
) -> tuple[float | None, float | None, str, bool]:
    """Distance in m or minutes, the effort (a long run may be the race) and whether a long run
    goes over the hills.
    """
    spread, hills = draw.normal(1.0, 0.08), draw.random()
    if effort == "long":
        distance_km, is_race = _long_run_km(day, days)
        is_hilly = hills < HILLY_LONG_RUN_SHARE and not is_race
        return (
            distance_km * 1000.0 * (1.0 if is_race else draw.normal(1.0, 0.03)),
            None,
            "race" if is_race else "long",
            is_hilly,
        )
    if effort == "swim":
        return (
            25.0 * round(float(np.clip(1600.0 * spread, 1000.0, 2400.0)) / 25.0),
            None,
            effort,
            False,
        )
    if effort in ("strength", "yoga"):
        return None, (38.0 if effort == "strength" else 45.0) * spread, effort, False
    usual_km = {
        "easy": 7.2,
        "tempo": 8.5,
        "intervals": 8.4,
        "trail": 9.3,
        "treadmill": 7.0,
        "ride": 42.0,
        "walk": 3.4,
        "hike": 8.0,
    }[effort]
    # Never beyond the shortest long run of a block: only long runs are to be spikes.
    return (
        usual_km * 1000.0 * float(np.clip(spread, 0.75, 1.08)) * _progress(day, days),
        None,
        effort,
        False,
    )


def _long_run_km(day: date, days: Season) -> tuple[float, bool]:
    weeks_left = (days.last_day - day).days // 7
    block, week = divmod(weeks_left, len(BLOCK_KM))
    if block == RACE_BLOCK and week == 0:
        return RACE_KM, True
    build_up = 1.18 if block == RACE_BLOCK else 1.0
    return BLOCK_KM[week] * build_up * _progress(day, days), False


def _progress(day: date, days: Season) -> float:
    return 0.92 + 0.12 * _share(day, days)


def _share(day: date, days: Season) -> float:
    return (day - days.first_day).days / max(1, (days.last_day - days.first_day).days)


def _device(effort: str, is_hilly: bool, day: date, days: Season, draw: np.random.Generator) -> str:
    """Phone now and then on flat ground (it has no barometer to tell the descent), else the watch
    in use then.
    """
    if (
        draw.random() < 0.30
        and effort in ("easy", "walk", "ride", "long", "tempo")
        and not is_hilly
    ):
        return "phone"
    return "watch two" if day >= days.new_watch_from else "watch one"


def _cadence_shift_spm(day: date, days: Season) -> float:
    return -6.5 if is_within(day, *days.low_cadence) else 0.0
