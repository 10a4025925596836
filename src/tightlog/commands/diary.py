"""The commands of the diary: rate, did, diary."""

import argparse
from typing import Any

from tightlog.advice.interventions import find
from tightlog.commands.printing import print_json, print_paragraph
from tightlog.diary import clear_red_flag, correct, did, moment_of, rate, read_journal, standing_red_flag, withdraw
from tightlog.errors import DiaryError
from tightlog.patterns.red_flags import red_flag
from tightlog.settings import Home, home_folder, settings_of


def rate_command(given: argparse.Namespace) -> int:
    """`rate SCORE` or `rate --clear-red-flag`; a standing red flag is said at once."""
    home = home_folder(given.home)
    when = moment_of(given.at, settings_of(home).zone)
    if given.score is None and not given.clear_red_flag:
        raise DiaryError("give a score from 0 to 10, e.g. `tightlog rate 3`, or --clear-red-flag")
    entries = []
    if given.clear_red_flag:
        entries.append(clear_red_flag(home.journal, when))
    if given.score is not None:
        flags = [red_flag(name).name for name in given.red_flag]
        entries.append(rate(home.journal, given.score, when, part_of_day=given.moment, is_sharp=True if given.sharp else None,
                            red_flags=flags, note=given.note))
    said = "Red flag cleared." if given.score is None else f"Logged: tightness {given.score:g} on {when.day:%A %d %B %Y}."
    return _answer(home, given.json, {"entries": entries}, f"{said} (entry {', '.join(entries)})")


def did_command(given: argparse.Namespace) -> int:
    """`did INTERVENTION`: one intervention done."""
    home = home_folder(given.home)
    intervention = find(" ".join(given.intervention))
    when = moment_of(given.at, settings_of(home).zone)
    entry = did(home.journal, intervention.intervention, when, minutes=given.minutes, rpe=given.rpe)
    return _answer(home, given.json, {"entries": [entry], "intervention": intervention.intervention},
                   f"Logged: {intervention.title} on {when.day:%A %d %B %Y}. (entry {entry})")


def diary_command(given: argparse.Namespace) -> int:
    """`diary`, `diary correct ENTRY …`, `diary withdraw ENTRY`."""
    home = home_folder(given.home)
    if given.action is None:
        return _listed(home, given.json)
    if given.entry is None:
        raise DiaryError(f"which entry? `tightlog diary` lists them, then `tightlog diary {given.action} ENTRY`")
    if given.action == "withdraw":
        withdraw(home.journal, given.entry)
        return _answer(home, given.json, {"withdrawn": given.entry}, f"Entry {given.entry} no longer counts.")
    changes = _changes(given, home)
    correct(home.journal, given.entry, changes)
    return _answer(home, given.json, {"corrected": given.entry, "changes": changes}, f"Entry {given.entry} is corrected.")


def _changes(given: argparse.Namespace, home: Home) -> dict[str, Any]:
    changes = {name: getattr(given, name) for name in ("score", "moment", "note", "minutes", "rpe") if getattr(given, name) is not None}
    if given.at:
        when = moment_of(given.at, settings_of(home).zone)
        changes |= {"day": when.day.isoformat(), "at": when.at.isoformat() if when.at else None}
    if not changes:
        raise DiaryError("say what to correct, e.g. --score 4 or --at 2026-05-31")
    return changes


def _listed(home: Home, as_json: bool) -> int:
    journal = read_journal(home.journal)
    if as_json:
        print_json({"entries": [dict(entry) for entry in journal.entries], "broken_lines": journal.broken_lines})
        return 0
    for entry in sorted(journal.entries, key=lambda one: (one["day"], one["logged_at"])):
        what = f"tightness {entry['score']:g}" if entry["kind"] == "rate" else find(entry["intervention"]).title
        extras = [f"{entry[name]}{unit}" for name, unit in (("moment", ""), ("minutes", " min"), ("note", "")) if entry.get(name)]
        print_paragraph("  ".join([entry["day"], entry["entry_id"], what, *extras]))
    if not journal.entries:
        print_paragraph("Nothing was logged yet. `tightlog rate 3` logs a score.")
    if journal.broken_lines:
        print_paragraph(f"{journal.broken_lines} line(s) of {home.journal} cannot be read and are left out.")
    return 0


def _answer(home: Home, as_json: bool, facts: dict[str, Any], sentence: str) -> int:
    """Prints what was logged, and a standing red flag before anything else is thought of."""
    flag = standing_red_flag(home.journal)
    if as_json:
        print_json(facts | {"red_flag": flag.evidence if flag else None})
        return 0
    print_paragraph(sentence)
    if flag:
        from tightlog.advice.choose import red_flag_advice  # the patterns behind it are needed on this path alone

        stop = red_flag_advice(flag.evidence)
        for text in ("", stop.your_data, stop.article_says, stop.what_is_known, "To clear it: tightlog rate --clear-red-flag"):
            print_paragraph(text, style="bold")
    return 0
