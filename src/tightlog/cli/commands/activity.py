"""The command that corrects one activity: what it was, or that it does not count."""

import argparse
from typing import Any

from tightlog.cli.printing import print_frame, print_json, print_paragraph
from tightlog.errors import DiaryError
from tightlog.home.settings import Home, home_folder
from tightlog.journal.entry import ACTIVITY_FIELDS
from tightlog.journal.values import storable
from tightlog.journal.writing import correct_activity
from tightlog.readers.sport_words import sport_of
from tightlog.warehouse import store


def activity_command(given: argparse.Namespace) -> int:
    """`activity ID …`: shows the activity, or writes the correction into the journal; the next
    refresh applies it.
    """
    home = home_folder(given.home)
    version = store.published_version(home)
    found = store.answer(version, "activities_named", [given.activity])
    if found.height != 1:
        how_many = f"{found.height} activities have" if found.height else "no activity has"
        raise DiaryError(
            f"{how_many} an id that starts with {given.activity!r}; "
            '`tightlog sql "select activity_id, day, sport, distance_m from activity order by '
            'day desc"` lists them'
        )
    changes = _changes(given)
    if not changes:
        print_frame(found, "json" if given.json else "table")
        return 0
    return _corrected(home, str(found["activity_id"][0]), changes, given.json)


def _changes(given: argparse.Namespace) -> dict[str, Any]:
    if given.restore:
        return dict.fromkeys(sorted(ACTIVITY_FIELDS))
    texts = {
        name: storable(getattr(given, name))
        for name in ("shoe", "name")
        if getattr(given, name) is not None
    }
    changes: dict[str, Any] = texts | ({} if given.rpe is None else {"rpe": given.rpe})
    if given.sport is not None:
        sport = sport_of(given.sport)
        if sport is None:
            raise DiaryError(
                f"{given.sport!r} is no sport tightlog knows; say for example running, trail "
                "running, treadmill, cycling, swimming, "
                "walking, hiking, strength training, yoga"
            )
        changes |= {"sport": sport[0], "sub_sport": sport[1]}
    return changes | ({"is_ignored": True} if given.ignore else {})


def _corrected(home: Home, activity_id: str, changes: dict[str, Any], as_json: bool) -> int:
    entry = correct_activity(home.journal, activity_id, changes)
    if as_json:
        print_json({"entries": [entry], "activity_id": activity_id, "changes": changes})
    else:
        print_paragraph(f"Noted for {activity_id} (entry {entry}). `tightlog refresh` applies it.")
    return 0
