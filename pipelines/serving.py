"""Serving the nightly flow: Prefect's scheduler makes a run when it is due, the runner here starts
it as a process of its own.

A server that goes away, or whose history does, is started again: the schedule ends when it is
stopped and for nothing else.
"""

import asyncio
import contextlib
import logging
import signal
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx
from prefect import get_client
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.schedules import CronSchedule
from prefect.exceptions import PrefectException
from prefect.runner import Runner
from prefect.schedules import Cron, Schedule
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.types.entrypoint import EntrypointType

from pipelines.history import is_disk_full, renew_history, usable_server
from pipelines.nightly import nightly
from pipelines.planned_runs import DEPLOYMENT, close_leftovers, next_run
from pipelines.reminding import Reminding
from pipelines.second_try import SecondTry
from pipelines.server import Server, ServerFailed
from pipelines.server_watch import ServerWatch
from pipelines.watching import Watching
from tightlog.errors import SettingsError, TightlogError, WarehouseError
from tightlog.home.settings import SETTINGS_FILE, Home, Settings
from tightlog.nightly.cron import cron, next_after
from tightlog.nightly.nights import SCHEDULE, nights, note_cut_off, note_set_up
from tightlog.warehouse import store
from tightlog.words.dates import moment_words

MISSED_AFTER = timedelta(days=1)
CLOSED_WITHIN_S = 10
WATCHED_EVERY_S = 2
# Prefect's scheduler plans a hundred days ahead: a yearly run is not planned yet, and nothing is
# wrong.
PLANNED_AHEAD = timedelta(days=90)
# Prefect begins a run up to half a second before it is due.
EARLY = timedelta(minutes=1)
# Failures this far apart have nothing to do with one another.
STEADY_AFTER_S = 600
LONGEST_PAUSE_S = 600


def serve_nightly(home: Home, settings: Settings, write_address: Callable[[str], None]) -> None:
    """Serves the schedule until stopped. Raises SettingsError for a cron it cannot read,
    ServerFailed when no server ever comes up.
    """
    schedule = schedule_of(settings)
    for name in ("prefect.runner", "prefect.flow_runs.runner"):
        logging.getLogger(name).setLevel(logging.WARNING)
    print(f"Starting the nightly schedule of {home.folder}", flush=True)
    stop = signal.getsignal(signal.SIGTERM)
    has_been_up, failures, since = False, 0, datetime.now(UTC)
    while True:
        begun_s = time.monotonic()
        sitting = Sitting(home, settings, schedule, since)
        lost = sitting.served(write_address)
        if lost is None:
            return
        signal.signal(signal.SIGTERM, stop)  # the loop that has just ended took it
        has_been_up = has_been_up or sitting.is_up
        failures = 1 if time.monotonic() - begun_s > STEADY_AFTER_S else failures + 1
        if not has_been_up and (failures > 1 or not sitting.is_healthy):
            raise lost
        print(
            f"The schedule starts its server again: {str(lost).partition(';')[0]}.",
            file=sys.stderr,
            flush=True,
        )
        if sitting.is_healthy and (failures > 1 or not has_been_up) and not is_disk_full(home):
            renew_history(
                home,
                "the server failed with it twice in a row"
                if failures > 1
                else str(lost).partition(";")[0],
            )
        time.sleep(min(2 ** (failures - 1), LONGEST_PAUSE_S))


class ScheduleRunner(Runner):
    """A runner that leaves a stop to the schedule: Prefect's own handler raises SystemExit in a
    task while the runner starts, which ends as a traceback.
    """

    on_stop: Callable[[], None]

    def handle_sigterm(self, *args: object, **kwargs: object) -> None:
        """Stops the schedule."""
        self.on_stop()


def _cancelled_by_sigterm() -> Callable[[], None]:
    """Makes a SIGTERM cancel the running task, and returns what does it. A second one does nothing,
    because a service manager may send the signal to each process of the schedule and the command
    passes its own on.
    """
    loop, task = asyncio.get_running_loop(), asyncio.current_task()

    def stop() -> None:
        if task is not None and not loop.is_closed() and not task.cancelling():
            loop.call_soon_threadsafe(task.cancel)

    signal.signal(signal.SIGTERM, lambda *_: stop())
    return stop


class Sitting:
    """One server and the runner beside it, from the start of the server until it is stopped or
    lost.

    `since` is when the schedule started: runs due after it are this schedule's.
    """

    def __init__(self, home: Home, settings: Settings, schedule: Schedule, since: datetime) -> None:
        self.home, self.settings, self.schedule, self.since = home, settings, schedule, since
        self.is_healthy = self.is_up = False

    def served(self, write_address: Callable[[str], None]) -> TightlogError | OSError | None:
        """Why the server was lost or never came up, None after a stop."""
        write_address("")
        try:
            with (
                usable_server(self.home) as server,
                temporary_settings({PREFECT_API_URL: server.api_url}),
            ):
                self.is_healthy = True
                write_address(server.api_url)
                try:
                    return asyncio.run(self._run(server))
                except asyncio.CancelledError:
                    return None
                except (httpx.HTTPError, PrefectException) as problem:
                    return ServerFailed(
                        f"does not answer as it should ({type(problem).__name__})", server.log
                    )
        except (TightlogError, OSError) as problem:
            return problem

    async def _run(self, server: Server) -> ServerFailed | None:
        runner = ScheduleRunner(name=DEPLOYMENT, limit=1, pause_on_shutdown=False)
        runner.on_stop = _cancelled_by_sigterm()
        async with get_client() as client:
            await close_leftovers(client, datetime.now(UTC))
            # By module path, so that a run is a process that imports the flow anew, from wherever
            # tightlog is installed.
            deployment_id = await runner.aadd_deployment(
                await nightly.ato_deployment(
                    DEPLOYMENT,
                    schedule=self.schedule,
                    parameters={"home": str(self.home.folder)},
                    entrypoint_type=EntrypointType.MODULE_PATH,
                )
            )
            if reason := why_now(self.home, self.settings, self.since, datetime.now(UTC)):
                await client.create_flow_run_from_deployment(deployment_id)
                print(f"{reason}: one run starts now.", flush=True)
            next_at = next_after(datetime.now(self.settings.zone), cron(self.settings.cron))
            if next_at - datetime.now(UTC) < PLANNED_AHEAD:
                next_at = await next_run(client, deployment_id, server)
            note_set_up(self.home, SCHEDULE)
            self.is_up = True
            print(
                "\n".join(
                    _start_words(self.settings, next_at.astimezone(self.settings.zone), server)
                ),
                flush=True,
            )
            return await self._until_stopped(runner, client, deployment_id, server)

    async def _until_stopped(
        self, runner: Runner, client: PrefectClient, deployment_id: UUID, server: Server
    ) -> ServerFailed | None:
        watch, second_try = (
            ServerWatch(server, self.home),
            SecondTry(self.home, client, deployment_id),
        )
        watching = Watching(self.home, self.settings, client, deployment_id)
        reminding = Reminding(self.home)
        running = asyncio.create_task(runner.start())
        lost = None
        try:
            while not running.done():
                lost = await watch.why_lost(client)
                if lost is not None:
                    running.cancel()
                else:
                    await second_try.looked_for()
                    await watching.looked_for()
                    reminding.looked_for()
                await asyncio.wait({running}, timeout=WATCHED_EVERY_S)
        finally:
            # The runner closes what it opened before the loop cancels whatever is left.
            running.cancel()
            await asyncio.wait({running}, timeout=CLOSED_WITHIN_S)
            watching.look.end()
        with contextlib.suppress(asyncio.CancelledError):
            running.result()
        return lost


def schedule_of(settings: Settings) -> Schedule:
    """The schedule in the runner's time zone. Raises SettingsError for a cron nobody can read."""
    fields = cron(settings.cron).fields
    try:
        CronSchedule(cron=fields, timezone=settings.time_zone)
    except ValueError as problem:
        raise SettingsError(
            SETTINGS_FILE,
            f"nightly.cron {settings.cron!r} is not a time such as '30 3 * * *' (minute, "
            "hour, day, month, "
            "weekday)",
        ) from problem
    return Cron(fields, timezone=settings.time_zone)


def why_now(home: Home, settings: Settings, since: datetime, now: datetime) -> str | None:
    """Why a run must start at once instead of waiting for its time, None when nothing was
    missed.
    """
    if note_cut_off(home):
        return "The last run was cut off"
    if is_night_missed(home, now):
        return "The last refresh is more than a day old, or there was none"
    known = nights(home)
    begun_at = known.under_way_since or known.began_at or since
    due = next_after((begun_at + EARLY).astimezone(settings.zone), cron(settings.cron))
    return "A run was due while the schedule was not up" if due <= now else None


def is_night_missed(home: Home, now: datetime) -> bool:
    """True when the last refresh is older than a day, lies in the future, or never was."""
    try:
        refreshed_at = store.relation(store.published_version(home), "publication")[
            "refreshed_at"
        ].item()
    except WarehouseError:
        return True
    return not -timedelta(hours=1) < now - refreshed_at < MISSED_AFTER


def _start_words(settings: Settings, next_at: datetime, server: Server) -> list[str]:
    return [
        (f"Next run: {moment_words(next_at)} ({settings.time_zone}); then by '{settings.cron}'."),
        (
            f"Runs and logs: {server.page_url} (it asks for the text in "
            f"{server.log.with_name('password')})"
        ),
        (
            "Ctrl-C stops it. This window or service has to stay up; missed nights are made up "
            "for at the next start."
        ),
    ]
