"""What a refused query is told: what is wrong in a sentence, where in its own text, and what was
perhaps meant.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from tightlog.errors import QueryError
from tightlog.warehouse import store
from tightlog.warehouse.sandbox.bounded import bounded_answer
from tightlog.warehouse.sandbox.refusal import Refusal, refusal


@pytest.fixture(scope="module")
def told(four_months_version: Path) -> Callable[[str], Refusal]:
    guide = store.relation(four_months_version, "relation_guide")
    relations, columns = guide["relation"].to_list(), guide["column_name"].to_list()

    def of(sql: str) -> Refusal:
        with pytest.raises(QueryError) as caught:
            bounded_answer(four_months_version, sql)
        return refusal(caught.value.problem, sql, relations, columns)

    return of


def test_misspelt_relation_is_named_with_its_line_and_the_nearest(
    told: Callable[[str], Refusal],
) -> None:
    assert told("select *\nfrom dya") == Refusal(
        "There is no relation dya. Did you mean day?", 2, "from dya"
    )


def test_misspelt_column_is_named_with_the_nearest(told: Callable[[str], Refusal]) -> None:
    found = told("select\n  tightnes_score\nfrom day")
    assert found.sentence.startswith(
        "There is no column tightnes_score here. Did you mean tightness_score"
    )
    assert (found.line_number, found.line) == (2, "tightnes_score")


def test_syntax_error_has_its_place(told: Callable[[str], Refusal]) -> None:
    assert told("select day\nform day\nwhere 1") == Refusal(
        'This cannot be read as SQL: syntax error at or near "day".', 2, "form day"
    )


def test_place_is_the_writers_own_line_even_where_duckdb_counts_otherwise(
    told: Callable[[str], Refusal],
) -> None:
    found = told("select day\nfrom day\nwhere day > 'x'")
    assert (found.line_number, found.line) == (3, "where day > 'x'")


def test_unknown_function_parameter_and_other_errors_are_sentences(
    told: Callable[[str], Refusal],
) -> None:
    assert told("select nope(1)").sentence == "There is no function nope here."
    assert told("select st_point(1, 2)").sentence == "There is no function st_point here."
    assert told("select ?").sentence.startswith("A query here has no parameters")
    assert told("select cast('x' as int)").sentence == "Could not convert string 'x' to INT32."
    assert told("select day from day order by 99") == Refusal(
        "ORDER term out of range - should be between 1 and 1."
    )


def test_limits_are_said_with_a_capital_and_a_full_stop() -> None:
    assert refusal("it took longer than 20 seconds and was stopped", "select 1", [], []) == (
        Refusal("It took longer than 20 seconds and was stopped.")
    )
