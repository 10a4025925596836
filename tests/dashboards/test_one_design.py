"""One design over all pages, measured in a real browser: few type sizes, nothing axe complains of,
nothing that jumps, titles that differ, a bar on the phone that hides nothing; a red flag and a
stopped server are told everywhere.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Playwright, ViewportSize, expect

from dashboards.shell.flag_bar import LABEL
from tests.dashboards.declared_pages import pages_declared
from tests.dashboards.test_browser import CHROMIUM_ARGUMENTS, DESKTOP, PHONE, assert_sound
from tests.dashboards.test_browser import watched_page as watched
from tests.dashboards.test_lan import dashboard
from tests.dashboards.test_morning_page import (
    DRAWN_MS,
    SHIFT,
    SLOW_MS,
    empty,
    flagged,
    least_shift,
    sample,
)
from tightlog.home.settings import Home

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Theme = Literal["light", "dark"]
# Every page of the router, and those that others lead to.
ADDRESSES = (*pages_declared(), "day", "routine?do=cat-cow")
MOST_SIZES, MOST_SHIFT = 5, 0.1
BAR = ("Today", "Calendar", "Trends", "Log", "More")
# Its field for files is a named section without a role; nothing of ours can give it another.
OF_STREAMLIT = ("presentation-role-conflict", "stFileUploaderDropzone")
DESKTOP_DARK: tuple[ViewportSize, Theme] = (DESKTOP, "dark")
PHONE_LIGHT: tuple[ViewportSize, Theme] = (PHONE, "light")
REST: tuple[tuple[ViewportSize, Theme], ...] = ((PHONE, "dark"), (DESKTOP, "light"))

# Sizes of all words in sight, also of a component's; pictures (charts, icons, the seconds of a
# guided exercise) have their own.
SIZES = """() => {
  const sizes = new Set(), PICTURES = 'style, script, svg, canvas, .seconds, .tl-mark,'
    + '[data-testid=stIconMaterial], [data-testid=stIconEmoji]';
  const walk = root => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.shadowRoot) walk(node.shadowRoot);
      if (node.nodeType !== Node.TEXT_NODE || !node.textContent.trim()) continue;
      const holder = node.parentElement;
      if (!holder || holder.closest(PICTURES)) continue;
      if (!holder.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
      sizes.add(Math.round(parseFloat(getComputedStyle(holder).fontSize) * 10) / 10);
    }
  };
  walk(document.body);
  return [...sizes];
}"""
# What lies under the bar of the phone once the page is scrolled to its end.
HIDDEN = """() => {
  const main = document.querySelector('.stMain');
  main.scrollTop = main.scrollHeight;
  const bar = document.querySelector('.st-key-navigation').getBoundingClientRect();
  const last = document.querySelector('.tl-footer').getBoundingClientRect();
  return Math.round(last.bottom - bar.top);
}"""
# Links in a text that only their place tells from words.
PLAIN_LINKS = """() => [...document.querySelectorAll('.stMainBlockContainer a')].filter(link => {
  if (link.closest('.st-key-navigation, .tl-calendar') || !link.innerText.trim()) return false;
  const words = link.querySelector('p') ?? link;
  return !getComputedStyle(words).textDecorationLine.includes('underline');
}).map(link => link.innerText)"""
FOLDS = """() => new Set([...document.querySelectorAll('.stMainBlockContainer summary')]
  .filter(fold => fold.checkVisibility() && !fold.closest('.tl-banner, .tl-relation'))
  .map(fold => {
    const drawn = getComputedStyle(fold.querySelector('p') ?? fold);
    const around = getComputedStyle(fold.closest('details'));
    return [drawn.fontSize, drawn.color, around.borderTopWidth].join(' ');
  })).size"""


@pytest.fixture(scope="module")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    started = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
    yield started
    started.close()


MADE: Mapping[str, Callable[[Home, Path], Home]] = MappingProxyType(
    {"sample": sample, "flagged": flagged, "empty": empty}
)


@contextmanager
def looks(browser: Browser, size: ViewportSize, theme: Theme) -> Iterator[Page]:
    """A window of this size and theme that sums what moves."""
    context = browser.new_context(viewport=size, color_scheme=theme)
    context.add_init_script(SHIFT)
    yield context.new_page()
    context.close()


def drawn(page: Page, host: str, address: str) -> None:
    """Opens a page and waits until its last element is drawn."""
    page.goto(f"http://{host}/{address}")
    expect(page.locator(".tl-footer")).to_be_attached(timeout=DRAWN_MS)
    expect(page.get_by_text("working out")).to_have_count(0, timeout=SLOW_MS)
    expect(page.locator("[data-test-script-state]")).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=DRAWN_MS
    )
    # Words of buttons, and charts, are drawn after the elements that hold them.
    page.wait_for_timeout(400)


def complaints(page: Page) -> list[str]:
    """What axe finds wrong: rule, and the first element."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    said = [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]
    return [one for one in said if not all(words in one for words in OF_STREAMLIT)]


def assert_one_design(page: Page, host: str) -> None:
    """Walks through all pages."""
    sizes: set[float] = set()
    titles = []
    for address in ADDRESSES:
        watch = watched(page)
        drawn(page, host, address)
        assert least_shift(page) < MOST_SHIFT, address
        assert complaints(page) == [], address
        assert page.evaluate(PLAIN_LINKS) == [], address
        assert page.evaluate(FOLDS) <= 1, address
        sizes |= set(page.evaluate(SIZES))
        titles.append(page.title())
        if page.viewport_size == PHONE:
            assert page.evaluate(HIDDEN) <= 0, address
        assert_sound(watch)
    assert len(sizes) <= MOST_SIZES, sorted(sizes)
    assert len(set(titles)) == len(titles), titles
    assert all(title.endswith(" · tightlog") for title in titles)


@pytest.mark.parametrize(
    ("made", "size", "theme"),
    [("sample", *PHONE_LIGHT), ("sample", *DESKTOP_DARK), ("empty", *PHONE_LIGHT)],
    ids=["phone-light", "desktop-dark", "empty-phone-light"],
)
def test_all_pages_are_one_design(
    finished_home: Home,
    tmp_path: Path,
    browser: Browser,
    made: str,
    size: ViewportSize,
    theme: Theme,
) -> None:
    home = MADE[made](finished_home, tmp_path / "house")
    with dashboard(home, "127.0.0.1") as host, looks(browser, size, theme) as page:
        assert_one_design(page, host)


@pytest.mark.measure
@pytest.mark.parametrize("made", MADE)
def test_all_pages_are_one_design_on_every_home_in_every_look(
    finished_home: Home, tmp_path: Path, browser: Browser, made: str
) -> None:
    home = MADE[made](finished_home, tmp_path / "house")
    with dashboard(home, "127.0.0.1") as host:
        for size, theme in (*REST, PHONE_LIGHT, DESKTOP_DARK):
            with looks(browser, size, theme) as page:
                assert_one_design(page, host)


def test_a_red_flag_leads_from_every_page_to_today(
    finished_home: Home, tmp_path: Path, browser: Browser
) -> None:
    home = flagged(finished_home, tmp_path / "house")
    with dashboard(home, "127.0.0.1") as host, looks(browser, PHONE, "light") as page:
        for address in filter(None, ADDRESSES):
            page.goto(f"http://{host}/{address}")
            expect(page.locator(".st-key-flag_bar a")).to_be_in_viewport(timeout=DRAWN_MS)
        page.get_by_role("link", name=LABEL).click()
        expect(page.get_by_role("heading", name="Get help now")).to_be_visible(timeout=DRAWN_MS)
        expect(page.locator(".st-key-flag_bar")).to_have_count(0)


def test_the_bar_of_the_phone_and_the_focus_can_be_seen(
    finished_home: Home, tmp_path: Path, browser: Browser
) -> None:
    home = sample(finished_home, tmp_path / "house")
    with dashboard(home, "127.0.0.1") as host, looks(browser, PHONE, "dark") as page:
        drawn(page, host, "trends")
        bar = page.locator(".st-key-navigation")
        entries = bar.locator("a:visible, button:visible")
        assert tuple(text.split("\n")[0] for text in entries.all_inner_texts()) == BAR
        boxes = [box for box in (entry.bounding_box() for entry in entries.all()) if box]
        assert len({round(box["y"] + box["height"] / 2) for box in boxes}) == 1
        assert all(box["height"] >= 44 for box in boxes)
        for _ in range(12):
            page.keyboard.press("Tab")
            assert page.evaluate(
                "(at => at.matches('.stMain, body') || getComputedStyle(at).outlineStyle !== 'none'"
                " || getComputedStyle(at).boxShadow !== 'none')(document.activeElement)"
            ), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


def test_a_query_runs_from_the_keyboard_and_null_is_empty(
    finished_home: Home, tmp_path: Path, browser: Browser
) -> None:
    home = sample(finished_home, tmp_path / "house")
    with dashboard(home, "127.0.0.1") as host, looks(browser, DESKTOP, "light") as page:
        drawn(page, host, "sql")
        expect(page.get_by_role("button", name=re.compile("^Run"))).to_contain_text("Enter")
        page.get_by_label("Your query").fill("select null::integer as nothing, 7 as number")
        page.keyboard.press("Control+Enter")
        expect(page.get_by_text("1 row, in").first).to_be_visible(timeout=DRAWN_MS)
        # The table is a canvas: what it reads aloud stands in the page.
        expect(page.get_by_test_id("glide-cell-1-0")).to_have_text("7", timeout=DRAWN_MS)
        expect(page.get_by_test_id("glide-cell-0-0")).to_have_text("")


def test_a_stopped_server_says_how_to_start_it_again(empty_home: Home, browser: Browser) -> None:
    with looks(browser, PHONE, "light") as page:
        with dashboard(empty_home, "127.0.0.1") as host:
            drawn(page, host, "")
            told = page.get_by_text("tightlog has stopped.")
            expect(told).to_be_hidden()
        expect(told).to_be_visible(timeout=DRAWN_MS)
        command = f"tightlog --home {empty_home.folder} dashboard --port {host.split(':')[1]}"
        expect(page.get_by_text(command)).to_be_visible()
        expect(page.get_by_text("Connection error")).to_be_hidden()
