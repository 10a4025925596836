"""Times as some apps write them: in other digits, on a clock of 12 hours, as seconds since 1970."""

import re
import unicodedata
from datetime import UTC, datetime

import polars as pl

# 1_790_000_000 s, 1790000000000 ms, 1790000000000000 µs since 1970.
EPOCH = re.compile(r"(\d{10})(?:\.\d+)?|(\d{13})|(\d{16})")
# `20260318T090507Z`, `2026-03-18T09.05.07Z`
COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)[Tt_ ]?(\d\d)(\d\d)(\d\d)(.*)")
PARTED = r"\1-\2-\3 \4:\5:\6\7"
DOTTED = re.compile(r"(?<=[Tt ])(\d{1,2})\.(\d{2})\.(\d{2})(?!\d)")
# `2026-3-18, 9:05:07 PM +01:00`, `2026/03/18 下午9:05`
WRITTEN = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})[Tt\s,]+([^\d\s]*)\s*(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?"
    r"([.,]\d+)?\s*([^\d\s:+-]*)\s*((?:[+-]\d{2}:?\d{0,2})?)"
)
# The halves of a day as phones write them.
BEFORE_NOON = ("am", "上午", "午前", "오전", "ص", "قظ")
AFTER_NOON = ("pm", "下午", "午後", "오후", "م", "بظ")
ZONES = ("", "z", "utc", "gmt")


def iso_text(text: str) -> str:
    """The same time as `2026-03-18T21:05:07Z`; text that is none of these in Latin digits."""
    plain = _latin(text).strip()
    if found := EPOCH.fullmatch(plain):
        seconds = int(found[1] or 0) or int(found[2] or 0) / 1e3 or int(found[3] or 0) / 1e6
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    found = WRITTEN.fullmatch(DOTTED.sub(r"\1:\2:\3", COMPACT.sub(PARTED, plain)))
    if found is None:
        return plain
    year, month, day, before, hour, minute, second, fraction, behind, offset = found.groups()
    half = [_half(word) for word in (before, behind) if _half(word)]
    is_zone = _plain(behind) in ZONES
    if len(half) > 1 or (before and not _half(before)) or not (is_zone or _half(behind)):
        return plain
    hours = _hours(int(hour), half[0] if half else "")
    zone = offset or (behind.upper() if is_zone and behind else "")
    date = f"{year}-{int(month):02}-{int(day):02}"
    clock = f"{hours:02}:{int(minute):02}:{int(second or 0):02}"
    return f"{date}T{clock}{(fraction or '').replace(',', '.')}{zone}"


def latin_digits(texts: pl.Series) -> pl.Series:
    """The texts with every decimal digit of any script as 0 to 9."""
    written = {one: _latin(one) for one in texts.drop_nulls().unique() if not one.isascii()}
    return texts.replace(written) if written else texts


def _latin(text: str) -> str:
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.decimal(letter)) if unicodedata.category(letter) == "Nd" else letter
        for letter in text
        # Marks of the direction of writing.
        if unicodedata.category(letter) != "Cf"
    )


def _half(word: str) -> str:
    plain = _plain(word)
    return "am" if plain in BEFORE_NOON else "pm" if plain in AFTER_NOON else ""


def _plain(word: str) -> str:
    return word.replace(".", "").lower()


def _hours(hour: int, half: str) -> int:
    if not half or not 1 <= hour <= 12:
        return hour
    return hour % 12 + (12 if half == "pm" else 0)
