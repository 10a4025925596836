"""`tightlog findings`: what goes with the tightness."""

import argparse
from pathlib import Path

import polars as pl

from tightlog.cli.command_line import add_json
from tightlog.cli.commands.hypothesis import hypothesis_lines
from tightlog.cli.printing import print_frame, print_paragraph
from tightlog.cli.verdict_groups import finding_groups, print_groups
from tightlog.home.settings import home_folder
from tightlog.language.catalogue import message, phrase
from tightlog.warehouse import store
from tightlog.words.finding_reasons import late_scores_words

EXAMPLES = (
    ("tightlog findings", message("what goes with your tightness, so far")),
    ("tightlog findings --json", message("with intervals and p-values")),
    ("tightlog sql 'from finding order by p_value'", message("the same table in SQL")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    add_json(parser)


def run(given: argparse.Namespace) -> int:
    """Exit code 0 after the findings were printed."""
    version = store.published_version(home_folder(given.home))
    rows = store.relation(version, "finding")
    if given.json:
        print_frame(rows, "json")
    else:
        print_groups(finding_groups(rows))
        _print_left_out(rows)
        _print_declared(version)
    return 0


def _print_left_out(rows: pl.DataFrame) -> None:
    # Not in a version of an earlier tightlog.
    count = rows["left_out_scores"].max() if "left_out_scores" in rows.columns else None
    if words := late_scores_words(count if isinstance(count, int) else 0):
        print_paragraph(words)


def _print_declared(version: Path) -> None:
    lines = hypothesis_lines(store.relation(version, "hypothesis"))
    if lines:
        print_paragraph(phrase("\nWhat you wrote down beforehand"), style="bold")
        for line in lines:
            print_paragraph(f"- {line}")
