"""R0, R1, R17, R18: what the runner said."""

from collections.abc import Callable
from typing import Any

import polars as pl

from tests.patterns.conftest import spoken
from tightlog.simulation.steady.quiet import COUNT, quiet_inputs


def swinging(count: int = 120) -> list[float]:
    """A back that goes up and down between 0 and 4, though not in the last four weeks."""
    return [float(2 * (number % 3)) if number < count - 30 else 2.0 for number in range(count)]


def test_what_a_back_does_now_and_then_is_no_flare(
    days_frame: Callable[..., pl.DataFrame], matched: Callable[..., dict[int, dict[str, Any]]]
) -> None:
    assert (
        matched(
            "R17", days_frame(120, {"tightness_score": swinging()}, {"tightness_score": {119: 4.0}})
        )
        == {}
    )
    assert 119 in matched(
        "R17", days_frame(120, {"tightness_score": swinging()}, {"tightness_score": {119: 6.0}})
    )
    own = {"R17": {"spreads": 1.0}}
    assert 119 in matched(
        "R17",
        days_frame(120, {"tightness_score": swinging()}, {"tightness_score": {119: 4.0}}),
        thresholds=own,
    )


def test_flares_once_a_month_are_each_told(
    days_frame: Callable[..., pl.DataFrame], matched: Callable[..., dict[int, dict[str, Any]]]
) -> None:
    monthly = dict.fromkeys((40, 41, 70, 71, 100, 101), 5.0)
    found = matched("R17", days_frame(120, {"tightness_score": 2.0}, {"tightness_score": monthly}))
    assert [number for number, row in found.items() if row["state"] == "new"] == [40, 70, 100]


# Fridays (day 4 of the week) follow a run on Thursday; the last two.
FRIDAYS = (COUNT - 10, COUNT - 3)


def test_each_such_morning_counts_once() -> None:
    fridays = dict.fromkeys((COUNT - 24, COUNT - 17, COUNT - 10, COUNT - 3), 4.0)
    found = spoken("R18", quiet_inputs(days={"tightness_score": fridays}))
    # Told with the second and with the fourth, for a week each.
    assert sorted(found) == [*range(COUNT - 17, COUNT - 10), *range(COUNT - 3, COUNT)]
    assert (
        "on 11 July 2025" in found[COUNT - 1]["evidence"]
        and "on 18 July 2025" in found[COUNT - 1]["evidence"]
    )
