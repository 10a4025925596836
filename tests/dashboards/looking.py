"""A page in a real browser: when it is drawn to its end, what moved meanwhile, and what it asked
for.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize

Theme = Literal["light", "dark"]
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1400, "height": 900}
MOST_SHIFT = 0.1
DRAWN_MS = 60_000
# Sums what moved without a tap of the last half second.
SHIFT = """
window.shift = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({type: 'layout-shift', buffered: true});
"""
# The script has ended, and what is drawn after its elements is there: charts, the words of buttons
# and links.
IS_DRAWN = """() => {
  const app = document.querySelector('.stApp'), footer = document.querySelector('.tl-footer');
  const isSeen = one => one.checkVisibility({visibilityProperty: true, opacityProperty: true});
  return app && footer && app.dataset.testScriptState === 'notRunning'
    && !document.querySelector('[data-stale="true"], [data-testid="stSkeleton"]')
    && !document.querySelector('.tl-status')?.innerText.includes('working out')
    && [...document.querySelectorAll('.stVegaLiteChart')].every(
      one => !isSeen(one) || one.querySelector('canvas, svg'))
    && [...document.querySelectorAll('.stButton button, .stPageLink a')].every(
      one => !isSeen(one) || one.innerText.trim());
}"""
# Two frames: what was put on the page is also laid out.
TWO_FRAMES = "() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))"
SETTLED_MS = 150


@dataclass
class Watched:
    """A page, and what went wrong while it was open."""

    page: Page
    strangers: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@contextmanager
def window(browser: Browser, size: ViewportSize, theme: Theme = "light") -> Iterator[Watched]:
    """A new window of this size and theme, watched, that sums what moves."""
    context = browser.new_context(viewport=size, color_scheme=theme)
    context.add_init_script(SHIFT)
    try:
        yield watched_page(context.new_page())
    finally:
        context.close()


def drawn(page: Page, url: str) -> None:
    """Opens an address and waits until the page is drawn to its end."""
    page.goto(url)
    await_drawn(page)


def await_drawn(page: Page) -> None:
    page.wait_for_function(IS_DRAWN, timeout=DRAWN_MS)
    page.evaluate(TWO_FRAMES)
    page.wait_for_timeout(SETTLED_MS)


def least_shift(page: Page) -> float:
    """What moved while a page was drawn, the least of three times where the first is too much: a
    machine busy with other tests draws late and in another order.
    """
    least = float(page.evaluate("window.shift"))
    for _ in range(2):
        if least < MOST_SHIFT:
            break
        page.reload()
        await_drawn(page)
        page.wait_for_timeout(1_000)
        least = min(least, float(page.evaluate("window.shift")))
    return least


def watched_page(page: Page) -> Watched:
    """A page whose requests to others and complaints are noted from now on."""
    watch = Watched(page)

    def note_complaint(said: ConsoleMessage) -> None:
        if said.type == "error":
            watch.complaints.append(said.text)

    page.on("request", lambda asked: note_stranger(watch, asked.url))
    page.on("websocket", lambda opened: note_stranger(watch, opened.url))
    page.on("console", note_complaint)
    page.on("pageerror", lambda problem: watch.complaints.append(str(problem)))
    return watch


def note_stranger(watch: Watched, url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("data", "blob") and parts.hostname != "127.0.0.1":
        watch.strangers.append(url)


def assert_sound(watch: Watched) -> None:
    """Nothing scrolls sideways, nobody else was asked, nothing erred."""
    sideways = watch.page.evaluate(
        "[document.documentElement, ...document.querySelectorAll('.stMain, "
        ".stMainBlockContainer')].map(e => e.scrollWidth - e.clientWidth)"
    )
    assert max(sideways) <= 0, f"scrolls sideways by {sideways}: {widest(watch.page)}"
    assert watch.strangers == []
    assert watch.complaints == []


def widest(page: Page) -> object:
    """The elements that reach beyond the right edge of the page, outermost first."""
    return page.evaluate(
        """[...document.querySelectorAll('.stMainBlockContainer *')]
        .filter(e => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 8)
        .map(e => [e.tagName, e.className.toString().slice(0, 80), e.dataset.testid,
                   Math.round(e.getBoundingClientRect().right), e.textContent.slice(0, 60)])"""
    )
