"""Advice for a day: at most three interventions, each with three sentences that are never merged; a red flag blocks everything else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

import polars as pl

from tightlog.advice.contraindications import Condition, condition, fits
from tightlog.advice.interventions import Intervention, find
from tightlog.advice.standing import FRESH_DATA_D, PATTERN, RED_FLAG, Standing, last_known_day, standing_patterns
from tightlog.patterns.match import MATCH_SCHEMA
from tightlog.patterns.pattern import Columns, Pattern, typed
from tightlog.patterns.red_flags import urgency, who_to_see
from tightlog.patterns.wording import counted

ADVICE_SCHEMA: Columns = MappingProxyType({
    "day": pl.Date,
    "rank": pl.Int32,
    "intervention": pl.String,
    "pattern": pl.String,
    "your_data": pl.String,
    "what_is_known": pl.String,
    "article_says": pl.String,
})
MOST_ADVICE = 3
# Ours: what was done in these last days goes to the end of the turn.
DONE_LATELY_D = 2


@dataclass(frozen=True)
class RedFlagAdvice:
    """The one advice while a red flag stands: urgency is `emergency` or `soon`, article_says begins with who to see how fast."""

    intervention: str
    urgency: str
    your_data: str
    what_is_known: str
    article_says: str


def advice(
    as_of: date,
    days: pl.DataFrame,
    matches: pl.DataFrame,
    findings: pl.DataFrame | None,
    interventions_done: pl.DataFrame,
    red_flag_evidence: str | None,
) -> pl.DataFrame:
    """Rows of `advice` for a day, best first, three at most.

    `red_flag_evidence` is what the journal says now: None means that no red flag stands, whatever an older match says.
    """
    today = typed(matches, MATCH_SCHEMA).filter(pl.col("day") <= as_of)
    if evidence := _standing_red_flag(as_of, today, red_flag_evidence):
        return _frame([_red_flag_row(as_of, evidence)])
    last_day = last_known_day(as_of, days)
    standing = standing_patterns(as_of, last_day, days, today, findings)
    blocked = {name for stands in standing for name in stands.pattern.blocks}
    done = _done_lately(as_of, interventions_done)
    picks = _picks(as_of, standing, condition(last_day, days, findings, blocked), done)
    age = _age_words(as_of, last_day)
    return _frame([_row(as_of, rank, stands, find(name), age) for rank, (stands, name) in enumerate(picks, 1)])


def red_flag_advice(evidence: str) -> RedFlagAdvice:
    """What to say while a red flag stands, from its evidence alone: usable before anything else is computed or shown."""
    pattern, doctor = PATTERN[RED_FLAG], find("G4")
    said = evidence if evidence.startswith("A red flag") else f"A red flag stands: {evidence.rstrip('.')}."
    return RedFlagAdvice(
        intervention=doctor.intervention,
        urgency=urgency(evidence),
        your_data=f"{said} Other advice waits until you clear it.",
        what_is_known=f"{pattern.why} Grade {pattern.grade}: {pattern.source.rstrip('.')}.",
        article_says=f"{who_to_see(evidence)} {pattern.link}",
    )


def _standing_red_flag(as_of: date, matches: pl.DataFrame, live: str | None) -> str | None:
    """Evidence of the red flag that stands: the match of this very day holds all of them, the journal is the newest."""
    on_day = matches.filter(pl.col("pattern") == RED_FLAG, pl.col("day") == as_of)["evidence"].to_list()
    if on_day and (live is None or live in on_day[0]):
        return str(on_day[0])
    return live


def _done_lately(as_of: date, interventions_done: pl.DataFrame) -> frozenset[str]:
    done = typed(interventions_done, {"day": pl.Date, "intervention": pl.String})
    lately = done.filter(pl.col("day").is_between(as_of - timedelta(days=DONE_LATELY_D), as_of))
    return frozenset(lately["intervention"].drop_nulls().to_list())


def _picks(as_of: date, standing: Sequence[Standing], now: Condition, done: frozenset[str]) -> list[tuple[Standing, str]]:
    """The interventions, each with the pattern it is for: one for every pattern in turn, then a second one for each, up to three."""
    queues = [(stands, list(_in_turn(as_of, stands, done))) for stands in standing]
    picks: list[tuple[Standing, str]] = []
    while len(picks) < MOST_ADVICE:
        before = len(picks)
        for stands, queue in queues:
            name = next((name for name in queue if fits(name, now, [chosen for _, chosen in picks])), None)
            if name is not None and len(picks) < MOST_ADVICE:
                picks.append((stands, name))
        if len(picks) == before:
            break
    return picks


def _in_turn(as_of: date, stands: Standing, done: frozenset[str]) -> Iterable[str]:
    """A pattern's interventions: the fixed ones, then the others, which take turns by the day; what was done lately goes last."""
    fixed, others = stands.interventions[:stands.pattern.fixed_count], stands.interventions[stands.pattern.fixed_count:]
    steps = as_of.toordinal() if stands.pattern.is_fallback else (as_of - stands.started_on).days
    turn = steps % max(len(others), 1)
    turned = others[turn:] + others[:turn]
    return (*fixed, *sorted(turned, key=lambda name: name in done))


def _row(as_of: date, rank: int, stands: Standing, item: Intervention, age: str) -> tuple[object, ...]:
    pattern = stands.pattern
    your_data = " ".join(part for part in (stands.evidence, stands.personal, age) if part)
    known = f"{pattern.why} Grade {pattern.grade}: {pattern.source.rstrip('.')}. Evidence on {item.title}: {item.evidence_note}"
    return as_of, rank, item.intervention, pattern.pattern, your_data, known, _article_words(pattern, item)


def _article_words(pattern: Pattern, item: Intervention) -> str:
    dose = "It states no dose." if item.dose == "not stated" else f"Dose: {item.dose}."
    beside = ", ".join(find(name).title for name in item.companions)
    with_it = f" Goes with it: {beside}." if beside else ""
    what = f"The article has {item.title} ({item.intervention}), in our words: {item.how_to}"
    return f"{what} {dose}{with_it} Our caution: {item.caution} {pattern.link}"


def _age_words(as_of: date, last_day: date | None) -> str:
    if last_day is None or not 0 < (as_of - last_day).days <= FRESH_DATA_D:
        return ""
    return f"Your last data are {counted((as_of - last_day).days, 'day')} old."


def _red_flag_row(as_of: date, evidence: str) -> tuple[object, ...]:
    flag = red_flag_advice(evidence)
    return as_of, 1, flag.intervention, RED_FLAG, flag.your_data, flag.what_is_known, flag.article_says


def _frame(rows: list[tuple[object, ...]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict(ADVICE_SCHEMA), orient="row")
