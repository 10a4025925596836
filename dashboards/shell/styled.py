"""The style sheet in the page that Streamlit serves: there before the first thing is drawn, so that
nothing jumps into its place when it comes. And the words for a server that has stopped, which it
could not send then.
"""

from functools import partial

from starlette.types import ASGIApp, Receive, Scope, Send

from dashboards.shell.script_parts import icon_font, scripts_for_later, scripts_of, scripts_to_run
from dashboards.shell.sign_pages import sign_page
from dashboards.shell.whole_page import answered_with

# At the end of the body, behind what Streamlit puts into the head: of two rules that weigh the same
# the later one holds.
PAGE_END = b"</body>"
THEIR_TITLE, OUR_TITLE = b"<title>Streamlit</title>", b"<title>tightlog</title>"


class Styled:
    """ASGI middleware: adds the style sheet to the one page of the app, with the scripts that the
    page at its address needs.
    """

    def __init__(self, app: ASGIApp, command: str = "tightlog dashboard") -> None:
        self.app, self.command = app, command

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request, with the sheet where the answer is a page."""
        with_sheet = partial(self._with_sheet, scope.get("path", ""))
        await answered_with(with_sheet, self.app, scope, receive, send)

    def _with_sheet(self, path: str, page: bytes) -> bytes:
        sheet = sign_page(
            "sheet",
            command=self.command,
            now=scripts_of(path),
            later=scripts_for_later(path),
            ready=scripts_to_run(path),
            fonts=icon_font(),
        )
        page = page.replace(THEIR_TITLE, OUR_TITLE, 1)
        return page.replace(PAGE_END, str(sheet).encode() + PAGE_END, 1)
