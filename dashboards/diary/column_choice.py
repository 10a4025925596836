"""The columns of a table of scores, chosen by the runner."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from dashboards.shown import cards
from tightlog.answers.diary_table import Outline
from tightlog.domain.diary import DiaryMapping
from tightlog.home.diary_mapping import exactly
from tightlog.language.catalogue import message, phrase

ORDERS = {
    message("Detect from the rows"): None,
    message("Day first: 31.05.2026"): "dmy",
    message("Month first: 5/31/2026"): "mdy",
    message("Year first: 26-05-31"): "ymd",
}
OTHER_SCALE = message("Another")
SCALES = {
    message("From the header, otherwise 0–10"): None,
    "0–10": (0.0, 10.0),
    "0–100": (0.0, 100.0),
    "1–10": (1.0, 10.0),
    "1–5": (1.0, 5.0),
    message("5 (none) to 1 (worst)"): (5.0, 1.0),
}


def chosen_mapping(
    outline: Outline, stored: DiaryMapping | None, path: str, prefix: str
) -> DiaryMapping | None:
    """The mapping chosen in the fields; None while no column is chosen."""
    names = outline.names
    if not names:
        st.html(
            cards.notice(
                phrase(
                    "This table has no header row. Add one as its first line, such as "
                    "“date;tightness”, and upload it again."
                )
            )
        )
        return None
    known = stored or outline.taken or DiaryMapping(path)
    left, right = st.columns(2)
    with left:
        day = _column(phrase("Day"), names, known.day, f"{prefix}_day")
        score = _column(phrase("Score"), names, known.score, f"{prefix}_score")
        time = _column(phrase("Time"), names, known.time, f"{prefix}_time")
        moment = _column(phrase("Part of the day"), names, known.moment_column, f"{prefix}_moment")
    with right:
        order = _order(known.order, prefix)
        scale = _scale(known.scale, prefix)
        note = _column(phrase("Note"), names, known.note, f"{prefix}_note")
        region = _column(phrase("Body region"), names, known.region, f"{prefix}_region")
    kept = _kept_regions(outline, region, known, prefix)
    context = st.multiselect(
        phrase("Other values to keep: sleep, stress, sitting …"),
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
        kept,
        moment or known.given_moment,
        note,
        tuple(context),
        known.done,
    )


def _order(known: str | None, prefix: str) -> str | None:
    name = st.selectbox(
        phrase("How dates are written"),
        list(ORDERS),
        _place(ORDERS, known),
        format_func=phrase,
        key=f"{prefix}_order",
    )
    return ORDERS[name]


def _kept_regions(
    outline: Outline, region: str | None, known: DiaryMapping, prefix: str
) -> tuple[str, ...]:
    """The texts of the region column whose rows are read, where there is such a column."""
    if region is None or region not in outline.texts:
        return tuple(known.keep_regions) if region else ()
    texts = outline.texts[region]
    kept = st.multiselect(
        phrase("Rows to keep (if none is chosen: those about the lower back)"),
        texts,
        [text for text in texts if text in known.keep_regions],
        key=f"{prefix}_keep",
    )
    return tuple(kept)


def _column(label: str, names: Sequence[str], chosen: str | None, key: str) -> str | None:
    options = [None, *names]
    picked: str | None = st.selectbox(
        label,
        options,
        options.index(chosen) if chosen in options else 0,
        key=key,
        format_func=lambda name: phrase("Detect from the header") if name is None else name,
    )
    return picked


def _scale(known: tuple[float, float] | None, prefix: str) -> tuple[float, float] | None:
    is_other = known is not None and known not in SCALES.values()
    name = st.selectbox(
        phrase("Scale"),
        [*SCALES, OTHER_SCALE],
        len(SCALES) if is_other else _place(SCALES, known),
        format_func=phrase,
        key=f"{prefix}_scale",
    )
    if name != OTHER_SCALE:
        return SCALES[name]
    none, worst = known or (0.0, 10.0)
    ends = (
        st.number_input(phrase("No tightness"), value=none, format="%g", key=f"{prefix}_none"),
        st.number_input(phrase("The worst"), value=worst, format="%g", key=f"{prefix}_worst"),
    )
    return ends if ends[0] != ends[1] else None


def _place(options: dict[str, Any], value: Any) -> int:
    return list(options.values()).index(value)
