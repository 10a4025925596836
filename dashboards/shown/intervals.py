"""Effects as rows that are clicked: the name, the verdict, and the size with its 95 % interval on
one scale. Links and interventions are shown alike.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboards.shown.cards import VERDICT_WORDS
from dashboards.shown.markup import card
from tightlog.domain.thresholds import RELEVANT_POINTS
from tightlog.language.catalogue import phrase
from tightlog.words.numbers import first_upper, short_number, tighter_words, typeset

# No wider than this on either side of zero, or one uncertain interval would flatten all others; an
# arrow marks what was cut.
WIDEST_POINTS = 5.0
# Told apart by shape and by the word in the row as well, for eyes and paper without colour.
MARKS: Mapping[str, str] = {
    "clear": "●",
    "possible": "◆",
    "hint": "◇",
    "reacts": "■",
    "helps": "▼",
    "hurts": "▲",
    "nothing_seen": "✕",
}
# Reasons of a verdict that say no more than that nothing was beyond chance.
BY_CHANCE = ("no_link", "no_difference")


@dataclass(frozen=True)
class Interval:
    """One row: what opens it in the address, its name, what it is the same as, its verdict, its
    size in words, and its numbers in points.
    """

    name: str
    title: str
    also: str
    verdict: str
    size: str
    points: float
    low: float
    high: float


@dataclass(frozen=True)
class Address:
    """The page of the rows, and the name under which the address holds the open one."""

    page: str
    parameter: str

    @property
    def opened(self) -> str | None:
        """What the address says is open; None for nothing."""
        return st.query_params.get(self.parameter) or None

    def say_again(self) -> None:
        """Writes what is open into the address: Streamlit leaves it as it is on the way from one
        view of a page to another; said again, the browser has a step to go back.
        """
        if self.opened is None:
            st.query_params.pop(self.parameter, None)
        else:
            st.query_params[self.parameter] = self.opened


def interval_rows(
    intervals: Sequence[Interval], address: Address, ends: tuple[str, str]
) -> Iterator[tuple[Interval, bool]]:
    """Draws the rows in the order given, and yields each with whether it is open: what is drawn
    meanwhile stands beneath the row.
    """
    reach = _reach(intervals)
    with st.container(key=f"evidence_list_{intervals[0].name}"):
        st.html(card("interval_scale", ends, _ticks(reach), _place(0.0, reach)))
        for interval in intervals:
            is_open = address.opened == interval.name
            with st.container(key=f"evidence_row_{interval.name}", gap=None):
                st.page_link(
                    address.page,
                    label=f"{first_upper(interval.title)} {'▾' if is_open else '▸'}",
                    query_params={address.parameter: "" if is_open else interval.name},
                )
                st.html(card("interval_row", *_row(interval, reach)))
            yield interval, is_open


def interval_of(row: Mapping[str, Any], name: str, also: str = "") -> Interval:
    """The row of a finding or an effect; `name` opens it, `also` says what it is the same as."""
    return Interval(
        name,
        row["title"],
        also,
        row["verdict"],
        size_words(row),
        row["effect_points"],
        row["effect_low"],
        row["effect_high"],
    )


def size_words(row: Mapping[str, Any]) -> str:
    """How much tighter, as people say it; '' where it is not clear what came first."""
    if row["verdict"] == "reacts" or row["effect_points"] is None:
        return ""
    told = row.get("told_points")
    raw = row["effect_points"] if told is None else told
    shown = row["shrunk_points"]
    return tighter_words(raw if shown is None else abs(shown) if raw > 0 else -abs(shown))


def interval_words(points: float | None, low: float | None, high: float | None) -> str:
    """An effect and its interval as `+1.0 points (95 % interval +0.7 to +1.4)`."""
    if points is None or low is None or high is None:
        return ""
    return typeset(
        phrase(
            "{signed} points (95 % interval {signed_2} to {signed_3})",
            signed=_signed(points),
            signed_2=_signed(low),
            signed_3=_signed(high),
        )
    )


def unseen_interval_words(row: Mapping[str, Any]) -> str:
    """The interval of a comparison; where nothing was seen though it leaves out 0, with why that
    is not enough.
    """
    low, high = row["effect_low"], row["effect_high"]
    words = interval_words(row["effect_points"], low, high)
    is_by_chance = words and (low > 0 or high < 0) and row["verdict_reason"] in BY_CHANCE
    return (
        phrase("{words}: it leaves out 0, as some of so many do by chance", words=words)
        if is_by_chance
        else words
    )


def _row(interval: Interval, reach: float) -> tuple[Any, ...]:
    beneath = " · ".join(
        words for words in (VERDICT_WORDS[interval.verdict], interval.size, interval.also) if words
    )
    low, high = max(interval.low, -reach), min(interval.high, reach)
    drawn = {
        "verdict": interval.verdict,
        "mark": MARKS[interval.verdict],
        "point": _place(min(max(interval.points, -reach), reach), reach),
        "low": _place(low, reach),
        "width": _place(high, reach) - _place(low, reach),
        "band": _place(-min(RELEVANT_POINTS, reach), reach),
        "band_width": _place(min(RELEVANT_POINTS, reach), reach)
        - _place(-min(RELEVANT_POINTS, reach), reach),
        "zero": _place(0.0, reach),
        "is_low_cut": interval.low < -reach,
        "is_high_cut": interval.high > reach,
    }
    return beneath, interval_words(interval.points, interval.low, interval.high), drawn


def _signed(points: float) -> str:
    # Adding 0.0 makes a rounded −0.0 a plain 0, which has no sign.
    rounded = round(points, 1) + 0.0
    return f"{rounded:+.1f}" if rounded else "0.0"


def _reach(intervals: Sequence[Interval]) -> float:
    ends = [abs(end) for interval in intervals for end in (interval.low, interval.high)]
    return min(max(*ends, 1.5 * RELEVANT_POINTS) * 1.05, WIDEST_POINTS)


def _place(points: float, reach: float) -> float:
    """Where a number of points lies from the left, %."""
    return round((points + reach) / (2 * reach) * 100, 2)


def _ticks(reach: float) -> list[tuple[float, str]]:
    whole = range(-int(reach), int(reach) + 1)
    return [(_place(points, reach), typeset(short_number(points))) for points in whole]
