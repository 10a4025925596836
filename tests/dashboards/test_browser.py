"""The dashboard in a real Chromium, started as a runner starts it: nothing leaves the machine,
nothing scrolls sideways, nothing errs.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.error import URLError

import pytest
from playwright.sync_api import Browser, FilePayload, Locator, Page, TimeoutError, expect

from tests.builders import START, run_fit, settled_here
from tests.dashboards.looking import DESKTOP, PHONE, Watched, assert_sound, window
from tests.dashboards.serving import START_S
from tightlog.home.settings import Home
from tightlog.journal.journal import read_journal
from tightlog.warehouse import store

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# Below this the style sheet folds links under More.
MOST_NARROW_PX = 900
IS_RED_IN_SIGHT = """() => [...document.querySelectorAll('.tl-red')].some(card => {
  const box = card.getBoundingClientRect();
  return box.top >= 0 && box.top < innerHeight - 40;
})"""


@pytest.fixture(scope="module")
def served(
    finished_home: Home, tmp_path_factory: pytest.TempPathFactory, chromium: str
) -> Iterator[tuple[Home, str]]:
    """A home of its own and the address of the dashboard started on it by the command line."""
    folder = tmp_path_factory.mktemp("browser") / "home"
    shutil.copytree(finished_home.folder, folder, symlinks=True)
    settled_here(Home(folder))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "tightlog.cli.main",
        "--home",
        str(folder),
        "dashboard",
        "--port",
        str(port),
        "--no-browser",
    ]
    with subprocess.Popen(
        command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            await_health(address, server)
            yield Home(folder), address
        finally:
            os.killpg(server.pid, signal.SIGTERM)


def await_health(address: str, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until:
        assert server.poll() is None, "the dashboard ended by itself"
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"the dashboard did not answer within {START_S} s")


# Each width once; what it hardly changes is walked through in the other one by hand.
DESKTOP_FIRST = pytest.mark.parametrize(
    "watched",
    [
        pytest.param(PHONE, id="phone", marks=pytest.mark.measure),
        pytest.param(DESKTOP, id="desktop"),
    ],
    indirect=True,
)
PHONE_FIRST = pytest.mark.parametrize(
    "watched",
    [
        pytest.param(PHONE, id="phone"),
        pytest.param(DESKTOP, id="desktop", marks=pytest.mark.measure),
    ],
    indirect=True,
)


@pytest.fixture
def watched(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Watched]:
    with window(browser, request.param) as watch:
        yield watch


def go(page: Page, name: str) -> None:
    """Follows a link of the navigation, under More where the width has no room for it."""
    bar = page.locator(".st-key-navigation")
    # The navigation stands once the page below it does.
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=30_000)
    link, is_narrow = (
        bar.get_by_role("link", name=name, exact=True),
        (page.viewport_size or PHONE)["width"] <= MOST_NARROW_PX,
    )
    if is_narrow:
        expect(bar.get_by_role("button")).to_be_visible()
    if is_narrow and not link.is_visible():
        bar.get_by_role("button").click()
        link = page.get_by_test_id("stPopoverBody").get_by_role("link", name=name, exact=True)
    link.click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible(timeout=30_000)


@PHONE_FIRST
def test_the_pages_show_the_warehouse_take_a_score_and_ask_nobody_else(
    served: tuple[Home, str], watched: Watched
) -> None:
    home, address = served
    version, page = store.published_version(home), watched.page
    before = len(read_journal(home.journal).scores)

    page.goto(address)
    expect(page.get_by_role("heading", name="Today", level=1)).to_be_visible(timeout=30_000)
    activities, scores = store.query(
        version, "select (select count(*) from activity), (select count(*) from tightness)"
    ).row(0)
    page.get_by_text("Last update", exact=True).click()
    expect(page.get_by_text(f"{activities:,} activities and {scores:,} scores.")).to_be_visible()
    for title in store.query(
        version, "select distinct title from advice inner join intervention using (intervention)"
    )["title"]:
        expect(page.get_by_role("heading", name=title, level=3)).to_be_visible()

    scale = page.locator("[class*='st-key-score_scale_']")
    scale.get_by_role("button", name="3", exact=True).click()
    expect(page.get_by_text("Saved: 3, today")).to_be_visible(timeout=30_000)
    assert [score.score for score in read_journal(home.journal).scores[before:]] == [3.0]
    # Taken back, so that the other window finds the page as this one did.
    page.get_by_role("button", name="Undo").click()
    expect(scale.get_by_role("button", name="3", exact=True)).to_be_visible(timeout=30_000)
    expect(page.get_by_text("working out")).to_have_count(0, timeout=60_000)
    assert len(read_journal(home.journal).scores) == before
    version = store.published_version(home)
    assert_sound(watched)

    go(page, "Trends")
    expect(page.get_by_role("heading", name="Trends", level=1)).to_be_visible()
    newest_km = store.query(
        version,
        "select sum(run_distance_m) / 1000.0 from day group by date_trunc('week', day) "
        "order by date_trunc('week', day) desc limit 1",
    ).item()
    # On a Monday morning the day and the week may both be at 0.0 km.
    chart = page.locator(f".stVegaLiteChart[aria-label*='the latest is {newest_km:.1f} km']")
    expect(chart.first).to_be_visible(timeout=30_000)
    assert_sound(watched)

    go(page, "What goes with it")
    expect(page.get_by_text("days since the first score")).to_be_visible()
    assert_sound(watched)

    go(page, "What helped")
    # Two that cannot be told apart share one row, with words of their own.
    alone = "select statement from effect where inseparable_from is null limit 1"
    expect(page.get_by_text(store.query(version, alone).item()).first).to_be_visible()
    assert_sound(watched)

    go(page, "Files")
    expect(page.get_by_role("heading", name="Files", level=1)).to_be_visible()
    expect(page.get_by_text("**bold** :smile:.fit", exact=True)).to_have_count(2)
    row = page.get_by_role("row").filter(has_text="**bold** :smile:.fit")
    row.scroll_into_view_if_needed()
    # Status and reason are in sight together with the name, on a phone as well.
    expect(row.get_by_text("Unreadable")).to_be_in_viewport(ratio=1)
    expect(row.locator("p").last).to_be_in_viewport(ratio=1)
    assert_sound(watched)


@DESKTOP_FIRST
def test_a_run_is_a_tap_away_and_the_back_button_finds_the_list_as_it_was(
    served: tuple[Home, str], watched: Watched
) -> None:
    page = watched.page
    page.goto(served[1])
    go(page, "Runs")
    expect(page.get_by_role("heading", name="Runs", level=1)).to_be_visible(timeout=30_000)
    page.get_by_role("radio", name="4 weeks").click()
    page.wait_for_url("**/runs?since=4+weeks")
    expect(page.locator("[data-test-script-state]")).to_have_attribute(
        "data-test-script-state", "notRunning"
    )
    row = page.locator("[class*='st-key-activity_row_']").first
    began = row.get_by_role("link").inner_text()
    assert_sound(watched)

    # The row as a whole is the link, so the tap may fall on its numbers.
    tap(page, row, "**/runs?run=*")
    expect(page.get_by_text("Where the numbers come from")).to_be_visible(timeout=30_000)
    expect(page.locator(".st-key-curves .stVegaLiteChart[aria-label*='Pace: ']")).to_be_visible(
        timeout=30_000
    )
    expect(page.locator(".tl-origin")).to_contain_text(began)
    page.get_by_text("Route", exact=True).click()
    expect(page.locator(".stVegaLiteChart[aria-label*='m from west to east']")).to_be_visible(
        timeout=30_000
    )
    assert_sound(watched)

    page.go_back()
    page.wait_for_url("**/runs?since=4+weeks")
    expect(page.get_by_role("heading", name="Runs", level=1)).to_be_visible()
    expect(row.get_by_role("link")).to_have_text(began)


def tap(page: Page, target: Locator, address: str) -> None:
    """Tap as one does whose first tap fell while the list was being drawn: once more."""
    target.click()
    try:
        page.wait_for_url(address, timeout=10_000)
    except TimeoutError:
        target.click()
        page.wait_for_url(address)


@PHONE_FIRST
def test_a_red_flag_is_seen_by_who_raised_it(served: tuple[Home, str], watched: Watched) -> None:
    page = watched.page
    page.goto(served[1])
    expect(page.get_by_role("heading", name="Today", level=1)).to_be_visible(timeout=30_000)
    scale = page.locator("[class*='st-key-score_scale_']")
    if not scale.is_visible():
        page.get_by_text("Another score", exact=True).click()
    scale.get_by_role("button", name="9", exact=True).click()
    expect(page.get_by_role("heading", name="Get this checked first")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("Is it a sharp pain?").first).to_be_visible()
    # It stands at the top and beside Save: wherever the page was scrolled to, one of the two is in
    # sight.
    page.wait_for_function(IS_RED_IN_SIGHT)
    expect(page.get_by_role("button", name="Did it")).to_have_count(0)
    page.get_by_role("button", name="I had it checked").click()
    page.get_by_role("button", name="Yes, clear it").click()
    expect(page.get_by_role("heading", name="What to do")).to_be_visible(timeout=30_000)
    assert_sound(watched)


@PHONE_FIRST
def test_an_address_nobody_gave_out_is_said_to_be_none(
    served: tuple[Home, str], watched: Watched
) -> None:
    page = watched.page
    page.goto(f"{served[1]}/today")
    expect(page.get_by_role("heading", name="Today", level=1)).to_be_visible(timeout=30_000)
    expect(page.get_by_text("There is no page at")).to_have_count(0)
    page.goto(f"{served[1]}/advice")
    expect(page.get_by_text("There is no page at /advice.")).to_be_visible(timeout=30_000)
    page.goto(f"{served[1]}/nowhere/at/all")
    expect(page.get_by_text("There is no page at /nowhere.")).to_be_visible(timeout=30_000)
    assert watched.strangers == []


@PHONE_FIRST
def test_a_file_added_is_read_and_a_past_score_stands_in_the_diary(
    served: tuple[Home, str], watched: Watched
) -> None:
    (home, address), page = served, watched.page
    home.sample_marker.unlink(missing_ok=True)
    width = (page.viewport_size or PHONE)["width"]
    page.goto(address)
    go(page, "Files")
    run: FilePayload = {
        "name": "<i>new.fit",
        "mimeType": "",
        "buffer": run_fit(START + timedelta(minutes=width)),
    }
    page.locator("input[type=file]").set_input_files([run])
    page.get_by_role("button", name="Add and read 1 file").click()
    expect(page.get_by_role("heading", name="The files you added")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("1 activity found.")).to_be_visible()
    expect(page.get_by_text("<i>new.fit", exact=True).first).to_be_visible()
    assert_sound(watched)

    go(page, "Log")
    expect(page.get_by_role("heading", name="Log", level=1)).to_be_visible()
    page.locator("summary").filter(has_text="Add a past score").click()
    page.get_by_role("radio", name="2", exact=True).click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved: 2,")).to_be_visible()
    expect(page.get_by_text("counts from the next refresh").first).to_be_visible()
    assert_sound(watched)


@PHONE_FIRST
def test_a_query_is_answered_and_the_physios_page_prints_by_itself(
    served: tuple[Home, str], watched: Watched, tmp_path: Path
) -> None:
    (home, address), page = served, watched.page
    page.goto(address)
    go(page, "SQL")
    expect(page.get_by_role("heading", name="SQL", level=1)).to_be_visible()
    page.get_by_role("button", name=re.compile("^Run")).click()
    weeks = store.query(
        store.published_version(home), "select count(distinct date_trunc('week', day)) from day"
    ).item()
    expect(page.get_by_text(f"{weeks} rows, in ").first).to_be_visible()
    table = page.get_by_test_id("stDataFrame")
    table.hover()
    # The table's own download knows no formula guard, so it is not offered.
    expect(page.get_by_role("button", name="Download as CSV")).to_be_hidden()
    page.get_by_text("One row per local calendar day").click()
    expect(
        page.get_by_text("First rating of the day given before any run of that day")
    ).to_be_visible()
    assert_sound(watched)

    go(page, "For my physio")
    expect(page.get_by_role("heading", name="Lower-back tightness and running")).to_be_visible()
    expect(page.get_by_role("img", name="Tightness scores of")).to_be_visible()
    assert_sound(watched)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the page").click()
    file = tmp_path / "report.html"
    download.value.save_as(file)
    page.goto(file.as_uri())
    assert all(
        page.evaluate("[...document.images].map(image => image.complete && image.naturalWidth > 0)")
    )
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    assert watched.complaints == []
    assert [url for url in watched.strangers if not url.startswith("file:")] == []
