"""Files: upload, files that need attention and why, how diary columns were read, and the list
of all files.
"""

import streamlit as st

from dashboards.files.listing import GROUPS, every_file, grouped
from dashboards.files.source_folders import source_folders
from dashboards.files.unknown_kinds import unknown_kinds
from dashboards.files.uploading import add_files
from dashboards.files.when_given import questions
from dashboards.shell.frame import first_steps, heading, sample_banner
from dashboards.shown import cards
from dashboards.shown.data import View, rows, view
from dashboards.shown.doubtful import doubtful
from tightlog.language.catalogue import phrase
from tightlog.language.choice import numerals
from tightlog.words.files import STATUS_WORDS
from tightlog.words.numbers import counted


def page(seen: View) -> None:
    """The whole page, from one view."""
    counts = {} if seen.version is None else dict(rows(seen, "file_counts").iter_rows())
    if not counts:
        heading(phrase("Files"), phrase("No file yet."))
        add_files(seen)
        source_folders(seen)
        first_steps(seen, is_below_upload=True)
        return
    heading(
        phrase("Files"),
        phrase("{file} found, each with its status", file=counted(sum(counts.values()), "file")),
    )
    sample_banner(seen)
    add_files(seen)
    with st.container(key="file_tiles"):
        st.html(
            cards.tiles(
                [
                    (numerals(f"{counts.get(status, 0):,}"), words.title, words.meaning)
                    for status, words in STATUS_WORDS.items()
                ]
            )
        )
    source_folders(seen)
    unknown_kinds(seen)
    doubtful(seen)
    questions(seen)
    for group in GROUPS:
        grouped(seen, group)
    every_file(seen, [status for status in STATUS_WORDS if counts.get(status)])


page(view())
