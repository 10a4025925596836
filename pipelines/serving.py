"""Serving the nightly flow: Prefect's scheduler makes a run when the clock says so, the runner here starts it as a process of its own."""

import asyncio
import contextlib
import logging
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from prefect import get_client
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterName,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.client.schemas.schedules import CronSchedule
from prefect.client.schemas.sorting import FlowRunSort
from prefect.runner import Runner
from prefect.schedules import Cron, Schedule
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.states import Crashed
from prefect.types.entrypoint import EntrypointType

from pipelines.nightly import nightly
from pipelines.server import Server, ServerFailed, running_server
from tightlog.errors import SettingsError, WarehouseError
from tightlog.nights import SCHEDULE, note_set_up
from tightlog.settings import SETTINGS_FILE, Home, Settings
from tightlog.warehouse import store

DEPLOYMENT = "nightly"
MISSED_AFTER = timedelta(days=1)
# The scheduler looks every few seconds; one that makes nothing in this time never will (seen with an SQLAlchemy it does not support).
FIRST_RUN_PLANNED_WITHIN_S = 120
SERVER_WATCHED_EVERY_S = 2
OPEN_STATES = (StateType.SCHEDULED, StateType.PENDING, StateType.RUNNING, StateType.CANCELLING)


def serve_nightly(home: Home, settings: Settings, folder: Path, write_address: Callable[[str], None]) -> None:
    """Serves the schedule until stopped. Raises SettingsError for a cron it cannot read, ServerFailed when the server goes away."""
    schedule = schedule_of(settings)
    for name in ("prefect.runner", "prefect.flow_runs.runner"):
        logging.getLogger(name).setLevel(logging.WARNING)
    print(f"Starting the nightly schedule of {home.folder}", flush=True)
    with running_server(folder) as server, temporary_settings({PREFECT_API_URL: server.api_url}):
        write_address(server.api_url)
        asyncio.run(_serve(home, settings, schedule, server))


def schedule_of(settings: Settings) -> Schedule:
    """The schedule in the runner's time zone. Raises SettingsError for a cron nobody can read."""
    try:
        CronSchedule(cron=settings.cron, timezone=settings.time_zone)
    except ValueError as problem:
        raise SettingsError(SETTINGS_FILE, f"nightly.cron {settings.cron!r} is not a time such as '30 3 * * *' (minute, hour, day, month, "
                                           "weekday)") from problem
    return Cron(settings.cron, timezone=settings.time_zone)


def is_night_missed(home: Home, now: datetime) -> bool:
    """True when the last refresh is older than a day, or there was none."""
    try:
        refreshed_at = store.relation(store.published_version(home), "publication")["refreshed_at"].item()
    except WarehouseError:
        return True
    return bool(now - refreshed_at > MISSED_AFTER)


async def _serve(home: Home, settings: Settings, schedule: Schedule, server: Server) -> None:
    runner = Runner(name=DEPLOYMENT, limit=1, pause_on_shutdown=False)
    async with get_client() as client:
        await close_leftovers(client, datetime.now(UTC))
        # By module path, so that a run is a process that imports the flow anew, from wherever tightlog is installed.
        deployment_id = await runner.aadd_deployment(await nightly.ato_deployment(
            DEPLOYMENT, schedule=schedule, parameters={"home": str(home.folder)}, entrypoint_type=EntrypointType.MODULE_PATH))
        if is_night_missed(home, datetime.now(UTC)):
            await client.create_flow_run_from_deployment(deployment_id)
            print("The last refresh is more than a day old, or there was none: one run starts now.", flush=True)
        next_at = await _next_run(client, deployment_id, server)
    note_set_up(home, SCHEDULE)
    print("\n".join(_start_words(settings, next_at.astimezone(settings.zone), server)), flush=True)
    await _run_until_stopped(runner, server)


async def close_leftovers(client: PrefectClient, now: datetime) -> None:
    """Ends what an earlier schedule left open; nobody else runs it, since we hold the lock.

    A run begun, or asked for by hand, is marked as crashed. Runs planned for nights gone by go away: one run makes up for all of them.
    """
    runs = await client.read_flow_runs(
        deployment_filter=DeploymentFilter(name=DeploymentFilterName(any_=[DEPLOYMENT])),
        flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=list(OPEN_STATES)))))
    for run in runs:
        if run.state_type is not StateType.SCHEDULED or not run.auto_scheduled:
            await client.set_flow_run_state(run.id, Crashed(message="The schedule was stopped before this run ended."), force=True)
        elif run.next_scheduled_start_time is None or run.next_scheduled_start_time < now:
            await client.delete_flow_run(run.id)


async def _next_run(client: PrefectClient, deployment_id: UUID, server: Server) -> datetime:
    """When the next run is due, as the scheduler has really planned it."""
    give_up_at = time.monotonic() + FIRST_RUN_PLANNED_WITHIN_S
    while time.monotonic() < give_up_at:
        runs = await client.read_flow_runs(
            deployment_filter=DeploymentFilter.model_validate({"id": {"any_": [deployment_id]}}),
            flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED]))),
            sort=FlowRunSort.NEXT_SCHEDULED_START_TIME_ASC)
        planned = [run.next_scheduled_start_time for run in runs if run.auto_scheduled and run.next_scheduled_start_time]
        if planned:
            return planned[0]
        await asyncio.sleep(1)
    raise ServerFailed("runs, but its scheduler plans no run", server.log)


async def _run_until_stopped(runner: Runner, server: Server) -> None:
    running = asyncio.create_task(runner.start())
    await asyncio.sleep(0)  # the runner sets its own handler first, which in a running loop stops nothing
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, running.cancel)
    while not running.done():
        if server.process.poll() is not None:
            running.cancel()
        await asyncio.wait({running}, timeout=SERVER_WATCHED_EVERY_S)
    if server.process.poll() is not None:
        raise ServerFailed(f"went away with code {server.process.returncode}", server.log)
    with contextlib.suppress(asyncio.CancelledError):
        running.result()


def _start_words(settings: Settings, next_at: datetime, server: Server) -> list[str]:
    return [
        f"Next run: {next_at:%A %d %B %Y, %H:%M} ({settings.time_zone}); then by '{settings.cron}'.",
        f"Runs and logs: {server.page_url} (it asks for the text in {server.log.with_name('password')})",
        "Ctrl-C stops it. This window or service has to stay up; missed nights are made up for at the next start.",
    ]

