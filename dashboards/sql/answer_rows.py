"""The rows of the newest query, with their number, time and downloads."""

import polars as pl
import streamlit as st

from dashboards.shown import cards
from dashboards.sql.querying import Asked
from tightlog.answers import table_files
from tightlog.answers.own_query import Answer
from tightlog.language.catalogue import phrase


def answer(asked: Asked) -> None:
    """The newest query's rows with their number, time and downloads, or why there are none."""
    st.html(cards.section(phrase("Answer")))
    if not isinstance(asked.outcome, Answer):
        st.html(cards.notice(asked.words))
        if asked.outcome.line is not None:
            st.code(asked.outcome.line, language=None, wrap_lines=True)
        return
    st.text(asked.words)
    found = asked.outcome.rows
    if not found.is_empty():
        _table(found, asked.words)
        _downloads(found)


def _table(found: pl.DataFrame, words: str) -> None:
    dates = {
        name: st.column_config.DateColumn(format="YYYY-MM-DD")
        for name, kind in found.schema.items()
        if kind == pl.Date
    }
    with st.container(key="sql_rows"):
        st.dataframe(
            found,
            hide_index=True,
            column_config=dates,
            placeholder="—",
            alt=phrase(
                "{words} Columns: {columns}.", words=words, columns=", ".join(found.columns)
            ),
        )


def _downloads(found: pl.DataFrame) -> None:
    with st.container(horizontal=True):
        st.download_button(
            "CSV",
            lambda: table_files.csv_bytes(found),
            "tightlog-query.csv",
            "text/csv",
            key="csv",
            on_click="ignore",
        )
        st.download_button(
            "Parquet",
            lambda: table_files.parquet_bytes(found),
            "tightlog-query.parquet",
            "application/vnd.apache.parquet",
            key="parquet",
            on_click="ignore",
        )
