"""Starting `tightlog schedule` as a user does, and looking at its processes."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tightlog.home.settings import Home

UP_WITHIN_S = 600


def started_schedule(
    home: Home, schedules: list[subprocess.Popen[bytes]], up_within_s: float = UP_WITHIN_S
) -> tuple[subprocess.Popen[bytes], str, Path]:
    """A schedule whose start words are there, the address of its server, and what it prints."""
    output = home.folder / f"output-{len(schedules)}.txt"
    command = [sys.executable, "-m", "tightlog.cli.main", "schedule", "--home", str(home.folder)]
    with open(output, "wb") as file:
        # As in a terminal of its own, where Ctrl-C is not ignored, even if whoever runs the tests
        # ignores it.
        process = subprocess.Popen(
            command,
            stdout=file,
            stderr=file,
            start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
    schedules.append(process)

    def is_up() -> re.Match[str] | int | None:
        return re.search(r"http://127\.0\.0\.1:\d+", output.read_text()) or process.poll()

    found = within(up_within_s, is_up)
    assert isinstance(found, re.Match), output.read_text()
    return process, f"{found.group()}/api", output


def within(seconds: float, check: Callable[[], Any]) -> Any:
    """What the check gives as soon as it is true, else what it gave last."""
    give_up_at = time.monotonic() + seconds
    while not (result := check()) and time.monotonic() < give_up_at:
        time.sleep(0.5)
    return result


def descendants(pid: int) -> list[int]:
    """Process ids of the children of a process and of theirs."""
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    ).stdout.split()
    pairs = zip(listed[::2], listed[1::2], strict=True)
    children = [int(child) for child, parent in pairs if int(parent) == pid]
    return [*children, *(further for child in children for further in descendants(child))]


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def words_of(pid: int) -> str:
    """The command line of a process."""
    return subprocess.run(
        ["ps", "-ww", "-p", str(pid), "-o", "args="], capture_output=True, text=True, check=False
    ).stdout
