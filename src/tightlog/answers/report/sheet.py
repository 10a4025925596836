"""The first page of the report, which is one page of A4: what a physiotherapist asks first, each in
a line or two. Everything it leaves out stands in the appendix.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from tightlog.answers.report import drawing, where_words
from tightlog.answers.report.course_words import course_lines
from tightlog.answers.report.facts import ReportFacts
from tightlog.answers.report.load_change import load_lines
from tightlog.answers.report.markup import piece, section
from tightlog.language.catalogue import message, phrase
from tightlog.language.choice import numerals
from tightlog.words.dates import date_words
from tightlog.words.enumerations import enumerated
from tightlog.words.numbers import counted, first_upper, typeset


@dataclass(frozen=True)
class Room:
    """How much of each has room on the page; the rest is in the appendix, and is said to be."""

    flags: int
    links: int
    effects: int
    names: int
    trials: int
    is_dense: bool = False


# The first that fits is taken; the last fits whatever there is.
ROOMS = (Room(3, 4, 4, 8, 2), Room(3, 3, 3, 6, 1), Room(2, 2, 2, 4, 1), Room(1, 1, 1, 3, 1, True))
# Ours, from printed pages: a line holds so many characters, and besides headings and drawing the
# page holds so many lines.
LINE_CHARACTERS, MOST_LINES = 104, 35
TOLD_LINKS = ("clear", "possible", "hint", "reacts")
TOLD_EFFECTS = ("helps", "hurts", "hint")
DRAWN_HEIGHT = 84
NO_FLAG = message("None raised: no sign ticked, no pain called sharp, no score of 8 or more.")
NO_QUESTION = message("None written down.")
SMALL_PRINT = message(
    "Rated by the runner, not examined; “you” is the runner. “Goes with” is not "
    "“causes”. Weeks, everything tested, method and limits: in the appendix."
)
Row = Mapping[str, Any]


def sheet(facts: ReportFacts) -> Markup:
    """The one page, below its heading."""
    room = next((one for one in ROOMS if _line_count(facts, one) <= MOST_LINES), ROOMS[-1])
    parts = (
        section(phrase("Warning signs"), _flags(facts, room)),
        section(phrase("Complaint and course"), *_course(facts)),
        section(phrase("Where and how"), piece("facts", where_words.facts(facts))),
        section(phrase("What goes with more and less"), _bullets(_links(facts, room))),
        section(phrase("What was tried"), _bullets(_tried(facts, room))),
        section(phrase("Change of load"), _bullets(load_lines(facts))),
        section(
            phrase("The runner's question"),
            piece("paragraph", facts.question or phrase(NO_QUESTION)),
        ),
    )
    return piece("sheet", parts, phrase(SMALL_PRINT), room.is_dense)


def _line_count(facts: ReportFacts, room: Room) -> int:
    """About how many printed lines the text takes."""
    lines = [
        *_at_most(flag_lines(facts), room.flags),
        *course_lines(facts),
        *_links(facts, room),
        *_tried(facts, room),
        *load_lines(facts),
        facts.question or phrase(NO_QUESTION),
    ]
    # Two pairs stand side by side, each on a little over a third of a line.
    values = [len(value) * 3 for _, value in where_words.facts(facts)]
    rows = map(max, values[::2], values[1::2])
    return sum(-(-size // LINE_CHARACTERS) for size in (*map(len, lines), *rows))


def flag_lines(facts: ReportFacts) -> list[str]:
    """Every warning sign of the range, a sentence each."""
    return [
        f"{first_upper(flag.evidence)}: "
        + (
            phrase("not cleared")
            if flag.cleared_on is None
            else phrase("until {cleared_on}", cleared_on=date_words(flag.cleared_on))
        )
        + "."
        for flag in facts.red_flags
    ]


def _flags(facts: ReportFacts, room: Room) -> Markup:
    lines = flag_lines(facts)
    if not lines:
        return piece("paragraph", phrase(NO_FLAG))
    return piece("flags", _at_most(lines, room.flags))


def _course(facts: ReportFacts) -> tuple[Markup, ...]:
    lines = [piece("paragraph", line) for line in course_lines(facts)]
    if not facts.scores["scored_day_count"]:
        return tuple(lines)
    return (
        *lines,
        drawing.as_image(
            lambda width: drawing.scores_drawing(
                facts.days, facts.first_day, facts.last_day, DRAWN_HEIGHT, width
            ),
            phrase("Scores as dots, their 7-day median as a line."),
        ),
    )


def _bullets(lines: Sequence[str]) -> Markup:
    return piece("bullets", lines)


def _at_most(lines: Sequence[str], most: int) -> list[str]:
    """The first lines, and how many more there are."""
    left = len(lines) - most
    return (
        [*lines[:most], phrase("And {left} more, in the appendix.", left=left)]
        if left > 0
        else list(lines)
    )


def _links(facts: ReportFacts, room: Room) -> list[str]:
    heads = {row["exposure"] for row in facts.findings if row["verdict"] in TOLD_LINKS}
    told = [
        row
        for row in facts.findings
        if row["verdict"] in TOLD_LINKS and row["same_as"] not in heads
    ]
    tested = [row for row in facts.findings if row["verdict"] != "not_enough_data"]
    if not tested:
        return [phrase("Too few scores to compare anything yet.")]
    lines = [f"{row['sentence'].rstrip('.')}{_interval(row)}." for row in told]
    lines = _at_most(lines, room.links) or [phrase("Nothing stood out beyond chance.")]
    unseen = [row["title"] for row in tested if row["verdict"] == "nothing_seen"]
    return (
        [*lines, phrase("No link seen: {named}.", named=_named(unseen, room.names))]
        if unseen
        else lines
    )


def _tried(facts: ReportFacts, room: Room) -> list[str]:
    done = [row for row in facts.done if row["day_count"] or row["verdict"] in TOLD_EFFECTS]
    if not done and not facts.trials:
        return [phrase("Nothing was logged or recorded.")]
    told = [row for row in done if row["verdict"] in TOLD_EFFECTS]
    lines = _at_most([_effect(row) for row in told], room.effects)
    for verdict, words in (
        ("nothing_seen", phrase("No difference seen the next day")),
        (None, phrase("Not compared yet")),
    ):
        names = [
            f"{row['title']} ({row['day_count']})"
            for row in done
            if (row["verdict"] if row["verdict"] != "not_enough_data" else None) == verdict
        ]
        lines += (
            [
                phrase(
                    "{words} (days in range): {named}.",
                    words=words,
                    named=_named(names, room.names),
                )
            ]
            if names
            else []
        )
    started = [row for row in facts.trials if row["started_on"]]
    trials = [
        phrase("By a coin, {title}: {sentence}", title=row["title"], sentence=row["sentence"])
        for row in reversed(started)
    ]
    return [*lines, *_at_most(trials, room.trials)]


def _effect(row: Row) -> str:
    words = phrase(
        "{title} ({day} in range): {sentence}",
        title=row["title"],
        day=counted(row["day_count"], "day"),
        sentence=row["sentence"],
    )
    return f"{words.rstrip('.')}{_interval(row)}."


def _interval(row: Row) -> str:
    low, high = row["effect_low"], row["effect_high"]
    if low is None or high is None or row["verdict"] == "reacts":
        return ""
    count = row.get("n_days") or row.get("n_done")
    things = phrase("scores") if row.get("n_days") else phrase("days with it")
    ends = (numerals(f"{round(end, 1) + 0.0:+.1f}") for end in (low, high))
    return typeset(
        phrase(
            " (95 % interval {ends}; {count} {things})",
            ends=phrase(" to ").join(ends),
            count=count,
            things=things,
        )
    )


def _named(names: Sequence[str], most: int) -> str:
    shown, left = list(names[:most]), len(names) - most
    return enumerated([*shown, phrase("{left} more", left=left)] if left > 0 else shown)
