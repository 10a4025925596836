"""Uploading files: they are kept in data/raw/inbox and read, and the result of each is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st
from markupsafe import Markup
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboards.shell.frame import own_home
from dashboards.shown.cards import notice, section, stack
from dashboards.shown.data import View, rows
from dashboards.shown.markup import card
from dashboards.shown.refreshing import refresh_outcome, refreshed
from tightlog.answers.actions.files import keep_upload
from tightlog.answers.refreshing import is_refreshing
from tightlog.domain.formats import DIARY, RUN_ENDINGS, VENDORS
from tightlog.errors import InboxError
from tightlog.home.settings import Home
from tightlog.ingest.inbox import file_name
from tightlog.language.catalogue import phrase
from tightlog.words.enumerations import enumerated
from tightlog.words.files import STATUS_WORDS, status_counts, status_title
from tightlog.words.numbers import counted

ENDINGS = (*RUN_ENDINGS, ".gz", ".zip", *DIARY.endings)
ADDED = "added"
SHOWN = 50


@dataclass(frozen=True)
class Added:
    """An uploaded file: its name, its path below data/raw (None when it was not kept), and a
    remark.
    """

    name: str
    path: str | None
    words: str = ""


def add_files(seen: View) -> None:
    """The upload field, the button that keeps and reads the files, and the results of the
    last upload.
    """
    home = seen.home if not seen.home.is_sample else own_home(seen.home)
    if home is None:
        return
    number = st.session_state.setdefault("upload_number", 0)
    with st.container(border=True, key="add_files"):
        given = st.file_uploader(
            phrase("Add files"),
            type=list(ENDINGS),
            accept_multiple_files=True,
            key=f"upload_{number}",
        )
        st.caption(
            phrase(
                "Runs and diaries (CSV, Excel, LibreOffice), compressed or not, or a complete "
                "export from {vendors}. They are copied unchanged into {inbox} and stay on "
                "this machine. Copy anything larger than 1 GB there yourself.",
                vendors=enumerated(VENDORS, "or"),
                inbox=home.inbox,
            )
        )
        label = (
            phrase("Add and read {file}", file=counted(len(given), "file"))
            if given
            else phrase("Add and read")
        )
        if st.button(label, key="add_and_read", type="primary", disabled=not given):
            st.session_state["added"] = [_kept(home, file) for file in given]
            # An empty field for what comes next.
            st.session_state["upload_number"] = number + 1
            _read(seen, home)
        elif st.session_state.get("added") and is_refreshing(home):
            _read(seen, home)
    refresh_outcome(ADDED)
    if added := st.session_state.get("added"):
        st.html(section(phrase("The files you added")))
        results(seen, home, added)


def results(seen: View, home: Home, added: Sequence[Added]) -> None:
    """The result of each of these files at the last refresh."""
    if home != seen.home:
        st.html(
            notice(
                phrase(
                    "They are in your own home now. Stop the dashboard and start it again to "
                    "see your own runs instead of the sample."
                )
            )
        )
    paths = [one.path for one in added if one.path]
    known = (
        {}
        if seen.version is None or home != seen.home
        else {row["path"]: row for row in rows(seen, "upload_results", paths).to_dicts()}
    )
    shown = added[:SHOWN]
    st.html(stack([_card(one, known.get(one.path or ""), home == seen.home) for one in shown]))
    if len(added) > SHOWN:
        st.caption(phrase("{added:,} more are in the list below.", added=len(added) - SHOWN))


def _kept(home: Home, file: UploadedFile) -> Added:
    try:
        kept = keep_upload(home, file.name, file)
    except InboxError as problem:
        return Added(file.name, None, phrase("Not added: {problem}.", problem=problem.problem))
    finally:
        _let_go(file)
    if not kept.is_new:
        return Added(
            file.name,
            kept.path,
            phrase(
                "Already there as {path}, with the same content. Nothing was copied.",
                path=kept.path,
            ),
        )
    name = Path(kept.path).name
    return Added(
        file.name, kept.path, "" if name == file.name else phrase("Kept as {name}.", name=name)
    )


def _let_go(file: UploadedFile) -> None:
    """Frees the memory of a file: Streamlit itself keeps it until the page is closed."""
    context = get_script_run_ctx()
    if context is not None and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(session_id=context.session_id, file_id=file.file_id)


def _read(seen: View, home: Home) -> None:
    """Refreshes the warehouse and reruns the page; a sample's own is left alone."""
    added: Sequence[Added] = st.session_state["added"]
    if home == seen.home and any(one.path for one in added):
        st.session_state["refreshed"] = (ADDED, refreshed(home, anew=True))
    st.rerun()


def _card(one: Added, row: Mapping[str, Any] | None, is_read_here: bool) -> Markup:
    badge = "" if row is None else _badge(row)
    waits = [phrase("It will be read at the next refresh.")] if one.path and is_read_here else []
    sentences = [words for words in (one.words, *(_became(row) if row else waits)) if words]
    return card("file_result", badge, file_name(one.name), sentences)


def _badge(row: Mapping[str, Any]) -> str:
    return phrase("Archive") if row["member_count"] else status_title(row["status"])


def _became(row: Mapping[str, Any]) -> list[str]:
    """Sentences on the result of a file."""
    activities = counted(row["activity_count"], "activity", "activities")
    if row["member_count"]:
        members = status_counts({status: row[f"{status}_count"] for status in STATUS_WORDS})
        return [
            phrase(
                "{file} in it: {members}. {activities} found.",
                file=counted(row["member_count"], "file"),
                members=members,
                activities=activities,
            )
        ]
    found = phrase("{activities} found.", activities=activities) if row["activity_count"] else ""
    return [
        sentence
        for sentence in (
            found,
            row["reason"],
            phrase("Columns: {columns}", columns=row["columns"]) if row["columns"] else "",
        )
        if sentence
    ]
