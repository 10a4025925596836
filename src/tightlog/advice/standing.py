"""Which patterns stand on a day, most urgent first, and what speaks for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from tightlog.patterns.catalogue import PATTERNS
from tightlog.patterns.pattern import Pattern, typed
from tightlog.patterns.rules.r21_personal_link import FINDING_COLUMNS, interventions_of, relevant_findings, standing_links
from tightlog.patterns.wording import date_words

# Ours: older data say nothing about today.
FRESH_DATA_D = 7
RED_FLAG, WORSENING, PERSONAL, QUIET = "R0", "R1", "R21", "R22"
PATTERN = {pattern.pattern: pattern for pattern in PATTERNS}
_ORDER = {pattern.pattern: number for number, pattern in enumerate(PATTERNS)}


@dataclass(frozen=True)
class Standing:
    """A pattern that stands, with its evidence, start, the interventions for it, and the personal finding that speaks for it."""

    pattern: Pattern
    evidence: str
    started_on: date
    interventions: tuple[str, ...]
    personal: str | None = None


def standing_patterns(
    as_of: date, last_day: date | None, days: pl.DataFrame, matches: pl.DataFrame, findings: pl.DataFrame | None
) -> list[Standing]:
    """Patterns that stand, most urgent first; the quiet one alone when there are none or the data are old."""
    if last_day is None:
        return [_quiet(as_of, "There are no data yet")]
    if (as_of - last_day).days > FRESH_DATA_D:
        return [_quiet(as_of, f"No fresh data since {date_words(last_day)}")]
    rows = matches.filter(pl.col("day") == last_day, pl.col("pattern").is_in([name for name in PATTERN if name != RED_FLAG]))
    standing = [_stands(row, days, findings) for row in rows.iter_rows(named=True) if _is_spoken_of(as_of, row)]
    loud = [stands for stands in standing if not stands.pattern.is_fallback]
    if not loud:
        return [stands for stands in standing if stands.pattern.is_fallback] or [_quiet(as_of, "Nothing in your data speaks of today")]
    return sorted(loud, key=lambda stands: _urgency(as_of, stands))


def last_known_day(as_of: date, days: pl.DataFrame) -> date | None:
    """Last watched day up to `as_of`; None when there is none."""
    known = typed(days, {"day": pl.Date, "coverage": pl.String}).filter(pl.col("day") <= as_of)
    if "coverage" in days.columns:
        known = known.filter(pl.col("coverage") == "watched")
    last = known["day"].max()
    return last if isinstance(last, date) else None


def _is_spoken_of(as_of: date, match: Mapping[str, Any]) -> bool:
    """True while a match is fresh; later than its own day an event is spoken of only for the days it lasts."""
    pattern, day, started_on = PATTERN[match["pattern"]], match["day"], match["started_on"]
    is_over = as_of > day and pattern.lasts_d is not None and (as_of - started_on).days >= pattern.lasts_d
    return (as_of - day).days <= pattern.fresh_d and not is_over


def _stands(match: Mapping[str, Any], days: pl.DataFrame, findings: pl.DataFrame | None) -> Standing:
    pattern, evidence, started_on = PATTERN[match["pattern"]], match["evidence"], match["started_on"]
    if pattern.pattern != PERSONAL:
        return Standing(pattern, evidence, started_on, pattern.interventions, _personal_sentence(pattern, findings))
    links = standing_links(days, findings, match["threshold"]).filter(pl.col("day") == match["day"])
    strongest = links.sort(pl.col("value").abs(), descending=True)["exposure"].to_list()
    chosen = interventions_of(strongest[0]) if strongest else interventions_of("")
    return Standing(pattern, evidence, started_on, chosen)


def _quiet(as_of: date, evidence: str) -> Standing:
    return Standing(PATTERN[QUIET], f"{evidence}.", as_of, PATTERN[QUIET].interventions)


def _personal_sentence(pattern: Pattern, findings: pl.DataFrame | None) -> str | None:
    """Sentence of the strongest own finding that speaks for the pattern."""
    signs = pattern.exposures
    own = [
        row for row in typed(relevant_findings(findings), FINDING_COLUMNS).iter_rows(named=True)
        if signs.get(row["exposure"], 0) * row["effect_points"] > 0
    ]
    strongest = max(own, key=lambda row: abs(row["effect_points"]), default=None)
    return None if strongest is None else strongest["sentence"] or "Your own scores go with this as well."


def _urgency(as_of: date, stands: Standing) -> tuple[bool, bool, str, int, int]:
    """Sort key: worsening first, then what the runner's own scores speak for, then grade, recency, catalogue order."""
    is_personal = stands.personal is not None or stands.pattern.pattern == PERSONAL
    age_d = (as_of - stands.started_on).days
    return stands.pattern.pattern != WORSENING, not is_personal, stands.pattern.grade, age_d, _ORDER[stands.pattern.pattern]
