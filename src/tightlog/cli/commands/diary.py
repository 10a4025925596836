"""`tightlog diary`: what was logged, corrected or withdrawn."""

import argparse
from dataclasses import asdict
from typing import Any

from tightlog.answers.logged import DONE, SCORE, Line, declined_words, lines
from tightlog.cli.command_line import add_json, number
from tightlog.cli.logged import print_logged
from tightlog.cli.printing import print_json, print_paragraph
from tightlog.domain.clocks import last_day
from tightlog.domain.diary import EASES, MOMENTS, RADIATIONS, SIDES, UNKNOWN, is_of_file
from tightlog.domain.interventions.catalogue import find
from tightlog.domain.red_flags import in_words, red_flag
from tightlog.errors import DiaryError, WarehouseError
from tightlog.home.settings import Home, home_folder, settings_of
from tightlog.journal.entry import (
    CLEAR,
    DECLINE,
    DID,
    FLAG,
    FUNCTION,
    QUESTION,
    RATE,
    Entry,
)
from tightlog.journal.journal import Journal, read_journal
from tightlog.journal.words import journal_words
from tightlog.language.catalogue import message, phrase
from tightlog.warehouse import store
from tightlog.words.numbers import first_lower
from tightlog.words.scores import EASE_WORDS, MOMENT_WORDS, where_words

FILE_ENTRY_FACTS = (
    "entry_id",
    "kind",
    "score",
    "moment",
    "is_sharp",
    "note",
    "intervention",
    "minutes",
    "rpe",
    "side",
    "radiation",
    "is_woken",
    "source",
    "place",
    "raw_value",
)
CORRECTED_AS_GIVEN = (
    "score",
    "moment",
    "note",
    "minutes",
    "rpe",
    "side",
    "radiation",
    "function",
    "task",
)
EXAMPLES = (
    ("tightlog diary", message("every entry that counts, with its id")),
    ("tightlog diary correct r5f1c09ab --score 4", message("change a score")),
    (
        "tightlog diary answer back.csv --moment morning",
        message("when the scores of a table were given"),
    ),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    add_json(parser)
    parser.add_argument("action", nargs="?", choices=("correct", "withdraw", "answer"))
    parser.add_argument(
        "entry", nargs="?", metavar="ENTRY", help=phrase("the id of an entry; for answer, a table")
    )
    parser.add_argument("--score", type=number)
    parser.add_argument("--sharp", action=argparse.BooleanOptionalAction, default=None)
    parser.add_argument(
        "--red-flag",
        action="append",
        default=[],
        metavar="NAME",
        help=phrase("the correct warning sign, or none; may be repeated"),
    )
    parser.add_argument("--at", metavar="WHEN")
    parser.add_argument("--moment", choices=(*MOMENTS, UNKNOWN))
    parser.add_argument(
        "--words", metavar="TEXT", help=phrase("for answer: what this text of the table means")
    )
    parser.add_argument(
        "--eased",
        action="append",
        default=[],
        choices=(*EASES, "none"),
        help=phrase("what you had for it since the day before, or none; may be repeated"),
    )
    parser.add_argument("--side", choices=SIDES)
    parser.add_argument("--radiates", dest="radiation", choices=RADIATIONS)
    parser.add_argument("--woke", action=argparse.BooleanOptionalAction, default=None)
    parser.add_argument("--function", type=number)
    parser.add_argument("--task")
    parser.add_argument("--note")
    parser.add_argument("--minutes", type=number)
    parser.add_argument("--rpe", type=number)


def run(given: argparse.Namespace) -> int:
    """Exit code 0 after the entries were listed, or one was corrected or withdrawn."""
    home = home_folder(given.home)
    if given.action is None:
        return _listed(home, given.json)
    return _changed(home, given)


def _changed(home: Home, given: argparse.Namespace) -> int:
    # Imported where something is changed: the list of entries does not wait for it.
    from tightlog.answers.actions import entries

    if given.entry is None:
        raise DiaryError(
            phrase(
                "which entry? `tightlog diary` lists them, then `tightlog diary {action} ENTRY`",
                action=given.action,
            )
        )
    if given.action == "answer":
        return _answered(home, given.entry, given.moment, given.words, given.json)
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


def _answered(home: Home, name: str, moment: str | None, words: str | None, as_json: bool) -> int:
    from tightlog.answers.actions import files

    if moment is None:
        raise DiaryError(
            phrase(
                "when? give --moment with {moments} or {unknown}",
                moments=", ".join(MOMENTS),
                unknown=UNKNOWN,
            )
        )
    table = files.score_file_named(home, name)
    files.answer_when_given(home, table.place, moment, words)
    which = (
        phrase("that do not say it themselves")
        if words is None
        else phrase("that say {words!r}", words=words)
    )
    if as_json:
        print_json({"file": table.place, "moment": moment} | ({"words": words} if words else {}))
    else:
        print_paragraph(
            phrase(
                "Saved in tightlog.toml: the scores of {place} {which} count as given: "
                "{moment_words}. `tightlog refresh` reads the table again.",
                place=table.place,
                which=which,
                moment_words=MOMENT_WORDS[moment],
            )
        )
    return 0


def _changes(given: argparse.Namespace, home: Home) -> dict[str, Any]:
    from tightlog.answers.actions import entries

    said = {name: getattr(given, name) for name in CORRECTED_AS_GIVEN}
    changes: dict[str, Any] = {name: value for name, value in said.items() if value is not None}
    if given.sharp is not None:
        changes["is_sharp"] = given.sharp
    if given.woke is not None:
        changes["is_woken"] = given.woke
    if given.red_flag:
        changes["red_flags"] = [red_flag(name).name for name in given.red_flag if name != "none"]
    if given.eased:
        changes["eased"] = [name for name in given.eased if name != "none"]
    if given.at:
        when = entries.moment(home, given.at)
        changes |= {"day": when.day.isoformat(), "at": when.at.isoformat() if when.at else None}
    if not changes:
        raise DiaryError(phrase("name what to correct, e.g. --score 4 or --at 2026-05-31"))
    return changes


def _listed(home: Home, as_json: bool) -> int:
    journal = read_journal(home.journal, last_day(settings_of(home).zone))
    of_files = [line for line in _lines(home, journal) if is_of_file(line.entry_id)]
    if as_json:
        print_json(
            {
                "entries": [entry.as_json() for entry in journal.entries],
                "file_entries": [_file_entry(line) for line in of_files],
                "broken_lines": journal.broken_lines,
                "unreadable": [asdict(line) for line in journal.unreadable],
                "copies": list(journal.copies),
                "newer_lines": journal.newer_lines,
            }
        )
        return 0
    own = sorted((*journal.entries, *journal.clearances), key=lambda one: (one.day, one.logged_at))
    shown = [(line.day, _line(line)) for line in reversed(of_files)]
    shown += [(entry.day, _line(entry)) for entry in own]
    for _, words in sorted(shown, key=lambda one: one[0]):
        print_paragraph(words)
    if not shown:
        print_paragraph(phrase("Nothing was logged yet. `tightlog rate 3` logs a score."))
    for words in journal_words(journal):
        print_paragraph(f"{words}.")
    return 0


def _lines(home: Home, journal: Journal) -> list[Line]:
    """Entries of files as the last refresh read them; none before one, because the journal is shown
    whatever the warehouse is like.
    """
    try:
        with store.published(home) as version:
            rows = store.answer(version, "logged_entries", [None, None])
    except WarehouseError:
        return []
    return lines(journal, rows)


def _file_entry(line: Line) -> dict[str, Any]:
    facts = asdict(line)
    return {name: facts[name] for name in FILE_ENTRY_FACTS} | {
        "day": line.day.isoformat(),
        "at": line.at.isoformat() if line.at else None,
        "red_flags": list(line.red_flags),
        "eased": list(line.eased),
    }


def _line(entry: Entry | Line) -> str:
    """One entry: day, id, what it is, and everything that helps to recognise it."""
    if entry.kind in (RATE, SCORE):
        what = phrase("tightness {score:g}", score=entry.score)
    elif entry.kind in (DID, DONE):
        what = find(entry.intervention or "").title
    elif entry.kind == FUNCTION:
        what = phrase("function {function:g} of 10", function=entry.function)
    elif entry.kind == DECLINE:
        what = declined_words(entry)
    else:
        what = {
            FLAG: phrase("warning sign"),
            CLEAR: phrase("red flag cleared"),
            QUESTION: phrase("question for the next visit"),
        }[entry.kind]
    signs = [in_words(name) for name in entry.red_flags]
    extras = [MOMENT_WORDS[entry.moment]] if entry.moment else []
    extras += ["SHARP"] if entry.is_sharp else []
    extras += [phrase("RED FLAG: {signs}", signs=", ".join(signs))] if signs else []
    extras += where_words(entry.side, entry.radiation, entry.is_woken)
    extras += [words for words in (entry.task, entry.question) if words]
    extras += [first_lower(EASE_WORDS[name]) for name in entry.eased]
    extras += [phrase("{minutes:g} min", minutes=entry.minutes)] if entry.minutes else []
    extras += [phrase("effort {rpe:g}", rpe=entry.rpe)] if entry.rpe is not None else []
    place = ""
    if isinstance(entry, Line):
        place = phrase(
            "(from {place}{part})",
            place=entry.place,
            part=phrase(", corrected") if entry.is_corrected else "",
        )
    parts = (entry.day.isoformat(), entry.entry_id, what, *extras, entry.note or "", place)
    return "  ".join(part for part in parts if part)
