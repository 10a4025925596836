"""Corrections of activities: what they were, or that they do not count."""

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tightlog.answers.missing_disk import refuse_hidden_entry
from tightlog.errors import DiaryError
from tightlog.home.settings import Home
from tightlog.journal import writing
from tightlog.journal.entry import ACTIVITY_FIELDS
from tightlog.language.catalogue import message, phrase
from tightlog.readers.sport_words import sport_of
from tightlog.warehouse import store

# Every field goes back to what the files say.
RESTORED: Mapping[str, Any] = dict.fromkeys(sorted(ACTIVITY_FIELDS))
CONFIRMED: Mapping[str, Any] = {"is_confirmed": True}
# 2026, 2026-05 or 2026-05-31
DAYS = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True)
class Narrowing:
    """Which activities are meant: between two days, by a text in what recorded them, in a folder
    (or file) of data/raw; what is not given leaves nothing out.
    """

    first_day: date | None = None
    last_day: date | None = None
    device: str = ""
    folder: str = ""


def correct_activity(home: Home, activity_id: str, changes: Mapping[str, Any]) -> str:
    """Entry id of the correction; the next refresh applies it. A field set to None goes back to
    what the files say. Raises DiaryUnwritten.
    """
    refuse_hidden_entry(home)
    return writing.correct_activity(home.journal, activity_id, changes)


def confirm_activity(home: Home, activity_id: str) -> str:
    """Entry id of the runner's word that date, length, zone and speed of an activity are right.
    Raises DiaryUnwritten.
    """
    return correct_activity(home, activity_id, CONFIRMED)


def correct_activities(
    home: Home, activity_ids: Sequence[str], changes: Mapping[str, Any]
) -> list[str]:
    """Entry ids of the same correction of many: all of them are on disk, or none."""
    return writing.correct_activities(home.journal, activity_ids, changes)


def activities_meant(
    home: Home, narrowing: Narrowing, *, is_of_unknown_kind: bool = False
) -> list[str]:
    """Ids of the activities meant, the oldest first; with `is_of_unknown_kind` only of those whose
    kind nothing says.
    """
    bound = (narrowing.first_day, narrowing.last_day, narrowing.device, narrowing.folder)
    found = store.answer(
        store.published_version(home), "activities_narrowed", [is_of_unknown_kind, *bound]
    )
    return found["activity_id"].to_list()


def treat_unknown_as(home: Home, sport: str) -> int:
    """How many activities of unknown kind are now of this sport in the runner's words, from the
    next refresh on. Raises DiaryError.
    """
    found = activities_meant(home, Narrowing(), is_of_unknown_kind=True)
    if found:
        correct_activities(home, found, sport_changes(sport))
    return len(found)


def narrowing_of(texts: Sequence[str]) -> Narrowing:
    """The narrowing that all the texts together mean: a range of days (`2025-01-01..2025-06-30`,
    `2025-03`, `2026..`), `device=TEXT` or `folder=FOLDER`. Raises ValueError.
    """
    meant: dict[str, Any] = {}
    for text in texts:
        name, is_named, value = text.partition("=")
        if not is_named:
            first, is_range, last = text.partition("..")
            ends = (first, last if is_range else first)
            meant["first_day"], meant["last_day"] = (
                _day(end, is_last=is_last) if end.strip() else None
                for end, is_last in zip(ends, (False, True), strict=True)
            )
            if ends == ("", ""):
                raise ValueError(phrase(NOT_MEANT).format(text))
        elif name.strip() in ("device", "folder") and value.strip():
            meant[name.strip()] = value.strip()
        else:
            raise ValueError(phrase(NOT_MEANT).format(text))
    folder = meant.get("folder", "").strip("/").removeprefix("data/raw").strip("/")
    return Narrowing(**meant | {"folder": folder})


NOT_MEANT = message(
    "{!r} is no range of days (2025-01-01..2025-06-30, 2025-03 or 2026..), device=TEXT "
    "or folder=FOLDER"
)


def sport_changes(text: str) -> dict[str, str]:
    """The fields a sport in the runner's words sets, e.g. `trail running`. Raises DiaryError."""
    sport = sport_of(text)
    if sport is None:
        raise DiaryError(
            phrase(
                "{text!r} is no sport tightlog knows; try running, trail running, treadmill, "
                "cycling, swimming, walking, hiking, strength training or yoga",
                text=text,
            )
        )
    return {"sport": sport[0], "sub_sport": sport[1]}


def _day(text: str, *, is_last: bool) -> date:
    """The first or last day of a year, month or day. Raises ValueError."""
    found = DAYS.fullmatch(text.strip())
    if not found:
        raise ValueError(phrase(NOT_MEANT).format(text))
    year, month, day = int(found[1]), int(found[2] or (12 if is_last else 1)), found[3]
    try:
        return date(year, month, int(day or (monthrange(year, month)[1] if is_last else 1)))
    except ValueError:
        raise ValueError(f"there is no day {text.strip()}") from None
