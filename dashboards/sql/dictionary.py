"""Relations and their columns, with a search field."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from markupsafe import Markup

from dashboards.shown import cards
from dashboards.shown.data import View, rows
from dashboards.shown.markup import card
from tightlog.language.catalogue import phrase

# A search that leaves no more columns than this shows them unfolded.
MOST_OPEN = 60


def dictionary(seen: View) -> None:
    """Relations and their columns, to be searched."""
    st.html(
        cards.section(
            phrase("Tables and columns"),
            phrase(
                "Units are in the names: _s, _m, _min, _mps, _bpm, _spm, _pct, _au; _at is a "
                "time in UTC, day your local date. Null means not known, 0 means none."
            ),
        )
    )
    wanted = st.text_input(phrase("Search, for example cadence"), key="wanted").strip()
    found = rows(seen, "dictionary", wanted)
    if found.is_empty():
        st.html(cards.notice(phrase("No matching columns.")))
        return
    st.html(dictionary_folds(found.to_dicts(), is_open=bool(wanted) and found.height <= MOST_OPEN))


def dictionary_folds(columns: Sequence[Mapping[str, Any]], *, is_open: bool) -> Markup:
    """One fold-out per relation: what a row is, and its columns with type and meaning."""
    relations: dict[str, list[Mapping[str, Any]]] = {}
    for column in columns:
        relations.setdefault(column["relation"], []).append(column)
    folds = [
        card("relation_fold", name, listed[0]["one_row_per"], listed, is_open)
        for name, listed in relations.items()
    ]
    return Markup("").join(folds)
