"""What Trends promises: the numbers of the warehouse, gaps where nothing is known, words for every chart."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from html import escape
from typing import Any

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboards import cards, charts, data
from dashboards.wording import after_verdict, load_words
from tightlog.diary import Moment, moment_of, rate
from tightlog.refresh import refresh
from tightlog.settings import Home, settings_of
from tightlog.warehouse import store

Opened = Callable[..., AppTest]
Words = Callable[[AppTest], str]
MONDAY = date(2026, 5, 4)


def drawn_rows(chart: Any, column: str) -> list[dict[str, Any]]:
    """Rows of the data sets a chart draws that have the column."""
    return [row for rows in json.loads(chart.to_json())["datasets"].values() for row in rows if column in row]


def test_weekly_distance_is_what_sql_sums_by_week(home: Home, opened: Opened) -> None:
    opened(home, "trends")
    version = store.published_version(home)
    expected = store.query(version, "select date_trunc('week', day)::date as week, sum(run_distance_m) / 1000.0 as run_km from day "
                                    "group by all order by week")
    seen = data.view()
    known = data.span(seen)
    assert known is not None
    assert data.rows(seen, "weeks", *known).select("week", "run_km").equals(expected)


def test_each_chart_has_words_for_those_who_do_not_see_it(home: Home, opened: Opened) -> None:
    elements = opened(home, "trends").get("vega_lite_chart")
    assert len(elements) >= 5
    assert all(element.proto.alt for element in elements)


def test_a_longer_range_reaches_further_back_but_never_before_the_data() -> None:
    known = (MONDAY, MONDAY + timedelta(days=100))
    assert data.first_day_of(28, known) == MONDAY + timedelta(days=73)
    assert data.first_day_of(365, known) == MONDAY
    assert data.first_day_of(None, known) == MONDAY


def test_the_range_picker_shows_all(home: Home, opened: Opened) -> None:
    app = opened(home, "trends")
    app.button_group(key="range").set_value("All").run()
    assert not app.exception


def test_many_years_are_drawn_by_the_week_two_years_by_the_day() -> None:
    assert not data.is_by_week(MONDAY, MONDAY + timedelta(days=730))
    assert data.is_by_week(MONDAY, MONDAY + timedelta(days=731))


def test_a_week_is_drawn_at_the_median_of_its_days_and_as_a_gap_without_any(
        home: Home, opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "MOST_DRAWN_D", 21)
    opened(home, "trends")
    seen = data.view()
    known = data.span(seen)
    assert known is not None
    first = known[0] - timedelta(days=28)
    weeks = data.drawn_days(seen, first, known[1])
    assert weeks["day"].dt.weekday().unique().to_list() == [1]
    assert weeks["day"][0] <= first and weeks["day"].diff().drop_nulls().unique().to_list() == [timedelta(days=7)]
    days = store.query(seen.version or home.database, "select day, tightness_score, load_7d_au from day")
    newest = weeks.row(-1, named=True)
    in_it = days.filter(pl.col("day") >= newest["day"])
    assert newest["tightness_score"] == in_it["tightness_score"].median() and newest["load_7d_au"] == in_it["load_7d_au"].median()
    assert weeks.filter(pl.col("day") < known[0] - timedelta(days=7))["load_7d_au"].null_count() >= 3
    assert "medians of a week" in charts.series_words(weeks, "tightness_score", "points", "Tightness scores")


def test_the_page_says_when_it_draws_weeks(home: Home, opened: Opened, words: Words, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "drawn by the week" not in words(opened(home, "trends"))
    monkeypatch.setattr(data, "MOST_DRAWN_D", 21)
    app = opened(home, "trends")
    app.button_group(key="range").set_value("All").run()
    assert not app.exception and "drawn by the week" in words(app)


def test_years_of_weeks_name_a_few_of_them_only() -> None:
    weeks = pl.DataFrame({"week": [MONDAY + timedelta(weeks=number) for number in range(300)], "known_day_count": [7] * 300, "run_km": [20.0] * 300,
                          "spike_count": [None] * 300, "spikes": [None] * 300}, schema_overrides={"spike_count": pl.Int64, "spikes": pl.String})
    assert len(json.loads(charts.mileage_chart(weeks).to_json())["layer"][0]["encoding"]["x"]["axis"]["values"]) == 6
    assert "values" not in json.loads(charts.mileage_chart(weeks.head(52)).to_json())["layer"][0]["encoding"]["x"]["axis"]


def test_a_day_without_a_score_is_a_gap_and_no_zero() -> None:
    span = (MONDAY, MONDAY + timedelta(days=2))
    scores = pl.DataFrame({"day": [span[0], span[1]], "tightness_score": [2.0, 4.0], "tightness_7d_median": [2.0, 3.0]})
    days = data.calendar(scores, *span)
    chart = charts.tightness_chart(days, pl.DataFrame(schema={"day": pl.Date, "score": pl.Float64}), span)
    line = [row["tightness_7d_median"] for row in drawn_rows(chart, "tightness_7d_median")]
    assert None in line
    assert 0 not in line


def test_the_median_ends_with_the_last_score() -> None:
    span = (MONDAY, MONDAY + timedelta(days=5))
    scores = pl.DataFrame({"day": [MONDAY + timedelta(days=number) for number in range(6)], "tightness_score": [2.0, 4.0, None, 3.0, None, None],
                           "tightness_7d_median": [None, None, None, 3.0, 3.0, 3.0]})
    assert data.until_last_score(data.calendar(scores, *span))["tightness_7d_median"].to_list() == [None, None, None, 3.0, None, None]
    unscored = scores.with_columns(tightness_score=pl.lit(None, pl.Float64))
    assert data.until_last_score(unscored)["tightness_7d_median"].null_count() == 6


def test_a_single_day_is_drawn_in_a_fortnight() -> None:
    assert data.drawn_span(MONDAY, MONDAY) == (MONDAY - timedelta(days=13), MONDAY)
    assert data.drawn_span(MONDAY - timedelta(days=90), MONDAY) == (MONDAY - timedelta(days=90), MONDAY)


def test_a_load_rule_is_told_in_plain_words() -> None:
    assert load_words("trimp: heart-rate samples (max 181 observed, rest 60 assumed, men's weights assumed)") == (
        "From heart rate; highest 181 seen, resting 60 assumed.")
    assert load_words("trimp: mean heart rate (max 190 given, rest 48 given, women's weights)") == (
        "From heart rate; highest 190 as you set it, resting 48 as you set it.")
    assert load_words("srpe: RPE times minutes") == "From your effort ratings times minutes."
    assert load_words("a rule of tomorrow") == ""


def test_the_stored_load_rule_is_understood_and_kept_in_a_fold(home: Home, opened: Opened, words: Words) -> None:
    shown = words(opened(home, "trends"))
    rule = store.answer(store.published_version(home), "load_rules")["load_rule"][0]
    assert load_words(rule) in shown
    assert "highest" in load_words(rule)
    assert escape(rule) in shown.partition("How the load is worked out")[2]


def test_a_verdict_is_said_once() -> None:
    row = {"verdict": "possible", "sentence": "Possibly: more distance goes with more tightness."}
    shown = cards.verdict_rows([row])
    assert "More distance goes with more tightness." in shown
    assert "Possibly" not in shown
    assert after_verdict("Not enough data yet on cycling (1 of 60 scores).") == "Cycling (1 of 60 scores)."
    assert after_verdict("Not enough data yet (7 of 8 days).") == "7 of 8 days."
    assert after_verdict("(Not so.)") == "(Not so.)"


def test_weeks_are_drawn_in_the_order_of_the_calendar_over_a_new_year() -> None:
    weeks = pl.DataFrame({"week": [date(2026, 12, 21), date(2026, 12, 28), date(2027, 1, 4)], "known_day_count": [7, 7, 3],
                          "run_km": [30.0, None, 10.0], "spike_count": [None, None, 1], "spikes": [None, None, "12 km"]})
    names = sorted({row["week"] for row in drawn_rows(charts.mileage_chart(weeks), "week")})
    assert names == ["2026-12-21", "2026-12-28", "2027-01-04"]
    encoding = json.loads(charts.mileage_chart(weeks).to_json())["layer"][0]["encoding"]["x"]
    assert "sort" not in encoding  # by name, which is by date


def test_a_week_nothing_is_known_of_has_a_question_mark_and_a_week_of_rest_has_none() -> None:
    weeks = pl.DataFrame({"week": [MONDAY, MONDAY + timedelta(days=7)], "known_day_count": [7, 0], "run_km": [0.0, None],
                          "spike_count": [None, None], "spikes": [None, None]}, schema_overrides={"spike_count": pl.Int64, "spikes": pl.String})
    drawn = json.loads(charts.mileage_chart(weeks).to_json())
    marks = [layer for layer in drawn["layer"] if layer["mark"]["type"] == "text"]
    assert [row["week"] for row in drawn["datasets"][marks[0]["data"]["name"]]] == ["2026-05-11"]


def test_a_score_given_since_the_refresh_is_in_the_chart(home: Home, opened: Opened) -> None:
    app = opened(home)
    assert data.journal_scores_since(data.view()) == ()
    rate(home.journal, 7, moment_of(None, settings_of(home).zone))
    assert [score.score for score in data.journal_scores_since(data.view())] == [7.0]
    app.switch_page("app_pages/trends.py").run()
    assert "Rings: 1 score given since the last refresh." in [caption.value for caption in app.caption]


def test_findings_say_how_far_the_scores_are(home: Home, opened: Opened, words: Words) -> None:
    shown = words(opened(home, "trends"))
    sentences = store.query(store.published_version(home), "select sentence from finding")["sentence"]
    assert sentences.len() > 0
    assert all(escape(after_verdict(sentence)) in shown for sentence in sentences)


def test_a_home_of_scores_alone_has_sentences_in_place_of_charts(empty_home: Home, opened: Opened, words: Words) -> None:
    now = moment_of(None, settings_of(empty_home).zone)
    for age_d in range(5):
        rate(empty_home.journal, 2, Moment(now.day - timedelta(days=age_d), None))
    refresh(empty_home, settings_of(empty_home))
    app = opened(empty_home, "trends")
    shown = words(app)
    assert "No distance is known in this range." in shown
    assert "No run in this range recorded its cadence." in shown
    assert len(app.get("vega_lite_chart")) == 1
    folds = [fold.label for fold in app.expander if "comparison" in fold.label]
    assert folds
    assert not [label for label in folds if "more" in label]


def test_an_empty_home_has_steps_and_no_chart(empty_home: Home, opened: Opened, words: Words) -> None:
    app = opened(empty_home, "trends")
    assert "Three steps" in words(app)
    assert app.get("vega_lite_chart") == []
