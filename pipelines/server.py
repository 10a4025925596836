"""Prefect's server as a child process that ends with its parent, however that ends.

Run as `python -m pipelines.server PORT` it is the child: it serves until its standard input closes,
which the system does when the parent is gone, killed or not. So no server is left over to hold the
port or to schedule a second time.
"""

import base64
import contextlib
import os
import re
import runpy
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipelines.environment import HOST, STARTUP_TIMEOUT_S, password, server_environment
from tightlog.errors import TightlogError
from tightlog.home import private

# Beside Prefect's own 4200, which another Prefect on this machine may have.
USUAL_PORT = 4217
PORT_TRIES = 3
STOP_TIMEOUT_S = 10
ORPHAN_TIMEOUT_S = 15
SHOWN_LOG_LINES = 15
# How SQLite and the system say it; a log on a full disk may end before that.
FULL_DISK = re.compile(r"disk is full|No space left|quota exceeded", re.IGNORECASE)
LEAST_ROOM_BYTES = 1_000_000


class ServerFailed(TightlogError):
    """The server did not come up, or went away."""

    def __init__(self, what: str, log: Path) -> None:
        self.log = log
        said = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
        free_bytes = shutil.disk_usage(log.parent).free if log.parent.is_dir() else LEAST_ROOM_BYTES
        if FULL_DISK.search(said) or free_bytes < LEAST_ROOM_BYTES:
            super().__init__(
                f"there is no room for Prefect's history in {log.parent} "
                f"({free_bytes // 2**20} MB free); make room and try again"
            )
            return
        beginning = (
            f"Prefect's server {what}; `tightlog doctor` checks the installation. The end of {log}:"
        )
        super().__init__("\n".join([beginning, *said.splitlines()[-SHOWN_LOG_LINES:]]))


class ServerSlow(ServerFailed):
    """The server did not answer in time, on a machine that is busy: its history is not to blame."""


class PortTaken(ServerFailed):
    """Another server took the port between the look at it and the start."""


@dataclass(frozen=True)
class Server:
    """A running server: its process, where its API is, and its log."""

    process: subprocess.Popen[bytes]
    api_url: str
    log: Path

    @property
    def page_url(self) -> str:
        return self.api_url.removesuffix("/api")


@contextmanager
def running_server(folder: Path) -> Iterator[Server]:
    """A healthy server whose history lies in the folder, stopped at the end. Raises ServerFailed
    with the end of its log.
    """
    with ExitStack() as stack:
        for tries_left in reversed(range(PORT_TRIES)):
            try:
                server = stack.enter_context(_server_at(folder, free_port()))
                break
            except PortTaken:
                if not tries_left:
                    raise
        yield server


@contextmanager
def _server_at(folder: Path, port: int) -> Iterator[Server]:
    api_url = f"http://{HOST}:{port}/api"
    log = folder / "server.log"
    with open(log, "wb", opener=private.opener) as output:
        # A session of its own: Ctrl-C reaches the runner first, which still has to tell the server.
        process = subprocess.Popen(
            [sys.executable, "-m", "pipelines.server", str(port)],
            env=os.environ | server_environment(api_url),
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    server = Server(process, api_url, log)
    try:
        _wait_until_healthy(server, password(folder))
        yield server
    finally:
        _stop(process)


def free_port() -> int:
    """The usual port, else one the system says is free."""
    for port in (USUAL_PORT, 0):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind((HOST, port))
                return int(probe.getsockname()[1])
    raise TightlogError(f"no port is free on {HOST}")


def is_healthy(api_url: str) -> bool:
    """True when a server answers there."""
    try:
        with urllib.request.urlopen(f"{api_url}/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def is_ours(api_url: str, own_password: str) -> bool:
    """True when the server that answers there takes this password: another home's, on the same
    port, does not.
    """
    credentials = base64.b64encode(own_password.encode()).decode()
    request = urllib.request.Request(
        f"{api_url}/admin/version", headers={"Authorization": f"Basic {credentials}"}
    )
    try:
        with urllib.request.urlopen(request, timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _wait_until_healthy(server: Server, own_password: str) -> None:
    give_up_at = time.monotonic() + STARTUP_TIMEOUT_S
    while not (is_healthy(server.api_url) and is_ours(server.api_url, own_password)):
        if server.process.poll() is not None:
            kind = PortTaken if is_healthy(server.api_url) else ServerFailed
            raise kind(f"ended at once with code {server.process.returncode}", server.log)
        if time.monotonic() > give_up_at:
            raise ServerSlow(f"did not answer within {STARTUP_TIMEOUT_S} s", server.log)
        time.sleep(0.3)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_TIMEOUT_S)
    except subprocess.TimeoutExpired:  # a browser that keeps its connection open holds it up
        process.kill()
        process.wait()


def main(port: str) -> None:
    """Serves until told to stop or until the parent is gone."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    sys.argv = ["prefect", "server", "start", "--host", HOST, "--port", port]
    runpy.run_module("prefect", run_name="__main__")


def _end_with_parent() -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(ORPHAN_TIMEOUT_S)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(sys.argv[1])
