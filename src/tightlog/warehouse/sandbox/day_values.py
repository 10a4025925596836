"""The value of expressions of the runner's own on each day, made by a confined process: what it
cannot do becomes a reason, whatever it is.
"""

import io
import json
import subprocess
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from tightlog.home.limited_process import command
from tightlog.warehouse.sandbox.limits import TOO_MUCH

CHILD = "tightlog.warehouse.sandbox.day_values_child"
TIME_S = 10.0
LARGEST = 1e100


@dataclass(frozen=True)
class DayValues:
    """Frame with `day` and `value` (null is not known), or why there is none."""

    rows: pl.DataFrame
    reason: str | None = None


NO_ROWS = pl.DataFrame(schema={"day": pl.Date, "value": pl.Float64})


def day_values(days: pl.DataFrame, expression: str, outcome: Collection[str] = ()) -> DayValues:
    """Values of an SQL expression of the columns of `days` on each of them. `outcome` are columns
    that it may not use.
    """
    return day_values_of_each(days, [expression], outcome)[0]


def day_values_of_each(
    days: pl.DataFrame, expressions: Sequence[str], outcome: Collection[str] = ()
) -> list[DayValues]:
    """day_values of every expression, made by one process; where it ends before it has answered
    all, each that is left has a process of its own.
    """
    found = _answered(days, expressions, outcome)
    if len(expressions) == 1:
        return found or [DayValues(NO_ROWS, TOO_MUCH)]
    left = expressions[len(found) :]
    return found + [day_values(days, expression, outcome) for expression in left]


def _answered(
    days: pl.DataFrame, expressions: Sequence[str], outcome: Collection[str]
) -> list[DayValues]:
    """What one process answered, in order; less than was asked where it was ended."""
    sent = io.BytesIO()
    asked = {"expressions": list(expressions), "outcome": sorted(outcome)}
    sent.write(json.dumps(asked).encode() + b"\n")
    # Lists are no numbers, and some versions of Arrow and DuckDB differ in them.
    days.select(pl.exclude(pl.List(pl.String))).write_ipc_stream(sent)
    with subprocess.Popen(
        command(CHILD), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        try:
            message, _ = process.communicate(sent.getvalue(), timeout=TIME_S)
        except subprocess.TimeoutExpired:
            process.kill()
            message, _ = process.communicate()
            if len(expressions) == 1:
                return [DayValues(NO_ROWS, f"it took longer than {TIME_S:g} seconds")]
    return list(_read(message, days))


def _read(message: bytes, days: pl.DataFrame) -> Iterator[DayValues]:
    # Each answer is a line of JSON, then as many bytes as it says; the last may be cut off.
    while b"\n" in message:
        line, _, message = message.partition(b"\n")
        head = json.loads(line)
        if len(message) < head["bytes"]:
            return
        body, message = message[: head["bytes"]], message[head["bytes"] :]
        reason = head["reason"]
        yield _of_days(body, days) if reason is None else DayValues(NO_ROWS, reason)


def _of_days(body: bytes, days: pl.DataFrame) -> DayValues:
    rows = pl.read_ipc_stream(io.BytesIO(body)).select(
        pl.col("day").cast(pl.Date), pl.col("value").cast(pl.Float64)
    )
    # NaN, infinite and what no square can hold are no numbers of a day.
    is_number = pl.col("value").abs() < LARGEST
    rows = rows.with_columns(pl.when(is_number).then("value").alias("value"))
    is_of_days = rows["day"].to_list() == days["day"].to_list()
    return (
        DayValues(rows) if is_of_days else DayValues(NO_ROWS, "it does not give one number a day")
    )
