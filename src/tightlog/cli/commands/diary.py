"""The commands of the diary: rate, did, diary."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tightlog.cli.printing import print_json, print_paragraph
from tightlog.domain.intervention_catalogue import find
from tightlog.domain.known_days import last_day
from tightlog.domain.red_flags import in_words, red_flag
from tightlog.errors import DiaryError
from tightlog.home.settings import Home, home_folder, settings_of
from tightlog.journal.entry import CLEAR, DID, FLAG, RATE, Entry
from tightlog.journal.journal import read_journal, standing_red_flag
from tightlog.journal.moment import Moment, moment_of
from tightlog.journal.values import storable
from tightlog.journal.words import journal_words
from tightlog.journal.writing import clear_red_flag, correct, did, raise_red_flag, rate, withdraw
from tightlog.words.dates import date_words


def rate_command(given: argparse.Namespace) -> int:
    """`rate SCORE`, a warning sign with or without a score, or `rate --clear-red-flag`; a
    standing red flag is said at once.
    """
    home = home_folder(given.home)
    when = moment_of(given.at, settings_of(home).zone)
    flags, is_sharp = (
        [red_flag(name).name for name in given.red_flag],
        True if given.sharp else None,
    )
    if given.clear_red_flag:
        if given.score is not None or flags or is_sharp:
            raise DiaryError(
                "clear a red flag by itself, without a score or a new warning sign, so that "
                "neither is lost"
            )
        return _cleared(home, when, given.json)
    if given.score is not None:
        entry = rate(
            home.journal,
            given.score,
            when,
            part_of_day=given.moment,
            is_sharp=is_sharp,
            red_flags=flags,
            note=_note(given),
        )
        return _answer(
            home,
            given.json,
            {"entries": [entry]},
            f"tightness {given.score:g} on {date_words(when.day)}",
            entry,
        )
    if flags or is_sharp:
        entry = raise_red_flag(home.journal, when, is_sharp=is_sharp, red_flags=flags)
        return _answer(
            home,
            given.json,
            {"entries": [entry]},
            f"a warning sign on {date_words(when.day)}",
            entry,
        )
    raise DiaryError(
        "give a score from 0 to 10, e.g. `tightlog rate 3`, a warning sign, or --clear-red-flag"
    )


def _cleared(home: Home, when: Moment, as_json: bool) -> int:
    if standing_red_flag(home.journal) is None:
        raise DiaryError("no red flag of the diary stands; there is nothing to clear")
    entry = clear_red_flag(home.journal, when)
    # A line nobody can date may raise a flag that no clearance reaches.
    left = standing_red_flag(home.journal)
    if as_json:
        print_json({"entries": [entry], "red_flag": left.evidence if left else None})
    elif left:
        print_paragraph(
            f"Noted (entry {entry}), but {left.evidence} still stands: it comes from a line "
            "that cannot be read. "
            "`tightlog diary` says which; correct or delete it."
        )
    else:
        print_paragraph(
            f"The red flag is cleared (entry {entry}). `tightlog refresh` chooses the advice anew."
        )
    return 0


def did_command(given: argparse.Namespace) -> int:
    """`did INTERVENTION`: one intervention done."""
    home = home_folder(given.home)
    intervention = find(" ".join(given.intervention))
    when = moment_of(given.at, settings_of(home).zone)
    entry = did(home.journal, intervention.intervention, when, minutes=given.minutes, rpe=given.rpe)
    return _answer(
        home,
        given.json,
        {"entries": [entry], "intervention": intervention.intervention},
        f"{intervention.title} on {date_words(when.day)}",
        entry,
    )


def diary_command(given: argparse.Namespace) -> int:
    """`diary`, `diary correct ENTRY …`, `diary withdraw ENTRY`."""
    home = home_folder(given.home)
    if given.action is None:
        return _listed(home, given.json)
    if given.entry is None:
        raise DiaryError(
            f"which entry? `tightlog diary` lists them, then `tightlog diary {given.action} ENTRY`"
        )
    if given.action == "withdraw":
        withdraw(home.journal, given.entry)
        return _answer(home, given.json, {"withdrawn": given.entry}, "a withdrawal", given.entry)
    changes = _changes(given, home)
    correct(home.journal, given.entry, changes)
    return _answer(
        home,
        given.json,
        {"corrected": given.entry, "changes": changes},
        "a correction",
        given.entry,
    )


def _changes(given: argparse.Namespace, home: Home) -> dict[str, Any]:
    said = {name: getattr(given, name) for name in ("score", "moment", "minutes", "rpe")} | {
        "note": _note(given)
    }
    changes = {name: value for name, value in said.items() if value is not None}
    if given.sharp is not None:
        changes["is_sharp"] = given.sharp
    if given.red_flag:
        changes["red_flags"] = [red_flag(name).name for name in given.red_flag if name != "none"]
    if given.at:
        when = moment_of(given.at, settings_of(home).zone)
        changes |= {"day": when.day.isoformat(), "at": when.at.isoformat() if when.at else None}
    if not changes:
        raise DiaryError("say what to correct, e.g. --score 4 or --at 2026-05-31")
    return changes


def _note(given: argparse.Namespace) -> str | None:
    """The note, with what is no text in it (an argument that is not UTF-8) made visible."""
    return None if given.note is None else storable(given.note)


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
    """One entry: day, id, what it is, and whatever could matter when it is to be withdrawn."""
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


def _answer(home: Home, as_json: bool, facts: dict[str, Any], what: str, entry: str) -> int:
    """Prints what was logged and where, and a standing red flag before anything else is thought
    of.
    """
    flag = standing_red_flag(home.journal)
    if as_json:
        print_json(facts | {"red_flag": flag.evidence if flag else None})
        return 0
    place = "" if home.folder == Path.cwd() else f" in {home.folder}"
    print_paragraph(f"Logged{place}: {what} (entry {entry}). It counts from the next refresh.")
    if flag:
        from tightlog.advice.choose import (
            red_flag_advice,
        )  # the patterns behind it are needed on this path alone

        stop = red_flag_advice(flag.names, flag.evidence)
        for text in (
            "",
            stop.your_data,
            stop.article_says,
            stop.what_is_known,
            "To clear it: tightlog rate --clear-red-flag",
        ):
            print_paragraph(text, style="bold")
    return 0
