"""What a hypothesis may be: an expression of one row of `day`, judged by the parse tree.

It sees no other day, so that it cannot know what came after it, and neither chance nor the clock,
so that every refresh gives the same numbers.
"""

import json
from collections.abc import Collection
from typing import Any

import duckdb

from tightlog.errors import QueryError
from tightlog.warehouse.gate import NODES, VOLATILE_ALLOWED, passed, tree_parts

CLOCK = frozenset(
    {
        "age",
        "current_date",
        "current_localtime",
        "current_localtimestamp",
        "current_time",
        "current_timestamp",
        "get_current_time",
        "get_current_timestamp",
        "localtime",
        "localtimestamp",
        "now",
        "today",
        "transaction_timestamp",
    }
)
OTHER_DAYS = frozenset({"WINDOW", "SUBQUERY", "STAR", "POSITIONAL_REFERENCE", "PARAMETER"})
ONE_ROW = (
    "it may use the columns of one day only, without subqueries, window functions and *; columns "
    "of the last 7 or 28 days are there already"
)


def judged(expression: str, outcome: Collection[str], connection: duckdb.DuckDBPyConnection) -> str:
    """The query that gives the day and the value of an expression, one row a day.

    `outcome` are the columns made of the score. Raises QueryError for anything that is not an
    expression of one row of `day`.
    """
    # On lines of its own, so that a comment in it ends there.
    sql = f"select day, cast((\n{expression}\n) as double) as value from day"
    text = passed(sql, connection, {"day"})
    ((tree,),) = connection.execute("select json_serialize_sql(?::varchar)", [text]).fetchall()
    parts = list(tree_parts(json.loads(tree)["statements"]))
    if sum(part.get("type") in NODES for part in parts) != 1:
        raise QueryError(ONE_ROW)
    for part in parts:
        _judge(part, outcome)
    return text


def _judge(part: dict[str, Any], outcome: Collection[str]) -> None:
    if part.get("class") in OTHER_DAYS or part.get("type") in ("JOIN", "TABLE_FUNCTION"):
        raise QueryError(ONE_ROW)
    name = str(part.get("function_name", "")).casefold()
    if name in CLOCK | VOLATILE_ALLOWED:
        raise QueryError(f"the function {name} gives another value each time")
    if part.get("class") == "COLUMN_REF":
        column = str(part["column_names"][-1]).casefold()
        if column in CLOCK:
            raise QueryError(f"{column} gives another value each time")
        if column in outcome:
            raise QueryError(f"{column} is made of the score itself")
