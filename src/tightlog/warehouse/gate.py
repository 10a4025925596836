"""The gate for every query from outside: one reading statement, judged by DuckDB's own parse tree.

Allowed kinds of nodes, expressions and table functions are listed. Anything else is refused, also
what a later DuckDB adds. The gate only parses; it runs no part of the query.

Scalar functions are the exception, a list of what may not be called: there are 1,800 of them, none
can open a file or write one, and those with any effect are declared volatile by DuckDB. Each
volatile function is either here or in VOLATILE_ALLOWED, which a test holds against the DuckDB
installed. Functions that take SQL as a text are refused because the text would not be judged.
"""

import json
import re
from collections.abc import Collection, Iterator
from typing import Any

import duckdb

from tightlog.errors import QueryError
from tightlog.warehouse.pivot import with_values
from tightlog.warehouse.shared.scope import refuse_unshared

BEGINNINGS = "select, with, from, describe, summarize, pivot or explain"
ONLY_READING = (
    f"a query begins with {BEGINNINGS}; nothing here changes the warehouse, the settings or a file"
)
NO_FILES = "queries read the warehouse only: no files, no network, no extensions"
TOO_DEEP = "it is nested too deeply; write it in steps, with `with … as (…)`"
MOST_CHARACTERS = 200_000

NODES = frozenset({"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"})
SOURCES = frozenset(
    {
        "BASE_TABLE",
        "SUBQUERY",
        "JOIN",
        "TABLE_FUNCTION",
        "EXPRESSION_LIST",
        "PIVOT",
        "SHOW_REF",
        "EMPTY",
    }
)
MODIFIERS = frozenset(
    {
        "ORDER_MODIFIER",
        "LIMIT_MODIFIER",
        "LIMIT_PERCENT_MODIFIER",
        "DISTINCT_MODIFIER",
        "ORDER_DEFAULT",
        "ASCENDING",
        "DESCENDING",
    }
)
EXPRESSIONS = frozenset(
    {
        "BETWEEN",
        "CASE",
        "CAST",
        "COLLATE",
        "COLUMN_REF",
        "COMPARISON",
        "CONJUNCTION",
        "CONSTANT",
        "DEFAULT",
        "FUNCTION",
        "LAMBDA",
        "OPERATOR",
        "PARAMETER",
        "POSITIONAL_REFERENCE",
        "STAR",
        "SUBQUERY",
        "TYPE",
        "WINDOW",
    }
)
TABLE_FUNCTIONS = frozenset(
    {
        "duckdb_columns",
        "duckdb_constraints",
        "duckdb_functions",
        "duckdb_keywords",
        "duckdb_schemas",
        "duckdb_tables",
        "duckdb_types",
        "duckdb_views",
        "generate_series",
        "icu_calendar_names",
        "json_each",
        "json_tree",
        "pg_timezone_names",
        "pragma_collations",
        "pragma_show",
        "pragma_table_info",
        "pragma_version",
        "range",
        "repeat",
        "repeat_row",
        "summary",
        "unnest",
    }
)
SHOWN = frozenset({'"tables"', '"databases"', '"schemas"', "__show_tables_expanded"})
FUNCTIONS_REFUSED = frozenset(
    {
        # with an effect, or that only waste time
        "nextval",
        "currval",
        "setval",
        "setseed",
        "write_log",
        "sleep_ms",
        "pg_sleep",
        # about the connection, not the warehouse
        "current_connection_id",
        "current_query",
        "current_query_id",
        "current_transaction_id",
        "stats",
        "vector_type",
        "getenv",
        # take SQL as a text
        "query",
        "query_table",
        "json_serialize_sql",
        "json_serialize_plan",
        "json_deserialize_sql",
        "json_execute_serialized_sql",
    }
)
VOLATILE_ALLOWED = frozenset({"random", "uuid", "uuidv4", "uuidv7", "gen_random_uuid", "error"})
# A name of a relation or of a CTE; a file has a dot, a slash, a colon or a star.
NAME = re.compile(r"[\w $-]+")
SHOW_OPTIONS = re.compile(r"[\w\s,()]*")


def passed(
    sql: str, connection: duckdb.DuckDBPyConnection, only: Collection[str] | None = None
) -> str:
    """The text to run in place of a query that may be run.

    `connection` parses; a table macro of its own may be called. With `only`, no other relation may
    be named, and nothing that tells of others.
    Raises QueryError, with a sentence, for anything but one statement that reads.
    """
    if len(sql) > MOST_CHARACTERS:
        raise QueryError(f"it is longer than {MOST_CHARACTERS:,} characters")
    if "\0" in sql:
        raise QueryError("it holds a NUL, a character no query needs")
    try:
        text = sql.encode("utf-8", "replace").decode()
        return _passed(text, connection, only, may_explain=True)
    except duckdb.Error as problem:
        raise QueryError(str(problem)) from problem
    except RecursionError as problem:
        raise QueryError(TOO_DEEP) from problem


def _passed(
    sql: str,
    connection: duckdb.DuckDBPyConnection,
    only: Collection[str] | None,
    *,
    may_explain: bool,
) -> str:
    kind = _only_statement(sql, connection)
    words = _words(sql)
    if words and words[0][1].casefold() == "explain":
        if not may_explain:
            raise QueryError(ONLY_READING)
        beginning, rest = _explained(sql, words)
        return f"{beginning} {_passed(rest, connection, only, may_explain=False)}"
    if kind == "MULTI":
        # A pivot that leaves its values open has no tree of its own: the tree of the same query
        # with values is judged, which holds all the rest of it.
        _judge(with_values(sql, words), connection, only)
    elif kind == "SELECT":
        _judge(sql, connection, only)
    else:
        raise QueryError(ONLY_READING)
    return sql


def _only_statement(sql: str, connection: duckdb.DuckDBPyConnection) -> str:
    """DuckDB's kind of the one statement. Raises QueryError for none and for several."""
    kinds = [statement.type.name for statement in connection.extract_statements(sql)]
    if len(kinds) != 1:
        several = f"one query at a time, this has {len(kinds)}"
        raise QueryError(several if kinds else "there is no query")
    return kinds[0]


def _words(sql: str) -> list[tuple[int, str]]:
    """The words and signs of a query without comments, each with its place in bytes."""
    text = sql.encode()
    places = duckdb.tokenize(sql)
    ends = [place for place, _ in places[1:]] + [len(text)]
    return [
        (start, text[start:end].decode().strip())
        for (start, kind), end in zip(places, ends, strict=True)
        if kind != duckdb.token_type.comment
    ]


def _explained(sql: str, words: list[tuple[int, str]]) -> tuple[str, str]:
    """The options of explain, rebuilt, and the query it explains."""
    text, asked = sql.encode(), ["explain"]
    after = 1
    if len(words) > after and words[after][1].casefold() == "analyze":
        asked.append("analyze")
        after += 1
    elif len(words) > after and words[after][1] == "(":
        while after < len(words) and words[after][1] != ")":
            asked.append(words[after][1])
            after += 1
        asked.append(")")
        after += 1
    if after >= len(words) or not SHOW_OPTIONS.fullmatch(" ".join(asked)):
        raise QueryError("explain needs a query: explain select …, or explain analyze select …")
    return " ".join(asked), text[words[after][0] :].decode()


def _judge(sql: str, connection: duckdb.DuckDBPyConnection, only: Collection[str] | None) -> None:
    """Raises QueryError for the first thing in the tree that may not be there."""
    tree = connection.execute("select json_serialize_sql(?::varchar)", [sql]).fetchall()
    facts = json.loads(tree[0][0])
    if facts["error"]:
        raise QueryError(ONLY_READING)
    parts = [part for statement in facts["statements"] for part in tree_parts(statement)]
    for part in parts:
        judge_part(part, connection)
    if only is not None:
        refuse_unshared(parts, only)


def tree_parts(tree: Any) -> Iterator[dict[str, Any]]:
    """Every object of a tree, at any depth."""
    left = [tree]
    while left:
        part = left.pop()
        if isinstance(part, dict):
            yield part
            left.extend(part.values())
        elif isinstance(part, list):
            left.extend(part)


def judge_part(part: dict[str, Any], connection: duckdb.DuckDBPyConnection) -> None:
    """Raises QueryError for an object of a tree that may not be there."""
    expression, kind = part.get("class"), part.get("type")
    if expression is not None:
        if expression not in EXPRESSIONS:
            raise QueryError(ONLY_READING)
    elif isinstance(kind, str) and kind not in NODES | SOURCES | MODIFIERS:
        raise QueryError(ONLY_READING)
    elif kind == "BASE_TABLE":
        _judge_name(part["table_name"])
    elif kind == "SHOW_REF" and part["query"] is None and part["table_name"] not in SHOWN:
        raise QueryError(ONLY_READING)
    elif kind == "TABLE_FUNCTION":
        _judge_table_function(part["function"], connection)
    if str(part.get("function_name", "")).casefold() in FUNCTIONS_REFUSED:
        raise QueryError(f"the function {part['function_name']} is not allowed here; {NO_FILES}")


def _judge_name(name: str) -> None:
    if not NAME.fullmatch(name):
        raise QueryError(f"the relation {name} does not exist; {NO_FILES}")


def _judge_table_function(call: dict[str, Any], connection: duckdb.DuckDBPyConnection) -> None:
    name = str(call.get("function_name", "")).casefold()
    if name not in TABLE_FUNCTIONS and name not in _own_macros(connection):
        raise QueryError(f"the function {name} is not allowed here; {NO_FILES}")


def _own_macros(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    rows = connection.execute(
        "select function_name from duckdb_functions() "
        "where not internal and function_type = 'table_macro'"
    ).fetchall()
    return frozenset(name.casefold() for (name,) in rows)
