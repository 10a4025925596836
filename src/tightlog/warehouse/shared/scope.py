"""The gate's second half for another program: which relations a query may name, judged by the same
parse tree. Everything else about the database is none of its business.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from tightlog.errors import QueryError

SCHEMA = "shared"
# Those that make rows of their arguments. None takes the name of a relation or tells of one.
TABLE_FUNCTIONS = frozenset(
    {"generate_series", "json_each", "json_tree", "range", "repeat", "repeat_row", "unnest"}
)
# What tells of settings, paths or the catalogue, and macros that read the catalogue.
FUNCTIONS_REFUSED = frozenset(
    {
        "current_setting",
        "format_type",
        "get_block_size",
        "getvariable",
        "pg_get_constraintdef",
        "pg_get_viewdef",
    }
)
ASK_GUIDE = "`select * from relation_guide` lists every relation and column there is"


def refuse_unshared(parts: Sequence[dict[str, Any]], only: Collection[str]) -> None:
    """Raises QueryError where the objects of a tree name anything but these relations and the
    query's own.
    """
    own = {name.casefold() for part in parts for name in _own_names(part)}
    for part in parts:
        kind = part.get("type")
        if kind == "BASE_TABLE":
            _judge_path(part["qualified_name"]["path"], {*only, *own})
        elif kind == "SHOW_REF" and part["query"] is None:
            raise QueryError(ASK_GUIDE)
        elif kind == "TABLE_FUNCTION":
            _judge_call(part["function"], TABLE_FUNCTIONS)
        if str(part.get("function_name", "")).casefold() in FUNCTIONS_REFUSED:
            raise QueryError(f"the function {part['function_name']} is not allowed here")


def _own_names(part: dict[str, Any]) -> Iterator[str]:
    """The names a query gives itself, by `with … as`."""
    held = part.get("cte_map")
    if isinstance(held, dict):
        yield from (str(entry["key"]) for entry in held.get("map", ()))


def _judge_path(path: Sequence[str], known: Collection[str]) -> None:
    names = [name.casefold() for name in path]
    if len(names) == 2 and names[0] == SCHEMA:
        names = names[1:]
    if len(names) != 1 or names[0] not in known:
        raise QueryError(f"there is no relation {'.'.join(path)} here; {ASK_GUIDE}")


def _judge_call(call: dict[str, Any], known: Collection[str]) -> None:
    name = str(call.get("function_name", ""))
    if name.casefold() not in known:
        raise QueryError(f"the function {name} is not allowed here; {ASK_GUIDE}")
