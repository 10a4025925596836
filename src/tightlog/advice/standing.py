"""Which patterns stand on a day, most urgent first, and what speaks for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from tightlog.advice.quiet import (
    BESIDE,
    HABITS,
    HIGH,
    INFORMED,
    NO_DATA,
    OLD_DATA,
    QUIET,
    case,
    high_words,
)
from tightlog.advice.scored_day import ScoredDay
from tightlog.domain.thresholds import FRESH_D
from tightlog.patterns.catalogue import PATTERNS
from tightlog.patterns.match import spoken_of
from tightlog.patterns.pattern import Pattern, typed
from tightlog.patterns.rules.r21_personal_link import (
    FINDING_COLUMNS,
    interventions_of,
    relevant_findings,
    standing_links,
)
from tightlog.words.dates import date_words

RED_FLAG, WORSENING, FLARE = "R0", "R1", "R17"
PATTERN = {pattern.pattern: pattern for pattern in PATTERNS}
# Ours: a pattern with no more interventions than fit on a page says the same every day; from its
# third day on the habit set takes a place.
SHORT_LIST, SAME_FOR_D = 3, 2
_ORDER = {pattern.pattern: number for number, pattern in enumerate(PATTERNS)}


@dataclass(frozen=True)
class Standing:
    """A pattern that stands, with its evidence, start, the interventions for it, and the
    personal finding that speaks for it.
    """

    pattern: Pattern
    evidence: str
    started_on: date
    interventions: tuple[str, ...]
    personal: str | None = None


def standing_patterns(
    as_of: date,
    last_day: date | None,
    days: pl.DataFrame,
    matches: pl.DataFrame,
    findings: pl.DataFrame | None,
    scored: ScoredDay | None,
) -> list[Standing]:
    """Patterns that stand, most urgent first; a high score no pattern speaks of comes before them,
    a quiet case alone in place of them.

    A pattern that only informs is never among them: told alone, its fact comes with the habit set.
    Beside one that stands alone and has little to offer the habit set comes last.
    """
    if last_day is None:
        return [_case(NO_DATA, as_of, f"There are no data yet, so {HABITS}.")]
    if (as_of - last_day).days > FRESH_D:
        return [
            _case(
                OLD_DATA,
                as_of,
                f"There are no fresh data since {date_words(last_day)}, so {HABITS}.",
            )
        ]
    rows = matches.filter(
        pl.col("day") == last_day,
        pl.col("pattern").is_in([name for name in PATTERN if name != RED_FLAG]),
    )
    spoken = [row for row in rows.iter_rows(named=True) if _is_spoken_of(as_of, row)]
    covered = spoken_of(pl.DataFrame(spoken, schema=rows.schema), findings)
    loud = [_stands(row, days, findings, covered) for row in spoken if _asks(row)]
    standing = sorted(
        (stands for stands in loud if stands.interventions),
        key=lambda stands: _urgency(as_of, stands),
    )
    if (
        scored is not None
        and scored.is_high
        and not any(stands.pattern.pattern in (WORSENING, FLARE) for stands in standing)
    ):
        return [_case(HIGH, scored.day, high_words(scored, days)), *standing]
    return [*standing, *_beside(as_of, standing)] or [_quiet(as_of, last_day, days, spoken)]


def last_known_day(as_of: date, days: pl.DataFrame) -> date | None:
    """Last watched day up to `as_of`; None when there is none."""
    known = typed(days, {"day": pl.Date, "coverage": pl.String}).filter(pl.col("day") <= as_of)
    if "coverage" in days.columns:
        known = known.filter(pl.col("coverage") == "watched")
    last = known["day"].max()
    return last if isinstance(last, date) else None


def _asks(match: Mapping[str, Any]) -> bool:
    pattern = PATTERN[match["pattern"]]
    return not (pattern.is_fallback or pattern.is_information)


def _is_spoken_of(as_of: date, match: Mapping[str, Any]) -> bool:
    """True while a match is fresh; later than its own day an event is spoken of only for the
    days it lasts.
    """
    pattern, day, started_on = PATTERN[match["pattern"]], match["day"], match["started_on"]
    is_over = (
        as_of > day and pattern.lasts_d is not None and (as_of - started_on).days >= pattern.lasts_d
    )
    return (as_of - day).days <= pattern.fresh_d and not is_over


def _stands(
    match: Mapping[str, Any],
    days: pl.DataFrame,
    findings: pl.DataFrame | None,
    covered: pl.DataFrame,
) -> Standing:
    """The match as it stands; a link from the runner's own scores that other patterns speak of
    has no interventions of its own.
    """
    pattern, evidence, started_on = (
        PATTERN[match["pattern"]],
        match["evidence"],
        match["started_on"],
    )
    links = (
        standing_links(days, findings)
        .filter(pl.col("day") == match["day"])
        .sort(pl.col("value").abs(), descending=True)
    )
    if not pattern.is_personal:
        return Standing(
            pattern,
            evidence,
            started_on,
            pattern.interventions,
            _personal_sentence(pattern, findings, links["exposure"].to_list()),
        )
    own = links.join(covered, on=["day", "exposure"], how="anti", maintain_order="left")
    if own.is_empty():
        return Standing(pattern, evidence, started_on, () if links.height else interventions_of(""))
    return Standing(pattern, evidence, started_on, interventions_of(own["exposure"][0]))


def _beside(as_of: date, standing: Sequence[Standing]) -> list[Standing]:
    """The habit set beside a pattern that alone has said all it has to offer."""
    if (
        len(standing) != 1
        or len(standing[0].interventions) > SHORT_LIST
        or (as_of - standing[0].started_on).days < SAME_FOR_D
    ):
        return []
    return [_case(BESIDE, as_of, f"Beside that, {HABITS}.")]


def _quiet(
    as_of: date, last_day: date, days: pl.DataFrame, spoken: Sequence[Mapping[str, Any]]
) -> Standing:
    if facts := [row["evidence"] for row in spoken if PATTERN[row["pattern"]].is_information]:
        return _case(
            INFORMED,
            as_of,
            f"{' '.join(facts)} That alone is no reason to change anything, so {HABITS}.",
        )
    match = next((row for row in spoken if row["pattern"] == QUIET.pattern), None)
    return _case(
        case(last_day, days, match),
        as_of,
        match["evidence"] if match else "Nothing in your data speaks of today.",
    )


def _case(pattern: Pattern, started_on: date, evidence: str) -> Standing:
    return Standing(pattern, evidence, started_on, pattern.interventions)


def _personal_sentence(
    pattern: Pattern, findings: pl.DataFrame | None, at_their_end: Sequence[str]
) -> str | None:
    """Sentence of the own finding that speaks for the pattern: of an exposure at its end on that
    day if there is one, then the strongest.
    """
    signs = pattern.exposures
    own = [
        row
        for row in typed(relevant_findings(findings), FINDING_COLUMNS).iter_rows(named=True)
        if signs.get(row["exposure"], 0) * row["effect_points"] > 0
    ]
    strongest = max(
        own,
        key=lambda row: (row["exposure"] in at_their_end, abs(row["effect_points"])),
        default=None,
    )
    return (
        None
        if strongest is None
        else strongest["sentence"] or "Your own scores go with this as well."
    )


def _urgency(as_of: date, stands: Standing) -> tuple[bool, bool, str, int, int]:
    """Sort key: worsening first, then what the runner's own scores speak for, then grade,
    recency, catalogue order.
    """
    is_personal = stands.personal is not None or stands.pattern.is_personal
    age_d = (as_of - stands.started_on).days
    return (
        stands.pattern.pattern != WORSENING,
        not is_personal,
        stands.pattern.grade,
        age_d,
        _ORDER[stands.pattern.pattern],
    )
