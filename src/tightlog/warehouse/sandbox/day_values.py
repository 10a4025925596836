"""The value of an expression of the runner's own on each day, made by a confined process: what it
cannot do becomes a reason, whatever it is.
"""

import io
import json
import subprocess
from collections.abc import Collection
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
    sent = io.BytesIO()
    sent.write(json.dumps({"expression": expression, "outcome": sorted(outcome)}).encode() + b"\n")
    # Lists are no numbers, and some versions of Arrow and DuckDB differ in them.
    days.select(pl.exclude(pl.List(pl.String))).write_ipc_stream(sent)
    with subprocess.Popen(
        command(CHILD), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        try:
            message, _ = process.communicate(sent.getvalue(), timeout=TIME_S)
        except subprocess.TimeoutExpired:
            process.kill()
            return DayValues(NO_ROWS, f"it took longer than {TIME_S:g} seconds")
    if process.returncode or not message:
        return DayValues(NO_ROWS, TOO_MUCH)
    head, _, body = message.partition(b"\n")
    reason = json.loads(head)["reason"]
    if reason is not None:
        return DayValues(NO_ROWS, reason)
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
