"""Files that need attention, and the list of all files, a page at a time."""

from dataclasses import dataclass

import streamlit as st

from dashboards.shown import cards
from dashboards.shown.data import View, rows
from tightlog.language.catalogue import message, phrase
from tightlog.words.files import status_title
from tightlog.words.numbers import counted

TABLES = "table"
MOST_CARDS = 10
# As many as a browser lays out at once without a pause, however many files there are.
PAGE_LENGTH = 50


@dataclass(frozen=True)
class Group:
    """Files shown as cards: heading, what to do or know, and its name in the question
    `grouped_files`.
    """

    title: str
    beneath: str
    name: str


GROUPS = (
    Group(
        message("Unreadable"),
        message(
            "Copy the file again from the watch or the portal into data/raw, under any "
            "name, and refresh. It is tried again as soon as its content changes. tightlog "
            "never changes or deletes your files."
        ),
        "unreadable",
    ),
    Group(
        message("Tables without a score"),
        message(
            "Is one of them your diary? Give it a column “date” and a column “tightness”, "
            "or choose its columns on the Log page. If it is something else, there is "
            "nothing to do."
        ),
        TABLES,
    ),
    Group(
        message("Partly read"),
        message(
            "If the portal has the complete recording, add it as well: the more complete "
            "of the two counts. In a diary, correct the rows listed."
        ),
        "partial",
    ),
    Group(
        message("Diaries"),
        (
            message(
                "What was taken, and from which column. If one is wrong, rename it or choose the "
                "columns on the Log page."
            )
        ),
        "diary",
    ),
)


def grouped(seen: View, group: Group) -> None:
    """The files of a group with their full reasons; nothing when there is none."""
    found = rows(seen, "grouped_files", group.name, MOST_CARDS).to_dicts()
    if not found:
        return
    st.html(cards.section(phrase(group.title), phrase(group.beneath)))
    st.html(cards.file_cards(found))
    if group.name == TABLES:
        st.page_link("app_pages/diary.py", label=phrase("Choose the columns on the Log page"))
    more = found[0]["file_count"] - len(found)
    if more:
        st.caption(phrase("{more:,} more like these are in the list below.", more=more))


def every_file(seen: View, statuses: list[str]) -> None:
    """All files, filtered by status and name, a page at a time."""
    st.html(cards.section(phrase("All files")))
    chosen = st.pills(phrase("Only"), statuses, format_func=status_title, key="status")
    named = st.text_input(phrase("Name contains"), key="named").strip()
    first_of_all = rows(seen, "files", chosen, named, 1, 0).to_dicts()
    if not first_of_all:
        st.html(cards.notice(phrase("No matching files.")))
        return
    count = first_of_all[0]["file_count"]
    place = st.empty()
    # A key of its own for each narrowing, so that each begins on its first page.
    number = (
        st.pagination(-(-count // PAGE_LENGTH), key=f"page_{chosen}_{named}")
        if count > PAGE_LENGTH
        else 1
    )
    first = (number - 1) * PAGE_LENGTH
    shown = rows(seen, "files", chosen, named, PAGE_LENGTH, first).to_dicts()
    with place.container():
        st.text(
            phrase(
                "{file}: {first:,} to {first_2:,}",
                file=counted(count, "file"),
                first=first + 1,
                first_2=first + len(shown),
            )
            if count > PAGE_LENGTH
            else counted(count, "file")
        )
        st.html(cards.file_table(shown))
