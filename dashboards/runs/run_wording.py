"""An activity in words: its kind, its start, its pace in the unit of its sport, signed numbers."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from tightlog.domain.sports import ACCIDENT_M, FOOT_SPORTS, SportRule, is_exercise
from tightlog.language.catalogue import phrase, phrases
from tightlog.language.choice import numerals
from tightlog.words.dates import short_date, short_weekday, weekday_and_date
from tightlog.words.measures import clock, height, metres_of, pace_unit, speed_value
from tightlog.words.measures import speed_unit as fast_unit
from tightlog.words.numbers import MINUS

# Words that say the whole of it; anything else is put together from the names of the FIT profile.
KINDS = phrases(
    {
        ("running", "generic"): "Run",
        ("running", "trail"): "Trail run",
        ("running", "treadmill"): "Treadmill run",
        ("running", "indoor_running"): "Indoor run",
        ("running", "track"): "Track run",
        ("running", "street"): "Road run",
        ("running", "virtual_activity"): "Virtual run",
        ("training", "generic"): "Training",
        ("generic", "generic"): "Other activity",
        ("cycling", "generic"): "Cycling",
        ("cycling", "road"): "Road cycling",
        ("cycling", "indoor_cycling"): "Indoor cycling",
        ("swimming", "generic"): "Swimming",
        ("swimming", "lap_swimming"): "Lap swimming",
        ("swimming", "open_water"): "Open water swimming",
        ("walking", "generic"): "Walking",
        ("hiking", "generic"): "Hiking",
        ("rowing", "generic"): "Rowing",
        ("training", "strength_training"): "Strength training",
        ("training", "flexibility_training"): "Flexibility training",
        ("training", "cardio_training"): "Cardio training",
        ("training", "yoga"): "Yoga",
        ("training", "pilates"): "Pilates",
    }
)
SPORTS = phrases(
    {
        "running": "Runs",
        "training": "Strength, yoga, training",
        "generic": "Other or unknown",
        "cycling": "Cycling",
        "swimming": "Swimming",
        "walking": "Walking",
        "hiking": "Hiking",
        "rowing": "Rowing",
    }
)
# Sports whose speed people say as the time of a distance; that of others is one per hour.
PACED = (*FOOT_SPORTS, "swimming")
# Pools are told in metres also where roads are in miles.
SWUM_M = 100.0

# Guesses, by what the recording measured.
GUESSED = (SportRule.MOVEMENT, SportRule.OWN_RUNS)


def kind_words(sport: str, sub_sport: str) -> str:
    """What kind of activity it is, as `Trail run` or `Lap swimming`."""
    if known := KINDS.get((sport, sub_sport)):
        return known
    is_said = sub_sport == "generic" or sport == "training" or sport in sub_sport
    words = sport if sub_sport == "generic" else sub_sport if is_said else f"{sub_sport} {sport}"
    return words.replace("_", " ").capitalize()


def mark_words(row: Mapping[str, Any]) -> str:
    """What is special about an activity in the list, in few words; empty for most."""
    if not row["is_counted"]:
        return phrase("not counted")
    if row["sport_rule"] == SportRule.UNKNOWN:
        return phrase("may be a run")
    return phrase("kind guessed") if row["sport_rule"] in GUESSED else ""


def uncounted_words(facts: Mapping[str, Any]) -> str:
    """Why an activity does not count, in a sentence; empty for one that does."""
    if facts["is_counted"]:
        return ""
    if not is_exercise(facts["sport"], facts["sub_sport"]):
        return phrase("Not counted: it is no exercise.")
    return phrase(
        "Not counted: an accidental start, because it is shorter than a minute or less "
        "than {accident_m} far.",
        accident_m=height(ACCIDENT_M),
    )


def sport_words(sport: str) -> str:
    """A sport as the name of a group of activities."""
    return SPORTS.get(sport) or sport.replace("_", " ").capitalize()


def started_words(row: Mapping[str, Any], *, is_long: bool = False) -> str:
    """Local start of an activity, as `Sun 22 Nov 2026, 09:17`."""
    local: datetime = row["started_at"] + timedelta(seconds=row["utc_offset_s"])
    if is_long:
        return f"{weekday_and_date(local.date())}, {clock(local)}"
    return f"{short_weekday(local)} {short_date(local)} {local.year}, {clock(local)}"


def duration_words(seconds: float) -> str:
    """A time as `45:10` or `1:02:03`."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def paced_over_m(sport: str) -> float | None:
    """The metres a number of minutes is counted for; None for a speed per hour."""
    if sport not in PACED:
        return None
    return SWUM_M if sport == "swimming" else metres_of(1.0)


def speed_unit(sport: str) -> str:
    """Unit of a speed: min/km or min/mi on foot, min/100 m in the water, else km/h or mph."""
    if sport not in PACED:
        return fast_unit()
    return f"min/{SWUM_M:g} m" if sport == "swimming" else pace_unit()


def speed_number(speed_mps: float, sport: str) -> str:
    """A speed as the number of that unit, `5:55` or `24.1`."""
    metres = paced_over_m(sport)
    if metres is None:
        return numerals(f"{speed_value(speed_mps):.1f}")
    return duration_words(metres / speed_mps)


def cadence_unit(sport: str) -> str:
    """Steps on foot, cycles (strokes, turns of the crank) else."""
    return phrase("steps/min") if sport in FOOT_SPORTS else phrase("cycles/min")


def signed(value: float, decimals: int = 1) -> str:
    """A number with its sign, as `+1.2` or `−3.2`; 0 has none."""
    text = f"{abs(value):.{decimals}f}"
    sign = "" if float(text) == 0 else "+" if value > 0 else MINUS
    return f"{sign}{numerals(text)}"


def offset_words(offset_s: int) -> str:
    """A time zone as `UTC+1` or `UTC+5:30`."""
    hours, minutes = divmod(abs(offset_s) // 60, 60)
    return (
        "UTC"
        if offset_s == 0
        else f"UTC{'+' if offset_s > 0 else MINUS}{hours}{f':{minutes:02}' if minutes else ''}"
    )
