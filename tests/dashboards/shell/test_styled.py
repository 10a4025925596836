"""The sheet is in the page from the start, and nothing else is touched."""

import asyncio

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Message

from dashboards.shell.styled import Styled

PAGE = "<html><head></head><body><p>x</p></body></html>"


async def page(_: Request) -> Response:
    return HTMLResponse(PAGE, headers={"etag": "1"})


async def text(_: Request) -> Response:
    return PlainTextResponse("</body>")


def answer(path: str, accept: str = "text/html") -> tuple[dict[bytes, bytes], bytes]:
    """Headers and body of an answer of the styled app."""
    app = Styled(Starlette(routes=[Route("/", page), Route("/text", text)]))
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"accept", accept.encode()), (b"accept-encoding", b"gzip")]
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": headers,
        "scheme": "http",
        "server": ("127.0.0.1", 80),
        "root_path": "",
        "http_version": "1.1",
    }
    asyncio.run(app(scope, receive, send))
    return dict(sent[0]["headers"]), b"".join(one.get("body", b"") for one in sent[1:])


def test_the_sheet_stands_at_the_end_of_the_page() -> None:
    headers, body = answer("/")
    assert body.startswith(b"<html><head></head><body><p>x</p><script>")
    assert body.count(b"./static/js/Html.") == 1
    assert b".tl-footer" in body and body.endswith(b"</div></body></html>")
    assert headers[b"content-length"] == str(len(body)).encode()
    assert b"etag" not in headers and headers[b"cache-control"] == b"no-store"


def test_what_is_no_page_is_passed_on() -> None:
    assert answer("/text")[1] == b"</body>"
    assert answer("/", accept="*/*")[1] == PAGE.encode()
