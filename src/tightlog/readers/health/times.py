"""Apple's times: `2023-05-01 07:31:02 +0200` as seconds since 1970.

The offset is that of the phone at the export, on every date of the year: the instant is right, and
the clock face says nothing of the runner's day.
"""

import re
from datetime import datetime, timedelta, timezone

import numpy as np
from numpy.typing import NDArray

CLOCK_LENGTH = len("2023-05-01 07:31:02 +0200")
CLOCK = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:\.\d+)? ?(Z|[+-]\d\d:?\d\d)", re.ASCII
)
# Places of the digits and of what stands between them.
DIGITS = (0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18, 21, 22, 23, 24)
BETWEEN = ((4, "-"), (7, "-"), (10, " "), (13, ":"), (16, ":"), (19, " "))
# Seconds since 1970 have 32 bits until 2106.
FIRST_YEAR, LAST_YEAR = 1970, 2105
PLUS, MINUS = ord("+"), ord("-")


def seconds_of(text: str | None) -> int | None:
    """UTC seconds since 1970 of one time; None for what is none."""
    match = CLOCK.fullmatch((text or "").strip())
    if match is None:
        return None
    offset = match[7].replace(":", "")
    zone_min = 0 if offset == "Z" else int(offset[1:3]) * 60 + int(offset[3:5])
    year, month, day, hour, minute, second = (int(one) for one in match.groups()[:6])
    try:
        zone = timezone(timedelta(minutes=-zone_min if offset[0] == "-" else zone_min))
        at = datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None
    return int(at.timestamp()) if FIRST_YEAR < year <= LAST_YEAR else None


def clock_seconds(texts: NDArray[np.bytes_]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """UTC seconds since 1970 of times of CLOCK_LENGTH characters, and which of them are times."""
    clocks = np.ascontiguousarray(texts.view(np.uint8).reshape(texts.size, -1).T)
    digit = {place: clocks[place].astype(np.int64) - ord("0") for place in DIGITS}
    known = np.ones(texts.size, dtype=np.bool_)
    for place, sign in BETWEEN:
        known &= clocks[place] == ord(sign)
    for number in digit.values():
        known &= (number >= 0) & (number <= 9)
    is_behind = clocks[20] == MINUS
    known &= is_behind | (clocks[20] == PLUS)

    def number_at(*at: int) -> NDArray[np.int64]:
        value = np.zeros(texts.size, dtype=np.int64)
        for place in at:
            value = value * 10 + digit[place]
        return value

    year, month, day = number_at(0, 1, 2, 3), number_at(5, 6), number_at(8, 9)
    hour, minute, second = number_at(11, 12), number_at(14, 15), number_at(17, 18)
    known &= (year > FIRST_YEAR) & (year <= LAST_YEAR) & (month >= 1) & (month <= 12)
    known &= (day >= 1) & (day <= 31) & (hour < 24) & (minute < 60) & (second < 60)
    offset_s = number_at(21, 22) * 3_600 + number_at(23, 24) * 60
    known &= offset_s < 86_400
    local_s = _days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second
    return local_s + np.where(is_behind, offset_s, -offset_s), known


def _days(
    year: NDArray[np.int64], month: NDArray[np.int64], day: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Days since 1970-01-01: years begin in March here, so that the leap day is the last."""
    shifted = year - (month <= 2)
    of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    leap = shifted // 4 - shifted // 100 + shifted // 400
    return np.asarray(shifted * 365 + leap + of_year - 719_468, dtype=np.int64)
