"""What a version is made of: the number of its format, and the SQL files in `sql/`."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import duckdb

from tightlog.domain.formats import FORMATS
from tightlog.words.enumerations import enumerated

if TYPE_CHECKING:  # `tightlog sql` needs none
    import polars as pl

# Raise it whenever a relation, a reader or a rule of reading changes: older warehouses are
# then rebuilt from data/raw.
SCHEMA_VERSION = 41
READER_NAMES = enumerated(
    [f"{one.name} (the list of an export)" if one.is_list else one.name for one in FORMATS], "or"
)


@cache
def statement(name: str) -> str:
    """Text of an SQL file, named by its folder and name, as `relation/day`; a comment in it that
    speaks of the readers names those declared.
    """
    text = files("tightlog.warehouse").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")
    return text.replace("{reader_names}", READER_NAMES)


def question(name: str) -> str:
    """Text of a question, by its name alone: KeyError for an unknown one."""
    return statement(f"question/{_question_places()[name]}")


def question_names() -> tuple[str, ...]:
    """Names of all questions: the files in `sql/question/`, those of one page in its folder."""
    return tuple(sorted(_question_places()))


@cache
def _question_places() -> Mapping[str, str]:
    # By name, where below sql/question/ it lies: `runs/activity_route`.
    top = files("tightlog.warehouse").joinpath("sql", "question")
    pages = [entry.name for entry in top.iterdir() if entry.is_dir()]
    below = [f"{page}/{entry.name}" for page in pages for entry in top.joinpath(page).iterdir()]
    places = [*below, *(entry.name for entry in top.iterdir())]
    return {
        place.rpartition("/")[2].removesuffix(".sql"): place.removesuffix(".sql")
        for place in places
        if place.endswith(".sql")
    }


def question_line(name: str) -> str:
    """A question of `sql/question/` on one line without comments, to be typed into a terminal."""
    lines = (line.strip() for line in question(name).splitlines())
    return " ".join(line for line in lines if not line.startswith("--")).rstrip(";")


def relation_names() -> tuple[str, ...]:
    """Names of all public relations: the files in `sql/relation/`."""
    folder = files("tightlog.warehouse").joinpath("sql", "relation")
    return tuple(
        sorted(
            entry.name.removesuffix(".sql")
            for entry in folder.iterdir()
            if entry.name.endswith(".sql")
        )
    )


def column_names(relation: str) -> tuple[str, ...]:
    """Names of the columns of a relation, as its SQL file comments them."""
    return tuple(
        re.findall(
            rf"^comment on column {relation}\.(\w+) is",
            statement(f"relation/{relation}"),
            re.MULTILINE,
        )
    )


def frame(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Iterable[Any] = ()
) -> "pl.DataFrame":
    """Result of a query on the draft as a frame."""
    import polars as pl

    bound = list(parameters)
    # Not `relation.pl()`: it loads pyarrow.
    return pl.DataFrame(connection.sql(sql, params=bound) if bound else connection.sql(sql))


@contextmanager
def offered(
    connection: duckdb.DuckDBPyConnection, view: str, rows: "pl.DataFrame"
) -> Iterator[None]:
    """The rows as a view that a statement can read."""
    connection.register(view, _Stream(rows))
    try:
        yield
    finally:
        connection.unregister(view)


class _Stream:
    """A frame as the stream of Arrow it is: of a frame itself DuckDB asks pyarrow for one."""

    def __init__(self, rows: "pl.DataFrame") -> None:
        import polars as pl

        # Of values of no type DuckDB 2.0 takes no such stream; text becomes whatever is asked for.
        typed = {pl.Null(): pl.String(), pl.List(pl.Null): pl.List(pl.String)}
        self._rows = rows.with_columns(
            pl.col(name).cast(typed[kind]) for name, kind in rows.schema.items() if kind in typed
        )

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._rows.__arrow_c_stream__(requested_schema)
