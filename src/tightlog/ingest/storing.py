"""Storing: contents → a batch whose records lie in segments, with what is derived of them."""

from collections.abc import Iterable
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from tightlog.ingest.reading import Batch, Content, activity_frame, batches_of

# Records kept in memory before they are written: bounds memory whatever the files.
SEGMENT_RECORDS = 120_000


def stored_batch(contents: Iterable[Content], home_zone: ZoneInfo, segments: Path) -> Batch:
    """Everything read from the contents, in their order, their records as segments in the folder.

    Raises OSError when a segment cannot be written.
    """
    together = Batch()
    for batch in batches_of(contents, home_zone, SEGMENT_RECORDS):
        if batch.activities:
            _store(batch, segments)
        together.add(batch)
    return together


def _store(batch: Batch, segments: Path) -> None:
    """Puts the records of a batch into a segment."""
    # Imported once there is one: the libraries that write it need room beside a giant file.
    from tightlog.warehouse.segments.recorded import segment_of

    records = pl.concat(batch.records)
    batch.records = []
    if records.is_empty():
        return
    batch.segments.append(segment_of(activity_frame(batch), records, segments))
