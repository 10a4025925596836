"""What the homes say together, and a runner's own estimates beside the group's."""

from typing import Any

import polars as pl
import streamlit as st

from dashboards.shown import cards
from tightlog.cohort.cohort_words import KINDS, points_words, range_words, too_few_words
from tightlog.language.catalogue import phrase
from tightlog.words.numbers import first_upper

TOLD = ("higher", "lower", "reacts")


def together(pooled: pl.DataFrame) -> None:
    """The sentences of what stands out, then every number in a table."""
    if pooled.is_empty():
        st.html(cards.notice(phrase("No home shares estimates yet.")))
        return
    for kind, title in KINDS.items():
        rows = pooled.filter(pl.col("kind") == kind)
        if rows.is_empty():
            continue
        st.html(cards.section(title))
        told = rows.filter(pl.col("verdict").is_in(TOLD))["sentence"].to_list()
        for sentence in told:
            st.html(cards.plain(sentence))
        if not told:
            st.html(cards.quiet(phrase("Nothing is seen over all homes.")))
        _numbers(rows)


def _numbers(rows: pl.DataFrame) -> None:
    judged = rows.filter(pl.col("verdict") != "too_few_homes")
    if not judged.is_empty():
        lines = [_line(row) for row in judged.iter_rows(named=True)]
        heads = (
            phrase("What"),
            phrase("Homes"),
            phrase("Points, at all looks"),
            phrase("One more runner"),
        )
        st.html(cards.plain_table(heads, lines))
    few = rows.filter(pl.col("verdict") == "too_few_homes")["title"].to_list()
    if few:
        st.html(cards.quiet(too_few_words(few)))


def _line(row: dict[str, Any]) -> tuple[str, ...]:
    interval = range_words(row["lasting_low"], row["lasting_high"])
    return (
        first_upper(str(row["title"])),
        str(row["homes"]),
        f"{points_words(row['mean_points'])} ({interval})",
        range_words(row["predicted_low"], row["predicted_high"]),
    )


def compared(rows: pl.DataFrame) -> None:
    """A home's own estimates drawn towards the group; nothing where its runner did not agree."""
    if not rows.is_empty():
        why = phrase("Here because the runner agreed to be compared.")
        st.html(cards.section(phrase("Beside the group"), why))
        st.html(cards.stack([cards.plain(sentence) for sentence in rows["sentence"]]))
