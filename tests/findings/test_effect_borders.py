"""Verdicts on an intervention at their borders."""

from dataclasses import replace

import pytest

from tightlog.findings.effect_verdict import Effect, effect_facts, judgement
from tightlog.words.tried.effects import sentence

HELPS = Effect(
    "stretching",
    n_done=20,
    n_not_done=20,
    effect_points=-1.2,
    effect_low=-2.0,
    effect_high=-0.4,
    p_value=0.01,
    q_value=0.02,
)


@pytest.mark.parametrize(
    ("effect", "expected"),
    [
        (replace(HELPS, n_done=8), "helps"),
        (replace(HELPS, n_done=7), "not_enough_data"),
        (replace(HELPS, n_not_done=8), "helps"),
        (replace(HELPS, n_not_done=7), "not_enough_data"),
        (replace(HELPS, p_value=0.049), "helps"),
        (replace(HELPS, p_value=0.05), "nothing_seen"),
        (replace(HELPS, q_value=0.099), "helps"),
        (replace(HELPS, q_value=0.10), "nothing_seen"),
    ],
)
def test_each_verdict_begins_at_its_number(effect: Effect, expected: str) -> None:
    assert judgement(effect).verdict.value == expected


@pytest.mark.parametrize(("points", "is_small"), [(-1.0, False), (-0.99, True)])
def test_less_than_a_point_is_too_small_to_feel(points: float, is_small: bool) -> None:
    facts = effect_facts(replace(HELPS, effect_points=points))
    assert ("too small to feel" in sentence(facts)) is is_small
