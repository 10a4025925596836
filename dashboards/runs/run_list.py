"""The list of activities, filtered by kind, range, name, shoe and data; the filters are in
the address.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import streamlit as st

from dashboards.runs import run_cards
from dashboards.runs.correcting import REFRESH_KEY, count_again, left_out_since
from dashboards.runs.run_wording import mark_words, sport_words, started_words
from dashboards.shell.frame import heading, sample_banner
from dashboards.shown import cards, data
from dashboards.shown.data import View, morning_scores, part_of_day, rows
from dashboards.shown.doubtful import doubtful
from dashboards.shown.periods import ALL, RANGES
from dashboards.shown.refreshing import refresh_button
from tightlog.language.catalogue import message, phrase
from tightlog.words.dates import date_words
from tightlog.words.kinds import LEFT_OUT, state_title
from tightlog.words.measures import distance
from tightlog.words.numbers import counted, first_lower

PAGE = "app_pages/runs.py"
EVERYTHING = "all"
# What can be asked to be known of an activity, in the order the question takes them.
KNOWN = (message("Cadence"), message("Heart rate"), message("Running form"), message("Power"))
PAGE_LENGTH = 25


@dataclass(frozen=True)
class Narrowing:
    """Which activities are wanted; None and the empty text leave nothing out."""

    sport: str | None
    first_day: date | None
    shoe: str | None
    named: str
    known: tuple[bool, ...]

    @property
    def parameters(self) -> tuple[Any, ...]:
        """The values the question of the list binds first, in their order."""
        return (self.sport, self.first_day, self.shoe, self.named, *self.known)


def run_list(seen: View) -> None:
    """The list: heading, what is asked about, filters, activities, and what was left out."""
    counts = dict(rows(seen, "activity_sports").iter_rows())
    heading(phrase("Runs"), counts_words(counts))
    sample_banner(seen)
    doubtful(seen, is_on_runs=True)
    wanted = narrowing(seen, counts)
    # The way back from one activity leads to the list as it was.
    st.session_state["list_address"] = {
        name: st.query_params.get_all(name) for name in st.query_params if name != "run"
    }
    first_of_all = rows(seen, "activities_shown", *wanted.parameters, 1, 0).to_dicts()
    if first_of_all:
        listed(seen, wanted, first_of_all[0])
    else:
        st.html(cards.notice(phrase("No matching activities.")))
    left_out(seen)


def counts_words(counts: dict[str, int]) -> str:
    """How many runs and how many other activities there are."""
    runs, others = (
        counts.get("running", 0),
        sum(count for sport, count in counts.items() if sport != "running"),
    )
    other = counted(others, "other activity", "other activities")
    return (
        phrase("{run} and {other}", run=counted(runs, "run"), other=other)
        if others
        else counted(runs, "run")
    )


def narrowing(seen: View, counts: dict[str, int]) -> Narrowing:
    """The filters above the list; each is kept in the address, so that a list can be linked."""
    kinds = [*counts, EVERYTHING] if len(counts) > 1 else list(counts)
    sport = st.pills(
        phrase("Show"),
        kinds,
        default=kinds[0],
        required=True,
        key="kind",
        bind="query-params",
        on_change=_first_page,
        format_func=lambda kind: phrase("Everything") if kind == EVERYTHING else sport_words(kind),
    )
    span = st.segmented_control(
        phrase("Show the last"),
        tuple(RANGES),
        default=ALL,
        format_func=phrase,
        required=True,
        key="since",
        bind="query-params",
        on_change=_first_page,
    )
    known = data.span(seen)
    days = RANGES[span or ALL]
    first_day = data.first_day_of(days, known) if known and days else None
    with st.expander(phrase("More filters"), type="compact"):
        further = _further_filters(seen)
    return Narrowing(None if sport == EVERYTHING else sport, first_day, *further)


def _further_filters(seen: View) -> tuple[str | None, str, tuple[bool, ...]]:
    """The shoe, the text in the name or kind, and what must be known."""
    named = st.text_input(
        phrase("Name or kind contains"), key="named_run", bind="query-params", on_change=_first_page
    ).strip()
    shoes = rows(seen, "activity_shoes")["shoe"].to_list()
    shoe: str | None = None
    if shoes:
        shoe = st.selectbox(
            phrase("Shoe"),
            shoes,
            None,
            placeholder=phrase("any shoe"),
            key="in_shoe",
            bind="query-params",
            on_change=_first_page,
        )
    has = st.pills(
        phrase("With data on"),
        KNOWN,
        format_func=phrase,
        selection_mode="multi",
        key="with",
        bind="query-params",
        on_change=_first_page,
    )
    return shoe, named, tuple(name in has for name in KNOWN)


def _first_page() -> None:
    st.session_state.pop("list_page", None)


def listed(seen: View, wanted: Narrowing, counts: Mapping[str, int]) -> None:
    """A page of the list; each row opens its activity."""
    found = counts["activity_count"]
    place = st.container(gap=None, key="activity_list")
    count = -(-found // PAGE_LENGTH)
    number = (
        min(st.pagination(count, key="list_page", bind="query-params"), count) if count > 1 else 1
    )
    first = (number - 1) * PAGE_LENGTH
    shown = rows(seen, "activities_shown", *wanted.parameters, PAGE_LENGTH, first).to_dicts()
    marks = {row["activity_id"]: mark_words(row) for row in shown}
    marks |= dict.fromkeys(left_out_since(seen), phrase("left out from the next refresh"))
    with place:
        last = (
            phrase(
                ": {first:,} to {first_2:,}, newest first",
                first=first + 1,
                first_2=first + len(shown),
            )
            if count > 1
            else phrase(", newest first")
        )
        uncounted = (
            phrase(", {count:,} of them not counted", count=counts["uncounted_count"])
            if counts["uncounted_count"]
            else ""
        )
        st.text(f"{counted(found, 'activity', 'activities')}{uncounted}{last}")
        st.html(run_cards.list_head(part_of_day(seen)))
        scores = morning_scores(seen)
        for row in shown:
            activity_row(row, scores, marks[row["activity_id"]], part_of_day(seen))


def activity_row(
    row: Mapping[str, Any], scores: Mapping[date, float], mark: str = "", part: str = "morning"
) -> None:
    """One activity, which leads to its page; `scores` are the first ones of each day, given in a
    `part` of it.
    """
    after = scores.get(row["day"] + timedelta(days=1))
    with st.container(horizontal=True, gap=None, key=f"activity_row_{row['activity_id']}"):
        st.page_link(PAGE, label=started_words(row), query_params={"run": row["activity_id"]})
        st.html(run_cards.list_row(row, mark, after, part))


def left_out(seen: View) -> None:
    """Activities the runner left out, each with a button to count it again; nothing when
    there is none.
    """
    ignored = rows(seen, "activities_left_out").to_dicts()
    if not ignored:
        return
    with st.expander(f"{state_title(LEFT_OUT)}: {len(ignored)}", type="compact"):
        st.text(phrase("They do not count anywhere. Their files stay unchanged."))
        lines = (
            (row, f", {distance(row['distance_m'], 2)}" if row["distance_m"] else "")
            for row in ignored
        )
        is_out = [
            count_again(
                seen,
                row["activity_id"],
                f"{date_words(row['day'])}, {first_lower(sport_words(row['sport']))}{far}",
            )
            for row, far in lines
        ]
        if not all(is_out):
            refresh_button(seen, REFRESH_KEY)
