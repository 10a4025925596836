"""A process of its own for work that may go wrong: limited in memory and in time, ended at once.

The parent starts it by `command` and talks to it by pipes; the child opens `answer_pipe` first and
then limits itself, so that it ends even when nobody waits for it any more.
"""

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO


def command(module: str, *arguments: str) -> list[str]:
    """How a module of tightlog is started as a process."""
    # -P: a folder with a duckdb.py or a numpy.py in it is no reason to run that.
    return [sys.executable, "-P", "-m", module, *arguments]


@contextmanager
def without_interrupt() -> Iterator[None]:
    """Within it a process that is started is never reached by Ctrl-C, which is for this one: not
    even while it imports, before it could say so. For this process the signal waits.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def end(process: "subprocess.Popen[bytes]") -> None:
    """Ends the process even if it is busy, and closes its pipes."""
    process.kill()
    process.communicate()


def answer_pipe() -> IO[bytes]:
    """The child's standard output for answers alone: what a library prints goes to its errors."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def limit_memory(most_bytes: int) -> None:
    """Limits the address space of this process; its memory is never written to disk."""
    resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_busy_s(seconds: int) -> None:
    """Ends this process (by SIGXCPU) after this many more seconds of computing."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def limit_all_s(seconds: int) -> None:
    """Ends this process (by SIGXCPU) once it has computed for so many seconds since its start."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def used_s() -> float:
    """Seconds this process has computed since its start."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
