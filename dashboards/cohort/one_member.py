"""One home of a cohort: why it needs a look, what it shares, its estimates beside the group's."""

from typing import Any

import polars as pl
import streamlit as st

from dashboards.cohort.together import compared
from dashboards.shell.frame import heading
from dashboards.shown import cards
from tightlog.answers.report.facts import default_span, report_facts
from tightlog.answers.report.page import report_body, report_html, report_style
from tightlog.cohort.borders import stands, version_of
from tightlog.cohort.cohort_file import Cohort
from tightlog.cohort.cohort_words import STATES, reason_words
from tightlog.cohort.members import members
from tightlog.cohort.stored import stored
from tightlog.errors import CohortError, TightlogError
from tightlog.home.sections.share_section import SHEET
from tightlog.home.settings import Home, settings_of
from tightlog.words.dates import date_words

NOTHING = "Nothing stands out."


def one_member(cohort: Cohort, name: str, *, is_own: bool) -> None:
    """The page of a home; `is_own` speaks to its runner. Raises CohortError before a refresh."""
    row = stored(cohort, "member").filter(pl.col("home") == name).to_dicts()
    heading(name, "What the group is told of your home." if is_own else "One home of the group.")
    if not row:
        st.html(cards.notice("There is no such home in this cohort."))
        return
    attention = stored(cohort, "attention").filter(pl.col("home") == name)
    lines = [_reason(one) for one in attention.iter_rows(named=True)]
    st.html(cards.plain_list("Today", lines or [NOTHING]))
    st.html(cards.plain_list("Shared", _shared(row[0])))
    compared(stored(cohort, "compared").filter(pl.col("home") == name))
    if not is_own:
        _sheet(cohort, name)


def _reason(row: dict[str, Any]) -> str:
    since = "" if row["since"] is None else f", since {date_words(row['since'])}"
    return f"{reason_words(row)}{since}"


def _shared(row: dict[str, Any]) -> list[str]:
    lines = [f"State: {STATES[row['state']]}", f"Parts: {', '.join(row['shared']) or 'none'}"]
    if row["reason"]:
        lines.append(str(row["reason"]))
    for title, column in (("Newest score", "last_score_on"), ("Newest run", "last_activity_on")):
        if row[column] is not None:
            lines.append(f"{title}: {date_words(row[column])}")
    return lines


def _sheet(cohort: Cohort, name: str) -> None:
    """The sheet for a physiotherapist, where the runner shares it now: the home itself is asked."""
    found = [one for one in members(cohort) if one.pseudonym == name]
    if not found or not stands(cohort, found[0], SHEET):
        st.html(cards.quiet("This runner does not share the sheet for a physiotherapist."))
        return
    home = Home(found[0].folder)
    try:
        version = version_of(home)
        span = default_span(version)
        facts = report_facts(home, settings_of(home), version, span, name=name)
    except CohortError as problem:
        st.html(cards.notice(f"The sheet cannot be made now: {problem}."))
        return
    except (TightlogError, OSError):
        st.html(cards.notice("The sheet cannot be made now: the home cannot be read."))
        return
    st.html(cards.section("Sheet for a physiotherapist"))
    st.download_button(
        "Download the sheet",
        report_html(facts),
        f"tightlog-{name}.html",
        "text/html",
        key="cohort_sheet",
        on_click="ignore",
    )
    with st.container(border=True, key="physio_paper"):
        st.html(cards.paper(report_style(), report_body(facts)))
