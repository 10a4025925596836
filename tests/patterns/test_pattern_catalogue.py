"""The catalogue's words and the red flags."""

import re

import pytest

from tightlog.errors import SettingsError, UnknownRedFlag
from tightlog.patterns.catalogue import PATTERNS, pattern
from tightlog.patterns.pattern import described
from tightlog.red_flags import EMERGENCY, RED_FLAGS, SOON, in_words, red_flag, urgency, who_to_see


@pytest.mark.parametrize("item", PATTERNS, ids=lambda item: item.pattern)
def test_each_pattern_says_what_why_grade_source_and_needs(item):
    assert re.fullmatch(r"R\d+", item.pattern) and item.grade in "ABCD"
    assert all((item.title, item.what, item.why, item.source, item.needs, item.link, item.interventions))


@pytest.mark.parametrize("item", PATTERNS, ids=lambda item: item.pattern)
def test_no_pattern_speaks_of_causes_or_diagnoses(item):
    words = " ".join((item.title, item.what, item.why, item.link)).lower()
    assert not re.search(r"\bcaus|\byou have (a|an)\b|diagnos|\bprove", words)


@pytest.mark.parametrize("item", PATTERNS, ids=lambda item: item.pattern)
def test_words_are_short_enough_for_breakfast(item):
    assert len(item.title) <= 40 and max(len(item.what), len(item.why), len(item.link)) <= 240


def test_patterns_are_unique_and_found_by_name():
    assert len({item.pattern for item in PATTERNS}) == len(PATTERNS)
    assert pattern("R2").title == "One run much longer than lately"
    with pytest.raises(SettingsError):
        pattern("R99")


def test_rule_without_its_words_is_refused():
    with pytest.raises(ValueError, match="docstring"):
        described("R2: no words", needs="")


def test_emergencies_are_the_cauda_equina_list():
    assert {flag.name for flag in RED_FLAGS if flag.urgency == EMERGENCY} == {
        "saddle_numbness", "bladder_or_bowel", "leg_weakness", "both_legs_pain",
    }
    assert {flag.urgency for flag in RED_FLAGS} == {EMERGENCY, SOON}
    assert {"fever", "trauma", "night_pain", "unexplained_weight_loss", "cancer_history"} <= {flag.name for flag in RED_FLAGS}


@pytest.mark.parametrize("flag", RED_FLAGS, ids=lambda flag: flag.name)
def test_red_flag_is_a_command_line_word_and_a_question(flag):
    assert re.fullmatch(r"[a-z_]+", flag.name) and flag.question.endswith("?")


@pytest.mark.parametrize("name", ["saddle_numbness", "Saddle-Numbness", "saddle numbness"])
def test_red_flag_is_found_however_it_is_written(name):
    assert red_flag(name).name == "saddle_numbness"


def test_unknown_red_flag_names_the_nearest_first():
    with pytest.raises(UnknownRedFlag) as caught:
        red_flag("sadle numbnes")
    assert caught.value.known[0] == "saddle_numbness" and len(caught.value.known) == len(RED_FLAGS)


@pytest.mark.parametrize(("evidence", "expected"), [
    ("saddle numbness on 3 May 2026", EMERGENCY), ("fever; leg_weakness", EMERGENCY), ("sharp pain on 3 May 2026", SOON),
    ("a score of 9 on 3 May 2026", SOON), ("fever, night pain", SOON), ("", SOON),
    ("pain down both legs on 3 May 2026", EMERGENCY), ("bladder or bowel trouble", EMERGENCY),
])
def test_urgency_is_read_from_the_evidence(evidence, expected):
    assert urgency(evidence) == expected


@pytest.mark.parametrize(("evidence", "said"), [
    ("both legs pain on 3 May 2026", "pain down both legs on 3 May 2026"), ("fever, new_at_this_age", "fever, first back pain at this age"),
    ("bladder or bowel, leg weakness", "bladder or bowel trouble, leg weakness"), ("a score of 9", "a score of 9"),
])
def test_red_flag_is_said_as_people_say_it_and_only_once(evidence, said):
    assert in_words(evidence) == said and in_words(said) == said


def test_emergency_signs_are_named_whatever_was_ticked():
    assert "emergency department now" in who_to_see("fever") and "doctor today" in who_to_see("fever")
    assert who_to_see("saddle numbness").startswith("Go to an emergency department now")
    assert "you have" not in who_to_see("fever") + who_to_see("saddle numbness")
