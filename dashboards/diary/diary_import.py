"""Importing a table of scores: a preview first, columns to choose if needed, and only then
the copy.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.diary.column_choice import chosen_mapping
from dashboards.diary.table_preview import Given, show_preview
from dashboards.files.uploading import Added, results
from dashboards.shell.frame import own_files_words
from dashboards.shown import cards
from dashboards.shown.data import View, rows
from dashboards.shown.refreshing import refresh_outcome, refreshed
from tightlog.answers.actions.files import add_diary_mapping, keep_upload
from tightlog.answers.diary_table import MAX_DIARY_BYTES, Preview, preview, table_bytes
from tightlog.answers.refreshing import is_refreshing
from tightlog.domain.diary import DiaryMapping
from tightlog.errors import TightlogError
from tightlog.home.diary_mapping import exactly, mapping_text
from tightlog.ingest.inbox import kept_as
from tightlog.language.catalogue import message, phrase

IMPORTED = "imported"
FROM_DEVICE = -1
MOST_TABLES = 200


def import_table(seen: View) -> None:
    """The expander that imports a table, and the result of the last import."""
    number = st.session_state.setdefault("table_number", 0)
    with st.expander(phrase("Import a table of scores"), key="import_table", type="compact"):
        if seen.home.is_sample:
            st.html(
                cards.notice(
                    phrase(
                        "This is a simulated runner's diary, so nothing of yours is added to "
                        "it. {own_files_words}",
                        own_files_words=own_files_words(seen.home),
                    )
                )
            )
            return
        st.caption(
            phrase(
                "A spreadsheet, the answers of a form or an app's export. You see what will be "
                "imported before anything is copied."
            )
        )
        given = _given(seen, number)
        if given is not None:
            _looked_at(seen, given)
        elif st.session_state.get("imported") and is_refreshing(seen.home):
            _read(seen)
    if added := st.session_state.get("imported"):
        refresh_outcome(IMPORTED)
        results(seen, seen.home, [added])


def _given(seen: View, number: int) -> Given | None:
    """The table uploaded or chosen among those under data/raw; None while there is none."""
    tables = [] if seen.version is None else rows(seen, "tables", MOST_TABLES).to_dicts()
    chosen = (
        st.selectbox(
            phrase("Which table?"),
            range(FROM_DEVICE, len(tables)),
            key=f"which_table_{number}",
            format_func=lambda one: (
                phrase("A file from this device")
                if one == FROM_DEVICE
                else _table_words(tables[one])
            ),
        )
        if tables
        else FROM_DEVICE
    )
    return _uploaded(seen, number) if chosen == FROM_DEVICE else _kept(seen, tables[chosen])


def _kept(seen: View, table: Mapping[str, Any]) -> Given | None:
    path, member = table["path"], table["member"]
    data = table_bytes(seen.home, path, member)
    if data is None:
        st.html(
            cards.notice(
                phrase(
                    "This table can no longer be opened, or is too large for a diary. Refresh "
                    "to update the list."
                )
            )
        )
        return None
    return Given(data, f"{path}/{member}" if member else path, None)


def _uploaded(seen: View, number: int) -> Given | None:
    file = st.file_uploader(
        phrase("CSV, Excel, LibreOffice or text"),
        type=["csv", "tsv", "txt", "xlsx", "xlsm", "ods"],
        key=f"table_{number}",
        max_upload_size=MAX_DIARY_BYTES // 2**20,
    )
    if file is None:
        return None
    place = kept_as(seen.home, file.name, file.getvalue())
    return Given(file.getvalue(), place.path, file.name, has_known_bytes=not place.is_new)


def _looked_at(seen: View, given: Given) -> None:
    """The preview, the columns to choose, and the import button."""
    prefix = f"import_{hashlib.sha256(given.data + given.path.encode()).hexdigest()[:12]}"
    stored = next((mapping for mapping in seen.settings.diaries if mapping.fits(given.path)), None)
    shown = _preview(given.data, given.path, seen.settings.time_zone, stored)
    place = st.container()
    is_chosen = st.toggle(
        phrase("Choose the columns myself"), not shown.is_diary, key=f"{prefix}_choose"
    )
    mapping = chosen_mapping(shown.outline, stored, given.path, prefix) if is_chosen else None
    if mapping is not None:
        shown = _preview(given.data, given.path, seen.settings.time_zone, mapping)
    with place:
        show_preview(seen, given, shown, stored)
    if mapping is not None:
        with st.expander(phrase("What will be added to tightlog.toml"), type="compact"):
            st.code(mapping_text(mapping), language="toml")
    if given.new_name is None and mapping is None:
        return
    label = (
        phrase("Read it this way")
        if given.new_name is None or given.has_known_bytes
        else phrase("Import")
    )
    if st.button(
        label,
        key=f"{prefix}_confirm",
        type="primary",
        disabled=not shown.is_diary or (given.has_known_bytes and mapping is None),
    ):
        _bring_in(seen, given, mapping)


def _bring_in(seen: View, given: Given, mapping: DiaryMapping | None) -> None:
    """Keeps the table, writes its mapping and refreshes, in this order: no mapping without
    its file.
    """
    path, words = given.path, ""
    try:
        if given.new_name is not None:
            path = keep_upload(seen.home, given.new_name, BytesIO(given.data)).path
            words = phrase("Kept as {path}.", path=path)
        if mapping is not None:
            add_diary_mapping(seen.home, replace(mapping, file=exactly(path)))
    except TightlogError as problem:
        st.html(cards.notice(f"{words} {problem}".strip()))
        return
    st.session_state["imported"] = Added(path.rpartition("/")[2], path, words)
    st.session_state["table_number"] += 1
    _read(seen)


def _read(seen: View) -> None:
    st.session_state["refreshed"] = (IMPORTED, refreshed(seen.home, anew=True))
    st.rerun()


def _table_words(row: dict[str, Any]) -> str:
    place = " › ".join(part for part in (row["path"], row["member"]) if part)
    return f"{place} ({phrase('read') if row['is_read'] else phrase('no score found')})"


@st.cache_data(max_entries=4, show_spinner=message("Reading the table …"))
def _preview(data: bytes, path: str, time_zone: str, mapping: DiaryMapping | None) -> Preview:
    return preview(data, path, ZoneInfo(time_zone), mapping)
