"""Which patterns match on which day, and which of them this home can watch."""

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

import polars as pl

from tightlog.domain.frames import Columns
from tightlog.language.catalogue import phrase
from tightlog.patterns.catalogue import PATTERNS
from tightlog.patterns.pattern import (
    COVERED_SCHEMA,
    Pattern,
    PatternInputs,
    refuse_unknown_thresholds,
)
from tightlog.patterns.rules.r21_personal_link import relevant_findings
from tightlog.words.measures import worded
from tightlog.words.numbers import typeset

MATCH_SCHEMA: Columns = MappingProxyType(
    {
        "day": pl.Date,
        "pattern": pl.String,
        "state": pl.String,
        "started_on": pl.Date,
        "evidence": pl.String,
        "value": pl.Float64,
        "threshold": pl.Float64,
        "red_flags": pl.List(pl.String),
        "until_on": pl.Date,
    }
)

PATTERN_SCHEMA: Columns = MappingProxyType(
    {
        "pattern": pl.String,
        "title": pl.String,
        "what": pl.String,
        "why": pl.String,
        "grade": pl.String,
        "source": pl.String,
        "threshold": pl.String,
        "needs": pl.String,
        "is_watched": pl.Boolean,
    }
)

THRESHOLD_SCHEMA: Columns = MappingProxyType(
    {
        "pattern": pl.String,
        "name": pl.String,
        "value": pl.Float64,
        "default_value": pl.Float64,
        "unit": pl.String,
        "meaning": pl.String,
    }
)


def matches(inputs: PatternInputs) -> pl.DataFrame:
    """Rows of `pattern_match`: one per day and pattern shown on it; an episode is `new` on its
    first day, then `ongoing`.

    Matching days with few quiet ones between them are one episode, which is shown for a limited
    time (Pattern.quiet_d, longest_d): what comes and goes is one piece of news, and what lasts for
    months is none.

    Raises SettingsError for a threshold no pattern has.
    """
    refuse_unknown_thresholds(inputs.thresholds, PATTERNS)
    general = _episodes(
        [one for one in PATTERNS if not (one.is_fallback or one.is_personal)], inputs
    )
    without_these = replace(inputs, covered=covered_exposures(general, inputs.findings))
    personal = _episodes([one for one in PATTERNS if one.is_personal], without_these)
    found = pl.concat([general, personal])
    quiet = _episodes([one for one in PATTERNS if one.is_fallback], inputs, found["day"])
    order = pl.DataFrame(
        {"pattern": [pattern.pattern for pattern in PATTERNS], "order": range(len(PATTERNS))}
    )
    return (
        pl.concat([found, quiet])
        .join(order, on="pattern", how="left")
        .sort("day", "order")
        .drop("order")
    )


def covered_exposures(found: pl.DataFrame, findings: pl.DataFrame | None) -> pl.DataFrame:
    """One row per day and exposure that a match of that day is about, if a finding of the runner's
    own supports it: day, exposure.
    """
    links = {
        row["exposure"]: row["effect_points"]
        for row in relevant_findings(findings).iter_rows(named=True)
    }
    about = [
        (pattern.pattern, exposure)
        for pattern in PATTERNS
        for exposure, sign in pattern.exposures.items()
        if sign * links.get(exposure, 0.0) > 0
    ]
    frame = pl.DataFrame(about, schema={"pattern": pl.String, "exposure": pl.String}, orient="row")
    return found.join(frame, on="pattern").select(COVERED_SCHEMA.keys()).unique()


def pattern_frame(inputs: PatternInputs) -> pl.DataFrame:
    """Rows of `pattern`: the catalogue, and whether this home records what each rule needs.

    Raises SettingsError for a threshold no pattern has.
    """
    refuse_unknown_thresholds(inputs.thresholds, PATTERNS)
    rows = [
        (
            pattern.pattern,
            worded(pattern.title),
            worded(pattern.what),
            worded(pattern.why),
            pattern.grade,
            pattern.source,
            _threshold_words(pattern, inputs),
            pattern.needs,
            pattern.is_watched(inputs),
        )
        for pattern in PATTERNS
    ]
    return pl.DataFrame(rows, schema=dict(PATTERN_SCHEMA), orient="row")


def threshold_frame(inputs: PatternInputs) -> pl.DataFrame:
    """Rows of `pattern_threshold`: each threshold of the catalogue with the number in force."""
    rows = [
        (item.pattern, threshold.name, inputs.limit(item.pattern, threshold), threshold.default,
         threshold.unit, typeset(threshold.meaning))
        for item in PATTERNS for threshold in item.thresholds
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=dict(THRESHOLD_SCHEMA), orient="row")


def _episodes(
    patterns: Sequence[Pattern], inputs: PatternInputs, taken: pl.Series | None = None
) -> pl.DataFrame:
    """The days on which these patterns are shown, none of the days `taken`."""
    found = [inputs.once(one.match) for one in patterns]
    about = [
        (one.pattern, one.quiet_d, one.longest_d)
        for one, rows in zip(patterns, found, strict=True)
        for _ in range(rows.height)
    ]
    schema = {"pattern": pl.String, "quiet_d": pl.Int64, "longest_d": pl.Int64}
    rows = pl.concat(
        [pl.concat(found), pl.DataFrame(about, schema=schema, orient="row")], how="horizontal"
    ).sort("pattern", "day")
    if taken is not None:
        rows = rows.filter(~pl.col("day").is_in(taken.implode()))
    goes_on = (pl.col("day") - pl.col("day").shift(1)).dt.total_days() <= pl.col("quiet_d") + 1
    first_day = pl.when(goes_on.fill_null(False)).then(None).otherwise(pl.col("day")).forward_fill()
    age_d = (pl.col("day") - pl.col("started_on")).dt.total_days()
    return (
        rows.with_columns(started_on=pl.coalesce("started_on", first_day.over("pattern")))
        .filter(pl.col("longest_d").is_null() | (age_d < pl.col("longest_d")))
        .with_columns(state=pl.when(age_d == 0).then(pl.lit("new")).otherwise(pl.lit("ongoing")))
        .select(MATCH_SCHEMA.keys())
    )


def _threshold_words(pattern: Pattern, inputs: PatternInputs) -> str:
    """Thresholds in force with name, value, unit and meaning; the default is named where the
    runner chose another.
    """
    words = []
    for threshold in pattern.thresholds:
        value = inputs.limit(pattern.pattern, threshold)
        changed = (
            ""
            if value == threshold.default
            else phrase(" (yours; default {default:g})", default=threshold.default)
        )
        words.append(
            typeset(f"{threshold.name} = {value:g} {threshold.unit}{changed}: {threshold.meaning}")
        )
    return "; ".join(words) or "none"
