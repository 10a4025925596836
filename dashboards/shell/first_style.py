"""The style sheet in the page itself, so that the frame stands in its place from the first moment
and not only once the app has sent its own.
"""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboards.shell.sign_pages import sign_page

# Of two rules of one weight the later one counts, and Streamlit adds its own to the head.
END_OF_BODY = b"</body>"
# What would let a browser or a cache take the page for the file it was made of.
OF_THE_FILE = ("etag", "last-modified", "content-length")


class FirstStyle:
    """ASGI middleware: adds the style sheet to the page a browser asks for, and to nothing else."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        is_page = scope["type"] == "http" and "text/html" in Headers(scope=scope).get("accept", "")
        if is_page and scope["method"] == "GET":
            asked = [
                (name, value)
                for name, value in scope["headers"]
                if name not in (b"if-none-match", b"if-modified-since", b"accept-encoding")
            ]
            await self.app({**scope, "headers": asked}, receive, _Styled(send).send)
        else:
            await self.app(scope, receive, send)


class _Styled:
    """Holds a page back until it is whole, and sends it with the style sheet."""

    def __init__(self, send: Send) -> None:
        self.onward, self.body = send, b""
        self.start: Message | None = None

    async def send(self, message: Message) -> None:
        """Takes one part of an answer."""
        if message["type"] == "http.response.start" and "text/html" in Headers(
            raw=message["headers"]
        ).get("content-type", ""):
            self.start = message
        elif self.start is None or message["type"] != "http.response.body":
            await self.onward(message)
        else:
            self.body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._whole(self.start)

    async def _whole(self, start: Message) -> None:
        page = self.body.replace(END_OF_BODY, sign_page("first_style").encode() + END_OF_BODY, 1)
        headers = MutableHeaders(raw=start["headers"])
        for name in OF_THE_FILE:
            del headers[name]
        headers["content-length"] = str(len(page))
        await self.onward({**start, "headers": headers.raw})
        await self.onward({"type": "http.response.body", "body": page, "more_body": False})
