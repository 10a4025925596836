"""The names of the FIT profile are complete and sorted facts, and what they are used for holds."""

import json
from importlib.resources import files
from typing import Any

import pytest

from tests.builders import run_fit
from tightlog.domain.sports import (
    INDOOR_SUB_SPORTS,
    KIND_OF_SPORT,
    KIND_OF_SUB_SPORT,
    NOT_EXERCISE_SPORTS,
)
from tightlog.readers.fit import profile, read_fit

ENUMS = ("file", "garmin_product", "lap_trigger", "manufacturer", "sport", "sub_sport")
# Names that lists of exports use and the profile does not.
OF_LISTS = {"strength_training", "yoga", "pilates"}
OF_LISTS_SUB = {"core_training", "stretching", "mobility"}


def table(name: str) -> dict[str, Any]:
    text = files("tightlog.readers.fit").joinpath(name).read_text(encoding="utf-8")
    pairs: dict[str, Any] = json.loads(text, object_pairs_hook=_each_once)
    return pairs


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    assert len(set(keys)) == len(keys), "a number is there twice"
    numbers = [int(key) for key in keys if key.isdigit()]
    assert numbers == sorted(numbers), "the numbers are not in order"
    return dict(pairs)


def test_names_say_which_sdk_they_come_from() -> None:
    sources = {table(name)["source"] for name in ("names.json", "fields.json")}
    assert len(sources) == 1 and sources.pop().startswith("Garmin FIT SDK 21.")


@pytest.mark.parametrize("enum", ENUMS)
def test_each_enum_has_names_for_distinct_numbers(enum: str) -> None:
    names = table("names.json")[enum]
    assert len(names) >= {"sport": 82, "sub_sport": 112, "garmin_product": 499}.get(enum, 9)
    assert all(name and name == name.strip() for name in names.values())
    assert len(set(names.values())) == len(names)


def test_each_message_and_field_has_a_name_and_a_scale() -> None:
    messages = {key: one for key, one in table("fields.json").items() if key != "source"}
    assert len(messages) >= 125
    for message in messages.values():
        assert message["name"]
        for name, unit, scale, _offset in message["fields"].values():
            assert name and (unit is None or unit) and scale > 0


def test_what_follows_from_a_sport_names_sports_of_the_profile() -> None:
    sports, sub_sports = set(profile.SPORTS.values()), set(profile.SUB_SPORTS.values())
    assert set(KIND_OF_SPORT) - OF_LISTS <= sports
    assert set(NOT_EXERCISE_SPORTS) <= sports
    assert set(KIND_OF_SUB_SPORT) - OF_LISTS_SUB <= sub_sports
    assert sub_sports >= INDOOR_SUB_SPORTS


def test_mobility_arrives_by_its_name_and_a_sport_of_the_future_by_its_number() -> None:
    (mobility,) = read_fit(run_fit(sport=86), "a.fit").activities
    assert (mobility.sport, KIND_OF_SPORT[mobility.sport]) == ("mobility", "mobility")
    (unknown,) = read_fit(run_fit(sport=201), "a.fit").activities
    assert unknown.sport == "unknown_201"


def test_new_watches_are_named() -> None:
    assert profile.device(1, 4536, None) == "Garmin fenix8"
    assert profile.device(1, 65000, None) == "Garmin product 65000"
