"""For my physio: one range of days on one page, as a file to send or print; notes and name only
when the runner wants them in.
"""

from datetime import date

import streamlit as st

from dashboards.shell.frame import first_steps, heading, sample_banner
from dashboards.shown import cards, data
from dashboards.shown.data import View, view
from dashboards.shown.wording import pending_words
from tightlog.answers.actions.entries import ask_at_next_visit
from tightlog.answers.report.facts import ReportFacts
from tightlog.answers.report.page import report_body, report_html, report_style
from tightlog.domain.diary import QUESTION_CHARACTERS
from tightlog.domain.red_flags import who_to_see
from tightlog.errors import TightlogError
from tightlog.journal.journal import read_journal
from tightlog.journal.moment import moment_of
from tightlog.language.catalogue import phrase


def page(seen: View) -> None:
    """The whole page, from one view."""
    span = data.report_span(seen)
    if span is None:
        heading(phrase("For my physio"), phrase("Nothing to show yet."))
        first_steps(seen)
        return
    heading(
        phrase("For my physio"),
        phrase(
            "One page about your back and your running, and an appendix. You decide what it "
            "includes."
        ),
    )
    sample_banner(seen)
    facts_today = data.todays_facts(seen)
    if facts_today is not None and facts_today.red_flag is not None:
        st.html(cards.urgent_words(who_to_see(facts_today.red_flag.names)))
    chosen = choice(seen, span)
    if chosen is None:
        st.html(cards.notice(phrase("The first day is after the last. Choose other days.")))
        return
    st.session_state["physio_days"] = chosen
    name = st.text_input(phrase("Your name (optional)"), key="physio_name", max_chars=80).strip()
    has_notes = st.checkbox(
        phrase("Include the notes on my scores"),
        key="physio_notes",
        help=(
            phrase(
                "Off by default: a note may say more than a physiotherapist needs. Places, "
                "routes and file names are never included."
            )
        ),
    )
    question(seen)
    facts = data.report(seen, chosen, name, has_notes)
    if facts.is_pending and facts_today is not None:
        st.html(cards.notice(pending_words(facts_today)))
    shown(facts)


def question(seen: View) -> None:
    """What the runner wants to ask, kept in the diary until it is changed or emptied."""
    asked = read_journal(seen.home.journal).question
    st.text_input(
        phrase("Your question for the visit (optional)"),
        asked or "",
        max_chars=QUESTION_CHARACTERS,
        key="physio_question",
        on_change=_keep,
        args=(seen,),
        help=phrase("Kept in your diary, and printed on the page, until you change or empty it."),
    )
    if refusal := st.session_state.pop("physio_not_kept", None):
        st.html(cards.notice(refusal))


def _keep(seen: View) -> None:
    try:
        words = st.session_state["physio_question"]
        ask_at_next_visit(seen.home, words, moment_of(None, seen.settings.zone))
    except TightlogError as problem:
        st.session_state["physio_not_kept"] = phrase("Not saved: {problem}.", problem=problem)


def choice(seen: View, default: tuple[date, date]) -> tuple[date, date] | None:
    """The days to report, first and last; None while the first lies after the last."""
    known = data.span(seen)
    assert known is not None
    before = st.session_state.get("physio_days", default)
    first, last = (max(known[0], min(day, known[1])) for day in before)
    left, right = st.columns(2)
    first_day = left.date_input(
        phrase("From"),
        first,
        min_value=known[0],
        max_value=known[1],
        key="physio_from",
        format=phrase("DD/MM/YYYY"),
    )
    last_day = right.date_input(
        phrase("To"),
        last,
        min_value=known[0],
        max_value=known[1],
        key="physio_to",
        format=phrase("DD/MM/YYYY"),
    )
    if not isinstance(first_day, date) or not isinstance(last_day, date) or last_day < first_day:
        return None
    return first_day, last_day


def shown(facts: ReportFacts) -> None:
    """The file to take away, and the same page beneath."""
    st.download_button(
        phrase("Download the page"),
        report_html(facts),
        f"tightlog-report-{facts.last_day}.html",
        "text/html",
        type="primary",
        key="physio_file",
        on_click="ignore",
    )
    st.caption(
        phrase(
            "A single file that works offline: open it in any browser, print it on A4 (the "
            "first page is all a first visit needs) or save it as PDF. You send it yourself; "
            "tightlog sends nothing."
        )
    )
    with st.container(border=True, key="physio_paper"):
        st.html(cards.paper(report_style(), report_body(facts)))


page(view())
