"""A day in words of the runner's language, whatever the machine's."""

from datetime import date, datetime

from tightlog.language.catalogue import phrase, phrases
from tightlog.language.choice import ENGLISH, chosen
from tightlog.words.measures import clock
from tightlog.words.numbers import counted

MONTHS = phrases(
    {
        1: "January", 2: "February", 3: "March", 4: "April", 5: "May", 6: "June",
        7: "July", 8: "August", 9: "September", 10: "October", 11: "November", 12: "December",
    }
)  # fmt: skip
WEEKDAYS = phrases(
    {
        0: "Monday", 1: "Tuesday", 2: "Wednesday", 3: "Thursday",
        4: "Friday", 5: "Saturday", 6: "Sunday",
    }
)  # fmt: skip

# A stretch of time within a sentence.
SPANS = phrases({"morning": "morning", "day": "day", "week": "week", "month": "month"})


def weekday(day: date) -> str:
    """Name of the weekday."""
    return WEEKDAYS[day.weekday()]


def date_words(day: date) -> str:
    """A date as `3 May 2026`."""
    return phrase("{day_and_month} {year}", day_and_month=day_and_month(day), year=str(day.year))


def day_and_month(day: date) -> str:
    """A date as `3 May`."""
    return phrase("{day} {month}", day=str(day.day), month=MONTHS[day.month])


def short_weekday(day: date) -> str:
    """A weekday in a few letters, as `Sun`."""
    return weekday(day)[:3] if chosen() == ENGLISH else weekday(day)[:2]


def short_month(day: date) -> str:
    """A month in three letters, as `May`."""
    return MONTHS[day.month][:3]


def short_date(day: date) -> str:
    """A date as `3 May`, its month in three letters."""
    return phrase("{day} {month}", day=str(day.day), month=short_month(day))


def weekday_and_date(day: date) -> str:
    """A date as `Sunday 3 May 2026`."""
    return phrase("{weekday} {date}", weekday=weekday(day), date=date_words(day))


def weekday_and_month(day: date) -> str:
    """A date as `Sunday 3 May`."""
    return phrase("{weekday} {date}", weekday=weekday(day), date=day_and_month(day))


def counted_spans(count: int, span: str) -> str:
    """So many weeks or months, as `3 weeks`."""
    return counted(count, "month") if span == "month" else counted(count, "week")


def moment_words(at: datetime) -> str:
    """A point in time, in its own zone, as `Sunday 3 May 2026, 06:30` or `…, 6:30 am`."""
    return f"{weekday_and_date(at)}, {clock(at)}"
