"""The process that computes expressions for each day: confined, it writes for each of them a line
of JSON and an Arrow stream, as it was sent the days.

    {"reason": null, "bytes": 2296}, then the stream; {"reason": "there is no column …", "bytes": 0}

python -m tightlog.warehouse.sandbox.day_values_child < EXPRESSIONS-AND-DAYS
"""

import io
import json
import os
import sys
from pathlib import Path
from typing import IO

import duckdb
import polars as pl
import pyarrow as pa

from tightlog.errors import QueryError
from tightlog.home.limited_process import answer_pipe, limit_busy_s, limit_memory
from tightlog.warehouse.access import READ_ONLY_CONFIG
from tightlog.warehouse.sandbox.confinement import confine
from tightlog.warehouse.sandbox.refusal import refusal
from tightlog.warehouse.sandbox.row_local import judged

MEMORY_BYTES = 2**29
BUSY_S = 20


def serve(asked: dict[str, object], days: pa.Table, out: IO[bytes]) -> None:
    """The process's one task."""
    expressions, outcome = asked["expressions"], asked["outcome"]
    assert isinstance(expressions, list) and isinstance(outcome, list)
    config = READ_ONLY_CONFIG | {"temp_directory": "", "memory_limit": f"{MEMORY_BYTES}B"}
    with duckdb.connect(":memory:", config=config) as connection:
        connection.register("sent", days)
        connection.execute("create table day as select * from sent")
        connection.unregister("sent")
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
        for expression in map(str, expressions):
            body, reason = io.BytesIO(), None
            try:
                sql = judged(expression, {str(name) for name in outcome}, connection)
                rows = pl.DataFrame(connection.sql(f"from ({sql}) order by day"))
                rows.write_ipc_stream(body)
            except (QueryError, duckdb.Error) as problem:
                words = problem.problem if isinstance(problem, QueryError) else str(problem)
                known = [name for name in days.column_names if name not in outcome]
                reason = refusal(words, expression, (), known).sentence
            size = body.tell() if reason is None else 0
            out.write(json.dumps({"reason": reason, "bytes": size}).encode() + b"\n")
            out.write(body.getvalue()[:size])
            out.flush()


if __name__ == "__main__":
    answers = answer_pipe()
    head, _, body = sys.stdin.buffer.read().partition(b"\n")
    sent = pa.ipc.open_stream(io.BytesIO(body)).read_all()
    limit_memory(4 * MEMORY_BYTES)
    limit_busy_s(BUSY_S)
    # It needs no warehouse: of files it may read this package and Python.
    confine(Path(__file__))
    serve(json.loads(head), sent, answers)
    answers.flush()
    os._exit(0)
