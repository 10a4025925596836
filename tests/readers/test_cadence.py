"""Cadence: strides and steps of one run become the same number, and the evidence is told."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tightlog.readers.cadence import settled


def factor(
    sport: str, value: float, speed_mps: float | None, source: str = "gpx of x"
) -> float | None:
    rule = settled(sport, np.full(60, value), speed_mps, source)
    return rule.factor if rule else None


@given(st.floats(140, 210), st.floats(1.8, 6.0))
def test_runs_in_strides_and_in_steps_agree(steps: float, speed_mps: float) -> None:
    assert (factor("running", steps, speed_mps), factor("running", steps / 2, speed_mps)) == (
        1.0,
        2.0,
    )


@pytest.mark.parametrize(("steps", "speed_mps"), [(95, 0.9), (110, 1.3), (120, 1.6), (130, 1.9)])
def test_walks_in_strides_and_in_steps_agree(steps: float, speed_mps: float) -> None:
    for sport in ("walking", "hiking"):
        assert (factor(sport, steps, speed_mps), factor(sport, steps / 2, speed_mps)) == (1.0, 2.0)


def test_fit_counts_strides_and_a_file_that_holds_steps_is_found_out() -> None:
    assert (factor("running", 86, 3.0, "fit"), factor("running", 172, 3.0, "fit")) == (2.0, 1.0)


def test_without_a_speed_the_size_of_the_number_decides() -> None:
    assert (factor("running", 86, None), factor("running", 172, None)) == (2.0, 1.0)
    assert (factor("walking", 55, None), factor("walking", 110, None)) == (2.0, 1.0)


def test_only_sports_on_foot_are_doubled() -> None:
    for sport in ("cycling", "generic", "swimming", "rowing"):
        assert factor(sport, 86, 3.0) == 1.0
        assert factor(sport, 86, 3.0, "fit") == 1.0


def test_zeros_and_missing_values_do_not_decide() -> None:
    raw = np.array([0.0] * 200 + [np.nan] * 200 + [172.0] * 50)
    rule = settled("running", raw, 3.0, "gpx of x")
    assert rule is not None
    assert rule.factor == 1.0
    assert settled("running", np.array([0.0, np.nan]), 3.0, "gpx of x") is None


def test_rule_names_the_source_and_the_evidence() -> None:
    rule = settled("running", np.full(60, 86.0), 3.0, "gpx of Invented Watch")
    assert rule is not None
    assert rule.name == "gpx of Invented Watch: strides x 2"
    assert rule.evidence == "step length 1.05 m at 3.0 m/s"
