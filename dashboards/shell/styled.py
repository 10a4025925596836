"""The style sheet in the page that Streamlit serves: there before the first thing is drawn, so that
nothing jumps into its place when it comes. And the words for a server that has stopped, which it
could not send then.
"""

from pathlib import Path

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboards.shell.sign_pages import sign_page

# At the end of the body, behind what Streamlit puts into the head: of two rules that weigh the same
# the later one holds.
PAGE_END = b"</body>"
# What Streamlit draws each element with it loads when the first one comes, and shows a grey bar of
# another height meanwhile: the parts every page needs are asked for with the page.
PARTS = ("Html", "purify.es", "Text", "PageLink", "Button", "BaseButton", "ButtonGroup")
SCRIPTS = Path(st.__file__).parent / "static" / "static" / "js"
THEIR_TITLE, OUR_TITLE = b"<title>Streamlit</title>", b"<title>tightlog</title>"
# Of the page as Streamlit keeps it; ours is longer, and another one after each change of the sheet.
OF_THE_FILE = ("etag", "last-modified", "content-length", "accept-ranges")


class Styled:
    """ASGI middleware: adds the style sheet to the one page of the app."""

    def __init__(self, app: ASGIApp, command: str = "tightlog dashboard") -> None:
        self.app = app
        self.sheet = str(sign_page("sheet", command=command, parts=part_files())).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request, with the sheet where the answer is a page."""
        if scope["type"] != "http" or "text/html" not in Headers(scope=scope).get("accept", ""):
            await self.app(scope, receive, send)
            return
        asked = MutableHeaders(raw=list(scope["headers"]))
        # A packed page could not be added to; it is 3 kB.
        del asked["accept-encoding"]
        held = Held(send, self.sheet)
        await self.app({**scope, "headers": asked.raw}, receive, held.take)


class Held:
    """An answer held back until it is whole, if it is a page."""

    def __init__(self, send: Send, sheet: bytes) -> None:
        self.send, self.sheet = send, sheet
        self.start: Message | None = None
        self.body = b""

    async def take(self, message: Message) -> None:
        """Passes a message on; those of a page once all of it is there."""
        if message["type"] == "http.response.start" and is_page(message):
            self.start = message
        elif message["type"] == "http.response.body" and self.start is not None:
            self.body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._give(self.start)
        else:
            await self.send(message)

    async def _give(self, start: Message) -> None:
        body = self.body.replace(THEIR_TITLE, OUR_TITLE, 1)
        body = body.replace(PAGE_END, self.sheet + PAGE_END, 1)
        headers = MutableHeaders(raw=list(start["headers"]))
        for name in OF_THE_FILE:
            if name in headers:
                del headers[name]
        headers["content-length"] = str(len(body))
        headers["cache-control"] = "no-store"
        await self.send({**start, "headers": headers.raw})
        await self.send({"type": "http.response.body", "body": body})


def part_files() -> list[str]:
    """Names of the files of those parts; fewer of a Streamlit that is cut in another way."""
    return [file.name for part in PARTS for file in sorted(SCRIPTS.glob(f"{part}.*.js"))]


def is_page(start: Message) -> bool:
    """True for the start of an answer that is a whole page, and not packed."""
    headers = Headers(raw=start["headers"])
    is_plain = "content-encoding" not in headers
    is_html = headers.get("content-type", "").startswith("text/html")
    return start["status"] == 200 and is_html and is_plain
