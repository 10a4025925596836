"""What makes the page one that a phone can install: a manifest, icons, and links to both.

They name the program and nothing of its runner, so that they are given without the password: a
browser fetches a manifest without its cookies.
"""

import re

from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboards.shell.icon import icon
from dashboards.shell.sign_pages import sign_page
from dashboards.shell.whole_page import answered_with

MANIFEST = "/manifest.webmanifest"
SIZES = {"/icon-192.png": 192, "/icon-512.png": 512, "/apple-touch-icon.png": 180}
COLOUR = "#184a5c"
LINKS = str(sign_page("install_links", manifest=MANIFEST, colour=COLOUR)).encode()
HEAD = re.compile(rb"</head\s*>", re.IGNORECASE)


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
        await answered_with(with_links, self.app, scope, receive, send)


def with_links(page: bytes) -> bytes:
    """A page with the links at the end of its head."""
    return HEAD.sub(lambda end: LINKS + end.group(), page, count=1)
