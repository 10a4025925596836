"""Merging: several segments as one, without the rows of activities that are gone."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tightlog.warehouse.segments.segment import ROW_GROUP, file_of_tables


def merged_file(files: Sequence[Path], keys: Sequence[int], folder: Path) -> Path:
    """One file of the rows of several of a kind, in their order, of the activities with these keys
    alone. Memory does not grow with the files. Raises OSError.
    """
    return file_of_tables(_tables(files, keys), pq.read_schema(files[0]), folder)


def _tables(files: Sequence[Path], keys: Sequence[int]) -> Iterator[pa.Table]:
    """Tables of a row group or two each, the last one of what is left."""
    wanted = pa.array(sorted(keys), pa.int64())
    waiting: list[pa.Table] = []
    for path in files:
        with pq.ParquetFile(path) as file:
            for number in range(file.num_row_groups):
                table = file.read_row_group(number)
                is_wanted = pc.is_in(table["activity_key"], value_set=wanted)
                waiting.append(table.filter(is_wanted))
                if sum(one.num_rows for one in waiting) >= ROW_GROUP:
                    yield pa.concat_tables(waiting)
                    waiting = []
    if waiting:
        yield pa.concat_tables(waiting)
