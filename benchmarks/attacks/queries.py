"""Hostile queries against the gate, the SQL page and `tightlog sql`; what the gate costs.

    python -m benchmarks.attacks.queries [COUNT]

A query is survived if it was refused, raised nothing else, and no file of the home was changed,
created or removed. The queries are made of parts: a statement that writes or reads elsewhere, a
wrapping, a disguise.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.attacks.outcome import Outcome
from benchmarks.attacks.sql_page import sql_page
from tightlog.errors import QueryError
from tightlog.home.settings import Home, Settings, home_folder
from tightlog.refresh.refresh import refresh
from tightlog.simulation.home import write_sample
from tightlog.simulation.hostile.asked import command_refuses, contents
from tightlog.simulation.hostile.queries import good_queries, hostile_queries
from tightlog.warehouse import store
from tightlog.warehouse.access import READ_ONLY_CONFIG
from tightlog.warehouse.gate import passed

COUNT, SEED, REPEATS = 300, 11, 50
LAST_DAY = date(2026, 5, 10)


def attacks(count: int, seed: int, folder: Path) -> list[Outcome]:
    """Attacks in a home below `folder`, by way: each query goes through every one."""
    home = attacked_home(folder)
    version = store.published_version(home)
    queries = hostile_queries(count, seed, version.parent)
    with sql_page(home) as page_refuses:
        on_page = _tried(
            "hostile queries on the SQL page",
            queries,
            home,
            lambda queries: map(page_refuses, queries),
            "the page and the process that answers it",
        )
    # Each starts a process: as many at once as there are processors.
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        in_command = _tried(
            "hostile queries in `tightlog sql`",
            queries,
            home,
            lambda queries: pool.map(partial(command_refuses, home), queries),
            "the command, as a process",
        )
    at_gate = _tried(
        "hostile queries at the gate",
        queries,
        home,
        lambda queries: map(gate_refuses, queries),
        "judged by DuckDB's parse tree",
    )
    return [at_gate, on_page, in_command]


def attacked_home(folder: Path) -> Home:
    """A home of a month of the simulated runner."""
    write_sample(folder / "home", LAST_DAY, months=1)
    home = home_folder(str(folder / "home"))
    refresh(home, Settings("UTC"), today=LAST_DAY)
    return home


def _tried(
    kind: str,
    queries: list[str],
    home: Home,
    refused_of: Callable[[list[str]], Iterable[bool]],
    how: str,
) -> Outcome:
    before = contents(home.folder)
    refused = sum(refused_of(queries))
    return Outcome(kind, len(queries), refused if contents(home.folder) == before else 0, how)


def gate_refuses(sql: str) -> bool:
    """Whether the gate refuses it, with a sentence."""
    with duckdb.connect(config=READ_ONLY_CONFIG) as connection:
        try:
            passed(sql, connection)
        except QueryError as problem:
            return bool(problem.problem)
        return False


def gate_costs(version: Path) -> Iterator[tuple[str, float, float]]:
    """A query, and milliseconds of the gate and of the query itself, each the best of many."""
    with duckdb.connect(str(version), read_only=True, config=READ_ONLY_CONFIG) as connection:
        for sql in good_queries():
            yield (
                sql,
                _best_ms(partial(passed, sql, connection)),
                _best_ms(partial(_fetched, sql, connection)),
            )


def _fetched(sql: str, connection: duckdb.DuckDBPyConnection) -> list[Any]:
    return connection.execute(sql).fetchall()


def _best_ms(call: Callable[[], object]) -> float:
    best_s = float("inf")
    for _ in range(REPEATS):
        begun_s = time.perf_counter()
        call()
        best_s = min(best_s, time.perf_counter() - begun_s)
    return best_s * 1000


def main() -> None:
    """Prints a row per way, and the cost of the gate."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    with tempfile.TemporaryDirectory() as folder:
        for row in attacks(count, SEED, Path(folder)):
            print(f"{row.kind:36}{row.tried:6} tried{row.survived:6} survived   {row.how}")
        version = store.published_version(home_folder(str(Path(folder) / "home")))
        costs = sorted(gate_costs(version), key=lambda cost: cost[1])
        gate_ms, query_ms = sum(c[1] for c in costs), sum(c[2] for c in costs)
        print(
            f"the gate: median {costs[len(costs) // 2][1]:.2f} ms, "
            f"at most {costs[-1][1]:.2f} ms; {gate_ms / query_ms:.0%} of what {len(costs)} "
            "queries take themselves"
        )


if __name__ == "__main__":
    main()
