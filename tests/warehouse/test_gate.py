"""What the gate promises: every query that reads the warehouse passes, nothing else does."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tightlog.errors import QueryError
from tightlog.home.settings import Home
from tightlog.simulation.hostile.asked import command_refuses, contents, page_refuses
from tightlog.simulation.hostile.queries import good_queries, hostile_queries
from tightlog.warehouse.access import READ_ONLY_CONFIG
from tightlog.warehouse.build import question, question_names
from tightlog.warehouse.gate import (
    FUNCTIONS_REFUSED,
    MOST_CHARACTERS,
    TABLE_FUNCTIONS,
    VOLATILE_ALLOWED,
    passed,
)
from tightlog.warehouse.read_only import connected

SEED = 11


@pytest.fixture(scope="module")
def parsing() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config=READ_ONLY_CONFIG) as connection:
        yield connection


@pytest.fixture(scope="module")
def warehouse(four_months_version: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with connected(four_months_version) as connection:
        yield connection


def refusal_of(sql: str, connection: duckdb.DuckDBPyConnection) -> str:
    with pytest.raises(QueryError) as caught:
        passed(sql, connection)
    return caught.value.problem


def test_none_of_a_thousand_hostile_queries_passes(
    parsing: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for sql in hostile_queries(1000, SEED, tmp_path):
        assert refusal_of(sql, parsing)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_hostile_queries_leave_the_home_as_it_is_through_page_and_command(
    four_months: Home, four_months_version: Path
) -> None:
    before = contents(four_months.folder)
    queries = hostile_queries(300, SEED + 1, four_months_version.parent)
    assert [sql for sql in queries[::25] if not page_refuses(four_months_version, sql)] == []
    assert [sql for sql in queries[5::50] if not command_refuses(four_months, sql)] == []
    assert contents(four_months.folder) == before


@pytest.mark.parametrize("sql", good_queries())
def test_query_that_reads_is_answered(sql: str, warehouse: duckdb.DuckDBPyConnection) -> None:
    assert warehouse.sql(passed(sql, warehouse)).columns


@pytest.mark.parametrize("name", question_names())
def test_every_question_of_ours_would_pass(name: str, parsing: duckdb.DuckDBPyConnection) -> None:
    passed(question(name), parsing)


def test_what_explain_explains_is_judged_and_run_as_it_was_judged(
    parsing: duckdb.DuckDBPyConnection,
) -> None:
    assert passed("EXPLAIN /* a */ ANALYZE select 1", parsing) == "explain analyze select 1"
    assert passed("explain (format json) from day", parsing) == "explain ( format json ) from day"
    assert "a query begins with" in refusal_of("explain analyze copy day to 'f'", parsing)


def test_own_table_macro_may_be_called_and_one_of_duckdb_may_not() -> None:
    with duckdb.connect() as connection:
        assert "own_days is not allowed" in refusal_of("from own_days(3)", connection)
        connection.execute("create macro own_days(n) as table select range as day from range(n)")
        assert passed("from own_days(3)", connection) == "from own_days(3)"
        assert "read_csv is not allowed" in refusal_of("from read_csv('x')", connection)


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("select 1; select 2", "one query at a time, this has 2"),
        ("-- nothing", "there is no query"),
        ("from 'a.csv'", "the relation a.csv does not exist; queries read the warehouse only"),
        ("select NextVal('s')", "the function nextval is not allowed here"),
        ("set threads = 1", "a query begins with select, with, from"),
        ("select 1\0", "it holds a NUL"),
        ("select " + "1" * MOST_CHARACTERS, "it is longer than 200,000 characters"),
        ("select " + "(" * 5000 + "1" + ")" * 5000, "Max expression depth"),
        ("selec 1", "syntax error"),
        ("\ud800", "syntax error"),
    ],
)
def test_refusal_is_a_sentence(sql: str, words: str, parsing: duckdb.DuckDBPyConnection) -> None:
    assert words in refusal_of(sql, parsing)


def test_every_function_with_an_effect_in_this_duckdb_is_decided(
    parsing: duckdb.DuckDBPyConnection,
) -> None:
    volatile = {
        name
        for (name,) in parsing.execute(
            "select distinct function_name from duckdb_functions() where stability = 'VOLATILE' "
            "or has_side_effects"
        ).fetchall()
    }
    assert volatile <= FUNCTIONS_REFUSED | VOLATILE_ALLOWED
    macros = parsing.execute(
        "select function_name, macro_definition from duckdb_functions() "
        "where function_type in ('macro', 'table_macro')"
    ).fetchall()
    assert {
        name
        for name, text in macros
        if any(f"{refused}(" in (text or "") for refused in FUNCTIONS_REFUSED)
    } <= FUNCTIONS_REFUSED | {"histogram_values"}
    assert not TABLE_FUNCTIONS & {"histogram_values", "histogram"} | TABLE_FUNCTIONS & volatile
