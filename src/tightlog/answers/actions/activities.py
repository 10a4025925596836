"""Corrections of an activity: what it was, or that it does not count."""

from collections.abc import Mapping
from typing import Any

from tightlog.answers.missing_disk import refuse_hidden_entry
from tightlog.errors import DiaryError
from tightlog.home.settings import Home
from tightlog.journal import writing
from tightlog.journal.entry import ACTIVITY_FIELDS
from tightlog.readers.sport_words import sport_of

# Every field goes back to what the files say.
RESTORED: Mapping[str, Any] = dict.fromkeys(sorted(ACTIVITY_FIELDS))


def correct_activity(home: Home, activity_id: str, changes: Mapping[str, Any]) -> str:
    """Entry id of the correction; the next refresh applies it. A field set to None goes back to
    what the files say. Raises DiaryUnwritten.
    """
    refuse_hidden_entry(home)
    return writing.correct_activity(home.journal, activity_id, changes)


def sport_changes(text: str) -> dict[str, str]:
    """The fields a sport in the runner's words sets, e.g. `trail running`. Raises DiaryError."""
    sport = sport_of(text)
    if sport is None:
        raise DiaryError(
            f"{text!r} is no sport tightlog knows; try running, trail running, treadmill, "
            "cycling, swimming, walking, hiking, strength training or yoga"
        )
    return {"sport": sport[0], "sub_sport": sport[1]}
