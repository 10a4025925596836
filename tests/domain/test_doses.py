"""Every intervention has a dose to begin with, and it is plain whose it is."""

import re

import pytest

from tightlog.domain.interventions.catalogue import (
    CATALOGUE,
    Intervention,
    article_dose,
    dose_words,
    short_dose,
)
from tightlog.domain.interventions.doses import (
    ARTICLE,
    OURS,
    Dose,
    guided,
    own_part,
    starting_doses,
    starting_words,
    time_words,
)
from tightlog.words.patterns import GRADE_WORDS

BY_ID = {item.intervention: item for item in CATALOGUE}


def test_every_intervention_has_a_dose_in_the_catalogues_order() -> None:
    assert list(starting_doses()) == list(BY_ID)


@pytest.mark.parametrize("item", CATALOGUE, ids=lambda item: item.intervention)
def test_dose_says_how_much_and_what_it_rests_on(item: Intervention) -> None:
    dose = starting_doses()[item.intervention]
    assert starting_words(dose) and dose.source and dose.grade in GRADE_WORDS
    assert dose.origin in (ARTICLE, OURS)
    assert (dose.words is None) == (dose.low_s is not None)
    assert "known" not in dose_words(item) and "stated" not in dose_words(item)


def test_the_articles_are_the_doses_the_article_gives_a_number_or_a_reason_for() -> None:
    articles = {name for name, dose in starting_doses().items() if dose.origin == ARTICLE}
    assert articles == {"S1", "S2", "S3", "S9", "C1", "G4"}
    for name in articles - {"G4"}:
        dose = starting_doses()[name]
        assert article_dose(BY_ID[name]).startswith(f"{dose.low_s}–{dose.high_s} s")


def test_sets_and_rests_are_never_said_to_be_the_articles() -> None:
    for item in CATALOGUE:
        theirs = dose_words(item).partition("Our ")[0]
        assert not re.search(r"times|×|rest|week|side", theirs), item.intervention


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("C1", "Dose: 30–60 s. Our addition: 2 times, 30 s rest between."),
        ("C2", "Our starting dose: 2 × 5 repetitions of 8 s on each side, 30 s rest between."),
        ("G1", "Dose: always. Our starting dose: 5–10 min."),
        ("X6", "Our starting dose: 30–60 min, twice a week."),
        ("C5", "Our starting dose: a few seconds or one repetition more a week."),
        ("G4", "Dose: when pain is sharp or getting worse."),
    ],
)
def test_sentence_tells_the_articles_dose_from_ours(name: str, words: str) -> None:
    assert dose_words(BY_ID[name]) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(20, 30, "20–30 s"), (119, 119, "119 s"), (120, 120, "2 min"), (300, 600, "5–10 min")],
)
def test_a_time_is_told_in_seconds_below_two_minutes(low: int, high: int, words: str) -> None:
    assert time_words(low, high) == words


def test_what_is_guided_has_a_time_for_each_set() -> None:
    assert {"S1", "C1", "C2", "X4", "G1"} <= set(guided())
    assert all(starting_doses()[name].work_s >= 20 for name in guided())
    # In a class, in the water, on the way: nobody looks at a phone there.
    assert not {"X1", "X2", "Y1", "F2", "M1"} & set(guided())


def test_one_set_alone_of_the_article_adds_nothing_of_ours() -> None:
    assert own_part(Dose(ARTICLE, "a source", "D", low_s=20, high_s=30, sets=1)) == ""


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("S1", "20–30 s"),
        ("G1", "5–10 min (tightlog's dose)"),
        ("S6", "10 repetitions of 2 s on each side (tightlog's dose)"),
        ("G4", "when pain is sharp or getting worse"),
    ],
)
def test_a_short_dose_is_an_amount_wherever_anybody_states_one(name: str, said: str) -> None:
    assert short_dose(name) == said
