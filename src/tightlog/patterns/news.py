"""Which long or hard runs are news. A planned race, a known distance and one more step of a
build-up are told only when the back answers or the runner's own scores go with them.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from tightlog.language.catalogue import phrase
from tightlog.patterns.events import MINOR_EVENT_LASTS_D, watched_days
from tightlog.patterns.pattern import PatternInputs
from tightlog.patterns.rules.r01_worsening import worse_days
from tightlog.patterns.rules.r17_flare import flare_days
from tightlog.patterns.rules.r21_personal_link import relevant_findings
from tightlog.patterns.rules.r22_nothing_stood_out import high_scores
from tightlog.patterns.taper import races
from tightlog.words.dates import weekday

# Ours: what was run within half a year is known, unless it is twice as much as lately.
KNOWN_D = 180
DOUBLED_PCT = 100.0
# Ours, as for episodes: what comes again within six weeks has become usual, unless it is more.
AGAIN_D = 42


@dataclass(frozen=True)
class Told:
    """An event that is told: its day, the days it is shown (from, until), and the day on which
    the back was worse than usual where that is the reason.
    """

    event_on: date
    shown_from: date
    shown_until: date
    answered_on: date | None = None


def news(
    inputs: PatternInputs,
    events: pl.DataFrame,
    size: str,
    exposures: Mapping[str, int],
    days: float,
) -> pl.DataFrame:
    """The days each event is told: day, started_on (first of them), answered_on, and the columns of
    the event.

    Events have started_on, value (how much above the days before, in %) and the column `size`,
    which the days have too. Told is an event for `days` days; one that is a planned race, known or
    comes again, from the day on which the back is worse than usual; one that is known or comes
    again and is about an exposure with a finding of the runner's own, for 3 days.
    """
    rows = _with_known(inputs, events, size).to_dicts()
    told = list(
        _told(
            rows,
            inputs.once(_answers)["day"].to_list(),
            _has_link(inputs, exposures),
            math.ceil(days),
        )
    )
    frame = pl.DataFrame(
        [(one.event_on, one.shown_from, one.shown_until, one.answered_on) for one in told],
        schema={
            "event_on": pl.Date,
            "shown_from": pl.Date,
            "shown_until": pl.Date,
            "answered_on": pl.Date,
        },
        orient="row",
    )
    return (
        inputs.once(watched_days)
        .join_where(
            frame, pl.col("day") >= pl.col("shown_from"), pl.col("day") <= pl.col("shown_until")
        )
        .sort("day", "event_on")
        .unique("day", keep="last", maintain_order=True)
        .join(events.rename({"started_on": "event_on"}), on="event_on", maintain_order="left")
        .rename({"shown_from": "started_on"})
    )


def answer_words(row: Mapping[str, Any]) -> str:
    """The sentence, after a space, that says why an event is told that would be quiet; or ""."""
    if row["answered_on"] is None:
        return ""
    return phrase(
        " It is told because your back was worse than usual on {answered_on}.",
        answered_on=weekday(row["answered_on"]),
    )


def _with_known(inputs: PatternInputs, events: pl.DataFrame, size: str) -> pl.DataFrame:
    """The events, one a day, with known_size (largest of the 180 days before) and is_race."""
    known = inputs.days_with({size: pl.Float64}).select(
        started_on="day", known_size=pl.col(size).shift(1).rolling_max(KNOWN_D, min_samples=1)
    )
    race_days = inputs.once(races).select(started_on="day", is_race=pl.lit(True))
    return (
        events.select("started_on", "value", size=pl.col(size))
        .unique("started_on", keep="last")
        .join(known, on="started_on", how="left")
        .join(race_days, on="started_on", how="left")
        .sort("started_on")
    )


def _told(
    events: list[dict[str, Any]], answers: list[date], has_link: bool, days: int
) -> Iterator[Told]:
    """The events that are told, in their order."""
    before: dict[str, Any] | None = None
    for event in events:
        on = event["started_on"]
        last = on + timedelta(days=days - 1)
        is_new = not (_is_known(event) or _is_again(event, before))
        if is_new and not event["is_race"]:
            before = event
            yield Told(on, on, last)
        elif has_link and not event["is_race"]:
            yield Told(on, on, min(last, on + timedelta(days=MINOR_EVENT_LASTS_D - 1)))
        elif answer := next((day for day in answers if on <= day <= last), None):
            yield Told(on, answer, last, answer)


def _is_known(event: Mapping[str, Any]) -> bool:
    known, size = event["known_size"], event["size"]
    return (
        known is not None and (size or 0.0) > 0 and size < known and event["value"] <= DOUBLED_PCT
    )


def _is_again(event: Mapping[str, Any], before: Mapping[str, Any] | None) -> bool:
    """True within six weeks of an event that was farther above what was usual then."""
    return (
        before is not None
        and (event["started_on"] - before["started_on"]).days <= AGAIN_D
        and event["value"] < before["value"]
    )


def _answers(inputs: PatternInputs) -> pl.DataFrame:
    """Days (day) on which the back is worse than usual: a flare, worsening, or a high score."""
    found = [
        inputs.once(flare_days),
        inputs.once(worse_days),
        high_scores(inputs.days, inputs.scores),
    ]
    return pl.concat([rows.select("day") for rows in found]).unique().sort("day")


def _has_link(inputs: PatternInputs, exposures: Mapping[str, int]) -> bool:
    return any(
        exposures.get(row["exposure"], 0) * row["effect_points"] > 0
        for row in relevant_findings(inputs.findings).iter_rows(named=True)
    )
