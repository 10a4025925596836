"""A query of the runner's own, answered within limits; a refusal says what to change."""

from collections.abc import Sequence
from pathlib import Path

from tightlog.errors import QueryError
from tightlog.warehouse import store
from tightlog.warehouse.examples import Example, examples
from tightlog.warehouse.sandbox.bounded import Answer, Limits, Sharing, bounded_answer
from tightlog.warehouse.sandbox.refusal import Refusal, refusal

__all__ = [
    "Answer",
    "Example",
    "Limits",
    "Refusal",
    "Sharing",
    "examples",
    "own_answer",
    "shared_answer",
]


def own_answer(version: Path, sql: str, limits: Limits) -> Answer | Refusal:
    """Rows of one query of one published version, or why there are none."""
    try:
        return bounded_answer(version, sql, limits)
    except QueryError as problem:
        return refusal(problem.problem, sql, *_names(version))


def shared_answer(
    version: Path,
    sql: str,
    limits: Limits,
    sharing: Sharing,
    parameters: Sequence[str] = (),
) -> Answer | Refusal:
    """The same on what is shared of a version; a refusal names nothing else of it."""
    try:
        return bounded_answer(version, sql, limits, sharing=sharing, parameters=parameters)
    except QueryError as problem:
        return refusal(problem.problem, sql, (), ())


def _names(version: Path) -> tuple[Sequence[str], Sequence[str]]:
    """Relations and columns, one of each per column, to suggest a name from after a typo."""
    guide = store.answer(version, "dictionary", [""])
    return guide["relation"].to_list(), guide["column_name"].to_list()
