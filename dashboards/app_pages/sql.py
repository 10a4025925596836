"""SQL: every number tightlog knows, asked for in the runner's own words of SQL; nothing typed
here can change anything.
"""

import polars as pl
import streamlit as st

from dashboards.shell.frame import first_steps, heading, sample_banner
from dashboards.shown import cards
from dashboards.shown.data import View, rows, view
from dashboards.sql import querying
from dashboards.sql.querying import LIMITS, Asked
from tightlog.answers import table_files
from tightlog.answers.own_query import Answer, examples
from tightlog.words.numbers import counted

QUESTIONS = {example.question: example.sql for example in examples()}
# A search that leaves no more columns than this shows them unfolded.
MOST_OPEN = 60


def page(seen: View) -> None:
    """The whole page, from one view."""
    heading(
        "SQL",
        (
            "Ask the warehouse anything. It is read-only: nothing you type here can change your "
            "data or read another file."
        ),
    )
    if seen.version is None:
        first_steps(seen)
        return
    sample_banner(seen)
    editor(seen)
    asked = querying.newest()
    if asked is not None:
        answer(asked)
    before()
    dictionary(seen)


def editor(seen: View) -> None:
    """Example questions that fill the editor, the editor, and Run."""
    st.session_state.setdefault("sql", st.session_state.get("sql_kept", examples()[0].sql))
    st.selectbox(
        "Start from a question",
        QUESTIONS,
        index=None,
        placeholder=f"{len(QUESTIONS)} examples",
        key="example",
        on_change=fill_with_example,
    )
    sql = st.text_area("Your query", height=230, key="sql")
    # A page left and opened again has its text still.
    st.session_state["sql_kept"] = sql
    if st.button("Run", type="primary", key="run"):
        with st.spinner("Asking …"):
            querying.ask(seen, sql)
    st.caption(
        f"One query at a time; at most {LIMITS.rows:,} rows and {LIMITS.time_s:g} seconds. A "
        "median or a mean describes: whether it is "
        "more than chance, the pages Today and Trends say."
    )


def fill_with_example() -> None:
    """Puts the chosen question's query into the editor."""
    chosen = st.session_state["example"]
    if chosen is not None:
        st.session_state["sql"] = QUESTIONS[chosen]


def fill_with(sql: str) -> None:
    """Puts a query into the editor."""
    st.session_state["sql"] = sql


def answer(asked: Asked) -> None:
    """The newest query's rows with their number, time and downloads, or why there are none."""
    st.html(cards.section("Answer"))
    if not isinstance(asked.outcome, Answer):
        st.html(cards.notice(asked.words))
        if asked.outcome.line is not None:
            st.code(asked.outcome.line, language=None, wrap_lines=True)
        return
    st.text(asked.words)
    found = asked.outcome.rows
    if found.is_empty():
        return
    with st.container(key="sql_rows"):
        dates = {
            name: st.column_config.DateColumn(format="YYYY-MM-DD")
            for name, kind in found.schema.items()
            if kind == pl.Date
        }
        st.dataframe(
            found,
            hide_index=True,
            column_config=dates,
            alt=f"{asked.words} Columns: {', '.join(found.columns)}.",
        )
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


def before() -> None:
    """What was asked in this session, to be taken up again."""
    kept = querying.history()
    if not kept:
        return
    with st.expander(
        f"Asked in this session: {counted(len(kept), 'query').replace('querys', 'queries')}"
    ):
        for number, (sql, words) in enumerate(kept):
            st.code(sql, language="sql", wrap_lines=True)
            st.text(words)
            st.button("Edit again", key=f"again_{number}", on_click=fill_with, args=(sql,))


def dictionary(seen: View) -> None:
    """Relations and their columns, to be searched."""
    st.html(
        cards.section(
            "What there is to ask for",
            "Units are in the names: _s, _m, _min, _mps, _bpm, _spm, _pct, _au; _at is a time "
            "in UTC, "
            "day your local date. Null means not known, 0 means none.",
        )
    )
    wanted = st.text_input("Find a word, e.g. cadence", key="wanted").strip()
    found = rows(seen, "dictionary", wanted)
    if found.is_empty():
        st.html(cards.notice("No column's name or meaning holds that."))
        return
    st.html(
        querying.dictionary_folds(
            found.to_dicts(), is_open=bool(wanted) and found.height <= MOST_OPEN
        )
    )


page(view())
