"""Which reader reads which content: the first that recognises it, in this order."""

from collections.abc import Callable
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from tightlog.domain import formats
from tightlog.domain.diary import DiaryMapping
from tightlog.domain.formats import FORMATS, Format
from tightlog.domain.reading import Reading
from tightlog.readers.diary import is_diary, read_diary
from tightlog.readers.exports.garmin import is_garmin_list, read_garmin_list
from tightlog.readers.exports.garmin_gear import is_garmin_gear, read_garmin_gear
from tightlog.readers.exports.strava import is_strava_csv, read_strava_csv
from tightlog.readers.fit import is_fit, read_fit
from tightlog.readers.health.apple import is_apple_health, is_apple_part, read_apple
from tightlog.readers.health.day_tables import Maker, is_of_maker, read_maker
from tightlog.readers.health.garmin_days import is_garmin_days, read_garmin_days
from tightlog.readers.health.health_auto_export import is_auto_export, read_auto_export
from tightlog.readers.health.health_connect import is_health_connect, read_health_connect
from tightlog.readers.health.makers import MAKERS
from tightlog.readers.health.samsung import is_samsung, read_samsung
from tightlog.readers.xml.gpx import is_gpx, read_gpx
from tightlog.readers.xml.tcx import is_tcx, read_tcx


@dataclass(frozen=True)
class PlainFile:
    """Unpacked bytes of a file; its name is a last hint, its mapping is the runner's."""

    data: bytes = field(repr=False)
    name: str
    home_zone: ZoneInfo
    mapping: DiaryMapping | None = None
    reads_wellness: bool = True


@dataclass(frozen=True)
class Reader:
    """A format, how it is recognised, and how it is read."""

    format: Format
    takes: Callable[[PlainFile], bool]
    read: Callable[[PlainFile], Reading]


def _of_maker(maker: Maker) -> Reader:
    return Reader(
        maker.format,
        lambda file: is_of_maker(file.data, maker),
        lambda file: read_maker(file.data, maker, file.home_zone),
    )


READERS = (
    Reader(
        formats.FIT,
        lambda file: is_fit(file.data),
        lambda file: read_fit(file.data, file.name, file.home_zone, file.reads_wellness),
    ),
    Reader(
        formats.GPX, lambda file: is_gpx(file.data), lambda file: read_gpx(file.data, file.name)
    ),
    Reader(
        formats.TCX, lambda file: is_tcx(file.data), lambda file: read_tcx(file.data, file.name)
    ),
    Reader(
        formats.APPLE_HEALTH,
        lambda file: is_apple_part(file.data) or is_apple_health(file.data),
        lambda file: read_apple(file.data, file.home_zone, file.reads_wellness),
    ),
    Reader(
        # The list of activities, and that of the pairs worn on them.
        formats.GARMIN_LIST,
        lambda file: is_garmin_list(file.data) or is_garmin_gear(file.data),
        lambda file: (read_garmin_list if is_garmin_list(file.data) else read_garmin_gear)(
            file.data
        ),
    ),
    Reader(
        formats.GARMIN_DAYS,
        lambda file: is_garmin_days(file.data),
        lambda file: read_garmin_days(file.data, file.home_zone),
    ),
    Reader(
        formats.HEALTH_AUTO_EXPORT,
        lambda file: is_auto_export(file.data),
        lambda file: read_auto_export(file.data, file.home_zone),
    ),
    Reader(
        formats.HEALTH_CONNECT,
        lambda file: is_health_connect(file.data),
        lambda file: read_health_connect(file.data, file.home_zone),
    ),
    Reader(
        formats.SAMSUNG,
        lambda file: is_samsung(file.data),
        lambda file: read_samsung(file.data),
    ),
    *(_of_maker(maker) for maker in MAKERS),
    # Before the diary, because it is also a table.
    Reader(
        formats.STRAVA_LIST,
        lambda file: is_strava_csv(file.data),
        lambda file: read_strava_csv(file.data),
    ),
    Reader(
        formats.DIARY,
        lambda file: is_diary(file.data, file.name),
        lambda file: read_diary(file.data, file.name, file.home_zone, file.mapping),
    ),
)

if unpaired := {one.format.name for one in READERS} ^ {one.name for one in FORMATS}:
    raise ImportError(f"formats and readers do not match: {', '.join(sorted(unpaired))}")


def reader_of(file: PlainFile) -> Reader | None:
    """The reader for the file; None when none recognises its content."""
    return next((reader for reader in READERS if reader.takes(file)), None)
