"""R21: Days like this came before tighter ones

What: something that goes with your own scores, by a point or more, is at its high (or low) end
today; told again after ten days.
Why it matters: a link in your own record is about you, but it may have another reason, and no
outside study supports it.
Evidence (grade D): your own scores only; tightlog's documentation explains how it is tested
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl

from tightlog.domain.frames import IS_WATCHED
from tightlog.domain.thresholds import RELEVANT_POINTS
from tightlog.findings.daily_life.life_family import LIFE_FAMILY
from tightlog.findings.exposures import FAMILY, Exposure, exposure, full_calendar, lagged_values
from tightlog.language.catalogue import message, phrase
from tightlog.patterns.pattern import PatternInputs, Threshold, described, rule_rows, typed
from tightlog.words.dates import weekday
from tightlog.words.measures import unit_of, value_of, worded
from tightlog.words.numbers import first_upper, spoken

EFFECT = Threshold(
    "effect_points", RELEVANT_POINTS, "points",
    message("between low and high exposure, half of what patients notice (Ostelo 2008)"),
)  # fmt: skip
VERDICTS = ("clear", "possible")
# Ours: an end that is reached on more days than this is ordinary.
UNUSUAL_SHARE = 0.25
# Ours: the same link is told again after this many days; before, it is no news.
AGAIN_D = 10
IN_A_ROW_D = 7
FINDING_COLUMNS = {
    "exposure": pl.String,
    "verdict": pl.String,
    "effect_points": pl.Float64,
    "exposure_low": pl.Float64,
    "exposure_high": pl.Float64,
    "sentence": pl.String,
}
INTERVENTIONS_OF: Mapping[str, tuple[str, ...]] = {
    "run_distance_m": ("G3", "X1", "G1"),
    "session_spike": ("G3", "X1", "G1"),
    "run_distance_7d_m": ("G3", "X1", "G1"),
    "descent_m": ("F3", "F1", "S2", "X4", "X5"),
    "load_au": ("G3", "X1", "G1"),
    "cadence_residual_pct": ("F6", "F1", "F3"),
    "days_without_strength": ("C1", "C2", "C3", "X4", "X5"),
    "mobility_min": ("G3", "S2"),
    "swim_min": ("G3", "X6"),
    "cycle_min": ("G3", "X1", "X6"),
    # As in R19: the article has no more for nights and stress, and for sitting it has moving.
    **dict.fromkeys(
        (
            "context_sleep_h",
            "hrv_rmssd_deviation_sd",
            "hrv_sdnn_deviation_sd",
            "resting_heart_rate_deviation_bpm",
            "bed_time_7d_spread_h",
            "context_watch_stress",
            "context_stress",
        ),
        ("F4", "S1", "Y1"),
    ),
    **dict.fromkeys(("context_steps", "context_stand_h", "context_sitting_h"), ("S1", "Y1", "F4")),
}
ANY_EXPOSURE = ("G3", "G1")


def personal_days(inputs: PatternInputs) -> pl.DataFrame:
    """Days on which an exposure with a relevant finding is at its unfavourable end; one row per
    day, the largest effect.

    An exposure that another match of the day is about is left to that match.
    """
    limit = inputs.limit("R21", EFFECT)
    stands = active_links(inputs.days, inputs.findings, limit).join(
        inputs.covered, on=["day", "exposure"], how="anti"
    )
    strongest = (
        _news(stands)
        .sort("day", pl.col("value").abs(), descending=[False, True])
        .unique("day", keep="first", maintain_order=True)
        .with_columns(until_on=_morning_it_is_about())
    )
    return rule_rows(strongest, limit, lambda row: str(row["evidence"]))


def _morning_it_is_about() -> pl.Expr:
    """The day of the rating an exposure goes with: of a night its own, of a day the next."""
    nights = [item.column for item in LIFE_FAMILY if item.is_night]
    is_night = pl.col("exposure").is_in(nights)
    return pl.when(is_night).then("day").otherwise(pl.col("day").dt.offset_by("1d"))


def _news(stands: pl.DataFrame) -> pl.DataFrame:
    """The rows of `active_links` that are told: not within 10 days of the last that asked for the
    same, but for days in a row, a week of them at most. Load and distance, say, are one thing.
    """
    first: dict[tuple[str, ...], date] = {}
    latest: dict[tuple[str, ...], date] = {}
    told = []
    for row in stands.sort("day").iter_rows(named=True):
        asks, day = interventions_of(row["exposure"]), row["day"]
        age_d = (day - first[asks]).days if asks in first else AGAIN_D
        is_next = asks in latest and (day - latest[asks]).days <= 1 and age_d < IN_A_ROW_D
        if age_d >= AGAIN_D:
            first[asks] = day
        told.append(age_d >= AGAIN_D or is_next)
        if told[-1]:
            latest[asks] = day
    return stands.sort("day").filter(pl.Series(told, dtype=pl.Boolean))


def active_links(
    days: pl.DataFrame, findings: pl.DataFrame | None, limit_points: float = EFFECT.default
) -> pl.DataFrame:
    """One row per day and exposure at its unfavourable end: day, exposure, value (effect in
    points), evidence.
    """
    schema: dict[str, type[pl.DataType]] = {
        "day": pl.Date,
        "exposure": pl.String,
        "value": pl.Float64,
        "evidence": pl.String,
    }
    relevant = relevant_findings(findings, limit_points)
    calendar = pl.DataFrame() if relevant.is_empty() else full_calendar(days)
    rows: list[tuple[Any, ...]] = []
    if not calendar.is_empty():
        tomorrow = pl.DataFrame({"day": [calendar["day"][-1] + timedelta(days=1)]})
        longer = full_calendar(pl.concat([days, tomorrow], how="diagonal"))
        rows = [
            row
            for finding in relevant.iter_rows(named=True)
            for row in _unfavourable(calendar, longer, finding)
        ]
    return pl.DataFrame(rows, schema=schema, orient="row")


def relevant_findings(
    findings: pl.DataFrame | None, limit_points: float = EFFECT.default
) -> pl.DataFrame:
    """Findings with the verdict clear or possible and an effect of at least so many points;
    empty without findings.
    """
    known = typed(findings if findings is not None else pl.DataFrame(), FINDING_COLUMNS)
    return known.filter(
        pl.col("verdict").is_in(VERDICTS), pl.col("effect_points").abs() >= limit_points
    )


def interventions_of(exposure_column: str) -> tuple[str, ...]:
    """Interventions for an exposure that is at its unfavourable end, default first."""
    return INTERVENTIONS_OF.get(exposure_column, ANY_EXPOSURE)


def _unfavourable(
    calendar: pl.DataFrame, longer: pl.DataFrame, finding: Mapping[str, Any]
) -> list[tuple[Any, ...]]:
    # What a rating on the next morning would be compared with is today's value: in `longer`, which
    # has one more day. A night goes with the rating of the morning it ended on.
    tested = next(
        (item for item in (*FAMILY, *LIFE_FAMILY) if item.column == finding["exposure"]),
        exposure(finding["exposure"]),
    )
    values = (
        lagged_values(calendar, tested) if tested.is_night else lagged_values(longer, tested)[1:]
    )
    known = values[~np.isnan(values)]
    if known.size == 0:
        return []
    is_high_worse = finding["effect_points"] > 0
    end = finding["exposure_high" if is_high_worse else "exposure_low"]
    if end is None:
        end = float(np.quantile(known, 0.9 if is_high_worse else 0.1))
    is_at_end = (values >= end) if is_high_worse else (values <= end)
    if is_at_end.sum() > UNUSUAL_SHARE * known.size:
        return []
    is_watched = (
        typed(calendar, {"coverage": pl.String})
        .select(IS_WATCHED)
        .to_series()
        .fill_null(False)
        .to_numpy()
    )
    return [
        (
            calendar["day"][row],
            tested.column,
            finding["effect_points"],
            _words(calendar["day"][row], tested, finding, float(values[row]), end),
        )
        for row in map(int, np.flatnonzero(is_at_end & is_watched))
    ]


def _words(
    day: date, tested: Exposure, finding: Mapping[str, Any], value: float, end: float
) -> str:
    direction = phrase("more") if finding["effect_points"] > 0 else phrase("less")
    size = phrase(
        "{effect_points:.1f} points {direction} tightness ({verdict})",
        effect_points=abs(finding["effect_points"]),
        direction=direction,
        verdict=finding["verdict"],
    )
    sentence = finding["sentence"] or phrase(
        "{more} goes with {size}.", more=first_upper(worded(tested.more)), size=size
    )
    if not tested.unit and value == end == 1.0:
        return phrase("{sentence} {day} was such a day.", sentence=sentence, day=weekday(day))
    amount = spoken(value_of(value, tested.unit), unit_of(tested.unit))
    amount = amount if tested.unit else f"{worded(tested.name or tested.title)} {amount}"
    when = (
        weekday(day)
        if tested.spans_d == 1 >= tested.look_back_d
        else phrase("Up to {day}", day=weekday(day))
    )
    # The sentence is about the high end; where the low one is the worse, it is said which that is.
    low = (
        ""
        if finding["effect_points"] > 0
        else phrase(
            ", low for you ({end} or less)",
            end=spoken(value_of(end, tested.unit), unit_of(tested.unit)),
        )
    )
    return f"{sentence} {when}: {amount}{low}."


PATTERN = described(
    __doc__,
    needs=message(
        "a finding that is clear or possible, of a point or more (60 scores in 90 days first)"
    ),
    link=(
        message(
            "Our link, not the article's: it knows nothing about your record; we chose "
            "what fits from its list."
        )
    ),
    interventions=tuple(
        dict.fromkeys(
            name for names in (*INTERVENTIONS_OF.values(), ANY_EXPOSURE) for name in names
        )
    ),
    thresholds=(EFFECT,),
    fresh_d=1,
    is_personal=True,
    # Each such day is an event of its own.
    quiet_d=0,
    match=personal_days,
    is_watched=lambda inputs: (
        relevant_findings(inputs.findings, inputs.limit("R21", EFFECT)).height > 0
    ),
)
