"""A table as a file to take away: CSV that no spreadsheet runs as a formula, and Parquet."""

import io

import polars as pl

from tightlog.warehouse.exports.spreadsheet import spreadsheet_csv


def csv_bytes(frame: pl.DataFrame) -> bytes:
    """UTF-8 CSV with a heading; text that a spreadsheet would run begins with an apostrophe."""
    return spreadsheet_csv(frame).encode()


def parquet_bytes(frame: pl.DataFrame) -> bytes:
    """The same table as a Parquet file, text as it is."""
    file = io.BytesIO()
    frame.write_parquet(file)
    return file.getvalue()
