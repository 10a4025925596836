"""Calendar, day and Trends in a real Chromium: a cell leads to its day and back, a dot on Trends to
its day, ranges live in the address, and nothing jumps; on two months and on ten years.
"""

import re
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.dashboards.conftest import today
from tests.dashboards.looking import (
    DESKTOP,
    DRAWN_MS,
    MOST_SHIFT,
    PHONE,
    Watched,
    assert_sound,
    drawn,
    least_shift,
    window,
)
from tightlog.answers.days.calendar_month import month_start
from tightlog.words.dates import MONTHS, date_words, weekday

pytestmark = [pytest.mark.browser, pytest.mark.slow]
DOT = ".st-key-linked_days .mark-symbol path[aria-label*='tightness_score']"
SIZES = {"phone": PHONE, "desktop": DESKTOP}
WALKS = [(home, size) for home in ("sample", "listed years") for size in SIZES]


def walked(*homes_and_sizes: tuple[str, str]) -> pytest.MarkDecorator:
    """A test on these homes in these widths; all of both are measured by hand."""
    given = [
        pytest.param(
            walk,
            id="-".join(walk).replace(" ", "-"),
            marks=() if walk in homes_and_sizes else pytest.mark.measure,
        )
        for walk in WALKS
    ]
    return pytest.mark.parametrize("walk", given, indirect=True)


@pytest.fixture
def walk(
    request: pytest.FixtureRequest, served: Callable[[str], str], browser: Browser
) -> Iterator[tuple[str, Watched]]:
    """The address of a dashboard, and a window."""
    kind, size = request.param
    with window(browser, SIZES[size]) as watch:
        watch.page.set_default_timeout(DRAWN_MS)
        yield f"http://{served(kind)}", watch


def expect_month(page: Page, month: date) -> None:
    title = f"{MONTHS[month.month]} {month.year}"
    expect(page.get_by_role("heading", name=title, level=2)).to_be_visible(timeout=DRAWN_MS)


@walked(("sample", "phone"))
def test_a_cell_leads_to_its_day_and_back_to_the_month(walk: tuple[str, Watched]) -> None:
    (address, watched), month = walk, month_start(today(), -1)
    page = watched.page
    day = month + timedelta(days=9)
    drawn(page, f"{address}/calendar")
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
    expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible(timeout=DRAWN_MS)
    expect(page.get_by_text("The morning after", exact=True)).to_be_visible()
    assert_sound(watched)
    page.go_back()
    expect_month(page, month)
    page.go_back()
    expect_month(page, month_start(today()))


@walked(("sample", "phone"))
def test_a_day_leads_to_the_next_and_back(walk: tuple[str, Watched]) -> None:
    (address, watched), day = walk, today() - timedelta(days=9)
    page = watched.page
    after = day + timedelta(days=1)
    drawn(page, f"{address}/day?day={day}")
    page.locator(f".st-key-day_ways a[href$='day={after}']").click()
    page.wait_for_url(f"**/day?day={after}")
    expect(page.get_by_role("heading", name=date_words(after), level=1)).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name=date_words(day), level=1)).to_be_visible()


@walked(("listed years", "desktop"))
def test_a_dot_on_trends_leads_to_its_day_and_back_to_the_range(
    walk: tuple[str, Watched],
) -> None:
    (address, watched), page = walk, walk[1].page
    drawn(page, f"{address}/trends")
    page.get_by_role("radio", name="4 weeks").click()
    page.wait_for_url("**/trends?range=4+weeks")
    page.reload()
    expect(page.get_by_role("radio", name="4 weeks")).to_be_checked(timeout=DRAWN_MS)
    dot = page.locator(DOT).nth(2)
    day = re.search(r"day\?day=([0-9-]+)", dot.get_attribute("aria-label") or "")
    assert day is not None
    dot.scroll_into_view_if_needed()
    dot.dispatch_event("click")
    page.wait_for_url(f"**/day?day={day[1]}")
    expect(
        page.get_by_role("heading", name=date_words(date.fromisoformat(day[1])), level=1)
    ).to_be_visible(timeout=DRAWN_MS)
    page.go_back()
    page.wait_for_url("**/trends?range=4+weeks")
    expect(page.get_by_role("radio", name="4 weeks")).to_be_checked(timeout=DRAWN_MS)
    assert_sound(watched)


@walked(("listed years", "desktop"))
def test_what_is_chosen_on_trends_and_runs_is_in_the_address(
    walk: tuple[str, Watched],
) -> None:
    address, page = walk[0], walk[1].page
    drawn(page, f"{address}/trends?range=1+year&marks=Notes")
    expect(page.get_by_role("radio", name="1 year")).to_be_checked(timeout=DRAWN_MS)
    for name, is_on in (("Notes", "true"), ("Patterns", "false")):
        mark = page.locator(".st-key-marks").get_by_role("button", name=name)
        expect(mark).to_have_attribute("aria-pressed", is_on)
    drawn(page, f"{address}/runs?since=1+year")
    expect(page.get_by_role("radio", name="1 year")).to_be_checked(timeout=DRAWN_MS)


@walked(("sample", "phone"), ("listed years", "desktop"))
def test_nothing_jumps_and_the_bar_of_a_phone_is_at_its_lower_edge(
    walk: tuple[str, Watched],
) -> None:
    (address, watched), page = walk, walk[1].page
    for path in ("calendar", "day", "trends"):
        drawn(page, f"{address}/{path}")
        if path == "trends":
            page.wait_for_selector(DOT, state="attached")
        assert least_shift(page) < MOST_SHIFT, path
        assert_sound(watched)
    if page.viewport_size == PHONE:
        bar = page.locator(".st-key-navigation")
        for name in ("Today", "Calendar", "Trends", "Log"):
            expect(bar.get_by_role("link", name=name, exact=True)).to_be_in_viewport(ratio=1)
        expect(bar.get_by_role("button", name="More")).to_be_in_viewport(ratio=1)
        box = bar.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] == pytest.approx(PHONE["height"], abs=2)


def test_a_calendar_of_ten_years_is_there_as_soon_as_trends(
    served: Callable[[str], str], browser: Browser
) -> None:
    took: dict[str, list[float]] = {"calendar": [], "trends": []}
    # In turns, so that other work on the machine slows both; the first visit warms the server.
    for _ in range(4):
        for path, first in (("calendar", "a.tl-cell"), ("trends", DOT)):
            with window(browser, DESKTOP) as watch:
                began = time.perf_counter()
                watch.page.goto(f"http://{served('listed years')}/{path}", wait_until="commit")
                watch.page.wait_for_selector(first, state="attached", timeout=DRAWN_MS)
                took[path].append(time.perf_counter() - began)
    assert sorted(took["calendar"][1:])[1] <= sorted(took["trends"][1:])[1], took
