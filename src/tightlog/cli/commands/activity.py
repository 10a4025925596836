"""`tightlog activity`: shows one activity, corrects it, or leaves it out; corrects many alike."""

import argparse
import sys
from typing import Any

from tightlog.answers.actions.activities import (
    CONFIRMED,
    RESTORED,
    activities_meant,
    correct_activities,
    correct_activity,
    narrowing_of,
    sport_changes,
)
from tightlog.cli.command_line import add_json
from tightlog.cli.printing import print_frame, print_json, print_paragraph
from tightlog.errors import DiaryError
from tightlog.home.settings import Home, home_folder
from tightlog.journal.values import storable
from tightlog.language.catalogue import message, phrase
from tightlog.warehouse import store
from tightlog.words.kinds import STATE_WORDS

WRONG_USAGE = 2
EXAMPLES = (
    (
        "tightlog activity 3f2a --sport treadmill --shoe 'blue pair'",
        message("correct what it was, by the start of its id; without more words, show it"),
    ),
    (
        "tightlog activity --all-of-unknown-kind --where 2024 --sport running",
        message("every activity of a year whose kind is unknown is a run"),
    ),
    (
        "tightlog activity 3f2a --confirm",
        message("its date, length and speed, which tightlog asks about, are right"),
    ),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    add_json(parser)
    parser.add_argument(
        "activity",
        metavar="ACTIVITY",
        nargs="?",
        help=phrase("its activity_id, or the start of it"),
    )
    parser.add_argument(
        "--all-of-unknown-kind",
        action="store_true",
        help=phrase("instead of one: all whose kind is unknown"),
    )
    parser.add_argument(
        "--where",
        metavar="WHAT",
        type=_where,
        action="append",
        default=[],
        help=phrase(
            "only those of a range of days (2025-01..2025-06), of a device (device=TEXT) or in "
            "a folder (folder=FOLDER); may be repeated"
        ),
    )
    parser.add_argument(
        "--sport",
        metavar="SPORT",
        help=phrase("e.g. running, trail running, treadmill, cycling, walking"),
    )
    parser.add_argument("--shoe")
    parser.add_argument("--name")
    parser.add_argument("--rpe", type=float, help=phrase("how hard it was, 0–10"))
    parser.add_argument(
        "--ignore",
        action="store_true",
        help=phrase("do not count it, whichever file it comes from"),
    )
    parser.add_argument(
        "--confirm",
        action="store_true",
        help=phrase("its date, length and speed are right: count it"),
    )
    parser.add_argument("--restore", action="store_true", help=phrase("drop all its corrections"))


def run(given: argparse.Namespace) -> int:
    """Exit code 0 after the activity was shown, or the corrections are on disk."""
    is_bulk = given.all_of_unknown_kind or bool(given.where)
    if is_bulk == (given.activity is not None):
        words = phrase("give the id of one activity, or --all-of-unknown-kind or --where instead")
        print(f"tightlog activity: {words}", file=sys.stderr)
        return WRONG_USAGE
    home = home_folder(given.home)
    if is_bulk:
        return _all_corrected(home, given)
    version = store.published_version(home)
    found = store.answer(version, "activities_named", [given.activity])
    if found.height != 1:
        how_many = (
            phrase("{height} activities have", height=found.height)
            if found.height
            else phrase("no activity has")
        )
        raise DiaryError(
            phrase(
                '{how_many} an id that starts with {activity!r}; `tightlog sql "select '
                'activity_id, day, sport, distance_m from activity order by day desc"` lists '
                "them",
                how_many=how_many,
                activity=given.activity,
            )
        )
    changes = _changes(given)
    if not changes:
        worded = found.with_columns(found["state"].replace_strict(STATE_WORDS))
        print_frame(*((found, "json") if given.json else (worded, "table")))
        return 0
    return _corrected(home, str(found["activity_id"][0]), changes, given.json)


def _all_corrected(home: Home, given: argparse.Namespace) -> int:
    changes, narrowing = _changes(given), narrowing_of(given.where)
    found = activities_meant(home, narrowing, is_of_unknown_kind=given.all_of_unknown_kind)
    entries = correct_activities(home, found, changes) if found and changes else []
    if given.json:
        print_json({"entries": entries, "activity_ids": found, "changes": changes})
    elif not changes or not found:
        print_paragraph(phrase("{many} meant, and nothing was changed.", many=_many(len(found))))
    else:
        print_paragraph(
            phrase("Saved for {many}. `tightlog refresh` applies it.", many=_many(len(found)))
        )
    return 0


def _where(text: str) -> str:
    """The text of a --where, once it is understood."""
    try:
        narrowing_of([text])
    except ValueError as problem:
        raise argparse.ArgumentTypeError(str(problem)) from problem
    return text


def _many(count: int) -> str:
    return phrase("1 activity") if count == 1 else phrase("{count:,} activities", count=count)


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
        changes |= CONFIRMED
    return changes | ({"is_ignored": True} if given.ignore else {})


def _corrected(home: Home, activity_id: str, changes: dict[str, Any], as_json: bool) -> int:
    entry = correct_activity(home, activity_id, changes)
    if as_json:
        print_json({"entries": [entry], "activity_id": activity_id, "changes": changes})
    else:
        print_paragraph(
            phrase(
                "Saved for {activity_id} (entry {entry}). `tightlog refresh` applies it.",
                activity_id=activity_id,
                entry=entry,
            )
        )
    return 0
