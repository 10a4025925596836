"""The quantities of nights and days: declared once, credible within a range, and believed by what
they rest on.
"""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from tightlog.domain.diary import ContextValue
from tightlog.domain.wellness import (
    QUANTITIES,
    Evidence,
    Origin,
    Quantity,
    credible,
    quantity,
    rank,
)

SLEPT = ContextValue(date(2026, 5, 4), "sleep_h", 7.0, "h", "garmin")


def value(name: str, number: float) -> ContextValue:
    known = quantity(name)
    assert known is not None
    return replace(SLEPT, name=name, value=number, unit=known.unit)


@pytest.mark.parametrize("known", QUANTITIES, ids=lambda one: one.name)
def test_a_value_is_credible_at_its_borders_and_not_beyond(known: Quantity) -> None:
    inside = [value(known.name, known.least), value(known.name, known.most)]
    outside = [value(known.name, known.least - 0.01), value(known.name, known.most + 0.01)]
    assert credible([*inside, *outside]) == (tuple(inside), 2)


def test_a_part_of_a_sum_may_be_nothing_and_a_weight_is_judged_by_its_mean() -> None:
    stood_still = replace(value("steps", 0), part="walking")
    stressed = replace(value("watch_stress", 30_000), weight=1_000.0)
    too_much = replace(stressed, weight=299.0)
    assert credible([stood_still, stressed, too_much]) == ((stood_still, stressed), 1)


def test_names_end_in_their_unit() -> None:
    scales = {"watch_stress": "0–100"}
    assert [one.name for one in QUANTITIES if not one.name.endswith(one.unit)] == list(scales)
    assert len({one.name for one in QUANTITIES}) == len(QUANTITIES)


def test_better_evidence_comes_first_then_the_better_origin() -> None:
    in_order = [
        replace(SLEPT, evidence=evidence, origin=origin)
        for evidence in Evidence
        for origin in (*Origin, None)
    ]
    assert all(rank(one) < rank(other) for one, other in pairwise(in_order))


def test_own_word_on_a_symptom_comes_before_a_device_and_on_sleep_behind() -> None:
    for name, is_first in (("symptom_headache", True), ("mindful_min", True), ("sleep_h", False)):
        noted = value(name, 1.0)
        watched = replace(noted, evidence=Evidence.STAGES, origin=Origin.EXPORT)
        assert (rank(noted) < rank(watched)) is is_first, name


def test_what_a_diary_calls_sleep_in_hours_or_minutes_is_sleep_and_on_a_scale_is_not() -> None:
    named = [
        quantity(name, unit)
        for name, unit in (("sleep", "min"), ("sleep_duration_h", None), ("sleep", "1–5"))
    ]
    assert [one and one.name for one in named] == ["sleep_h", "sleep_h", None]
    assert quantity("stress", "0–10") is None
