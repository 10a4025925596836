"""Rows of a query as Arrow, batch by batch."""

from collections.abc import Iterator

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from tightlog.errors import QueryError

BATCH_ROWS = 2048
FIRST_YEAR, LAST_YEAR = 1, 9999


def batches(relation: duckdb.DuckDBPyRelation) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    """The columns, and the rows as they are read. The iterator raises QueryError."""
    reader = relation.to_arrow_reader(BATCH_ROWS)
    return reader.schema, map(_checked, reader)


def _checked(batch: pa.RecordBatch) -> pa.RecordBatch:
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        _refuse_far_times(name, column)
    return batch


def _refuse_far_times(name: str, column: pa.Array) -> None:
    """Infinity and the year 290000 are times to DuckDB, but to nothing that shows them."""
    if pa.types.is_temporal(column.type) and column.null_count < len(column):
        years = pc.min_max(pc.year(column)).as_py()
        if years["min"] < FIRST_YEAR or years["max"] > LAST_YEAR:
            raise QueryError(
                f"column {name} holds a time outside the years {FIRST_YEAR} to "
                f"{LAST_YEAR}; cast it to varchar to see it"
            )
