"""Example questions about the warehouse, each with the SQL that answers it: the files in
`sql/example`, in their order.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tightlog.warehouse.build import statement


@dataclass(frozen=True)
class Example:
    """One question in plain words, and its query; `name` is the file's, as
    `09_before_the_worst_mornings`.
    """

    name: str
    question: str
    sql: str


@cache
def examples() -> tuple[Example, ...]:
    """All example questions, in the order of their numbers."""
    folder = files("tightlog.warehouse").joinpath("sql", "example")
    names = sorted(
        entry.name.removesuffix(".sql") for entry in folder.iterdir() if entry.name.endswith(".sql")
    )
    return tuple(_example(name) for name in names)


def _example(name: str) -> Example:
    heading, _, sql = statement(f"example/{name}").partition("\n")
    return Example(name, heading.removeprefix("-- "), sql.strip())
