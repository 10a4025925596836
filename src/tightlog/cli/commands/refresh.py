"""`tightlog refresh`: ingest, analyse, publish."""

import argparse
import time
from datetime import UTC, datetime

from tightlog.cli.command_line import add_json
from tightlog.cli.refreshing import refresh_and_print
from tightlog.errors import TightlogError, WriterBusy
from tightlog.home.settings import Home, existing_home, home_folder, settings_of
from tightlog.nightly.nights import BUSY, FAILED, TIMER, night_under_way, note_night

EXAMPLES = (
    ("tightlog refresh", "after you put files into data/raw"),
    ("tightlog --home ~/runs refresh", "for another home"),
    ("tightlog refresh --json", "for a script, with the number of files by status"),
)
# As long as the nightly flow waits for the refresh that holds the lock.
WAIT_S, RETRY_S = 17 * 60, 2.0


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    add_json(parser)
    parser.add_argument(
        "--nightly",
        action="store_true",
        help="for a timer: wait while another refresh is running, and record how it went",
    )
    parser.add_argument(
        "--no-fetch", action="store_true", help="with --nightly: ask no service for new files"
    )


def run(given: argparse.Namespace) -> int:
    """Exit code of a refresh, or of a nightly one."""
    if given.nightly:
        return _nightly(existing_home(given.home), given.json, fetches=not given.no_fetch)
    return refresh_and_print(home_folder(given.home), as_json=given.json)


def _nightly(home: Home, as_json: bool, *, fetches: bool) -> int:
    """Fetches what is switched on, waits for another refresh, and records for `tightlog doctor`
    how this one went.
    """
    began_at = datetime.now(UTC)
    try:
        if fetches:
            _fetch_all(home)
        with night_under_way(home):
            code = _refreshed_when_free(home, as_json)
    except (TightlogError, OSError) as problem:
        how = BUSY if isinstance(problem, WriterBusy) else FAILED
        note_night(home, began_at, str(problem), by=TIMER, how=how)
        raise
    note_night(home, began_at, None, by=TIMER)
    return code


def _fetch_all(home: Home) -> None:
    # A failure is noted, and shown in the summary of the refresh. What speaks to a server is
    # imported where there is one to ask.
    asked = settings_of(home).fetches
    if asked:
        from tightlog.answers.actions.fetching import fetch_now

        for one in asked:
            fetch_now(home, one)


def _refreshed_when_free(home: Home, as_json: bool) -> int:
    give_up_at = time.monotonic() + WAIT_S
    while True:
        try:
            return refresh_and_print(home, as_json=as_json)
        except WriterBusy:
            if time.monotonic() >= give_up_at:
                raise
            time.sleep(RETRY_S)
