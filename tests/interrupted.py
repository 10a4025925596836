"""Interrupts a piece of work at its first step on the disk, then at a later one, and so on.

    python -m tests.interrupted HOME SCRATCH WORK HOW EVERY

HOME is copied into SCRATCH for each try. WORK is `refresh` or `rate`, HOW is `killed` or `full`: at
the step the process dies, or the disk has no room from there on. EVERY is 1 for each step, 2 for
every second one. A line of JSON for each try says
what was served right after it and what the next refresh came to. Every try is a process of its own,
forked from one that has imported everything and begun nothing.
"""

import errno
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from tests.builders import SETTINGS, settled_here
from tightlog.home.settings import Home
from tightlog.ingest import ingest  # noqa: F401 - imported once for all children
from tightlog.journal.journal import read_journal
from tightlog.journal.moment import Moment
from tightlog.journal.writing import rate
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store

STEPS = (
    "fsync",
    "rename",
    "replace",
    "symlink",
    "chmod",
    "fchmod",
    "unlink",
    "link",
    "mkdir",
    "open",
)
MOST_STEPS = 200
DAY = date(2026, 5, 8)
# Activities of which every record is there.
WHOLE = """
with found as (
    select activity_id, count(*) as record_count from record group by activity_id
)
select count(*)
from activity
inner join ingest.activity as read using (activity_id)
left join found using (activity_id)
where coalesce(found.record_count, 0) = read.record_count
"""


def main(template: Path, scratch: Path, work: str, how: str, every: int) -> None:
    """Prints the outcome of each try; ends after the first that went through."""
    for number in range(1, MOST_STEPS, every):
        home = Home(scratch / str(number))
        shutil.copytree(template, home.folder, symlinks=True)
        forked(partial(_settled, home))
        ended = forked(partial(interrupted, home, work, how, number))
        forked(partial(after, home, {"step": number, "is_whole": ended == 0}))
        if ended == 0:
            return


def _settled(home: Home) -> None:
    settled_here(home)


def forked(work: Callable[[], None]) -> int:
    """Exit code of a child that does the work, negative when it was killed."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            sys.stdout.flush()
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def interrupted(home: Home, work: str, how: str, number: int) -> None:
    """Does the work with every step counted."""
    count = 0

    def stepped(step: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*given: Any, **named: Any) -> Any:
            nonlocal count
            # Only what writes: a folder or file opened for reading is no step.
            if step is opened and not given[1] & (os.O_WRONLY | os.O_RDWR):
                return step(*given, **named)
            count += 1
            if count == number and how == "killed":
                os.kill(os.getpid(), signal.SIGKILL)
            if count >= number and how == "full" and step not in removing:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return step(*given, **named)

        return counted

    opened, removing = os.open, (os.unlink,)
    sys.stderr = open(os.devnull, "w")  # noqa: SIM115 - the error is expected
    for name in STEPS:
        setattr(os, name, stepped(getattr(os, name)))
    if work == "refresh":
        refresh(home, SETTINGS, today=DAY)
    else:
        rate(home.journal, 3, Moment(DAY, None))


def after(home: Home, told: dict[str, Any]) -> None:
    """Prints what is there, and what the next refresh makes of it."""
    version = store.published_version(home)
    served = store.query(version, WHOLE).item()
    scores = [score.score for score in read_journal(home.journal).scores]
    outcome = refresh(home, SETTINGS, today=DAY)
    print(
        json.dumps(
            told
            | {
                "served": served,
                "logged": scores,
                "activities": outcome.activities,
                "with_records": store.query(store.published_version(home), WHOLE).item(),
                "scores": outcome.scores,
                "files": sum(outcome.files.values()),
            }
        )
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4], int(sys.argv[5]))
