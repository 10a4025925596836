"""What Streamlit serves: the app, and a way out for addresses of two parts, at which it would wait for ever."""

import streamlit as st
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

# The first parts of addresses Streamlit serves itself.
OWN_PARTS = ("_stcore", "app", "auth", "component", "media", "oauth2callback", "static", "vendor")


class OnePart:
    """Sends a browser that asks for /a/b to /a, where the app answers.

    Streamlit's page asks for its scripts relative to where it is: at /a/b for /a/static, where there are none.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if (first := stranded(scope)) is None:
            await self.app(scope, receive, send)
        else:
            await RedirectResponse(f"/{first}")(scope, receive, send)


def stranded(scope: Scope) -> str | None:
    """First part of the address when somebody opened one of more parts that is nobody's; else None."""
    if scope["type"] != "http" or "text/html" not in Headers(scope=scope).get("accept", ""):
        return None
    parts = [part for part in scope["path"].split("/") if part]
    is_own = not parts or parts[0] in OWN_PARTS or parts[1:2] in (["_stcore"], ["static"])
    return parts[0] if len(parts) > 1 and not is_own else None


app = st.App("streamlit_app.py", middleware=[Middleware(OnePart)])
