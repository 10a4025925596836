"""SQL: read-only queries of everything tightlog has stored."""

import streamlit as st

from dashboards.shell.frame import first_steps, heading, sample_banner
from dashboards.shown.data import View, view
from dashboards.sql import querying
from dashboards.sql.answer_rows import answer
from dashboards.sql.dictionary import dictionary
from dashboards.sql.querying import LIMITS
from tightlog.answers.own_query import examples
from tightlog.language.catalogue import phrase
from tightlog.words.numbers import counted

# On a Mac Streamlit takes the command key instead.
RUN_KEY = "Ctrl+Enter"
QUESTIONS = {example.question: example.sql for example in examples()}


def page(seen: View) -> None:
    """The whole page, from one view."""
    heading(
        "SQL",
        (phrase("Ask everything tightlog has stored; nothing can be changed here.")),
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
        phrase("Start from an example"),
        QUESTIONS,
        index=None,
        placeholder=phrase("{questions} examples", questions=len(QUESTIONS)),
        key="example",
        on_change=fill_with_example,
    )
    sql = st.text_area(phrase("Your query"), height=230, key="sql")
    # A page left and opened again has its text still.
    st.session_state["sql_kept"] = sql
    if st.button(phrase("Run it"), type="primary", key="run", shortcut=RUN_KEY):
        with st.spinner(phrase("Asking …")):
            querying.ask(seen, sql)
    st.caption(
        phrase(
            "At most {rows:,} rows and {time_s:g} seconds per query. A median or a mean only "
            "describes; What goes with it and What helped show what is more than chance.",
            rows=LIMITS.rows,
            time_s=LIMITS.time_s,
        )
    )


def fill_with_example() -> None:
    """Puts the chosen question's query into the editor."""
    chosen = st.session_state["example"]
    if chosen is not None:
        st.session_state["sql"] = QUESTIONS[chosen]


def fill_with(sql: str) -> None:
    """Puts a query into the editor."""
    st.session_state["sql"] = sql


def before() -> None:
    """Earlier queries of this session, to edit again."""
    kept = querying.history()
    if not kept:
        return
    with st.expander(
        phrase(
            "This session: {query}", query=counted(len(kept), "query").replace("querys", "queries")
        ),
        type="compact",
    ):
        for number, (sql, words) in enumerate(kept):
            st.code(sql, language="sql", wrap_lines=True)
            st.text(words)
            st.button(phrase("Edit again"), key=f"again_{number}", on_click=fill_with, args=(sql,))


page(view())
