"""The nightly run as a Prefect flow: the steps of `tightlog.refresh.refresh`, each a task with
its log and its retries.
"""

import time
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from prefect import State, Task, flow, get_run_logger, runtime, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import FlowRun, TaskRun
from prefect.flows import Flow
from prefect.logging.loggers import flow_run_logger
from prefect.tasks import exponential_backoff

from pipelines.environment import leave_quietly
from pipelines.fetching import fetched
from pipelines.nightly_page import nightly_page
from tightlog.answers.refresh_words import because_words, refresh_words
from tightlog.answers.second_reading_words import read_again_words
from tightlog.errors import TightlogError, WarehouseError, WriterBusy
from tightlog.home.collecting import collect_rarely
from tightlog.home.settings import Home, Settings, existing_home, settings_of
from tightlog.nightly.nights import (
    BUSY,
    CUT_OFF,
    CUT_OFF_WORDS,
    SCHEDULE,
    WORKER,
    night_under_way,
    note_night,
)
from tightlog.refresh.drafting import analyse_draft, finish, ingested
from tightlog.refresh.read_again import read_again
from tightlog.refresh.refresh import RefreshJob, RefreshSummary, planned, refuse_loss, summary
from tightlog.warehouse import publish as publishing
from tightlog.warehouse import store

ARTIFACT_KEY = "nightly-summary"
# 2, 4, 8 … 512 s: seventeen minutes in all, time enough for the refresh that holds the lock.
LOCK_RETRIES = 9
LOG_EVERY_S = 15.0
# A first run over twenty years of files takes minutes; what is still at it in the morning hangs.
TIMEOUT_S = 6 * 3600


def run_name() -> str:
    """Name of the run: the local date and time it was due."""
    home = Home(Path(str(runtime.flow_run.parameters.get("home", ""))))
    try:
        zone = settings_of(home).zone
    except TightlogError:  # the flow itself fails with this reason
        zone = None
    return f"nightly {due_at().astimezone(zone):%Y-%m-%d %H:%M}"


def due_at() -> datetime:
    """The moment the run is for. Prefect begins a run up to half a second early, which at
    midnight is the day before.
    """
    return max(runtime.flow_run.scheduled_start_time or datetime.now(UTC), datetime.now(UTC))


@flow(name="nightly", flow_run_name=run_name, persist_result=False, timeout_seconds=TIMEOUT_S)
def nightly(home: str, fetches: bool = True) -> RefreshSummary:
    """Fetches what is switched on, reads what is new under data/raw and in the sources, analyses
    it and publishes the next version of the warehouse.

    Needs the path of a home. A failed run leaves the version published before as it was.
    """
    collect_rarely()
    folder = existing_home(home)
    settings = settings_of(folder)
    for one in settings.fetches if fetches else ():
        # A flow of its own; how it ends changes nothing for this one.
        fetched(str(folder.folder), one.name, return_state=True)
    with night_under_way(folder):
        with writer_lock(folder):
            job = plan(folder, settings, due_at().astimezone(settings.zone).date())
            if not job.is_up_to_date:
                with publishing.swept_on_failure(folder):
                    draft = read_files(job)
                    analyse(job, draft)
                    publish(job, draft)
            outcome = summarise(job)
            show(outcome, folder)
        # What is published stands, however this ends: the state is looked at by nobody.
        second_reading(folder, return_state=True)
    return outcome


def outcome_of_run(home: str) -> RefreshSummary | str:
    """Runs the flow; what it did, or the reason it failed for."""
    state: State[RefreshSummary] = nightly(home, return_state=True)
    return state.result() if state.is_completed() else state.message or str(state.name)


@nightly.on_completion
def note_done(flow: Flow[Any, Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Notes for `tightlog doctor` that the night went well."""
    outcome: RefreshSummary = state.result()
    _note(
        flow_run,
        None,
        words=(
            f"{sum(outcome.files.values()) - outcome.files['unchanged']:,} new files, "
            f"{outcome.activities:,} activities in all"
        ),
    )


@nightly.on_failure
@nightly.on_crashed
def say_what_is_served(flow: Flow[Any, Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Logs which version readers see after a run that did not end well, and notes for `tightlog
    doctor` why.
    """
    home = Home(Path(str(flow_run.parameters.get("home", ""))))
    try:
        served = f"{store.linked_version(home).name} stays served"
    except WarehouseError:
        served = "nothing was published before"
    flow_run_logger(flow_run, flow).warning("ended as %s; %s", state.name, served)
    if state.is_crashed():
        _note(flow_run, f"{CUT_OFF_WORDS} ({state.message or state.name})", CUT_OFF)
    else:
        _note(
            flow_run,
            state.message or state.name,
            BUSY if isinstance(state.data, WriterBusy) else None,
        )


def _note(flow_run: FlowRun, problem: str | None, how: str | None = None, words: str = "") -> None:
    home = Home(Path(str(flow_run.parameters.get("home", ""))))
    # A missing home (a disk not connected) is not created just for a note.
    if home.warehouse.is_dir():
        # The schedule of `tightlog schedule` has no queue: it starts its runs itself.
        by = WORKER if flow_run.work_queue_id else SCHEDULE if flow_run.deployment_id else None
        note_night(home, flow_run.start_time or datetime.now(UTC), problem, words, by, how)


def _is_busy(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    return isinstance(state.data, WriterBusy)


def _may_pass(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """True for what another try may cure (a disk, memory, the database); a wrong program stays
    wrong.
    """
    return isinstance(state.data, (OSError, MemoryError, WarehouseError))


@task(
    name="wait for the writer lock",
    task_run_name="wait for the writer lock",
    cache_policy=NO_CACHE,
    persist_result=False,
    retries=LOCK_RETRIES,
    retry_delay_seconds=exponential_backoff(2),
    retry_condition_fn=_is_busy,
)
def writer_lock(home: Home) -> ExitStack:
    """The home's writer lock, held until the stack is closed. The system frees it when this
    process dies.
    """
    with ExitStack() as stack:
        stack.enter_context(publishing.writer_lock(home))
        return stack.pop_all()


@task(
    name="find what changed",
    task_run_name="find what changed",
    cache_policy=NO_CACHE,
    persist_result=False,
    retries=2,
    retry_delay_seconds=exponential_backoff(2),
    retry_condition_fn=_may_pass,
)
def plan(home: Home, settings: Settings, today: date) -> RefreshJob:
    """What is to be done since the published version, for the runner's local day."""
    job = planned(home, settings, today=today)
    refuse_loss(job)
    get_run_logger().info("%s", plan_words(job))
    return job


@task(
    name="read files",
    task_run_name="read files",
    cache_policy=NO_CACHE,
    persist_result=False,
    retries=2,
    retry_delay_seconds=exponential_backoff(5),
    retry_condition_fn=_may_pass,
)
def read_files(job: RefreshJob) -> Path:
    """Path of a new draft with everything read; each try starts a draft of its own."""
    logger, last_s = get_run_logger(), time.monotonic()

    def progress(path: str, number: int, count: int) -> None:
        nonlocal last_s
        if time.monotonic() - last_s > LOG_EVERY_S:
            logger.info("reading file %d of %d: %s", number + 1, count, path)
            last_s = time.monotonic()

    return ingested(job, progress)


@task(
    name="analyse",
    task_run_name="analyse",
    cache_policy=NO_CACHE,
    persist_result=False,
    retries=2,
    retry_delay_seconds=exponential_backoff(5),
    retry_condition_fn=_may_pass,
)
def analyse(job: RefreshJob, draft: Path) -> None:
    """Writes features, findings, patterns and advice into the draft; a second try replaces what
    the first wrote.
    """
    analyse_draft(job, draft)


# Not tried again: once the draft was renamed, a second try would publish an empty one. The next run
# does everything again.
@task(name="publish", task_run_name="publish", cache_policy=NO_CACHE, persist_result=False)
def publish(job: RefreshJob, draft: Path) -> None:
    """Makes the draft the version readers see, by one atomic swap."""
    version = finish(job, draft)
    get_run_logger().info("published %s", version.name)


@task(name="summarise", task_run_name="summarise", cache_policy=NO_CACHE, persist_result=False)
def summarise(job: RefreshJob) -> RefreshSummary:
    """What the run did, counted in the version now served."""
    return summary(job)


@task(
    name="show",
    task_run_name="show",
    cache_policy=NO_CACHE,
    persist_result=False,
    retries=2,
    retry_delay_seconds=exponential_backoff(2),
)
def show(outcome: RefreshSummary, home: Home) -> None:
    """The summary in the log and as the run's page."""
    get_run_logger().info("%s", refresh_words(outcome, home))
    files = store.relation(store.published_version(home), "source_file")
    create_markdown_artifact(
        key=ARTIFACT_KEY,
        markdown=nightly_page(outcome, files),
        description="What the nightly run read and published",
    )


@task(
    name="read a few files a second time",
    task_run_name="read a few files a second time",
    cache_policy=NO_CACHE,
    persist_result=False,
)
def second_reading(home: Home) -> None:
    """Decodes FIT files not verified yet by fitparse, newest first, for a few seconds, and keeps
    what differs for `tightlog doctor` and the next version.
    """
    logger, tally = get_run_logger(), read_again(home)
    logger.info("%s", read_again_words(tally))


def plan_words(job: RefreshJob) -> str:
    """The plan in one sentence."""
    if job.is_up_to_date:
        return "nothing changed since the last refresh"
    because = because_words(job.from_scratch)
    start = f"everything is read again{f', because {because}' if because else ''}: "
    return (
        f"{start if job.from_scratch else ''}{len(job.plan.changed):,} new or changed files to "
        f"read, {job.plan.removed_count:,} no longer there"
    )


# A process Prefect made for one run ends with it; a program that merely imports this file is left
# alone.
if runtime.flow_run.id:
    leave_quietly()
