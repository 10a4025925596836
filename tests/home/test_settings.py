"""The settings: what a value of the wrong kind is told."""

import pytest

from tightlog.errors import SettingsError
from tightlog.home.settings import settings_in
from tightlog.words.measures import FAHRENHEIT, FEET, METRIC, MILES, Measures


@pytest.mark.parametrize("given", ['"strength"', "1", "[1]", "{}", "true"])
def test_declared_kinds_are_a_list_of_texts_and_never_the_letters_of_one(given: str) -> None:
    assert settings_in('declared = ["strength"]').declared == {"strength"}
    with pytest.raises(SettingsError, match=r"declared is a list of kinds"):
        settings_in(f"declared = {given}")


def test_miles_bring_feet_and_fahrenheit_unless_the_settings_say_otherwise() -> None:
    assert settings_in("").measures == METRIC
    american = settings_in('[units]\ndistance = "miles"').measures
    assert american == Measures(MILES, FEET, FAHRENHEIT)
    british = settings_in(
        '[units]\ndistance = "Miles"\nheight = "metres"\ntemperature = "celsius"\n'
        'week_start = "sunday"\nclock = "12 h"'
    ).measures
    assert british == Measures(MILES, week_start="sunday", has_12_hours=True)


@pytest.mark.parametrize("given", ['distance = "leagues"', "clock = 12", 'speed = "knots"'])
def test_a_unit_that_is_not_known_is_refused_with_those_that_are(given: str) -> None:
    with pytest.raises(SettingsError, match=r"units|kilometres"):
        settings_in(f"[units]\n{given}")


def test_language_is_english_unless_another_known_one_is_chosen() -> None:
    assert settings_in("").language == "en"
    assert settings_in('language = "de"').language == "de"
    assert settings_in('language = "de"').fingerprint != settings_in("").fingerprint


@pytest.mark.parametrize("given", ['"fr"', "1", '["de"]', '"German"'])
def test_a_language_that_is_not_known_is_refused_with_those_that_are(given: str) -> None:
    with pytest.raises(SettingsError, match=r'language is "en" or "de"'):
        settings_in(f"language = {given}")
