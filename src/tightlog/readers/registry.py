"""Which reader reads which content: the first that recognises it, in this order."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from zoneinfo import ZoneInfo

from tightlog.domain import formats
from tightlog.domain.diary import DiaryMapping
from tightlog.domain.formats import Format
from tightlog.domain.reading import Reading


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


# Each group of readers is imported once a file is none of the groups before it: a night with one
# run needs one reader, and all of them take longer to import than it takes to read the run.


@cache
def _fit() -> tuple[Reader, ...]:
    from tightlog.readers.fit import is_fit, read_fit

    return (
        Reader(
            formats.FIT,
            lambda file: is_fit(file.data),
            lambda file: read_fit(file.data, file.name, file.home_zone, file.reads_wellness),
        ),
    )


@cache
def _tracks() -> tuple[Reader, ...]:
    from tightlog.readers.xml.gpx import is_gpx, read_gpx
    from tightlog.readers.xml.tcx import is_tcx, read_tcx

    return (
        Reader(
            formats.GPX, lambda file: is_gpx(file.data), lambda file: read_gpx(file.data, file.name)
        ),
        Reader(
            formats.TCX, lambda file: is_tcx(file.data), lambda file: read_tcx(file.data, file.name)
        ),
    )


@cache
def _health() -> tuple[Reader, ...]:
    from tightlog.readers.exports.garmin import is_garmin_list, read_garmin_list
    from tightlog.readers.exports.garmin_gear import is_garmin_gear, read_garmin_gear
    from tightlog.readers.health.apple import is_apple_part, read_apple
    from tightlog.readers.health.apple_head import is_apple_health
    from tightlog.readers.health.garmin_days import is_garmin_days, read_garmin_days
    from tightlog.readers.health.health_auto_export import is_auto_export, read_auto_export
    from tightlog.readers.health.health_connect import is_health_connect, read_health_connect
    from tightlog.readers.health.samsung import is_samsung, read_samsung

    return (
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
    )


@cache
def _makers() -> tuple[Reader, ...]:
    from tightlog.readers.health.day_tables import Maker, is_of_maker, read_maker
    from tightlog.readers.health.makers import MAKERS

    def of_maker(maker: Maker) -> Reader:
        return Reader(
            maker.format,
            lambda file: is_of_maker(file.data, maker),
            lambda file: read_maker(file.data, maker, file.home_zone),
        )

    return tuple(map(of_maker, MAKERS))


@cache
def _tables() -> tuple[Reader, ...]:
    from tightlog.readers.diary import is_diary, read_diary
    from tightlog.readers.exports.strava import is_strava_csv, read_strava_csv

    return (
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


def readers() -> Iterator[Reader]:
    """Every reader, in order."""
    groups = (_fit, _tracks, _health, _makers, _tables)
    return chain.from_iterable(group() for group in groups)


def reader_of(file: PlainFile) -> Reader | None:
    """The reader for the file; None when none recognises its content."""
    return next((reader for reader in readers() if reader.takes(file)), None)
