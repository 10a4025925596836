"""The gate before every request: who may come in, and what a browser may do with the answer.

It stands before pages, uploads, files and websockets alike. Streamlit itself looks at the Host of
websockets only, lets pages of any other local port open one, and asks a server on the internet for
this machine's address when a strange origin tries. None of that is reached any more.
"""

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request, cookie_parser
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboards.shell.installable import installed_part
from dashboards.shell.one_tap import PATH as LOG
from dashboards.shell.one_tap import Taps, tap_answer
from dashboards.shell.passes import Door, door_of, signed_in_as
from dashboards.shell.sign_in import (
    SIGN_OUT,
    Attempts,
    server_port,
    sign_in_answer,
    sign_in_page,
    sign_out_answer,
)
from tightlog.home.settings import Home
from tightlog.language.catalogue import phrase

LOCAL_HOSTS = ("127.0.0.1", "localhost")
HOST = re.compile(r"(\[[0-9a-f:]+\]|[a-z0-9.-]+)(:[0-9]{1,5})?")
FORM = "application/x-www-form-urlencoded"
# What a browser is told when a websocket is closed: "policy violation".
REFUSED = 1008
# What Streamlit and Vega need, and nothing from elsewhere: a page cannot send anything to another
# machine even if it were made to.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "media-src 'self' data: blob:; worker-src 'self' blob:; "
    "connect-src 'self' data: blob: ws://{host}; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'none'"
)


class Gate:
    """ASGI middleware: refuses strange hosts and origins, and asks for a guarded home's password.

    Nothing of a guarded home is answered before that, and nothing after a sign-out. A score comes
    in with a token of its own, which opens nothing else.
    """

    def __init__(
        self,
        app: ASGIApp,
        hosts: Collection[str],
        guarded: Home | Door | None,
        home: Home | None = None,
    ) -> None:
        self.app = app
        self.guarded = door_of(guarded) if isinstance(guarded, Home) else guarded
        self.home = home or (guarded if isinstance(guarded, Home) else None)
        self.taps = Taps()
        self.hosts = frozenset(host.lower() for host in hosts)
        self.attempts = Attempts()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request, or lets it through."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        answer = _with_policy(send, host)
        if not is_known_host(host, self.hosts) or not is_own_origin(headers.get("origin"), host):
            strange = PlainTextResponse(phrase("This dashboard does not serve this address."), 403)
            await _refuse(scope, receive, send, strange)
        elif scope["type"] == "http" and scope["path"] == LOG and self.home is not None:
            # Its own token, and never the pass: a page of this browser must not be able to use it.
            tapped = await tap_answer(self.home, Request(scope, receive), self.taps)
            await _refuse(scope, receive, answer, tapped)
        elif scope["type"] == "http" and (part := installed_part(scope["path"])) is not None:
            await part(scope, receive, answer)
        elif self.guarded is None:
            await self.app(scope, receive, answer)
        elif not _has_pass(self.guarded, scope):
            await self._stranger(self.guarded, scope, receive, answer)
        elif scope["type"] == "http" and scope["path"] == SIGN_OUT:
            signed_out = await sign_out_answer(self.guarded, Request(scope, receive))
            await _refuse(scope, receive, answer, signed_out)
        elif scope["type"] == "websocket":
            await self.app(scope, _while_signed_in(self.guarded, scope, receive, send), answer)
        else:
            await self.app(scope, receive, answer)

    async def _stranger(self, door: Door, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a visitor who is not signed in: the form, or the result of sending it."""
        headers = Headers(scope=scope)
        refusal: Response = PlainTextResponse(phrase("Sign in first."), 401)
        if scope["type"] == "http" and scope["path"] == SIGN_OUT:
            refusal = RedirectResponse("/", 303)
        elif scope.get("method") == "POST" and headers.get("content-type", "").startswith(FORM):
            refusal = await sign_in_answer(door, Request(scope, receive), self.attempts)
        elif "text/html" in headers.get("accept", ""):
            refusal = HTMLResponse(sign_in_page(is_named=door.is_named), 401)
        await _refuse(scope, receive, send, refusal)


def is_known_host(host: str, hosts: Collection[str]) -> bool:
    """True when a Host header names one of these.

    A name of someone else's that leads here is DNS rebinding.
    """
    is_well_formed = HOST.fullmatch(host.lower()) is not None
    return is_well_formed and (urlsplit(f"//{host}").hostname or "") in hosts


def is_own_origin(origin: str | None, host: str) -> bool:
    """True without an Origin header, or when it is this very host and port."""
    return origin is None or origin.partition("://")[2].lower() == host.lower()


def _has_pass(door: Door, scope: Scope) -> bool:
    cookies = cookie_parser(Headers(scope=scope).get("cookie", ""))
    return signed_in_as(door, cookies, server_port(scope)) is not None


def _while_signed_in(door: Door, scope: Scope, receive: Receive, send: Send) -> Receive:
    """A `receive` that closes an open page at its next word once its pass has ended."""

    async def receive_while_signed_in() -> Message:
        message = await receive()
        if message["type"] != "websocket.receive" or _has_pass(door, scope):
            return message
        await send({"type": "websocket.close", "code": REFUSED})
        return {"type": "websocket.disconnect", "code": REFUSED}

    return receive_while_signed_in


async def _refuse(scope: Scope, receive: Receive, send: Send, answer: Response) -> None:
    if scope["type"] == "websocket":
        # Before it is accepted: the handshake ends with 403.
        await send({"type": "websocket.close", "code": REFUSED})
        return
    answer.headers["Cache-Control"] = "no-store"
    await answer(scope, receive, send)


def _with_policy(send: Send, host: str) -> Send:
    """A `send` that adds to each answer what a browser may do with it."""

    async def send_with_policy(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["Content-Security-Policy"] = POLICY.format(host=host)
            headers["X-Content-Type-Options"] = "nosniff"
            headers["Referrer-Policy"] = "same-origin"
        await send(message)

    return send_with_policy
