"""Printing for people and machines: tables within the terminal, JSON with dates as text."""

import json
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console

from tightlog.cli.terminal import is_unicode, own_stream, visible

if TYPE_CHECKING:  # what logs a score prints a sentence: it must not wait for frames and bars
    import polars as pl
    from rich.progress import Progress

    from tightlog.ingest.ledger import Progress as ProgressCall

console = Console(highlight=False)

# Characters, the line between two columns included: below it a date is folded beyond reading.
NARROWEST_COLUMN = 6
FILE_WIDTH = 200


def print_json(value: Any) -> None:
    """Prints a value as one JSON document; a number that JSON has not (NaN, infinity) is null."""
    print(json_text(value))


def json_text(value: Any) -> str:
    """The value as JSON that any reader takes and any terminal shows."""
    is_ascii = not is_unicode(sys.stdout)
    try:
        text = json.dumps(value, ensure_ascii=is_ascii, default=str, indent=2, allow_nan=False)
    except ValueError:
        text = json.dumps(_finite(value), ensure_ascii=is_ascii, default=str, indent=2)
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
        from tightlog.warehouse.spreadsheet import spreadsheet_csv

        own_stream(sys.stdout).write(spreadsheet_csv(frame))
    else:
        is_number = [kind.is_numeric() for kind in frame.schema.values()]
        print_table(frame.columns, is_number, frame.rows(), table_console())


def print_paragraph(text: str, indent: int = 0, style: str | None = None) -> None:
    """Prints text as it is, wrapped to the terminal; brackets in it mean nothing."""
    console.print(" " * indent + visible(text), markup=False, style=style, soft_wrap=False)


def print_indented(text: str, indent: int) -> None:
    """Prints text wrapped to the terminal with every line indented."""
    from rich.padding import Padding
    from rich.text import Text

    console.print(Padding(Text(visible(text)), (0, 0, 0, indent), expand=False))


def progress_call() -> "tuple[Progress, ProgressCall]":
    """A progress bar for files, shown on a terminal only, and the call that moves it on."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    bar = Progress(
        TextColumn("reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}", markup=False),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )
    task = bar.add_task("", total=None)

    def advance(path: str, number: int, count: int) -> None:
        bar.update(task, completed=number, total=count, description=visible(path[-40:]))

    return bar, advance


def table_console() -> Console:
    """Where a table goes: as wide as the terminal, and wide where it goes into a file."""
    width = None if sys.stdout.isatty() else FILE_WIDTH
    return Console(highlight=False, markup=False, width=width)


def print_table(
    names: Sequence[str],
    is_number: Sequence[bool],
    rows: Sequence[Sequence[object]],
    screen: Console,
) -> None:
    """Prints rows side by side, or one below another where they do not fit."""
    from rich.table import Table

    if len(names) * NARROWEST_COLUMN > screen.width:
        _print_rows_one_below_another(names, rows)
        return
    table = Table(show_edge=False, pad_edge=False)
    for name, is_right in zip(names, is_number, strict=True):
        table.add_column(visible(name), justify="right" if is_right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(_cell(value) for value in row))
    screen.print(table)
    print(_row_count(rows))


def _print_rows_one_below_another(names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Every row as lines of name and value, without what is missing: a hundred columns side by
    side would show no digit."""
    longest = max(map(len, names))
    rows = list(rows)
    for row in rows:
        for name, value in zip(names, row, strict=True):
            if value is not None:
                print(f"{visible(name):<{longest}}  {_cell(value)}")
        print()
    print(
        f"{_row_count(rows)[:-1]}; {len(names)} columns do not fit side by side: "
        "choose some of them, or --format csv)"
    )


def _row_count(rows: Sequence[object]) -> str:
    return f"({len(rows)} row{'' if len(rows) == 1 else 's'})"


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4g}" if abs(value) < 1 else f"{value:,.2f}".rstrip("0").rstrip(".")
    return visible(", ".join(map(str, value)) if isinstance(value, list) else str(value))
