"""Files that need attention, and the list of all files, a page at a time."""

from dataclasses import dataclass

import streamlit as st

from dashboards.shown import cards
from dashboards.shown.data import View, rows
from tightlog.words.files import status_title
from tightlog.words.numbers import counted

TABLES = "diaries_not_taken"
MOST_CARDS = 10
# As many as a browser lays out at once without a pause, however many files there are.
PAGE_LENGTH = 50


@dataclass(frozen=True)
class Group:
    """Files shown as cards: heading, what to do or know, and the question that finds them."""

    title: str
    beneath: str
    question: str


GROUPS = (
    Group(
        "Unreadable",
        "Copy the file again from the watch or the portal into data/raw, under any "
        "name, and refresh. It is tried again as soon as its content changes. tightlog "
        "never changes or deletes your files.",
        "unreadable_files",
    ),
    Group(
        "Tables without a score",
        "Is one of them your diary? Save it as CSV with a column “date” and a column "
        "“tightness”, or choose its columns on the Diary page. If it is something "
        "else, there is nothing to do.",
        TABLES,
    ),
    Group(
        "Partly read",
        "If the portal has the complete recording, add it as well: the more complete "
        "of the two counts. In a diary, correct the rows listed.",
        "partial_files",
    ),
    Group(
        "Diaries",
        (
            "How each column was read. If one is wrong, rename it or choose the columns on "
            "the Diary page."
        ),
        "diaries",
    ),
)


def grouped(seen: View, group: Group) -> None:
    """The files of a group with their full reasons; nothing when there is none."""
    found = rows(seen, group.question, MOST_CARDS).to_dicts()
    if not found:
        return
    st.html(cards.section(group.title, group.beneath))
    st.html(cards.file_cards(found))
    if group.question == TABLES:
        st.page_link("app_pages/diary.py", label="Choose the columns on the Diary page")
    more = found[0]["file_count"] - len(found)
    if more:
        st.caption(f"{more:,} more like these are in the list below.")


def every_file(seen: View, statuses: list[str]) -> None:
    """All files, filtered by status and name, a page at a time."""
    st.html(cards.section("All files"))
    chosen = st.pills("Only", statuses, format_func=status_title, key="status")
    named = st.text_input("Name contains", key="named").strip()
    wanted = (chosen, chosen, named)
    count = int(rows(seen, "files_found", *wanted).item())
    if not count:
        st.html(cards.notice("No matching files."))
        return
    place = st.empty()
    # A key of its own for each narrowing, so that each begins on its first page.
    number = (
        st.pagination(-(-count // PAGE_LENGTH), key=f"page_{chosen}_{named}")
        if count > PAGE_LENGTH
        else 1
    )
    first = (number - 1) * PAGE_LENGTH
    shown = rows(seen, "files", *wanted, PAGE_LENGTH, first).to_dicts()
    with place.container():
        st.text(
            f"{counted(count, 'file')}: {first + 1:,} to {first + len(shown):,}"
            if count > PAGE_LENGTH
            else counted(count, "file")
        )
        st.html(cards.file_table(shown))
