"""Every page by its own address, on a home with a history and on an empty one, on a phone and on
a laptop, light and dark.
"""

from typing import Literal

import pytest
from playwright.sync_api import Playwright, expect

from tests.dashboards.test_browser import (
    CHROMIUM_ARGUMENTS,
    DESKTOP,
    PHONE,
    Watched,
    assert_sound,
    chromium,
    note_stranger,
    playwright,
)
from tests.dashboards.test_lan import dashboard
from tightlog.home.settings import Home

pytestmark = [pytest.mark.browser, pytest.mark.slow]
__all__ = ["chromium", "playwright"]

HEADINGS = {
    "": "Today",
    "trends": "Trends",
    "links": "What goes with it",
    "helped": "What helped",
    "runs": "Runs",
    "diary": "Diary",
    "files": "Files",
    "sql": "SQL",
    "physio": "For my physio",
}
Scheme = Literal["light", "dark"]


@pytest.mark.parametrize("has_history", [True, False], ids=["sample", "empty"])
def test_every_page_stands_by_its_address(
    home: Home, empty_home: Home, playwright: Playwright, chromium: str, has_history: bool
) -> None:
    browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
    looks: list[tuple[dict[str, int], Scheme]] = [
        (PHONE, "light"),
        (PHONE, "dark"),
        (DESKTOP, "light"),
        (DESKTOP, "dark"),
    ]
    with dashboard(home if has_history else empty_home, "127.0.0.1") as address:
        for size, scheme in looks:
            context = browser.new_context(
                viewport={"width": size["width"], "height": size["height"]}, color_scheme=scheme
            )
            watch = Watched(context.new_page())
            watch.page.on("request", lambda asked, watch=watch: note_stranger(watch, asked.url))
            watch.page.on(
                "console",
                lambda said, watch=watch: (
                    watch.complaints.append(said.text) if said.type == "error" else None
                ),
            )
            watch.page.on(
                "pageerror", lambda problem, watch=watch: watch.complaints.append(str(problem))
            )
            for path, heading in HEADINGS.items():
                watch.page.goto(f"http://{address}/{path}")
                expect(
                    watch.page.get_by_role("heading", name=heading, level=1, exact=True)
                ).to_be_visible(timeout=30_000)
                # The footer is the last thing a page run writes.
                expect(watch.page.locator(".tl-footer")).to_be_attached(timeout=30_000)
                assert watch.page.get_by_test_id("stException").count() == 0
                assert_sound(watch)
            context.close()
    browser.close()
