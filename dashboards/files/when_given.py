"""Files: the question when the scores of a table without times were given, and the answer."""

import streamlit as st

from dashboards.shown import cards
from dashboards.shown.data import View, rows
from dashboards.shown.refreshing import refresh_outcome, refreshed
from tightlog.answers.actions.files import answer_when_given
from tightlog.answers.refresh_words import when_given_words
from tightlog.domain.diary import ScoreFile, open_questions
from tightlog.errors import TightlogError
from tightlog.language.catalogue import phrase
from tightlog.words.scores import ANSWERS

ANSWERED = "answered"
MOST_QUESTIONS = 10


def questions(seen: View) -> None:
    """One question for each table whose scores do not say when on their day they were given."""
    refresh_outcome(ANSWERED)
    if seen.home.is_sample:
        return
    files = [ScoreFile(*row) for row in rows(seen, "score_files", False).iter_rows()]
    asked = open_questions(files, seen.settings.diaries)
    if not asked:
        return
    st.html(
        cards.section(
            phrase("When were these scores given?"),
            phrase("A score given after a run says something else than one given before it."),
        )
    )
    for one in asked[:MOST_QUESTIONS]:
        _question(seen, one)
    if len(asked) > MOST_QUESTIONS:
        st.caption(
            phrase(
                "{asked:,} more tables are asked about after these.",
                asked=len(asked) - MOST_QUESTIONS,
            )
        )


def _question(seen: View, one: ScoreFile) -> None:
    with st.container(border=True):
        st.text(when_given_words(one))
        answer = st.pills(
            phrase("When were the scores of {place} given?", place=one.place),
            list(ANSWERS),
            format_func=ANSWERS.__getitem__,
            key=f"when_given_{one.place}",
            label_visibility="collapsed",
        )
        if st.button(
            phrase("Save and refresh"), key=f"save_when_given_{one.place}", disabled=answer is None
        ):
            _answer(seen, one, answer or "")


def _answer(seen: View, one: ScoreFile, answer: str) -> None:
    try:
        answer_when_given(seen.home, one.place, answer)
    except TightlogError as problem:
        st.html(cards.notice(phrase("Not saved: {problem}", problem=problem)))
        return
    st.session_state["refreshed"] = (ANSWERED, refreshed(seen.home, anew=True))
    st.rerun()
