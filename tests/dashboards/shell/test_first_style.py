"""The page a browser asks for carries the style sheet; everything else is sent on as it is."""

import asyncio
from collections.abc import Sequence

import pytest
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import Message, Receive, Scope, Send

from dashboards.shell.first_style import FirstStyle

PAGE = b"<html><head></head><body><div id='root'></div></body></html>"
ACCEPTS_PAGES = [(b"accept", b"text/html"), (b"accept-encoding", b"gzip"), (b"if-none-match", b"x")]


def sent(answer: Response, headers: Sequence[tuple[bytes, bytes]]) -> tuple[Scope, list[Message]]:
    """What the app was asked, and what it answered through the middleware."""
    asked: list[Scope] = []
    messages: list[Message] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        asked.append(scope)
        await answer(scope, receive, send)

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        messages.append(message)

    scope = {"type": "http", "method": "GET", "path": "/", "headers": list(headers)}
    asyncio.run(FirstStyle(app)(scope, receive, send))
    return asked[0], messages


def test_the_style_is_the_last_thing_of_the_page_and_its_length_is_right() -> None:
    asked, (start, body) = sent(HTMLResponse(PAGE, headers={"etag": "x"}), ACCEPTS_PAGES)
    page = body["body"]
    assert page.endswith(b"</style></body></html>") and b".tl-footer" in page
    headers = dict(start["headers"])
    assert headers[b"content-length"] == str(len(page)).encode() and b"etag" not in headers
    assert [name for name, _ in asked["headers"]] == [b"accept"]


@pytest.mark.parametrize("headers", [ACCEPTS_PAGES, [(b"accept", b"*/*")]])
def test_what_is_no_page_is_left_alone(headers: Sequence[tuple[bytes, bytes]]) -> None:
    _, (_, body) = sent(PlainTextResponse("a,b</body>"), headers)
    assert body["body"] == b"a,b</body>"


def test_a_page_asked_for_by_a_script_is_left_alone() -> None:
    _, (_, body) = sent(HTMLResponse(PAGE), [(b"accept", b"*/*")])
    assert body["body"] == PAGE
