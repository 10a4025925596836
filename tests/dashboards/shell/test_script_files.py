"""A page asks for what it needs at once, and gets it from memory; other files are left alone."""

import asyncio

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Message

from dashboards.shell.script_files import ScriptFiles
from dashboards.shell.script_parts import (
    CHART,
    EVERY_PAGE,
    IMPORTED,
    LATER,
    OF_PAGE,
    READY,
    SCRIPTS,
    STATIC,
    scripts_for_later,
    scripts_of,
    scripts_to_run,
)


async def other(_: Request) -> Response:
    return PlainTextResponse("the app's own answer")


def answer(path: str, method: str = "GET") -> tuple[dict[bytes, bytes], bytes]:
    """Headers and body of the answer to one request."""
    routes = [Route("/{path:path}", other, methods=["GET", "POST"])]
    app = ScriptFiles(Starlette(routes=routes))
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path, "headers": [], "query_string": b""}
    asyncio.run(app(scope, receive, send))
    return dict(sent[0]["headers"]), b"".join(one.get("body", b"") for one in sent[1:])


def test_a_script_is_answered_as_it_lies_there_and_kept_by_the_browser() -> None:
    [script] = SCRIPTS.glob(f"{CHART}.*.js")
    headers, body = answer(f"/static/js/{script.name}")
    assert body == script.read_bytes()
    assert b"javascript" in headers[b"content-type"] and b"immutable" in headers[b"cache-control"]


def test_what_is_no_file_of_streamlits_goes_to_the_app() -> None:
    own = b"the app's own answer"
    assert answer("/static/js/none.js")[1] == own
    assert answer("/static/js/../../index.html")[1] == own
    assert answer("/trends")[1] == own
    [script] = SCRIPTS.glob(f"{CHART}.*.js")
    assert answer(f"/static/js/{script.name}", "POST")[1] == own


def test_every_part_is_there_in_this_streamlit() -> None:
    parts = {*EVERY_PAGE, *LATER, *(part for parts in OF_PAGE.values() for part in parts)}
    assert [part for part in sorted(parts) if not list(SCRIPTS.glob(f"{part}.*.js"))] == []


def test_a_page_of_charts_asks_for_all_a_chart_is_drawn_with() -> None:
    at_once = scripts_of("/trends")
    page = (STATIC / "index.html").read_text(encoding="utf-8")
    for name in at_once:
        asked = IMPORTED.findall((SCRIPTS / name).read_text(encoding="utf-8"))
        assert [one for one in asked if one not in at_once and one not in page] == [], name
    assert any(name.startswith(CHART) for name in at_once)


def test_other_pages_ask_for_charts_later_and_no_page_asks_twice() -> None:
    assert not any(name.startswith(CHART) for name in scripts_of("/diary"))
    assert any(name.startswith(CHART) for name in scripts_for_later("/diary"))
    assert not {*scripts_of("/trends")} & {*scripts_for_later("/trends")}


def test_what_the_bar_leads_to_is_run_through_before_the_tap() -> None:
    ready = scripts_to_run("")
    assert [name.split(".")[0] for name in ready] == list(READY)
    assert {*ready} <= {*scripts_for_later("")}
    assert not {*scripts_to_run("/trends")} & {*scripts_of("/trends")}
