"""Schedules that tests start, and that none of them outlives."""

import os
import signal
import subprocess
from collections.abc import Iterator

import pytest

from tests.pipelines.schedules import descendants


@pytest.fixture
def schedules() -> Iterator[list[subprocess.Popen[bytes]]]:
    """Processes started; whatever is left of them is killed at the end."""
    started: list[subprocess.Popen[bytes]] = []
    yield started
    for process in started:
        for pid in [*descendants(process.pid), process.pid]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        process.wait()
