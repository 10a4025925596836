"""Clock times as people and programs write them.

7:12   19.12 Uhr   7.12.33   7h12   9:00 PM   午後 7:12   2026-05-31T07:12:00+02:00   0730   0.3125
"""

import re
from datetime import UTC, time, timedelta, timezone, tzinfo

from tightlog.readers.diary.cells.vocabulary import WORDS
from tightlog.readers.diary.cells.words import western, words

CLOCK = re.compile(
    r"(?<!\d)(\d{1,2})(?:[:h.](\d{2}))?(?:[:.](\d{2})(?:[.,]\d+)?)?\s*"
    r"(?:([ap])\.?\s?m\b\.?|uhr\b|h\b)?(?!\d)",
    re.IGNORECASE,
)
OFFSET = re.compile(r"(?:(?:UTC|GMT) ?([+-])(\d{1,2})(?::?(\d{2}))?|([+-])(\d{2}):?(\d{2}))$")
# Japanese, Chinese, Korean, Arabic, Greek.
HALVES = (
    (re.compile(r"午前|上午|오전|(?<!\w)ص(?!\w)|π\.?μ\.?"), "am"),
    (re.compile(r"午後|下午|오후|(?<!\w)م(?!\w)|μ\.?μ\.?"), "pm"),
)

DATE_CHARACTERS = 80
# 19 Uhr 30, 7 h 30.
SPELLED = re.compile(r"(?<!\d)(\d{1,2})\s*(?:uhr|h|u)\s*(\d{2})(?!\d)", re.IGNORECASE)


def clock_and_zone(text: str, is_clock: bool = False) -> tuple[time | None, tzinfo | None]:
    """Clock time and zone written in a text; None for each it does not write.

    With `is_clock` the text is the cell of a clock, where 0730 and Excel's 0.3125 are times too.
    """
    text = _western_clock(text[:DATE_CHARACTERS])
    if is_clock and (plain := _plain_clock(text)):
        return plain, None
    zone: tzinfo | None = UTC if re.search(r"(\dZ|\bUTC|\bGMT)$", text) else None
    if offset := OFFSET.search(text):
        sign, hours, minutes = offset.groups()[:3] if offset.group(1) else offset.groups()[3:]
        zone = timezone(
            (1 if sign == "+" else -1)
            * timedelta(hours=min(int(hours), 23), minutes=min(int(minutes or 0), 59))
        )
        text = text[: offset.start()]
    match = CLOCK.search(text)
    if match is None or (match.group(2) is None and match.group(0).strip().isdigit()):
        return None, zone
    hour, minute, second, half = (
        int(match.group(1)),
        int(match.group(2) or 0),
        int(match.group(3) or 0),
        match.group(4),
    )
    if half and not 1 <= hour <= 12:
        return None, zone
    hour = hour % 12 + (12 if half.lower() == "p" else 0) if half else hour
    if not half:
        hour = _of_24(hour, text)
    return (time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None), zone


def _of_24(hour: int, text: str) -> int:
    """The hour of a clock of twelve beside its part of the day: `abends 8 Uhr` is 20."""
    said = set(words(text))
    is_late = (0 < hour < 12 and said & WORDS["late_hours"]) or (
        6 <= hour < 12 and said & WORDS["night_hours"]
    )
    return hour + 12 if is_late else hour


def without_clock(text: str) -> str:
    """The text without the clock time in it: `7:10 after the run` → `after the run`."""
    plain = SPELLED.sub(r"\1:\2", western(text[:DATE_CHARACTERS]))
    return CLOCK.sub(" ", plain, count=1).strip()


def _plain_clock(text: str) -> time | None:
    """Time of `0730`, of a fraction of a day, and of a spreadsheet's clock on its day 0 or 1."""
    if re.fullmatch(r"(?:[01]?\d|2[0-3])[0-5]\d", text):
        return time(int(text[:-2]), int(text[-2:]))
    if re.fullmatch(r"0?\.\d+", text):
        seconds = min(round(float(text) * 86_400), 86_399)
        return time(seconds // 3600, seconds // 60 % 60, seconds % 60)
    if match := re.fullmatch(r"1899-12-3[01][ T](\d\d:\d\d:\d\d)(?:\.\d+)?", text):
        return time.fromisoformat(match.group(1))
    return None


def _western_clock(text: str) -> str:
    """The text with western digits, and its half of the day behind the time as am or pm."""
    western_digits = SPELLED.sub(r"\1:\2", western(text).strip())
    if western_digits.isascii():
        return western_digits
    for words_of_half, half in HALVES:
        if words_of_half.search(western_digits):
            return f"{words_of_half.sub(' ', western_digits).strip()} {half}"
    return western_digits
