"""R2: One run much longer than lately

What: a single run was more than 10 % longer than the longest one of the 30 days before; shown for
a week.
Why it matters: in 5,205 runners such runs went with more overuse injuries. Lower backs were not
looked at separately.
Evidence (grade A): Schuster Brandt Frandsen et al. 2025, Br J Sports Med, PMID 40623829
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from tightlog.domain.frames import IS_WATCHED
from tightlog.domain.thresholds import ROUNDING
from tightlog.patterns.events import EVENT_LASTS_D, shown_days
from tightlog.patterns.pattern import PatternInputs, Threshold, described, rule_rows
from tightlog.words.dates import weekday
from tightlog.words.numbers import km

SPIKE = Threshold(
    "spike_pct",
    10.0,
    "%",
    "longer than the longest run of the 30 days before (Schuster Brandt Frandsen 2025)",
)
RELEVANT = Threshold("relevant_d", float(EVENT_LASTS_D), "days", "an event is shown (ours)")
COLUMNS = {
    "longest_run_m": pl.Float64,
    "longest_run_30d_m": pl.Float64,
    "session_spike_ratio": pl.Float64,
    "session_spike_state": pl.String,
}


def spike_days(inputs: PatternInputs) -> pl.DataFrame:
    """The day of a spike and the days after it, each with the latest spike's numbers; quiet
    where history is short or unknown.
    """
    return rule_rows(
        shown_days(inputs, spikes(inputs), inputs.limit("R2", RELEVANT)),
        inputs.limit("R2", SPIKE),
        _words,
    )


def spikes(inputs: PatternInputs) -> pl.DataFrame:
    """Each spike's day (started_on), longest_run_m, longest_run_30d_m and value, its excess in
    %.
    """
    limit = inputs.limit("R2", SPIKE)
    is_spike = (
        (pl.col("session_spike_ratio") * 100 > limit + ROUNDING)
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
    run = f"{weekday(row['started_on'])}'s {km(row['longest_run_m'])}"
    before = row["longest_run_30d_m"]
    longest = f" ({km(before)})" if before is not None else ""
    return (
        f"{run} was {_percent(row['value'])} longer than anything in the 30 days before{longest}."
    )


def _percent(value: float) -> str:
    # 10.4 % must not become "10 %" beside a limit of 10 %.
    return f"{value:.1f} %" if value < 20 else f"{value:.0f} %"


PATTERN = described(
    __doc__,
    needs="runs with a distance, and at least 14 days of history",
    link=(
        "Our link, not the article's: it says start slowly and build up, and does not mention "
        "single long runs."
    ),
    interventions=("G3", "X1", "G1"),
    thresholds=(SPIKE, RELEVANT),
    exposures={
        "session_spike": 1,
        "session_spike_ratio": 1,
        "longest_run_m": 1,
        "run_distance_m": 1,
    },
    lasts_d=EVENT_LASTS_D,
    # A long run makes a full week.
    implies=frozenset({"R5"}),
    match=spike_days,
    is_watched=lambda inputs: inputs.has("session_spike_ratio"),
)
