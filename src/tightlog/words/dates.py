"""A day in English words, whatever the machine's language."""

from datetime import date, datetime

from tightlog.words.measures import clock

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def weekday(day: date) -> str:
    """English name of the weekday."""
    return WEEKDAYS[day.weekday()]


def date_words(day: date) -> str:
    """A date as `3 May 2026`."""
    return f"{day_and_month(day)} {day.year}"


def day_and_month(day: date) -> str:
    """A date as `3 May`."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def moment_words(at: datetime) -> str:
    """A point in time, in its own zone, as `Sunday 3 May 2026, 06:30` or `…, 6:30 am`."""
    return f"{weekday(at)} {date_words(at)}, {clock(at)}"
