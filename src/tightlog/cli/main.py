"""The command line: `tightlog COMMAND`; exit 0 done, 1 failed (said why on stderr), 2 wrong
usage.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import TypeAlias

from tightlog import __version__
from tightlog.cli import command
from tightlog.cli.examples import examples_of
from tightlog.cli.terminal import for_people
from tightlog.domain.file_status import FileStatus
from tightlog.errors import TightlogError

FORMATS = ("table", "csv", "json")
SHELLS = ("bash", "zsh", "fish")
Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code of one command."""
    codes = [0]  # also when who read the output has gone (`| head`): nobody is left to tell
    with for_people():
        codes.append(_done(arguments))
    return codes[-1]


def _done(arguments: Sequence[str] | None) -> int:
    # Two cores solve our many small systems faster with one thread each; set before numpy is
    # imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # What libraries and child processes write (Prefect's history, logs) is for the owner as well.
    os.umask(0o077)
    parser = _parser()
    given = parser.parse_args(arguments)
    if given.command is None:
        parser.print_help()
        return 0
    try:
        code = command(given.command)(given)
        sys.stdout.flush()
        return code
    except TightlogError as problem:
        print(f"tightlog: {problem}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        raise
    except OSError as problem:
        place = f" {problem.filename}" if problem.filename else ""
        print(
            (
                f"tightlog: {problem.strerror or problem}:{place}; is the disk full, or the "
                "folder not yours to write?"
            ),
            file=sys.stderr,
        )
        return 1
    except UnicodeError as problem:
        print(
            (
                "tightlog: this is not UTF-8 text, or cannot be shown as such "
                f"({problem.reason if hasattr(problem, 'reason') else problem})"
            ),
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        print("tightlog: stopped; what was published before is unchanged", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tightlog",
        description=(
            "What goes with your lower-back tightness, read from the files your watch wrote."
        ),
    )
    parser.add_argument("--version", action="version", version=f"tightlog {__version__}")
    parser.add_argument(
        "--home",
        help=(
            "folder of the runner (else TIGHTLOG_HOME, the current folder if it is a home, or "
            "~/tightlog)"
        ),
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _add_refresh(commands)
    _add_diary(commands)
    _add_activity(commands)
    _add_reading(commands)
    _add_running(commands)
    completion = _command(
        commands, "completion", "print what a shell needs to complete tightlog's words"
    )
    completion.add_argument("shell", choices=SHELLS)
    completion.set_defaults(parser=parser)
    return parser


def _number(text: str) -> float:
    """A number, with a decimal point or comma."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number") from None


def _port(text: str) -> int:
    port = int(text)
    if not 1 <= port <= 65535:
        raise ValueError
    return port


def _command(
    commands: Subparsers, name: str, help_text: str, json: bool = False
) -> argparse.ArgumentParser:
    parser = commands.add_parser(
        name,
        help=help_text,
        description=help_text,
        epilog=examples_of(name),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--home", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    if json:
        parser.add_argument("--json", action="store_true", help="print the result as JSON")
    return parser


def _add_refresh(commands: Subparsers) -> None:
    refresh = _command(
        commands,
        "refresh",
        "read what is new under data/raw, analyse, publish: what the nightly run does",
        json=True,
    )
    refresh.add_argument(
        "--nightly",
        action="store_true",
        help="as a timer starts it: wait while another refresh is at work, note how it went",
    )
    ingest = _command(
        commands,
        "ingest",
        "only read what is new; files given are copied into data/raw/inbox first",
        json=True,
    )
    ingest.add_argument("paths", nargs="*", metavar="PATH")
    _command(commands, "rebuild", "read everything anew from data/raw", json=True)


def _add_diary(commands: Subparsers) -> None:
    rate = _command(
        commands, "rate", "log one tightness score, 0 (none) to 10 (worst imaginable)", json=True
    )
    rate.add_argument("score", nargs="?", type=_number, metavar="SCORE")
    rate.add_argument(
        "--at",
        metavar="WHEN",
        help="2026-05-31, 2026-05-31T07:30, 07:30, today or yesterday; now when left out",
    )
    rate.add_argument("--moment", choices=("morning", "before", "during", "after", "evening"))
    rate.add_argument("--sharp", action="store_true", help="the tightness is a sharp pain")
    rate.add_argument(
        "--red-flag",
        action="append",
        default=[],
        metavar="NAME",
        help="a warning sign, e.g. saddle_numbness; may be repeated",
    )
    rate.add_argument("--note")
    rate.add_argument(
        "--clear-red-flag",
        action="store_true",
        help="the red flag was looked at: show advice again",
    )
    did = _command(commands, "did", "log an intervention done, by id, name or alias", json=True)
    did.add_argument("intervention", metavar="INTERVENTION", nargs="+")
    did.add_argument("--at", metavar="WHEN")
    did.add_argument("--minutes", type=float)
    did.add_argument("--rpe", type=float, help="how hard it was, 0–10")
    diary = _command(
        commands,
        "diary",
        "what was logged; `diary correct ENTRY` and `diary withdraw ENTRY` change what stands",
        json=True,
    )
    diary.add_argument("action", nargs="?", choices=("correct", "withdraw"))
    diary.add_argument("entry", nargs="?", metavar="ENTRY")
    diary.add_argument("--score", type=_number)
    diary.add_argument("--sharp", action=argparse.BooleanOptionalAction, default=None)
    diary.add_argument(
        "--red-flag",
        action="append",
        default=[],
        metavar="NAME",
        help="the warning signs that stand, or none",
    )
    diary.add_argument("--at", metavar="WHEN")
    diary.add_argument("--moment", choices=("morning", "before", "during", "after", "evening"))
    diary.add_argument("--note")
    diary.add_argument("--minutes", type=float)
    diary.add_argument("--rpe", type=float)


def _add_activity(commands: Subparsers) -> None:
    activity = _command(
        commands,
        "activity",
        "correct one activity (sport, shoe, name, rpe), or leave it out",
        json=True,
    )
    activity.add_argument(
        "activity", metavar="ACTIVITY", help="its activity_id, or the start of it"
    )
    activity.add_argument(
        "--sport", metavar="SPORT", help="e.g. running, trail running, treadmill, cycling, walking"
    )
    activity.add_argument("--shoe")
    activity.add_argument("--name")
    activity.add_argument("--rpe", type=float, help="how hard it was, 0–10")
    activity.add_argument(
        "--ignore", action="store_true", help="it does not count, whatever file brings it again"
    )
    activity.add_argument("--restore", action="store_true", help="forget every correction of it")


def _add_reading(commands: Subparsers) -> None:
    _command(commands, "today", "what is building up and what to do today", json=True)
    _command(commands, "findings", "what goes with the tightness", json=True)
    _command(commands, "effects", "what helped", json=True)
    files = _command(commands, "files", "every file seen, its status and why", json=True)
    files.add_argument("--status", choices=[status.value for status in FileStatus])
    _command(commands, "features", "what is computed per day", json=True)
    sql = _command(
        commands,
        "sql",
        "read-only SQL on the warehouse; a prompt when no query is given",
        json=True,
    )
    sql.add_argument("query", nargs="?", metavar="QUERY")
    sql.add_argument("--format", choices=FORMATS, default="table")
    export = _command(commands, "export", "all relations as Parquet or CSV", json=True)
    export.add_argument("folder", metavar="DIR")
    export.add_argument("--format", choices=("parquet", "csv"), default="parquet")
    report = _command(
        commands,
        "report",
        "one page for a physiotherapist, to print or send: an HTML file that needs nothing else",
        json=True,
    )
    report.add_argument("file", metavar="OUT.html")
    report.add_argument(
        "--from",
        dest="first_day",
        metavar="DAY",
        help="first day, e.g. 2026-03-01; three months before the last when left out",
    )
    report.add_argument(
        "--to", dest="last_day", metavar="DAY", help="last day; the last one known when left out"
    )
    report.add_argument("--name", default="", help="the runner's name, to stand on the page")
    report.add_argument("--notes", action="store_true", help="with the notes of the scores")
    _command(
        commands,
        "doctor",
        "check this installation and home, with a remedy for each problem",
        json=True,
    )


def _add_running(commands: Subparsers) -> None:
    dashboard = _command(
        commands,
        "dashboard",
        "open the dashboard on this machine, or with --lan for the phone at home",
    )
    dashboard.add_argument("--port", type=_port, default=8501)
    dashboard.add_argument(
        "--fresh",
        action="store_true",
        help="refresh first; while data/raw is empty, show the sample home instead",
    )
    dashboard.add_argument("--no-browser", action="store_true", help="do not open a browser window")
    dashboard.add_argument(
        "--lan",
        nargs="?",
        const="",
        metavar="ADDRESS",
        help=(
            "for the phone in the same network, behind a password; ADDRESS chooses among several "
            "of this machine"
        ),
    )
    dashboard.add_argument(
        "--set-password",
        action="store_true",
        help="set the password of --lan (asked twice, or one line of standard input)",
    )
    schedule = _command(
        commands, "schedule", "run the nightly refresh by itself (Prefect)", json=True
    )
    how = schedule.add_mutually_exclusive_group()
    how.add_argument(
        "--once", action="store_true", help="run the nightly flow once, now (--json: its summary)"
    )
    how.add_argument(
        "--print",
        choices=("systemd", "cron"),
        help="print what makes systemd or cron start the nightly refresh, without a server",
    )
    sample = _command(
        commands, "sample", "make DIR a home with a simulated runner's history", json=True
    )
    sample.add_argument("folder", metavar="DIR")


if __name__ == "__main__":
    sys.exit(main())
