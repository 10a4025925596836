"""One design over all pages, measured in a real browser: few type sizes, nothing axe complains of,
nothing that jumps, titles that differ, a bar on the phone that hides nothing; a red flag and a
stopped server are told everywhere.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from dashboards.shell.flag_bar import LABEL
from tests.dashboards.declared_pages import pages_declared
from tests.dashboards.homes import kinds
from tests.dashboards.looking import (
    DESKTOP,
    DRAWN_MS,
    MOST_SHIFT,
    PHONE,
    Theme,
    Watched,
    assert_sound,
    drawn,
    least_shift,
    window,
)
from tests.dashboards.serving import dashboard
from tightlog.home.settings import Home
from tightlog.warehouse import store

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HEADINGS = {address: title for address, (_, title) in pages_declared().items()}
# Every page of the router, and those that others lead to.
ADDRESSES = (*HEADINGS, "day", "routine?do=cat-cow")
# Of a home with results: a run, a link and an effect that are open.
OPENED = {
    "runs?run=": "select activity_id from activity where sport = 'running' order by day desc",
    "links?exposure=": "select exposure from finding order by q_value",
    "helped?what=": "select intervention from effect order by q_value",
}
MOST_SIZES = 5
BAR = ("Today", "Calendar", "Trends", "Log", "More")
# Its field for files is a named section without a role; nothing of ours can give it another.
OF_STREAMLIT = ("presentation-role-conflict", "stFileUploaderDropzone")
LOOKS: Mapping[str, tuple[ViewportSize, Theme]] = MappingProxyType(
    {
        "phone-light": (PHONE, "light"),
        "phone-dark": (PHONE, "dark"),
        "desktop-light": (DESKTOP, "light"),
        "desktop-dark": (DESKTOP, "dark"),
    }
)

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
# A disabled button whose words have the colour of what is behind them.
UNREADABLE = """() => {
  const ground = one => {
    for (let at = one; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (colour !== 'transparent' && !/, 0\\)$/.test(colour)) return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  const parts = colour => colour.match(/[\\d.]+/g).slice(0, 3).map(Number);
  return [...document.querySelectorAll('.stMainBlockContainer button:disabled p')].filter(words => {
    const back = parts(ground(words)), front = parts(getComputedStyle(words).color);
    return words.checkVisibility() && back.every((one, at) => Math.abs(one - front[at]) < 24);
  }).map(words => words.innerText);
}"""
FOLDS = """() => new Set([...document.querySelectorAll('.stMainBlockContainer summary')]
  .filter(fold => fold.checkVisibility() && !fold.closest('.tl-banner, .tl-relation'))
  .map(fold => {
    const drawn = getComputedStyle(fold.querySelector('p') ?? fold);
    const around = getComputedStyle(fold.closest('details'));
    return [drawn.fontSize, drawn.color, around.borderTopWidth].join(' ');
  })).size"""


def complaints(page: Page) -> list[str]:
    """What axe finds wrong: rule, and the first element."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    said = [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]
    return [one for one in said if not all(words in one for words in OF_STREAMLIT)]


def assert_one_design(watch: Watched, host: str, addresses: Iterable[str]) -> None:
    """Walks through the pages."""
    sizes: set[float] = set()
    titles, page = [], watch.page
    page.add_init_script(UNSTYLED_FRAMES)
    for address in addresses:
        drawn(page, f"http://{host}/{address}")
        assert page.get_by_test_id("stException").count() == 0, address
        if heading := HEADINGS.get(address):
            title = page.get_by_role("heading", name=heading, level=1, exact=True)
            expect(title).to_be_visible()
        assert page.evaluate("window.unstyledFrames") == 0, address
        assert least_shift(page) < MOST_SHIFT, address
        assert complaints(page) == [], address
        assert page.evaluate(PLAIN_LINKS) == [], address
        assert page.evaluate(FOLDS) <= 1, address
        assert page.evaluate(UNREADABLE) == [], address
        sizes |= set(page.evaluate(SIZES))
        titles.append(page.title())
        if page.viewport_size == PHONE:
            assert page.evaluate(HIDDEN) <= 0, address
        assert_sound(watch)
    assert len(sizes) <= MOST_SIZES, sorted(sizes)
    assert len(set(titles)) == len(titles), titles
    assert all(title.endswith(" · tightlog") for title in titles)


def opened_pages(home: Home) -> Iterator[str]:
    """The addresses of a run, a link and an effect of a home; none before it is analysed."""
    if home.database.exists():
        version = store.published_version(home)
        for address, question in OPENED.items():
            found = store.query(version, f"{question} limit 1")
            yield from (f"{address}{value}" for value in found.to_series())


@pytest.mark.parametrize(
    ("kind", "look", "addresses"),
    [
        ("sample", "phone-light", ADDRESSES),
        ("sample", "desktop-dark", ("", "calendar", "trends", "diary", "files", "sql")),
        ("empty", "phone-light", ("", "trends", "links", "files")),
        ("stale", "phone-dark", ("", "physio")),
        ("listed years", "desktop-light", ("", "runs")),
    ],
    ids=lambda given: given.replace(" ", "-") if isinstance(given, str) else "",
)
def test_pages_are_one_design(
    looked_at: Callable[[str], Home],
    served: Callable[[str], str],
    browser: Browser,
    kind: str,
    look: str,
    addresses: tuple[str, ...],
) -> None:
    # What is open is looked at where charts are compared: on one phone.
    opened = opened_pages(looked_at(kind)) if (kind, look) == ("sample", "phone-light") else ()
    with window(browser, *LOOKS[look]) as watch:
        assert_one_design(watch, served(kind), (*addresses, *opened))


@pytest.mark.measure
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("kind", kinds())
def test_all_pages_are_one_design_on_every_home_in_every_look(
    looked_at: Callable[[str], Home],
    served: Callable[[str], str],
    browser: Browser,
    kind: str,
    look: str,
) -> None:
    with window(browser, *LOOKS[look]) as watch:
        assert_one_design(watch, served(kind), (*ADDRESSES, *opened_pages(looked_at(kind))))


@pytest.mark.parametrize(
    "addresses",
    [
        pytest.param(("calendar", "diary", "sql", "day"), id="some"),
        pytest.param(tuple(filter(None, ADDRESSES)), id="every", marks=pytest.mark.measure),
    ],
)
def test_a_red_flag_leads_from_every_page_to_today(
    served: Callable[[str], str], browser: Browser, addresses: tuple[str, ...]
) -> None:
    with window(browser, PHONE) as watch:
        page = watch.page
        for address in addresses:
            page.goto(f"http://{served('flagged')}/{address}")
            expect(page.locator(".st-key-flag_bar a")).to_be_in_viewport(timeout=DRAWN_MS)
        page.get_by_role("link", name=LABEL).click()
        expect(page.get_by_role("heading", name="Get help now")).to_be_visible(timeout=DRAWN_MS)
        expect(page.locator(".st-key-flag_bar")).to_have_count(0)


def test_the_bar_of_the_phone_and_the_focus_can_be_seen(
    served: Callable[[str], str], browser: Browser
) -> None:
    with window(browser, PHONE, "dark") as watch:
        page = watch.page
        drawn(page, f"http://{served('sample')}/trends")
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
    served: Callable[[str], str], browser: Browser
) -> None:
    with window(browser, DESKTOP) as watch:
        page = watch.page
        drawn(page, f"http://{served('sample')}/sql")
        expect(page.get_by_role("button", name=re.compile("^Run"))).to_contain_text("Enter")
        page.get_by_label("Your query").fill("select null::integer as nothing, 7 as number")
        page.keyboard.press("Control+Enter")
        expect(page.get_by_text("1 row, in").first).to_be_visible(timeout=DRAWN_MS)
        # The table is a canvas: what it reads aloud stands in the page.
        expect(page.get_by_test_id("glide-cell-1-0")).to_have_text("7", timeout=DRAWN_MS)
        expect(page.get_by_test_id("glide-cell-0-0")).to_have_text("")


def test_a_stopped_server_says_how_to_start_it_again(empty_home: Home, browser: Browser) -> None:
    with window(browser, PHONE) as watch:
        page = watch.page
        with dashboard(empty_home, "127.0.0.1") as host:
            drawn(page, f"http://{host}")
            told = page.get_by_text("tightlog has stopped.")
            expect(told).to_be_hidden()
        expect(told).to_be_visible(timeout=DRAWN_MS)
        command = f"tightlog --home {empty_home.folder} dashboard --port {host.split(':')[1]}"
        expect(page.get_by_text(command)).to_be_visible()
        expect(page.get_by_text("Connection error")).to_be_hidden()
