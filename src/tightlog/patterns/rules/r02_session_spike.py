"""R2: One run much longer than lately

What: a single run was more than 10 % longer than the longest one of the 30 days before. A race
after easier days, a distance of the last half year and a smaller step soon after one are shown only
while your back is worse than usual.
Why it matters: in 5,205 runners such runs went with more overuse injuries. Lower backs were not
looked at separately.
Evidence (grade A): Schuster Brandt Frandsen et al. 2025, Br J Sports Med, PMID 40623829
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import polars as pl

from tightlog.domain.frames import IS_WATCHED
from tightlog.domain.thresholds import ROUNDING
from tightlog.language.catalogue import message, phrase
from tightlog.patterns.events import EVENT_LASTS_D
from tightlog.patterns.news import answer_words, news
from tightlog.patterns.pattern import MORE, PatternInputs, Threshold, described, rule_rows
from tightlog.words.dates import weekday
from tightlog.words.measures import distance
from tightlog.words.numbers import more

SPIKE = Threshold(
    "spike_pct",
    10.0,
    "%",
    message("longer than the longest run of the 30 days before (Schuster Brandt Frandsen 2025)"),
)
RELEVANT = Threshold(
    "relevant_d", float(EVENT_LASTS_D), "days", message("an event is shown (ours)")
)
# Ours: 10.4 % longer is said as 10 %, and that is not over 10 %.
WHOLE_PCT = 0.5
EXPOSURES = MappingProxyType(
    {
        "session_spike": MORE,
        "session_spike_ratio": MORE,
        "longest_run_m": MORE,
        "run_distance_m": MORE,
    }
)
COLUMNS = {
    "longest_run_m": pl.Float64,
    "longest_run_30d_m": pl.Float64,
    "session_spike_ratio": pl.Float64,
    "session_spike_state": pl.String,
}


def spike_days(inputs: PatternInputs) -> pl.DataFrame:
    """The days on which a spike is told, each with the latest spike's numbers; quiet where history
    is short or unknown.
    """
    told = news(inputs, spikes(inputs), "longest_run_m", EXPOSURES, inputs.limit("R2", RELEVANT))
    return rule_rows(told, inputs.limit("R2", SPIKE), _words)


def spikes(inputs: PatternInputs) -> pl.DataFrame:
    """Each spike's day (started_on), longest_run_m, longest_run_30d_m and value, its excess in
    %.
    """
    limit = inputs.limit("R2", SPIKE)
    is_spike = (
        (pl.col("session_spike_ratio") * 100 >= limit + WHOLE_PCT - ROUNDING)
        & pl.col("session_spike_ratio").is_finite()
        & ~pl.col("session_spike_state")
        .fill_null("")
        .is_in(["not_enough_history", "return_after_break"])
        & IS_WATCHED
    )
    return (
        inputs.days_with(COLUMNS)
        .filter(is_spike)
        .select(
            "longest_run_m",
            "longest_run_30d_m",
            started_on="day",
            value=pl.col("session_spike_ratio") * 100,
        )
    )


def _words(row: Mapping[str, Any]) -> str:
    run = phrase(
        "{weekday}'s {far}",
        weekday=weekday(row["event_on"]),
        far=distance(row["longest_run_m"]),
    )
    before = row["longest_run_30d_m"]
    longest = f" ({distance(before)})" if before is not None else ""
    much = more(row["value"], phrase("longer than"), phrase("as long as"))
    return phrase(
        "{run} was {much} anything in the 30 days before{longest}.{answer_words}",
        run=run,
        much=much,
        longest=longest,
        answer_words=answer_words(row),
    )


PATTERN = described(
    __doc__,
    needs=message("runs with a distance, and at least 14 days of history"),
    link=(
        message(
            "Our link, not the article's: it says start slowly and build up, and does not "
            "mention single long runs."
        )
    ),
    interventions=("G3", "X1", "G1"),
    thresholds=(SPIKE, RELEVANT),
    exposures=EXPOSURES,
    lasts_d=EVENT_LASTS_D,
    # A long run makes a full week.
    implies=frozenset({"R5"}),
    match=spike_days,
    is_watched=lambda inputs: inputs.has("session_spike_ratio"),
)
