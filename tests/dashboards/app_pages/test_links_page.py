"""What "What goes with it" promises: every finding with its interval, the raw days in the same
lag window, and how far the rest is.
"""

import json
import shutil
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from markupsafe import escape
from streamlit.testing.v1 import AppTest

from dashboards.links.compared import one_row_a_thing, same_things
from dashboards.links.declared import TITLE
from dashboards.links.raw_day_charts import BREAK, bins_chart, bins_words, scatter_chart
from dashboards.shown import data
from dashboards.shown.cards import linked_table
from dashboards.shown.intervals import MARKS, interval_words, unseen_interval_words
from dashboards.shown.progress import Progress, diary
from tests.builders import home_at
from tightlog.answers.actions import hypotheses
from tightlog.findings.exposures import FAMILY, Exposure, exposure, full_calendar, lagged_values
from tightlog.findings.gates import LONGEST_DIARY_GAP_D
from tightlog.findings.rated_days import rated_days, score_record
from tightlog.home.settings import Home, settings_of
from tightlog.journal.moment import Moment
from tightlog.journal.writing import rate
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store
from tightlog.words.findings import thing
from tightlog.words.numbers import first_upper

Opened = Callable[..., AppTest]
Words = Callable[[AppTest], str]
MONDAY = date(2026, 5, 4)
DISTANCE = FAMILY[0]


def stored_days(home: Home) -> pl.DataFrame:
    return store.query(store.published_version(home), "select * from day order by day")


def test_what_was_written_down_before_looking_stands_apart(
    home: Home, opened: Opened, words: Words
) -> None:
    day = datetime.now(settings_of(home).zone).date()
    assert TITLE not in words(opened(home, "links"))
    for name, expression in (("riding", "cycle_min"), ("coffee", "no_such"), ("calm", "run_min")):
        hypotheses.add(home, day, name, expression)
    hypotheses.withdraw(home, "calm")
    refresh(home, settings_of(home))
    shown = words(opened(home, "links"))
    apart = shown[shown.index(TITLE) :]
    assert "riding" in apart and "Cannot be tested: " in apart and "calm" not in shown
    assert shown.count("riding</td>") == 1


@pytest.mark.parametrize("item", FAMILY, ids=lambda item: item.column)
def test_the_raw_days_are_those_the_finding_was_made_of(tested_home: Home, item: Exposure) -> None:
    calendar = full_calendar(stored_days(tested_home))
    values, scores = lagged_values(calendar, item), calendar["tightness_score"].to_numpy()
    is_known = ~np.isnan(values) & ~np.isnan(scores.astype(float))
    asked = store.answer(
        store.published_version(tested_home),
        "exposure_days",
        [item.unit_size, item.column, item.look_back_d],
    )
    assert asked["day"].to_list() == calendar.filter(pl.Series(is_known))["day"].to_list()
    assert asked["amount"].to_numpy() == pytest.approx(values[is_known])
    n_days = store.query(
        store.published_version(tested_home),
        "select n_days from finding where exposure = ?",
        [item.column],
    ).item()
    assert asked.height == n_days


def test_bins_keep_equal_days_together_and_hold_the_quartiles(tested_home: Home) -> None:
    asked = store.answer(
        store.published_version(tested_home),
        "exposure_days",
        [DISTANCE.unit_size, DISTANCE.column, DISTANCE.look_back_d],
    )
    assert asked.group_by("amount").agg(pl.col("bin").n_unique())["bin"].max() == 1
    for bin_rows in asked.partition_by("bin"):
        assert bin_rows["score_median"][0] == bin_rows["score"].median()
        assert bin_rows["score_lower_quartile"][0] == pytest.approx(
            np.quantile(bin_rows["score"].to_numpy(), 0.25)
        )
        assert bin_rows["bin_day_count"][0] == bin_rows.height


def test_the_diary_is_counted_as_the_findings_count_it(tested_home: Home, opened: Opened) -> None:
    opened(tested_home, "links")
    record = score_record(rated_days(full_calendar(stored_days(tested_home)), "tightness_score"))
    assert [need.have for need in diary(data.view()).needs] == [
        record.score_count,
        record.diary_days,
    ]


def test_a_long_break_of_the_diary_is_one_day(empty_home: Home) -> None:
    for age_d in (0, 3, 3 + LONGEST_DIARY_GAP_D, 40 + LONGEST_DIARY_GAP_D):
        rate(empty_home.journal, 2, Moment(MONDAY - timedelta(days=age_d), None))
    refresh(empty_home, settings_of(empty_home), today=MONDAY)
    counted = store.answer(store.published_version(empty_home), "score_record").row(0, named=True)
    assert counted == {
        "score_count": 4,
        "scores_needed": 60,
        "diary_days": 1 + 1 + 28 + 3,
        "diary_days_needed": 90,
        "is_rated_in_evening": False,
        "left_out_scores": 0,
    }


def test_what_stood_out_is_a_row_with_its_interval_and_the_rest_one_table_each(
    tested_home: Home, opened: Opened, words: Words
) -> None:
    app = opened(tested_home, "links")
    shown = words(app)
    findings = store.query(store.published_version(tested_home), "select * from finding").to_dicts()
    told = [row for row in findings if row["verdict"] in ("clear", "possible", "hint", "reacts")]
    assert told
    rows = {link.proto.query_string: link.proto.label for link in app.get("page_link")}
    for row in findings:
        assert escape(thing(row["title"])[1:]) in shown + " ".join(rows.values())
    heads = [row for row, _ in one_row_a_thing(told)]
    for head in heads:
        assert rows[f"exposure={head['exposure']}"].startswith(first_upper(head["title"]))
        ends = (head["effect_points"], head["effect_low"], head["effect_high"])
        assert interval_words(*ends) in shown
    assert sum(query.startswith("exposure=") for query in rows) == len(heads)
    unseen = [row for row in findings if row["verdict"] == "nothing_seen"]
    assert sum(f"?exposure={row['exposure']}" in shown for row in unseen) == len(
        same_things(unseen)
    )
    assert app.get("vega_lite_chart") == []


@pytest.mark.usefixtures("charts_held_against_the_schema")
def test_the_row_in_the_address_is_open_with_its_raw_days_and_how_sure_it_is(
    tested_home: Home, opened: Opened, words: Words
) -> None:
    findings = store.query(store.published_version(tested_home), "select * from finding").to_dicts()
    row = next(one for one in findings if one["verdict"] in ("clear", "possible", "hint"))
    app = opened(tested_home, "links", exposure=row["exposure"])
    alts = [chart.proto.alt for chart in app.get("vega_lite_chart")]
    assert sum(alt.startswith("Scores by") or "one dot each" in alt for alt in alts) == 2
    assert any(caption.value.startswith("These are the raw days.") for caption in app.caption)
    assert row["statement"] in words(app) and escape(row["details"]) in words(app)


def test_a_row_of_the_table_opens_too_and_an_unknown_one_does_no_harm(
    tested_home: Home, opened: Opened, words: Words
) -> None:
    unseen = store.query(
        store.published_version(tested_home),
        "select exposure, title, statement, details from finding where verdict = 'nothing_seen'",
    ).row(0, named=True)
    app = opened(tested_home, "links", exposure=unseen["exposure"])
    assert f"{first_upper(unseen['title'])}: nothing seen" in words(app)
    # The numbers go on from what was not seen.
    assert escape(f"{unseen['statement']} {unseen['details']}") in words(app)
    app.query_params["exposure"] = "<script>"
    app.run()
    assert not app.exception and app.get("vega_lite_chart") == []


def test_links_that_are_one_thing_are_one_row() -> None:
    rows: list[dict[str, Any]] = [
        {"exposure": "run_distance_m", "title": "distance run the day before", "same_as": None},
        {"exposure": "load_au", "title": "training load the day before",
         "same_as": "run_distance_m"},
        {"exposure": "run_distance_7d_m", "title": "distance run in the 7 days before",
         "same_as": None},
        {"exposure": "swim_min", "title": "swimming the day before", "same_as": "gone"},
    ]  # fmt: skip
    by_measure = [
        (row["exposure"], [one["exposure"] for one in also]) for row, also in one_row_a_thing(rows)
    ]
    assert by_measure == [
        ("run_distance_m", ["load_au"]),
        ("run_distance_7d_m", []),
        ("swim_min", []),
    ]
    by_window = [
        (row["exposure"], [one["exposure"] for one in also]) for row, also in same_things(rows)
    ]
    assert by_window == [
        ("run_distance_m", ["run_distance_7d_m"]),
        ("load_au", []),
        ("swim_min", []),
    ]


def test_a_short_diary_has_one_bar_and_no_picture(home: Home, opened: Opened, words: Words) -> None:
    app = opened(home, "links")
    scores = store.query(
        store.published_version(home), "select count(tightness_score) from day"
    ).item()
    bars = [element.proto.text for element in app.get("progress")]
    assert f"{scores} of 60 scores" in bars
    assert len(bars) == 2
    assert "What will be compared then" in words(app)
    assert app.get("vega_lite_chart") == []


def test_who_scores_in_the_evening_is_told_that_direction_cannot_be_tested(
    tested_home: Home, tmp_path: Any, opened: Opened, words: Words
) -> None:
    assert "You mostly score after" not in words(opened(tested_home, "links"))
    copy = Home(tmp_path / "evening")
    shutil.copytree(tested_home.folder, copy.folder, symlinks=True)
    table = copy.raw / "tightness.csv"
    rows = [line.split(",")[:2] for line in table.read_text(encoding="utf-8").splitlines()[1:]]
    table.write_text(
        "date,score,moment\n" + "".join(f"{at[:10]},{score},evening\n" for at, score in rows),
        encoding="utf-8",
    )
    refresh(copy, settings_of(copy))
    evening = store.answer(store.published_version(copy), "score_record").row(0, named=True)
    moments = store.query(
        store.published_version(copy),
        "select distinct tightness_moment from day where tightness_score is not null",
    )
    assert (
        evening["is_rated_in_evening"]
        and evening["score_count"] > 60
        and moments["tightness_moment"].to_list() == ["evening"]
    )
    assert "You mostly score after" in words(opened(copy, "links"))


def test_an_empty_home_says_what_to_do(empty_home: Home, opened: Opened, words: Words) -> None:
    app = opened(empty_home, "links")
    assert "Three steps" in words(app)
    assert app.get("vega_lite_chart") == []


def test_an_unknown_finding_is_shown_by_its_name() -> None:
    assert exposure("wearing_a_hat").title == "wearing a hat the day before"


def test_shapes_tell_verdicts_apart() -> None:
    for together in (
        ("clear", "possible", "hint", "reacts", "nothing_seen"),
        ("helps", "hurts", "hint", "nothing_seen"),
    ):
        assert len({MARKS[verdict] for verdict in together}) == len(together)


def test_what_a_table_links_to_is_text() -> None:
    assert "<script>" not in linked_table(("What",), [("?exposure=<script>", ("<script>",))])


def test_a_rounded_nothing_has_no_sign() -> None:
    assert interval_words(-0.04, -1.0, 0.04) == "0.0 points (95\u00a0% interval −1.0 to 0.0)"
    assert interval_words(None, None, None) == ""


def test_a_gate_says_what_there_is_of_what_is_needed() -> None:
    assert Progress(37, 60, "scores").words == "37 of 60 scores"
    assert not Progress(59, 60, "scores").is_enough
    assert Progress(60, 60, "scores").is_enough


def raw(amounts: list[float]) -> pl.DataFrame:
    days = [MONDAY + timedelta(days=number) for number in range(len(amounts))]
    bins = [int(amount > 0) for amount in amounts]
    return pl.DataFrame(
        {
            "day": days,
            "score": [2.0] * len(amounts),
            "amount": amounts,
            "bin": bins,
            "bin_day_count": [1] * len(amounts),
            "bin_lowest": amounts,
            "bin_highest": amounts,
            "score_lower_quartile": [1.0] * len(amounts),
            "score_median": [2.0] * len(amounts),
            "score_upper_quartile": [3.0] * len(amounts),
        }
    )


def test_an_event_is_drawn_as_with_and_without() -> None:
    assert bins_words(raw([0.0, 1.0]), FAMILY[1]).endswith(
        "without, 1 days: median 2; with, 1 days: median 2."
    )
    assert "with" in json.dumps(json.loads(bins_chart(raw([0.0, 1.0]), FAMILY[1]).to_json()))


def test_a_long_name_of_a_bar_is_broken_so_that_the_next_is_not_covered() -> None:
    bars = raw([-4.1, 1.7]).with_columns(bin_highest=pl.Series([-1.3, 8.1]))
    chart = json.loads(bins_chart(bars, DISTANCE).to_json())
    names = [row["range"] for row in next(iter(chart["datasets"].values()))]
    assert names[0].split(BREAK) == ["−4.1 to", "−1.3|1 days"] and BREAK not in names[1]
    assert BREAK in chart["layer"][0]["encoding"]["x"]["axis"]["labelExpr"]
    assert "−4.1 to −1.3, 1 days" in bins_words(bars, DISTANCE)


def test_equal_days_do_not_hide_each_other() -> None:
    drawn = next(
        iter(
            json.loads(scatter_chart(raw([0.0, 0.0, 8.0]), DISTANCE).to_json())["datasets"].values()
        )
    )
    assert len({(row["amount_drawn"], row["score_drawn"]) for row in drawn}) == 3
    assert [row["amount"] for row in drawn] == [0.0, 0.0, 8.0]


def test_one_scored_day_can_be_drawn() -> None:
    rows = next(
        iter(json.loads(scatter_chart(raw([3.0]), DISTANCE).to_json())["datasets"].values())
    )
    assert [row["amount_drawn"] for row in rows] == [3.0]


@pytest.mark.parametrize(
    ("low", "high", "reason", "is_explained"),
    [
        (-1.2, -0.1, "no_difference", True),
        (0.1, 1.2, "no_link", True),
        (-1.2, 0.0, "no_difference", False),
        (0.1, 1.2, "did_not_hold", False),
    ],
)
def test_an_interval_without_zero_where_nothing_was_seen_is_explained(
    low: float, high: float, reason: str, is_explained: bool
) -> None:
    row = {
        "effect_points": (low + high) / 2,
        "effect_low": low,
        "effect_high": high,
        "verdict_reason": reason,
    }
    assert ("by chance" in unseen_interval_words(row)) is is_explained


def test_nights_and_days_have_a_heading_and_a_picture_of_their_own(
    tmp_path: Path, opened: Opened, words: Words
) -> None:
    draw = np.random.default_rng(1)
    lines = [
        f"{MONDAY - timedelta(days=120 - number)},morning,{draw.integers(1, 7)},"
        f"{draw.normal(7, 0.8):.1f}"
        for number in range(120)
    ]
    noted = "\n".join(["date,moment,tightness,sleep (h)", *lines, ""])
    home = home_at(tmp_path, diary_csv=noted.encode())
    refresh(home, settings_of(home), today=MONDAY)
    app = opened(home, "links")
    shown = words(app)
    assert "Nights and days: nothing seen" in shown and "Sleep the night before" in shown
    app.query_params["exposure"] = "context_sleep_h"
    app.run()
    assert not app.exception and "not known on any scored day" not in words(app)
    assert len(app.get("vega_lite_chart")) >= 2
