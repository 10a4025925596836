"""The nightly deployment: `tightlog schedule` runs this file, `--once` runs the flow now and says
with its exit code how it went.

The home is the one TIGHTLOG_HOME names. Prefect reads its settings while it is imported, so they
are set first.
"""

import argparse
import json
import logging
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from pipelines.environment import leave_quietly, own_environment, prefect_folder
from pipelines.history import set_aside_broken, usable_server
from pipelines.lock import ScheduleRunning, prefect_lock
from tightlog.errors import TightlogError
from tightlog.home.settings import Home, home_folder, settings_of


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 stopped or done, 1 failed, with the reason on stderr."""
    parser = argparse.ArgumentParser(
        description="The nightly run: served by the clock until stopped, or once."
    )
    parser.add_argument("--once", action="store_true", help="run the flow now, without a schedule")
    parser.add_argument(
        "--json", action="store_true", help="with --once: print the summary as JSON"
    )
    given = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, _stop_once if given.once else _stop)
    try:
        home = home_folder(None)
        return ran_once(home, given.json) if given.once else served(home)
    except TightlogError as problem:
        print(f"tightlog: {problem}", file=sys.stderr)
        return 1
    except OSError as problem:
        place = f": {problem.filename}" if problem.filename else ""
        print(
            f"tightlog: {problem.strerror or problem}{place}; `tightlog doctor` says what to do",
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 1 if given.once else 0


def use_own_environment(folder: Path) -> None:
    """Makes this process and its children use tightlog's own Prefect, whatever the shell or a
    .env file says.
    """
    environment = own_environment(folder, os.environ)
    for name in set(os.environ) - set(environment):
        del os.environ[name]
    os.environ.update(environment)
    os.chdir(folder)


def served(home: Home) -> int:
    """0 after the schedule was stopped."""
    settings = settings_of(home)
    with prefect_lock(home) as write_address:
        set_aside_broken(home)
        use_own_environment(prefect_folder(home))
        from pipelines.serving import serve_nightly  # not before Prefect's settings are made

        serve_nightly(home, settings, write_address)
    return 0


def ran_once(home: Home, as_json: bool = False) -> int:
    """0 when the run completed; with a schedule up it is shown on that page, else a server of
    its own comes up for it.
    """
    settings_of(home)
    try:
        with prefect_lock(home):
            set_aside_broken(home)
            use_own_environment(prefect_folder(home))
            if not as_json:
                print(
                    f"One nightly run of {home.folder} (Prefect needs some seconds to start)",
                    flush=True,
                )
            with usable_server(home) as server:
                return _run(home, as_json, server.api_url)
    except ScheduleRunning as running:
        if not running.api_url:
            raise
        use_own_environment(prefect_folder(home))
        if not as_json:
            print(
                (
                    f"One nightly run of {home.folder}, shown at "
                    f"{running.api_url.removesuffix('/api')}"
                ),
                flush=True,
            )
        return _run(home, as_json, running.api_url)


def _run(home: Home, as_json: bool, api_url: str) -> int:
    os.environ["PREFECT_API_URL"] = api_url
    from pipelines.nightly import outcome_of_run  # not before Prefect's settings are made

    leave_quietly()
    # A filter here, unlike a level, spares the loggers below: the run itself may speak.
    logging.getLogger("prefect").addFilter(lambda record: record.levelno > logging.INFO)
    outcome = outcome_of_run(str(home.folder))
    # While the server is up: Prefect sends the last lines of a run at the end of the process.
    from prefect.logging.handlers import APILogHandler

    APILogHandler().flush()
    if isinstance(outcome, str):
        print(f"tightlog: the nightly run failed: {outcome}", file=sys.stderr)
        return 1
    if as_json:
        print(json.dumps(outcome.as_json(), ensure_ascii=False, indent=2))
    return 0


def _stop(_signal: int, _frame: FrameType | None) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(0)


def _stop_once(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(1)


if __name__ == "__main__":
    sys.exit(main())
