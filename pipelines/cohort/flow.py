"""The refresh of a cohort as a Prefect flow on Dask: some homes a task, each home by itself.

A task of Prefect's costs 130 ms, a home that is as it was 80: so a task has many homes. What a home
gave is on disk before the task ends; a task that runs twice does nothing twice.
"""

import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from distributed import LocalCluster
from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.context import FlowRunContext
from prefect.futures import PrefectFuture, as_completed
from prefect.states import Completed
from prefect.task_runners import TaskRunner
from prefect_dask.task_runners import DaskTaskRunner

from tightlog.cohort.cohort_file import Cohort, read_cohort
from tightlog.cohort.members import Member, members
from tightlog.cohort.one_home import home_outcome
from tightlog.home.collecting import collect_rarely
from tightlog.language.catalogue import phrase
from tightlog.language.choice import spoken
from tightlog.words.numbers import counted

if TYPE_CHECKING:
    from tightlog.cohort.lake import CohortSummary

MOST_HOMES = 50
# A killed worker is replaced within seconds, a scheduler with its workers within a minute or two.
WORKERLESS_S = 150
LOOK_S, ANSWER_S = 15, 10
OF_THIS_MACHINE: dict[str, Any] = {
    # A home is Python and DuckDB by turns; processes share neither lock nor memory.
    "threads_per_worker": 1,
    "processes": True,
    # Who reaches the scheduler runs code: this machine only, its page too.
    "host": "127.0.0.1",
    "dashboard_address": "127.0.0.1:0",
    # The flow says what is done; a worker that ends has nobody to send its log to.
    "env": {
        "PREFECT_LOGGING_TO_API_ENABLED": "false",
        "PREFECT_LOGGING_LEVEL": "ERROR",
        "DASK_LOGGING__DISTRIBUTED": "critical",
    },
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
    """How many of these homes are done: each is refreshed and written into the lake. One that
    cannot be kept, as on a full disk, stops no other, and is told at the end as not done.
    """
    collect_rarely()
    cohort = read_cohort(Path(folder))
    by_name = {one.pseudonym: one for one in members(cohort)}
    done = 0
    for one in (by_name[name] for name in names if name in by_name):
        # Why a home failed is told in the language of the cohort.
        with suppress(OSError), spoken(cohort.language):
            home_outcome(cohort, one, call, today)
            done += 1
    return done


@task(name="lake", task_run_name="lake", cache_policy=NO_CACHE, persist_result=False)
def lake(folder: str, call: str) -> "CohortSummary":
    """What the call did, once the lake's DuckDB file shows it."""
    from tightlog.cohort.lake import finish_lake

    cohort = read_cohort(Path(folder))
    with spoken(cohort.language):
        return finish_lake(cohort, members(cohort), call)


@flow(name="cohort", persist_result=False)
def cohort_refresh(folder: str, call: str, today: date | None = None, workers: int = 2) -> Any:
    """Refreshes every home that may be, and brings the lake to what is shared now; the state of the
    run holds the CohortSummary.
    """
    cohort = read_cohort(Path(folder))
    with spoken(cohort.language):
        return _refreshed(cohort, call, today, workers)


def _refreshed(cohort: Cohort, call: str, today: date | None, workers: int) -> Any:
    # The workers import this module too, and need none of it.
    from tightlog.cohort.lake import LOST, outcomes_of

    folder, found = str(cohort.folder), members(cohort)
    logger = get_run_logger()
    logger.info(counted(len(found), "home"))
    _spread(folder, shards(found, workers), call, today)
    # What a killed worker took with it is tried once more, each home alone: one that ends its
    # worker takes no other with it.
    lost = [one.home for one in outcomes_of(cohort, found, call) if one.reason == phrase(LOST)]
    if lost and have_workers_come():
        homes = counted(len(lost), "home")
        logger.warning(phrase("Not done, and now tried one by one: {homes}", homes=homes))
        _spread(folder, [(name,) for name in lost], call, today)
    summary = lake(folder, call)
    # Shown beside the run on its page.
    return Completed(message=summary.words, data=summary)


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


def have_workers_come() -> bool:
    """True as soon as there are workers; False where none comes for a while."""
    until_s = time.monotonic() + WORKERLESS_S
    while not has_workers():
        if time.monotonic() > until_s:
            return False
        time.sleep(LOOK_S)
    return True


def has_workers() -> bool:
    """False when the scheduler of this run is gone, or knows no worker."""
    context = FlowRunContext.get()
    runner: Any = None if context is None else context.task_runner
    try:
        client = runner.client
        return bool(client.sync(client.scheduler.ncores, callback_timeout=ANSWER_S))
    except Exception:  # noqa: BLE001 - whichever way it does not answer
        return False


def _spread(folder: str, parts: Sequence[tuple[str, ...]], call: str, today: date | None) -> None:
    """Runs the homes and waits, as long as there are workers; a part that fails is looked at
    afterwards, by its homes.
    """
    futures: list[PrefectFuture[int]] = [
        homes.submit(folder, names, call, today, names[0], len(names) - 1) for names in parts
    ]
    logger, done = get_run_logger(), 0
    sizes = {future.task_run_id: len(names) for future, names in zip(futures, parts, strict=True)}
    waiting, seen_s = set(futures), time.monotonic()
    while waiting:
        try:
            for future in as_completed(list(waiting), timeout=LOOK_S):
                waiting.discard(future)
                done += sizes[future.task_run_id]
                seen_s = time.monotonic()
                whole = sum(sizes.values())
                logger.info(phrase("{done:,} of {whole:,} homes", done=done, whole=whole))
        except TimeoutError:
            if has_workers():
                seen_s = time.monotonic()
            elif time.monotonic() - seen_s > WORKERLESS_S:
                logger.error(phrase("There is no worker any more; what was done is kept"))
                return
