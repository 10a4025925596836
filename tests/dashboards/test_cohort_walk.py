"""The page of a cohort as it is started: the coach walks from the list to a home, and a runner sees
the own home whatever the address says.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.cohort.conftest import agree, joined, own_copy
from tests.conftest import SAMPLE_LAST_DAY
from tests.dashboards.looking import CHROMIUM_ARGUMENTS
from tests.dashboards.serving import START_S
from tightlog.cohort.access import set_access
from tightlog.cohort.cohort_file import COACH, new_cohort
from tightlog.cohort.lake import finish_lake
from tightlog.cohort.members import members
from tightlog.cohort.one_home import home_outcome
from tightlog.home.settings import Home

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PASSWORDS = {COACH: "all of you run", "runner-02": "my own back two"}
SHARED = {"one": ("status", "sheet"), "two": ("status", "estimates")}
AS_OF = SAMPLE_LAST_DAY + timedelta(days=5)  # by then nobody has scored for days
DRAWN_MS = 60_000


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, four_months: Home) -> Iterator[str]:
    top = tmp_path_factory.mktemp("walk")
    cohort = new_cohort(top / "team", "anna")
    for name, parts in SHARED.items():
        own_copy(four_months, Home(top / name))
        agree(Home(top / name), parts)
        cohort = joined(cohort, Home(top / name))
    for member in members(cohort):
        home_outcome(cohort, member, "call", AS_OF)
    finish_lake(cohort, members(cohort), "call")
    for who, password in PASSWORDS.items():
        set_access(cohort, who, password)
    yield from served(cohort.folder)


def served(folder: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "tightlog", "cohort", "--in", str(folder), "page"]
    command += ["--no-browser", "--port", str(port)]
    with subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL) as server:
        try:
            until = time.monotonic() + START_S
            while socket.socket().connect_ex(("127.0.0.1", port)):
                assert server.poll() is None and time.monotonic() < until
                time.sleep(0.2)
            yield f"http://127.0.0.1:{port}"
        finally:
            os.killpg(server.pid, signal.SIGTERM)


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium, args=list(CHROMIUM_ARGUMENTS)
        )
        yield started
        started.close()


def signed_in(browser: Browser, place: str, who: str) -> Page:
    page = browser.new_context().new_page()
    page.set_default_timeout(DRAWN_MS)
    page.goto(place)
    page.fill("#who", who)
    page.fill("#password", PASSWORDS[who])
    page.click("button")
    return page


def test_the_coach_walks_from_the_list_to_a_home_and_its_sheet(
    browser: Browser, place: str
) -> None:
    page = signed_in(browser, place, COACH)
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Who needs a look", timeout=DRAWN_MS)
    rows = page.locator("tbody tr").filter(has_text="No score")
    expect(rows).to_have_count(2, timeout=DRAWN_MS)
    expect(page.get_by_text("Fewer than 5 homes, so nothing is said").first).to_be_visible()

    page.get_by_label("Home").click()
    page.get_by_role("option", name="runner-01").click()
    expect(rows).to_have_count(1, timeout=DRAWN_MS)
    page.get_by_role("link", name="runner-01").first.click()
    expect(heading).to_have_text("runner-01", timeout=DRAWN_MS)
    expect(page.get_by_role("button", name="Download the sheet")).to_be_visible(timeout=DRAWN_MS)

    page.goto(f"{place}/?home=runner-02")
    expect(page.get_by_text("does not share the sheet")).to_be_visible(timeout=DRAWN_MS)
    expect(page.get_by_role("button", name="Download the sheet")).to_have_count(0)


def test_a_runner_sees_the_own_home_whatever_the_address_says(browser: Browser, place: str) -> None:
    page = signed_in(browser, place, "runner-02")
    heading = page.get_by_role("heading", level=1)
    for address in ("", "?home=runner-01", "?home=coach", "cohort_pages?home=runner-01"):
        page.goto(f"{place}/{address}")
        expect(heading).to_have_text("runner-02", timeout=DRAWN_MS)
        expect(page.get_by_text("Parts: status, estimates")).to_be_visible(timeout=DRAWN_MS)
        assert "runner-01" not in page.inner_text("body")
    # The cookie under another name opens nothing.
    (cookie,) = (one for one in page.context.cookies() if one["name"].startswith("tightlog_cohort"))
    forged = browser.new_context()
    value = cookie["value"].replace("runner-02", COACH)
    forged.add_cookies([{"name": cookie["name"], "value": value, "url": place}])
    stranger = forged.new_page()
    stranger.goto(place)
    expect(stranger.locator("#password")).to_be_visible()
