"""Files that leave the server at once, and messages of a page that leave it together."""

import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from starlette.types import ASGIApp, Receive, Scope, Send

OPEN_FILES = Path("/dev/fd")


def send_without_delay() -> None:
    """Has connections to this server send each part of an answer at once: they inherit it from the
    sockets the process listens on.

    asyncio sees to that only where a socket says that it is TCP's, and Streamlit's does not: the
    body of an answer then waits for the browser's word that the head has come, 40 ms for each of a
    page's hundred files.
    """
    for found in _sockets():
        # Raised by what is not one of TCP.
        with suppress(OSError):
            if found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


class MessagesTogether:
    """Sends the messages of a page that follow each other closely together, as they were before
    files left at once: drawn one by one they would move what lies below them.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and scope.get("client"):
            send_together(tuple(scope["client"]))
        await self._app(scope, receive, send)


def send_together(client: tuple[str, int]) -> None:
    """Has the connection of a client (address, port) wait for the word that what was sent before
    has come, and send what has gathered by then.
    """
    for found in _sockets():
        # Raised by what has nobody at its other end.
        with suppress(OSError):
            if tuple(found.getpeername()[:2]) == client:
                found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 0)


def _sockets() -> Iterator[socket.socket]:
    """Those this process has open, which stay with whom they belong to."""
    for file in OPEN_FILES.glob("*"):
        # Raised by what is no socket.
        with suppress(OSError):
            found = socket.socket(fileno=int(file.name))
            try:
                yield found
            finally:
                found.detach()
