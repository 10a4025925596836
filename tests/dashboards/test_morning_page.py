"""The page one opens every morning, in a real browser: few words, advice in reach of a thumb,
nothing jumps, a score in one tap; on a sample, an empty, a stale and a flagged home.
"""

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType

import pytest
from playwright.sync_api import Browser, Page, Playwright, ViewportSize, expect

from tests.builders import settled_here
from tests.dashboards.test_browser import (
    CHROMIUM_ARGUMENTS,
    DESKTOP,
    PHONE,
    Watched,
    assert_sound,
    watched_page,
)
from tests.dashboards.test_lan import dashboard
from tightlog.home.settings import Home, home_folder, settings_of
from tightlog.journal.journal import read_journal
from tightlog.journal.moment import Moment, moment_of
from tightlog.journal.writing import rate
from tightlog.refresh.refresh import refresh
from tightlog.simulation.home import write_sample

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOST_WORDS, LOWEST_ADVICE_PX, MOST_SHIFT = 120, 900, 0.1
DRAWN_MS, SLOW_MS = 30_000, 60_000

# Sums what moved without a tap of the last half second.
SHIFT = """
window.shift = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({type: 'layout-shift', buffered: true});
"""
# Words in sight or a scroll away: neither folded, nor of the navigation, nor an icon.
WORDS = """() => {
  const said = [], main = document.querySelector('.stMainBlockContainer');
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const holder = walker.currentNode.parentElement, fold = holder.closest('details:not([open])');
    if (holder.closest('style, .st-key-navigation, [data-testid=stIconMaterial]')) continue;
    if (fold && !holder.closest('summary')) continue;
    if (!holder.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true})) continue;
    said.push(walker.currentNode.textContent);
  }
  return said.join(' ').split(/\\s+/).filter(word => /\\p{L}/u.test(word)).join(' ');
}"""
# How far down the page the first piece of advice begins.
FIRST_ADVICE = """() => {
  const first = document.querySelector('.tl-advice h3'), main = document.querySelector('.stMain');
  return first.getBoundingClientRect().top + main.scrollTop;
}"""
Made = Callable[[Home, Path], Home]


def sample(finished: Home, folder: Path) -> Home:
    shutil.copytree(finished.folder, folder, symlinks=True)
    return settled_here(Home(folder))


def flagged(finished: Home, folder: Path) -> Home:
    home = sample(finished, folder)
    rate(home.journal, 4, moment_of(None, settings_of(home).zone), red_flags=["leg_weakness"])
    refresh(home, settings_of(home))
    return home


def empty(finished: Home, folder: Path) -> Home:
    return home_folder(str(folder))


def stale(finished: Home, folder: Path) -> Home:
    last = moment_of(None, settings_of(finished).zone).day - timedelta(days=20)
    write_sample(folder, last, months=2)
    home = home_folder(str(folder))
    home.sample_marker.unlink(missing_ok=True)
    rate(home.journal, 4, Moment(last, None))
    refresh(home, settings_of(home))
    return home


# Heading or words that lead, and the one button of the next step.
STEPS: Mapping[Made, tuple[str, str | None]] = MappingProxyType(
    {
        sample: ("What to do", "Use my own files"),
        empty: ("Nothing here yet.", "Add my files"),
        stale: ("nothing can be said about today", "Add my newest files"),
        flagged: ("Get help now", None),
    }
)


@pytest.fixture(scope="module")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    started = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
    yield started
    started.close()


@contextmanager
def opened(browser: Browser, address: str, size: ViewportSize) -> Iterator[Watched]:
    """Today, drawn to its end, with what moved meanwhile."""
    context = browser.new_context(viewport=size)
    context.add_init_script(SHIFT)
    watch = watched_page(context.new_page())
    watch.page.goto(f"http://{address}")
    expect(watch.page.locator(".tl-footer")).to_be_attached(timeout=DRAWN_MS)
    expect(watch.page.get_by_text("working out")).to_have_count(0, timeout=SLOW_MS)
    # Words of buttons are drawn after the buttons.
    watch.page.wait_for_timeout(500)
    yield watch
    context.close()


def least_shift(page: Page) -> float:
    """What moved while a page was drawn, the least of three times where the first is too much: a
    machine busy with other tests draws late and in another order.
    """
    least = float(page.evaluate("window.shift"))
    for _ in range(2):
        if least < MOST_SHIFT:
            break
        page.reload()
        expect(page.locator(".tl-footer")).to_be_attached(timeout=DRAWN_MS)
        page.wait_for_timeout(1_000)
        least = min(least, float(page.evaluate("window.shift")))
    return least


@pytest.mark.parametrize("made", STEPS, ids=lambda made: made.__name__)
def test_today_is_short_stands_still_and_has_one_next_step(
    finished_home: Home, tmp_path: Path, browser: Browser, made: Made
) -> None:
    home = made(finished_home, tmp_path / "morning")
    lead, step = STEPS[made]
    with dashboard(home, "127.0.0.1") as address:
        for size in (PHONE, DESKTOP):
            with opened(browser, address, size) as watch:
                page = watch.page
                words = page.evaluate(WORDS)
                assert len(words.split()) <= MOST_WORDS, words
                expect(page.get_by_text(lead).first).to_be_visible()
                buttons = page.get_by_test_id("stBaseButton-primary").all_inner_texts()
                assert [text for text in buttons if text != "Toss the coin"] == (
                    [step] if step else []
                )
                advised = page.get_by_role("button", name="Did it").count()
                assert bool(advised) is (made is sample)
                if made is sample and size is PHONE:
                    assert page.evaluate(FIRST_ADVICE) < LOWEST_ADVICE_PX
                assert least_shift(page) < MOST_SHIFT
                assert_sound(watch)


def test_a_score_needs_one_tap_or_the_keyboard_alone(
    finished_home: Home, tmp_path: Path, browser: Browser
) -> None:
    home = sample(finished_home, tmp_path / "morning")
    before = len(read_journal(home.journal).scores)
    with dashboard(home, "127.0.0.1") as address:
        with opened(browser, address, PHONE) as watch:
            scale = watch.page.locator("[class*='st-key-score_scale_']")
            # Twice, as a thumb does that is not sure: one score.
            scale.get_by_role("button", name="3", exact=True).dblclick()
            _analysed(watch.page)
            expect(watch.page.get_by_text("Saved: 3, today")).to_be_visible()
            given = read_journal(home.journal).scores[before:]
            assert [score.score for score in given] == [3.0]
            assert watch.page.evaluate("window.shift") < MOST_SHIFT
            watch.page.reload()
            watch.page.get_by_role("button", name="Undo").click(timeout=DRAWN_MS)
            expect(scale.get_by_role("button", name="10")).to_be_visible(timeout=DRAWN_MS)
            assert len(read_journal(home.journal).scores) == before
            assert_sound(watch)
        with opened(browser, address, DESKTOP) as watch:
            _reached(watch.page, "4")
            watch.page.keyboard.press("Enter")
            expect(watch.page.get_by_text("Saved: 4, today")).to_be_visible(timeout=DRAWN_MS)
            _analysed(watch.page)
            _reached(watch.page, "Undo")
            watch.page.keyboard.press("Enter")
            expect(watch.page.get_by_text("Saved: 4, today")).to_have_count(0, timeout=DRAWN_MS)
            assert len(read_journal(home.journal).scores) == before


def _analysed(page: Page) -> None:
    """The page says that it is being worked out, then shows the new one."""
    working = page.get_by_text(re.compile("working out"))
    expect(working).to_be_visible(timeout=DRAWN_MS)
    expect(working).to_have_count(0, timeout=SLOW_MS)


def _reached(page: Page, name: str) -> None:
    """Goes from the top of the page to a button with the tabulator key."""
    page.evaluate("document.activeElement.blur()")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText.trim()") == name:
            return
    pytest.fail(f"the keyboard does not reach {name}")
