"""The hypotheses the runner wrote down before looking, apart from what was fixed beforehand."""

import polars as pl
import streamlit as st

from dashboards.shown import cards
from tightlog.language.catalogue import message, phrase
from tightlog.words.dates import date_words

TITLE = message("What you wrote down before looking")
BENEATH = message("Judged among themselves, by the scores given after each was written down.")


def declared(hypotheses: pl.DataFrame) -> None:
    """One line per hypothesis that stands: since when, and what came of it; nothing without
    one.
    """
    if hypotheses.is_empty():
        return
    st.html(cards.section(phrase(TITLE), phrase(BENEATH)))
    lines = [
        (
            row["name"],
            date_words(row["declared_on"]),
            phrase("Cannot be tested: {reason}", reason=row["reason"])
            if row["reason"]
            else row["sentence"],
        )
        for row in hypotheses.iter_rows(named=True)
    ]
    st.html(cards.plain_table((phrase("What"), phrase("Since"), phrase("What came of it")), lines))
