"""Rows as a table: fitted to the terminal by rich, in full and much faster for a pipe or file."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from tightlog.cli.terminal import is_unicode
from tightlog.language.catalogue import phrase
from tightlog.words.numbers import counted
from tightlog.words.visible import visible

# Characters, the line between two columns included: below it a date is folded beyond reading.
NARROWEST_COLUMN = 6
# A pipe has no width; with more columns than fit here the rows are printed one below another.
PIPE_WIDTH = 200


@dataclass(frozen=True)
class Screen:
    """What a table is printed on."""

    width: int
    is_terminal: bool

    @classmethod
    def of_stdout(cls) -> "Screen":
        """The terminal with its width, or a pipe or file."""
        if not sys.stdout.isatty():
            return cls(PIPE_WIDTH, False)
        from rich.console import Console

        return cls(Console().width, True)


def print_table(
    names: Sequence[str],
    is_number: Sequence[bool],
    rows: Sequence[Sequence[object]],
    screen: Screen,
) -> None:
    """Prints rows side by side, or one below another where they do not fit."""
    if len(names) * NARROWEST_COLUMN > screen.width:
        _print_rows_one_below_another(names, rows)
        return
    if screen.is_terminal:
        _print_fitted(names, is_number, rows, screen)
    else:
        print("\n".join(table_lines(names, is_number, rows)))
    print(_row_count(rows))


def table_lines(
    names: Sequence[str], is_number: Sequence[bool], rows: Iterable[Sequence[object]]
) -> Iterator[str]:
    """The lines of a table as wide as its cells need: one line a row, unless a cell has several."""
    heading = [visible(name).expandtabs() for name in names]
    cells = [[_cell(value).expandtabs() for value in row] for row in rows]
    widths = [
        max(_width(line) for row in (heading, *cells) for line in row[place].split("\n"))
        for place in range(len(names))
    ]
    bars = ("┃", "│", "━", "╇") if is_unicode(sys.stdout) else ("|", "|", "-", "+")
    yield from _lines_of(heading, widths, is_number, f" {bars[0]} ")
    yield f"{bars[2]}{bars[3]}{bars[2]}".join(bars[2] * width for width in widths)
    for row in cells:
        yield from _lines_of(row, widths, is_number, f" {bars[1]} ")


def _lines_of(
    cells: Sequence[str], widths: Sequence[int], is_right: Sequence[bool], bar: str
) -> Iterator[str]:
    for parts in zip_longest(*(cell.split("\n") for cell in cells), fillvalue=""):
        padded = zip(parts, widths, is_right, strict=True)
        yield bar.join(
            " " * (width - _width(part)) + part if right else part + " " * (width - _width(part))
            for part, width, right in padded
        )


def _width(text: str) -> int:
    """Places a text takes; East Asian letters take two."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def _print_fitted(
    names: Sequence[str],
    is_number: Sequence[bool],
    rows: Sequence[Sequence[object]],
    screen: Screen,
) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(show_edge=False, pad_edge=False)
    for name, is_right in zip(names, is_number, strict=True):
        table.add_column(visible(name), justify="right" if is_right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(_cell(value) for value in row))
    Console(highlight=False, markup=False, width=screen.width, force_terminal=True).print(table)


def _print_rows_one_below_another(names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Every row as lines of name and value, nulls left out: a hundred columns side by side would
    not be readable.
    """
    longest = max(map(len, names))
    rows = list(rows)
    for row in rows:
        for name, value in zip(names, row, strict=True):
            if value is not None:
                print(f"{visible(name):<{longest}}  {_cell(value)}")
        print()
    print(
        phrase(
            "{row_count}; {names} columns do not fit side by side: choose some of them, or "
            "--format csv)",
            row_count=_row_count(rows)[:-1],
            names=len(names),
        )
    )


def _row_count(rows: Sequence[object]) -> str:
    return f"({counted(len(rows), 'row')})"


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4g}" if abs(value) < 1 else f"{value:,.2f}".rstrip("0").rstrip(".")
    return visible(", ".join(map(str, value)) if isinstance(value, list) else str(value))
