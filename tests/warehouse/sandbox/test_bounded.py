"""What a query of anybody's may do: read the warehouse within its limits, and nothing else."""

import time
from pathlib import Path

import pytest

from tightlog.errors import QueryError
from tightlog.warehouse import store
from tightlog.warehouse.sandbox.bounded import Limits, bounded_answer

SHORT = Limits(time_s=2.0)


def refused(version: Path, sql: str, limits: Limits | None = None) -> str:
    with pytest.raises(QueryError) as caught:
        bounded_answer(version, sql, limits)
    return caught.value.problem


def test_answer_is_what_the_warehouse_says_in_the_order_asked_for(
    four_months_version: Path,
) -> None:
    sql = (
        "select day, tightness_score, run_distance_m, coverage from day order by tightness_score "
        "desc nulls last, day"
    )
    answer = bounded_answer(four_months_version, sql)
    assert answer.rows.equals(store.query(four_months_version, sql))
    assert not answer.is_cut
    assert 0 < answer.took_s < 20


def test_more_rows_than_the_limit_are_cut_and_said_to_be(four_months_version: Path) -> None:
    first = bounded_answer(
        four_months_version, "select range from range(5) order by range", Limits(rows=4)
    )
    assert (first.rows["range"].to_list(), first.is_cut) == ([0, 1, 2, 3], True)
    whole = bounded_answer(four_months_version, "select range from range(4)", Limits(rows=4))
    assert (whole.rows.height, whole.is_cut) == (4, False)
    assert bounded_answer(four_months_version, "select * from record").rows.height == 10_000


@pytest.mark.parametrize(
    "sql",
    [
        "copy (select 1) to 'stolen.csv'",
        "attach 'other.duckdb' as other",
        "install httpfs",
        "load httpfs",
        "pragma database_list",
        "set memory_limit = '100GB'",
        "reset threads",
        "call pragma_version()",
        "create temp table t as select 1",
        "drop table day",
        "delete from day",
        "insert into day (day) values (date '2020-01-01')",
        "checkpoint",
        "begin",
        "export database 'folder'",
        "vacuum",
    ],
)
def test_only_queries_are_answered(
    sql: str, four_months_version: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert refused(four_months_version, sql).startswith("a query begins with select, with, from")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_csv('/etc/passwd')",
        "select * from read_text('/etc/passwd')",
        "select * from glob('*')",
        "select * from read_parquet('https://example.org/x.parquet')",
        "select * from sniff_csv('/etc/passwd')",
        "explain analyze from glob('/*')",
    ],
)
def test_no_file_and_no_network_is_read(sql: str, four_months_version: Path) -> None:
    assert "no files, no network" in refused(four_months_version, sql)


def test_a_file_named_as_a_relation_is_no_relation(four_months_version: Path) -> None:
    assert "does not exist" in refused(four_months_version, "select * from '/etc/passwd'")


def test_one_query_at_a_time(four_months_version: Path) -> None:
    assert refused(four_months_version, "select 1; select 2") == "one query at a time, this has 2"
    assert refused(four_months_version, "  -- nothing but a comment") == "there is no query"
    assert bounded_answer(four_months_version, "select 1 as one;").rows.to_dicts() == [{"one": 1}]


@pytest.mark.parametrize(
    "sql",
    [
        (
            "select count(*) from record as a, record as b, record as c where a.elapsed_s + "
            "b.elapsed_s + c.elapsed_s < 0"
        ),
        "with recursive t(n) as (select 1 union all select n + 1 from t) select count(*) from t",
        # does not listen to DuckDB's interrupt
        "select levenshtein(repeat('a', 200000), repeat('b', 200000))",
    ],
)
def test_endless_query_is_stopped_in_time(sql: str, four_months_version: Path) -> None:
    started = time.monotonic()
    assert (
        refused(four_months_version, sql, SHORT)
        == "it took longer than 2 seconds and was stopped; ask for fewer rows or days"
    )
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    "sql",
    [
        "select list(range) from range(10000000000)",
        "select length(repeat('x', 1000000000))",  # text DuckDB's memory limit does not count
        "select max(length(repeat('x', 100000000 + record_index))) from record",
        "select string_agg(repeat('x', 1000000), '') from range(100000)",
    ],
)
def test_query_that_wants_too_much_memory_ends_alone(sql: str, four_months_version: Path) -> None:
    problem = refused(four_months_version, sql, Limits(time_s=20, memory_bytes=200 * 2**20))
    assert "more memory than a query may have" in problem or "longer than" in problem


def test_long_texts_are_refused_when_the_answer_grows_too_large(four_months_version: Path) -> None:
    problem = refused(
        four_months_version,
        "select repeat('x', 1000000) as x from range(100)",
        Limits(answer_bytes=10 * 2**20),
    )
    assert problem == "its answer is larger than 10 MB; ask for fewer columns or shorter texts"


def test_types_no_page_can_show_come_as_text(four_months_version: Path) -> None:
    row = bounded_answer(
        four_months_version,
        """
        select
            interval 3 day as i, map {'a': 1} as m, union_value(n := 2) as u,
            {'b': [1, 2]} as s, ['x', null] as l, 'y'::enum('y') as e,
            '101'::bit as b, 'ab'::blob as bl, uuid '00000000-0000-0000-0000-000000000001' as id""",
    ).rows.row(0)
    assert row == (
        "3 days",
        "{a=1}",
        "2",
        "{'b': [1, 2]}",
        "[x, NULL]",
        "y",
        "101",
        "ab",
        "00000000-0000-0000-0000-000000000001",
    )


def test_columns_of_one_name_are_told_apart(four_months_version: Path) -> None:
    rows = bounded_answer(
        four_months_version, 'select 1 as a, 2 as a, 3 as "A", 4 as a_, 5 as "q""uote"'
    ).rows
    assert (rows.columns, rows.row(0)) == (["a", "a_", "A__", "a___", 'q"uote'], (1, 2, 3, 4, 5))


def test_times_beyond_the_calendar_are_refused_in_words(four_months_version: Path) -> None:
    assert refused(four_months_version, "select 'infinity'::timestamp as t") == (
        "column t holds a time outside the years 1 to 9999; cast it to varchar to see it"
    )
    assert bounded_answer(
        four_months_version, "select 'infinity'::date::varchar as t, null::date as d"
    ).rows.row(0) == ("infinity", None)


def test_markup_and_strange_signs_come_back_as_they_are(four_months_version: Path) -> None:
    rows = bounded_answer(
        four_months_version, "select '<script>alert(1)</script>' as x, chr(0) || '→ä' as y"
    ).rows
    assert rows.row(0) == ("<script>alert(1)</script>", "\0→ä")


def test_plan_pivot_and_description_are_queries_too(four_months_version: Path) -> None:
    for sql in (
        "explain select 1",
        "describe day",
        "summarize finding",
        "from day limit 1",
        "pivot activity on sport using count(*) group by day",
    ):
        assert bounded_answer(four_months_version, sql).rows.width > 0
