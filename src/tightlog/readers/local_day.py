"""The runner's local date of an instant, and its source: the device, the zone of the position, or
the settings.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import tzfpy


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
) -> LocalDay:
    """Local day of an activity that started at a UTC instant.

    Several makers write an offset of 0 for an unknown one, so a 0 that the position contradicts is
    ignored.
    """
    by_position = _offset_at(started_at, latitude_deg, longitude_deg)
    if device_offset_s is not None and not (device_offset_s == 0 and by_position not in (0, None)):
        return _local(started_at, device_offset_s, "device")
    if by_position is not None:
        return _local(started_at, by_position, "position")
    return _local(started_at, _offset_in(home_zone, started_at), "settings")


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
    return None if zone is None else _offset_in(zone, instant)


@lru_cache(maxsize=4096)
def _zone_at(latitude_deg: float, longitude_deg: float) -> ZoneInfo | None:
    name = tzfpy.get_tz(longitude_deg, latitude_deg)
    try:
        return ZoneInfo(name) if name else None
    except ZoneInfoNotFoundError:
        return None


def _offset_in(zone: ZoneInfo, instant: datetime) -> int:
    offset = instant.astimezone(zone).utcoffset()
    return int(offset.total_seconds()) if offset is not None else 0
