"""A dashboard started by the command line, for as long as a test looks at it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

from tightlog.home.settings import Home

START_S = 60


@contextmanager
def dashboard(
    home: Home, address: str, *options: str, environment: Mapping[str, str] = MappingProxyType({})
) -> Iterator[str]:
    """Host and port of a dashboard started by the command line; it opens a browser only in an
    environment that has one.
    """
    with socket.socket() as free:
        free.bind((address, 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "tightlog.cli.main",
        "--home",
        str(home.folder),
        "dashboard",
        *options,
        "--port",
        str(port),
        *([] if environment else ["--no-browser"]),
    ]
    with subprocess.Popen(
        command,
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | environment,
    ) as server:
        try:
            until = time.monotonic() + START_S
            while True:
                assert server.poll() is None and time.monotonic() < until
                try:
                    socket.create_connection((address, port), timeout=2).close()
                    break
                except OSError:
                    time.sleep(0.2)
            yield f"{address}:{port}"
        finally:
            os.killpg(server.pid, signal.SIGTERM)
