"""Bringing in a table of scores: what tightlog would take from it, columns to choose where it
does not understand, and only then the copy.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st
from markupsafe import Markup

from dashboards.files.uploading import Added, results
from dashboards.shell.frame import own_files_words
from dashboards.shown import cards
from dashboards.shown.data import View, rows
from dashboards.shown.markup import card
from dashboards.shown.refreshing import refresh_outcome, refreshed
from tightlog.answers.diary_table import (
    MAX_DIARY_BYTES,
    Outline,
    Preview,
    preview,
    table_bytes,
)
from tightlog.answers.refreshing import is_refreshing
from tightlog.domain.diary import DiaryMapping, TightnessScore
from tightlog.errors import TightlogError
from tightlog.home.diary_mapping import add_mapping, exactly, mapping_text
from tightlog.ingest.inbox import keep, kept_as
from tightlog.words.dates import date_words
from tightlog.words.numbers import counted

IMPORTED = "imported"
FROM_DEVICE = -1
MOST_TABLES, SHOWN_SCORES = 200, 5
ORDERS = {
    "As the rows tell": None,
    "Day first: 31.05.2026": "dmy",
    "Month first: 5/31/2026": "mdy",
    "Year first: 26-05-31": "ymd",
}
OTHER_SCALE = "Another"
SCALES = {
    "As the header says, else 0–10": None,
    "0–10": (0.0, 10.0),
    "0–100": (0.0, 100.0),
    "1–10": (1.0, 10.0),
    "1–5": (1.0, 5.0),
    "5 (none) to 1 (worst)": (5.0, 1.0),
}


@dataclass(frozen=True)
class Given:
    """A table to look at: its bytes, its path below data/raw (where it would lie, when it is
    new), and its name when it is still to be kept.
    """

    data: bytes
    path: str
    new_name: str | None
    has_known_bytes: bool = False


def import_table(seen: View) -> None:
    """The fold that brings in a table, and what became of the one brought in last."""
    number = st.session_state.setdefault("table_number", 0)
    with st.expander("Bring in a table of scores (CSV)", key="import_table"):
        if seen.home.is_sample:
            st.html(
                cards.notice(
                    "This is a simulated runner's diary, nothing of yours is put into it. "
                    f"{own_files_words(seen.home)}"
                )
            )
            return
        st.caption(
            "A spreadsheet saved as CSV, the answers of a form, an app's export. You see what "
            "is taken from it before anything is copied."
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
            "Which table?",
            range(FROM_DEVICE, len(tables)),
            key=f"which_table_{number}",
            format_func=lambda one: (
                "A file from this device" if one == FROM_DEVICE else _table_words(tables[one])
            ),
        )
        if tables
        else FROM_DEVICE
    )
    if chosen != FROM_DEVICE:
        path, member = tables[chosen]["path"], tables[chosen]["member"]
        data = table_bytes(seen.home, path, member)
        if data is None:
            st.html(
                cards.notice(
                    "This table cannot be opened any more, or is too large to be a diary. "
                    "Refresh, and the list is up to date."
                )
            )
        return None if data is None else Given(data, f"{path}/{member}" if member else path, None)
    file = st.file_uploader(
        "CSV, TSV or text",
        type=["csv", "tsv", "txt"],
        key=f"table_{number}",
        max_upload_size=MAX_DIARY_BYTES // 2**20,
    )
    if file is None:
        return None
    place = kept_as(seen.home, file.name, file.getvalue())
    return Given(file.getvalue(), place.path, file.name, has_known_bytes=not place.is_new)


def _looked_at(seen: View, given: Given) -> None:
    """What would be taken, the columns to choose, and the button that does it."""
    prefix = f"import_{hashlib.sha256(given.data + given.path.encode()).hexdigest()[:12]}"
    told = next((mapping for mapping in seen.settings.diaries if mapping.fits(given.path)), None)
    shown = _preview(given.data, given.path, seen.settings.time_zone, told)
    place = st.container()
    is_chosen = st.toggle("Choose the columns myself", not shown.is_diary, key=f"{prefix}_choose")
    mapping = _mapping(shown.outline, told, given.path, prefix) if is_chosen else None
    if mapping is not None:
        shown = _preview(given.data, given.path, seen.settings.time_zone, mapping)
    with place:
        _shown(seen, given, shown, told)
    if mapping is not None:
        with st.expander("What is written into tightlog.toml"):
            st.code(mapping_text(mapping), language="toml")
    if given.new_name is None and mapping is None:
        return
    label = "Read it this way" if given.new_name is None or given.has_known_bytes else "Bring it in"
    if st.button(
        label,
        key=f"{prefix}_confirm",
        type="primary",
        disabled=not shown.is_diary or (given.has_known_bytes and mapping is None),
    ):
        _bring_in(seen, given, mapping)


def _shown(seen: View, given: Given, shown: Preview, told: DiaryMapping | None) -> None:
    """What is understood, in words, and the first rows as they would be read, or as they are
    written where none would.
    """
    taken = shown.reading
    if given.has_known_bytes:
        st.html(cards.notice(f"This table is already there, as {given.path}."))
    if told is not None:
        st.caption("tightlog.toml already says how files of this name are read.")
    if not shown.is_diary:
        st.html(
            cards.notice(
                "Not understood: "
                f"{(taken.reason or 'nothing in it is a score').removeprefix('not a diary: ')}."
            )
        )
        if shown.outline.rows:
            st.html(_table([name or "–" for name in shown.outline.header], shown.outline.rows))
        return
    parts = [counted(len(taken.scores), "score")] if taken.scores else []
    parts += [f"{len(taken.interventions):,} done"] if taken.interventions else []
    parts += [f"{len(taken.context):,} other values, such as sleep"] if taken.context else []
    days = [score.day for score in taken.scores]
    span = f", {date_words(min(days))} to {date_words(max(days))}" if days else ""
    left_out = f" {taken.reason}." if taken.reason else " No row is left out."
    st.html(cards.notice(f"Understood: {', '.join(parts)}{span}.{left_out}"))
    st.html(cards.folded("Which column is taken for what", (taken.columns or "").split("; ")))
    if taken.scores:
        st.html(
            _table(
                ("Day", "Score", "As written", "Time", "Part of the day", "Sharp, signs", "Note"),
                [_cells(seen, score) for score in taken.scores[:SHOWN_SCORES]],
            )
        )
        st.caption(
            f"The first {counted(min(SHOWN_SCORES, len(taken.scores)), 'score')} as they "
            "would be read."
        )


def _mapping(
    outline: Outline, told: DiaryMapping | None, path: str, prefix: str
) -> DiaryMapping | None:
    """The mapping the fields say; None while no column is chosen."""
    names = outline.names
    if not names:
        st.html(
            cards.notice(
                "No line of this table names its columns. Add one as its first line, such as "
                "“date;tightness”, and give it again."
            )
        )
        return None
    known = told or outline.taken or DiaryMapping(path)
    left, right = st.columns(2)
    with left:
        day, score = (
            _column("Day", names, known.day, f"{prefix}_day"),
            _column("Score", names, known.score, f"{prefix}_score"),
        )
        time, moment = (
            _column("Time", names, known.time, f"{prefix}_time"),
            _column("Part of the day", names, known.moment, f"{prefix}_moment"),
        )
    with right:
        order = ORDERS[
            st.selectbox(
                "How dates are written",
                list(ORDERS),
                _place(ORDERS, known.order),
                key=f"{prefix}_order",
            )
        ]
        scale = _scale(known.scale, prefix)
        note = _column("Note", names, known.note, f"{prefix}_note")
        region = _column("Place in the body", names, known.region, f"{prefix}_region")
    kept: Sequence[str] = known.keep_regions
    if region is not None and region in outline.texts:
        texts = outline.texts[region]
        kept = st.multiselect(
            "Rows to keep; none: those about the lower back",
            texts,
            [text for text in texts if text in kept],
            key=f"{prefix}_keep",
        )
    context = st.multiselect(
        "Kept as context: sleep, stress, sitting …",
        names,
        [name for name in known.context if name in names],
        key=f"{prefix}_context",
    )
    if day is None and score is None and not context:
        return None
    return DiaryMapping(
        exactly(path),
        day,
        time,
        score,
        scale,
        order,
        region,
        tuple(kept) if region else (),
        moment,
        note,
        tuple(context),
        known.done,
    )


def _column(label: str, names: Sequence[str], chosen: str | None, key: str) -> str | None:
    options = [None, *names]
    picked: str | None = st.selectbox(
        label,
        options,
        options.index(chosen) if chosen in options else 0,
        key=key,
        format_func=lambda name: "By its header, if any" if name is None else name,
    )
    return picked


def _scale(known: tuple[float, float] | None, prefix: str) -> tuple[float, float] | None:
    is_other = known is not None and known not in SCALES.values()
    name = st.selectbox(
        "Scale",
        [*SCALES, OTHER_SCALE],
        len(SCALES) if is_other else _place(SCALES, known),
        key=f"{prefix}_scale",
    )
    if name != OTHER_SCALE:
        return SCALES[name]
    none, worst = known or (0.0, 10.0)
    ends = (
        st.number_input("No tightness", value=none, format="%g", key=f"{prefix}_none"),
        st.number_input("The worst", value=worst, format="%g", key=f"{prefix}_worst"),
    )
    return ends if ends[0] != ends[1] else None


def _place(options: dict[str, Any], value: Any) -> int:
    return list(options.values()).index(value)


def _bring_in(seen: View, given: Given, mapping: DiaryMapping | None) -> None:
    """Keeps the table, writes its mapping, and refreshes; in this order, so that no mapping
    stands without its file.
    """
    path, words = given.path, ""
    try:
        if given.new_name is not None:
            path = keep(seen.home, given.new_name, BytesIO(given.data)).path
            words = f"Kept as {path}."
        if mapping is not None:
            add_mapping(seen.home, replace(mapping, file=exactly(path)))
    except TightlogError as problem:
        st.html(cards.notice(f"{words} {problem}".strip()))
        return
    st.session_state["imported"] = Added(path.rpartition("/")[2], path, words)
    st.session_state["table_number"] += 1
    _read(seen)


def _read(seen: View) -> None:
    st.session_state["refreshed"] = (IMPORTED, refreshed(seen.home, anew=True))
    st.rerun()


def _cells(seen: View, score: TightnessScore) -> tuple[str, ...]:
    signs = [
        *(["sharp"] if score.is_sharp else []),
        *(name.replace("_", " ") for name in score.red_flags),
    ]
    clock = f"{score.rated_at.astimezone(seen.settings.zone):%H:%M}" if score.rated_at else ""
    written = score.raw_value if score.raw_value and score.raw_value != f"{score.score:g}" else ""
    return (
        date_words(score.day),
        f"{score.score:g}",
        written,
        clock,
        score.moment or "",
        ", ".join(signs),
        score.note or "",
    )


def _table(header: Sequence[str], lines: Sequence[Sequence[str]]) -> Markup:
    """A small table that scrolls inside itself on a phone; columns without any text are left
    out.
    """
    shown = [place for place, name in enumerate(header) if any(cells[place] for cells in lines)]
    kept = [[cells[place] for place in shown] for cells in lines]
    return card("plain_table", [header[place] for place in shown], kept)


def _table_words(row: dict[str, Any]) -> str:
    place = " › ".join(part for part in (row["path"], row["member"]) if part)
    return f"{place} ({'read' if row['is_read'] else 'gave no score'})"


@st.cache_data(max_entries=4, show_spinner="Reading the table …")
def _preview(data: bytes, path: str, time_zone: str, mapping: DiaryMapping | None) -> Preview:
    return preview(data, path, ZoneInfo(time_zone), mapping)
