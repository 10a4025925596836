"""What docs/sql.md promises: it is the dictionary of this very version, and every column in it
says what it means.
"""

from pathlib import Path

import polars as pl
import pytest

from tightlog.answers.dictionary import empty_guide, sql_document
from tightlog.warehouse.examples import examples

DOCUMENT = Path(__file__).parents[2] / "docs" / "sql.md"


@pytest.fixture(scope="module")
def guide() -> pl.DataFrame:
    return empty_guide()


def test_document_is_what_make_docs_writes(guide: pl.DataFrame) -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == sql_document(guide, examples()), (
        "run `make docs`"
    )


def test_every_relation_and_column_says_what_it_is(guide: pl.DataFrame) -> None:
    assert guide.filter(pl.col("meaning").is_null() | pl.col("one_row_per").is_null()).is_empty()


def test_a_sign_of_tables_in_a_meaning_stays_in_its_cell() -> None:
    guide = pl.DataFrame(
        [("r", "One row per r.", "c", "DOUBLE", "a | b <c>")],
        orient="row",
        schema=["relation", "one_row_per", "column_name", "data_type", "meaning"],
    )
    assert "| `c` | double | a \\| b &lt;c> |" in sql_document(guide, ())
