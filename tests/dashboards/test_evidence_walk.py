"""What goes with it and What helped in a real Chromium: the row in the address, the way back, the
keyboard, and a phone's width; and the report on real paper.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.builders import flags_raised
from tests.dashboards.looking import DESKTOP, PHONE, assert_sound, window
from tests.dashboards.serving import dashboard
from tightlog.answers.report.facts import ReportFacts, default_span, report_facts
from tightlog.answers.report.page import report_html
from tightlog.domain.diary import FunctionScore
from tightlog.home.settings import Home, settings_of
from tightlog.warehouse import store

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# The first row, or where nothing stood out the first line of the table of what showed nothing.
ROWS = "[class*='st-key-evidence_row_'] a, .tl-compact a"
PAGES = {"links": "exposure", "helped": "what"}
# One page of A4 in the margins of page.css.
PAGE_IN_PDF = re.compile(rb"/Type\s*/Page[^s]")


def settled(page: Page) -> None:
    expect(page.locator(".tl-footer")).to_be_attached(timeout=30_000)


@pytest.fixture(scope="module")
def address(tested_home: Home) -> Iterator[str]:
    with dashboard(tested_home, "127.0.0.1") as host:
        yield f"http://{host}"


@pytest.mark.parametrize(("size", "path"), [(PHONE, "links"), (DESKTOP, "helped")])
def test_a_row_opens_by_click_and_key_and_back_closes_it(
    address: str, browser: Browser, size: ViewportSize, path: str
) -> None:
    with window(browser, size) as watch:
        page = watch.page
        page.goto(f"{address}/{path}")
        settled(page)
        page.locator(ROWS).first.click()
        expect(page.get_by_text("How sure it is")).to_be_visible(timeout=15_000)
        page.wait_for_url(f"**/{path}?{PAGES[path]}=*")
        assert_sound(watch)
        page.go_back()
        expect(page.get_by_text("How sure it is")).to_have_count(0, timeout=15_000)
        page.go_forward()
        expect(page.get_by_text("How sure it is")).to_be_visible(timeout=15_000)
        page.go_back()
        expect(page.get_by_text("How sure it is")).to_have_count(0, timeout=15_000)
        page.locator(ROWS).first.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text("How sure it is")).to_be_visible(timeout=15_000)
        page.reload()
        expect(page.get_by_text("How sure it is")).to_be_visible(timeout=30_000)


def test_the_whole_row_is_the_link_on_a_phone_and_nothing_scrolls_sideways(
    address: str, browser: Browser
) -> None:
    with window(browser, PHONE) as watch:
        watch.page.goto(f"{address}/helped")
        settled(watch.page)
        assert_sound(watch)
        watch.page.goto(f"{address}/links")
        settled(watch.page)
        bar = watch.page.locator("[class*='st-key-evidence_row_'] .tl-bar").first
        # The link lies over the bar, so it is tapped where the bar is.
        box = bar.bounding_box()
        assert box is not None
        watch.page.mouse.click(box["x"] + box["width"] - 10, box["y"] + 8)
        expect(watch.page.get_by_text("How sure it is")).to_be_visible(timeout=15_000)
        assert_sound(watch)


def crowded(facts: ReportFacts) -> ReportFacts:
    """A report with more of everything than has room."""
    told = [row for row in facts.findings if row["verdict"] in ("clear", "possible", "hint")]
    links = tuple(
        row | {"exposure": f"{row['exposure']}{number}", "same_as": None,
               "sentence": "Possibly: " + "the morning after a day of much of it " * 6}
        for number in range(4) for row in told
    )  # fmt: skip
    ends = {"verdict": "helps", "effect_low": -1.2, "effect_high": -0.5}
    where = tuple(
        {"kind": kind, "value": value, "day_count": 33}
        for kind, values in (
            ("side", ("left", "right", "both", "middle")),
            ("radiation", ("none", "buttock", "thigh", "below_knee")),
            ("is_woken", ("true", "false")),
            ("eased", ("painkiller", "physio", "heat")),
        )
        for value in values
    )
    names = ("leg_weakness", "fever", "night_pain", "trauma", "cancer_history")
    return replace(
        facts,
        name="A" * 80,
        is_pending=True,
        red_flags=(flags_raised(*names, day=facts.last_day),) * 6,
        findings=(*links, *facts.findings),
        done=(*(row | ends for row in facts.done), *facts.done),
        where=where,
        question="What would you do? " * 15,
        functions=(
            FunctionScore("a", facts.first_day, 4.0, None, "carry my bag " * 6),
            FunctionScore("b", facts.last_day, 7.0, None, "carry my bag " * 6),
        ),
    )


@pytest.mark.parametrize("kind", ["as it is", "whole history", "crowded", "little"])
def test_the_first_page_of_the_report_is_one_page_of_a4(
    tested_home: Home, browser: Browser, tmp_path: Path, kind: str
) -> None:
    version = store.published_version(tested_home)
    span = default_span(version)
    if kind == "whole history":
        span = (span[1] - timedelta(days=200), span[1])
    facts = report_facts(tested_home, settings_of(tested_home), version, span)
    if kind == "crowded":
        facts = crowded(facts)
    if kind == "little":
        facts = replace(facts, findings=(), done=(), trials=(), patterns=(), load_change=())
    file = tmp_path / "report.html"
    file.write_text(report_html(facts), encoding="utf-8")
    page = browser.new_page()
    page.goto(f"file://{file}")
    whole = len(PAGE_IN_PDF.findall(page.pdf(format="A4", prefer_css_page_size=True)))
    page.evaluate("document.querySelector('.appendix').remove()")
    alone = len(PAGE_IN_PDF.findall(page.pdf(format="A4", prefer_css_page_size=True)))
    page.close()
    assert alone == 1
    assert whole > 1
