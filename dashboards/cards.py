"""The pages' pieces as HTML. Every value is escaped here: a file may be called <script> and a shoe **fast**."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from dashboards.wording import dose_words
from tightlog.advice.interventions import ARTICLE_NAME
from tightlog.patterns.red_flags import EMERGENCY, urgency
from tightlog.words.dates import date_words
from tightlog.words.numbers import counted
from tightlog.words.patterns import grade_words, needs_words

SAMPLE = "These are a simulated runner's files."
NOT_MEDICAL = ("tightlog is not a medical device and gives no diagnosis. “Goes with” never means “causes”. "
               "Everything stays on this machine.")
ARTICLE = f"The article: {ARTICLE_NAME}. What it says is marked as its own; links between your data and it are ours."
VERDICT_WORDS = {
    "clear": "Clear", "possible": "Possible", "reacts": "Your training reacts", "helps": "Goes with less", "hurts": "Goes with more",
    "nothing_seen": "Nothing seen", "not_enough_data": "Not enough data yet",
}


def banner(strong: str, rest: str) -> str:
    """A calm notice: a strong beginning and what follows."""
    return f"<aside class='tl-banner'><strong>{escape(strong)}</strong> {escape(rest)}</aside>"


def notice(text: str) -> str:
    """One friendly sentence in place of something that cannot be shown."""
    return f"<p class='tl-notice'>{escape(text)}</p>"


def quiet(text: str) -> str:
    """A line in small print."""
    return f"<p class='tl-quiet'>{escape(text)}</p>"


def steps(title: str, lines: Sequence[str]) -> str:
    """What to do, as a numbered list."""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<section class='tl-card'><h2>{escape(title)}</h2><ol>{items}</ol></section>"


def section(title: str, beneath: str = "") -> str:
    """Heading of a section of a page, and a quiet line beneath it."""
    line = f"<p class='tl-quiet'>{escape(beneath)}</p>" if beneath else ""
    return f"<h2 class='tl-section'>{escape(title)}</h2>{line}"


def match_cards(matches: Sequence[Mapping[str, Any]]) -> str:
    """The patterns that stand, one card each."""
    return f"<div class='tl-stack'>{''.join(_match_card(match) for match in matches)}</div>"


def _match_card(match: Mapping[str, Any]) -> str:
    """A pattern that stands: title, state, the numbers that fired it, why it matters, grade and source."""
    state = f"{'New' if match['state'] == 'new' else 'Ongoing'} since {date_words(match['started_on'])}"
    return (
        f"<section class='tl-card tl-match'><p class='tl-eyebrow'>{_badge(state, match['state'])}{grade_badge(match['grade'])}</p>"
        f"<h3>{escape(match['title'])}</h3><p>{escape(match['evidence'])}</p>"
        f"<details><summary>Why it matters, and who says so</summary><p>{escape(match['why'])}</p>"
        f"<p class='tl-quiet'>Source: {escape(match['source'])}</p></details></section>"
    )


def advice_card(advice: Mapping[str, Any]) -> str:
    """A piece of advice: what and how, then what the data show, what is known and what the article says, kept apart."""
    return (
        f"<section class='tl-advice'><p class='tl-eyebrow'>{advice['rank']} · {escape(advice['pattern_title'] or '')}</p>"
        f"<h3>{escape(advice['title'])}</h3><p class='tl-how'>{escape(advice['how_to'])}</p>"
        f"<dl class='tl-facts'>{_term('Dose', dose_words(advice['dose']))}{_term('Caution', advice['caution'])}</dl>"
        f"<details><summary>Why this, and who says so</summary>"
        f"<dl class='tl-why'>{_term('Your data', advice['your_data'])}{_term('What is known', advice['what_is_known'])}"
        f"{_term('The article', advice['article_says'])}</dl></details></section>"
    )


def red_flag_card(your_data: str, who_to_see: str, what_is_known: str) -> str:
    """The one thing shown while a red flag stands: who to see how fast, before anything else."""
    title = "Get help now" if urgency(your_data) == EMERGENCY else "Get this checked first"
    return (
        f"<section class='tl-card tl-red' role='alert'><h2>{title}</h2><p class='tl-strong'>{escape(who_to_see)}</p>"
        f"<dl class='tl-why'>{_term('Your data', your_data)}{_term('What is known', what_is_known)}</dl></section>"
    )


def urgent_words(text: str) -> str:
    """Who to see how fast, shown the moment a sign is ticked, before it is saved."""
    return f"<p class='tl-card tl-red tl-strong' role='alert'>{escape(text)}</p>"


def finding_card(title: str, statement: str, facts: Sequence[str]) -> str:
    """A finding or an effect below the heading of its verdict: what was compared, what is said of it, and further numbers."""
    numbers = f"<p class='tl-quiet'>{escape(' · '.join(facts))}</p>" if facts else ""
    name = title[:1].upper() + title[1:]
    return f"<section class='tl-advice'><h3>{escape(name)}</h3><p>{escape(statement)}</p>{numbers}</section>"


def card_list(cards: Sequence[str]) -> str:
    """Cards already made, one below the other in one box."""
    return f"<div class='tl-card tl-list'>{''.join(cards)}</div>"


def plain_list(title: str, lines: Sequence[str]) -> str:
    """Lines under a small heading, in no order of importance."""
    items = "".join(f"<li>{escape(line[:1].upper() + line[1:])}</li>" for line in lines)
    return f"<section class='tl-card tl-plain'><h3>{escape(title)}</h3><ul>{items}</ul></section>"


def not_watched(rows: Sequence[Mapping[str, Any]]) -> str:
    """Patterns whose silence means nothing, each with what it needs."""
    items = "".join(f"<li>{escape(row['title'])}: {escape(needs_words(row))}</li>" for row in rows)
    summary = f"Not watched: {counted(len(rows), 'pattern')}"
    return (f"<details class='tl-plain'><summary>{summary}</summary><p class='tl-quiet'>Your files lack what these need, "
            f"so their silence means nothing.</p><ul>{items}</ul></details>")


def folded(summary: str, paragraphs: Sequence[str]) -> str:
    """A fold-out with paragraphs in it."""
    inside = "".join(f"<p class='tl-quiet'>{escape(paragraph)}</p>" for paragraph in paragraphs)
    return f"<details class='tl-plain'><summary>{escape(summary)}</summary>{inside}</details>"


def file_cards(rows: Sequence[Mapping[str, Any]]) -> str:
    """Files that want a look, or diaries: place, and the whole of what is to be said of each."""
    cards = "".join(f"<section class='tl-card tl-file'><p>{_place(row)}</p>{_file_words(row)}</section>" for row in rows)
    return f"<div class='tl-stack'>{cards}</div>"


def file_table(rows: Sequence[Mapping[str, Any]], status_words: Mapping[str, str]) -> str:
    """Files as a table whose cells wrap; on a phone each row is a block of its own."""
    head = "".join(f"<th scope='col'>{name}</th>" for name in ("File", "Status", "Activities", "Why, or what was taken"))
    body = "".join(
        f"<tr><td class='tl-file'>{_place(row)}</td><td><span class='tl-badge'>{escape(status_words.get(row['status'], row['status']))}</span></td>"
        f"<td>{_activities(row['activity_count'])}</td><td>{_file_words(row)}</td></tr>" for row in rows
    )
    return f"<table class='tl-table'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _place(row: Mapping[str, Any]) -> str:
    return f"<code>{escape(' › '.join(part for part in (row['path'], row['member']) if part))}</code>"


def _file_words(row: Mapping[str, Any]) -> str:
    taken = f"Taken: {row['columns']}" if row["columns"] else ""
    return "".join(f"<p>{escape(words)}</p>" for words in (row["reason"], taken) if words)


def _activities(count: int) -> str:
    return "" if not count else f"{count:,} <span class='tl-unit'>{'activity' if count == 1 else 'activities'}</span>"


def tiles(counts: Sequence[tuple[str, str, str]]) -> str:
    """Small tiles: a number, its name and what the name means."""
    cells = "".join(
        f"<div class='tl-tile'><span class='tl-number'>{escape(number)}</span><span class='tl-name'>{escape(name)}</span>"
        f"<span class='tl-quiet'>{escape(meaning)}</span></div>" for number, name, meaning in counts
    )
    return f"<div class='tl-tiles'>{cells}</div>"


def grade_badge(grade: str) -> str:
    """Evidence grade with its meaning."""
    return _badge(grade_words(grade), "grade")


def _badge(text: str, kind: str) -> str:
    return f"<span class='tl-badge tl-{escape(kind)}'>{escape(text)}</span>"


def _term(name: str, text: str) -> str:
    return f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>"
