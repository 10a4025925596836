"""A routine: what an address names, and the phases that are counted down."""

import pytest

from tightlog.domain.interventions.doses import guided, starting_doses
from tightlog.domain.interventions.routine import (
    MOST_EXERCISES,
    READY,
    READY_S,
    REST,
    SWITCH,
    SWITCH_S,
    WORK,
    asked_for,
    exercises_of,
    phases,
)


def test_two_sets_of_two_sides_are_eight_phases() -> None:
    made = [(phase.kind, phase.seconds, phase.set_number, phase.side) for phase in phases(["C2"])]
    assert made == [
        (READY, READY_S, 1, "left"),
        (WORK, 40, 1, "left"),
        (SWITCH, SWITCH_S, 1, "right"),
        (WORK, 40, 1, "right"),
        (REST, 30, 2, "left"),
        (WORK, 40, 2, "left"),
        (SWITCH, SWITCH_S, 2, "right"),
        (WORK, 40, 2, "right"),
    ]
    assert {phase.repetitions for phase in phases(["C2"]) if phase.kind == WORK} == {5}


def test_a_hold_lasts_as_long_as_the_articles_shorter_end() -> None:
    made = [(phase.kind, phase.seconds) for phase in phases(["C1", "S1"])]
    plank = [(READY, READY_S), (WORK, 30), (REST, 30), (WORK, 30)]
    assert made == [*plank, (READY, READY_S), (WORK, 20), (REST, 10), (WORK, 20)]


@pytest.mark.parametrize("name", guided())
def test_work_of_a_routine_is_the_whole_dose(name: str) -> None:
    dose = starting_doses()[name]
    work = sum(phase.seconds for phase in phases([name]) if phase.kind == WORK)
    assert work == dose.work_s * (dose.sets or 1) * (2 if dose.is_each_side else 1)


def test_what_is_not_guided_has_no_phases() -> None:
    assert phases(["X1", "M1"]) == ()


@pytest.mark.parametrize(
    ("text", "known", "unknown"),
    [
        ("S3,C1", ("S3", "C1"), ()),
        (" plank , C1,c1,", ("C1",), ()),
        ("", (), ()),
        ("C1,<script>", ("C1",), ("<script>",)),
    ],
)
def test_an_address_names_each_exercise_once(
    text: str, known: tuple[str, ...], unknown: tuple[str, ...]
) -> None:
    assert asked_for(text) == (known, unknown)


def test_an_address_cannot_ask_for_hours() -> None:
    known, _ = asked_for(",".join(guided()))
    assert known == guided()[:MOST_EXERCISES]


def test_a_general_word_is_shown_by_its_examples() -> None:
    assert exercises_of("S9") == ("S1", "S2", "S3") and exercises_of("C1") == ("C1",)
