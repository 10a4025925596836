"""What "What helped" promises: each intervention with its fair comparison, when it was done, and
how to log it.
"""

from collections.abc import Callable

from markupsafe import escape
from streamlit.testing.v1 import AppTest

from tightlog.answers.actions import trials
from tightlog.home.settings import Home, settings_of
from tightlog.journal.moment import moment_of
from tightlog.journal.writing import did
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store

Opened = Callable[..., AppTest]
Words = Callable[[AppTest], str]


def test_every_effect_is_on_the_page_with_its_sentence(
    home: Home, opened: Opened, words: Words
) -> None:
    shown = words(opened(home, "helped"))
    effects = store.query(
        store.published_version(home),
        "select title, statement from effect inner join intervention using (intervention)",
    ).rows()
    assert effects
    for title, statement in effects:
        assert escape(title) in shown
        assert escape(statement) in shown


def test_the_strip_counts_the_days_the_warehouse_holds(home: Home, opened: Opened) -> None:
    app = opened(home, "helped")
    app.button_group(key="done").set_value("All").run()
    strip = next(
        element.proto.alt
        for element in app.get("vega_lite_chart")
        if "Days on which" in element.proto.alt
    )
    counts = store.query(
        store.published_version(home),
        "select title, count(distinct day) from intervention_log "
        "inner join intervention using (intervention) group by title",
    ).rows()
    assert counts
    assert all(f"{title}, {count}" in strip for title, count in counts)


def test_what_a_coin_may_decide_leads_to_a_trial_of_it(home: Home, opened: Opened) -> None:
    tossable = {item.intervention: item.title for item in trials.choices()}
    seen = store.query(
        store.published_version(home),
        "select intervention from effect where verdict not in ('hurts', 'not_enough_data')",
    ).rows()
    expected = {f"what={name}": tossable[name] for (name,) in seen if name in tossable}
    links = {
        link.proto.query_string: link.proto.label
        for link in opened(home, "helped").get("page_link")
    }
    led = {query: label for query, label in links.items() if query.startswith("what=")}
    assert led == {query: f"Try it with {title}" for query, title in expected.items()}


def test_few_days_are_counted_towards_the_comparison(empty_home: Home, opened: Opened) -> None:
    did(empty_home.journal, "C1", moment_of(None, settings_of(empty_home).zone))
    refresh(empty_home, settings_of(empty_home))
    bars = [element.proto.text for element in opened(empty_home, "helped").get("progress")]
    assert bars == ["0 of 8 comparable days with it"]


def test_no_naive_before_and_after_is_shown(home: Home, opened: Opened, words: Words) -> None:
    shown = words(opened(home, "helped"))
    assert "bad days are usually followed by better ones" in shown
    assert "before and after" not in shown.lower()


def test_an_empty_home_says_how_to_log(empty_home: Home, opened: Opened, words: Words) -> None:
    app = opened(empty_home, "helped")
    assert "How to log it" in words(app)
    assert app.get("vega_lite_chart") == []
