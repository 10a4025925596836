"""The process that answers one bounded query: confined, then a line of JSON and an Arrow stream.

python -m tightlog.warehouse.sandbox.bounded_child VERSION LIMITS ASKED < QUERY
"""

import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import duckdb
import pyarrow as pa

from tightlog.errors import QueryError
from tightlog.home.limited_process import answer_pipe, limit_busy_s, limit_memory
from tightlog.warehouse.sandbox.answering import answer_to, opened, opened_shared, plain
from tightlog.warehouse.sandbox.arrow_rows import batches
from tightlog.warehouse.sandbox.confinement import confine
from tightlog.warehouse.sandbox.limits import Limits, Sharing
from tightlog.warehouse.shared.held import RELATIONS


@dataclass(frozen=True)
class Asked:
    """Values of a query's parameters, and what is shared of the version; with None, all is."""

    parameters: Sequence[str] = ()
    switched_on: Sequence[str] | None = None


def serve(version: Path, limits: Limits, asked: Asked, sql: str, out: IO[bytes]) -> None:
    """The process's one task."""
    started = time.monotonic()
    try:
        if asked.switched_on is None:
            with opened(version, limits.memory_bytes) as connection:
                relation = answer_to(connection, sql, asked.parameters)
                table, is_cut = _limited(plain(relation), limits)
        else:
            sharing = Sharing(tuple(asked.switched_on))
            with opened_shared(version, sharing, sql, limits.memory_bytes) as connection:
                relation = answer_to(connection, sql, asked.parameters, RELATIONS)
                table, is_cut = _limited(plain(relation), limits)
    except QueryError as problem:
        _write(out, problem.problem)
    else:
        _write(out, None, is_cut, time.monotonic() - started)
        with pa.ipc.new_stream(out, table.schema) as stream:
            stream.write_table(table)


def _write(out: IO[bytes], problem: str | None, is_cut: bool = False, took_s: float = 0.0) -> None:
    facts = {"problem": problem, "is_cut": is_cut, "took_s": took_s}
    out.write(json.dumps(facts).encode() + b"\n")


def _limited(relation: duckdb.DuckDBPyRelation, limits: Limits) -> tuple[pa.Table, bool]:
    """The first rows, and whether there were more."""
    schema, rows = batches(relation)
    taken, row_count, byte_count = [], 0, 0
    for batch in rows:
        taken.append(batch)
        row_count, byte_count = row_count + batch.num_rows, byte_count + batch.nbytes
        if byte_count > limits.answer_bytes:
            raise QueryError(
                f"its answer is larger than {limits.answer_bytes // 2**20} MB; "
                "ask for fewer columns or shorter texts"
            )
        if row_count > limits.rows:
            break
    table = pa.Table.from_batches(taken, schema=schema).slice(0, limits.rows)
    return table, row_count > limits.rows


if __name__ == "__main__":
    answers = answer_pipe()
    asked_version, given = Path(sys.argv[1]), Limits(**json.loads(sys.argv[2]))
    asked_for = Asked(**json.loads(sys.argv[3]))
    limit_memory(4 * given.memory_bytes)
    limit_busy_s(int(given.time_s * (os.cpu_count() or 1)) + 4)
    confine(asked_version)
    serve(asked_version, given, asked_for, sys.stdin.buffer.read().decode(), answers)
    answers.flush()
    os._exit(0)  # what the query left in memory needs no tidying
