"""Every exposure compared with the scores: what stood out as rows that open, what showed nothing
and what needs more data as one table each.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboards.links.one_link import one_link
from dashboards.shown import cards
from dashboards.shown.data import View
from dashboards.shown.intervals import Address, Interval, interval_of, interval_rows
from dashboards.shown.progress import Diary, show_progress
from tightlog.language.catalogue import message, phrase
from tightlog.words.findings import thing
from tightlog.words.numbers import counted, first_upper, upper_halves

ADDRESS = Address("app_pages/links.py", "exposure")
TOLD = ("clear", "possible", "hint", "reacts")
NOTHING_SEEN = "nothing_seen"
ENDS = (message("less tight after more of it"), message("tighter"))
GLANCE = message(
    "Tap a row to see the days behind it. Bar: 95 % interval. Shaded: under a point, "
    "too small to matter on most days."
)
NOTHING_YET = message("Nothing stands out beyond chance so far.")
LIFE = message("Nights and days")
LIFE_BENEATH = message(
    "What your watch or diary says of the night before the score, or of the day "
    "before, judged among itself. A night is compared only with a score of that "
    "morning."
)
NO_PROOF = message(
    "This does not prove that there is none. A link of the size on the right would "
    "probably have been seen."
)
Row = Mapping[str, Any]


def stood_out(seen: View, findings: Sequence[Row], title: str, beneath: str) -> None:
    """The findings that stood out, one row a thing, each opening its days."""
    st.html(cards.section(title, beneath))
    told = one_row_a_thing([row for row in findings if row["verdict"] in TOLD])
    drawn = {row["exposure"]: (row, also) for row, also in told if row["effect_points"] is not None}
    if not drawn:
        st.html(cards.notice(phrase(NOTHING_YET)))
        return
    intervals = [_interval(row, also) for row, also in drawn.values()]
    for interval, is_open in interval_rows(intervals, ADDRESS, (phrase(ENDS[0]), phrase(ENDS[1]))):
        if is_open:
            with st.container(border=True, key=f"opened_{interval.name}"):
                one_link(seen, drawn[interval.name][0])


def nothing_seen(findings: Sequence[Row], title: str) -> None:
    """What showed no link, one row a thing, with the size that would probably have shown."""
    unseen = [row for row in findings if row["verdict"] == NOTHING_SEEN]
    if not unseen:
        return
    st.html(cards.section(title, phrase(NO_PROOF)))
    lines = [
        (
            f"?{ADDRESS.parameter}={row['exposure']}",
            (_titles(row, also), _seen_words(row), counted(row["n_days"], "score")),
        )
        for row, also in same_things(unseen)
    ]
    st.html(cards.linked_table((phrase("What"), phrase("Would have shown"), phrase("From")), lines))


def opened_of_nothing(seen: View, findings: Sequence[Row]) -> None:
    """The days behind a finding of the table that the address names, with a way back."""
    row = next((one for one in findings if one["exposure"] == ADDRESS.opened), None)
    if row is None or row["verdict"] != NOTHING_SEEN:
        return
    with st.container(border=True):
        st.html(cards.section(phrase("{title}: nothing seen", title=first_upper(row["title"]))))
        one_link(seen, row)
        st.page_link(ADDRESS.page, label=phrase("Close"), query_params={ADDRESS.parameter: ""})


TOO_FEW = message("Not enough data yet")


def too_few(findings: Sequence[Row], record: Diary, title: str = TOO_FEW) -> None:
    """What cannot be compared yet, and how much is missing, as one table."""
    lacking = [row for row in findings if row["verdict"] == "not_enough_data"]
    if not lacking:
        return
    normal = phrase("That is normal: these need more days, or data that was never recorded.")
    if not record.is_long_enough:
        normal = phrase(
            "That is normal: the first comparisons start after about two months of scores."
        )
    st.html(cards.section(phrase(title), normal))
    if record.is_long_enough:
        lines = [("", (first_upper(row["title"]), row["statement"])) for row in lacking]
        st.html(cards.linked_table((phrase("What"), phrase("What is missing")), lines))
        return
    for need in record.needs:
        if not need.is_enough:
            show_progress(need)
    st.html(
        cards.plain_list(phrase("What will be compared then"), [row["title"] for row in lacking])
    )


def one_row_a_thing(findings: Sequence[Row]) -> list[tuple[Row, list[Row]]]:
    """The findings without those that are one thing with another here, by another measure; each
    with those that were left out for it.
    """
    heads = {row["exposure"] for row in findings}
    return [
        (row, [other for other in findings if other["same_as"] == row["exposure"]])
        for row in findings
        if row["same_as"] not in heads
    ]


def same_things(findings: Sequence[Row]) -> list[tuple[Row, list[Row]]]:
    """The findings of one thing in several windows as one, the first of them."""
    grouped: dict[str, list[Row]] = {}
    for row in findings:
        grouped.setdefault(thing(row["title"]), []).append(row)
    return [(rows[0], rows[1:]) for rows in grouped.values()]


def _interval(row: Row, also: Sequence[Row]) -> Interval:
    same = (
        phrase("the same thing: {title}", title=", ".join(one["title"] for one in also))
        if also
        else ""
    )
    return interval_of(row, row["exposure"], same)


def _titles(row: Row, also: Sequence[Row]) -> str:
    if not also:
        return first_upper(row["title"])
    windows = [one["title"].removeprefix(thing(row["title"])).strip() for one in (row, *also)]
    return f"{first_upper(thing(row['title']))} ({'; '.join(windows)})"


def _seen_words(row: Row) -> str:
    smallest = row["smallest_detectable_points"]
    if row["verdict_reason"] == "seen_once":
        return phrase("What appeared is new this week and may fade")
    if row["verdict_reason"] != "no_link":
        return phrase("What appeared did not hold up when checked")
    return (
        phrase("not known")
        if smallest is None
        else phrase("{smallest} or more", smallest=upper_halves(smallest))
    )
