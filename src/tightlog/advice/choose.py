"""Advice for a day: at most three interventions, each with three sentences that are never
merged; a red flag blocks everything else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType

import polars as pl

from tightlog.advice.active import (
    PATTERN,
    RED_FLAG,
    WORSENING,
    ActivePattern,
    active_patterns,
    last_known_day,
)
from tightlog.advice.contraindications import Condition, condition, fits
from tightlog.advice.helped import Helped, helped
from tightlog.advice.morning import before_done
from tightlog.advice.quiet import BESIDE, HIGH, OWN_RECORD, QUIET
from tightlog.advice.scored_day import last_scored_day
from tightlog.domain.frames import Columns
from tightlog.domain.interventions.catalogue import Intervention, dose_words, find
from tightlog.domain.red_flags import RedFlagSpan, urgency_of, who_to_see
from tightlog.domain.thresholds import FRESH_D
from tightlog.language.catalogue import phrase
from tightlog.patterns.match import MATCH_SCHEMA
from tightlog.patterns.pattern import Pattern, typed
from tightlog.words.measures import worded
from tightlog.words.numbers import counted, typeset
from tightlog.words.patterns import red_flag_sentence

ADVICE_SCHEMA: Columns = MappingProxyType(
    {
        "day": pl.Date,
        "rank": pl.Int32,
        "intervention": pl.String,
        "pattern": pl.String,
        "your_data": pl.String,
        "what_is_known": pl.String,
        "article_says": pl.String,
        "heading": pl.String,
    }
)
MOST_ADVICE = 3
# Ours: what was done in the days before, so many, goes to the end of the turn.
DONE_LATELY_D = 2
# Ours: gentle exercise that goes with a massage that helped.
BESIDE_MASSAGE = ("S2", "S1")


@dataclass(frozen=True)
class RedFlagAdvice:
    """The only advice while a red flag is active: urgency is `emergency` or `soon`, article_says
    begins with who to see how fast.
    """

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
    red_flag: RedFlagSpan | None,
    scores: pl.DataFrame | None = None,
    effects: pl.DataFrame | None = None,
    declined: frozenset[str] = frozenset(),
) -> pl.DataFrame:
    """Rows of `advice` for a day, best first, three at most; `heading` gives the reason of each in
    a few words.

    `red_flag` is what the journal says now: None means that no red flag is active, whatever an
    older match says. `scores` are all scores (day, score, rated_at), not only the first of each
    day; `effects` what the runner's own record shows of each intervention (intervention, verdict,
    effect_points); `declined` what the runner does not want offered on the day.
    """
    today = typed(matches, MATCH_SCHEMA).filter(pl.col("day") <= as_of)
    if stop := _active_red_flag(as_of, today, red_flag):
        return _frame([_red_flag_row(as_of, stop)])
    last_day, scored, own = (
        last_known_day(as_of, days),
        last_scored_day(as_of, days, scores),
        helped(effects),
    )
    turns = _turns(as_of, interventions_done, own)
    morning = before_done(as_of, last_day, days, today, turns.done_today)
    active = active_patterns(as_of, morning.last_day, days, morning.matches, findings, scored)
    blocked = {name for one in active for name in one.pattern.blocks} | own.hurting | declined
    now = condition(morning.last_day, days, findings, scored, blocked)
    picks = _still_to_do(active, _picks(as_of, active, now, turns), now, turns)
    if turns.done_today.issuperset(_names(picks)):
        picks = _still_to_do(active, _picks(as_of, active, now, turns.after_all()), now, turns)
    return _frame(_rows(as_of, picks, own, _age_words(as_of, last_day)))


def red_flag_advice(names: Iterable[str], evidence: str) -> RedFlagAdvice:
    """The advice while red flags of these names are active, described by `evidence`.

    The names alone decide how fast to see whom. Usable before anything else is computed or shown.
    """
    return _red_flag_advice(tuple(names), red_flag_sentence(evidence))


def _red_flag_advice(names: tuple[str, ...], sentence: str) -> RedFlagAdvice:
    pattern = PATTERN[RED_FLAG]
    return RedFlagAdvice(
        intervention=find("G4").intervention,
        urgency=urgency_of(names),
        your_data=phrase(
            "{sentence} Other advice waits until you say that it was checked.", sentence=sentence
        ),
        what_is_known=phrase(
            "{why} Grade {grade}: {source}.",
            why=pattern.why,
            grade=pattern.grade,
            source=pattern.source.rstrip("."),
        ),
        article_says=f"{who_to_see(names)} {pattern.link}",
    )


def _active_red_flag(
    as_of: date, matches: pl.DataFrame, live: RedFlagSpan | None
) -> RedFlagAdvice | None:
    """Advice on the active red flags: today's match includes those from files, the journal is the
    newest.
    """
    on_day = matches.filter(pl.col("pattern") == RED_FLAG, pl.col("day") == as_of).to_dicts()
    if not on_day:
        return None if live is None else red_flag_advice(live.names, live.evidence)
    names, evidence = on_day[0]["red_flags"] or [], on_day[0]["evidence"]
    if live is None or set(live.names) <= set(names):
        return _red_flag_advice(tuple(names), evidence)
    return red_flag_advice([*names, *live.names], live.evidence)


@dataclass(frozen=True)
class _Turns:
    """What moves an intervention up or down within its pattern: done in the two days before, what
    helped. What was done today moves nothing, so that the advice of a day stays.
    """

    done_today: frozenset[str]
    done_lately: frozenset[str]
    own: Helped

    def after_all(self) -> "_Turns":
        """When all of the day's advice was done: what was done today goes last as well."""
        return replace(self, done_lately=self.done_lately | self.done_today)

    def place(self, name: str) -> tuple[bool, bool, float]:
        """Sort key: first what helped, even if done lately; last what was done lately."""
        helping = self.own.helping
        return (
            name not in helping,
            name in self.done_lately and name not in helping,
            helping.get(name, 0.0),
        )


def _turns(as_of: date, interventions_done: pl.DataFrame, own: Helped) -> _Turns:
    done = typed(interventions_done, {"day": pl.Date, "intervention": pl.String}).drop_nulls()
    first = as_of - timedelta(days=DONE_LATELY_D)
    lately = done.filter(pl.col("day").is_between(first, as_of, closed="left"))
    today = done.filter(pl.col("day") == as_of)
    return _Turns(
        frozenset(today["intervention"].to_list()),
        frozenset(lately["intervention"].to_list()),
        own,
    )


Pick = tuple[ActivePattern, str]


def _picks(
    as_of: date, active: Sequence[ActivePattern], now: Condition, turns: _Turns
) -> list[Pick]:
    """The interventions, each with the pattern it is for: what helped this runner, then one for
    every pattern in turn, then a second one for each, up to three. A doctor comes before all.
    """
    queues = [(one, _in_turn(as_of, one, turns)) for one in active]
    is_urgent = active[0].pattern.pattern == WORSENING or active[0].pattern is HIGH
    urgent = _round(queues[:1], now, []) if is_urgent else []
    proof = _proof(active, queues, now, urgent, turns.own.strongest_first)
    picks = [*urgent, *proof] if proof else []
    if proof and urgent:
        picks += _round(queues[1:], now, picks)
    while len(picks) < MOST_ADVICE:
        more = _round(queues, now, picks)
        if not more:
            break
        picks += more
    return sorted(picks, key=lambda pick: pick[0].pattern is BESIDE)


def _round(
    queues: Sequence[tuple[ActivePattern, tuple[str, ...]]], now: Condition, picks: Sequence[Pick]
) -> list[Pick]:
    """One more intervention for each pattern, as far as there is room."""
    more: list[Pick] = []
    for one, queue in queues:
        chosen = _names([*picks, *more])
        name = next((name for name in queue if fits(name, now, chosen)), None)
        if name is not None and len(chosen) < MOST_ADVICE:
            more.append((one, name))
    return more


def _proof(
    active: Sequence[ActivePattern],
    queues: Sequence[tuple[ActivePattern, tuple[str, ...]]],
    now: Condition,
    picks: Sequence[Pick],
    helping: Sequence[str],
) -> list[Pick]:
    """What helped this runner most of all that fits, with an exercise before it where it needs one;
    nothing where one that helped is chosen.
    """
    chosen = _names(picks)
    if set(chosen).intersection(helping):
        return []
    for name in helping:
        if fits(name, now, chosen):
            return [_owned(active, name)]
        for one, queue in [*queues, (_own_record(active), BESIDE_MASSAGE)]:
            for exercise in queue:
                if fits(exercise, now, chosen) and fits(name, now, [*chosen, exercise]):
                    return [(one, exercise), _owned(active, name)]
    return []


def _owned(active: Sequence[ActivePattern], name: str) -> Pick:
    """An intervention that helped, with the pattern it answers, if one does."""
    answers = (
        one for one in active if name in one.interventions and one.pattern.pattern != QUIET.pattern
    )
    return next(answers, _own_record(active)), name


def _own_record(active: Sequence[ActivePattern]) -> ActivePattern:
    return ActivePattern(OWN_RECORD, "", active[0].started_on, ())


def _still_to_do(
    active: Sequence[ActivePattern], picks: Sequence[Pick], now: Condition, turns: _Turns
) -> list[Pick]:
    """The picks of the day without what helped and was done today: only another that helped takes
    its place, so that the others stay.
    """
    left_to_do = [name for name in turns.own.strongest_first if name not in turns.done_today]
    done = turns.done_today.intersection(turns.own.helping)
    left = [pick for pick in picks if pick[1] not in done]
    room = len(left) < len(picks)
    return [*left, *_proof(active, [], now, left, left_to_do)][:MOST_ADVICE] if room else left


def _names(picks: Sequence[Pick]) -> list[str]:
    return [name for _, name in picks]


def _in_turn(as_of: date, one: ActivePattern, turns: _Turns) -> tuple[str, ...]:
    """A pattern's interventions: the fixed ones, then the others, which take turns by the day."""
    fixed, others = (
        one.interventions[: one.pattern.fixed_count],
        one.interventions[one.pattern.fixed_count :],
    )
    steps = as_of.toordinal() if one.pattern.is_fallback else (as_of - one.started_on).days
    turn = steps % max(len(others), 1)
    return (*fixed, *sorted(others[turn:] + others[:turn], key=turns.place))


def _rows(
    as_of: date, picks: Sequence[tuple[ActivePattern, str]], own: Helped, age: str
) -> list[tuple[object, ...]]:
    """Rows in the columns of ADVICE_SCHEMA; only a pattern's first intervention explains why it
    matters.
    """
    rows: list[tuple[object, ...]] = []
    explained: set[str] = set()
    for rank, (one, name) in enumerate(picks, 1):
        pattern, item = one.pattern, find(name)
        your_data = " ".join(
            part for part in (one.evidence, one.personal, own.words(item), age) if part
        )
        texts = (
            your_data,
            _known_words(pattern, item, is_first=pattern.pattern not in explained),
            _article_words(pattern, item),
        )
        rows.append((as_of, rank, name, pattern.pattern, *map(_told, texts), worded(pattern.title)))
        explained.add(pattern.pattern)
    return rows


def _told(text: str) -> str:
    return typeset(worded(text))


def _known_words(pattern: Pattern, item: Intervention, *, is_first: bool) -> str:
    why = f"{pattern.why} " if is_first else ""
    return phrase(
        "{why}Grade {grade}: {source}. Evidence on {title}: {evidence_note}",
        why=why,
        grade=pattern.grade,
        source=pattern.source.rstrip("."),
        title=item.title,
        evidence_note=item.evidence_note,
    )


def _article_words(pattern: Pattern, item: Intervention) -> str:
    """How to do it, dose, what belongs to it, caution, and how the article and the pattern are
    related.
    """
    beside = ", ".join(find(name).title for name in item.companions)
    with_it = phrase("Goes with it: {beside}. ", beside=beside) if beside else ""
    return phrase(
        "{how_to} {dose} {with_it}Our caution: {caution} {link}",
        how_to=item.how_to,
        dose=dose_words(item),
        with_it=with_it,
        caution=item.caution,
        link=pattern.link,
    )


def _age_words(as_of: date, last_day: date | None) -> str:
    if last_day is None or not 0 < (as_of - last_day).days <= FRESH_D:
        return ""
    return phrase("Your last data are {day} old.", day=counted((as_of - last_day).days, "day"))


def _red_flag_row(as_of: date, flag: RedFlagAdvice) -> tuple[object, ...]:
    return (
        as_of,
        1,
        flag.intervention,
        RED_FLAG,
        flag.your_data,
        flag.what_is_known,
        flag.article_says,
        PATTERN[RED_FLAG].title,
    )


def _frame(rows: list[tuple[object, ...]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict(ADVICE_SCHEMA), orient="row")
