"""Every kind of file tightlog reads, declared once: its name, and its rank among others.

To add a reader: its module in `readers/`, its format here, and its entry in `readers/registry.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Format:
    """A format; `name` is the reader's, as in `source_file.reader`, `title` is how pages call it.

    `short_title` is the same within a list of formats, of an export's list the vendor.
    Of two equal recordings the one with the higher `record_rank` is kept (the format holds more);
    where two twins differ about sport, name, shoe or effort, the lower `fact_rank` is believed.
    """

    name: str
    title: str
    short_title: str
    record_rank: int = 0
    fact_rank: int = 0
    # Of recordings and tables alone: how such a file's name ends.
    endings: tuple[str, ...] = ()
    # An export's list of activities, with totals but without records.
    is_list: bool = False
    # Nights and days alone, no activity: where it ranks among recordings is of no matter.
    holds_days: bool = False
    # By its own definition it counts the strides of one leg on foot.
    counts_strides: bool = False


FIT = Format(
    "fit", "a FIT file", "FIT", record_rank=3, fact_rank=5, endings=(".fit",), counts_strides=True
)
TCX = Format("tcx", "a TCX file", "TCX", record_rank=2, fact_rank=3, endings=(".tcx",))
# Its workouts, each with its route; above GPX, which is what its routes are alone.
APPLE_HEALTH = Format(
    "apple_health", "an Apple Health export", "Apple Health", record_rank=1, fact_rank=2
)
GPX = Format("gpx", "a GPX file", "GPX", record_rank=0, fact_rank=4, endings=(".gpx",))
# What the runner entered at the vendor is the most deliberate statement of sport, name and shoe.
GARMIN_LIST = Format(
    "garmin", "the list of a Garmin export", "Garmin", record_rank=-1, fact_rank=1, is_list=True
)
STRAVA_LIST = Format(
    "strava", "the list of a Strava export", "Strava", record_rank=-2, fact_rank=0, is_list=True
)
GARMIN_DAYS = Format("garmin_days", "nights and days of a Garmin export", "Garmin", holds_days=True)
FITBIT, WHOOP, OURA, POLAR, WITHINGS, HEALTH_AUTO_EXPORT, HEALTH_CONNECT, SAMSUNG, INTERVALS_ICU = (
    Format(name, f"nights and days of {title}", title, holds_days=True)
    for name, title in (
        ("fitbit", "Fitbit"),
        ("whoop", "WHOOP"),
        ("oura", "Oura"),
        ("polar", "Polar"),
        ("withings", "Withings"),
        ("health_auto_export", "Health Auto Export"),
        ("health_connect", "Health Connect"),
        ("samsung", "Samsung Health"),
        ("intervals_icu", "intervals.icu"),
    )
)
WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".ods")
DIARY = Format("diary", "a diary", "CSV", endings=(".csv", ".tsv", *WORKBOOK_ENDINGS))

OF_DAYS = (
    GARMIN_DAYS,
    FITBIT,
    WHOOP,
    OURA,
    POLAR,
    WITHINGS,
    HEALTH_AUTO_EXPORT,
    HEALTH_CONNECT,
    SAMSUNG,
    INTERVALS_ICU,
)
FORMATS = (FIT, GPX, TCX, GARMIN_LIST, STRAVA_LIST, APPLE_HEALTH, *OF_DAYS, DIARY)
FORMAT: Mapping[str, Format] = {one.name: one for one in FORMATS}
LISTS = frozenset(one.name for one in FORMATS if one.is_list)
# How the names of recordings end; the second as a part of a regular expression.
RECORDINGS = tuple(one for one in FORMATS if one.endings and one is not DIARY)
RECORDING_TITLES = tuple(one.short_title for one in RECORDINGS)
# What comes as an export alone; what intervals.icu knows is fetched.
VENDORS = tuple(
    dict.fromkeys(
        one.short_title for one in FORMATS if not one.endings and one is not INTERVALS_ICU
    )
)
RUN_ENDINGS = tuple(ending for one in RECORDINGS for ending in one.endings)
ANY_RUN_ENDING = "|".join(ending.replace(".", r"\.") for ending in RUN_ENDINGS)
TABLE_ENDINGS = (*DIARY.endings, ".txt")


def is_table_name(name: str) -> bool:
    """True for the name of a file that may be a table of scores, packed or not."""
    return name.lower().removesuffix(".gz").endswith(TABLE_ENDINGS)
