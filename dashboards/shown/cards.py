"""The pages' pieces as HTML, made by cards.html.jinja: a file may be called <script>."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from dashboards.shown.markup import card
from dashboards.shown.wording import dose_source, dose_words
from tightlog.domain.interventions.catalogue import ARTICLE_NAME
from tightlog.domain.red_flags import EMERGENCY
from tightlog.language.catalogue import message, phrase, phrases
from tightlog.language.choice import numerals
from tightlog.words.dates import date_words
from tightlog.words.files import status_title
from tightlog.words.numbers import counted, first_upper
from tightlog.words.patterns import grade_words, needs_words

SAMPLE = message("These are a simulated runner's files.")
NO_DIAGNOSIS = message("Not a medical device")
NOT_MEDICAL = message(
    "tightlog is not a medical device and gives no diagnosis. “Goes with” never means “causes”. "
    "Everything stays on this machine."
)
ARTICLE = message(
    "The article: {article}. What it says is marked as such; the links to your data are ours."
)
VERDICT_WORDS = phrases(
    {
        "clear": "Clear",
        "possible": "Possible",
        "hint": "A hint",
        "reacts": "Your training reacts",
        "helps": "Goes with less",
        "hurts": "Goes with more",
        "nothing_seen": "Nothing seen",
        "not_enough_data": "Not enough data yet",
    }
)


FILE_HEADS = (message("File"), message("Status"), message("Activities"), message("Details"))


def banner(strong: str, rest: str) -> Markup:
    """A notice with a bold beginning."""
    return card("banner", strong, rest)


def notice(text: str) -> Markup:
    """One friendly sentence in place of something that cannot be shown."""
    return card("notice", text)


def plain(text: str) -> Markup:
    """A paragraph."""
    return card("plain", text)


def quiet(text: str) -> Markup:
    """A line in small print."""
    return card("quiet", text)


def steps(title: str, lines: Sequence[str]) -> Markup:
    """What to do, as a numbered list."""
    return card("steps", title, lines)


def section(title: str, beneath: str = "") -> Markup:
    """Heading of a section of a page, and a quiet line beneath it."""
    return card("section", title, beneath)


def day(words: str) -> Markup:
    """Heading of a day in a list."""
    return card("day", words)


def footer() -> Markup:
    """The line at the end of every page."""
    return card(
        "footer",
        phrase(NO_DIAGNOSIS),
        (phrase(NOT_MEDICAL), phrase(ARTICLE, article=phrase(ARTICLE_NAME))),
    )


def paper(style: str, body: Markup) -> Markup:
    """The report with its style sheet; the sheet is ours, not a value."""
    return card("paper", Markup(style), body)


def match_cards(matches: Sequence[Mapping[str, Any]]) -> Markup:
    """The active patterns: title, state, the numbers that fired each, why it matters, source."""
    return card(
        "match_cards",
        [{**match, "since": _since(match), "grade": _grade(match)} for match in matches],
    )


def _since(match: Mapping[str, Any]) -> str:
    state = phrase("New") if match["state"] == "new" else phrase("Ongoing")
    return phrase(
        "{state} since {started_on}", state=state, started_on=date_words(match["started_on"])
    )


def _grade(match: Mapping[str, Any]) -> str:
    return grade_words(match["grade"])


def course_card(score: str, when: str, sentence: str, drawing: Mapping[str, Any]) -> Markup:
    """The newest score, how it lies against the usual, and four weeks as a line."""
    # As an image: Streamlit takes drawings out of HTML.
    image = b64encode(str(card("course_drawing", drawing)).encode()).decode()
    return card("course_card", score, when, sentence, {**drawing, "image": image})


def status_line(day: str, state: str) -> Markup:
    """The day beside the heading of Today, and what is going on."""
    return card("status_line", day, state)


def standing_out(title: str, first: str) -> Markup:
    """The one thing that stands out: its title and its first sentence."""
    return card("standing_out", title, first)


def advice_head(advice: Mapping[str, Any], line: str) -> Markup:
    """What to do, with its dose and whether it helped before in a line beneath."""
    return card("advice_head", advice, line)


def advice_reasons(advice: Mapping[str, Any]) -> Markup:
    """How to do it, and why: your data, what is known and the article kept apart."""
    name = advice["intervention"]
    return card("advice_reasons", advice, dose_words(name), dose_source(name))


def red_flag_card(urgency: str, your_data: str, who_to_see: str, what_is_known: str) -> Markup:
    """The only card while a red flag is active: who to see and how fast."""
    title = phrase("Get help now") if urgency == EMERGENCY else phrase("Get this checked first")
    return card("red_flag_card", title, your_data, who_to_see, what_is_known)


def urgent_words(text: str) -> Markup:
    """Who to see how fast, shown the moment a sign is ticked, before it is saved."""
    return card("urgent_words", text)


def coin_card(title: str, line: str, is_tossed: bool) -> Markup:
    """Today's coin of a trial, or what is missing to see it."""
    return card("coin_card", title, line, is_tossed)


def plain_table(heads: Sequence[str], lines: Sequence[Sequence[str]]) -> Markup:
    """A small table of text."""
    return card("plain_table", heads, lines)


def linked_table(heads: Sequence[str], lines: Sequence[tuple[str, Sequence[str]]]) -> Markup:
    """A small table whose first cells lead to an address; '' for none."""
    return card("linked_table", heads, lines)


def finding_card(title: str, statement: str, facts: Sequence[str]) -> Markup:
    """A finding or effect below the heading of its verdict, with its numbers."""
    return card("finding_card", first_upper(title), statement, " · ".join(facts))


def card_list(cards: Sequence[Markup]) -> Markup:
    """Finished cards, one below the other in one box."""
    return card("card_list", cards)


def stack(cards: Sequence[Markup]) -> Markup:
    """Finished cards, one below the other."""
    return card("stack", cards)


def plain_list(title: str, lines: Sequence[str]) -> Markup:
    """Lines under a small heading, in no order of importance."""
    return card("plain_list", title, [first_upper(line) for line in lines])


def not_watched(rows: Sequence[Mapping[str, Any]]) -> Markup:
    """Patterns that cannot match without the data they need, each with what it needs."""
    lines = [f"{row['title']}: {needs_words(row)}" for row in rows]
    return card(
        "not_watched",
        phrase("Not watched: {pattern}", pattern=counted(len(rows), "pattern")),
        lines,
    )


def folded(summary: str, paragraphs: Sequence[str]) -> Markup:
    """A fold-out with paragraphs in it."""
    return card("folded", summary, paragraphs)


def file_cards(rows: Sequence[Mapping[str, Any]]) -> Markup:
    """Files that need attention, or diaries: path, and everything known about each."""
    return card("file_cards", [_file(row) for row in rows])


def file_table(rows: Sequence[Mapping[str, Any]]) -> Markup:
    """Files as a table whose cells wrap; on a phone each row is a block."""
    files = [
        {
            **_file(row),
            "status": status_title(row["status"]),
            "count": row["activity_count"],
            "number": numerals(f"{row['activity_count'] or 0:,}"),
            "unit": phrase("activity") if row["activity_count"] == 1 else phrase("activities"),
        }
        for row in rows
    ]
    return card("file_table", [phrase(head) for head in FILE_HEADS], files)


def _file(row: Mapping[str, Any]) -> dict[str, Any]:
    taken = phrase("Columns: {columns}", columns=row["columns"]) if row["columns"] else ""
    return {
        "place": " › ".join(part for part in (row["path"], row["member"]) if part),
        "words": [words for words in (row["reason"], taken) if words],
    }


def tiles(counts: Sequence[tuple[str, str, str]]) -> Markup:
    """Small tiles: a number, its name and what the name means."""
    return card("tiles", counts)
