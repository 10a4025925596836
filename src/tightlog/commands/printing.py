"""Printing for people and machines: tables that stay within the terminal, JSON with dates as text."""

import json
import sys
from typing import TYPE_CHECKING, Any

from rich.console import Console

if TYPE_CHECKING:  # what logs a score prints a sentence: it must not wait for frames and bars
    import polars as pl
    from rich.progress import Progress

    from tightlog.ledger import Progress as ProgressCall

console = Console(highlight=False)

# Characters, the line between two columns included: below it a date or a distance is folded beyond reading.
NARROWEST_COLUMN = 6


def print_json(value: Any) -> None:
    """Prints a value as one JSON document."""
    print(json.dumps(value, ensure_ascii=False, default=str, indent=2))


def print_frame(frame: "pl.DataFrame", style: str = "table") -> None:
    """Prints a frame as a table, as CSV, or as JSON rows."""
    if style == "json":
        print_json(frame.to_dicts())
    elif style == "csv":
        import polars as pl

        sys.stdout.write(frame.with_columns(pl.col(pl.List(pl.String)).list.join("; ")).write_csv())
    else:
        _print_table(frame)


def print_paragraph(text: str, indent: int = 0, style: str | None = None) -> None:
    """Prints text as it is, wrapped to the terminal; brackets in it mean nothing."""
    console.print(" " * indent + text, markup=False, style=style, soft_wrap=False)


def print_indented(text: str, indent: int) -> None:
    """Prints text wrapped to the terminal with every line indented."""
    from rich.padding import Padding
    from rich.text import Text

    console.print(Padding(Text(text), (0, 0, 0, indent), expand=False))


def progress_call() -> "tuple[Progress, ProgressCall]":
    """A progress bar for files, shown on a terminal only, and the call that moves it on."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    bar = Progress(TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"),
                   console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty())
    task = bar.add_task("", total=None)

    def advance(path: str, number: int, count: int) -> None:
        bar.update(task, completed=number, total=count, description=path[-40:])

    return bar, advance


def _print_table(frame: "pl.DataFrame") -> None:
    from rich.table import Table

    screen = Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else 200)
    if frame.width * NARROWEST_COLUMN > screen.width:
        _print_rows_one_below_another(frame)
        return
    table = Table(show_edge=False, pad_edge=False)
    for name, dtype in frame.schema.items():
        table.add_column(name, justify="right" if dtype.is_numeric() else "left", overflow="fold")
    for row in frame.iter_rows():
        table.add_row(*(_cell(value) for value in row))
    screen.print(table)
    print(_row_count(frame))


def _print_rows_one_below_another(frame: "pl.DataFrame") -> None:
    """Every row as lines of name and value, without what is missing: a hundred columns side by side would show no digit."""
    longest = max(map(len, frame.columns))
    for row in frame.iter_rows(named=True):
        for name, value in row.items():
            if value is not None:
                print(f"{name:<{longest}}  {_cell(value)}")
        print()
    print(f"{_row_count(frame)[:-1]}; {frame.width} columns do not fit side by side: choose some of them, or --format csv)")


def _row_count(frame: "pl.DataFrame") -> str:
    return f"({frame.height} row{'' if frame.height == 1 else 's'})"


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4g}" if abs(value) < 1 else f"{value:,.2f}".rstrip("0").rstrip(".")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
