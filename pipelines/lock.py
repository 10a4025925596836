"""One Prefect per home: the lock on its history, and where the process that holds it can be
reached.

    data/warehouse/.schedule.lock     held as long as a schedule or a single run lasts; holds the
                                      address of the schedule's server

It lies outside the history, which may be removed or set aside while the schedule is up.
"""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tightlog.errors import HomeError, TightlogError
from tightlog.home import private
from tightlog.home.settings import Home


class ScheduleRunning(TightlogError):
    """Another process has this home's Prefect; `api_url` is empty when it serves none (yet)."""

    def __init__(self, api_url: str) -> None:
        self.api_url = api_url
        if api_url:
            page_url = api_url.removesuffix("/api")
            super().__init__(f"the nightly schedule of this home runs already; look at {page_url}")
        else:
            super().__init__(
                "the nightly schedule of this home is just starting, or a single run "
                "is going on; try again in a few minutes"
            )


@contextmanager
def prefect_lock(home: Home) -> Iterator[Callable[[str], None]]:
    """Holds the lock and gives what writes the address into it.

    Raises ScheduleRunning, and HomeError when the lock cannot be opened. The system frees it when
    the process dies.
    """
    path = home.warehouse / ".schedule.lock"
    try:
        file = open(  # noqa: SIM115 - closed below
            path, "a+", encoding="ascii", errors="replace", opener=private.opener
        )
    except OSError as problem:
        raise HomeError(
            home.folder, f"{path} cannot be opened ({problem.strerror}); move it away"
        ) from problem
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            file.seek(0)
            raise ScheduleRunning(file.read().strip()) from problem
        file.truncate(0)

        def write_address(api_url: str) -> None:
            file.truncate(0)
            file.write(api_url)
            file.flush()

        try:
            yield write_address
        finally:
            file.truncate(0)
