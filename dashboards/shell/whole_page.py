"""A page of Streamlit's held back until it is whole, so that something can be added to it."""

from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Larger is no page of Streamlit's.
MOST_BYTES = 2**20
# Of the page as Streamlit keeps it; ours is longer, and another one after each change of it.
OF_THE_FILE = ("etag", "last-modified", "content-length", "accept-ranges")


async def answered_with(
    changed: Callable[[bytes], bytes], app: ASGIApp, scope: Scope, receive: Receive, send: Send
) -> None:
    """Answers one request of an app, each whole page as `changed` makes it, all else untouched."""
    if scope["type"] != "http" or "text/html" not in Headers(scope=scope).get("accept", ""):
        await app(scope, receive, send)
        return
    asked = MutableHeaders(raw=list(scope["headers"]))
    # A packed page could not be added to; it is 3 kB.
    del asked["accept-encoding"]
    await app({**scope, "headers": asked.raw}, receive, _Held(send, changed).take)


class _Held:
    """An answer held back until it is whole, if it is a page."""

    def __init__(self, send: Send, changed: Callable[[bytes], bytes]) -> None:
        self.send, self.changed = send, changed
        self.start: Message | None = None
        self.body = b""

    async def take(self, message: Message) -> None:
        """Passes a message on; those of a page once all of it is there."""
        if message["type"] == "http.response.start" and _is_page(message):
            self.start = message
        elif message["type"] == "http.response.body" and self.start is not None:
            self.body += message.get("body", b"")
            is_more = message.get("more_body", False)
            if not is_more or len(self.body) > MOST_BYTES:
                await self._give(self.start, is_more=is_more)
        else:
            await self.send(message)

    async def _give(self, start: Message, *, is_more: bool) -> None:
        body, self.start = self.changed(self.body), None
        headers = MutableHeaders(raw=list(start["headers"]))
        for name in OF_THE_FILE:
            if name in headers:
                del headers[name]
        if not is_more:
            headers["content-length"] = str(len(body))
        headers["cache-control"] = "no-store"
        await self.send({**start, "headers": headers.raw})
        await self.send({"type": "http.response.body", "body": body, "more_body": is_more})


def _is_page(start: Message) -> bool:
    """True for the start of an answer that is a whole page, and not packed."""
    headers = Headers(raw=start["headers"])
    is_html = headers.get("content-type", "").startswith("text/html")
    return start["status"] == 200 and is_html and "content-encoding" not in headers
