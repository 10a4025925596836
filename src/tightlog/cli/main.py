"""`tightlog COMMAND`: exit code 0 done, 1 failed (the reason is on stderr), 2 wrong usage."""

import argparse
import errno
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from tightlog.cli.command_line import parser
from tightlog.cli.commands import command
from tightlog.cli.terminal import for_people
from tightlog.domain.red_flags import who_to_see
from tightlog.errors import RAISE_LIMIT, DiaryUnwritten, OutputUnwritten, TightlogError
from tightlog.home.collecting import collect_rarely
from tightlog.language.catalogue import phrase
from tightlog.language.choice import ENGLISH, choose, spoken
from tightlog.words.measures import METRIC, Measures, written_in

REFRESHING = frozenset({"refresh", "ingest", "rebuild"})


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code of one command."""
    collect_rarely()
    # numpy starts a thread a core for linear algebra, which waits busily for work: a twentieth of a
    # short command. The statistics use one alone (findings/one_thread).
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    codes = [0]  # also when the reader of the output has gone (`| head`): there is nobody to tell
    # The language chosen for the command holds for why it failed as well.
    with for_people(), spoken(ENGLISH):
        codes.append(_exit_code(arguments))
    return codes[-1]


def run(given: argparse.Namespace) -> int:
    """Exit code of the command given, which writes measures and sentences as the runner of its home
    reads them; what a program reads stays in SI units and English.
    """
    measures, language = _chosen(given)
    choose(language)
    with written_in(measures):
        return command(given.command).run(given)


def _chosen(given: argparse.Namespace) -> tuple[Measures, str]:
    from tightlog.home.settings import named_home, settings_of

    is_for_program = given.command == "mcp" or getattr(given, "json", False)
    # The page of a report is for people, whatever the command prints.
    if is_for_program and given.command != "report":
        return METRIC, ENGLISH
    if given.command == "cohort" and (language := _of_cohort(given.folder)) is not None:
        return METRIC, language
    try:
        settings = settings_of(named_home(given.home))
    except (TightlogError, OSError):
        return METRIC, ENGLISH  # what is wrong with the home is for the command to say
    return settings.measures, settings.language


def _of_cohort(folder: str) -> str | None:
    """The language of the cohort in a folder; None before there is one."""
    from tightlog.cohort.cohort_file import language_in

    return language_in(Path(folder).expanduser())


def _speak_for_help(arguments: Sequence[str]) -> None:
    """Chooses the language where only help is printed: the parser is made before a command is
    known, and of any other the home is read once.
    """
    if arguments and not {"-h", "--help"} & set(arguments):
        return
    named = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    named.add_argument("--home", nargs="?")
    named.add_argument("--in", dest="folder", nargs="?")
    words = [one for one in arguments if one not in ("-h", "--help")]
    given, others = named.parse_known_args(words)
    command = "cohort" if "cohort" in others[:1] else None
    folder = given.folder or "."
    _, language = _chosen(argparse.Namespace(home=given.home, folder=folder, command=command))
    choose(language)


def _exit_code(arguments: Sequence[str] | None) -> int:
    # What libraries and child processes write (Prefect's history, logs) is for the owner as well.
    os.umask(0o077)
    typed = sys.argv[1:] if arguments is None else arguments
    if not REFRESHING.isdisjoint(typed):
        # Polars reads it when it is imported, as a command is. The frames of a home are small:
        # handing them between threads takes longer than what is asked of them.
        os.environ.setdefault("POLARS_MAX_THREADS", "1")
    _speak_for_help(typed)
    words = parser()
    given = words.parse_args(arguments)
    if given.command is None:
        words.print_help()
        return 0
    try:
        code = run(given)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        raise
    except (TightlogError, OSError, UnicodeError, KeyboardInterrupt) as problem:
        with suppress(OutputUnwritten):
            print(phrase("tightlog: {reason}", reason=_reason(problem)), file=sys.stderr)
        return 1


def _reason(problem: BaseException) -> str:
    """Why a command failed, for the runner."""
    if isinstance(problem, KeyboardInterrupt):
        return phrase("stopped; what was published before is unchanged")
    if isinstance(problem, OSError):
        place = f": {problem.filename}" if problem.filename else ""
        remedy = (
            phrase(RAISE_LIMIT)
            if problem.errno == errno.EFBIG
            else phrase("is the disk full, or is the folder not yours to write?")
        )
        return f"{problem.strerror or problem}{place}; {remedy}"
    if isinstance(problem, UnicodeError):
        detail = getattr(problem, "reason", problem)
        return phrase(
            "this is not UTF-8 text, or cannot be shown as such ({detail})", detail=detail
        )
    if isinstance(problem, DiaryUnwritten) and problem.red_flags:
        return phrase(
            "{problem}\nWhat you report counts all the same: {who_to_see}",
            problem=problem,
            who_to_see=who_to_see(problem.red_flags),
        )
    return str(problem)


if __name__ == "__main__":
    sys.exit(main())
