"""Addresses Streamlit alone would leave hanging or complain of: those of several parts, and its
own questions asked below a page.
"""

from starlette.datastructures import Headers
from starlette.responses import JSONResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

# The first parts of addresses Streamlit serves itself.
OWN_PARTS = ("_stcore", "app", "auth", "component", "media", "oauth2callback", "static", "vendor")
# What Streamlit's page asks for at every possible base of its address, to find out which one
# answers.
PROBES = ("health", "host-config")


class Addresses:
    """ASGI middleware: sends a browser that asks for /a/b to /a, where the app answers, and answers
    a probe below a page.

    Streamlit's page asks for its scripts relative to where it is: at /a/b for /a/static, where
    there are none. And opened at /trends it first asks whether the server lives below /trends; an
    answer it can make nothing of sends it on as surely as the 404 a browser complains of.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if is_probe_below_a_page(scope):
            await JSONResponse(None)(scope, receive, send)
        elif (first := stranded(scope)) is not None:
            await RedirectResponse(f"/{first}")(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def is_probe_below_a_page(scope: Scope) -> bool:
    """True for /trends/_stcore/health and its like."""
    parts = _parts(scope)
    return (
        scope["type"] == "http"
        and len(parts) > 2
        and parts[0] not in OWN_PARTS
        and parts[-2] == "_stcore"
        and parts[-1] in PROBES
    )


def stranded(scope: Scope) -> str | None:
    """First part of the address when somebody opened one of more parts that is nobody's; else
    None.
    """
    if scope["type"] != "http" or "text/html" not in Headers(scope=scope).get("accept", ""):
        return None
    parts = _parts(scope)
    is_own = not parts or parts[0] in OWN_PARTS or parts[1:2] in (["_stcore"], ["static"])
    return parts[0] if len(parts) > 1 and not is_own else None


def _parts(scope: Scope) -> list[str]:
    return [part for part in scope.get("path", "").split("/") if part]
