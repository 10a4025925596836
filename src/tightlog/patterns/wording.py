"""How a day, a distance and a number are said in evidence and advice."""

from datetime import date

from tightlog.findings.wording import typeset as typeset
from tightlog.units import kilometres

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
# Short for what the column comment of pattern.grade says; a link from one's own scores is a D as well.
GRADE_WORDS = {"A": "seen in runners", "B": "seen in back pain", "C": "mechanism only", "D": "no study behind it"}


def weekday(day: date) -> str:
    """English name of the weekday, whatever the machine's language."""
    return ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[day.weekday()]


def date_words(day: date) -> str:
    """A date as `3 May 2026`, whatever the machine's language."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def km(distance_m: float) -> str:
    """A distance as `24.0 km`."""
    return f"{kilometres(distance_m):.1f} km"


def counted(count: float, noun: str) -> str:
    """A count as `1 rating` or `3 ratings`."""
    return f"{count:g} {noun}" if count == 1 else f"{count:g} {noun}s"
