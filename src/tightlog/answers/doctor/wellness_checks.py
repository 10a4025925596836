"""Nights and days: how many a watch or the diary tells of."""

from collections.abc import Mapping
from typing import Any

from tightlog.answers.doctor.check import Check
from tightlog.errors import TightlogError
from tightlog.features.nights import FEWEST_NIGHTS
from tightlog.home.settings import Home
from tightlog.language.catalogue import phrase, phrases
from tightlog.warehouse import store
from tightlog.words.dates import date_words
from tightlog.words.numbers import counted

NAME = "sleep and days"
NIGHTS = "context_sleep_h"
OTHERS = phrases(
    {
        "context_hrv_rmssd_ms": "heart-rate variability",
        "context_hrv_sdnn_ms": "heart-rate variability (SDNN)",
        "context_resting_heart_rate_bpm": "resting heart rate",
        "context_watch_stress": "stress by the watch",
        "context_steps": "steps",
    }
)


def nights_known(home: Home) -> Check:
    """On how many nights sleep is known, and on how many days all else."""
    try:
        rows = store.answer(store.published_version(home), "nights_known").rows(named=True)
    except TightlogError:
        return Check(NAME, True, phrase("nothing read yet"))
    known = {row["feature"]: row for row in rows}
    if not known:
        return Check(NAME, True, phrase("none known: no watch export or diary with sleep was read"))
    said = [_night_words(known[NIGHTS])] if NIGHTS in known else [phrase("no night with sleep")]
    said += [
        phrase("{day} with {words}", day=counted(known[name]["day_count"], "day"), words=words)
        for name, words in OTHERS.items()
        if name in known
    ]
    return Check(NAME, True, "; ".join(said))


def _night_words(row: Mapping[str, Any]) -> str:
    count = row["day_count"]
    said = phrase(
        "{night} with sleep, the newest of {newest_day}",
        night=counted(count, "night"),
        newest_day=date_words(row["newest_day"]),
    )
    return (
        said
        if count >= FEWEST_NIGHTS
        else phrase(
            "{said} ({fewest_nights} make a usual night)", said=said, fewest_nights=FEWEST_NIGHTS
        )
    )
