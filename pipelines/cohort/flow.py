"""The refresh of a cohort as a Prefect flow on Dask: some homes a task, each home by itself.

A task of Prefect's costs 130 ms, a home that is as it was 80: so a task has many homes. What a home
gave is on disk before the task ends; a task that runs twice does nothing twice.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from distributed import LocalCluster
from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectFuture, as_completed
from prefect.task_runners import TaskRunner
from prefect_dask.task_runners import DaskTaskRunner

from tightlog.cohort.cohort_file import read_cohort
from tightlog.cohort.lake import LOST, CohortSummary, finish_lake, outcomes_of
from tightlog.cohort.members import Member, members
from tightlog.cohort.one_home import home_outcome

MOST_HOMES = 25
OF_THIS_MACHINE: dict[str, Any] = {
    # A home is Python and DuckDB by turns; processes share neither lock nor memory.
    "threads_per_worker": 1,
    "processes": True,
    # Who reaches the scheduler runs code: this machine only, its page too.
    "host": "127.0.0.1",
    "dashboard_address": "127.0.0.1:0",
    # The flow says what is done; a worker that ends has nobody to send its log to.
    "env": {"PREFECT_LOGGING_TO_API_ENABLED": "false", "PREFECT_LOGGING_LEVEL": "ERROR"},
}


@task(
    name="homes",
    task_run_name="{first} and {others} more",
    cache_policy=NO_CACHE,
    persist_result=False,
    retries=1,
    retry_delay_seconds=0,
)
def homes(
    folder: str, names: Sequence[str], call: str, today: date | None, first: str, others: int
) -> int:
    """How many of these homes are done: each is refreshed and written into the lake."""
    cohort = read_cohort(Path(folder))
    by_name = {one.pseudonym: one for one in members(cohort)}
    here = [by_name[name] for name in names if name in by_name]
    for one in here:
        home_outcome(cohort, one, call, today)
    return len(here)


@task(name="lake", task_run_name="lake", cache_policy=NO_CACHE, persist_result=False)
def lake(folder: str, call: str) -> CohortSummary:
    """What the call did, once the lake's DuckDB file shows it."""
    cohort = read_cohort(Path(folder))
    return finish_lake(cohort, members(cohort), call)


@flow(name="cohort", persist_result=False)
def cohort_refresh(
    folder: str, call: str, today: date | None = None, workers: int = 2
) -> CohortSummary:
    """Refreshes every home that may be, and brings the lake to what is shared now."""
    cohort = read_cohort(Path(folder))
    found = members(cohort)
    logger = get_run_logger()
    logger.info("%d homes", len(found))
    _spread(folder, shards(found, workers), call, today)
    # What a killed worker took with it is tried once more, each home alone: one that ends its
    # worker takes no other with it.
    lost = [one.home for one in outcomes_of(cohort, found, call) if one.reason == LOST]
    if lost:
        logger.warning("%d homes were not done, and are tried one by one", len(lost))
        _spread(folder, [(name,) for name in lost], call, today)
    summary = lake(folder, call)
    logger.info("%s", summary.as_json())
    return summary


def shards(found: Sequence[Member], workers: int) -> list[tuple[str, ...]]:
    """The homes in parts: enough for every worker to have several, none too large to run again."""
    names = [one.pseudonym for one in found]
    size = max(1, min(MOST_HOMES, -(-len(names) // (2 * max(workers, 1)))))
    return [tuple(names[start : start + size]) for start in range(0, len(names), size)]


def on_dask(scheduler: str | None, workers: int) -> TaskRunner[PrefectFuture[Any]]:
    """Where the homes are refreshed: on an existing scheduler, else on workers of this machine."""
    runner: Any = (
        DaskTaskRunner(address=scheduler)
        if scheduler is not None
        else DaskTaskRunner(
            cluster_class=LocalCluster, cluster_kwargs=OF_THIS_MACHINE | {"n_workers": workers}
        )
    )
    return runner  # type: ignore[no-any-return]


def _spread(folder: str, parts: Sequence[tuple[str, ...]], call: str, today: date | None) -> None:
    """Runs the homes and waits; a part that fails is looked at afterwards, by its homes."""
    futures: list[PrefectFuture[int]] = [
        homes.submit(folder, names, call, today, names[0], len(names) - 1) for names in parts
    ]
    logger, done = get_run_logger(), 0
    sizes = {future.task_run_id: len(names) for future, names in zip(futures, parts, strict=True)}
    for future in as_completed(futures):
        done += sizes[future.task_run_id]
        logger.info("%d of %d homes", done, sum(sizes.values()))
