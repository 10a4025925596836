"""The answer to a query as CSV, part by part."""

from collections.abc import Iterator

import polars as pl

from tightlog.warehouse.exports.spreadsheet import spreadsheet_csv
from tightlog.warehouse.sandbox.answering import Connection, answer_to, plain
from tightlog.warehouse.sandbox.arrow_rows import batches


def csv_parts(connection: Connection, sql: str) -> Iterator[str]:
    """The heading, then the rows. Raises QueryError and duckdb.Error, also while they are read."""
    schema, parts = batches(plain(answer_to(connection, sql), has_lists=True))
    yield spreadsheet_csv(pl.DataFrame(pl.from_arrow(schema.empty_table())))
    for part in parts:
        yield spreadsheet_csv(pl.DataFrame(pl.from_arrow(part)), has_heading=False)
