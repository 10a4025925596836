"""Files that need attention, and the list of all files, a page at a time."""

from dataclasses import dataclass

import streamlit as st

from dashboards.shown import cards
from dashboards.shown.data import View, rows
from tightlog.domain.file_status import FileStatus
from tightlog.words.numbers import counted

STATUS_WORDS = {
    FileStatus.READ: ("Read", "everything in it was taken"),
    FileStatus.PARTIAL: ("In part", "what could be saved was taken"),
    FileStatus.DUPLICATE: ("Duplicate", "already known from another file"),
    FileStatus.NO_ACTIVITY: ("No activity", "nothing in it for tightlog"),
    FileStatus.UNREADABLE: ("Unreadable", "broken, or still being written"),
}


STATUS_NAMES = {status.value: name for status, (name, _) in STATUS_WORDS.items()}


TABLES = "diaries_not_taken"


MOST_CARDS = 10


# As many as a browser lays out at once without a pause, however many files there are.
PAGE_LENGTH = 50


@dataclass(frozen=True)
class Group:
    """Files shown as cards: their heading, what to do or know, and the question that finds them."""

    title: str
    beneath: str
    question: str


GROUPS = (
    Group(
        "Unreadable",
        "Copy the file anew from the watch or the portal into data/raw, under any name, and "
        "refresh. It is tried again as "
        "soon as its content changes. tightlog never changes or deletes your files.",
        "unreadable_files",
    ),
    Group(
        "Tables that gave no score",
        "Is one of them your diary? Save it as CSV with a column “date” and a column "
        "“tightness”, or name its columns "
        "on the Diary page. If it is something else, all is well.",
        TABLES,
    ),
    Group(
        "In part",
        "If the portal has the whole of a recording, put it beside this one: the richer of "
        "the two counts. "
        "In a diary, mend the rows named.",
        "partial_files",
    ),
    Group(
        "Diaries",
        (
            "Which column was taken for what. Is one wrong? Rename it, or choose the columns on "
            "the Diary page."
        ),
        "diaries",
    ),
)


def grouped(seen: View, group: Group) -> None:
    """The files of a group with the whole of their reasons; nothing when there is none."""
    found = rows(seen, group.question, MOST_CARDS).to_dicts()
    if not found:
        return
    st.html(cards.section(group.title, group.beneath))
    st.html(cards.file_cards(found))
    if group.question == TABLES:
        st.page_link("app_pages/diary.py", label="Choose the columns of one on the Diary page")
    more = found[0]["file_count"] - len(found)
    if more:
        st.caption(f"{more:,} more like these are in the list below.")


def every_file(seen: View, statuses: list[str]) -> None:
    """All files, to be narrowed by status and name, a page at a time."""
    st.html(cards.section("Every file"))
    chosen = st.pills("Only", statuses, format_func=STATUS_NAMES.__getitem__, key="status")
    named = st.text_input("With this in the name", key="named").strip()
    wanted = (chosen, chosen, named)
    count = int(rows(seen, "files_found", *wanted).item())
    if not count:
        st.html(cards.notice("No file is like that."))
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
            f"{many(count)}: {first + 1:,} to {first + len(shown):,}"
            if count > PAGE_LENGTH
            else many(count)
        )
        st.html(cards.file_table(shown, STATUS_NAMES))


def many(count: int) -> str:
    """A number of files, with its thousands marked."""
    return counted(count, "file") if count < 1000 else f"{count:,} files"
