"""Signing in and out: the answers to both forms, and how long a wrong password makes one wait."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from dashboards.shell.passes import SESSION_S, STAY_S, Door, end_pass, signed_pass
from dashboards.shell.sign_pages import sign_page
from tightlog.errors import PasswordError
from tightlog.home.password import StoredPassword, matches, nobodys_password, stored_password
from tightlog.language.catalogue import phrase

SIGN_OUT = "/sign-out"
MOST_FORM_BYTES = 4096
LONGEST_WAIT_S = 60.0


@dataclass
class Attempts:
    """Failed sign-ins of everybody together: each makes the next one wait longer, to a minute."""

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


async def sign_in_answer(door: Door, request: Request, attempts: Attempts) -> Response:
    """Back to where one was going, with the cookie; else the form again, with why."""
    form = await _form(request)
    # One at a time, so that many tried at once wait as long as one after the other.
    async with attempts.lock:
        if wait_s := attempts.wait_s(time.monotonic()):
            seconds = f"{wait_s:.0f}" if wait_s >= 1 else "1"
            said = phrase("Wait {seconds} s, then try again.", seconds=seconds)
            page = sign_in_page(said, is_named=door.is_named)
            return HTMLResponse(page, 429, {"Retry-After": seconds})
        who = form.get("who", "").strip() if door.is_named else ""
        try:
            place = door.place(who)
            # A name nobody has takes as long as a wrong password, and says the same.
            stored = nobodys_password() if place is None else stored_password(place)
            is_right = await run_in_threadpool(matches, stored, form.get("password", ""))
        except PasswordError:
            problem = phrase("The password was removed. Set a new one on the computer.")
            return HTMLResponse(sign_in_page(problem, is_named=door.is_named), 403)
        if not is_right or place is None:
            attempts.failed(time.monotonic())
            wrong = (
                phrase("Wrong name or password.") if door.is_named else phrase("Wrong password.")
            )
            return HTMLResponse(sign_in_page(wrong, is_named=door.is_named), 401)
        attempts.failures = 0
    return _signed_in(door, who, stored, request.scope, stays="stay" in form)


async def sign_out_answer(door: Door, request: Request) -> Response:
    """Ends the pass of this browser, wherever copies of it are, and leads to the sign-in page.

    A GET only asks: whatever fetches a link in advance signs nobody out. A POST from another site
    is refused by the gate for its Origin, and comes without the cookie (SameSite=strict).
    """
    name = door.cookie(server_port(request.scope))
    if request.method != "POST":
        return HTMLResponse(sign_page("sign_out"))
    try:
        who, given = door.parts(request.cookies.get(name, ""))
        if (place := door.place(who)) is not None:
            await run_in_threadpool(end_pass, place, given, time.time())
    except (PasswordError, OSError):
        # Without a password nobody is signed in; a full disk must not keep the cookie here.
        problem = phrase(
            "This browser is signed out, but that could not be stored. If somebody else "
            "may have a copy of its cookie, set a new password on the computer."
        )
        answer: Response = HTMLResponse(
            sign_in_page(problem, goal="/", is_named=door.is_named), 500
        )
    else:
        answer = RedirectResponse("/", 303)
    answer.delete_cookie(name, httponly=True, samesite="strict")
    return answer


def sign_in_page(problem: str = "", goal: str = "", *, is_named: bool = False) -> str:
    """The page that asks for the password, with why the last try failed, and where it is sent.

    Plain HTML without a script, and without a word about whose dashboard it is.
    """
    return sign_page("sign_in", problem=problem, goal=goal, is_named=is_named)


def server_port(scope: Mapping[str, Any]) -> int:
    """The port a request came to; 0 where the server does not say."""
    server = scope.get("server") or ("", 0)
    return int(server[1] or 0)


def _signed_in(
    door: Door, who: str, stored: StoredPassword, scope: Mapping[str, Any], *, stays: bool
) -> Response:
    answer = RedirectResponse("/" + quote(scope["path"].lstrip("/\\")), 303)
    until_s = int(time.time()) + (STAY_S if stays else SESSION_S)
    answer.set_cookie(
        door.cookie(server_port(scope)),
        door.value(who, signed_pass(stored, until_s)),
        max_age=STAY_S if stays else None,
        httponly=True,
        samesite="strict",
    )
    return answer


async def _form(request: Request) -> dict[str, str]:
    """Fields of a posted form; empty for one that is longer than a password can be."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_FORM_BYTES:
            return {}
    fields = parse_qs(body.decode("utf-8", "replace"), max_num_fields=10)
    return {name: values[0] for name, values in fields.items()}
