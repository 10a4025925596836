"""`tightlog features`: what is computed for each day."""

import argparse

import polars as pl

from tightlog.cli.command_line import add_json
from tightlog.cli.printing import print_frame, print_indented, print_paragraph
from tightlog.features.context import SOURCE as DIARY
from tightlog.features.feature import OURS
from tightlog.home.settings import home_folder
from tightlog.language.catalogue import message, phrase
from tightlog.warehouse import store

EXAMPLES = (
    ("tightlog features", message("what is computed for each day, by family")),
    ("tightlog features --json", message("with sources")),
    ("tightlog sql 'select day, run_distance_m from day'", message("the numbers themselves")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    add_json(parser)


def run(given: argparse.Namespace) -> int:
    """Exit code 0 after the features were listed."""
    features = store.relation(store.published_version(home_folder(given.home)), "feature")
    if given.json:
        print_frame(features, "json")
    else:
        _print_families(features)
    return 0


def _print_families(features: pl.DataFrame) -> None:
    for family in features["family"].unique(maintain_order=True):
        print_paragraph(family.replace("_", " ").capitalize(), style="bold")
        for row in features.filter(pl.col("family") == family).iter_rows(named=True):
            is_own = row["source"] in (OURS, DIARY)
            print_indented(f"{row['feature']} [{row['unit']}]", 2)
            source = "" if is_own else phrase(". Source: {source}", source=row["source"])
            print_indented(row["definition"] + source, 6)
    print_paragraph(
        phrase("({height} features, columns of the relation day)", height=features.height)
    )
