"""A table as a file to take away: CSV that no spreadsheet runs as a formula, and Parquet."""

import io
import re

import polars as pl

# A spreadsheet takes a cell that begins so for a formula; a number may begin with its sign.
FORMULA = r"^[=+\-@\t\r]"
NUMBER = r"^[+-]?\d+([.,]\d+)?([eE][+-]?\d+)?$"


def csv_bytes(frame: pl.DataFrame) -> bytes:
    """UTF-8 CSV with a heading; text that a spreadsheet would run begins with an apostrophe."""
    is_formula = pl.col(pl.String).str.contains(FORMULA) & ~pl.col(pl.String).str.contains(NUMBER)
    guarded = frame.with_columns(pl.when(is_formula).then("'" + pl.col(pl.String)).otherwise(pl.col(pl.String)).name.keep())
    names = {name: f"'{name}" for name in guarded.columns if re.match(FORMULA, name)}
    return guarded.rename(names).write_csv().encode()


def parquet_bytes(frame: pl.DataFrame) -> bytes:
    """The same table as a Parquet file, text as it is."""
    file = io.BytesIO()
    frame.write_parquet(file)
    return file.getvalue()
