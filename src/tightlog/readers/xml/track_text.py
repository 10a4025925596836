"""Texts of an XML recording as numbers, and as instants in UTC with the offset they were written
in.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from math import isfinite

import polars as pl

from tightlog.domain.clocks import FIRST_YEAR, LATEST_AHEAD, is_written_in_time
from tightlog.domain.frames import UTC_INSTANT
from tightlog.readers.written_date import instants as written_instants
from tightlog.readers.xml.odd_times import iso_text

SUFFIX = re.compile(
    r"(?:[.,:](\d{0,9}))?\s*(?:Z|UTC|GMT|([+-])(\d{2}):?(\d{2})?)?(?:\[[\w/+-]+\])?\Z",
    re.IGNORECASE,
)
HAS_ZONE = re.compile(r"(?:Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)(?:\[[\w/+-]+\])?\Z", re.IGNORECASE)

USUAL_TIME = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.,:Zz+\[-].*|)$"
# `Mon, 04 May 2026 07:30:00 +0200`: the zone behind a clock, as a text of a language writes it.
ZONE_BEHIND = re.compile(r"(?<=\d:\d\d)\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})(?![\d:])", re.IGNORECASE)
# The Thai calendar is this many years ahead; no recording is of such a year.
BUDDHIST_YEARS = 543


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
    if not written:
        return None
    is_usual = _is_usual(written)
    if not is_usual:
        written = str(_readable(pl.Series([written]))[0][0] or "")
    shift_us, _, _ = meaning(written[19:])
    clock = written[:19].replace(" ", "T")
    try:
        # Of the usual form both say the same, the first one in a tenth of the time.
        base = (
            datetime.fromisoformat(clock).replace(tzinfo=UTC)
            if is_usual
            else datetime.strptime(clock, "%Y-%m-%dT%H:%M:%S").replace(tzinfo=UTC)
        )
        found = base + timedelta(microseconds=shift_us or 0)
    except (ValueError, OverflowError):
        return None
    is_believed = shift_us is not None and is_written_in_time(found, datetime.now(UTC))
    return found if is_believed else None


def texts_of(texts: Sequence[bytes | None]) -> pl.Series:
    """Column of texts from their bytes."""
    return pl.Series(texts, dtype=pl.Binary).cast(pl.String, strict=False)


def instants(text: pl.Series) -> pl.DataFrame:
    """Frame of recorded_at (UTC; null where unreadable or impossible), written_at (impossible ones
    too), utc_offset_s, is_naive and is_misdated, one row per text.
    """
    text, is_buddhist = _readable(text.str.strip_chars())
    base = (
        text.str.slice(0, 19)
        .str.replace(" ", "T", literal=True)
        .str.to_datetime("%Y-%m-%dT%H:%M:%S", time_unit="us", strict=False)
    )
    suffixes = text.str.slice(19).rename("suffix")
    meanings = {suffix: meaning(suffix) for suffix in suffixes.unique().drop_nulls()}
    table = pl.DataFrame(
        [(suffix, *values) for suffix, values in meanings.items()],
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
        instant.alias("written_at"),
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
    text, with a zone where one is written; in numbers the order of day and month must show in the
    column.
    """
    odd = text.filter(~text.str.contains(USUAL_TIME).fill_null(True)).unique(maintain_order=True)
    if odd.is_empty():
        return text
    zones = [behind[1] if (behind := ZONE_BEHIND.search(one)) else "" for one in odd]
    instants_of = written_instants([ZONE_BEHIND.sub(" ", one) for one in odd])
    found = zip(odd, instants_of, zones, strict=True)
    return text.replace(
        {one: f"{at:%Y-%m-%dT%H:%M:%S}{zone}" for one, at, zone in found if at is not None}
    )


def meaning(suffix: str) -> tuple[int | None, int | None, bool]:
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
