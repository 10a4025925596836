"""A query of the runner's own: asked once, its outcome kept for this session, with earlier
queries.
"""

from dataclasses import dataclass

import streamlit as st

from dashboards.shown.data import View
from tightlog.answers.own_query import Answer, Limits, Refusal, own_answer
from tightlog.language.catalogue import phrase
from tightlog.language.choice import numerals
from tightlog.words.numbers import counted

LIMITS = Limits()
KEPT_QUERIES = 15


@dataclass(frozen=True)
class Asked:
    """One query of this session and its outcome."""

    sql: str
    outcome: Answer | Refusal

    @property
    def words(self) -> str:
        """The outcome in one sentence."""
        if isinstance(self.outcome, Refusal):
            place = (
                phrase(" (line {line_number})", line_number=self.outcome.line_number)
                if self.outcome.line_number
                else ""
            )
            return f"{self.outcome.sentence}{place}"
        many = (
            counted(self.outcome.rows.height, "row")
            if self.outcome.rows.height < 1000
            else phrase("{height:,} rows", height=self.outcome.rows.height)
        )
        seconds = numerals(f"{self.outcome.took_s:.2f} s")
        return (
            phrase("The first {many}, in {seconds}; there are more.", many=many, seconds=seconds)
            if self.outcome.is_cut
            else phrase("{many}, in {seconds}.", many=many, seconds=seconds)
        )


def ask(seen: View, sql: str) -> None:
    """Asks this view's version and keeps the outcome; of older queries only the words."""
    assert seen.version is not None
    asked = Asked(sql, own_answer(seen.version, sql, LIMITS))
    before = [(text, words) for text, words in history() if text != sql]
    st.session_state["asked"] = asked
    st.session_state["asked_before"] = [(sql, asked.words), *before][:KEPT_QUERIES]


def newest() -> Asked | None:
    """The newest query of this session, None before the first."""
    asked: Asked | None = st.session_state.get("asked")
    return asked


def history() -> list[tuple[str, str]]:
    """Queries of this session with their outcomes, newest first."""
    kept: list[tuple[str, str]] = st.session_state.get("asked_before", [])
    return kept
