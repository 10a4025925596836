"""Fetching as a Prefect flow of its own, one for each [[fetch]] of the settings, before the nightly
run reads what came of it.
"""

from pathlib import Path

from prefect import flow, get_run_logger

from tightlog.arrivals.fetch import fetch
from tightlog.arrivals.fetch_notes import FetchNote
from tightlog.errors import FetchFailed
from tightlog.home.settings import Home, settings_of

# The longest a command may be given is four hours; a service gives up by itself long before.
TIMEOUT_S = 5 * 3600


@flow(name="fetch", flow_run_name="fetch {name}", persist_result=False, timeout_seconds=TIMEOUT_S)
def fetched(home: str, name: str) -> FetchNote:
    """Asks one service, or runs one command, for new files; fails with the reason in words.

    Keys are read where they are used: neither parameters nor results hold any.
    """
    folder = Home(Path(home))
    one = next(one for one in settings_of(folder).fetches if one.name == name)
    note = fetch(folder, one)
    if not note.is_done:
        raise FetchFailed(name, note.words)
    get_run_logger().info("%s: %s", name, note.words)
    return note
