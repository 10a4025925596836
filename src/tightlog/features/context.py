"""What is known of a day besides the tightness: one column per name that a device measured or the
runner noted, in one unit.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from tightlog.domain.wellness import QUANTITIES
from tightlog.features.feature import Feature
from tightlog.units import MINUTES_PER_HOUR

# A table may hold any number of columns. Beyond this many, most often noted first, names are only
# in the relation `context`.
MOST_OWN_COLUMNS = 40
# So are longer names: they are sentences, and shortened two of them could become the same.
LONGEST_NAME = 60

AS_NOTED = "as noted"
AS_SAID = "from your diary; mean if there are several that day; null on a day without"
SOURCE = "your diary"
AS_MEASURED = "from your watch, phone or diary, one source a day; null on a day without"
MEASURED = "your devices and diary"

# These exist in every home, so that SQL and rules can name them.
FEATURES = (
    *(
        Feature(
            f"context_{one.name}", one.unit, "context", f"{one.meaning}, {AS_MEASURED}", MEASURED
        )
        for one in QUANTITIES
    ),
    Feature("context_sitting_h", "h", "context", f"Hours of sitting, {AS_SAID}", SOURCE),
    Feature("context_stress", AS_NOTED, "context", f"Stress, {AS_SAID}", SOURCE),
    Feature("context_mood", AS_NOTED, "context", f"Mood, {AS_SAID}", SOURCE),
    Feature("context_fatigue", AS_NOTED, "context", f"Fatigue, {AS_SAID}", SOURCE),
)
ALWAYS = {feature.feature: feature for feature in FEATURES}

MINUTES_PER: Mapping[str, float] = {"min": 1.0, "h": MINUTES_PER_HOUR}
# `sleep_duration_h` and `sleep` in minutes are the same; a `sleep` on a scale is not.
STEM_OF_DURATION = {"sleep_duration": "sleep"}
IN_HOURS = ("sleep", "sitting")
# Scales (`1–5, low = bad`) and Daylio's ticks (`done`) are not part of a column's name.
SUFFIX_OF_UNIT = re.compile(r"(?!done$)[a-z]{1,5}")


@dataclass(frozen=True)
class Noted:
    """A name in one unit: how many entries, since when, and the column it belongs to."""

    name: str
    unit: str | None
    count: int
    since: date
    stem: str
    duration_unit: str | None


@dataclass(frozen=True)
class Column:
    """A column of the day frame: its feature, its sources, and the factor that converts each to the
    column's unit.
    """

    feature: Feature
    parts: Mapping[tuple[str, str | None], float]


def features_of(context: pl.DataFrame) -> tuple[Feature, ...]:
    """The features of a home's context: those every home has, then its own, most often noted
    first.
    """
    return tuple(column.feature for column in _columns(context))


def context_days(calendar: pl.DataFrame, context: pl.DataFrame) -> pl.DataFrame:
    """One row per day of the calendar: a column for each of features_of(context)."""
    columns = _columns(context)
    parts = [
        (*part, column.feature.feature, factor)
        for column in columns
        for part, factor in column.parts.items()
    ]
    schema = {"name": pl.String, "unit": pl.String, "column": pl.String, "factor": pl.Float64}
    valued = _numbers(context).join(
        pl.DataFrame(parts, schema=schema, orient="row"), on=["name", "unit"], nulls_equal=True
    )
    # Sorted: a mean summed in another order differs in the last digit, and a rebuild must give the
    # same result.
    means = (
        valued.select("day", "column", value=pl.col("value") * pl.col("factor"))
        .sort("column", "day", "value")
        .group_by("column", "day", maintain_order=True)
        .mean()
    )
    names = [column.feature.feature for column in columns]
    by_day = means.pivot("column", index="day", on_columns=names, values="value")
    return calendar.select("day").join(by_day, on="day", how="left", maintain_order="left")


def _numbers(context: pl.DataFrame) -> pl.DataFrame:
    """What is compared: numbers of the one source that is believed on its day."""
    return context.filter(pl.col("value").is_finite() & pl.col("is_chosen"))


def _columns(context: pl.DataFrame) -> tuple[Column, ...]:
    """The columns every home has, then the runner's own in the order of their entries; of two
    that would share a name, the first.
    """
    found: dict[str, Column] = {}
    for quantity in sorted(
        _quantities(context), key=lambda parts: (-sum(part.count for part in parts), parts[0].stem)
    ):
        column = _column(quantity)
        found.setdefault(column.feature.feature, column)
    own = [column for name, column in found.items() if name not in ALWAYS]
    return (
        *(found.get(name, Column(feature, {})) for name, feature in ALWAYS.items()),
        *own[:MOST_OWN_COLUMNS],
    )


def _quantities(context: pl.DataFrame) -> Iterable[Sequence[Noted]]:
    """The noted names by column; the most frequent unit first, of equals the older."""
    rows = (
        _numbers(context)
        .group_by("name", "unit")
        .agg(count=pl.len(), since=pl.col("day").min())
        .iter_rows(named=True)
    )
    noted = [one for row in rows if _is_nameable(one := _noted(**row))]
    quantities: dict[tuple[str, bool], list[Noted]] = {}
    for one in sorted(noted, key=lambda one: (-one.count, one.since, one.unit or "", one.name)):
        quantities.setdefault((one.stem, one.duration_unit is not None), []).append(one)
    return quantities.values()


def _noted(name: str, unit: str | None, count: int, since: date) -> Noted:
    stem = slug(name)
    start, _, end = stem.rpartition("_")
    says_unit = bool(start) and end in MINUTES_PER and unit in (None, *MINUTES_PER)
    duration_unit = unit if unit in MINUTES_PER else end if says_unit else None
    stem = start if says_unit else stem
    if duration_unit:
        stem = STEM_OF_DURATION.get(stem, stem)
    return Noted(name, unit, count, since, stem, duration_unit)


def _is_nameable(noted: Noted) -> bool:
    """True for a name that can be a column's; one that ends in `h` but is a tick or on a scale
    would be mistaken for hours.
    """
    ends_like_a_duration = (
        noted.duration_unit is None and noted.stem.rpartition("_")[2] in MINUTES_PER
    )
    return 0 < len(noted.stem) <= LONGEST_NAME and not ends_like_a_duration


def _column(parts: Sequence[Noted]) -> Column:
    """One column from what belongs together: durations converted, else the entries in the most
    common unit.
    """
    first = parts[0]
    if first.duration_unit:
        unit = "h" if first.stem in IN_HOURS else first.duration_unit
        feature = _feature(first, unit)
        return Column(
            feature,
            {
                (part.name, part.unit): MINUTES_PER[part.duration_unit or unit] / MINUTES_PER[unit]
                for part in parts
            },
        )
    others = sum(part.count for part in parts if part.unit != first.unit)
    feature = _feature(first, first.unit)
    if others:
        left_out = f"; {others:,} entr{'y' if others == 1 else 'ies'} in another unit left out"
        feature = replace(feature, definition=feature.definition + left_out)
    return Column(
        feature, {(part.name, part.unit): 1.0 for part in parts if part.unit == first.unit}
    )


def _feature(noted: Noted, unit: str | None) -> Feature:
    column = f"context_{noted.stem}"
    suffix = "pct" if unit == "%" else (unit or "").casefold()
    if SUFFIX_OF_UNIT.fullmatch(suffix) and not column.endswith(f"_{suffix}"):
        column += f"_{suffix}"
    known = ALWAYS.get(column)
    if known:
        return replace(known, unit=unit or known.unit)
    # `hrv_ms` in ms is the HRV: the unit is shown beside it.
    words = " ".join(noted.name.replace("_", " ").split()).removesuffix(f" {unit}")
    return Feature(
        column, unit or AS_NOTED, "context", f"{words[:1].upper()}{words[1:]}, {AS_SAID}", SOURCE
    )


def slug(name: str) -> str:
    """Name as lower-case ASCII words joined by `_`; a letter without an ASCII form as `u` and
    its code, so that none is lost.
    """
    letters = []
    for letter in unicodedata.normalize("NFC", name.casefold()):
        plain = "".join(
            part
            for part in unicodedata.normalize("NFKD", letter)
            if part.isascii() and part.isalnum()
        )
        letters.append(plain or (f"u{ord(letter):x}" if letter.isalnum() else "_"))
    return re.sub(r"_+", "_", "".join(letters)).strip("_")
