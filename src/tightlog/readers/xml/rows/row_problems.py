"""What a runner should know about the rows of an XML recording, in words."""

import numpy as np

from tightlog.readers.xml.rows.row_shape import Texts
from tightlog.readers.xml.rows.rows import FileRows
from tightlog.readers.xml.track_text import texts_of

PERSIAN_OR_ISLAMIC = (1360, 1480)


def problems(broken: str | None, rows: FileRows) -> tuple[str, ...]:
    """What was left out of a file with activities, and what broke it."""
    times = rows.times
    undated = int((~times.is_dated).sum())
    misdated = int(times.is_misdated.sum())
    found = (
        f"{broken}; kept are its {rows.height - undated:,} readable records" if broken else "",
        (
            f"{misdated:,} of {rows.height:,} records are dated {misdated_years(rows)} and were "
            "left out"
        )
        if misdated
        else "",
        f"{undated - misdated:,} of {rows.height:,} records have no readable time and were left out"
        if undated > misdated
        else "",
        "its times name no time zone and were taken as UTC" if times.is_naive.any() else "",
        "its times have no seconds: the records of a minute were spread over it"
        if times.is_of_minutes
        else "",
        "its years are of the Buddhist calendar and were taken as 543 less"
        if times.is_buddhist.any()
        else "",
    )
    return tuple(problem for problem in found if problem)


def every_misdated(rows: FileRows) -> str:
    """Why nothing was taken from rows that are all misdated."""
    first, last = PERSIAN_OR_ISLAMIC
    if all(first <= year <= last for year in _years(rows)):
        return (
            f"every record is dated {misdated_years(rows)}, as in the Persian or the Islamic "
            "calendar; set the phone or app to the Gregorian one and export it again"
        )
    return f"every record is dated {misdated_years(rows)}: the clock of the recorder was not set"


def no_readable_time(texts: Texts, rows: FileRows) -> str:
    """Why nothing was taken from rows whose times (as written, and as read) are all unreadable;
    empty where some was read, or none is written.
    """
    written = [text for text in texts_of(texts).str.strip_chars() if text]
    if not written or rows.times.is_dated.any():
        return ""
    return (
        f'its times cannot be read (such as "{written[0][:40]}"): export it again with times like '
        "2026-05-04T06:30:00Z"
    )


def misdated_years(rows: FileRows) -> str:
    """The impossible years of rows, in words: `1970` or `2080 to 2081`."""
    years = _years(rows)
    return f"{years[0]} to {years[-1]}" if len(years) > 1 else str(years[0])


def _years(rows: FileRows) -> list[int]:
    years = rows.times.year_misdated
    return [int(year) for year in np.unique(years[np.isfinite(years)])]
