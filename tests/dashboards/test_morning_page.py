"""The page one opens every morning, in a real browser: few words, advice in reach of a thumb,
nothing jumps, a score in one tap; on a sample, an empty, a stale and a flagged home.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.dashboards.homes import kinds
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
from tests.dashboards.serving import dashboard
from tightlog.home.settings import Home
from tightlog.journal.journal import read_journal

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOST_WORDS, LOWEST_ADVICE_PX = 120, 900

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
# By home: heading or words that lead, and the one button of the next step.
STEPS: Mapping[str, tuple[str, str | None]] = MappingProxyType(
    {
        "sample": ("What to do", "Use my own files"),
        "empty": ("Nothing here yet.", "Add my files"),
        "stale": ("nothing can be said about today", "Add my newest files"),
        "flagged": ("Get help now", None),
        "listed years": ("What to do", None),
        "simulated years": ("What to do", None),
        "real years": ("of 10", None),
    }
)
ADVISED = {"sample", "listed years", "simulated years"}


@contextmanager
def opened(browser: Browser, address: str, size: ViewportSize) -> Iterator[Watched]:
    """Today, drawn to its end, with what moved meanwhile."""
    with window(browser, size) as watch:
        drawn(watch.page, f"http://{address}")
        yield watch


def looks() -> list[Any]:
    """Each home on a phone, and one on a desktop too; the others there are measured by hand."""
    of_phone = [
        pytest.param(*one.values, PHONE, id=one.id, marks=one.marks) for one in kinds(STEPS)
    ]
    of_desktop = [
        pytest.param(
            *one.values,
            DESKTOP,
            id=f"{one.id}-desktop",
            marks=one.marks if one.id == "sample" else [*one.marks, pytest.mark.measure],
        )
        for one in kinds(STEPS)
    ]
    return of_phone + of_desktop


@pytest.mark.parametrize(("kind", "size"), looks())
def test_today_is_short_stands_still_and_has_one_next_step(
    served: Callable[[str], str], browser: Browser, kind: str, size: ViewportSize
) -> None:
    lead, step = STEPS[kind]
    with opened(browser, served(kind), size) as watch:
        page = watch.page
        words = page.evaluate(WORDS)
        assert len(words.split()) <= MOST_WORDS, words
        expect(page.get_by_text(lead).first).to_be_visible()
        buttons = page.get_by_test_id("stBaseButton-primary").all_inner_texts()
        assert [text for text in buttons if text != "Toss the coin"] == ([step] if step else [])
        advised = page.get_by_role("button", name="Did it").count()
        assert kind == "real years" or bool(advised) is (kind in ADVISED)
        if advised and size is PHONE:
            assert page.evaluate(FIRST_ADVICE) < LOWEST_ADVICE_PX
        assert least_shift(page) < MOST_SHIFT
        assert_sound(watch)


def test_a_score_needs_one_tap_or_the_keyboard_alone(
    house: Callable[[str], Home], browser: Browser
) -> None:
    home = house("sample")
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
    expect(working).to_have_count(0, timeout=DRAWN_MS)


def _reached(page: Page, name: str) -> None:
    """Goes from the top of the page to a button with the tabulator key."""
    page.evaluate("document.activeElement.blur()")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText.trim()") == name:
            return
    pytest.fail(f"the keyboard does not reach {name}")
