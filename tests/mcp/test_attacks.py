"""Attacks on `tightlog mcp`: no file is read, no file is made, nothing that is not shared is told,
and the next question is answered. Each query takes a process of its own, so the official client
sends one in a few, and all of them by hand; all of them go through the gate
(tests/warehouse/shared) and run on what is shared each time.
"""

import time
from pathlib import Path

import pytest

from tests.mcp.attacks import ANSWERED, GUESSED, HEAVY, REFUSED
from tests.mcp.conftest import Call, Told, ask_all
from tests.mcp.planted import HIDDEN_COLUMNS, STRANGER, TEXTS, hidden_numbers
from tests.mcp.test_server import numbers_in
from tightlog.errors import QueryError
from tightlog.home.settings import Home
from tightlog.simulation.hostile.asked import contents
from tightlog.warehouse import store
from tightlog.warehouse.sandbox.answering import answer_to, opened_shared, plain
from tightlog.warehouse.sandbox.limits import Sharing
from tightlog.warehouse.shared.held import RELATIONS

pytestmark = pytest.mark.slow


def each(step: int) -> pytest.MarkDecorator:
    """A test with every so many queries; with all of them it is measured by hand."""
    every = pytest.param(1, id="all", marks=[pytest.mark.measure, pytest.mark.timeout(1800)])
    return pytest.mark.parametrize("step", [pytest.param(step, id="some"), every])


def asked(home: Home, queries: tuple[str, ...], folder: Path) -> list[tuple[str, Told]]:
    """Each query with its answer; F is a file with a word in it, M one that is not there."""
    stranger = folder / "stranger.csv"
    stranger.write_text(f"word\n{STRANGER}\n", encoding="utf-8")
    made = [
        query.replace("'F", f"'{stranger}")
        .replace('"F', f'"{stranger}')
        .replace("'M'", f"'{folder}/made'")
        for query in queries
    ]
    calls: list[Call] = [("sql", {"query": query}) for query in made]
    return list(zip(made, ask_all(home.folder, calls), strict=True))


def leaks(told: Told, home: Home) -> list[str]:
    """What of the planted home is in an answer."""
    hidden = hidden_numbers(store.published_version(home))
    found = [word for word in TEXTS if word in told.text]
    found += [str(home.folder)] * (str(home.folder) in told.text)
    found += [str(number) for number in hidden & numbers_in(told.answer)]
    named = {name for row in told.answer.get("rows", []) for name in row}
    return found + sorted(named & set(HIDDEN_COLUMNS))


def test_there_are_enough_of_them() -> None:
    assert len({*REFUSED, *ANSWERED, *GUESSED, *HEAVY}) >= 150
    assert len(REFUSED) == len(set(REFUSED))


@each(10)
def test_what_asks_for_more_than_is_shared_is_refused(
    planted: Home, tmp_path: Path, step: int
) -> None:
    before = contents(planted.folder)
    for query, told in asked(planted, REFUSED[::step], tmp_path):
        assert told.is_error, query
        assert not leaks(told, planted) or not told.answer, query
        assert STRANGER not in told.text and "Traceback" not in told.text, query
    assert sorted(path.name for path in tmp_path.iterdir()) == ["stranger.csv"]
    assert contents(planted.folder) == before


@each(8)
def test_whole_rows_and_all_columns_hold_only_what_is_shared(
    planted: Home, tmp_path: Path, step: int
) -> None:
    for query, told in asked(planted, ANSWERED[::step], tmp_path):
        assert not told.is_error, (query, told.text)
        own = ["note"] if query.startswith("with tightness") else []
        assert leaks(told, planted) == own, query


@pytest.mark.parametrize("query", [*ANSWERED, *GUESSED])
def test_no_query_finds_more_than_is_shared(planted: Home, query: str) -> None:
    version = store.published_version(planted)
    try:
        with opened_shared(version, Sharing(), query, 2**30) as connection:
            rows = plain(answer_to(connection, query, only=RELATIONS)).limit(1_000).pl().to_dicts()
    except QueryError as problem:
        assert query in GUESSED
        told = Told(True, {}, problem.problem)
    else:
        assert query in ANSWERED
        told = Told(False, {"rows": rows}, str(rows))
    own = ["note"] if query.startswith("with tightness") else []
    assert leaks(told, planted) == own


@each(5)
def test_a_column_that_is_not_shared_is_no_column(planted: Home, tmp_path: Path, step: int) -> None:
    for query, told in asked(planted, GUESSED[::step], tmp_path):
        assert told.is_error, query
        assert not leaks(told, planted), query


# The first takes its ten seconds as the last does; the last cannot be interrupted.
@pytest.mark.parametrize("query", [pytest.param(HEAVY[0], marks=pytest.mark.measure), *HEAVY[1:]])
def test_a_heavy_query_ends_and_the_next_is_answered(
    planted: Home, tmp_path: Path, query: str
) -> None:
    started = time.monotonic()
    (_, heavy), (_, after) = asked(planted, (query, "select 1 as n"), tmp_path)
    assert heavy.is_error or len(heavy.text) < 1_000_000, query
    assert after.rows == [{"n": 1}]
    assert time.monotonic() - started < 60
