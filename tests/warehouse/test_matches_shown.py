"""Which patterns a morning shows, asked of a real DuckDB."""

from datetime import date, timedelta

import duckdb
import pytest

from tightlog.warehouse.build import question

MORNING = date(2026, 5, 4)
BEFORE = MORNING - timedelta(days=1)


def shown(last_day: date, asked_on: date, until_on: date | None) -> list[tuple[date, str]]:
    """Day and rule of what is shown, where R21 matched on the day before the morning, and R2 on the
    last day known.
    """
    with duckdb.connect() as connection:
        connection.execute("create table day as select $1::date as day", [last_day])
        connection.execute(
            "create table pattern as select pattern, pattern as title, 'B' as grade, "
            "'' as source, '' as why from (values ('R2'), ('R21')) as t (pattern)"
        )
        connection.execute(
            "create table pattern_match as select *, 'new' as state, day as started_on, "
            "'' as evidence from (values ($1::date, 'R21', $2::date), ($3::date, 'R2', null)) "
            "as t (day, pattern, until_on)",
            [BEFORE, until_on, last_day],
        )
        asked = [asked_on - timedelta(days=7), asked_on]
        rows = connection.execute(question("matches_shown"), asked).fetchall()
    return [(row[0], row[1]) for row in rows]


@pytest.mark.parametrize("last_day", [BEFORE, MORNING])
def test_a_link_is_shown_all_its_morning_scored_or_not(last_day: date) -> None:
    assert shown(last_day, MORNING, MORNING) == [(last_day, "R2"), (BEFORE, "R21")]


@pytest.mark.parametrize("last_day", [BEFORE, MORNING])
def test_a_link_is_over_when_its_morning_is(last_day: date) -> None:
    assert shown(last_day, MORNING + timedelta(days=1), MORNING) == [(last_day, "R2")]
    assert shown(last_day, MORNING, BEFORE) == [(last_day, "R2")]
