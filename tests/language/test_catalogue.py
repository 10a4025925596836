"""A sentence is looked up where it is shown, in the language chosen there."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tightlog.language.catalogue import message, phrase, phrased, phrases, plural
from tightlog.language.choice import (
    ENGLISH,
    GERMAN,
    LANGUAGES,
    choose,
    choose_for_threads,
    chosen,
    numerals,
    spoken,
)
from tightlog.words.dates import MONTHS
from tightlog.words.numbers import counted, first_lower, short_number

NAMES = phrases({"hot": "Heat", "none": "A sentence no catalogue has"})


@phrased("title")
@dataclass(frozen=True)
class Named:
    """Something declared in English."""

    code: str
    title: str = message("Heat")


@pytest.fixture
def german() -> Iterator[None]:
    with spoken(GERMAN):
        yield


def test_english_is_the_sentence_itself_with_its_values() -> None:
    assert phrase("{number:,.1f} of {whole}", number=1234.5, whole="all") == "1,234.5 of all"
    assert plural("{count} day", "{count} days", 1, count=1) == "1 day"
    assert plural("{count} day", "{count} days", 0, count=0) == "0 days"


def test_a_text_without_values_keeps_its_braces() -> None:
    assert phrase("a long run (more than {end})") == "a long run (more than {end})"


@pytest.mark.usefixtures("german")
def test_german_is_looked_up() -> None:
    assert phrase("Heat") == "Wärme"
    assert phrase("about {said}", said="3 km") == "etwa 3 km"


@pytest.mark.usefixtures("german")
def test_what_a_language_lacks_is_english() -> None:
    assert phrase("A sentence no catalogue has: {what}", what=1) == (
        "A sentence no catalogue has: 1"
    )
    assert NAMES["none"] == "A sentence no catalogue has"


@pytest.mark.usefixtures("german")
def test_numbers_have_a_decimal_comma() -> None:
    assert phrase("{number:,.1f} and {other}", number=1234.5, other=2.5) == "1.234,5 and 2,5"
    assert phrase("{flag!r} {name!r}", flag=True, name="a.b") == "True 'a.b'"
    assert (numerals("1,234.5"), short_number(2.5)) == ("1.234,5", "2,5")


@pytest.mark.usefixtures("german")
def test_plural_is_that_of_the_language() -> None:
    assert [counted(count, "day") for count in (0, 1, 2)] == ["0 Tage", "1 Tag", "2 Tage"]


def test_constants_speak_the_language_of_the_moment_they_are_read() -> None:
    item = Named("hot")
    assert (NAMES["hot"], item.title, MONTHS[3]) == ("Heat", "Heat", "March")
    with spoken(GERMAN):
        assert (NAMES["hot"], item.title, MONTHS[3]) == ("Wärme", "Wärme", "März")
        assert next(iter(NAMES.values())) == "Wärme"
    assert item.title == "Heat"


def test_german_nouns_keep_their_capital_within_a_sentence() -> None:
    assert first_lower("Heat") == "heat"
    with spoken(GERMAN):
        assert first_lower("Wärme") == "Wärme"


def test_language_is_that_of_its_block() -> None:
    with spoken(GERMAN):
        choose("en")
        assert chosen() == "en"
    assert chosen() == LANGUAGES[0]


def test_a_thread_that_chose_nothing_speaks_what_was_chosen_for_threads() -> None:
    said: list[str] = []
    choose_for_threads(GERMAN)
    try:
        thread = threading.Thread(target=lambda: said.append(phrase("Heat")))
        thread.start()
        thread.join()
    finally:
        choose_for_threads(ENGLISH)
    with spoken(ENGLISH):
        said.append(phrase("Heat"))
    assert said == ["Wärme", "Heat"]


CODE = """
import sys
from tightlog.language import choice
from tightlog.language.catalogue import phrase
choice.choose(sys.argv[1])
import tightlog.answers.logged, tightlog.advice.choose, tightlog.findings.exposures
phrase("Heat")
choice.choose("en")
from tightlog.domain.interventions.catalogue import find
from tightlog.advice.quiet import NO_DATA
print("gettext" in sys.modules, find("swim").title, find("Child's Pose").title, NO_DATA.why)
"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_modules_hold_english_in_whichever_language_they_are_imported(language: str) -> None:
    said = subprocess.run(
        [sys.executable, "-c", CODE, language], capture_output=True, text=True, check=True
    ).stdout
    # English opens no catalogue, and does not even import what reads one.
    assert said.strip() == (
        f"{language != 'en'} Swimming Child's Pose This is the habit set, worth keeping whatever "
        "the data say."
    )


def test_an_intervention_is_found_by_its_title_in_both_languages() -> None:
    from tightlog.domain.interventions.catalogue import find

    with spoken(GERMAN):
        assert find("katze kuh").intervention == find("cat-cow").intervention == "S1"
