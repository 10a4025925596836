"""The commands that read results: files, features, export."""

import argparse
from pathlib import Path

import polars as pl

from tightlog.cli.printing import print_frame, print_indented, print_json, print_paragraph
from tightlog.features.context import SOURCE as DIARY
from tightlog.features.feature import OURS
from tightlog.home import private
from tightlog.home.settings import home_folder
from tightlog.warehouse import store
from tightlog.warehouse.export import exported


def files_command(given: argparse.Namespace) -> int:
    """`files [--status S]`: every file seen, what became of it and why."""
    version = store.published_version(home_folder(given.home))
    rows = store.answer(version, "files_told", [given.status])
    if not given.json:
        # On a terminal what was taken from a diary stands where other files say what went wrong.
        rows = rows.with_columns(
            reason=pl.concat_str("reason", "columns", separator="; ", ignore_nulls=True)
        ).drop("columns")
    print_frame(rows, "json" if given.json else "table")
    return 0


def features_command(given: argparse.Namespace) -> int:
    """`features`: what is computed per day."""
    features = store.relation(store.published_version(home_folder(given.home)), "feature")
    if given.json:
        print_frame(features, "json")
        return 0
    for family in features["family"].unique(maintain_order=True):
        print_paragraph(family.replace("_", " ").capitalize(), style="bold")
        for row in features.filter(pl.col("family") == family).iter_rows(named=True):
            print_indented(f"{row['feature']} [{row['unit']}]", 2)
            print_indented(
                row["definition"]
                if row["source"] in (OURS, DIARY)
                else f"{row['definition']}. Source: {row['source']}",
                6,
            )
    print_paragraph(f"({features.height} features, columns of the relation day)")
    return 0


def export_command(given: argparse.Namespace) -> int:
    """`export DIR`: every relation as Parquet (the large ones by year) or as CSV."""
    version = store.published_version(home_folder(given.home))
    folder = Path(given.folder).expanduser()
    private.owner_only_folder(folder)
    written = exported(version, folder, given.format)
    if given.json:
        print_json({"folder": str(folder), "rows": written})
    else:
        print_paragraph(f"{len(written)} relations written to {folder}")
    return 0
