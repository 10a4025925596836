"""No page shows a name that only the code knows: not in its text, not in what a pointer shows."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboards.declared_pages import pages_declared
from tests.sampled import by_hand
from tightlog.home.settings import Home
from tightlog.warehouse import store

Opened = Callable[..., AppTest]
# What is typed, a file or a query is no sentence of a page: SQL shows the columns on purpose.
OF_THE_CODE = {"sql"}
# Rows of evidence between two that are opened; every one is by hand.
STEPS = [4, *by_hand(1)]
INTERNAL = {
    "a name of the code": re.compile(r"\b[a-z0-9]+_[a-z0-9_]+\b"),
    "null": re.compile(r"\bnull\b|\bnan\b|\bNaN\b|\bundefined\b"),
    # As a word of a sentence it is followed by one: None found, None of them.
    "None": re.compile(r"\bNone\b(?! [a-z])"),
    "a lane": re.compile(r"\blane\b"),
    "an unknown number": re.compile(r"\bUnknown \d"),
    "a title nobody says": re.compile(r"A link from your own scores"),
}
SHOWN_FIELDS = ("body", "label", "help", "placeholder", "alt", "text")
# What the runner types into tightlog.toml is told by its name.
SETTINGS = re.compile(r"\b(heart_rate_max_bpm)\b")
CODE = re.compile(r"<code>.*?</code>|<style.*?</style>|<[^>]*>|`[^`]*`", re.DOTALL)


def shown_texts(app: AppTest) -> Iterator[str]:
    """Every text of a page: what stands on it, what a pointer shows, what is read aloud."""
    for element in app.main:
        yield from texts_below(element)


def texts_below(element: Any) -> Iterator[str]:
    proto = getattr(element, "proto", None)
    for name in SHOWN_FIELDS:
        if isinstance(text := getattr(proto, name, None), str):
            yield text
    for option in getattr(proto, "options", ()):
        yield option if isinstance(option, str) else str(getattr(option, "content", ""))
    children = getattr(element, "children", {})
    for child in children.values():
        yield from texts_below(child)


def tooltips(spec: Any) -> Iterator[Any]:
    """Every tooltip of a chart, of all its layers."""
    if isinstance(spec, dict):
        yield from (spec["tooltip"],) if "tooltip" in spec else ()
        for name, part in spec.items():
            if name not in ("datasets", "tooltip", "config"):
                yield from tooltips(part)
    elif isinstance(spec, list):
        for part in spec:
            yield from tooltips(part)


def addresses(home: Home, step: int) -> Iterator[tuple[str, dict[str, str]]]:
    """Each page, and the evidence pages with every so many a row open."""
    yield from ((page or "today", {}) for page in pages_declared() if page not in OF_THE_CODE)
    version = store.published_version(home)
    for name in store.query(version, "select exposure from finding")["exposure"][::step]:
        yield "links", {"exposure": name}
    for name in store.query(version, "select intervention from effect")["intervention"][::step]:
        yield "helped", {"what": name}


def assert_plain(words: str, where: object) -> None:
    said = SETTINGS.sub(" ", CODE.sub(" ", words))
    for what, pattern in INTERNAL.items():
        found = pattern.search(said)
        assert found is None, f"{where} shows {what}: {found}"


@pytest.mark.parametrize("step", STEPS)
def test_no_page_shows_a_name_of_the_code_and_no_pointer_a_column(
    tested_home: Home, opened: Opened, step: int
) -> None:
    titled = 0
    for page, query in addresses(tested_home, step):
        app = opened(tested_home, page, **query)
        for text in shown_texts(app):
            assert_plain(text, (page, query))
        for chart in app.get("vega_lite_chart"):
            spec = json.loads(chart.proto.spec)
            assert spec["config"]["mark"]["tooltip"] is None
            for tooltip in tooltips(spec):
                listed = tooltip if isinstance(tooltip, list) else [tooltip]
                for one in (one for one in listed if one and "field" in one):
                    assert one.get("title"), (page, one)
                    assert_plain(one["title"], (page, one))
                    titled += 1
    assert titled > 20


@pytest.mark.parametrize(
    "text", ["band_to", "lane", "null", "value: None", "Unknown 56", "run_distance_m is 3"]
)
def test_the_words_looked_for_are_found(text: str) -> None:
    assert any(pattern.search(CODE.sub(" ", text)) for pattern in INTERNAL.values())


@pytest.mark.parametrize("text", ["None found on this exercise", "<code>a_b</code>", "planet"])
def test_plain_english_is_let_through(text: str) -> None:
    assert not any(pattern.search(CODE.sub(" ", text)) for pattern in INTERNAL.values())
