"""Refreshing for a server with many visitors: one refresh of a home at a time, with its progress
and its outcome in one sentence.
"""

from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, Thread

from tightlog.answers.actions import refreshes
from tightlog.answers.refresh_words import short_refresh_words
from tightlog.errors import WriterBusy
from tightlog.home.settings import Home
from tightlog.language.catalogue import message, phrase

BUSY = message(
    "Another refresh is already running, for example the nightly one. What you logged "
    "is safe. The new results appear once it has finished."
)


@dataclass
class Refreshing:
    """A refresh running in this process: how far it is, then its outcome in words, or the problem
    it met.
    """

    home: Home
    share: float = 0.0
    words: str = message("Looking for new files …")
    outcome: str = ""
    problem: Exception | None = None
    thread: Thread = field(init=False)

    def __post_init__(self) -> None:
        # A daemon: stopping the server stops it, and the old version stays published.
        self.thread = Thread(target=self._refresh, name="refresh", daemon=True)

    @property
    def is_running(self) -> bool:
        """True until the refresh has ended, well or not."""
        return self.thread.is_alive()

    def result(self) -> str:
        """The outcome in words, once it has ended. Raises what the refresh raised."""
        if self.problem is not None:
            raise self.problem
        return self.outcome

    def _refresh(self) -> None:
        try:
            outcome = refreshes.refreshed(self.home, progress=self._advance)
            self.outcome = short_refresh_words(outcome)
        except WriterBusy:
            self.outcome = phrase(BUSY)
        except Exception as problem:  # noqa: BLE001 - nobody to raise to in a thread: `result` does
            self.problem = problem

    def _advance(self, path: str, number: int, count: int) -> None:
        self.share = min(number / count if count else 1.0, 1.0)
        self.words = (
            phrase("Reading file {number} of {count} …", number=number, count=count)
            if number < count
            else phrase("Working out features, findings and advice …")
        )


# One per home, for all visitors of this process.
RUNNING: dict[Path, Refreshing] = {}
STARTING = Lock()


def running_refresh(home: Home) -> Refreshing | None:
    """The refresh of this home that is running in this process; None without one."""
    running = RUNNING.get(home.folder)
    return running if running is not None and running.is_running else None


def is_refreshing(home: Home) -> bool:
    """True while a refresh of this home is running in this process."""
    return running_refresh(home) is not None


def start_refresh(home: Home) -> tuple[Refreshing, bool]:
    """The running refresh of this home, and whether this call started it."""
    with STARTING:
        if is_refreshing(home):
            return RUNNING[home.folder], False
        started = RUNNING[home.folder] = Refreshing(home)
        started.thread.start()
        return started, True
