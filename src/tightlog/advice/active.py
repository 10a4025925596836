"""The active patterns of a day, most urgent first, and the findings that support them."""

from collections.abc import Collection, Mapping, Sequence
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
from tightlog.domain.frames import IS_WATCHED
from tightlog.domain.thresholds import FRESH_D
from tightlog.language.catalogue import message, phrase
from tightlog.patterns.catalogue import PATTERNS
from tightlog.patterns.match import covered_exposures
from tightlog.patterns.pattern import Pattern, typed
from tightlog.patterns.rules.r21_personal_link import (
    FINDING_COLUMNS,
    active_links,
    interventions_of,
    relevant_findings,
)
from tightlog.words.dates import date_words

RED_FLAG, WORSENING, FLARE = "R0", "R1", "R17"
PATTERN = {pattern.pattern: pattern for pattern in PATTERNS}
# Ours: a pattern with no more interventions than fit on a page repeats itself every day; from its
# third day on the habit set takes a place.
SHORT_LIST, SAME_FOR_D = 3, 2
# Rules that look at the scores alone: no test of an exposure speaks against them.
OF_SCORES = frozenset({"R0", "R1", "R17", "R18"})
VERDICT_COLUMNS = {"exposure": pl.String, "verdict": pl.String, "verdict_reason": pl.String}
DID_NOT_HOLD = message(" A link with your scores did not hold when checked.")
_ORDER = {pattern.pattern: number for number, pattern in enumerate(PATTERNS)}


@dataclass(frozen=True)
class ActivePattern:
    """A pattern in force on a day, with its evidence, start, interventions, and the personal
    finding that supports it.
    """

    pattern: Pattern
    evidence: str
    started_on: date
    interventions: tuple[str, ...]
    personal: str | None = None


def active_patterns(
    as_of: date,
    last_day: date | None,
    days: pl.DataFrame,
    matches: pl.DataFrame,
    findings: pl.DataFrame | None,
    scored: ScoredDay | None,
) -> list[ActivePattern]:
    """Active patterns, most urgent first. A high score that no pattern covers comes before them;
    without any there is one quiet case.

    A pattern that only informs is not among them: alone, its fact comes with the habit set. When
    the only pattern has few interventions, the habit set follows it.
    """
    habits = phrase(HABITS)
    if last_day is None:
        words = phrase("There are no data yet, so {habits}.", habits=habits)
        return [_case(NO_DATA, as_of, words)]
    if (as_of - last_day).days > FRESH_D:
        since = date_words(last_day)
        words = phrase(
            "There are no fresh data since {last_day}, so {habits}.", last_day=since, habits=habits
        )
        return [_case(OLD_DATA, as_of, words)]
    rows = _standing(as_of, last_day, matches)
    fresh = [row for row in rows.iter_rows(named=True) if _is_fresh(as_of, row)]
    covered = covered_exposures(pl.DataFrame(fresh, schema=rows.schema), findings)
    refuted = _refuted(findings)
    asking = [
        _active(row, days, findings, covered)
        for row in fresh
        if _asks(row) and row["pattern"] not in refuted
    ]
    active = sorted(
        (one for one in asking if one.interventions),
        key=lambda one: _urgency(as_of, one),
    )
    if (
        scored is not None
        and scored.is_high
        and not any(one.pattern.pattern in (WORSENING, FLARE) for one in active)
    ):
        return [_case(HIGH, scored.day, high_words(scored, days)), *active]
    return [*active, *_beside(as_of, active)] or [_quiet(as_of, last_day, days, fresh, refuted)]


def _standing(as_of: date, last_day: date, matches: pl.DataFrame) -> pl.DataFrame:
    """The newest match of each pattern that stands on the last day, or is about this morning."""
    return (
        matches.filter(
            (pl.col("day") == last_day) | (pl.col("until_on") == as_of),
            pl.col("pattern").is_in([name for name in PATTERN if name != RED_FLAG]),
        )
        .sort("day", maintain_order=True)
        .unique("pattern", keep="last", maintain_order=True)
    )


def _refuted(findings: pl.DataFrame | None) -> frozenset[str]:
    """Patterns whose every tested exposure seemed to go with this runner's scores and did not hold
    when checked. What is read off the scores themselves is never among them.
    """
    tested = typed(findings if findings is not None else pl.DataFrame(), VERDICT_COLUMNS).filter(
        pl.col("verdict").is_not_null(), pl.col("verdict") != "not_enough_data"
    )
    reasons = dict(tested.select("exposure", "verdict_reason").iter_rows())
    refuted = set()
    for pattern in PATTERNS:
        known = {reasons[name] for name in pattern.exposures if name in reasons}
        if known == {"did_not_hold"} and pattern.pattern not in OF_SCORES:
            refuted.add(pattern.pattern)
    return frozenset(refuted)


def last_known_day(as_of: date, days: pl.DataFrame) -> date | None:
    """Last watched day up to `as_of`; None when there is none."""
    known = typed(days, {"day": pl.Date, "coverage": pl.String}).filter(pl.col("day") <= as_of)
    if "coverage" in days.columns:
        known = known.filter(IS_WATCHED)
    last = known["day"].max()
    return last if isinstance(last, date) else None


def _asks(match: Mapping[str, Any]) -> bool:
    pattern = PATTERN[match["pattern"]]
    return not (pattern.is_fallback or pattern.is_information)


def _is_fresh(as_of: date, match: Mapping[str, Any]) -> bool:
    """True while a match is fresh; after its own day an event counts only for the days it
    lasts, and what is about a morning until then.
    """
    pattern, day, started_on = PATTERN[match["pattern"]], match["day"], match["started_on"]
    is_over = (
        as_of > day and pattern.lasts_d is not None and (as_of - started_on).days >= pattern.lasts_d
    )
    is_over = is_over or (match["until_on"] is not None and as_of > match["until_on"])
    return (as_of - day).days <= pattern.fresh_d and not is_over


def _active(
    match: Mapping[str, Any],
    days: pl.DataFrame,
    findings: pl.DataFrame | None,
    covered: pl.DataFrame,
) -> ActivePattern:
    """The pattern of a match; a link from the runner's own scores that other patterns cover has
    no interventions of its own.
    """
    pattern, evidence, started_on = (
        PATTERN[match["pattern"]],
        match["evidence"],
        match["started_on"],
    )
    links = (
        active_links(days, findings)
        .filter(pl.col("day") == match["day"])
        .sort(pl.col("value").abs(), descending=True)
    )
    if not pattern.is_personal:
        return ActivePattern(
            pattern,
            evidence,
            started_on,
            pattern.interventions,
            _personal_sentence(pattern, findings, links["exposure"].to_list()),
        )
    own = links.join(covered, on=["day", "exposure"], how="anti", maintain_order="left")
    if own.is_empty():
        return ActivePattern(
            pattern, evidence, started_on, () if links.height else interventions_of("")
        )
    return ActivePattern(pattern, evidence, started_on, interventions_of(own["exposure"][0]))


def _beside(as_of: date, active: Sequence[ActivePattern]) -> list[ActivePattern]:
    """The habit set, beside a single pattern that has repeated itself."""
    if (
        len(active) != 1
        or len(active[0].interventions) > SHORT_LIST
        or (as_of - active[0].started_on).days < SAME_FOR_D
    ):
        return []
    return [_case(BESIDE, as_of, phrase("In addition, {habits}.", habits=phrase(HABITS)))]


def _quiet(
    as_of: date,
    last_day: date,
    days: pl.DataFrame,
    fresh: Sequence[Mapping[str, Any]],
    refuted: Collection[str],
) -> ActivePattern:
    facts = [
        f"{row['evidence']}{phrase(DID_NOT_HOLD) if row['pattern'] in refuted else ''}"
        for row in fresh
        if PATTERN[row["pattern"]].is_information or row["pattern"] in refuted
    ]
    if facts:
        return _case(
            INFORMED,
            as_of,
            phrase(
                "{facts} That alone is no reason to change anything, so {habits}.",
                facts=" ".join(facts),
                habits=phrase(HABITS),
            ),
        )
    match = next((row for row in fresh if row["pattern"] == QUIET.pattern), None)
    return _case(
        case(last_day, days, match),
        as_of,
        match["evidence"] if match else phrase("Your data show nothing for today."),
    )


def _case(pattern: Pattern, started_on: date, evidence: str) -> ActivePattern:
    return ActivePattern(pattern, evidence, started_on, pattern.interventions)


def _personal_sentence(
    pattern: Pattern, findings: pl.DataFrame | None, at_their_end: Sequence[str]
) -> str | None:
    """Sentence of the own finding that supports the pattern: of an exposure that is at its end on
    that day if there is one, else the strongest.
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
        else strongest["sentence"] or phrase("Your own scores go with this as well.")
    )


def _urgency(as_of: date, one: ActivePattern) -> tuple[bool, bool, str, int, int]:
    """Sort key: worsening first, then what the runner's own scores support, then grade, recency,
    catalogue order.
    """
    is_personal = one.personal is not None or one.pattern.is_personal
    age_d = (as_of - one.started_on).days
    return (
        one.pattern.pattern != WORSENING,
        not is_personal,
        one.pattern.grade,
        age_d,
        _ORDER[one.pattern.pattern],
    )
