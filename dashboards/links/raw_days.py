"""The days behind a finding: scores by amount, and every day as a dot."""

from collections.abc import Mapping
from typing import Any

import polars as pl
import streamlit as st

from dashboards.links.raw_day_charts import Amount, bins_chart, bins_words, scatter_chart
from dashboards.shown import cards
from dashboards.shown.charts import show_chart
from dashboards.shown.data import View, rows
from tightlog.language.catalogue import message, phrase
from tightlog.words.measures import unit_of, value_of
from tightlog.words.numbers import counted

RAW = message(
    "These are the raw days. The interval also allows for season, weekday and "
    "earlier scores; these dots do not."
)


def raw_days(seen: View, finding: Mapping[str, Any]) -> None:
    """The days behind a finding, as scores by amount and as dots."""
    unit = finding["unit"]
    item, one = Amount(finding["title"], unit_of(unit)), value_of(1.0, unit)
    days = rows(
        seen, "exposure_days", finding["unit_size"], finding["exposure"], finding["look_back_d"]
    ).with_columns(pl.col("amount", "bin_lowest", "bin_highest") * one)
    if days.is_empty():
        st.html(cards.notice(phrase("It is not known on any scored day.")))
        return
    left, right = st.columns(2, gap="medium")
    show_chart(bins_chart(days, item), bins_words(days, item), left, key="chart_bins")
    left.caption(
        phrase(
            "The next score, by how much of it there was. Bar: the middle half of the scores. "
            "Line: the median."
        )
    )
    show_chart(
        scatter_chart(days, item),
        phrase("{day}, one dot each.", day=counted(days.height, "scored day")),
        right,
        key="chart_dots",
    )
    right.caption(
        phrase("One dot per day, moved slightly where several overlap. Tap one for its day.")
    )
    st.caption(phrase(RAW))
