"""Streamlit's own files, answered from memory: a page asks for a hundred of them, each of which
Streamlit looks up and reads in parts, and they have to be there before anything is drawn.
"""

import mimetypes

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboards.shell.script_parts import STATIC

# Their names change with their content.
FOR_EVER = {"cache-control": "public, immutable, max-age=31536000"}


class ScriptFiles:
    """ASGI middleware: answers what lies in Streamlit's static folder, each file read once."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        # Only what is there when the server starts: an address never becomes a path.
        self.files = {
            f"/{file.relative_to(STATIC).as_posix()}": file
            for file in STATIC.glob("static/**/*")
            if file.is_file()
        }
        self.known: dict[str, bytes] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        path = scope.get("path", "")
        if scope["type"] != "http" or scope["method"] != "GET" or path not in self.files:
            await self.app(scope, receive, send)
            return
        if path not in self.known:
            self.known[path] = self.files[path].read_bytes()
        kind = mimetypes.guess_type(path)[0]
        await Response(self.known[path], headers=FOR_EVER, media_type=kind)(scope, receive, send)
