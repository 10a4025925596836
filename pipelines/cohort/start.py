"""One refresh of a cohort: `tightlog cohort refresh` runs this module.

Prefect reads its settings while it is imported, so they are set first; the workers of Dask read
theirs from this environment.
"""

import argparse
import fcntl
import json
import logging
import os
import signal
import sys
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.deployment import use_own_environment
from pipelines.environment import leave_quietly
from pipelines.server import running_server
from tightlog.cohort.cohort_file import Cohort, language_in, read_cohort
from tightlog.cohort.members import members
from tightlog.errors import CohortError, TightlogError
from tightlog.home import private
from tightlog.language.catalogue import phrase
from tightlog.language.choice import ENGLISH, choose
from tightlog.words.numbers import counted

if TYPE_CHECKING:
    from tightlog.cohort.lake import CohortSummary

STOPS = (signal.SIGINT, signal.SIGTERM)
SPEAKING = ("prefect.flow_runs", "prefect.task_runs", "prefect.task_runner.dask")
# Of each worker: the homes it refreshes one by one, and their analyses, use one core.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "POLARS_MAX_THREADS"), "1")


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 done, also where homes failed, for each is told; 1 with the reason on stderr."""
    parser = argparse.ArgumentParser(description="Refreshes a cohort once.")
    parser.add_argument("folder")
    parser.add_argument("--scheduler")
    parser.add_argument("--prefect")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--today", type=date.fromisoformat)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    for number in STOPS:
        signal.signal(number, _stopped)
    folder = Path(given.folder)
    choose(ENGLISH if given.json else language_in(folder) or ENGLISH)
    try:
        return refreshed(read_cohort(folder), given)
    except TightlogError as problem:
        print(phrase("tightlog: {reason}", reason=problem), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        words = phrase("Stopped; what was done is kept, and the next call goes on.")
        print(words, file=sys.stderr)
        return 1


def _stopped(*_: object) -> None:
    """Ends the call at the first signal; a second one would disturb what ends already."""
    for number in STOPS:
        signal.signal(number, signal.SIG_IGN)
    # Prefect would print where it was.
    for name in ("prefect", *SPEAKING):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    raise KeyboardInterrupt


def refreshed(cohort: Cohort, given: argparse.Namespace) -> int:
    """0 after one refresh, with what it did on standard output."""
    found = members(cohort)
    with cohort_lock(cohort):
        if not given.json:
            homes = counted(len(found), "home")
            words = phrase("{homes}; Prefect and Dask need some seconds to start", homes=homes)
            print(words, flush=True)
        with prefect_api(cohort, given.prefect) as api_url:
            os.environ.update(ONE_THREAD | {"PREFECT_API_URL": api_url})
            if not given.json:
                url = api_url.removesuffix("/api")
                print(phrase("Shown while it runs at {url}", url=url), flush=True)
            return _run(cohort, given)


@contextmanager
def prefect_api(cohort: Cohort, given: str | None) -> Iterator[str]:
    """The API of the server given, else of one of the cohort's own while it is refreshed."""
    if given is not None:
        yield given
        return
    folder = private.owner_only_folder(cohort.folder / ".prefect")
    use_own_environment(folder)
    with running_server(folder) as server:
        yield server.api_url


def _run(cohort: Cohort, given: argparse.Namespace) -> int:
    # Not before Prefect's settings are made.
    from prefect.exceptions import TerminationSignal
    from prefect.logging.handlers import APILogHandler

    from pipelines.cohort.flow import cohort_refresh, on_dask

    leave_quietly()
    # What it costs is told by the homes it concerns.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    for name in ("prefect", *SPEAKING):
        logging.getLogger(name).setLevel(logging.WARNING)
    if not given.json:
        # The run itself may speak.
        logging.getLogger("prefect.flow_runs").setLevel(logging.INFO)
    flow = cohort_refresh.with_options(task_runner=on_dask(given.scheduler, given.workers))
    call = uuid.uuid4().hex
    try:
        state: Any = flow(str(cohort.folder), call, given.today, given.workers, return_state=True)
    except TerminationSignal:
        # Prefect's own answer to the signal of a service that stops.
        raise KeyboardInterrupt from None
    # What the run said is on its page before the server goes.
    APILogHandler().flush()
    if not state.is_completed():
        why = phrase("the refresh failed: {reason}", reason=state.message or state.name)
        print(phrase("tightlog: {reason}", reason=why), file=sys.stderr)
        return 1
    summary: CohortSummary = state.result()
    if given.json:
        print(json.dumps(summary.as_json(), ensure_ascii=False, indent=2))
    else:
        print(summary.words)
    return 0


@contextmanager
def cohort_lock(cohort: Cohort) -> Iterator[None]:
    """Held while a cohort is refreshed; the system frees it when the process dies. Raises
    CohortError when another one holds it.
    """
    with open(cohort.folder / ".refresh.lock", "a", opener=private.owner_only) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            raise CohortError(
                phrase("{folder} is being refreshed; try again later", folder=cohort.folder)
            ) from problem
        yield


if __name__ == "__main__":
    sys.exit(main())
