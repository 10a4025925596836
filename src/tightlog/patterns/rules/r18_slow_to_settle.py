"""R18: Slow to settle after runs

What: twice in 14 days your score rose by 2 or more after a run and had not come back by the next
day, which does not happen after days without a run; shown for a week, and again when it happened
twice more.
Why it matters: coming back by the next morning is a rule of thumb for training with sore tendons
and knees; for backs it is borrowed.
Evidence (grade D): convention; no study of tightness after runs was found
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from tightlog.language.catalogue import message, phrase
from tightlog.patterns.events import EVENT_LASTS_D, shown_days
from tightlog.patterns.pattern import MORE, PatternInputs, Threshold, described, rule_rows, typed
from tightlog.words.dates import date_words

RISE = Threshold(
    "rise_points",
    2.0,
    "points",
    message("above the score before the run, right after it or the next day (convention)"),
)
APART = Threshold("apart_d", 14.0, "days", message("within which it happened twice (ours)"))
# Ours: right after a run two points soon pass; a score still a point higher the next day is not
# back.
STILL_UP = 1.0
# Ours: as for a flare (R17), only more than what happens on one in twenty days anyway, here after
# days without a run.
USUAL_SHARE, HISTORY_D, LEAST_PAIRS = 0.95, 90, 10
COLUMNS = {"tightness_score": pl.Float64, "run_count": pl.Float64}
EVENT = ("started_on", "before", "tightness_score")


def unsettled_days(inputs: PatternInputs) -> pl.DataFrame:
    """The day after the second such run and the six days after it; quiet where a score of the pair,
    or the usual swing, is not known.

    Before: the day's first score given before any run. After: the highest of the day with the
    moment `after`. Next day: its first score given before any run, about 24 hours after the run.
    """
    rise, apart_d = inputs.limit("R18", RISE), inputs.limit("R18", APART)
    events = _pairs(inputs).filter(
        pl.col("ran_before"),
        pl.col("value") > pl.col("usual_swing"),
        (pl.col("value") >= rise)
        | ((pl.col("after") - pl.col("before") >= rise) & (pl.col("value") >= STILL_UP)),
    )
    matched = shown_days(inputs, _twice(events, apart_d), EVENT_LASTS_D)
    return rule_rows(matched, rise, lambda row: _words(row, apart_d))


def is_watched(inputs: PatternInputs) -> bool:
    """True when there is a usual swing to compare with on the last day."""
    swing = _pairs(inputs)["usual_swing"]
    return swing.len() > 0 and swing[-1] is not None


def _pairs(inputs: PatternInputs) -> pl.DataFrame:
    """Per day (started_on): its score, that of the day before (before; after: after its run),
    their difference, and the usual one.
    """
    score, is_run_day = pl.col("tightness_score"), pl.col("run_count") > 0
    change = score - score.shift(1)
    rest_change = pl.when((pl.col("run_count") == 0).shift(1)).then(change)
    return (
        inputs.days_with(COLUMNS)
        .join(_after_runs(inputs), on="day", how="left", maintain_order="left")
        .select(
            "tightness_score",
            started_on="day",
            ran_before=is_run_day.shift(1),
            before=score.shift(1),
            after=pl.col("after").shift(1),
            value=change,
            usual_swing=rest_change.shift(1).rolling_quantile(
                USUAL_SHARE, "higher", HISTORY_D, min_samples=LEAST_PAIRS
            ),
        )
    )


def _twice(events: pl.DataFrame, apart_d: float) -> pl.DataFrame:
    """Events that are the second within the days, with earlier_started_on, earlier_before and
    earlier_tightness_score of the first.

    Each morning counts once: a back that reacts like this every week is reported every other time,
    not all the time.
    """
    seconds: list[dict[str, Any]] = []
    first: dict[str, Any] | None = None
    for event in events.iter_rows(named=True):
        if first is not None and (event["started_on"] - first["started_on"]).days < apart_d:
            seconds.append(event | {f"earlier_{name}": first[name] for name in EVENT})
            first = None
        else:
            first = event
    return pl.DataFrame(
        seconds,
        schema={**events.schema, **{f"earlier_{name}": events.schema[name] for name in EVENT}},
    )


def _after_runs(inputs: PatternInputs) -> pl.DataFrame:
    """Highest score of each day given after exercise: day, after."""
    every = typed(
        inputs.scores if inputs.scores is not None else pl.DataFrame(),
        {"day": pl.Date, "moment": pl.String, "score": pl.Float64},
    )
    return (
        every.filter(pl.col("moment") == "after").group_by("day").agg(after=pl.col("score").max())
    )


def _words(row: Mapping[str, Any], apart_d: float) -> str:
    first, second = (
        (
            phrase(
                "from {row:g} to {row_2:g} on {row_3}",
                row=row[f"{which}before"],
                row_2=row[f"{which}tightness_score"],
                row_3=date_words(row[f"{which}started_on"]),
            )
        )
        for which in ("earlier_", "")
    )
    return phrase(
        "Twice in {apart_d:g} days your score was up after a run and not back the next "
        "day: {first}, {second}.",
        apart_d=apart_d,
        first=first,
        second=second,
    )


PATTERN = described(
    __doc__,
    needs=(
        message(
            "scores before a run and on the next day, and ten such pairs around days "
            "without a run in the last 90"
        )
    ),
    link=(
        message(
            "The article says listen to your body and do not push too hard; when a back is "
            "slow to settle is our interpretation."
        )
    ),
    interventions=("G3", "S1", "S2", "G2"),
    thresholds=(RISE, APART),
    exposures={"run_distance_m": MORE, "load_au": MORE},
    lasts_d=EVENT_LASTS_D,
    # The score of such a morning may be a flare by itself.
    implies=frozenset({"R17"}),
    match=unsettled_days,
    is_watched=is_watched,
)
