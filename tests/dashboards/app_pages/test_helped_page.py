"""What "What helped" promises: each intervention with its fair comparison, when it was done, and
how to log it.
"""

from collections.abc import Callable

import pytest
from markupsafe import escape
from streamlit.testing.v1 import AppTest

from dashboards.helped.effects import done_together
from tightlog.answers.actions import trials
from tightlog.home.settings import Home, settings_of
from tightlog.journal.moment import moment_of
from tightlog.journal.writing import did
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store

Opened = Callable[..., AppTest]
Words = Callable[[AppTest], str]


def test_every_effect_is_a_row_that_opens_or_a_line_of_a_table(
    home: Home, opened: Opened, words: Words
) -> None:
    app = opened(home, "helped")
    shown = words(app)
    rows = {link.proto.query_string: link.proto.label for link in app.get("page_link")}
    effects = store.query(
        store.published_version(home),
        "select intervention, title, verdict from effect inner join intervention "
        "using (intervention)",
    ).rows()
    assert effects
    for intervention, title, verdict in effects:
        if verdict in ("helps", "hurts", "hint"):
            assert rows[f"what={intervention}"].startswith(title)
        else:
            assert escape(title) in shown


@pytest.mark.usefixtures("charts_held_against_the_schema")
def test_an_open_row_compares_only_at_the_same_score(
    tested_home: Home, opened: Opened, words: Words
) -> None:
    version = store.published_version(tested_home)
    compared = store.query(
        version, "select intervention, statement from effect where verdict <> 'not_enough_data'"
    ).row(0, named=True)
    app = opened(tested_home, "helped", what=compared["intervention"])
    assert compared["statement"] in words(app)
    alts = [chart.proto.alt for chart in app.get("vega_lite_chart")]
    assert len(alts) >= 2 and all(alts)
    assert any("only at the same score" in caption.value for caption in app.caption)
    scores = store.answer(version, "next_scores", [compared["intervention"]])
    assert (scores["with_count"] > 0).all() and (scores["without_count"] > 0).all()


def test_the_days_after_are_weighed_by_the_scores_of_the_days_with_it(tested_home: Home) -> None:
    version = store.published_version(tested_home)
    name = store.query(
        version, "select intervention from effect where verdict <> 'not_enough_data'"
    ).item(0, 0)
    scores = store.answer(version, "next_scores", [name])
    changes = scores["with_count"] * (scores["next_score_without"] - scores["score"])
    weighed = float(changes.sum()) / float(scores["with_count"].sum())
    after = store.answer(version, "days_after", [name]).row(0, named=True)
    assert after["after_d"] == 1 and after["day_count"] == scores["with_count"].sum()
    assert after["change_without"] == pytest.approx(weighed)


@pytest.mark.parametrize(
    ("pairs", "groups"),
    [
        ({"C1": "C3", "C2": "C3", "C3": "C2"}, [["C1", "C2", "C3"]]),
        ({"C1": "C2", "C2": "C1", "S1": None}, [["C1", "C2"], ["S1"]]),
        ({"C1": None, "S1": None}, [["C1"], ["S1"]]),
        ({"C1": "X1"}, [["C1"]]),
    ],
)
def test_what_is_done_together_is_one_row(
    pairs: dict[str, str | None], groups: list[list[str]]
) -> None:
    rows = [{"intervention": one, "inseparable_from": other} for one, other in pairs.items()]
    found = [[row["intervention"] for row in group] for group in done_together(rows)]
    assert [sorted(group) for group in found] == groups


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
    app = opened(home, "helped")
    for (name,) in seen:
        app.query_params["what"] = name
        app.run()
        led = [
            link.proto.label
            for link in app.get("page_link")
            if link.proto.page.endswith("experiment.py") or "Try it" in link.proto.label
        ]
        assert led == ([f"Try it with {tossable[name]}"] if name in tossable else [])


def test_few_days_are_counted_towards_the_comparison(
    empty_home: Home, opened: Opened, words: Words
) -> None:
    did(empty_home.journal, "C1", moment_of(None, settings_of(empty_home).zone))
    refresh(empty_home, settings_of(empty_home))
    assert "0 of 8 days with it; a day counts when" in words(opened(empty_home, "helped"))


def test_no_naive_before_and_after_is_shown(home: Home, opened: Opened, words: Words) -> None:
    shown = words(opened(home, "helped"))
    assert "bad days are usually followed by better ones" in shown
    assert "before and after" not in shown.lower()


def test_an_empty_home_says_how_to_log(empty_home: Home, opened: Opened, words: Words) -> None:
    app = opened(empty_home, "helped")
    assert "How to log it" in words(app)
    assert app.get("vega_lite_chart") == []
