"""Today in 24 lines of 80 columns: the back, what stands out, what to do, the night."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tightlog.answers.morning.next_step import next_step
from tightlog.answers.today import Today, reminder
from tightlog.cli.printing import print_paragraph
from tightlog.cli.wrapping import wrapped
from tightlog.domain.interventions.catalogue import short_dose
from tightlog.home.settings import Home, Settings
from tightlog.journal.words import newer_words
from tightlog.language.catalogue import message, phrase
from tightlog.words.dates import day_and_month, weekday_and_month
from tightlog.words.measures import clock
from tightlog.words.patterns import MATCH_STATES, SENTENCE_ENDS

MOST_LINES, COLUMNS = 24, 80
# What is left out first where the page is too long; 0 is never left out.
ALWAYS, MORE_NUMBERS, HOW_TO, QUIET = 0, 1, 2, 3
NOT_ANALYSED = message("Files were read since, but not analysed yet. `tightlog refresh` does that.")
FULL = message("`tightlog today --full` shows reasons, sources and all that is building up.")


@dataclass(frozen=True)
class Part:
    """A paragraph, its indent and style, and when it may be left out."""

    text: str
    indent: int = 0
    style: str | None = None
    place: int = ALWAYS

    @property
    def lines(self) -> int:
        """How many lines of 80 columns it takes."""
        return wrapped(" " * self.indent + self.text, COLUMNS).count("\n") + 1


def print_short(home: Home, facts: Today, settings: Settings, head: str) -> None:
    """Prints the page; only what a red flag needs may make it longer than a screen."""
    for part in fitted([Part(head, style="bold"), *_parts(home, facts, settings)]):
        print_paragraph(part.text, part.indent, part.style)


def fitted(parts: Sequence[Part]) -> list[Part]:
    """The parts that fit on a screen: what may be left out goes kind by kind."""
    kept = list(parts)
    for place in (MORE_NUMBERS, HOW_TO, QUIET):
        if sum(part.lines for part in kept) > MOST_LINES:
            kept = [part for part in kept if part.place != place]
    return kept


def _parts(home: Home, facts: Today, settings: Settings) -> Iterator[Part]:
    if facts.newer_lines:
        yield Part(f"{newer_words(facts.newer_lines)}.")
    yield from (Part(f"{words}.", place=QUIET) for words in facts.diary_words)
    if facts.red_flag is None:
        yield from _back(facts)
    if facts.coin:
        yield Part(facts.coin, style="bold")
    if facts.red_flag is None:
        yield from _standing_out(facts)
    yield from _to_do(facts)
    if facts.night and facts.red_flag is None:
        yield Part(f"\n{facts.night}")
    yield from _last_lines(home, facts, settings)


def _back(facts: Today) -> Iterator[Part]:
    newest = facts.newest_score
    if newest is None:
        yield Part(phrase("No score yet. `tightlog rate 3` logs one."))
        return
    day = phrase("today") if newest.day == facts.local_day else _day(newest.day)
    said = f" {facts.course.sentence}." if facts.course.newest else ""
    yield Part(
        phrase("Your back: {score:g} of 10, {day}.{said}", score=newest.score, day=day, said=said)
    )
    if facts.course.newest:
        yield Part(phrase("Four weeks: {line}", line=facts.course.line))
    if words := reminder(newest, facts.local_day):
        yield Part(words, place=QUIET)


def _standing_out(facts: Today) -> Iterator[Part]:
    match = facts.stands_out
    if match is None:
        if facts.is_fresh:
            yield Part(phrase("\nNothing stands out in your data."))
        if facts.no_run:
            yield Part(facts.no_run)
        return
    since = phrase(
        "{state} since {started_on}",
        state=MATCH_STATES[match["state"]],
        started_on=day_and_month(match["started_on"]),
    )
    yield Part(
        phrase("\nStands out: {title} ({since})", title=match["title"], since=since), style="bold"
    )
    first, *more = SENTENCE_ENDS.split(match["evidence"])
    yield Part(first, indent=3)
    if more:
        yield Part(" ".join(more), indent=3, place=MORE_NUMBERS)
    if facts.no_run:
        yield Part(facts.no_run)


def _to_do(facts: Today) -> Iterator[Part]:
    """The advice; of a red flag every word of it."""
    if not facts.advice:
        return
    if facts.red_flag:
        (row,) = facts.advice
        yield Part(f"\n{row['title']}", style="bold")
        yield from (Part(row[one]) for one in ("article_says", "your_data", "what_is_known"))
        yield Part(phrase("To clear it: `tightlog rate --clear-red-flag`"))
        return
    yield Part(phrase("\nWhat to do"), style="bold")
    for row in facts.advice:
        dose = short_dose(row["intervention"])
        dose = f", {dose}" if dose else ""
        helped = phrase(", helped you before") if row["intervention"] in facts.helped else ""
        yield Part(f"{row['rank']}. {row['title']}{dose}{helped}")
        yield Part(row["how_to"], indent=3, place=HOW_TO)


def _last_lines(home: Home, facts: Today, settings: Settings) -> Iterator[Part]:
    if not facts.is_analysed:
        yield Part(f"\n{phrase(NOT_ANALYSED)}")
    elif step := next_step(home, facts):
        yield Part(f"\n{step.why} {step.button}: `{step.command}`.")
    elif facts.as_of < facts.local_day or facts.is_pending:
        yield Part(
            phrase("\nAs of {day}. `tightlog refresh` brings it up to date.", day=_day(facts.as_of))
        )
    refreshed = facts.refreshed_at.astimezone(settings.zone)
    yield Part(
        phrase(
            "Refreshed {day}, {refreshed}. {full}",
            day=_day(refreshed.date()),
            refreshed=clock(refreshed),
            full=phrase(FULL),
        ),
        place=QUIET,
    )


def _day(day: date) -> str:
    return weekday_and_month(day)
