"""Printing for people and machines: paragraphs, tables, CSV, and JSON with dates as text."""

import json
import math
import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from typing import TYPE_CHECKING, Any

from tightlog.cli.tables import Screen, print_table
from tightlog.cli.terminal import is_unicode, own_stream
from tightlog.cli.wrapping import wrapped
from tightlog.words.visible import visible

if TYPE_CHECKING:  # logging a score prints one sentence: it must not wait for polars and rich
    import polars as pl
    from rich.console import Console

    from tightlog.ingest.ledger import Progress as ProgressCall


@cache
def console() -> "Console":
    """The terminal paragraphs go to."""
    # Imported here: what goes into a pipe must not wait for rich.
    from rich.console import Console

    return Console(highlight=False)


def print_json(value: Any) -> None:
    """Prints a value as one JSON document; NaN and infinity, which JSON lacks, become null."""
    print(json_text(value))


def json_text(value: Any, indent: int | None = 2) -> str:
    """The value as JSON, safe for a terminal; on one line without an indent."""
    is_ascii = not is_unicode(sys.stdout)
    try:
        text = json.dumps(value, ensure_ascii=is_ascii, default=str, indent=indent, allow_nan=False)
    except ValueError:
        text = json.dumps(_finite(value), ensure_ascii=is_ascii, default=str, indent=indent)
    return visible(text)


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: _finite(held) for key, held in value.items()}
    return [_finite(held) for held in value] if isinstance(value, list | tuple) else value


def print_frame(frame: "pl.DataFrame", style: str = "table") -> None:
    """Prints a frame as a table, as CSV, or as JSON rows."""
    if style == "json":
        print_json(frame.to_dicts())
    elif style == "csv":
        from tightlog.warehouse.exports.spreadsheet import spreadsheet_csv

        own_stream(sys.stdout).write(spreadsheet_csv(frame))
    else:
        is_number = [kind.is_numeric() for kind in frame.schema.values()]
        print_table(frame.columns, is_number, frame.rows(), Screen.of_stdout())


def print_paragraph(text: str, indent: int = 0, style: str | None = None) -> None:
    """Prints plain text; brackets are not markup. It is wrapped to a terminal, and never in a pipe
    or file.
    """
    text = " " * indent + visible(text)
    if sys.stdout.isatty():
        console().print(wrapped(text, console().width), markup=False, style=style, soft_wrap=True)
    else:
        print(text)


def print_indented(text: str, indent: int) -> None:
    """The same with every line indented."""
    text = visible(text)
    if sys.stdout.isatty():
        text = wrapped(text, console().width - indent)
    print_line("\n".join(" " * indent + line for line in text.split("\n")))


def print_line(text: str) -> None:
    """Prints text as it is, for what is copied whole: a terminal folds it without a line feed."""
    print(visible(text))


def progress_call() -> "tuple[AbstractContextManager[object], ProgressCall]":
    """A progress bar for files, shown on a terminal only, and the call that advances it."""
    if not sys.stderr.isatty():
        return nullcontext(), lambda path, number, count: None
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    bar = Progress(
        TextColumn("reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}", markup=False),
        console=Console(stderr=True),
        transient=True,
    )
    task = bar.add_task("", total=None)

    def advance(path: str, number: int, count: int) -> None:
        bar.update(task, completed=number, total=count, description=visible(path[-40:]))

    return bar, advance
