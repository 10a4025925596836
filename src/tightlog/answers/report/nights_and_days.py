"""Sleep and activity of the range, as a watch or the diary has them."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from tightlog.answers.report import data_words, drawing
from tightlog.answers.report.facts import ReportFacts
from tightlog.answers.report.markup import quiet, section, table
from tightlog.language.catalogue import message, phrase
from tightlog.words.dates import SPANS
from tightlog.words.numbers import first_upper

# Column of the day, heading, and decimals shown.
SHOWN: Mapping[str, tuple[str, int]] = {
    "context_sleep_h": (message("sleep h"), 1),
    "context_hrv_rmssd_ms": (message("HRV ms (RMSSD)"), 0),
    "context_hrv_sdnn_ms": (message("HRV ms (SDNN)"), 0),
    "context_resting_heart_rate_bpm": (message("resting bpm"), 0),
    "context_watch_stress": (message("stress 0–100"), 0),
    "context_steps": (message("steps"), 0),
    "context_stand_h": (message("stand h"), 0),
    "context_sitting_h": (message("sitting h"), 1),
}
TOLD = message(
    "Medians of the nights and days known; in brackets how many nights have sleep. A "
    "night belongs to the day of waking. Watches of different makers measure "
    "differently, and none measures sleep as a laboratory does."
)


def nights_and_days(facts: ReportFacts) -> Markup:
    """Sleep, pulse, stress and steps week by week or month by month; nothing where none is
    known.
    """
    known = {(row["first_day"], row["feature"]): row for row in facts.nights}
    names = [name for name in SHOWN if any(feature == name for _, feature in known)]
    if not names:
        return Markup()
    body = [
        (
            drawing.part_words(part["first_day"], facts.part),
            *(_cell(name, known.get((part["first_day"], name))) for name in names),
        )
        for part in facts.parts
    ]
    heads = (
        phrase("{part} of", part=first_upper(SPANS[facts.part])),
        *(phrase(SHOWN[name][0]) for name in names),
    )
    rows = table(
        heads,
        body,
        first_number=1,
        caption=phrase("{missing}: not known.", missing=data_words.MISSING),
    )
    return section(phrase("Sleep and activity"), quiet(phrase(TOLD)), rows)


def _cell(name: str, row: Mapping[str, Any] | None) -> str:
    if row is None:
        return data_words.MISSING
    amount = f"{row['median_amount']:,.{SHOWN[name][1]}f}"
    return f"{amount} ({row['day_count']})" if name == "context_sleep_h" else amount
