"""A Prefect server that always comes up: a history it cannot use is set aside and started anew.

The history only says what ran. So nothing is lost that matters, and no night is missed for it.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pipelines.environment import keep_password, prefect_folder
from pipelines.server import PortTaken, Server, ServerFailed, ServerSlow, running_server
from tightlog.home.settings import Home
from tightlog.nightly.nights import note_renewed_history
from tightlog.nightly.run_history import has_history, history_problem, set_aside

# On a disk this full nothing starts, and the history is not to blame.
LEAST_FREE_BYTES = 50 * 2**20


@contextmanager
def usable_server(home: Home) -> Iterator[Server]:
    """A healthy server, on a new history where it does not start with the one there is.

    Raises ServerFailed when it does not start with a new one either.
    """
    set_aside_broken(home)
    with ExitStack() as stack:
        try:
            server = stack.enter_context(running_server(_settled(home)))
        except ServerFailed as problem:
            is_other_fault = isinstance(problem, ServerSlow | PortTaken) or is_disk_full(home)
            if is_other_fault or not has_history(home):
                raise
            renew_history(home, str(problem).partition(";")[0])
            server = stack.enter_context(running_server(_settled(home)))
        yield server


def set_aside_broken(home: Home) -> None:
    """Starts the history anew when the one there is cannot be used."""
    if problem := history_problem(home):
        renew_history(home, problem)


def renew_history(home: Home, why: str) -> None:
    """Sets the history aside, starts an empty one with the same password, and says so."""
    aside = set_aside(home, datetime.now(UTC))
    _settled(home)
    kept = f" It was set aside as {aside.name}." if aside else ""
    words = f"The history of nightly runs was started anew: {why}.{kept} Nothing else is lost."
    note_renewed_history(home, words)
    print(words, file=sys.stderr, flush=True)


def _settled(home: Home) -> Path:
    """The folder of the history, made anew when it is gone, with the password this process
    knows.
    """
    folder = prefect_folder(home)
    if os.environ.get("PREFECT_HOME") == str(folder):
        keep_password(folder, os.environ["PREFECT_API_AUTH_STRING"])
        # The folder the process stood in may be another one now, and a process without one starts
        # no other.
        os.chdir(folder)
    return folder


def is_disk_full(home: Home) -> bool:
    """True when there is too little room for a server to start."""
    return shutil.disk_usage(home.warehouse).free < LEAST_FREE_BYTES
