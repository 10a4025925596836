"""R20: One session much harder than lately

What: the load of a single session was over 30 % above the hardest one of the 30 days before, and
it was not a run already reported as a long one; shown for a week. What is no news is left out as
for long runs.
Why it matters: it is the rule for single long runs, applied to effort. No study of hard
sessions and backs was found.
Evidence (grade D): by analogy with the distance of single runs (Schuster Brandt Frandsen et al.
2025, PMID 40623829); the 30 % is ours
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import polars as pl

from tightlog.domain.frames import IS_WATCHED
from tightlog.domain.thresholds import ROUNDING
from tightlog.language.catalogue import message, phrase
from tightlog.patterns.events import EVENT_LASTS_D, measured_days
from tightlog.patterns.news import answer_words, news
from tightlog.patterns.pattern import MORE, PatternInputs, Threshold, described, rule_rows
from tightlog.patterns.rules.r02_session_spike import spikes
from tightlog.words.dates import weekday
from tightlog.words.numbers import more

HARD = Threshold(
    "excess_pct",
    30.0,
    "%",
    message("above the hardest session of the 30 days before (ours, by analogy)"),
)
EXPOSURES = MappingProxyType({"load_au": MORE})
COLUMNS = {
    "hardest_session_au": pl.Float64,
    "hardest_session_30d_au": pl.Float64,
    "is_hardest_session_estimated": pl.Boolean,
    "load_28d_estimated_share_pct": pl.Float64,
}


def hard_days(inputs: PatternInputs) -> pl.DataFrame:
    """The day of such a session and the six days after; quiet where the 30 days before are
    unknown or hold no session.
    """
    limit = inputs.limit("R20", HARD)
    before = pl.col("hardest_session_30d_au")
    hard = (
        measured_days(
            inputs.days_with(COLUMNS), "load_28d_estimated_share_pct", ("hardest_session_30d_au",)
        )
        .filter(
            IS_WATCHED,
            before > 0,
            ~pl.col("is_hardest_session_estimated").fill_null(False),
        )
        .with_columns(value=(pl.col("hardest_session_au") / before - 1) * 100)
        .filter(pl.col("value").is_finite(), pl.col("value") > limit + ROUNDING)
        .select(*COLUMNS, "value", started_on="day")
    )
    # One long run is one piece of news, and the distance has the better evidence.
    of_its_own = hard.join(spikes(inputs), on="started_on", how="anti", maintain_order="left")
    told = news(inputs, of_its_own, "hardest_session_au", EXPOSURES, EVENT_LASTS_D)
    return rule_rows(told, limit, _words)


def _words(row: Mapping[str, Any]) -> str:
    session = phrase(
        "{event_on}'s hardest session (load {hardest_session_au:.0f})",
        event_on=weekday(row["event_on"]),
        hardest_session_au=row["hardest_session_au"],
    )
    return phrase(
        "{session} was {more} the hardest of the 30 days before "
        "({hardest_session_30d_au:.0f}).{answer_words}",
        session=session,
        more=more(row["value"], "above", ""),
        hardest_session_30d_au=row["hardest_session_30d_au"],
        answer_words=answer_words(row),
    )


PATTERN = described(
    __doc__,
    needs=(
        message(
            "a load for every session of 30 days, and at least 14 days of history: heart "
            "rate, or your effort rating with each"
        )
    ),
    link=(
        message(
            "Our link, not the article's: it says start slowly and do not push too hard, "
            "and does not mention single sessions."
        )
    ),
    interventions=("G3", "G1", "G2"),
    thresholds=(HARD,),
    exposures=EXPOSURES,
    lasts_d=EVENT_LASTS_D,
    match=hard_days,
    is_watched=lambda inputs: inputs.has("hardest_session_30d_au"),
)
