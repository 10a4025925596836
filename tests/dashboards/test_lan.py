"""The dashboard as it is started: what a stranger on the network or a page from elsewhere gets,
and how a phone signs in.
"""

import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import WebSocket, expect, sync_playwright
from streamlit.testing.v1 import AppTest

from tests.builders import RIGHT
from tests.dashboards.declared_pages import pages_declared
from tests.dashboards.looking import CHROMIUM_ARGUMENTS, PHONE
from tests.dashboards.serving import START_S, dashboard
from tightlog.cli.addresses import lan_address
from tightlog.errors import TightlogError
from tightlog.home.password import set_password
from tightlog.home.settings import Home

pytestmark = [pytest.mark.browser, pytest.mark.slow]
HANDSHAKE = (
    "GET /_stcore/stream HTTP/1.1\r\nHost: {host}\r\n{more}Connection: Upgrade\r\nUpgrade: "
    "websocket\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)
Opened = Callable[..., AppTest]
Words = Callable[[AppTest], str]


def test_a_newcomers_browser_is_opened_on_the_page_and_nothing_is_asked_before(
    empty_home: Home, tmp_path: Path
) -> None:
    browser, opened = tmp_path / "browser", tmp_path / "opened"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}\n', encoding="utf-8")
    browser.chmod(0o755)
    # A home folder without Streamlit's own settings: there it would ask for an email address.
    with dashboard(
        empty_home,
        "127.0.0.1",
        environment={"HOME": str(tmp_path), "DISPLAY": ":9", "BROWSER": f"{browser} %s"},
    ) as place:
        until = time.monotonic() + START_S
        while not opened.exists() or not opened.read_text():
            assert time.monotonic() < until
            time.sleep(0.1)
        assert opened.read_text().strip() == f"http://{place}"
        assert status(f"http://{place}/_stcore/health") == 200


def status(url: str, method: str = "GET", **headers: str) -> int:
    asked = urllib.request.Request(
        url, method=method, headers=headers, data=b"x" if method == "PUT" else None
    )
    try:
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code


def handshake(place: str, host: str, more: str = "") -> int:
    """Status of a websocket's handshake: 101 when it opens."""
    address, _, port = place.rpartition(":")
    with socket.create_connection((address, int(port)), timeout=10) as line:
        line.sendall(HANDSHAKE.format(host=host, more=more).encode())
        return int(line.recv(1000).split()[1])


def test_on_this_machine_only_its_own_pages_may_speak_to_the_dashboard(empty_home: Home) -> None:
    with dashboard(empty_home, "127.0.0.1") as place:
        port = place.rpartition(":")[2]
        assert handshake(place, place, f"Origin: http://{place}\r\n") == 101
        assert handshake(place, f"localhost:{port}", f"Origin: http://localhost:{port}\r\n") == 101
        assert (
            handshake(place, f"evil.example:{port}", f"Origin: http://evil.example:{port}\r\n")
            == 403
        )
        # Streamlit by itself lets in whatever another port of this machine serves.
        assert handshake(place, place, "Origin: http://localhost:3000\r\n") == 403
        assert status(f"http://{place}/", Host="evil.example") == 403
        assert status(f"http://{place}/_stcore/upload_file/session/file", "PUT") == 403
        assert status(f"http://{place}/media/{'0' * 56}.csv") == 404


@pytest.fixture
def own_address() -> str:
    try:
        return lan_address("")
    except TightlogError as problem:
        pytest.skip(str(problem))


def test_on_the_network_nothing_is_answered_until_a_phone_signs_in(
    home: Home, own_address: str, chromium: str, tmp_path: Path
) -> None:
    set_password(home, RIGHT)
    with (
        dashboard(home, own_address, "--lan", own_address) as place,
        sync_playwright() as playwright,
    ):
        for path in (
            "",
            "trends",
            "_stcore/health",
            "_stcore/metrics",
            "_stcore/host-config",
            "media/x.csv",
            "static/x.js",
        ):
            assert status(f"http://{place}/{path}") == 401
        assert status(f"http://{place}/_stcore/upload_file/session/file", "PUT") == 401
        assert handshake(place, place, f"Origin: http://{place}\r\n") == 403
        with pytest.raises(OSError, match="refused"):
            socket.create_connection(("127.0.0.1", int(place.rpartition(":")[2])), timeout=2)

        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        page = browser.new_page(viewport=PHONE)
        asked: list[str] = []
        complaints: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"http://{place}/files")
        page.on("console", lambda said: complaints.append(said.text))
        page.get_by_label("Password of this dashboard").fill(RIGHT)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", name="Files", level=1)).to_be_visible(timeout=30_000)
        page.get_by_role("link", name="Trends").click()
        expect(page.locator(".stVegaLiteChart canvas, .stVegaLiteChart svg").first).to_be_visible(
            timeout=30_000
        )
        assert asked
        assert [url for url in asked if place not in url and url.startswith("http")] == []
        assert [words for words in complaints if "Content Security" in words] == []
        browser.close()


@pytest.mark.parametrize(
    "addresses",
    [
        pytest.param(("calendar", "diary", "sql"), id="some"),
        pytest.param(tuple(filter(None, pages_declared())), id="all", marks=pytest.mark.measure),
    ],
)
def test_every_page_has_a_way_to_sign_out_and_a_page_left_open_elsewhere_goes_dead(
    home: Home, own_address: str, chromium: str, addresses: tuple[str, ...]
) -> None:
    set_password(home, RIGHT)
    started = dashboard(home, own_address, "--lan", own_address)
    with started as place, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        context = browser.new_context(viewport=PHONE)
        page = context.new_page()
        page.goto(f"http://{place}/")
        page.get_by_label("Password of this dashboard").fill(RIGHT)
        page.get_by_role("button", name="Sign in").click()
        button = page.get_by_role("button", name="Sign out")
        expect(button).to_be_visible(timeout=30_000)
        stolen = context.cookies()
        for address in addresses:
            page.goto(f"http://{place}/{address}")
            expect(button).to_be_visible(timeout=30_000)
        thief = browser.new_context(viewport=PHONE)
        for one in stolen:
            thief.add_cookies(
                [{"name": one["name"], "value": one["value"], "url": f"http://{place}"}]
            )
        elsewhere = thief.new_page()
        closed: list[str] = []

        def watch(line: WebSocket) -> None:
            line.on("close", lambda gone: closed.append(gone.url))

        elsewhere.on("websocket", watch)
        elsewhere.goto(f"http://{place}/trends")
        chart = elsewhere.locator(".stVegaLiteChart canvas, .stVegaLiteChart svg").first
        expect(chart).to_be_visible(timeout=30_000)

        button.click()
        expect(page.get_by_label("Password of this dashboard")).to_be_visible()
        assert not any(one["name"].startswith("tightlog") for one in context.cookies())
        assert page.url == f"http://{place}/"
        assert closed == []
        elsewhere.get_by_role("link", name="Today").first.click()
        until = time.monotonic() + START_S
        while not closed:
            assert time.monotonic() < until
            elsewhere.wait_for_timeout(100)
        expect(elsewhere.get_by_role("heading", name="Trends", level=1)).to_be_visible()
        elsewhere.reload()
        expect(elsewhere.get_by_label("Password of this dashboard")).to_be_visible()
        browser.close()


def test_on_this_machine_only_there_is_no_sign_out(
    empty_home: Home, opened: Opened, words: Words
) -> None:
    assert "Sign out" not in words(opened(empty_home))
