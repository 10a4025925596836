"""Episodes at their borders: what is one piece of news, and for how long it is told."""

from typing import Any

import pytest

from tests.patterns.conftest import spoken
from tightlog.patterns.pattern import PatternInputs
from tightlog.simulation.steady.frames import days_frame


def riding(on: list[int]) -> dict[int, dict[str, Any]]:
    """Rows of R15 by day, for a tight back and long rides on these days."""
    metres = [200_000.0 if number in on else 0.0 for number in range(max(on) + 1)]
    columns = {"tightness_score": 4.0, "cycle_distance_7d_m": metres}
    return spoken("R15", PatternInputs(days_frame(len(metres), columns)))


@pytest.mark.parametrize(("quiet_d", "state"), [(7, "ongoing"), (8, "new")])
def test_seven_quiet_days_do_not_end_an_episode(quiet_d: int, state: str) -> None:
    again = 10 + quiet_d + 1
    assert riding([10, again])[again]["state"] == state


@pytest.mark.parametrize(("age_d", "is_told"), [(41, True), (42, False)])
def test_an_episode_is_told_for_six_weeks(age_d: int, is_told: bool) -> None:
    assert (10 + age_d in riding(list(range(10, 80)))) is is_told
