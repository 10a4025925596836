"""The runner's local date of an instant, and its source: the device, the zone of the position, or
the settings.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import tzfpy

from tightlog.domain.clocks import MAX_UTC_OFFSET_S

VIRTUAL = "virtual_activity"
GAMES = ("zwift", "rouvy", "mywhoosh", "bkool", "fulgaz", "kinomap", "indievelo")
# South, north, west, east of Zwift's Watopia and Makuri, which lie over the Santa Cruz Islands.
ISLANDS_OF_GAMES = ((-11.76, -11.58, 166.84, 167.06), (-10.87, -10.69, 165.75, 165.92))


@dataclass(frozen=True)
class LocalDay:
    """Local date, offset of local time from UTC in s, and its source: device, position or
    settings.
    """

    day: date
    utc_offset_s: int
    source: str


def local_day(
    started_at: datetime,
    device_offset_s: int | None,
    latitude_deg: float | None,
    longitude_deg: float | None,
    home_zone: ZoneInfo,
    is_virtual: bool = False,
) -> LocalDay:
    """Local day of an activity that started at a UTC instant.

    Several makers write an offset of 0 for an unknown one, so a 0 that the position contradicts is
    ignored, and so is one with the wrong sign or beyond that of any zone. The position of a virtual
    activity is one of a game: it can contradict nothing, and a 0 there says nothing.
    """
    by_position = None if is_virtual else _offset_at(started_at, latitude_deg, longitude_deg)
    is_unknown = is_virtual and device_offset_s == 0
    if not is_unknown and is_believed(device_offset_s, by_position):
        return _local(started_at, device_offset_s or 0, "device")
    if by_position is not None:
        return _local(started_at, by_position, "position")
    return _local(started_at, offset_in(home_zone, started_at), "settings")


def is_believed(device_offset_s: int | None, by_position_s: int | None) -> bool:
    """True when the offset a device wrote is that of a zone, and the position does not show that it
    is an unknown or an inverted one.
    """
    if device_offset_s is None or abs(device_offset_s) > MAX_UTC_OFFSET_S:
        return False
    return by_position_s is None or device_offset_s not in {0, -by_position_s} - {by_position_s}


def is_virtual(
    sub_sport: str, device: str | None, latitude_deg: float | None, longitude_deg: float | None
) -> bool:
    """True for an activity in a game: by its sub-sport, its maker, or a place that only a game's
    runners reach.
    """
    if sub_sport == VIRTUAL or (device is not None and _is_game(device)):
        return True
    return (
        latitude_deg is not None
        and longitude_deg is not None
        and any(
            south <= latitude_deg <= north and west <= longitude_deg <= east
            for south, north, west, east in ISLANDS_OF_GAMES
        )
    )


@lru_cache(maxsize=4096)
def _is_game(device: str) -> bool:
    named = device.lower()
    return any(maker in named for maker in GAMES)


def _local(started_at: datetime, offset_s: int, source: str) -> LocalDay:
    return LocalDay(
        (started_at.astimezone(UTC) + timedelta(seconds=offset_s)).date(), offset_s, source
    )


def _offset_at(
    instant: datetime, latitude_deg: float | None, longitude_deg: float | None
) -> int | None:
    if latitude_deg is None or longitude_deg is None:
        return None
    zone = _zone_at(round(latitude_deg, 2), round(longitude_deg, 2))
    return None if zone is None else offset_in(zone, instant)


@lru_cache(maxsize=4096)
def _zone_at(latitude_deg: float, longitude_deg: float) -> ZoneInfo | None:
    name = tzfpy.get_tz(longitude_deg, latitude_deg)
    try:
        return ZoneInfo(name) if name else None
    except ZoneInfoNotFoundError:
        return None


def offset_in(zone: ZoneInfo, instant: datetime) -> int:
    """Offset of a zone from UTC at an instant, in s."""
    offset = instant.astimezone(zone).utcoffset()
    return int(offset.total_seconds()) if offset is not None else 0
