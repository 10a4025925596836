"""Calendar, day and Trends in a real Chromium: a cell leads to its day and back, a dot on Trends to
its day, ranges live in the address, and nothing jumps; on two months and on ten years.
"""

import re
import time
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, Playwright, ViewportSize, expect

from tests.dashboards.conftest import today
from tests.dashboards.ten_years import ten_years
from tests.dashboards.test_browser import (
    CHROMIUM_ARGUMENTS,
    DESKTOP,
    PHONE,
    Watched,
    assert_sound,
    watched_page,
)
from tests.dashboards.test_lan import dashboard
from tests.dashboards.test_morning_page import least_shift
from tests.made_once import made_once
from tightlog.answers.days.calendar_month import month_start
from tightlog.home.settings import Home
from tightlog.words.dates import MONTHS, date_words, weekday

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PATIENCE_MS = 60_000
MOST_SHIFT = 0.1
# The sum of how far things jumped that nobody asked to move.
SHIFTS = """window.shift = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) { if (!entry.hadRecentInput) window.shift += entry.value; }
}).observe({type: 'layout-shift', buffered: true});"""
DOT = ".st-key-linked_days .mark-symbol path[aria-label*='tightness_score']"


@pytest.fixture(scope="module")
def old_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return made_once(tmp_path_factory, "ten_years", ten_years)


@pytest.fixture(scope="module", params=["sample", "ten years"])
def address(request: pytest.FixtureRequest, finished_home: Home, old_home: Home) -> Iterator[str]:
    home = finished_home if request.param == "sample" else old_home
    with dashboard(home, "127.0.0.1") as place:
        yield f"http://{place}"


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def watched(
    request: pytest.FixtureRequest, playwright: Playwright, chromium: str
) -> Iterator[Watched]:
    browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
    size: ViewportSize = request.param
    page = browser.new_page(viewport=size)
    page.set_default_timeout(PATIENCE_MS)
    page.add_init_script(SHIFTS)
    yield watched_page(page)
    browser.close()


def opened(page: Page, url: str) -> None:
    page.goto(url)
    expect(page.locator(".tl-footer")).to_be_attached(timeout=PATIENCE_MS)


def expect_month(page: Page, month: date) -> None:
    title = f"{MONTHS[month.month]} {month.year}"
    expect(page.get_by_role("heading", name=title, level=2)).to_be_visible(timeout=PATIENCE_MS)


def test_a_cell_leads_to_its_day_and_back_to_the_month(address: str, watched: Watched) -> None:
    page, month = watched.page, month_start(today(), -1)
    day = month + timedelta(days=9)
    opened(page, f"{address}/calendar")
    expect_month(page, month_start(today()))
    page.get_by_role("link", name=f"← {MONTHS[month.month]} {month.year}").click()
    page.wait_for_url(f"**/calendar?month={month:%Y-%m}")
    expect_month(page, month)
    assert_sound(watched)

    # By keyboard: a cell is a link.
    page.locator(f"a[href='day?day={day}']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/day?day={day}")
    heading = f"{weekday(day)} {date_words(day)}"
    expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_text("The morning after", exact=True)).to_be_visible()
    assert_sound(watched)
    page.go_back()
    expect_month(page, month)
    page.go_back()
    expect_month(page, month_start(today()))


def test_a_day_leads_to_the_next_and_back(address: str, watched: Watched) -> None:
    page, day = watched.page, today() - timedelta(days=9)
    after = day + timedelta(days=1)
    opened(page, f"{address}/day?day={day}")
    page.locator(f".st-key-day_ways a[href$='day={after}']").click()
    page.wait_for_url(f"**/day?day={after}")
    expect(page.get_by_role("heading", name=date_words(after), level=1)).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name=date_words(day), level=1)).to_be_visible()


def test_a_dot_on_trends_leads_to_its_day_and_back_to_the_range(
    address: str, watched: Watched
) -> None:
    page = watched.page
    opened(page, f"{address}/trends")
    page.get_by_role("radio", name="4 weeks").click()
    page.wait_for_url("**/trends?range=4+weeks")
    page.reload()
    expect(page.get_by_role("radio", name="4 weeks")).to_be_checked(timeout=PATIENCE_MS)
    dot = page.locator(DOT).nth(2)
    day = re.search(r"day\?day=([0-9-]+)", dot.get_attribute("aria-label") or "")
    assert day is not None
    dot.scroll_into_view_if_needed()
    dot.dispatch_event("click")
    page.wait_for_url(f"**/day?day={day[1]}")
    expect(
        page.get_by_role("heading", name=date_words(date.fromisoformat(day[1])), level=1)
    ).to_be_visible(timeout=PATIENCE_MS)
    page.go_back()
    page.wait_for_url("**/trends?range=4+weeks")
    expect(page.get_by_role("radio", name="4 weeks")).to_be_checked(timeout=PATIENCE_MS)
    assert_sound(watched)


def test_what_is_chosen_on_trends_and_runs_is_in_the_address(
    address: str, watched: Watched
) -> None:
    page = watched.page
    opened(page, f"{address}/trends?range=1+year&marks=Notes")
    expect(page.get_by_role("radio", name="1 year")).to_be_checked(timeout=PATIENCE_MS)
    for name, is_on in (("Notes", "true"), ("Patterns", "false")):
        mark = page.locator(".st-key-marks").get_by_role("button", name=name)
        expect(mark).to_have_attribute("aria-pressed", is_on)
    opened(page, f"{address}/runs?since=1+year")
    expect(page.get_by_role("radio", name="1 year")).to_be_checked(timeout=PATIENCE_MS)


@pytest.mark.parametrize("path", ["calendar", "day", "trends"])
def test_nothing_jumps(address: str, watched: Watched, path: str) -> None:
    page = watched.page
    opened(page, f"{address}/{path}")
    if path == "trends":
        page.wait_for_selector(DOT, state="attached")
    page.wait_for_timeout(1_000)
    assert least_shift(page) < MOST_SHIFT


def test_the_bar_of_a_phone_is_at_its_lower_edge(
    address: str, playwright: Playwright, chromium: str
) -> None:
    browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
    page = browser.new_page(viewport=PHONE)
    opened(page, f"{address}/calendar")
    bar = page.locator(".st-key-navigation")
    for name in ("Today", "Calendar", "Trends", "Log"):
        expect(bar.get_by_role("link", name=name, exact=True)).to_be_in_viewport(ratio=1)
    expect(bar.get_by_role("button", name="More")).to_be_in_viewport(ratio=1)
    box = bar.bounding_box()
    assert box is not None and box["y"] + box["height"] == pytest.approx(PHONE["height"], abs=2)
    browser.close()


def test_a_calendar_of_ten_years_is_there_as_soon_as_trends(
    old_home: Home, playwright: Playwright, chromium: str
) -> None:
    browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
    took: dict[str, list[float]] = {"calendar": [], "trends": []}
    with dashboard(old_home, "127.0.0.1") as place:
        # In turns, so that other work on the machine slows both; the first visit warms the server.
        for _ in range(4):
            for path, first in (("calendar", "a.tl-cell"), ("trends", DOT)):
                page = browser.new_page(viewport=DESKTOP)
                began = time.perf_counter()
                page.goto(f"http://{place}/{path}", wait_until="commit")
                page.wait_for_selector(first, state="attached", timeout=PATIENCE_MS)
                took[path].append(time.perf_counter() - began)
                page.close()
    browser.close()
    assert sorted(took["calendar"][1:])[1] <= sorted(took["trends"][1:])[1], took
