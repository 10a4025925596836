"""The local day: from the device, else the position, else the settings, and never from a zero
that means unknown.
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from tightlog.readers.local_day import is_virtual, local_day

LATE = datetime(2026, 5, 4, 22, 30, tzinfo=UTC)
TOKYO_BAY, GREENWICH = (35.6, 139.8), (51.48, 0.0)
ZURICH = ZoneInfo("Europe/Zurich")


@pytest.mark.parametrize(
    ("device_s", "position", "day", "offset_s", "source"),
    [
        (-4 * 3600, TOKYO_BAY, date(2026, 5, 4), -4 * 3600, "device"),
        (None, TOKYO_BAY, date(2026, 5, 5), 9 * 3600, "position"),
        (0, TOKYO_BAY, date(2026, 5, 5), 9 * 3600, "position"),
        (None, (None, None), date(2026, 5, 5), 2 * 3600, "settings"),
        (0, (None, None), date(2026, 5, 4), 0, "device"),
        (-9 * 3600, TOKYO_BAY, date(2026, 5, 5), 9 * 3600, "position"),
        (14 * 3600, (None, None), date(2026, 5, 5), 14 * 3600, "device"),
        (15 * 3600, (None, None), date(2026, 5, 5), 2 * 3600, "settings"),
        (-15 * 3600, TOKYO_BAY, date(2026, 5, 5), 9 * 3600, "position"),
    ],
)
def test_day_and_its_source(
    device_s: int | None,
    position: tuple[float | None, float | None],
    day: date,
    offset_s: int,
    source: str,
) -> None:
    found = local_day(LATE, device_s, *position, ZURICH)
    assert (found.day, found.utc_offset_s, found.source) == (day, offset_s, source)


def test_winter_zero_at_greenwich_is_the_device_s() -> None:
    found = local_day(datetime(2026, 1, 4, 22, 30, tzinfo=UTC), 0, *GREENWICH, ZURICH)
    assert (found.utc_offset_s, found.source) == (0, "device")


WATOPIA = (-11.64, 166.95)


@pytest.mark.parametrize(
    ("sub_sport", "device", "position", "is_game"),
    [
        ("virtual_activity", None, TOKYO_BAY, True),
        ("generic", "Zwift", GREENWICH, True),
        ("generic", "ROUVY app", (None, None), True),
        ("generic", None, WATOPIA, True),
        ("generic", "Garmin fr245", GREENWICH, False),
        ("treadmill", None, (None, None), False),
        ("generic", None, (-9.43, 159.95), False),  # Honiara, where people live
    ],
)
def test_games_are_known_by_sub_sport_maker_or_island(
    sub_sport: str, device: str | None, position: tuple[float | None, float | None], is_game: bool
) -> None:
    assert is_virtual(sub_sport, device, *position) is is_game


def test_the_position_of_a_game_says_nothing_about_the_day() -> None:
    found = local_day(LATE, None, *WATOPIA, ZURICH, is_virtual=True)
    assert (found.day, found.source) == (date(2026, 5, 5), "settings")
    assert local_day(LATE, None, *WATOPIA, ZURICH).utc_offset_s == 11 * 3600


def test_a_zero_of_a_game_is_no_zone() -> None:
    found = local_day(LATE, 0, *WATOPIA, ZURICH, is_virtual=True)
    assert (found.day, found.source) == (date(2026, 5, 5), "settings")
    told = local_day(LATE, -7 * 3600, *WATOPIA, ZURICH, is_virtual=True)
    assert (told.day, told.source) == (date(2026, 5, 4), "device")
