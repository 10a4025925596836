"""`tightlog diary`: what was logged, corrected or withdrawn."""

import argparse
from dataclasses import asdict
from typing import Any

from tightlog.answers.actions import entries
from tightlog.cli.command_line import add_json, number
from tightlog.cli.logged import print_logged
from tightlog.cli.printing import print_json, print_paragraph
from tightlog.domain.intervention_catalogue import find
from tightlog.domain.known_days import last_day
from tightlog.domain.red_flags import in_words, red_flag
from tightlog.errors import DiaryError
from tightlog.home.settings import Home, home_folder, settings_of
from tightlog.journal.entry import CLEAR, DID, FLAG, RATE, Entry
from tightlog.journal.journal import read_journal
from tightlog.journal.moment import MOMENTS
from tightlog.journal.words import journal_words

EXAMPLES = (
    ("tightlog diary", "every entry that counts, with its id"),
    ("tightlog diary correct r5f1c09ab --score 4", "change a score"),
    ("tightlog diary withdraw r5f1c09ab", "take an entry back"),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    add_json(parser)
    parser.add_argument("action", nargs="?", choices=("correct", "withdraw"))
    parser.add_argument("entry", nargs="?", metavar="ENTRY")
    parser.add_argument("--score", type=number)
    parser.add_argument("--sharp", action=argparse.BooleanOptionalAction, default=None)
    parser.add_argument(
        "--red-flag",
        action="append",
        default=[],
        metavar="NAME",
        help="the warning signs that are right, or none; may be repeated",
    )
    parser.add_argument("--at", metavar="WHEN")
    parser.add_argument("--moment", choices=MOMENTS)
    parser.add_argument("--note")
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--rpe", type=float)


def run(given: argparse.Namespace) -> int:
    """Exit code 0 after the entries were listed, or one was corrected or withdrawn."""
    home = home_folder(given.home)
    if given.action is None:
        return _listed(home, given.json)
    if given.entry is None:
        raise DiaryError(
            f"which entry? `tightlog diary` lists them, then `tightlog diary {given.action} ENTRY`"
        )
    if given.action == "withdraw":
        logged = entries.withdraw(home, given.entry)
        facts: dict[str, Any] = {"withdrawn": given.entry}
        what = "a withdrawal"
    else:
        changes = _changes(given, home)
        logged = entries.correct(home, given.entry, changes)
        facts = {"corrected": given.entry, "changes": changes}
        what = "a correction"
    return print_logged(home, logged, what, facts if given.json else None, given.entry)


def _changes(given: argparse.Namespace, home: Home) -> dict[str, Any]:
    said = {name: getattr(given, name) for name in ("score", "moment", "note", "minutes", "rpe")}
    changes: dict[str, Any] = {name: value for name, value in said.items() if value is not None}
    if given.sharp is not None:
        changes["is_sharp"] = given.sharp
    if given.red_flag:
        changes["red_flags"] = [red_flag(name).name for name in given.red_flag if name != "none"]
    if given.at:
        when = entries.moment(home, given.at)
        changes |= {"day": when.day.isoformat(), "at": when.at.isoformat() if when.at else None}
    if not changes:
        raise DiaryError("name what to correct, e.g. --score 4 or --at 2026-05-31")
    return changes


def _listed(home: Home, as_json: bool) -> int:
    journal = read_journal(home.journal, last_day(settings_of(home).zone))
    if as_json:
        print_json(
            {
                "entries": [entry.as_json() for entry in journal.entries],
                "broken_lines": journal.broken_lines,
                "unreadable": [asdict(line) for line in journal.unreadable],
                "copies": list(journal.copies),
                "newer_lines": journal.newer_lines,
            }
        )
        return 0
    for entry in sorted(
        (*journal.entries, *journal.clearances), key=lambda one: (one.day, one.logged_at)
    ):
        print_paragraph(_line(entry))
    if not journal.entries:
        print_paragraph("Nothing was logged yet. `tightlog rate 3` logs a score.")
    for words in journal_words(journal):
        print_paragraph(f"{words}.")
    return 0


def _line(entry: Entry) -> str:
    """One entry: day, id, what it is, and everything that helps to recognise it."""
    if entry.kind == RATE:
        what = f"tightness {entry.score:g}"
    elif entry.kind == DID:
        what = find(entry.intervention or "").title
    else:
        what = {FLAG: "warning sign", CLEAR: "red flag cleared"}[entry.kind]
    signs = [in_words(name) for name in entry.red_flags]
    extras = [entry.moment] if entry.moment else []
    extras += ["SHARP"] if entry.is_sharp else []
    extras += [f"RED FLAG: {', '.join(signs)}"] if signs else []
    extras += [f"{entry.minutes:g} min"] if entry.minutes else []
    extras += [f"effort {entry.rpe:g}"] if entry.rpe is not None else []
    return "  ".join(
        [entry.day.isoformat(), entry.entry_id, what, *extras, entry.note or ""]
    ).rstrip()
