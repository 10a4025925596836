"""The style sheet in the page that Streamlit serves: there before the first thing is drawn, so that
nothing jumps into its place when it comes. And the words for a server that has stopped, which it
could not send then.
"""

from pathlib import Path

import streamlit as st
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboards.shell.sign_pages import sign_page
from dashboards.shell.whole_page import answered_with

# At the end of the body, behind what Streamlit puts into the head: of two rules that weigh the same
# the later one holds.
PAGE_END = b"</body>"
# What Streamlit draws each element with it loads when the first one comes, and shows a grey bar of
# another height meanwhile: the parts every page needs are asked for with the page.
PARTS = ("Html", "purify.es", "Text", "PageLink", "Button", "BaseButton", "ButtonGroup")
SCRIPTS = Path(st.__file__).parent / "static" / "static" / "js"
THEIR_TITLE, OUR_TITLE = b"<title>Streamlit</title>", b"<title>tightlog</title>"


class Styled:
    """ASGI middleware: adds the style sheet to the one page of the app."""

    def __init__(self, app: ASGIApp, command: str = "tightlog dashboard") -> None:
        self.app = app
        self.sheet = str(sign_page("sheet", command=command, parts=part_files())).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request, with the sheet where the answer is a page."""
        await answered_with(self._with_sheet, self.app, scope, receive, send)

    def _with_sheet(self, page: bytes) -> bytes:
        page = page.replace(THEIR_TITLE, OUR_TITLE, 1)
        return page.replace(PAGE_END, self.sheet + PAGE_END, 1)


def part_files() -> list[str]:
    """Names of the files of those parts; fewer of a Streamlit that is cut in another way."""
    return [file.name for part in PARTS for file in sorted(SCRIPTS.glob(f"{part}.*.js"))]
