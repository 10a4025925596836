"""The catalogue's words and the red flags."""

import re
from datetime import date

import pytest

from tests.builders import flags_raised
from tightlog.domain.red_flags import (
    EMERGENCY,
    RED_FLAGS,
    SOON,
    RedFlag,
    in_words,
    red_flag,
    standing,
    urgency_of,
    who_to_see,
)
from tightlog.errors import SettingsError, UnknownRedFlag
from tightlog.patterns.catalogue import PATTERNS, pattern
from tightlog.patterns.pattern import Pattern, described


@pytest.mark.parametrize("item", PATTERNS, ids=lambda item: item.pattern)
def test_each_pattern_says_what_why_grade_source_and_needs(item: Pattern) -> None:
    assert re.fullmatch(r"R\d+", item.pattern) and item.grade in "ABCD"
    assert all(
        (item.title, item.what, item.why, item.source, item.needs, item.link, item.interventions)
    )


@pytest.mark.parametrize("item", PATTERNS, ids=lambda item: item.pattern)
def test_no_pattern_speaks_of_causes_or_diagnoses(item: Pattern) -> None:
    words = " ".join((item.title, item.what, item.why, item.link)).lower()
    assert not re.search(r"\bcaus|\byou have (a|an)\b|diagnos|\bprove", words)


@pytest.mark.parametrize("item", PATTERNS, ids=lambda item: item.pattern)
def test_words_are_short_enough_for_breakfast(item: Pattern) -> None:
    assert len(item.title) <= 40 and max(len(item.what), len(item.why), len(item.link)) <= 240


def test_patterns_are_unique_and_found_by_name() -> None:
    assert len({item.pattern for item in PATTERNS}) == len(PATTERNS)
    assert pattern("R2").title == "One run much longer than lately"
    with pytest.raises(SettingsError):
        pattern("R99")


def test_rule_without_its_words_is_refused() -> None:
    with pytest.raises(ValueError, match="docstring"):
        described("R2: no words", needs="")


def test_emergencies_are_the_cauda_equina_list() -> None:
    assert {flag.name for flag in RED_FLAGS if flag.urgency == EMERGENCY} == {
        "saddle_numbness",
        "bladder_or_bowel",
        "leg_weakness",
        "both_legs_pain",
    }
    assert {flag.urgency for flag in RED_FLAGS} == {EMERGENCY, SOON}
    assert {"fever", "trauma", "night_pain", "unexplained_weight_loss", "cancer_history"} <= {
        flag.name for flag in RED_FLAGS
    }


@pytest.mark.parametrize("flag", RED_FLAGS, ids=lambda flag: flag.name)
def test_red_flag_is_a_command_line_word_and_a_question(flag: RedFlag) -> None:
    assert re.fullmatch(r"[a-z_]+", flag.name) and flag.question.endswith("?")


@pytest.mark.parametrize("name", ["saddle_numbness", "Saddle-Numbness", "saddle numbness"])
def test_red_flag_is_found_however_it_is_written(name: str) -> None:
    assert red_flag(name).name == "saddle_numbness"


def test_unknown_red_flag_names_the_nearest_first() -> None:
    with pytest.raises(UnknownRedFlag) as caught:
        red_flag("sadle numbnes")
    assert caught.value.known[0] == "saddle_numbness" and len(caught.value.known) == len(RED_FLAGS)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["saddle_numbness"], EMERGENCY),
        (["fever", "leg_weakness"], EMERGENCY),
        (["sharp_pain"], SOON),
        (["high_score"], SOON),
        (["fever", "night_pain"], SOON),
        ([], SOON),
        (["both_legs_pain"], EMERGENCY),
        (["bladder_or_bowel"], EMERGENCY),
        (["no leg weakness, sharp pain"], SOON),
        (["not leg_weakness"], SOON),
        (["a weak leg"], SOON),
        (["leg weakness on 3 May 2026"], SOON),
    ],
)
def test_urgency_is_that_of_whole_names_and_never_searched_in_words(
    names: list[str], expected: str
) -> None:
    assert urgency_of(names) == expected


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("both_legs_pain", "pain down both legs"),
        ("new_at_this_age", "first back pain at this age"),
        ("sharp_pain", "sharp pain"),
        ("bladder_or_bowel", "bladder or bowel trouble"),
        ("leg_weakness", "leg weakness"),
        ("numb foot", "numb foot"),
    ],
)
def test_red_flag_is_said_as_people_say_it(name: str, said: str) -> None:
    assert in_words(name) == said


def test_signs_of_several_days_are_said_once_each_with_their_day() -> None:
    later, first = (
        flags_raised("leg_weakness", "fever", day=date(2026, 5, 6)),
        flags_raised("fever"),
    )
    every = standing([first, first, later])
    assert every is not None
    assert every.evidence == "fever on 4 May 2026; leg weakness, fever on 6 May 2026"
    assert (every.names, every.urgency, every.started_on) == (
        ("fever", "leg_weakness"),
        EMERGENCY,
        date(2026, 5, 4),
    )


def test_emergency_signs_are_named_whatever_was_ticked() -> None:
    assert "emergency department now" in who_to_see(["fever"]) and "doctor today" in who_to_see(
        ["fever"]
    )
    assert who_to_see(["saddle_numbness"]).startswith("Go to an emergency department now")
    assert "you have" not in who_to_see(["fever"]) + who_to_see(["saddle_numbness"])
