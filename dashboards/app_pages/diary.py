"""Log, at /diary: every score and everything done, newest first, to be added to, changed and
withdrawn; and tables of scores brought in.
"""

from datetime import timedelta

import polars as pl
import streamlit as st

from dashboards.diary.diary_import import import_table
from dashboards.diary.entries import add_entry, entry_line
from dashboards.diary.weekly_function import weekly_function
from dashboards.shell.frame import heading, sample_banner
from dashboards.shown import cards
from dashboards.shown.data import View, rows, standing_flag, view
from dashboards.shown.periods import ALL, RANGES
from dashboards.shown.refreshing import ABOVE, refresh_button, refresh_outcome
from tightlog.answers import logged
from tightlog.domain.clocks import last_day
from tightlog.domain.red_flags import who_to_see
from tightlog.journal.journal import Journal, read_journal
from tightlog.journal.words import copies_words, newer_words, unreadable_words
from tightlog.language.catalogue import phrase, phrases
from tightlog.words.dates import weekday_and_date
from tightlog.words.numbers import counted

KINDS = phrases({logged.SCORE: "Scores", logged.DONE: "What I did", "note": "With a note"})
PAGE_LENGTH = 40
MOST_LINES = 200


def page(seen: View) -> None:
    """The whole page, from one view and the journal as it is now."""
    heading(phrase("Log"), phrase("Every score and everything you did, newest first"))
    sample_banner(seen)
    if flag := standing_flag(seen):
        st.html(cards.urgent_words(who_to_see(flag.names)))
    journal = read_journal(seen.home.journal, last_day(seen.settings.zone))
    is_new = seen.version is None
    stored = pl.DataFrame() if is_new else rows(seen, "logged_entries", None, None)
    every = logged.lines(journal, stored)
    waiting(seen, sum(line.is_waiting for line in every), logged.withdrawn_count(journal, stored))
    add_entry(seen)
    st.page_link("app_pages/exercises.py", label=phrase("All exercises, with pictures and a guide"))
    weekly_function(seen, journal)
    import_table(seen)
    files_words(journal)
    if not every:
        st.html(
            cards.notice(
                phrase(
                    "Nothing is logged yet. Give today's score on the Today page in one tap, "
                    "and add earlier entries above."
                )
            )
        )
        return
    listed(seen, every)


def waiting(seen: View, waiting_count: int, withdrawn_count: int) -> None:
    """The outcome of the last refresh, and how many entries wait for the next one, with its
    button.
    """
    refresh_outcome(ABOVE)
    parts = (
        [phrase("{entry} new or changed", entry=counted(waiting_count, "entry", "entries"))]
        if waiting_count
        else []
    )
    parts += (
        [phrase("{withdrawn_count:g} withdrawn", withdrawn_count=withdrawn_count)]
        if withdrawn_count
        else []
    )
    if parts:
        with st.container(key="pending"):
            st.html(
                cards.notice(
                    phrase(
                        "Since the last refresh: {parts}. All is saved. Refresh to update the "
                        "results.",
                        parts=", ".join(parts),
                    )
                )
            )
            refresh_button(seen, ABOVE)


def files_words(journal: Journal) -> None:
    """Notes on the journal file: lines that do not count and why, and copies of it."""
    for words in (
        *copies_words(journal),
        *((newer_words(journal.newer_lines),) if journal.newer_lines else ()),
    ):
        st.html(cards.quiet(f"{words}."))
    if journal.unreadable:
        count = counted(journal.broken_lines, "line")
        st.html(
            cards.folded(
                (
                    phrase(
                        "{count} of the diary cannot be read and {part} not counted",
                        count=count,
                        part=phrase("is") if journal.broken_lines == 1 else phrase("are"),
                    )
                ),
                unreadable_words(journal, MOST_LINES),
            )
        )


def listed(seen: View, every: list[logged.Line]) -> None:
    """The entries by day, filtered by kind and range, a page at a time."""
    zone = "UTC" if seen.settings.time_zone == "Etc/UTC" else seen.settings.time_zone
    st.html(cards.section(phrase("Entries"), phrase("Times are in {zone}.", zone=zone)))
    kind = st.pills(phrase("Only"), list(KINDS), format_func=KINDS.__getitem__, key="diary_kind")
    days = RANGES[
        st.segmented_control(
            phrase("Show the last"),
            tuple(RANGES),
            default=ALL,
            format_func=phrase,
            key="diary_range",
        )
        or ALL
    ]
    chosen = logged.chosen(every, kind, seen.local_day - timedelta(days=days - 1) if days else None)
    if not chosen:
        st.html(cards.notice(phrase("No matching entries in this range.")))
        return
    place = st.container()
    pages = -(-len(chosen) // PAGE_LENGTH)
    # A key of its own for each narrowing, so that each begins on its first page.
    number = min(st.pagination(pages, key=f"diary_page_{kind}_{days}"), pages) if pages > 1 else 1
    with place:
        _one_page(seen, chosen, (number - 1) * PAGE_LENGTH)


def _one_page(seen: View, chosen: list[logged.Line], start: int) -> None:
    shown = chosen[start : start + PAGE_LENGTH]
    st.text(
        counted(len(chosen), "entry", "entries")
        if len(chosen) <= PAGE_LENGTH
        else phrase(
            "{chosen:,} entries: {start:,} to {start_2:,}",
            chosen=len(chosen),
            start=start + 1,
            start_2=start + len(shown),
        )
    )
    if any(line.source == "watch" for line in shown):
        st.caption(
            phrase(
                "What a watch recorded cannot be changed here; correct the activity on the "
                "Runs page."
            )
        )
    for day, lines in logged.by_day(shown):
        st.html(cards.day(weekday_and_date(day)))
        for line in lines:
            entry_line(seen, line)


page(view())
