"""Files: what became of every file, why, and what to do about the unreadable ones."""

import polars as pl
import streamlit as st

from dashboards import cards, data
from dashboards.data import View, rows, view
from dashboards.frame import first_steps, heading, sample_banner
from tightlog.domain import FileStatus
from tightlog.patterns.wording import counted

STATUS_WORDS = {
    FileStatus.READ: ("Read", "everything in it was taken"),
    FileStatus.PARTIAL: ("In part", "what could be saved was taken"),
    FileStatus.DUPLICATE: ("Duplicate", "already known from another file"),
    FileStatus.NO_ACTIVITY: ("No activity", "nothing in it for tightlog"),
    FileStatus.UNREADABLE: ("Unreadable", "broken, or still being written"),
}
REMEDIES = {
    FileStatus.UNREADABLE: "Copy the file anew from the watch or the portal into data/raw, under any name, and refresh. It is tried again as "
                           "soon as its content changes. tightlog never changes or deletes your files.",
    FileStatus.PARTIAL: "Nothing to do. If the portal has the whole file, put it beside this one: the richer of the two counts.",
}
MOST_CARDS = 20


def page(seen: View) -> None:
    """The whole page, from one view."""
    files = None if seen.version is None else rows(seen, data.FILES)
    if files is None or files.is_empty():
        heading("Files", "No file yet.")
        first_steps(seen)
        return
    heading("Files", f"{counted(files.height, 'file')} seen, each with what became of it")
    sample_banner(seen)
    counts = dict(rows(seen, data.FILE_COUNTS).iter_rows())
    st.html(cards.tiles([(f"{counts.get(status, 0):,}", name, meaning) for status, (name, meaning) in STATUS_WORDS.items()]))
    for status, remedy in REMEDIES.items():
        wanting(files.filter(pl.col("status") == status), STATUS_WORDS[status][0], remedy)
    every_file(files)


def wanting(files: pl.DataFrame, title: str, remedy: str) -> None:
    """Files that want a look, each with its reason, and what to do."""
    if files.is_empty():
        return
    st.html(cards.section(title, remedy))
    st.html(cards.file_rows(files.head(MOST_CARDS).to_dicts()))
    if files.height > MOST_CARDS:
        st.caption(f"The other {files.height - MOST_CARDS} are in the table below.")


def every_file(files: pl.DataFrame) -> None:
    """All files in a table, to be narrowed by status."""
    st.html(cards.section("Every file"))
    names = {name: status for status, (name, _) in STATUS_WORDS.items() if status in set(files["status"])}
    chosen = st.pills("Only", tuple(names), key="status")
    shown = files.filter(pl.col("status") == names[chosen]) if chosen else files
    status_names = {status.value: name for status, (name, _) in STATUS_WORDS.items()}
    table = shown.select(
        pl.concat_str("path", "member", separator=" › ", ignore_nulls=True).alias("File"),
        pl.col("status").replace_strict(status_names, return_dtype=pl.String).alias("Status"),
        pl.col("activity_count").alias("Activities"),
        pl.col("reason").alias("Why"),
    )
    st.dataframe(table, hide_index=True, placeholder="", alt=f"{counted(shown.height, 'file')} with status, activities and reason")


page(view())
