"""The article's interventions."""

import re

import polars as pl
import pytest

from tightlog.advice.intervention_frame import INTERVENTION_SCHEMA, catalogue_frame
from tightlog.domain.interventions.catalogue import CATALOGUE, Intervention, dose_words, find
from tightlog.errors import UnknownIntervention
from tightlog.patterns.catalogue import PATTERNS, pattern
from tightlog.patterns.pattern import Pattern
from tightlog.simulation.steady.case_files import told

ARTICLE = [
    *(f"S{n}" for n in range(1, 10)),
    "Y1",
    *(f"C{n}" for n in range(1, 8)),
    *(f"F{n}" for n in range(1, 7)),
    *(f"X{n}" for n in range(1, 8)),
    "M1",
    "M2",
    "M3",
    "G1",
    "G2",
    "G3",
    "G4",
]
CATEGORIES = {
    "stretching",
    "core and strength",
    "running form",
    "cross-training",
    "massage",
    "shoes and breathing",
    "warm-up and cool-down",
    "safety",
}


def plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def test_all_interventions_are_there_in_the_articles_order() -> None:
    assert [item.intervention for item in CATALOGUE] == ARTICLE


def test_every_intervention_is_reachable_from_a_pattern() -> None:
    offered = {name for pattern in PATTERNS for name in pattern.interventions}
    companions = {
        name for item in CATALOGUE if item.intervention in offered for name in item.companions
    }
    further = {
        name for item in CATALOGUE if item.intervention in companions for name in item.companions
    }
    assert set(ARTICLE) == offered | companions | further


@pytest.mark.parametrize("item", PATTERNS, ids=lambda item: item.pattern)
def test_what_belongs_to_a_pattern_is_attached_to_it(item: Pattern) -> None:
    said = told(item)
    assert item.interventions[0] == said["default"]
    assert set(said.get("brings", ())) <= set(item.interventions)


def test_a_red_flag_brings_nothing_but_the_doctor() -> None:
    assert pattern("R0").interventions == ("G4",)


def test_doses_go_with_what_they_are_the_dose_of() -> None:
    companions = {item.intervention: set(item.companions) for item in CATALOGUE}
    assert all("S9" in companions[name] for name in ("S1", "S2", "S3"))
    assert all({"C4", "C5", "C6"} <= companions[name] for name in ("C1", "C2", "C3", "C7"))
    assert all("C5" in companions[name] for name in ("X3", "X4", "X5"))


def test_patterns_and_companions_name_only_interventions_of_the_catalogue() -> None:
    named = {name for pattern in PATTERNS for name in (*pattern.interventions, *pattern.blocks)}
    assert named | {name for item in CATALOGUE for name in item.companions} <= set(ARTICLE)


@pytest.mark.parametrize("item", CATALOGUE, ids=lambda item: item.intervention)
def test_texts_are_short_and_claim_no_cause(item: Intervention) -> None:
    texts = (item.title, item.how_to, item.dose, item.caution, item.evidence_note)
    assert all(texts) and max(map(len, texts)) <= 150 and item.category in CATEGORIES
    assert not re.search(r"\bcaus|diagnos|\bcure|\bheal", " ".join(texts).lower())


@pytest.mark.parametrize("item", CATALOGUE, ids=lambda item: item.intervention)
def test_how_to_holds_no_number_of_ours(item: Intervention) -> None:
    assert not re.search(r"\d", item.how_to)


def test_doses_are_the_articles() -> None:
    doses = {item.intervention: item.dose for item in CATALOGUE}
    assert doses["C1"] == "30–60 s" and all(doses[name] == "20–30 s" for name in ("S1", "S2", "S3"))
    assert {name for name, dose in doses.items() if re.search(r"\d", dose)} == {
        "S1",
        "S2",
        "S3",
        "S9",
        "C1",
    }


def test_no_name_means_two_interventions() -> None:
    owners: dict[str, str] = {}
    for item in CATALOGUE:
        for name in (item.intervention, item.title, *item.alias):
            assert owners.setdefault(plain(name), item.intervention) == item.intervention, name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("S1", "S1"),
        ("s1", "S1"),
        ("cat cow", "S1"),
        ("Cat-Cow", "S1"),
        ("CATCOW", "S1"),
        ("childs pose", "S2"),
        ("swim", "X1"),
        ("plank", "C1"),
        ("roller", "S5"),
        ("warm-up", "G1"),
        ("warm up", "G1"),
        ("bike", "X2"),
        ("massage", "M3"),
        ("strength", "C7"),
    ],
)
def test_intervention_is_found_by_id_title_or_alias(name: str, expected: str) -> None:
    assert find(name).intervention == expected


def test_typing_error_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownIntervention) as caught:
        find("planck")
    assert caught.value.suggestions[0] == "Plank (C1)" and "did you mean" in str(caught.value)


@pytest.mark.parametrize("name", ["", "   ", "zzzz"])
def test_nonsense_is_refused_without_a_suggestion(name: str) -> None:
    with pytest.raises(UnknownIntervention) as caught:
        find(name)
    assert caught.value.suggestions == ()


def test_catalogue_frame_holds_what_the_relation_needs() -> None:
    frame = catalogue_frame()
    assert frame.height == len(CATALOGUE) and frame.schema == pl.Schema(INTERVENTION_SCHEMA)
    assert frame.filter(pl.col("intervention") == "S1")["alias"].item().to_list()[0] == "cat cow"


@pytest.mark.parametrize("name", ["strech", "streching", "strecthing"])
def test_stretching_misspelt_is_answered_with_stretches(name: str) -> None:
    with pytest.raises(UnknownIntervention) as caught:
        find(name)
    assert caught.value.suggestions == (
        "Hold each stretch (S9)",
        "Cat-Cow (S1)",
        "Child's Pose (S2)",
        "Downward Facing Dog (S3)",
    )


def test_shown_texts_hold_no_codes() -> None:
    assert not any(
        re.search(r"\b[SCFXMGY]\d\b", " ".join((item.how_to, item.caution, item.evidence_note)))
        for item in CATALOGUE
    )


def test_dose_column_keeps_the_word_for_none_and_sentences_say_it_plainly() -> None:
    assert find("C2").dose == "not stated" and dose_words(find("C2")).startswith("Our starting")
    assert not any("not stated" in dose_words(item) for item in CATALOGUE)
