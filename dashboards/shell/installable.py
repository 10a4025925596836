"""What makes the page one that a phone can install: a manifest, icons, and links to both.

They name the program and nothing of its runner, so that they are given without the password: a
browser fetches a manifest without its cookies.
"""

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboards.shell.icon import icon

MANIFEST = "/manifest.webmanifest"
SIZES = {"/icon-192.png": 192, "/icon-512.png": 512, "/apple-touch-icon.png": 180}
COLOUR = "#184a5c"
LINKS = (
    f'<link rel="manifest" href="{MANIFEST}">'
    '<link rel="apple-touch-icon" href="/apple-touch-icon.png">'
    f'<meta name="theme-color" content="{COLOUR}">'
    '<meta name="apple-mobile-web-app-title" content="tightlog">'
).encode()
HEAD = re.compile(rb"</head\s*>", re.IGNORECASE)
# Larger is no page of Streamlit's.
MOST_BYTES = 2**20


def installed_part(path: str) -> Response | None:
    """The manifest or an icon; None for any other address."""
    if path in SIZES:
        return Response(icon(SIZES[path]), media_type="image/png")
    if path != MANIFEST:
        return None
    icons = [
        {"src": f"/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png", "purpose": use}
        for size in (192, 512)
        for use in ("any", "maskable")
    ]
    facts = {
        "name": "tightlog",
        "short_name": "tightlog",
        "id": "/",
        "start_url": "/",
        "display": "standalone",
        "background_color": COLOUR,
        "theme_color": COLOUR,
        "icons": icons,
    }
    return JSONResponse(facts, media_type="application/manifest+json")


class Installable:
    """ASGI middleware: adds the links to each page that is opened."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        is_page = scope["type"] == "http" and "text/html" in Headers(scope=scope).get("accept", "")
        if not is_page or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        # A compressed page could not be added to.
        plain = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
        await self.app({**scope, "headers": plain}, receive, Linked(send))


class Linked:
    """A `send` that holds a page back until it is whole, and adds the links."""

    def __init__(self, send: Send) -> None:
        self.send = send
        self.start: Message | None = None
        self.body = b""

    async def __call__(self, message: Message) -> None:
        """Passes one message on, or keeps it."""
        if message["type"] == "http.response.start" and _is_whole_page(message):
            self.start = message
            return
        if self.start is None or message["type"] != "http.response.body":
            await self.send(message)
            return
        self.body += message.get("body", b"")
        is_more = message.get("more_body", False)
        if is_more and len(self.body) <= MOST_BYTES:
            return
        start, body = self.start, HEAD.sub(lambda end: LINKS + end.group(), self.body, count=1)
        self.start, self.body = None, b""
        headers = MutableHeaders(scope=start)
        if is_more:
            del headers["content-length"]
        else:
            headers["content-length"] = str(len(body))
        await self.send(start)
        await self.send({"type": "http.response.body", "body": body, "more_body": is_more})


def _is_whole_page(message: Message) -> bool:
    headers = Headers(raw=message["headers"])
    is_html = headers.get("content-type", "").startswith("text/html")
    return message["status"] == 200 and is_html and "content-encoding" not in headers
