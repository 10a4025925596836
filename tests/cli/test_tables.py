"""A table in a pipe looks like the one on a terminal, but no line of it is folded."""

import io
from collections.abc import Sequence

import pytest
from rich.console import Console
from rich.table import Table

from tightlog.cli.tables import Screen, print_table, table_lines

NAMES = ["name", "points", "note"]
IS_NUMBER = [False, True, False]
ROWS: list[Sequence[object]] = [
    ["Zürich", 0.12345, None],
    ["日本語", 1234.5, "two\nlines"],
    ["a", 12, ["x", "y"]],
]


def on_a_terminal(rows: Sequence[Sequence[str]]) -> list[str]:
    table = Table(show_edge=False, pad_edge=False)
    for name, is_right in zip(NAMES, IS_NUMBER, strict=True):
        table.add_column(name, justify="right" if is_right else "left")
    for row in rows:
        table.add_row(*row)
    text = io.StringIO()
    Console(file=text, width=200, markup=False, highlight=False).print(table)
    return text.getvalue().splitlines()


def test_the_lines_are_those_of_a_wide_terminal() -> None:
    shown = [["Zürich", "0.1235", ""], ["日本語", "1,234.5", "two\nlines"], ["a", "12", "x, y"]]
    assert list(table_lines(NAMES, IS_NUMBER, ROWS)) == on_a_terminal(shown)


def test_no_row_is_folded_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(["path"], [False], [["x" * 1000]], Screen(width=200, is_terminal=False))
    assert "x" * 1000 in capsys.readouterr().out.splitlines()


def test_a_table_without_rows_has_its_heading(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(NAMES, IS_NUMBER, [], Screen(width=200, is_terminal=False))
    assert capsys.readouterr().out.splitlines()[0].split(" ┃ ") == NAMES
