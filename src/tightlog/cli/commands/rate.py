"""`tightlog rate`: one tightness score, a warning sign, or a red flag cleared."""

import argparse

from tightlog.answers.actions import entries
from tightlog.cli.command_line import add_json, number
from tightlog.cli.logged import print_logged
from tightlog.cli.printing import print_json, print_paragraph
from tightlog.domain.diary import EASES, MOMENTS, RADIATIONS, SIDES, Where
from tightlog.errors import DiaryError
from tightlog.home.settings import Home, home_folder
from tightlog.journal.moment import Moment
from tightlog.language.catalogue import message, phrase
from tightlog.words.dates import date_words

EXAMPLES = (
    ("tightlog rate 3", message("this morning's tightness")),
    (
        "tightlog rate 5 --at yesterday --side left --radiates thigh",
        message("one you forgot, and where"),
    ),
    (
        "tightlog rate 6 --red-flag night_pain",
        message("with a warning sign: it stops all other advice"),
    ),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    add_json(parser)
    parser.add_argument("score", nargs="?", type=number, metavar="SCORE")
    parser.add_argument(
        "--at",
        metavar="WHEN",
        help=phrase("2026-05-31, 2026-05-31T07:30, 07:30, today or yesterday (default: now)"),
    )
    parser.add_argument("--moment", choices=MOMENTS)
    parser.add_argument(
        "--sharp", action="store_true", help=phrase("the tightness is a sharp pain")
    )
    parser.add_argument(
        "--red-flag",
        action="append",
        default=[],
        metavar="NAME",
        help=phrase("a warning sign, e.g. saddle_numbness; may be repeated"),
    )
    parser.add_argument(
        "--eased",
        action="append",
        default=[],
        choices=EASES,
        help=phrase("what you had for it since the day before; may be repeated"),
    )
    _where_arguments(parser)
    parser.add_argument("--note")
    parser.add_argument(
        "--clear-red-flag",
        action="store_true",
        help=phrase("a professional has looked at the red flag: show advice again"),
    )


def _where_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--side", choices=SIDES, help=phrase("where it is"))
    parser.add_argument("--radiates", choices=RADIATIONS, help=phrase("how far down it runs"))
    parser.add_argument(
        "--woke",
        action=argparse.BooleanOptionalAction,
        default=None,
        help=phrase("it woke you in the night before"),
    )
    parser.add_argument(
        "--function",
        type=number,
        metavar="POINTS",
        help=phrase("how well you can do a thing of your own, 0 (not at all) to 10 (as before)"),
    )
    parser.add_argument(
        "--task",
        metavar="WORDS",
        help=phrase("with --function: what it is, kept for the next times"),
    )


def run(given: argparse.Namespace) -> int:
    """Exit code 0 after the entry is on disk; a red flag that stands is shown at once."""
    home = home_folder(given.home)
    when = entries.moment(home, given.at)
    is_sign = bool(given.red_flag or given.sharp)
    where = Where(given.side, given.radiates, given.woke)
    _refuse_alone(given, where)
    if given.function is not None:
        return _function(home, given, when)
    if given.clear_red_flag and (given.score is not None or is_sign):
        raise DiaryError(
            phrase(
                "clear a red flag by itself, without a score or a new warning sign, so that "
                "neither is lost"
            )
        )
    if given.clear_red_flag:
        return _cleared(home, when, given.json)
    if given.score is None and not is_sign:
        raise DiaryError(
            phrase(
                "give a score from 0 to 10, e.g. `tightlog rate 3`, a warning sign, or "
                "--clear-red-flag"
            )
        )
    logged = _logged(home, given, when, where)
    what = (
        phrase("a warning sign")
        if given.score is None
        else phrase("tightness {score:g}", score=given.score)
    )
    facts = {"entries": [logged.entry_id]} if given.json else None
    return print_logged(
        home, logged, phrase("{what} on {day}", what=what, day=date_words(when.day)), facts
    )


def _refuse_alone(given: argparse.Namespace, where: Where) -> None:
    """Raises DiaryError for what belongs to a score or an answer that is not there."""
    if given.score is None and where.said:
        raise DiaryError(
            phrase("--side, --radiates and --woke go with a score, e.g. `tightlog rate 3`")
        )
    if given.task and given.function is None:
        raise DiaryError(phrase("--task goes with --function, e.g. `tightlog rate --function 7`"))
    others = (given.score is not None, given.red_flag, given.sharp, given.clear_red_flag)
    if given.function is not None and any(others):
        raise DiaryError(
            phrase("log --function by itself; a score and a warning sign are entries too")
        )


def _function(home: Home, given: argparse.Namespace, when: Moment) -> int:
    logged = entries.give_function(home, given.function, when, given.task)
    facts = {"entries": [logged.entry_id]} if given.json else None
    return print_logged(
        home,
        logged,
        phrase(
            "function {function:g} of 10 on {day}",
            function=given.function,
            day=date_words(when.day),
        ),
        facts,
    )


def _logged(home: Home, given: argparse.Namespace, when: Moment, where: Where) -> entries.Logged:
    is_sharp = True if given.sharp else None
    if given.score is None:
        return entries.raise_red_flag(home, when, is_sharp=is_sharp, red_flags=given.red_flag)
    return entries.give_score(
        home,
        given.score,
        when,
        part_of_day=given.moment,
        is_sharp=is_sharp,
        red_flags=given.red_flag,
        note=given.note,
        eased=given.eased,
        where=where,
    )


def _cleared(home: Home, when: Moment, as_json: bool) -> int:
    if entries.standing(home) is None:
        raise DiaryError(phrase("no red flag is set in the diary; there is nothing to clear"))
    # A line nobody can date may raise a flag that no clearance reaches.
    cleared = entries.clear_red_flag(home, when)
    left = cleared.red_flag
    if as_json:
        print_json({"entries": [cleared.entry_id], "red_flag": left.evidence if left else None})
    elif left:
        print_paragraph(
            phrase(
                "Saved (entry {entry_id}), but {evidence} still stands: it comes from a line "
                "that cannot be read. `tightlog diary` shows which; correct or delete it.",
                entry_id=cleared.entry_id,
                evidence=left.evidence,
            )
        )
    else:
        print_paragraph(
            phrase(
                "The red flag is cleared (entry {entry_id}). `tightlog refresh` updates the "
                "advice.",
                entry_id=cleared.entry_id,
            )
        )
    return 0
