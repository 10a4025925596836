"""Reminders while the schedule is up: at their time, and notices as soon as there is one."""

import sys
import time
from datetime import datetime
from threading import Thread

from tightlog.answers.arriving.reminder import send_due
from tightlog.errors import TightlogError
from tightlog.home.settings import Home, settings_of

LOOKED_EVERY_S, AFTER_FAILURE_S = 30.0, 900.0


class Reminding:
    """Sends what is due, in a thread of its own; to be asked every few seconds."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.thread: Thread | None = None
        self.next_at_s = 0.0
        self.told = ""

    def looked_for(self) -> None:
        """Looks when it is time to, and while no look is under way."""
        if time.monotonic() < self.next_at_s or (self.thread and self.thread.is_alive()):
            return
        self.next_at_s = time.monotonic() + LOOKED_EVERY_S
        self.thread = Thread(target=self._look, name="reminding", daemon=True)
        self.thread.start()

    def _look(self) -> None:
        try:
            settings = settings_of(self.home)
            if settings.remind is None:
                return
            now, at = datetime.now(settings.zone), settings.remind.at
            is_time = at is not None and now.time() >= at
            failed = send_due(self.home, settings, now, asks_score=is_time).failed
            problem = f"no reminder reached {', '.join(failed)}" if failed else ""
        except (TightlogError, OSError) as caught:
            problem = str(caught)
        if problem and problem != self.told:
            print(f"tightlog: {problem}", file=sys.stderr, flush=True)
        self.told = problem
        if problem:
            self.next_at_s = time.monotonic() + AFTER_FAILURE_S
