"""Every intervention compared: what stood out as rows that open, what showed nothing and what needs
more data as one table each.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboards.experiment.planning import INTERVENTION_ASKED
from dashboards.helped.one_effect import one_effect
from dashboards.shown import cards
from dashboards.shown.data import View
from dashboards.shown.intervals import Address, interval_of, interval_rows
from tightlog.answers.actions import trials
from tightlog.language.catalogue import message, phrase
from tightlog.words.enumerations import enumerated
from tightlog.words.numbers import upper_halves

ADDRESS = Address("app_pages/helped.py", "what")
TOLD = ("helps", "hurts", "hint")
NOTHING_SEEN = "nothing_seen"
ENDS = (message("less tight the next day"), message("tighter"))
GLANCE = message(
    "Tap a row to see the days behind it. Bar: 95 % interval. Shaded: under a point, "
    "too small to matter on most days."
)
NOTHING_YET = message("Nothing went with a difference beyond chance so far.")
NO_PROOF = message(
    "This does not prove that it does not help. A difference of the size on the right "
    "would probably have been seen."
)
TOGETHER = message(
    "Nearly always done on the same days, so they cannot be told apart; a coin-flip "
    "trial of one of them can tell"
)
Row = Mapping[str, Any]


def stood_out(seen: View, effects: Sequence[Row]) -> None:
    """The effects that stood out, each opening its days."""
    st.html(cards.section(phrase("What stood out"), phrase(GLANCE)))
    told = {
        row["intervention"]: row
        for row in effects
        if row["verdict"] in TOLD and row["effect_points"] is not None
    }
    if not told:
        st.html(cards.notice(phrase(NOTHING_YET)))
        return
    intervals = [interval_of(row, name) for name, row in told.items()]
    for interval, is_open in interval_rows(intervals, ADDRESS, (phrase(ENDS[0]), phrase(ENDS[1]))):
        if is_open:
            with st.container(border=True, key=f"opened_{interval.name}"):
                one_effect(seen, told[interval.name])
                _trial_of(told[interval.name])


def opened_of_nothing(seen: View, effects: Sequence[Row]) -> None:
    """The days behind an effect of the table that the address names, with a way back."""
    row = next((one for one in effects if one["intervention"] == ADDRESS.opened), None)
    if row is None or row["verdict"] != NOTHING_SEEN:
        return
    with st.container(border=True):
        st.html(cards.section(phrase("{title}: no difference seen", title=row["title"])))
        one_effect(seen, row)
        _trial_of(row)
        st.page_link(ADDRESS.page, label=phrase("Close"), query_params={ADDRESS.parameter: ""})


def nothing_seen(effects: Sequence[Row]) -> None:
    """What showed no difference, with the size that would probably have shown."""
    unseen = [row for row in effects if row["verdict"] == NOTHING_SEEN]
    if not unseen:
        return
    st.html(cards.section(phrase("No difference seen"), phrase(NO_PROOF)))
    lines = [
        (
            f"?{ADDRESS.parameter}={row['intervention']}",
            (row["title"], _seen_words(row), _counts(row)),
        )
        for row in unseen
    ]
    st.html(cards.linked_table((phrase("What"), phrase("Would have shown"), phrase("Days")), lines))


def too_few(effects: Sequence[Row]) -> None:
    """What cannot be compared yet, and what is missing; what is done together is one row."""
    lacking = [row for row in effects if row["verdict"] == "not_enough_data"]
    if not lacking:
        return
    normal = phrase("That is normal: a day counts only when it and the next day both have a score.")
    st.html(cards.section(phrase("Not enough data yet"), normal))
    lines = [("", _lacking_cells(rows)) for rows in done_together(lacking)]
    st.html(cards.linked_table((phrase("What"), phrase("What is missing")), lines))


def done_together(effects: Sequence[Row]) -> list[list[Row]]:
    """The effects in groups that cannot be told apart, in the order given."""
    groups: list[list[Row]] = []
    for row in effects:
        linked = [one for one in groups if any(_is_one(row, other) for other in one)]
        joined = [other for one in linked for other in one]
        place = groups.index(linked[0]) if linked else len(groups)
        groups = [one for one in groups if one not in linked]
        groups.insert(place, [*joined, row])
    return groups


def _is_one(row: Row, other: Row) -> bool:
    pairs = ((row, other), (other, row))
    return any(one["inseparable_from"] == two["intervention"] for one, two in pairs)


def _lacking_cells(rows: Sequence[Row]) -> tuple[str, str]:
    if len(rows) == 1:
        return rows[0]["title"], rows[0]["statement"]
    return enumerated([row["title"] for row in rows]), f"{phrase(TOGETHER)}."


def _trial_of(row: Row) -> None:
    """A link to a planned trial, where a coin may decide and it does not hurt."""
    tossable = {item.intervention: item.title for item in trials.choices()}
    name = row["intervention"]
    if row["verdict"] == "hurts" or name not in tossable:
        return
    st.html(cards.quiet(phrase("Looking back cannot prove it. A coin-flip trial can:")))
    st.page_link(
        "app_pages/experiment.py",
        label=phrase("Try it with {tossable}", tossable=tossable[name]),
        query_params={INTERVENTION_ASKED: name},
    )


def _counts(row: Row) -> str:
    return phrase(
        "{n_done} days with, {n_not_done} without",
        n_done=row["n_done"],
        n_not_done=row["n_not_done"],
    )


def _seen_words(row: Row) -> str:
    smallest = row["smallest_detectable_points"]
    if row["verdict_reason"] == "seen_once":
        return phrase("What appeared is new this week and may fade")
    return (
        phrase("not known")
        if smallest is None
        else phrase("{smallest} or more", smallest=upper_halves(smallest))
    )
