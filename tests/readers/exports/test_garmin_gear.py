"""Garmin's list of gear: which activities were done in which shoe."""

import json
from typing import Any

import pytest

from tightlog.domain.file_status import FileStatus
from tightlog.domain.reading import GearUse
from tightlog.readers.exports.garmin_gear import is_garmin_gear, read_garmin_gear


def gear(key: int, **facts: object) -> dict[str, object]:
    return {"gearPk": key, "gearTypeName": "Shoes", "customMakeModel": f"Model {key}", **facts}


def told(pairs: list[Any], uses: Any) -> bytes:
    return json.dumps([{"gearDTOS": pairs, "gearActivityDTOs": uses}]).encode()


def used(*ids: object) -> list[dict[str, object]]:
    return [{"activityId": one} for one in ids]


def test_each_activity_has_the_name_of_its_pair() -> None:
    pairs = [gear(5), gear(6, displayName=" Blue "), gear(7, gearTypeName="Bike")]
    data = told(pairs, {"5": used(71, 72), "6": used(73), "7": used(74), "8": used(75)})
    assert is_garmin_gear(data)
    reading = read_garmin_gear(data)
    assert (reading.status, reading.activities, reading.reason) == (FileStatus.READ, (), None)
    assert reading.gear == (
        GearUse(71, "Model 5"),
        GearUse(72, "Model 5"),
        GearUse(73, "Blue"),
    )


def test_two_pairs_of_one_model_stay_two_and_two_pairs_on_one_run_are_none() -> None:
    pairs = [
        gear(5, customMakeModel="Same", dateBegin="2024-01-02T00:00:00.0"),
        gear(6, customMakeModel="Same", dateBegin="2025-03-04T00:00:00.0"),
    ]
    reading = read_garmin_gear(told(pairs, {"5": used(71, 73), "6": used(72, 73)}))
    assert reading.gear == (
        GearUse(71, "Same, from 2024-01-02"),
        GearUse(72, "Same, from 2025-03-04"),
    )


@pytest.mark.parametrize(
    "data",
    [
        told([gear(5)], {"5": used(True, -1, 0, 2**63, 1.5, "71", None)}),
        told([gear(5)], {"5": [1, None], "6": 7}),
        told([gear(5)], [1]),
        told([gear(5, customMakeModel=5), 3, None], {"5": used(71)}),
        told([gear(5, gearTypeName=["Shoes"])], {"5": used(71)}),
        json.dumps({"gearDTOS": {"a": 1}, "gearActivityDTOs": None}).encode(),
    ],
)
def test_hostile_values_say_nothing_and_are_no_failure(data: bytes) -> None:
    assert is_garmin_gear(data)
    reading = read_garmin_gear(data)
    assert (reading.status, reading.gear) == (FileStatus.NO_ACTIVITY, ())


@pytest.mark.parametrize(
    "data", [b'[{"gearDTOS": [', b'[{"gearDTOS": ' + b"[" * 100_000, b'{"gearDTOS": \xff']
)
def test_a_damaged_list_says_so(data: bytes) -> None:
    reading = read_garmin_gear(data)
    assert (reading.status, reading.gear) == (FileStatus.UNREADABLE, ())
    assert reading.reason == "the list of shoes is damaged; download the export again"
