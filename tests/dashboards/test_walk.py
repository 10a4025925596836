"""Every page by its own address, on a home with a history and on an empty one, on a phone and on
a laptop, light and dark.
"""

from collections.abc import Sequence
from typing import Literal

import pytest
from playwright.sync_api import Playwright, ViewportSize, expect

from tests.dashboards.declared_pages import pages_declared
from tests.dashboards.test_browser import (
    CHROMIUM_ARGUMENTS,
    DESKTOP,
    PHONE,
    assert_sound,
    watched_page,
)
from tests.dashboards.test_lan import dashboard
from tightlog.home.settings import Home

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HEADINGS = {address: title for address, (_, title) in pages_declared().items()}
Scheme = Literal["light", "dark"]

# Counts the drawn frames in which something of the page stands without the style sheet.
UNSTYLED_FRAMES = """
window.unstyledFrames = 0;
const look = () => {
  const sheets = [...document.querySelectorAll('style')];
  if (document.querySelector('.stMainBlockContainer .stHtml [class^="tl-"]:not(.tl-style)')
      && !sheets.some(sheet => sheet.textContent.includes('.tl-footer'))) {
    window.unstyledFrames += 1;
  }
  requestAnimationFrame(look);
};
look();
"""


@pytest.mark.parametrize("has_history", [True, False], ids=["sample", "empty"])
@pytest.mark.parametrize(
    "looks",
    [
        pytest.param([(PHONE, "light"), (DESKTOP, "dark")], id="each size and theme"),
        pytest.param(
            [(PHONE, "dark"), (DESKTOP, "light")], id="the other two", marks=pytest.mark.measure
        ),
    ],
)
def test_every_page_stands_by_its_address(
    home: Home,
    empty_home: Home,
    playwright: Playwright,
    chromium: str,
    looks: Sequence[tuple[ViewportSize, Scheme]],
    has_history: bool,
) -> None:
    browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
    with dashboard(home if has_history else empty_home, "127.0.0.1") as address:
        for size, scheme in looks:
            context = browser.new_context(viewport=size, color_scheme=scheme)
            context.add_init_script(UNSTYLED_FRAMES)
            watch = watched_page(context.new_page())
            for path, heading in HEADINGS.items():
                watch.page.goto(f"http://{address}/{path}")
                expect(
                    watch.page.get_by_role("heading", name=heading, level=1, exact=True)
                ).to_be_visible(timeout=30_000)
                # The footer is the last thing a page run writes.
                expect(watch.page.locator(".tl-footer")).to_be_attached(timeout=30_000)
                assert watch.page.get_by_test_id("stException").count() == 0
                assert_sound(watch)
                assert watch.page.evaluate("window.unstyledFrames") == 0
            context.close()
    browser.close()
