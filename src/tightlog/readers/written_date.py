"""Instants as people's languages write them: `Apr 16, 2021, 10:58:25 PM`, `16 avr. 2021,
22:58:25`, `16.04.2021, 22:58:25`.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from itertools import pairwise

# Names of the months in English, German, French, Spanish, Italian, Portuguese and Dutch; three
# letters are enough where they are unique.
MONTHS = (
    "january januar janner janvier enero gennaio janeiro januari",
    "february februar feber fevrier febrero febbraio fevereiro februari",
    "march marz mars marzo marco maart mrt",
    "april avril abril aprile",
    "may mai mayo maggio maio mei",
    "june juni juin junio giugno junho",
    "july juli juillet julio luglio julho",
    "august aout agosto augustus",
    "september septembre septiembre settembre setembro setiembre",
    "october oktober octobre octubre ottobre outubro",
    "november novembre noviembre novembro",
    "december dezember decembre diciembre dicembre dezembro",
)
CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
AFTERNOON = re.compile(r"\bp\. ?m\b|\bpm\b|下午|午後|오후")
MORNING = re.compile(r"\ba\. ?m\b|\bam\b|上午|午前|오전")
# In names of files: `2026-05-04`, `20260504`, `20260504T073000`; more digits are a vendor's number.
DAY_IN_NAME = re.compile(
    r"(?<!\d)(199\d|20\d\d)([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])"
    r"(?=\D|$|(?:\d\d){2,3}(?!\d))"
)
NUMBERS_ONLY = re.compile(r"\D*(\d{1,2})([./-])(\d{1,2})[./-](\d{4})(?!\d)")


def day_in_name(name: str) -> date | None:
    """The only date (year, month, day) in the name of a file; None without one, or with several."""
    try:
        days = {
            date(int(year), int(month), int(day))
            for year, _, month, day in DAY_IN_NAME.findall(name)
        }
    except ValueError:
        return None
    return days.pop() if len(days) == 1 else None


def instants(texts: Sequence[str]) -> tuple[datetime | None, ...]:
    """UTC instants of the texts of one column, None where one cannot be read; whether the day or
    the month comes first is decided by all of them.
    """
    is_day_first = _is_day_first(texts)
    return tuple(_instant(text, is_day_first) for text in texts)


def _is_day_first(texts: Sequence[str]) -> bool | None:
    """True or False where the numeric dates decide it, None where they do not."""
    found = [match for text in texts if (match := NUMBERS_ONLY.match(text)) and match[2] != "."]
    leads, follows = (
        {int(match[1]) > 12 for match in found},
        {int(match[3]) > 12 for match in found},
    )
    if True in leads or True in follows:
        return None if True in leads and True in follows else True in leads
    if any(AFTERNOON.search(text.lower()) or MORNING.search(text.lower()) for text in texts):
        return False
    ordered = [
        is_day_first
        for is_day_first in (True, False)
        if found and _is_in_order(_instant(text, is_day_first) for text in texts)
    ]
    return ordered[0] if len(ordered) == 1 else None


def _is_in_order(instants: Iterable[datetime | None]) -> bool:
    known = [instant for instant in instants if instant is not None]
    rising = [earlier <= later for earlier, later in pairwise(known)]
    return len(rising) > 1 and (all(rising) or not any(rising))


def _instant(text: str, is_day_first: bool | None) -> datetime | None:
    # NFKC makes plain blanks of the narrow ones that newer systems write before PM.
    plain = "".join(
        character
        for character in unicodedata.normalize(
            "NFKD", unicodedata.normalize("NFKC", text[:80]).lower()
        )
        if not unicodedata.combining(character)
    )
    clock = CLOCK.search(plain)
    date = _date(
        plain[: clock.start()] + " " + plain[clock.end() :] if clock else plain, is_day_first
    )
    if date is None:
        return None
    hour, minute, second = (int(part or 0) for part in clock.groups()) if clock else (0, 0, 0)
    if AFTERNOON.search(plain):
        hour = hour % 12 + 12
    elif MORNING.search(plain):
        hour %= 12
    try:
        return datetime(*date, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None


def _date(text: str, is_day_first: bool | None) -> tuple[int, int, int] | None:
    numbers = re.findall(r"\d+", text)
    month = next(
        (number for word in re.findall(r"[^\W\d_]+", text) if (number := _month(word))), None
    )
    if month is not None:
        years, days = (
            [number for number in numbers if len(number) == 4],
            [number for number in numbers if len(number) <= 2],
        )
        return (int(years[0]), month, int(days[0])) if len(years) == len(days) == 1 else None
    if len(numbers) != 3:
        return None
    if len(numbers[0]) == 4:
        return int(numbers[0]), int(numbers[1]), int(numbers[2])
    leads_with_day = True if "." in text else is_day_first
    if len(numbers[2]) != 4 or leads_with_day is None:
        return None
    day, number = (numbers[0], numbers[1]) if leads_with_day else (numbers[1], numbers[0])
    return int(numbers[2]), int(number), int(day)


def _month(word: str) -> int | None:
    """Number of the month a word names, in full or cut short; None when it names none or fits
    two (`jui`).
    """
    found = {
        number
        for number, names in enumerate(MONTHS, start=1)
        if len(word) >= 3 and any(name.startswith(word) for name in names.split())
    }
    return found.pop() if len(found) == 1 else None
