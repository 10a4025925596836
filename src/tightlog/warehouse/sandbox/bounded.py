"""A query from a user, answered by a separate process with limits of time, memory and size, so that
no query can stop the dashboard.

DuckDB's own interrupt is not enough: `levenshtein(repeat('a', 200000), …)` and a folded
`repeat('x', 1000000000)` ignore it, and its memory limit does not count such text.
"""

import io
import json
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl

from tightlog.errors import QueryError
from tightlog.home.limited_process import command
from tightlog.warehouse.sandbox.limits import TOO_MUCH, Limits, Sharing

__all__ = ["Answer", "Limits", "Sharing", "bounded_answer"]

CHILD = "tightlog.warehouse.sandbox.bounded_child"


@dataclass(frozen=True)
class Answer:
    """Rows of a query, whether there were more, and how long it took."""

    rows: pl.DataFrame
    is_cut: bool
    took_s: float


def bounded_answer(
    version: Path,
    sql: str,
    limits: Limits | None = None,
    *,
    sharing: Sharing | None = None,
    parameters: Sequence[str] = (),
) -> Answer:
    """Answer of one published version to one query, or with `sharing` of what is shared of it.

    Raises QueryError for anything the gate does not let through, for what DuckDB refuses, and for
    a query that needs more than its limits.
    """
    limits = limits or Limits()
    with subprocess.Popen(
        command(CHILD, str(version), json.dumps(asdict(limits)), _asked(sharing, parameters)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            message, _ = process.communicate(sql.encode("utf-8", "replace"), timeout=limits.time_s)
        except subprocess.TimeoutExpired as problem:
            process.kill()
            raise QueryError(
                f"it took longer than {limits.time_s:g} seconds and was stopped; "
                "ask for fewer rows or days"
            ) from problem
    head, _, body = message.partition(b"\n")
    if process.returncode or not head:
        raise QueryError(TOO_MUCH)
    facts = json.loads(head)
    if facts["problem"] is not None:
        raise QueryError(facts["problem"])
    return Answer(pl.read_ipc_stream(io.BytesIO(body)), facts["is_cut"], facts["took_s"])


def _asked(sharing: Sharing | None, parameters: Sequence[str]) -> str:
    switched_on = None if sharing is None else list(sharing.switched_on)
    return json.dumps({"switched_on": switched_on, "parameters": list(parameters)})
