"""The pairs of shoes of a Garmin export, `…_gear.json`, and which activities were done in them:

    [{"gearDTOS": [{"gearPk": 5, "gearTypeName": "Shoes", "displayName": null,
                    "customMakeModel": "Maker Model", "dateBegin": "2024-03-01T…", …}, …],
      "gearActivityDTOs": {"5": [{"activityId": 1, "gearPk": 5}, …], …}, …}]

`activityId` is that of the export's list of activities. What else it holds (the runner's own limit
in metres, the state of a pair) is not used.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tightlog.domain.file_status import FileStatus
from tightlog.domain.formats import GARMIN_LIST
from tightlog.domain.reading import GearUse, Reading, no_activity, unreadable

READER = GARMIN_LIST.name
HEAD_BYTES = 4096
MARKS = (b'"gearDTOS"', b'"gearActivityDTOs"')
MAX_BYTES = 50 * 2**20
LONGEST_NAME = 200
MOST_ID = 2**63 - 1
DAMAGED = "the list of shoes is damaged; download the export again"
EMPTY = "a Garmin list without a pair of shoes that was worn"


def is_garmin_gear(data: bytes) -> bool:
    """True for JSON that holds Garmin's list of gear."""
    head = data[:HEAD_BYTES]
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"[", b"{")) and any(
        mark in head for mark in MARKS
    )


def read_garmin_gear(data: bytes) -> Reading:
    """Which activities of the export's list were done in which shoe, and nothing else; an activity
    with two pairs at once has none.
    """
    if len(data) > MAX_BYTES:
        return unreadable(READER, f"a list of more than {MAX_BYTES // 2**20} MB is not opened")
    try:
        told = json.loads(data.decode("utf-8-sig", errors="replace"))
    except (ValueError, RecursionError):
        return unreadable(READER, DAMAGED)
    parts = [part for part in (told if isinstance(told, list) else [told]) if _is_table(part)]
    worn: dict[int, set[str]] = {}
    for part in parts:
        names = _names(part.get("gearDTOS"))
        for activity, key in _links(part.get("gearActivityDTOs")):
            if key in names:
                worn.setdefault(activity, set()).add(names[key])
    uses = tuple(GearUse(one, min(shoes)) for one, shoes in worn.items() if len(shoes) == 1)
    return Reading(FileStatus.READ, READER, gear=uses) if uses else no_activity(READER, EMPTY)


def _names(gear: object) -> dict[str, str]:
    """The name of each pair by its key; of two of one name, with the day each was begun."""
    shoes = [one for one in _list(gear) if _is_table(one) and _is_shoe(one)]
    named = {str(one.get("gearPk")): (_name(one), one.get("dateBegin")) for one in shoes}
    count = Counter(name.casefold() for name, _ in named.values() if name)
    return {
        key: f"{name}, from {begun[:10]}"
        if count[name.casefold()] > 1 and isinstance(begun, str) and begun
        else name
        for key, (name, begun) in named.items()
        if name
    }


def _is_shoe(gear: Mapping[str, Any]) -> bool:
    """True unless it is said to be something else, such as a bicycle."""
    kind = gear.get("gearTypeName")
    return kind is None or (isinstance(kind, str) and kind.strip().lower() == "shoes")


def _name(gear: Mapping[str, Any]) -> str | None:
    texts = (gear.get("displayName"), gear.get("customMakeModel"))
    names = (one.strip()[:LONGEST_NAME] for one in texts if isinstance(one, str))
    return next((one for one in names if one), None)


def _links(told: object) -> Iterator[tuple[int, str]]:
    """Each activity's id with the key of a piece of gear."""
    for key, uses in told.items() if isinstance(told, Mapping) else ():
        for use in _list(uses):
            activity = listed_id(use.get("activityId")) if _is_table(use) else None
            if activity is not None:
                yield activity, key


def listed_id(told: object) -> int | None:
    """An activity's id in the export; None for what is none."""
    if isinstance(told, bool) or not isinstance(told, int):
        return None
    return told if 0 < told <= MOST_ID else None


def _list(told: object) -> Sequence[Any]:
    return told if isinstance(told, list) else ()


def _is_table(told: object) -> bool:
    return isinstance(told, Mapping)
