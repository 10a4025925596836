"""Lines of Apple's XML as one phone writes them at one export."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from xml.sax.saxutils import quoteattr

from tightlog.simulation.apple_health.apple_planted import PHONE, Dialect

DEVICE = (
    "<<HKDevice: 0x{pointer:x}>, name:{name}, manufacturer:Apple Inc., model:{model}, "
    "hardware:{hardware}, software:9.1>"
)
WATCH_NAMED = {"name": "Apple Watch", "model": "Watch", "hardware": "Watch6,2"}
PHONE_NAMED = {"name": "iPhone", "model": "iPhone", "hardware": "iPhone12,1"}
# Written this much later than measured.
STORED_AFTER = timedelta(seconds=9)
MOTION = '>\n  <MetadataEntry key="HKMetadataKeyHeartRateMotionContext" value="{}"/>\n </Record>\n'
TIME_ZONE = '>\n  <MetadataEntry key="HKTimeZone" value="{}"/>\n </Record>\n'


@dataclass(frozen=True)
class Pen:
    """How one export is written: the phone's dialect, and when."""

    dialect: Dialect
    exported_at: datetime

    def clock(self, at: datetime) -> str:
        """An instant as the phone writes it: in the offset it has at the export, all year."""
        local = at.astimezone(UTC).replace(tzinfo=None) + self.dialect.offset
        return f"{local.isoformat(' ')} {_offset(self.dialect.offset)}"

    def origin(self, source: str) -> str:
        """Attributes that say who measured."""
        return _origin(source, self.exported_at)

    def span(self, started_at: datetime, ended_at: datetime) -> str:
        """Attributes that say from when to when."""
        return f'startDate="{self.clock(started_at)}" endDate="{self.clock(ended_at)}"'

    def record(
        self,
        name: str,
        unit: str,
        at: datetime,
        lasting_s: int,
        value: float,
        source: str,
        motion: int | None = None,
    ) -> str:
        """One sample; that of a heart says whether the body moved."""
        span = self.span(at, at + timedelta(seconds=lasting_s))
        head = (
            f' <Record type="HKQuantityTypeIdentifier{name}" {self.origin(source)} unit="{unit}" '
            f'creationDate="{self.clock(at + STORED_AFTER)}" {span} value="{value:.10g}"'
        )
        return head + ("/>\n" if motion is None else MOTION.format(motion))

    def category(
        self,
        kind: str,
        value: str,
        started_at: datetime,
        ended_at: datetime,
        source: str,
        zone: str | None,
    ) -> str:
        """One record of a category, with its own time zone where it has one."""
        head = (
            f' <Record type="HKCategoryTypeIdentifier{kind}" {self.origin(source)} '
            f'creationDate="{self.clock(ended_at + STORED_AFTER)}" '
            f'{self.span(started_at, ended_at)} value="HKCategoryValue{value}"'
        )
        return head + ("/>\n" if zone is None else TIME_ZONE.format(zone))


def attributes(named: Mapping[str, str]) -> str:
    """Attributes as text."""
    return " ".join(f"{name}={quoteattr(value)}" for name, value in named.items())


@cache
def _origin(source: str, exported_at: datetime) -> str:
    # The pointer is another one in each export.
    pointer = 0x280000000 + int(exported_at.timestamp()) % 0xFFFFFFF
    device = PHONE_NAMED if source == PHONE else WATCH_NAMED
    named = {
        "sourceName": source,
        "sourceVersion": "9.1",
        "device": DEVICE.format(pointer=pointer, **device),
    }
    return attributes(named)


@cache
def _offset(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}{abs(minutes) % 60:02d}"
