"""CSV of ours is no formula in any spreadsheet, and numbers stay numbers."""

import csv
import io
import re
from pathlib import Path

import duckdb
import polars as pl
import pytest

from tightlog.warehouse.exports.spreadsheet import spreadsheet_csv

DOCUMENTED = Path(__file__).parents[2] / "docs" / "sql.md"


def read_back(frame: pl.DataFrame) -> list[list[str]]:
    return list(csv.reader(io.StringIO(spreadsheet_csv(frame), newline="")))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+cmd",
        "-cmd|x",
        "@sum(a)",
        "\tx",
        "\rx",
        " =1+1",
        "\n=1",
        "\u00a0=1",
        "\u200b=1",
        "＝1+1",
        "＋a",
        "－a",
        "＠a",
        "−a",
        "'=1",
        "-1+2",
        "+1 2",
        "=",
        "-",
    ],
)
def test_text_that_begins_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert read_back(pl.DataFrame({"a": [text]}))[1] == ["'" + text]
    assert read_back(pl.DataFrame({text: [1]}))[0] == ["'" + text]


@pytest.mark.parametrize("text", ["-5", "+5", "-0,5", "-1.5e3", "stiff", "a=b", "3-4", "it's", "'"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert read_back(pl.DataFrame({"a": [text]}))[1] == [text]


def test_numbers_and_nulls_stay_numbers_and_nulls() -> None:
    frame = pl.DataFrame({"a": [-5, 3], "b": [-0.5, None], "c": [None, "x"]})
    assert spreadsheet_csv(frame) == "a,b,c\n-5,-0.5,\n3,,x\n"


def test_lists_are_joined_before_they_are_guarded_and_other_types_have_a_text() -> None:
    frame = pl.DataFrame(
        {
            "l": [["=a", "b"]],
            "n": [[1, 2]],
            "s": [{"x": 1}],
            "b": [b"\x01"],
            "c": pl.Series(["=c"], dtype=pl.Categorical),
        }
    )
    assert read_back(frame)[1] == ["'=a; b", "1; 2", '{"x":1}', "01", "'=c"]


def test_headings_that_would_be_one_are_told_apart() -> None:
    assert read_back(pl.DataFrame({"=a": [1], "'=a": [2]}))[0] == ["'=a", "''=a"]


@pytest.mark.parametrize("text", ["=1", "'=1", "''-a", " =b", "x", "\tx", "it's"])
def test_documented_sql_undoes_it(text: str) -> None:
    guarded = read_back(pl.DataFrame({"a": [text]}))[1][0]
    documented = re.search(r"regexp_replace\(note, .*", DOCUMENTED.read_text())
    assert documented is not None
    with duckdb.connect() as connection:
        undone = connection.execute(f"select {documented[0]} from (select ? as note)", [guarded])
        assert undone.fetchall() == [(text,)]
