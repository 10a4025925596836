"""A query of anybody's, answered by a process of its own with limits of time, memory and size, so that no query can stop the dashboard.

DuckDB's own interrupt is not enough: `levenshtein(repeat('a', 200000), …)` and a folded `repeat('x', 1000000000)` do not listen to it, and
such text is not counted by its memory limit.
"""

import io
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from tightlog.errors import QueryError
from tightlog.warehouse.store import READ_ONLY_CONFIG

# DuckDB calls a PIVOT with its values left open several statements in one.
READING = frozenset({"SELECT", "EXPLAIN", "MULTI"})
BEGINNINGS = "select, with, from, describe, summarize, pivot or explain"
# Types that pages and files show as they are; Polars stops the process over some of the others, so those become text.
PLAIN = frozenset({"BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "HUGEINT", "FLOAT",
                   "DOUBLE", "VARCHAR", "DATE", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE"})
TOO_MUCH = "it needed more memory than a query may have and was stopped; ask for fewer rows or days"
NO_FILES = "queries read the warehouse only: no files, no network, no extensions"
BATCH_ROWS = 2048
FIRST_YEAR, LAST_YEAR = 1, 9999


@dataclass(frozen=True)
class Limits:
    """What one query may use; `memory_bytes` is for what DuckDB counts, the process has four times that."""

    time_s: float = 20.0
    rows: int = 10_000
    memory_bytes: int = 2**30
    answer_bytes: int = 64 * 2**20


@dataclass(frozen=True)
class Answer:
    """Rows of a query, whether there were more, and how long it took."""

    rows: pl.DataFrame
    is_cut: bool
    took_s: float


def bounded_answer(version: Path, sql: str, limits: Limits | None = None) -> Answer:
    """Answer of one published version to one query.

    Raises QueryError for anything but one query, for what DuckDB refuses, and for a query that needs more than its limits.
    """
    limits = limits or Limits()
    # -P: a folder with a duckdb.py in it is no reason to run that.
    command = [sys.executable, "-P", "-m", "tightlog.warehouse.bounded", str(version), json.dumps(asdict(limits))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            message, _ = process.communicate(sql.encode("utf-8", "replace"), timeout=limits.time_s)
        except subprocess.TimeoutExpired as problem:
            process.kill()
            raise QueryError(f"it took longer than {limits.time_s:g} seconds and was stopped; ask for fewer rows or days") from problem
    head, _, body = message.partition(b"\n")
    if process.returncode or not head:
        raise QueryError(TOO_MUCH)
    facts = json.loads(head)
    if facts["problem"] is not None:
        raise QueryError(facts["problem"])
    return Answer(pl.read_ipc_stream(io.BytesIO(body)), facts["is_cut"], facts["took_s"])


def _serve(version: str, limits: Limits, sql: str, out: IO[bytes]) -> None:
    """The process's one task: a line of JSON, then the rows as an Arrow stream."""
    started = time.monotonic()
    try:
        table, is_cut = _table(version, limits, sql)
    except duckdb.OutOfMemoryException:
        _write(out, TOO_MUCH)
    except duckdb.PermissionException:
        _write(out, NO_FILES)
    except duckdb.Error as problem:
        _write(out, str(problem))
    except QueryError as problem:
        _write(out, problem.problem)
    else:
        _write(out, None, is_cut, time.monotonic() - started)
        with pa.ipc.new_stream(out, table.schema) as stream:
            stream.write_table(table)


def _write(out: IO[bytes], problem: str | None, is_cut: bool = False, took_s: float = 0.0) -> None:
    out.write(json.dumps({"problem": problem, "is_cut": is_cut, "took_s": took_s}).encode() + b"\n")


def _table(version: str, limits: Limits, sql: str) -> tuple[pa.Table, bool]:
    """Rows as an Arrow table of plain columns, and whether there were more."""
    config = READ_ONLY_CONFIG | {"memory_limit": f"{limits.memory_bytes}B", "temp_directory": ""}
    with duckdb.connect(version, read_only=True, config=config) as connection:
        kinds = [statement.type.name for statement in connection.extract_statements(sql)]
        if len(kinds) != 1:
            raise QueryError(f"one query at a time, this has {len(kinds)}" if kinds else "there is no query")
        if kinds[0] not in READING:
            raise QueryError(f"a query begins with {BEGINNINGS}; nothing here changes the warehouse, the settings or a file")
        relation = connection.sql(sql)
        if relation is None:
            raise QueryError("this statement returns no rows")
        plain = relation.project(", ".join(_plain_columns(relation.columns, [str(kind) for kind in relation.types])))
        return _limited(plain.to_arrow_reader(BATCH_ROWS), limits)


def _plain_columns(names: Sequence[str], kinds: Sequence[str]) -> list[str]:
    """The columns by their place, each under a name of its own; what is not plain as text."""
    taken: set[str] = set()
    columns = []
    for place, (name, kind) in enumerate(zip(names, kinds, strict=True), 1):
        own = name
        while own.casefold() in taken:
            own += "_"
        taken.add(own.casefold())
        value = f"#{place}" if kind in PLAIN or kind.startswith("DECIMAL") else f"cast(#{place} as varchar)"
        quoted = own.replace('"', '""')
        columns.append(f'{value} as "{quoted}"')
    return columns


def _limited(reader: pa.RecordBatchReader, limits: Limits) -> tuple[pa.Table, bool]:
    batches, row_count, byte_count = [], 0, 0
    for batch in reader:
        batches.append(batch)
        row_count, byte_count = row_count + batch.num_rows, byte_count + batch.nbytes
        if byte_count > limits.answer_bytes:
            raise QueryError(f"its answer is larger than {limits.answer_bytes // 2**20} MB; ask for fewer columns or shorter texts")
        if row_count > limits.rows:
            break
    table = pa.Table.from_batches(batches, schema=reader.schema).slice(0, limits.rows)
    for name in table.column_names:
        _refuse_far_times(name, table[name])
    return table, row_count > limits.rows


def _refuse_far_times(name: str, column: pa.ChunkedArray) -> None:
    """Infinity and the year 290000 are times to DuckDB, but to nothing that shows them. Raises QueryError."""
    if pa.types.is_temporal(column.type) and column.null_count < len(column):
        years = pc.min_max(pc.year(column)).as_py()
        if years["min"] < FIRST_YEAR or years["max"] > LAST_YEAR:
            raise QueryError(f"column {name} holds a time outside the years {FIRST_YEAR} to {LAST_YEAR}; cast it to varchar to see it")


def _limit_process(limits: Limits) -> None:
    """Ends this process when it takes too much, even when nobody waits for it any more."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (4 * limits.memory_bytes, 4 * limits.memory_bytes))
    busy_s = int(limits.time_s * (os.cpu_count() or 1)) + 5
    resource.setrlimit(resource.RLIMIT_CPU, (busy_s, busy_s))


if __name__ == "__main__":
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get among the answers
    given = Limits(**json.loads(sys.argv[2]))
    _limit_process(given)
    _serve(sys.argv[1], given, sys.stdin.buffer.read().decode(), answers)
    answers.flush()
    os._exit(0)  # what the query left in memory needs no tidying
