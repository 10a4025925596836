"""An expression of the runner's own: one number a day from that day alone, or a reason."""

from datetime import date, timedelta

import polars as pl
import pytest

from tightlog.home.limited_process import command
from tightlog.warehouse.sandbox import day_values as own
from tightlog.warehouse.sandbox.day_values import day_values, day_values_of_each

DAYS = pl.DataFrame(
    {
        "day": [date(2026, 5, 1) + timedelta(days=number) for number in range(4)],
        "run_distance_m": [5000.0, None, 0.0, 12000.0],
        "is_cold": [True, False, None, True],
        "tightness_score": [3.0, 4.0, 5.0, 6.0],
    }
)


@pytest.mark.parametrize(
    ("expression", "values"),
    [
        ("run_distance_m", [5000.0, None, 0.0, 12000.0]),
        ("run_distance_m > 4000", [1.0, None, 0.0, 1.0]),
        ("coalesce(run_distance_m, 0) / 1000", [5.0, 0.0, 0.0, 12.0]),
        ("is_cold", [1.0, 0.0, None, 1.0]),
        ("1e300 * run_distance_m / nullif(run_distance_m, 0)", [None] * 4),
        ("0 * sqrt(run_distance_m - 5000)", [0.0, None, None, 0.0]),
        ("dayofmonth(day)", [1.0, 2.0, 3.0, 4.0]),
        ("case when is_cold then 1 else 0 end -- a word", [1.0, 0.0, 0.0, 1.0]),
    ],
)
def test_an_expression_gives_a_number_a_day(expression: str, values: list[float | None]) -> None:
    found = day_values(DAYS, expression)
    assert (found.reason, found.rows["value"].to_list()) == (None, values)
    assert found.rows["day"].to_list() == DAYS["day"].to_list()


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("nothing_here", "There is no column nothing_here"),
        ("tightness_score", "made of the score itself"),
        ('day."TIGHTNESS_SCORE" + 1', "made of the score itself"),
        ("lead(run_distance_m) over (order by day)", "of one day only"),
        ("avg(run_distance_m) over ()", "of one day only"),
        ("(select max(run_distance_m) from day)", "of one day only"),
        ("columns('run.*')", "of one day only"),
        ("#2", "of one day only"),
        ("random()", "another value each time"),
        ("date_diff('day', day, current_date)", "another value each time"),
        ("date_diff('day', day, today())", "another value each time"),
        ("sum(run_distance_m)", "GROUP BY"),
        ("unnest([1, 2])", "one number a day"),
        ("'text'", "Could not convert"),
        ("1) as double) from day; drop table day; select cast((1", "ne query at a time"),
        ("1) as double) from day union all select day, cast((2", "of one day only"),
        ("1) as double) as value from day limit 2 --", ""),
        ("getenv('HOME')", "not allowed here"),
        ("(from read_text('/etc/hostname'))", "not allowed here"),
        ("(select 1 from duckdb_tables())", "not allowed here"),
        ("repeat('x', 2000000000)::double", ""),
        ("", ""),
        ("error('x')", ""),
    ],
)
def test_what_is_no_number_of_one_day_becomes_a_reason(expression: str, words: str) -> None:
    found = day_values(DAYS, expression, {"tightness_score"})
    assert found.reason and words in found.reason
    assert found.rows.is_empty()


def test_an_endless_expression_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own, "TIME_S", 2.0)
    slow = "levenshtein(repeat('a', 200000), repeat('b', 200000))"
    assert day_values(DAYS, slow).reason == "it took longer than 2 seconds"


def test_several_are_answered_as_each_alone_also_behind_one_that_ends_the_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # A process is started behind the slow one: on a busy machine that alone takes seconds.
    monkeypatch.setattr(own, "TIME_S", 6.0)
    slow = "levenshtein(repeat('a', 200000), repeat('b', 200000))"
    asked = ["run_distance_m", "nothing_here", slow, "run_distance_m / 1000"]
    found = day_values_of_each(DAYS, asked)
    assert [one.reason is None for one in found] == [True, False, False, True]
    assert found[2].reason == "it took longer than 6 seconds"
    assert found[0].rows["value"].to_list() == [5000.0, None, 0.0, 12000.0]
    assert found[3].rows["value"].to_list() == [5.0, None, 0.0, 12.0]


def test_several_need_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []

    def noted(name: str) -> list[str]:
        started.append(name)
        return command(name)

    monkeypatch.setattr(own, "command", noted)
    found = day_values_of_each(DAYS, ["run_distance_m", "is_cold", "'text'"])
    assert len(found) == 3 and started == [own.CHILD]
