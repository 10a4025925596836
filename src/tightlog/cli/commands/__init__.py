"""The commands: each is a module of this folder that has the command's name.

A module offers `EXAMPLES` (three uses, shown by `--help`), `arguments(parser)` and `run(given)`,
which returns the exit code.
"""

import argparse
from importlib import import_module
from typing import Protocol

from tightlog.language.catalogue import phrases

Example = tuple[str, str]

# Every command in the order `tightlog --help` lists them, with its one line there. The module is
# imported only when its command is called: `rate` must not wait for the statistics.
SUMMARIES = phrases(
    {
        "refresh": "read new files in data/raw, analyse and publish, as the nightly run does",
        "ingest": "only read new files; PATHs are copied into data/raw/inbox first",
        "rebuild": "read everything in data/raw again from scratch",
        "rate": "log a tightness score from 0 (none) to 10 (worst imaginable)",
        "did": "log an intervention you did, by id, name or alias",
        "decline": "advice you do not want: not today, or --always not for you",
        "diary": "list what you logged; correct or withdraw an entry",
        "activity": "correct an activity (sport, shoe, name, rpe), or leave it out",
        "today": "show what is building up and what to do today",
        "day": "show one day: scores, runs, night, what began, and the morning after",
        "findings": "show what goes with your tightness",
        "effects": "show what helped",
        "hypothesis": "write down what you think goes with it, before looking; add, list, withdraw",
        "trial": "try by a coin whether something helps: plan, start, toss, done, stop, answer",
        "files": "list every file with its status and the reason",
        "features": "list what is computed for each day",
        "sql": "query the warehouse with read-only SQL; without a QUERY, open a prompt",
        "mcp": "let a language model ask, over the Model Context Protocol (stdio)",
        "export": "write all relations as Parquet or CSV",
        "report": "write a one-page HTML report for a physiotherapist",
        "doctor": "check this installation and home, with a remedy for each problem",
        "dashboard": "open the dashboard on this machine, or with --lan also on your phone",
        "fetch": "ask the services of tightlog.toml for new files, now",
        "remind": "send a reminder if no score was given today",
        "token": "make, list or revoke a token with which a phone logs a score",
        "schedule": "run the nightly refresh automatically (Prefect)",
        "cohort": "many homes (a coach, a clinic, a study): who needs a look, "
        "what they say together",
        "sample": "make DIR a home with the history of a simulated runner",
        "completion": "print the completion script for a shell",
    }
)


class Command(Protocol):
    """What the module of a command offers."""

    EXAMPLES: tuple[Example, Example, Example]

    def arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, given: argparse.Namespace) -> int: ...


def command(name: str) -> Command:
    """The module of a command."""
    module: Command = import_module(f"tightlog.cli.commands.{name}")
    return module
