"""Preview of a table of scores: its first rows as they would be read."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from dashboards.shown import cards
from dashboards.shown.data import View
from tightlog.answers.diary_table import (
    Preview,
)
from tightlog.domain.diary import DiaryMapping, TightnessScore
from tightlog.domain.reading import Reading
from tightlog.language.catalogue import phrase
from tightlog.words.dates import date_words
from tightlog.words.measures import clock
from tightlog.words.numbers import counted
from tightlog.words.scores import MOMENT_WORDS

SHOWN_SCORES = 5


@dataclass(frozen=True)
class Given:
    """A table to look at: its bytes, its path below data/raw (where it would lie, when it is
    new), and its name when it is still to be kept.
    """

    data: bytes
    path: str
    new_name: str | None
    has_known_bytes: bool = False


def show_preview(seen: View, given: Given, shown: Preview, stored: DiaryMapping | None) -> None:
    """What was understood, and the first rows as they would be read, or unchanged if none would."""
    taken = shown.reading
    if given.has_known_bytes:
        st.html(cards.notice(phrase("You already have this table, as {path}.", path=given.path)))
    if stored is not None:
        st.caption(phrase("tightlog.toml already says how files of this name are read."))
    if not shown.is_diary:
        st.html(
            cards.notice(
                phrase("Not understood: {reason}.", reason=taken.reason or phrase("no score in it"))
            )
        )
        if shown.outline.rows:
            st.html(_table([name or "–" for name in shown.outline.header], shown.outline.rows))
        return
    st.html(cards.notice(_understood(taken)))
    st.html(cards.folded(phrase("How each column is read"), (taken.columns or "").split("; ")))
    if taken.scores:
        _first_scores(seen, taken.scores)


def _understood(taken: Reading) -> str:
    parts = [counted(len(taken.scores), "score")] if taken.scores else []
    parts += (
        [phrase("{interventions:,} done", interventions=len(taken.interventions))]
        if taken.interventions
        else []
    )
    parts += (
        [phrase("{context:,} other values, such as sleep", context=len(taken.context))]
        if taken.context
        else []
    )
    days = [score.day for score in taken.scores]
    span = (
        phrase(", {days} to {days_2}", days=date_words(min(days)), days_2=date_words(max(days)))
        if days
        else ""
    )
    left_out = f" {taken.reason}." if taken.reason else phrase(" No rows are left out.")
    return phrase(
        "Understood: {parts}{span}.{left_out}",
        parts=", ".join(parts),
        span=span,
        left_out=left_out,
    )


def _first_scores(seen: View, scores: Sequence[TightnessScore]) -> None:
    heads = (
        phrase("Day"),
        phrase("Score"),
        phrase("As written"),
        phrase("Time"),
        phrase("Part of the day"),
        phrase("Sharp, signs"),
        phrase("Note"),
    )
    st.html(_table(heads, [_cells(seen, score) for score in scores[:SHOWN_SCORES]]))
    st.caption(
        phrase(
            "The first {score} as they would be read.",
            score=counted(min(SHOWN_SCORES, len(scores)), "score"),
        )
    )


def _cells(seen: View, score: TightnessScore) -> tuple[str, ...]:
    signs = [
        *(["sharp"] if score.is_sharp else []),
        *(name.replace("_", " ") for name in score.red_flags),
    ]
    at = clock(score.rated_at.astimezone(seen.settings.zone)) if score.rated_at else ""
    written = score.raw_value if score.raw_value and score.raw_value != f"{score.score:g}" else ""
    return (
        date_words(score.day),
        f"{score.score:g}",
        written,
        at,
        MOMENT_WORDS.get(score.moment or "", ""),
        ", ".join(signs),
        score.note or "",
    )


def _table(header: Sequence[str], lines: Sequence[Sequence[str]]) -> Markup:
    """A small table that scrolls inside itself on a phone; columns without any text are left
    out.
    """
    shown = [place for place, name in enumerate(header) if any(cells[place] for cells in lines)]
    kept = [[cells[place] for place in shown] for cells in lines]
    return cards.plain_table([header[place] for place in shown], kept)
