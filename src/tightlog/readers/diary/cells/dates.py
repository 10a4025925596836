"""Dates as people and programs write them, as far as a cell alone shows them; `date_order` decides
between day first and month first.

    2026-05-31T07:12:00+02:00   31.05.2026 7:12   5/31/2026, 7:12:00 PM
    Apr 16, 2021, 10:58:25 PM   31. Mai 2026      1552719546227   20260531
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from tightlog.domain.clocks import FIRST_DAY
from tightlog.readers.diary.cells.clocks import DATE_CHARACTERS, clock_and_zone, without_clock
from tightlog.readers.diary.cells.vocabulary import MONTHS
from tightlog.readers.diary.cells.words import western, words

NUMBERS = re.compile(
    r"(?:[^\W\d]+[.,]{0,2}\s+)?(\d{1,4})([./-])\s?(\d{1,2})\2\s?(\d{1,4})(?!\d)"
    r"(?:\D*?[T ,]\s*(.*))?",
    re.DOTALL,
)
# Behind a date: a range of days. Behind one with slashes or dashes 7.12.33 is a time with seconds,
# as sheets write it in Italy.
ANOTHER = re.compile(r"\d{1,4}([./-])\d{1,2}\1\d{1,4}")
DOTTED_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])\.[0-5]\d\.[0-5]\d(?!\d)")
# Day 1 of Excel and Google Sheets is 1900-01-01, and they count a 29 February 1900.
SERIAL = re.compile(r"[34567]\d{4}(?:[.,]\d+)?")
SERIAL_DAY_0 = date(1899, 12, 30)
# Workbooks of old Excel for Mac count from 1904, and say so.
DAYS_TO_1904 = 1462
# Years of two digits from here on are of the last century.
LAST_CENTURY = FIRST_DAY.year - 1900
EPOCH_S = (946_684_800, 4_102_444_800)  # the years 2000 to 2100
WEEKDAY_AND_MONTH = "mar"  # mardi, martes, martedì as well as March

EAST_ASIAN = re.compile(r"(\d{1,4})[年년] ?(\d{1,2})[月월] ?(\d{1,2})[日일]?")


@dataclass(frozen=True)
class When:
    """A day, with the clock time and the zone where they are written."""

    day: date
    clock: time | None = None
    zone: tzinfo | None = None
    # What stands behind a date in numbers.
    rest: str = ""


@dataclass(frozen=True)
class Numbers:
    """A date in numbers whose order its column decides: the three numbers as written, and what
    follows them.
    """

    parts: tuple[str, str, str]
    separator: str
    rest: str

    @property
    def has_long_year(self) -> bool:
        """True when one of the numbers can only be a year."""
        return any(len(part) == 4 for part in self.parts)

    def day(self, order: str) -> date | None:
        """The date in an order (`ymd`, `dmy`, `mdy`); None when there is no such day."""
        numbers = dict(zip(order, self.parts, strict=True))
        if len(numbers["y"]) not in (2, 4):
            return None
        return _date(
            int(numbers["y"]) + (_century(numbers["y"]) if len(numbers["y"]) == 2 else 0),
            int(numbers["m"]),
            int(numbers["d"]),
        )


def _century(year: str) -> int:
    return 1900 if int(year) >= LAST_CENTURY else 2000


Parsed = When | Numbers


def parsed(cell: str) -> Parsed | None:
    """The day in a cell, as far as the cell alone shows it; None when it is not a date."""
    text = _western_date(cell[:DATE_CHARACTERS])
    if SERIAL.fullmatch(text):
        return _serial(float(text.replace(",", ".")))
    if re.fullmatch(r"\d{10}|\d{13}|\d{16}", text):
        return _epoch(text)
    if found := _iso(text):
        return found
    match = NUMBERS.match(text)
    if match is None:
        return _with_month_word(text)
    first, separator, second, third, rest = match.groups()
    another = ANOTHER.search(text, match.end(4))
    if another and (separator == "." or not DOTTED_CLOCK.match(another.group())):
        return None
    numbers = Numbers((first, second, third), separator, rest or "")
    if len(first) == 4:
        day = numbers.day("ymd")
        return None if day is None else _when(day, numbers.rest)
    return None if len(first) == 3 or len(third) not in (2, 4) else numbers


def settled(found: Parsed, order: str) -> When | None:
    """The day in a cell once its column's order is known."""
    if isinstance(found, When):
        return found
    day = found.day(order)
    return None if day is None else _when(day, found.rest)


def _when(day: date, rest: str) -> When:
    clock, zone = clock_and_zone(rest)
    return When(day, clock, zone, without_clock(rest) if clock else rest)


def _serial(number: float) -> When:
    """The day of a spreadsheet's day number, and the time of its fraction."""
    whole = int(number)
    seconds = round((number - whole) * 86_400)
    at = datetime.combine(SERIAL_DAY_0 + timedelta(days=whole), time()) + timedelta(seconds=seconds)
    return When(at.date(), at.time() if number != whole else None)


def is_serial(cell: str) -> bool:
    """True for the day number of a spreadsheet, such as 45000."""
    return bool(SERIAL.fullmatch(western(cell).strip()))


def _western_date(text: str) -> str:
    """The text with western digits and signs: `2026年5月31日` → `2026-5-31`."""
    western_digits = western(text).strip()
    if western_digits.isascii():
        return western_digits
    return EAST_ASIAN.sub(r"\1-\2-\3 ", western_digits).strip()


def _epoch(text: str) -> When | None:
    seconds = int(text) / 10 ** (len(text) - 10)
    if not EPOCH_S[0] <= seconds < EPOCH_S[1]:
        return None
    moment = datetime.fromtimestamp(seconds, UTC)
    return When(moment.date(), moment.timetz().replace(tzinfo=None), UTC)


def _iso(text: str) -> When | None:
    if not re.match(r"\d{4}-\d{1,2}-\d{1,2}|\d{8}(?!\d)", text):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if _date(moment.year, moment.month, moment.day) is None:
        return None
    return When(moment.date(), moment.time() if len(text) > 10 else None, moment.tzinfo)


def _with_month_word(text: str) -> When | None:
    """Date whose month is a word: `Sunday, May 31, 2026 at 7:12 PM`, `31. Mai 2026`, `le 31 mai
    2026`, `31-May-26`.
    """
    without_clock = re.sub(
        r"\d{1,2}:\d{2}(:\d{2})?", " ", re.sub(r"(?<=\d)(st|nd|rd|th|er|º|°)\b", "", text)
    )
    said = [word for word in words(without_clock) if word not in ("de", "of", "the", "le", "del")]
    months = [place for place, word in enumerate(said) if word in MONTHS]
    if len(months) > 1 and said[months[0]] == WEEKDAY_AND_MONTH:
        months = months[1:]
    if len(months) != 1:
        return None
    place = months[0]
    year = next((word for word in said if re.fullmatch(r"(19|20)\d\d", word)), None)
    before, after = (
        said[near] if 0 <= near < len(said) and re.fullmatch(r"\d{1,2}", said[near]) else None
        for near in (place - 1, place + 1)
    )
    if year is None and before and after and len(after) == 2:
        year, after = f"20{after}", None  # 31-May-26, as spreadsheets write it
    if year is None or (before is None) == (after is None):
        return None
    found = _date(int(year), MONTHS[said[place]], int(before or after or 0))
    clock = re.search(r"\d{1,2}:\d{2}.*", text, re.DOTALL)
    return None if found is None else When(found, *clock_and_zone(clock.group() if clock else ""))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year >= FIRST_DAY.year else None
    except ValueError:
        return None
