"""One Prefect per home: the lock on its history, and where the one that holds it can be reached.

    data/warehouse/.prefect/lock     held as long as a schedule or a single run lasts; holds the address of the schedule's server
"""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tightlog import private
from tightlog.errors import TightlogError


class ScheduleRunning(TightlogError):
    """Another process has this home's Prefect; `api_url` is empty when it serves none (yet)."""

    def __init__(self, api_url: str) -> None:
        self.api_url = api_url
        if api_url:
            super().__init__(f"the nightly schedule of this home runs already; look at {api_url.removesuffix('/api')}")
        else:
            super().__init__("the nightly schedule of this home is just starting, or a single run is going on; try again in a few minutes")


@contextmanager
def prefect_lock(folder: Path) -> Iterator[Callable[[str], None]]:
    """Holds the lock and gives what writes the address into it. Raises ScheduleRunning; the system frees it when the process dies."""
    with open(folder / "lock", "a+", encoding="ascii", opener=private.opener) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            file.seek(0)
            raise ScheduleRunning(file.read().strip()) from problem
        file.truncate(0)

        def write_address(api_url: str) -> None:
            file.write(api_url)
            file.flush()

        try:
            yield write_address
        finally:
            file.truncate(0)
