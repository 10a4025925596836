"""The shelf: the segments a draft names, and the ways to add some and to set some aside."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import duckdb
import polars as pl

from tightlog.domain.frames import Columns
from tightlog.home import private
from tightlog.warehouse.build import frame, offered, statement
from tightlog.warehouse.read_only import quoted
from tightlog.warehouse.segments.segment import KINDS, Segment, file_of

# A night with one new file adds one small segment. So many neighbours become one when each has
# fewer records than this, or than this share of all: then there are 160 segments at most, and a
# record is written again once or twice in its life.
MANY = 32
FEW_RECORDS, SMALL_SHARE = 10_000, 1 / 128
# Each content has as many keys for its activities, so that no other changes them.
KEYS_PER_CONTENT = 2**32
SHELF_SCHEMA: Columns = {
    **{f"{kind}_path": pl.String for kind in KINDS},
    "record_count": pl.Int64,
    "activity_count": pl.Int64,
    "first_key": pl.Int64,
    "last_key": pl.Int64,
}


@dataclass(frozen=True)
class Standing:
    """A segment, and how many activities are still there of those it holds."""

    segment: Segment
    alive_count: int

    @property
    def is_whole(self) -> bool:
        return self.alive_count == self.segment.activity_count


class Shelf:
    """The segments of a draft: the table `ingest.segment`, and the views that show their rows."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
        self._connection = connection
        self.folder = private.folder(folder)

    def next_key(self) -> int:
        """A key above that of every activity known, from where each content has its own."""
        ((last,),) = self._connection.execute(statement("ledger/last_key")).fetchall()
        return int((last // KEYS_PER_CONTENT + 1) * KEYS_PER_CONTENT)

    def add(self, segments: Iterable[Segment]) -> None:
        """Names segments newly written."""
        rows = [
            (
                *(str(one.files[kind]) for kind in KINDS),
                one.record_count,
                one.activity_count,
                one.first_key,
                one.last_key,
            )
            for one in segments
        ]
        if rows:
            new = pl.DataFrame(rows, schema=dict(SHELF_SCHEMA), orient="row")
            with offered(self._connection, "incoming", new):
                self._connection.execute(
                    "insert into ingest.segment by name select * from incoming"
                )

    def settle(self) -> None:
        """Sets aside the rows of activities that are gone, joins small segments, and makes the
        views show what is named, wherever the home lies now. Raises OSError.
        """
        segments = list(self._settled()) or [self._empty()]
        self._connection.execute("delete from ingest.segment")
        self.add(segments)
        for kind in KINDS:
            paths = quoted([one.files[kind] for one in segments])
            view = statement(f"segment/{kind}").replace("['segment.parquet']", paths)
            self._connection.execute(view)

    def _settled(self) -> Iterator[Segment]:
        for group in groups(self._standing()):
            first = group[0]
            if len(group) == 1 and first.is_whole:
                yield first.segment
            elif any(one.alive_count for one in group):
                yield self._merged([one.segment for one in group])

    def _merged(self, segments: Sequence[Segment]) -> Segment:
        # Imported where it is used: few nights merge, and pyarrow.compute takes long to import.
        from tightlog.warehouse.segments.merging import merged_file

        first_key, last_key = segments[0].first_key, segments[-1].last_key
        alive = frame(self._connection, statement("ledger/alive"), [first_key, last_key])
        keys = alive["activity_key"].to_list()
        files = {
            kind: merged_file([one.files[kind] for one in segments], keys, self.folder)
            for kind in KINDS
        }
        record_count = int(alive["record_count"].sum())
        return Segment(files, record_count, len(keys), first_key, last_key)

    def _empty(self) -> Segment:
        """A segment that holds nothing, and says which columns there are."""
        files = {
            kind: file_of(kind, pl.DataFrame(schema=dict(schema)), self.folder)
            for kind, schema in KINDS.items()
        }
        return Segment(files, 0, 0, -1, -1)

    def _standing(self) -> list[Standing]:
        rows = frame(self._connection, statement("ledger/segments"))
        return [
            Standing(
                Segment(
                    {kind: self.folder / Path(row[f"{kind}_path"]).name for kind in KINDS},
                    *(row[name] for name in SHELF_SCHEMA if not name.endswith("_path")),
                ),
                row["alive_count"],
            )
            for row in rows.iter_rows(named=True)
        ]


def groups(segments: Sequence[Standing]) -> list[list[Standing]]:
    """The segments, by key, with those together that are to be one."""
    total = sum(one.segment.record_count for one in segments)
    limit = max(FEW_RECORDS, total * SMALL_SHARE)
    found: list[list[Standing]] = []
    for is_small, neighbours in groupby(segments, key=lambda one: one.segment.record_count < limit):
        run = list(neighbours)
        found += [run] if is_small and len(run) >= MANY else [[one] for one in run]
    return found
