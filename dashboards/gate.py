"""The gate before every request, page, upload, file and websocket alike: who may come in, and what a browser may do with the answer.

Streamlit itself looks at the Host of websockets only, lets pages of any other local port open one, and asks a server on the internet for
this machine's address when a strange origin tries. None of that is reached any more.
"""

import asyncio
import re
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import parse_qs, quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request, cookie_parser
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboards.sign_in import sign_in_page
from tightlog.errors import PasswordError
from tightlog.password import is_valid_pass, matches, signed_pass, stored_password
from tightlog.settings import Home, home_folder

LOCAL_HOSTS = ("127.0.0.1", "localhost")
HOST = re.compile(r"(\[[0-9a-f:]+\]|[a-z0-9.-]+)(:[0-9]{1,5})?")
FORM = "application/x-www-form-urlencoded"
SESSION_S, STAY_S = 12 * 3600, 30 * 24 * 3600
MOST_FORM_BYTES = 4096
LONGEST_WAIT_S = 60.0
# What Streamlit and Vega need, and nothing from elsewhere: a page cannot send anything to another machine even if it were made to.
POLICY = ("default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
          "img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' data: blob:; worker-src 'self' blob:; "
          "connect-src 'self' data: blob: ws://{host}; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'")


@dataclass
class Attempts:
    """Failed sign-ins of everybody together: each makes the next one wait longer, up to a minute."""

    failures: int = 0
    allowed_at_s: float = 0.0
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    def wait_s(self, now_s: float) -> float:
        """Seconds until a password may be tried again."""
        return max(0.0, self.allowed_at_s - now_s)

    def failed(self, now_s: float) -> None:
        """Counts a failure: 1, 2, 4 … 60 seconds of waiting."""
        self.failures += 1
        self.allowed_at_s = now_s + min(2.0 ** (self.failures - 1), LONGEST_WAIT_S)


class Gate:
    """ASGI middleware: refuses strange hosts and origins, and with a guarded home asks for its password before anything else."""

    def __init__(self, app: ASGIApp, hosts: Collection[str], guarded: Home | None) -> None:
        self.app, self.hosts, self.guarded = app, frozenset(host.lower() for host in hosts), guarded
        self.attempts = Attempts()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        answer = _with_policy(send, host)
        if not is_known_host(host, self.hosts) or not is_own_origin(headers.get("origin"), host):
            await _refuse(scope, receive, send, PlainTextResponse("This address is not one of this dashboard.", 403))
        elif self.guarded is None or is_signed_in(self.guarded, cookie_parser(headers.get("cookie", "")), _port(scope)):
            await self.app(scope, receive, answer)
        elif scope["type"] == "http" and scope["method"] == "POST" and headers.get("content-type", "").startswith(FORM):
            await (await self._sign_in(self.guarded, Request(scope, receive)))(scope, receive, answer)
        elif "text/html" in headers.get("accept", ""):
            await _refuse(scope, receive, answer, HTMLResponse(sign_in_page(), 401))
        else:
            await _refuse(scope, receive, answer, PlainTextResponse("Sign in first.", 401))

    async def _sign_in(self, home: Home, request: Request) -> Response:
        """Back to where one was going, with the cookie; else the form again, with why."""
        form = await _form(request)
        # One at a time, so that many tried at once wait as long as one after the other.
        async with self.attempts.lock:
            wait_s = self.attempts.wait_s(time.monotonic())
            if wait_s:
                seconds = f"{wait_s:.0f}" if wait_s >= 1 else "1"
                return HTMLResponse(sign_in_page(f"Wait {seconds} s, then try again."), 429, {"Retry-After": seconds})
            try:
                stored = stored_password(home)
                is_right = await run_in_threadpool(matches, stored, form.get("password", ""))
            except PasswordError:
                return HTMLResponse(sign_in_page("There is no password any more. On the computer, set a new one."), 403)
            if not is_right:
                self.attempts.failed(time.monotonic())
                return HTMLResponse(sign_in_page("That was not the password."), 401)
            self.attempts.failures = 0
        stays = "stay" in form
        lasts_s = STAY_S if stays else SESSION_S
        answer = RedirectResponse("/" + quote(request.scope["path"].lstrip("/\\")), 303)
        answer.set_cookie(cookie_name(_port(request.scope)), signed_pass(stored, int(time.time()) + lasts_s),
                          max_age=STAY_S if stays else None, httponly=True, samesite="strict")
        return answer


def guarded_home(address: str | None, home: Home) -> Home | None:
    """The home whose password is asked for; None when the server listens to this machine only. An address left out means all of them."""
    try:
        return None if ip_address(address or "0.0.0.0").is_loopback else home
    except ValueError:
        return None if address == "localhost" else home


def is_known_host(host: str, hosts: Collection[str]) -> bool:
    """True when a Host header names one of these; a name of someone else's that leads here is DNS rebinding."""
    return HOST.fullmatch(host.lower()) is not None and (urlsplit(f"//{host}").hostname or "") in hosts


def is_own_origin(origin: str | None, host: str) -> bool:
    """True without an Origin header, or when it is this very host and port."""
    return origin is None or origin.partition("://")[2].lower() == host.lower()


def is_signed_in(home: Home, cookies: Mapping[str, str], port: int) -> bool:
    """True when a cookie shows that the password in force was given; never without a password."""
    try:
        return is_valid_pass(stored_password(home), cookies.get(cookie_name(port), ""), time.time())
    except PasswordError:
        return False


def is_admitted(address: str | None, cookies: Mapping[str, str], port: int) -> bool:
    """True when the server listens to this machine only, or the visitor signed in: the second look, for an app started without its gate.

    `address` is the server's; .streamlit/config.toml beside the app sets it, so that it is None only where nothing listens at all.
    """
    return address is None or guarded_home(address, home_folder(None)) is None or is_signed_in(home_folder(None), cookies, port)


def cookie_name(port: int) -> str:
    """Browsers share cookies between ports; two runners' dashboards on one machine must not sign each other out."""
    return f"tightlog_{port}"


def _port(scope: Scope) -> int:
    server = scope.get("server") or ("", 0)
    return int(server[1] or 0)


async def _form(request: Request) -> dict[str, str]:
    """Fields of a posted form; empty for one that is longer than a password can be."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_FORM_BYTES:
            return {}
    return {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace"), max_num_fields=10).items()}


async def _refuse(scope: Scope, receive: Receive, send: Send, answer: Response) -> None:
    if scope["type"] == "websocket":
        # Before it is accepted: the handshake ends with 403. 1008 is "policy violation".
        await send({"type": "websocket.close", "code": 1008})
        return
    answer.headers["Cache-Control"] = "no-store"
    await answer(scope, receive, send)


def _with_policy(send: Send, host: str) -> Send:
    """A `send` that adds to each answer what a browser is allowed to do with it."""

    async def send_with_policy(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["Content-Security-Policy"] = POLICY.format(host=host)
            headers["X-Content-Type-Options"] = "nosniff"
            headers["Referrer-Policy"] = "same-origin"
        await send(message)

    return send_with_policy
