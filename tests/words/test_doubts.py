"""Every doubt about an activity, and every state of one, has words."""

from datetime import date
from typing import Any

import pytest

from tightlog.domain.clocks import Doubt
from tightlog.warehouse.build import question
from tightlog.words.doubts import DOUBT_WORDS, doubt_words
from tightlog.words.kinds import STATE_WORDS, state_title

FACTS: dict[str, Any] = {
    "day": date(2000, 1, 1),
    "sport": "running",
    "elapsed_s": 20 * 86_400.0,
    "speed_mps": 7.5,
    "device_offset_s": 25 * 3600,
    "utc_offset_s": 7200,
    "doubts": [],
    "is_set_aside": False,
}


def test_every_doubt_has_words_of_its_own() -> None:
    assert set(DOUBT_WORDS) == {doubt.value for doubt in Doubt}
    assert len({words(FACTS) for words in DOUBT_WORDS.values()}) == len(DOUBT_WORDS)


@pytest.mark.parametrize(
    ("doubts", "is_set_aside", "words"),
    [
        (["too_long"], True, "it lasts 20 days; it does not count until you confirm it"),
        (
            ["named_otherwise"],
            False,
            "it is dated 1 January 2000, and its file's name says another day",
        ),
        (["too_fast"], False, "running at 27 km/h, as in a vehicle"),
        (
            ["fast_in_part"],
            False,
            "running, and for five minutes or more faster than anybody runs, as in a vehicle",
        ),
        (["offset_too_large"], False, "its clock is +25 h from UTC, as in no zone (+2 h is used)"),
    ],
)
def test_a_doubt_is_worded_with_its_numbers(
    doubts: list[str], is_set_aside: bool, words: str
) -> None:
    assert doubt_words(FACTS | {"doubts": doubts, "is_set_aside": is_set_aside}) == words


def test_every_state_of_an_activity_has_words() -> None:
    asked = question("activities_named") + question("activity_elsewhere")
    assert all(f"'{state}'" in asked for state in STATE_WORDS)
    assert state_title("left_out") == "Left out by you"
