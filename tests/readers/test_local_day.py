"""The local day: from the device, else the position, else the settings, and never from a zero
that means unknown.
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from tightlog.readers.local_day import local_day

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
