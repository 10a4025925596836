"""A run of the nightly flow for files that arrive while the schedule is up."""

import time
from threading import Thread
from uuid import UUID

from prefect.client.orchestration import PrefectClient

from tightlog.arrivals.watch import News, Settling, news
from tightlog.errors import TightlogError
from tightlog.home.settings import Home, Settings, settings_of
from tightlog.nightly.nights import is_night_alive

# Listing a large tree on a slow share must not be all that the machine does.
PAUSE_PER_LISTING = 10.0
LONGEST_PAUSE_S = 90.0
ENDED_WITHIN_S = 5.0


class Watching:
    """Starts a run when a file has arrived and settled; to be asked every few seconds."""

    def __init__(
        self, home: Home, settings: Settings, client: PrefectClient, deployment_id: UUID
    ) -> None:
        self.home, self.settings = home, settings
        self.client, self.deployment_id = client, deployment_id
        self.settling, self.look = Settling(), Look(home)
        self.next_at_s = 0.0

    async def looked_for(self) -> None:
        """Looks when it is time to; starts a run where one is due."""
        if not self.settings.watch_every_s or is_night_alive(self.home):
            return
        if (found := self.look.taken()) is not None:
            if self.settling.is_due(found, time.monotonic()):
                # Others are asked at night only.
                await self.client.create_flow_run_from_deployment(
                    self.deployment_id,
                    parameters={"home": str(self.home.folder), "fetches": False},
                )
                print(f"Something new arrived ({_named(found)}): one run starts now.", flush=True)
            pause_s = min(PAUSE_PER_LISTING * self.look.took_s, LONGEST_PAUSE_S)
            self.next_at_s = time.monotonic() + max(pause_s, self.settings.watch_every_s)
        elif time.monotonic() >= self.next_at_s:
            self.look.begin()


class Look:
    """One look at a time, in a thread of its own: a share that hangs must not stop the schedule."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.thread: Thread | None = None
        self.found: News | None = None
        self.took_s = 0.0

    def begin(self) -> None:
        """Starts a look unless one is under way."""
        if self.thread is None:
            self.thread = Thread(target=self._look, name="watching", daemon=True)
            self.thread.start()

    def taken(self) -> News | None:
        """What the last look found, once; None while there is nothing to take."""
        if self.thread is None or self.thread.is_alive():
            return None
        self.thread, found, self.found = None, self.found, None
        return found

    def end(self) -> None:
        """Waits a little for a look under way: the warehouse it reads is closed properly."""
        if self.thread is not None:
            self.thread.join(ENDED_WITHIN_S)

    def _look(self) -> None:
        begun_s = time.monotonic()
        try:
            # Read again: a source may have been added since the schedule was started.
            self.found = news(self.home, settings_of(self.home))
        except (OSError, TightlogError):
            # What is wrong with data/raw or the warehouse, the nightly run and doctor report.
            self.found = {}
        self.took_s = time.monotonic() - begun_s


def _named(found: News) -> str:
    first = min(found)
    return first if len(found) == 1 else f"{first} and {len(found) - 1:,} more"
