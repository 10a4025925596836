"""The night that ended this morning, in one line where it stands out against the runner's own."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from tightlog.features.context import context_days
from tightlog.features.nights import NORM_D, nights
from tightlog.language.catalogue import phrase
from tightlog.warehouse import store
from tightlog.words.numbers import short_number, typeset

# Ours: what happens in one of twenty nights, and for sleep at least an hour.
UNUSUAL_SD = 2.0
UNUSUAL_H = 1.0


def night_words(version: Path, day: date) -> str | None:
    """One line on the night that ended on a day; None where it was usual or is not known.

    It is there in the morning before the day's first score or run makes the day a row of `day`.
    """
    first = day - timedelta(days=NORM_D)
    context = store.answer(version, "night", [day, first])
    if context.is_empty() or context["day"][-1] != day:
        return None
    days = pl.DataFrame({"day": pl.date_range(first, day, eager=True)})
    noted = context_days(days, context)
    return words_of(noted.join(nights(noted, context), on="day").row(-1, named=True))


def words_of(night: Mapping[str, Any]) -> str | None:
    """The line from what is known of the night, by feature; None where nothing stands out."""
    said = [words for words in (_sleep(night), _variability(night)) if words]
    return typeset(phrase("Your night: {said}.", said="; ".join(said))) if said else None


def _sleep(night: Mapping[str, Any]) -> str | None:
    slept, off_h = night.get("context_sleep_h"), night.get("sleep_deviation_h")
    off_sd = night.get("sleep_deviation_sd")
    if slept is None or off_h is None or off_sd is None:
        return None
    if abs(off_sd) < UNUSUAL_SD or abs(off_h) < UNUSUAL_H:
        return None
    return phrase(
        "{slept:.1f} h of sleep, {off_h} h {part} than usual",
        slept=slept,
        off_h=short_number(abs(off_h), 1),
        part=phrase("less") if off_h < 0 else phrase("more"),
    )


def _variability(night: Mapping[str, Any]) -> str | None:
    off_sd = night.get("hrv_rmssd_deviation_sd")
    if off_sd is None or abs(off_sd) < UNUSUAL_SD:
        return None
    return phrase(
        "heart-rate variability far {part} usual",
        part=phrase("below") if off_sd < 0 else phrase("above"),
    )
