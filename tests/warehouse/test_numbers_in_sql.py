"""A number that decides in Python and in SQL is the same in both."""

import re

from dashboards.runs.run_curves import LONGEST_STEP_S
from tightlog.features.own_norm import SHORTEST_WINDOW_S
from tightlog.readers.travelled import EARTH_RADIUS_M
from tightlog.warehouse import build

WINDOW = build.statement("derive/run_window")


def number(pattern: str) -> float:
    found = re.search(pattern, WINDOW)
    assert found is not None, pattern
    return float(found[1])


def test_half_minutes_and_curves_leave_out_the_same_gaps() -> None:
    assert number(r"step_s <= ([\d.]+)") == LONGEST_STEP_S


def test_a_half_minute_is_stored_from_the_length_on_from_which_it_is_judged() -> None:
    assert number(r"having sum\(step_s\) >= ([\d.]+)") == SHORTEST_WINDOW_S


def test_distances_are_measured_on_one_earth() -> None:
    assert number(r"2 \* ([\d.]+) \* asin") == EARTH_RADIUS_M
