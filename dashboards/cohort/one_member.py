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
from tightlog.cohort.cohort_words import STATES, parts_words, reason_words
from tightlog.cohort.members import members
from tightlog.cohort.stored import stored
from tightlog.errors import CohortError, TightlogError
from tightlog.home.sections.share_section import SHEET
from tightlog.home.settings import Home, settings_of
from tightlog.language.catalogue import message, phrase
from tightlog.words.dates import date_words

NOTHING = message("Nothing stands out.")
UNKNOWN = message("Not known: the status is not shared, or was not read.")
ABOUT_OWN = message("What the group is told of your home.")
ABOUT_ONE = message("One home of the group.")


def one_member(cohort: Cohort, name: str, *, is_own: bool) -> None:
    """The page of a home; `is_own` speaks to its runner. Raises CohortError before a refresh."""
    row = stored(cohort, "member").filter(pl.col("home") == name).to_dicts()
    heading(name, phrase(ABOUT_OWN if is_own else ABOUT_ONE))
    if not row:
        st.html(cards.notice(phrase("There is no such home in this cohort.")))
        return
    attention = stored(cohort, "attention").filter(pl.col("home") == name)
    lines = [_reason(one) for one in attention.iter_rows(named=True)]
    nothing = NOTHING if "status" in row[0]["shared"] else UNKNOWN
    st.html(cards.plain_list(phrase("Today"), lines or [phrase(nothing)]))
    st.html(cards.plain_list(phrase("Shared"), _shared(row[0])))
    compared(stored(cohort, "compared").filter(pl.col("home") == name))
    if not is_own:
        _sheet(cohort, name)


def _reason(row: dict[str, Any]) -> str:
    if row["since"] is None:
        return reason_words(row)
    since = date_words(row["since"])
    return phrase("{reason}, since {day}", reason=reason_words(row), day=since)


def _shared(row: dict[str, Any]) -> list[str]:
    lines = [
        phrase("State: {state}", state=STATES[row["state"]]),
        phrase("Parts: {parts}", parts=parts_words(row["shared"])),
    ]
    if row["reason"]:
        lines.append(str(row["reason"]))
    if row["last_score_on"] is not None:
        lines.append(phrase("Newest score: {day}", day=date_words(row["last_score_on"])))
    if row["last_activity_on"] is not None:
        lines.append(phrase("Newest activity: {day}", day=date_words(row["last_activity_on"])))
    return lines


def _sheet(cohort: Cohort, name: str) -> None:
    """The sheet for a physiotherapist, where the runner shares it now: the home itself is asked."""
    found = [one for one in members(cohort) if one.pseudonym == name]
    if not found or not stands(cohort, found[0], SHEET):
        words = phrase("This runner does not share the sheet for a physiotherapist.")
        st.html(cards.quiet(words))
        return
    home = Home(found[0].folder)
    try:
        version = version_of(home)
        span = default_span(version)
        facts = report_facts(home, settings_of(home), version, span, name=name)
    except CohortError as problem:
        why = phrase("The sheet cannot be made now: {problem}.", problem=problem)
        st.html(cards.notice(why))
        return
    except (TightlogError, OSError):
        why = phrase("The sheet cannot be made now: the home cannot be read.")
        st.html(cards.notice(why))
        return
    st.html(cards.section(phrase("Sheet for a physiotherapist")))
    st.download_button(
        phrase("Download the sheet"),
        report_html(facts),
        f"tightlog-{name}.html",
        "text/html",
        key="cohort_sheet",
        on_click="ignore",
    )
    with st.container(border=True, key="physio_paper"):
        st.html(cards.paper(report_style(), report_body(facts)))
