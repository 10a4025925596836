"""Rows of an XML recording from text to numbers: instants in UTC with the offset they were
written in, and measured values.
"""

import re
from datetime import UTC, datetime, timedelta
from math import isfinite

import polars as pl

from tightlog.domain.channels import CHANNELS, POSITION
from tightlog.domain.clocks import FIRST_YEAR, LATEST_AHEAD, is_written_in_time
from tightlog.domain.frames import UTC_INSTANT
from tightlog.readers.written_date import instants as written_instants
from tightlog.readers.xml.odd_times import iso_text, latin_digits

SUFFIX = re.compile(
    r"(?:[.,:](\d{1,9}))?\s*(?:Z|UTC|GMT|([+-])(\d{2}):?(\d{2})?)?\Z", re.IGNORECASE
)
HAS_ZONE = re.compile(r"(?:Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)\Z", re.IGNORECASE)

USUAL_TIME = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:[^ ].*|)$"
# The Thai calendar is this many years ahead; no recording is of such a year.
BUDDHIST_YEARS = 543
PERSIAN_OR_ISLAMIC = (1360, 1480)

# Exporters leak the invalid marks of FIT (255, 65535) and a heart rate of 0 for no signal.
LIMITS = {
    channel.raw_name: channel.credible
    for channel in CHANNELS
    if channel.credible and (channel.gpx or channel.gpx_attribute or channel.tcx)
}


def typed(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows with recorded_at (UTC or null), utc_offset_s (null where none is written), is_naive,
    positions and values, from text columns.
    """
    values = _numbers(rows.select(*(name for name in LIMITS if name in rows.columns)))
    # A receiver writes (0, 0) before it has a position.
    is_placed = pl.col("latitude_deg").is_between(*LIMITS["latitude_deg"]) & pl.col(
        "longitude_deg"
    ).is_between(*LIMITS["longitude_deg"])
    is_placed &= (pl.col("latitude_deg") != 0.0) | (pl.col("longitude_deg") != 0.0)
    is_believed = {
        name: is_placed if name in POSITION else pl.col(name).is_between(*LIMITS[name])
        for name in values.columns
    }
    believed = values.select(
        pl.when(condition).then(pl.col(name)).alias(name) for name, condition in is_believed.items()
    )
    return pl.concat([instants(rows["recorded_at"]), believed], how="horizontal")


def _numbers(texts: pl.DataFrame) -> pl.DataFrame:
    """Text columns as numbers, null where they are not; a decimal comma is accepted."""
    numbers = texts.select(pl.all().cast(pl.Float64, strict=False))
    odd = [name for name in texts.columns if numbers[name].null_count() > texts[name].null_count()]
    return numbers.with_columns(
        texts.select(
            pl.col(odd)
            .map_batches(latin_digits, return_dtype=pl.String)
            .str.strip_chars()
            .str.replace(",", ".", literal=True)
            .cast(pl.Float64, strict=False)
        )
        if odd
        else []
    )


def number(text: str | None, limits: tuple[float, float] = (0.0, float("inf"))) -> float | None:
    """Finite number of one text; None where it is none or lies outside the limits."""
    try:
        value = float((text or "").replace(",", "."))
    except ValueError:
        return None
    return value if isfinite(value) and limits[0] <= value <= limits[1] else None


def instant(text: str | None) -> datetime | None:
    """Instant in UTC of one text; None where it is unreadable or impossible."""
    written = (text or "").strip()
    if not _is_usual(written):
        written = str(_readable(pl.Series([written]))[0][0] or "")
    shift_us, _, _ = _meaning(written[19:])
    try:
        base = datetime.strptime(written[:19].replace(" ", "T"), "%Y-%m-%dT%H:%M:%S").replace(
            tzinfo=UTC
        )
        found = base + timedelta(microseconds=shift_us or 0)
    except (ValueError, OverflowError):
        return None
    is_believed = shift_us is not None and is_written_in_time(found, datetime.now(UTC))
    return found if is_believed else None


def written_offset_s(rows: pl.DataFrame) -> int | None:
    """First offset from UTC in s other than zero that the rows' times are written in; None
    without one.
    """
    found = rows["utc_offset_s"].drop_nulls().first()
    return found if isinstance(found, int) else None


def instants(text: pl.Series) -> pl.DataFrame:
    """Frame of recorded_at (UTC; null where unreadable or impossible), utc_offset_s, is_naive
    and is_misdated, one row per text.
    """
    text, is_buddhist = _readable(text.str.strip_chars())
    base = (
        text.str.slice(0, 19)
        .str.replace(" ", "T", literal=True)
        .str.to_datetime("%Y-%m-%dT%H:%M:%S", time_unit="us", strict=False)
    )
    suffixes = text.str.slice(19).rename("suffix")
    meaning = {suffix: _meaning(suffix) for suffix in suffixes.unique().drop_nulls()}
    table = pl.DataFrame(
        [(suffix, *values) for suffix, values in meaning.items()],
        schema={
            "suffix": pl.String,
            "shift_us": pl.Int64,
            "utc_offset_s": pl.Int64,
            "is_naive": pl.Boolean,
        },
        orient="row",
    )
    frame = pl.DataFrame({"suffix": suffixes, "base": base}).join(
        table, on="suffix", how="left", maintain_order="left"
    )
    instant = (
        (pl.col("base") + pl.duration(microseconds="shift_us"))
        .dt.replace_time_zone("UTC")
        .cast(UTC_INSTANT)
    )
    is_misdated = (instant.dt.year() < FIRST_YEAR) | (instant > datetime.now(UTC) + LATEST_AHEAD)
    return frame.select(
        pl.when(~is_misdated).then(instant).alias("recorded_at"),
        "utc_offset_s",
        pl.col("is_naive").fill_null(False),
        is_misdated.fill_null(False).alias("is_misdated"),
        pl.when(is_misdated).then(instant.dt.year()).alias("misdated_year"),
        is_buddhist=is_buddhist,
    )


def _is_usual(text: str) -> bool:
    """True for ISO text of our calendar, as nearly every exporter writes it."""
    return bool(re.match(USUAL_TIME, text)) and int(text[:4]) < FIRST_YEAR + BUDDHIST_YEARS


def _readable(text: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Times as ISO text whatever digits, clock or calendar they were written in, and which are of
    the Buddhist calendar.
    """
    is_odd = ~text.str.contains(USUAL_TIME).fill_null(True)
    if is_odd.any():
        written = {one: iso_text(one) for one in text.filter(is_odd).unique()}
        text = _dated_by_language(text.replace(written))
    year = text.str.slice(0, 4).cast(pl.Int32, strict=False)
    first, last = FIRST_YEAR + BUDDHIST_YEARS, datetime.now(UTC).year + 1 + BUDDHIST_YEARS
    is_buddhist = year.is_between(first, last).fill_null(False)
    if is_buddhist.any():
        gregorian = (year - BUDDHIST_YEARS).cast(pl.String) + text.str.slice(4)
        text = gregorian.zip_with(is_buddhist, text)
    return text, is_buddhist


def _dated_by_language(text: pl.Series) -> pl.Series:
    """The texts with dates such as `18.03.2026 09:05:07` or `Mar 18, 2026, 9:05:07 PM` as ISO
    text without a zone; in numbers the order of day and month must show in the column.
    """
    odd = text.filter(~text.str.contains(USUAL_TIME).fill_null(True)).unique(maintain_order=True)
    if odd.is_empty():
        return text
    found = zip(odd, written_instants(odd.to_list()), strict=True)
    return text.replace({one: f"{at:%Y-%m-%dT%H:%M:%S}" for one, at in found if at is not None})


def problems(broken: str | None, rows: pl.DataFrame) -> tuple[str, ...]:
    """What a runner should know about a file with activities: left-out rows and what broke it."""
    undated, misdated = rows["recorded_at"].null_count(), int(rows["is_misdated"].sum())
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
        "its times name no time zone and were taken as UTC" if rows["is_naive"].any() else "",
        "its years are of the Buddhist calendar and were taken as 543 less"
        if rows["is_buddhist"].any()
        else "",
    )
    return tuple(problem for problem in found if problem)


def every_misdated(rows: pl.DataFrame) -> str:
    """Why nothing was taken from typed rows that are all misdated."""
    years = rows["misdated_year"].drop_nulls()
    if years.is_between(*PERSIAN_OR_ISLAMIC).all():
        return (
            f"every record is dated {misdated_years(rows)}, as in the Persian or the Islamic "
            "calendar; set the phone or app to the Gregorian one and export it again"
        )
    return f"every record is dated {misdated_years(rows)}: the clock of the recorder was not set"


def no_readable_time(texts: pl.Series, instants: pl.Series) -> str:
    """Why nothing was taken from rows whose times (as written, and as read) are all unreadable;
    empty where some was read, or none is written.
    """
    written = texts.str.strip_chars().replace("", None).drop_nulls()
    if written.is_empty() or instants.is_not_null().any():
        return ""
    return (
        f'its times cannot be read (such as "{written[0][:40]}"): export it again with times like '
        "2026-05-04T06:30:00Z"
    )


def misdated_years(rows: pl.DataFrame) -> str:
    """The impossible years of typed rows, in words: `1970` or `2080 to 2081`."""
    years = rows["misdated_year"].drop_nulls().unique().sort()
    return f"{years[0]} to {years[-1]}" if len(years) > 1 else str(years[0])


def _meaning(suffix: str) -> tuple[int | None, int | None, bool]:
    """The text after the seconds: microseconds to add, the offset in s if one other than zero
    is written, whether no zone is.

    `.250+01:00` -> (-3_599_750_000, 3600, False)
    """
    found = SUFFIX.match(suffix)
    if not found:
        return None, None, False
    fraction_us = int((found[1] or "0").ljust(6, "0")[:6])
    offset_s = 0
    if found[2]:
        offset_s = (int(found[3]) * 3600 + int(found[4] or 0) * 60) * (1 if found[2] == "+" else -1)
    return fraction_us - offset_s * 1_000_000, offset_s or None, HAS_ZONE.search(suffix) is None
