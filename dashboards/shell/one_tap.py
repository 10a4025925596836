"""POST /log: a score from a phone, a tag or another program, with a token that may do only this.

The token is asked for on this machine as well, and is looked at before a body is read. An answer
tells nothing but what was sent.
"""

import asyncio
import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from tightlog.answers.actions.one_tap import Tap, TapRefused, TapUnsaved, log_tap
from tightlog.home.arriving.log_tokens import bearer
from tightlog.home.settings import Home
from tightlog.language.catalogue import phrase

PATH = "/log"
MOST_BYTES, READ_WITHIN_S = 4096, 10.0
# Of one token; and of all that have none, together.
TAPS, STRANGERS, WINDOW_S = 30, 60, 300.0
# A tap sent twice, because a phone or a tag tried again, is one tap.
SAME_WITHIN_S = 60.0
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
BEARER = "bearer "
# Fields of which a form may hold several; of any other it is not certain which one is meant.
LISTS = frozenset({"red_flags", "eased"})


@dataclass
class Taps:
    """What came lately: times by token ('' for strangers), and the last tap of each token."""

    times_s: dict[str, list[float]] = field(default_factory=dict)
    last: dict[str, tuple[float, str, Tap]] = field(default_factory=dict)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    def wait_s(self, name: str, most: int, now_s: float) -> float:
        """Seconds to wait; 0 where this one may come in, which is then counted."""
        times = [at_s for at_s in self.times_s.get(name, []) if at_s > now_s - WINDOW_S]
        self.times_s[name] = times
        if len(times) >= most:
            return times[0] + WINDOW_S - now_s
        times.append(now_s)
        return 0.0

    def same(self, name: str, digest: str, now_s: float) -> Tap | None:
        """The tap of this token just before, if it was the same."""
        at_s, known, tap = self.last.get(name, (-SAME_WITHIN_S, "", None))
        return tap if known == digest and now_s - at_s < SAME_WITHIN_S else None


async def tap_answer(home: Home, request: Request, taps: Taps) -> Response:
    """201 once it is on disk; else why not, in one field `problem`."""
    if request.method != "POST":
        return _problem(405, phrase("send a POST"), {"Allow": "POST"})
    now_s = time.monotonic()
    given = request.headers.get("authorization", "")
    token = given[len(BEARER) :].strip() if given.lower().startswith(BEARER) else ""
    name = await run_in_threadpool(bearer, home, token) if token else None
    if name is None:
        if wait_s := taps.wait_s("", STRANGERS, now_s):
            return _slow(wait_s)
        return _problem(401, phrase("a token is needed"), {"WWW-Authenticate": "Bearer"})
    if wait_s := taps.wait_s(name, TAPS, now_s):
        return _slow(wait_s)
    try:
        body = await asyncio.wait_for(_body(request), READ_WITHIN_S)
        fields = _fields(body, request.headers.get("content-type", ""))
    except (TimeoutError, ClientDisconnect):
        return _problem(408, phrase("the request did not come to an end"))
    except TapRefused as problem:
        return _problem(413 if "bytes" in str(problem) else 400, str(problem))
    return await _logged(home, name, body, fields, taps)


async def _logged(
    home: Home, name: str, body: bytes, fields: Mapping[str, Any], taps: Taps
) -> Response:
    digest = hashlib.sha256(body).hexdigest()
    async with taps.lock:
        known = taps.same(name, digest, time.monotonic())
        if known is not None:
            return _told(known, 200)
        try:
            tap = await run_in_threadpool(log_tap, home, fields)
        except TapRefused as problem:
            return _problem(400, str(problem))
        except TapUnsaved as problem:
            return _problem(503, str(problem))
        taps.last[name] = (time.monotonic(), digest, tap)
    return _told(tap, 201)


def _told(tap: Tap, status: int) -> Response:
    facts = {"logged": tap.words, "entry": tap.entry_id}
    return JSONResponse(facts | ({"see": tap.who_to_see} if tap.who_to_see else {}), status)


async def _body(request: Request) -> bytes:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            raise TapRefused(phrase("more than {most_bytes} bytes", most_bytes=MOST_BYTES))
    return body


def _fields(body: bytes, kind: str) -> Mapping[str, Any]:
    """Fields of a JSON object or of a form."""
    kind = kind.partition(";")[0].strip().lower()
    if kind not in (JSON, FORM):
        raise TapRefused(phrase("Content-Type is {json} or {form}", json=JSON, form=FORM))
    try:
        text = body.decode("utf-8")
        if kind == JSON:
            found = json.loads(text, object_pairs_hook=_each_once)
            if not isinstance(found, dict):
                raise TapRefused(phrase("send one JSON object"))
            return found
        form = parse_qs(text, keep_blank_values=True, max_num_fields=20, errors="strict")
        if twice := [
            name for name, values in form.items() if len(values) > 1 and name not in LISTS
        ]:
            raise TapRefused(phrase("{twice!r} is there twice", twice=twice[0][:40]))
        return {name: ",".join(values) for name, values in form.items()}
    except (ValueError, RecursionError):
        raise TapRefused(phrase("this cannot be read as it is called")) from None


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise TapRefused(phrase("a field is there twice"))
    return found


def _slow(wait_s: float) -> Response:
    return _problem(429, phrase("too many; wait"), {"Retry-After": str(int(wait_s) + 1)})


def _problem(status: int, words: str, headers: Mapping[str, str] | None = None) -> Response:
    return JSONResponse({"problem": words}, status, headers)
