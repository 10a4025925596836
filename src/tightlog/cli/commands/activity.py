"""`tightlog activity`: shows one activity, corrects it, or leaves it out."""

import argparse
from typing import Any

from tightlog.answers.actions.activities import RESTORED, correct_activity, sport_changes
from tightlog.cli.command_line import add_json
from tightlog.cli.printing import print_frame, print_json, print_paragraph
from tightlog.errors import DiaryError
from tightlog.home.settings import Home, home_folder
from tightlog.journal.values import storable
from tightlog.warehouse import store

EXAMPLES = (
    ("tightlog activity 3f2a", "show one, by the start of its id"),
    ("tightlog activity 3f2a --sport treadmill --shoe 'blue pair'", "correct what it was"),
    ("tightlog activity 3f2a --ignore", "it was the car: never count it"),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    add_json(parser)
    parser.add_argument("activity", metavar="ACTIVITY", help="its activity_id, or the start of it")
    parser.add_argument(
        "--sport", metavar="SPORT", help="e.g. running, trail running, treadmill, cycling, walking"
    )
    parser.add_argument("--shoe")
    parser.add_argument("--name")
    parser.add_argument("--rpe", type=float, help="how hard it was, 0–10")
    parser.add_argument(
        "--ignore", action="store_true", help="do not count it, whichever file it comes from"
    )
    parser.add_argument(
        "--confirm", action="store_true", help="its date, length and speed are right: count it"
    )
    parser.add_argument("--restore", action="store_true", help="drop all its corrections")


def run(given: argparse.Namespace) -> int:
    """Exit code 0 after the activity was shown, or its correction is on disk."""
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
        return dict(RESTORED)
    texts = {
        name: storable(getattr(given, name))
        for name in ("shoe", "name")
        if getattr(given, name) is not None
    }
    changes: dict[str, Any] = texts | ({} if given.rpe is None else {"rpe": given.rpe})
    if given.sport is not None:
        changes |= sport_changes(given.sport)
    if given.confirm:
        changes["is_confirmed"] = True
    return changes | ({"is_ignored": True} if given.ignore else {})


def _corrected(home: Home, activity_id: str, changes: dict[str, Any], as_json: bool) -> int:
    entry = correct_activity(home, activity_id, changes)
    if as_json:
        print_json({"entries": [entry], "activity_id": activity_id, "changes": changes})
    else:
        print_paragraph(f"Saved for {activity_id} (entry {entry}). `tightlog refresh` applies it.")
    return 0
