"""The gate for other programs: only what is shared can be named, whatever the query looks like."""

from collections.abc import Iterator

import duckdb
import pytest

from tests.mcp.attacks import ANSWERED, REFUSED
from tightlog.errors import QueryError
from tightlog.warehouse.gate import passed
from tightlog.warehouse.shared.held import RELATIONS


@pytest.fixture(scope="module")
def parsing() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


@pytest.mark.parametrize("sql", REFUSED)
def test_what_names_anything_else_does_not_pass(
    sql: str, parsing: duckdb.DuckDBPyConnection
) -> None:
    with pytest.raises(QueryError):
        passed(sql, parsing, RELATIONS)


@pytest.mark.parametrize("sql", ANSWERED)
def test_what_names_what_is_shared_passes(sql: str, parsing: duckdb.DuckDBPyConnection) -> None:
    assert passed(sql, parsing, RELATIONS)


def test_a_name_of_the_query_itself_is_its_own(parsing: duckdb.DuckDBPyConnection) -> None:
    assert passed("with Mine as (from day) from MINE", parsing, RELATIONS)
    with pytest.raises(QueryError, match=r"there is no relation main\.mine here"):
        passed("with mine as (from day) from main.mine", parsing, RELATIONS)
