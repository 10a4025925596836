"""`tightlog today`: the back, what stands out and what to do; with --full everything."""

import argparse
from collections.abc import Iterator
from datetime import datetime

from tightlog.answers.morning.next_step import next_step
from tightlog.answers.today import Today, reminder, today
from tightlog.cli.command_line import add_json
from tightlog.cli.morning import NOT_ANALYSED, print_short
from tightlog.cli.printing import print_json, print_paragraph
from tightlog.domain.interventions.catalogue import ARTICLE_NAME
from tightlog.home.settings import Home, Settings, home_folder, settings_of
from tightlog.journal.words import newer_words
from tightlog.language.catalogue import message, phrase
from tightlog.warehouse import store
from tightlog.words.dates import date_words, weekday_and_date
from tightlog.words.measures import clock
from tightlog.words.patterns import MATCH_STATES, unwatched_list

EXAMPLES = (
    ("tightlog today", message("the back, what stands out and what to do, on one screen")),
    ("tightlog today --full", message("everything, with reasons and sources")),
    ("tightlog today --json", message("for a script or a status bar")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    add_json(parser)
    parser.add_argument(
        "--full",
        action="store_true",
        help=phrase("every pattern and piece of advice, with its reasons"),
    )


def run(given: argparse.Namespace) -> int:
    """Exit code 0 after the page of today was printed."""
    home = home_folder(given.home)
    settings = settings_of(home)
    with store.published(home) as version:
        facts = today(home, version, datetime.now(settings.zone).date())
    if given.json:
        print_json(facts.as_json())
        return 0
    head = weekday_and_date(facts.local_day)
    head += phrase(" · simulated runner") if facts.is_sample else ""
    if given.full:
        _print_full(home, facts, settings, head)
    else:
        print_short(home, facts, settings, head)
    return 0


def _print_full(home: Home, facts: Today, settings: Settings, head: str) -> None:
    print_paragraph(head, style="bold")
    for sentence in _state_words(home, facts, settings):
        print_paragraph(sentence)
    if facts.coin:
        print_paragraph(facts.coin, style="bold")
    for match in facts.matches:
        since = phrase(
            "{state} since {started_on}",
            state=MATCH_STATES[match["state"]],
            started_on=date_words(match["started_on"]),
        )
        title = phrase(
            "\n{title} ({since}, grade {grade})",
            title=match["title"],
            since=since,
            grade=match["grade"],
        )
        print_paragraph(title, style="bold")
        print_paragraph(match["evidence"])
    for row in facts.advice_once():
        print_paragraph(f"\n{row['rank']}. {row['title']} · {row['pattern_title']}", style="bold")
        for label, part in (
            ("", "article_says"),
            (phrase("Your data: "), "your_data"),
            ("Known: ", "what_is_known"),
        ):
            if row[part]:
                print_paragraph(f"{label}{row[part]}", indent=3)
    if facts.not_watched:
        print_paragraph(
            phrase(
                "\nNot watched: {unwatched_list}", unwatched_list=unwatched_list(facts.not_watched)
            )
        )
    print_paragraph(
        phrase(
            "\nThe interventions are those of one article, {article_name}, in our own words. "
            "tightlog is not a medical device and gives no diagnosis.",
            article_name=phrase(ARTICLE_NAME),
        )
    )


def _state_words(home: Home, facts: Today, settings: Settings) -> Iterator[str]:
    """What is known and how recent it is, one sentence each."""
    if facts.newer_lines:
        yield f"{newer_words(facts.newer_lines)}."
    yield from (f"{sentence}." for sentence in facts.diary_words)
    score = facts.newest_score
    yield (
        phrase("Newest score: {score:g} on {day}.", score=score.score, day=date_words(score.day))
        if score
        else phrase("No score yet. `tightlog rate 3` logs one.")
    )
    if facts.course.newest:
        yield phrase(
            "{sentence}. Four weeks: {line}", sentence=facts.course.sentence, line=facts.course.line
        )
    if facts.red_flag is None and (words := reminder(score, facts.local_day)):
        yield words
    if facts.night:
        yield facts.night
    refreshed = facts.refreshed_at.astimezone(settings.zone)
    newest = (
        phrase(
            "Newest activity: {last_activity_on}. ",
            last_activity_on=date_words(facts.last_activity_on),
        )
        if facts.last_activity_on
        else phrase("No activity yet. ")
    )
    yield (
        phrase(
            "{newest}Refreshed {refreshed}, {refreshed_2} {time_zone} time.",
            newest=newest,
            refreshed=date_words(refreshed.date()),
            refreshed_2=clock(refreshed),
            time_zone=settings.time_zone,
        )
    )
    if not facts.is_analysed:
        yield phrase(NOT_ANALYSED)
    elif facts.as_of < facts.local_day or facts.is_pending:
        yield (
            phrase(
                "Calculated for {as_of}, without what you logged since. `tightlog refresh` "
                "brings it up to date.",
                as_of=date_words(facts.as_of),
            )
        )
    if step := next_step(home, facts):
        yield f"{step.why} {step.button}: `{step.command}`."
