"""`tightlog export`: every relation as Parquet (the large ones by year), as CSV, or in one DuckDB
file.
"""

import argparse
from pathlib import Path

from tightlog.cli.command_line import add_json
from tightlog.cli.printing import print_json, print_paragraph
from tightlog.home import private
from tightlog.home.settings import home_folder
from tightlog.language.catalogue import message, phrase
from tightlog.warehouse import store
from tightlog.warehouse.exports.export import exported

EXAMPLES = (
    ("tightlog export ~/tightlog-export", message("Parquet, records and days by year")),
    ("tightlog export ~/tightlog-export --format csv", message("for a spreadsheet")),
    ("tightlog export ~/tightlog-export --single-file", message("one DuckDB file, to take along")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    add_json(parser)
    parser.add_argument("folder", metavar="DIR")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--format", choices=("parquet", "csv"), default="parquet")
    form.add_argument("--single-file", action="store_true")


def run(given: argparse.Namespace) -> int:
    """Exit code 0 after the relations were written."""
    version = store.published_version(home_folder(given.home))
    folder = Path(given.folder).expanduser()
    private.owner_only_folder(folder)
    written = exported(version, folder, "duckdb" if given.single_file else given.format)
    if given.json:
        print_json({"folder": str(folder), "rows": written})
    else:
        print_paragraph(
            phrase("{written} relations written to {folder}", written=len(written), folder=folder)
        )
    return 0
