"""What Trends promises: the numbers of the warehouse, gaps where nothing is known, words for
every chart.
"""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from markupsafe import escape
from polars.testing import assert_series_equal
from streamlit.testing.v1 import AppTest

from dashboards.shown import charts, data
from dashboards.shown.colours import KINDS
from dashboards.shown.feature_charts import (
    definition_words,
    feature_chart,
    feature_in_words,
    feature_words,
    in_unit,
)
from dashboards.shown.lanes import by_kind, lanes_chart, lanes_words
from dashboards.shown.linked import linked_chart
from dashboards.trends import training_charts
from tightlog.answers.days.axis_limit import axis_limit
from tightlog.home.settings import Home, settings_of
from tightlog.journal.moment import Moment, moment_of
from tightlog.journal.writing import rate
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store
from tightlog.words.load import load_basis_words, load_words, maximum_words

Opened = Callable[..., AppTest]
Words = Callable[[AppTest], str]
MONDAY = date(2026, 5, 4)


def drawn_rows(chart: Any, column: str) -> list[dict[str, Any]]:
    """Rows of the data sets a chart draws that have the column."""
    return [
        row
        for rows in json.loads(chart.to_json())["datasets"].values()
        for row in rows
        if column in row
    ]


def test_weekly_distance_is_what_sql_sums_by_week(home: Home, opened: Opened) -> None:
    opened(home, "trends")
    version = store.published_version(home)
    expected = store.query(
        version,
        "select date_trunc('week', day)::date as week, sum(run_distance_m) / 1000.0 as run_km "
        "from day "
        "group by all order by week",
    )
    seen = data.view()
    known = data.span(seen)
    assert known is not None
    assert data.rows(seen, "weeks", *known, "week", 0).select("week", "run_km").equals(expected)


@pytest.mark.usefixtures("charts_held_against_the_schema")
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
    home: Home, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data, "MOST_DRAWN_D", 21)
    opened(home, "trends")
    seen = data.view()
    known = data.span(seen)
    assert known is not None
    first = known[0] - timedelta(days=28)
    weeks = data.drawn_weeks(seen, first, known[1])
    assert weeks["day"].dt.weekday().unique().to_list() == [1]
    assert weeks["day"][0] <= first and weeks["day"].diff().drop_nulls().unique().to_list() == [
        timedelta(days=7)
    ]
    days = store.query(
        seen.version or home.database, "select day, tightness_score, load_7d_au from day"
    )
    newest = weeks.row(-1, named=True)
    in_it = days.filter(pl.col("day") >= newest["day"])
    assert (
        newest["tightness_score"] == in_it["tightness_score"].median()
        and newest["load_7d_au"] == in_it["load_7d_au"].median()
    )
    assert (
        weeks.filter(pl.col("day") < known[0] - timedelta(days=7))["load_7d_au"].null_count() >= 3
    )
    assert "medians of a week" in charts.series_words(
        weeks, "tightness_score", "points", "Tightness scores"
    )


def test_the_page_says_when_it_draws_weeks(
    home: Home, opened: Opened, words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "the charts below show weeks" not in words(opened(home, "trends"))
    monkeypatch.setattr(data, "MOST_DRAWN_D", 21)
    app = opened(home, "trends")
    app.button_group(key="range").set_value("All").run()
    assert not app.exception and "the charts below show weeks" in words(app)


def test_years_of_weeks_name_a_few_of_them_only() -> None:
    weeks = pl.DataFrame(
        {
            "week": [MONDAY + timedelta(weeks=number) for number in range(300)],
            "known_day_count": [7] * 300,
            "run_km": [20.0] * 300,
            "spike_count": [None] * 300,
            "spikes": [None] * 300,
        },
        schema_overrides={"spike_count": pl.Int64, "spikes": pl.String},
    )
    assert (
        len(
            json.loads(training_charts.mileage_chart(weeks).to_json())["layer"][0]["encoding"]["x"][
                "axis"
            ]["values"]
        )
        == 6
    )
    assert (
        "values"
        not in json.loads(training_charts.mileage_chart(weeks.head(52)).to_json())["layer"][0][
            "encoding"
        ]["x"]["axis"]
    )


def test_a_day_without_a_score_is_a_gap_and_no_zero() -> None:
    span = (MONDAY, MONDAY + timedelta(days=2))
    scores = pl.DataFrame(
        {
            "day": [span[0], span[1]],
            "tightness_score": [2.0, 4.0],
            "tightness_7d_median": [2.0, 3.0],
        }
    )
    days = data.calendar(scores, *span)
    chart = charts.tightness_chart(
        days, pl.DataFrame(schema={"day": pl.Date, "score": pl.Float64}), span
    )
    line = [row["tightness_7d_median"] for row in drawn_rows(chart, "tightness_7d_median")]
    assert None in line
    assert 0 not in line


def test_the_median_ends_with_the_last_score() -> None:
    span = (MONDAY, MONDAY + timedelta(days=5))
    scores = pl.DataFrame(
        {
            "day": [MONDAY + timedelta(days=number) for number in range(6)],
            "tightness_score": [2.0, 4.0, None, 3.0, None, None],
            "tightness_7d_median": [None, None, None, 3.0, 3.0, 3.0],
        }
    )
    assert data.until_last_score(data.calendar(scores, *span))["tightness_7d_median"].to_list() == [
        None,
        None,
        None,
        3.0,
        None,
        None,
    ]
    unscored = scores.with_columns(tightness_score=pl.lit(None, pl.Float64))
    assert data.until_last_score(unscored)["tightness_7d_median"].null_count() == 6


def test_a_single_day_is_drawn_in_a_fortnight() -> None:
    assert data.drawn_span(MONDAY, MONDAY) == (MONDAY - timedelta(days=13), MONDAY)
    assert data.drawn_span(MONDAY - timedelta(days=90), MONDAY) == (
        MONDAY - timedelta(days=90),
        MONDAY,
    )


def test_the_stored_load_rule_is_understood_and_kept_in_a_fold(
    home: Home, opened: Opened, words: Words
) -> None:
    shown = words(opened(home, "trends"))
    rule = store.answer(store.published_version(home), "load_rules").row(0, named=True)
    assert load_words(rule) in shown
    assert "highest" in load_words(rule)
    fold = shown.partition("How the load is worked out")[2]
    assert escape(load_basis_words(rule)) in fold
    maximum = store.answer(store.published_version(home), "heart_rate_maximum").row(0, named=True)
    assert maximum["load_max_bpm"] == rule["load_max_bpm"]
    assert escape(maximum_words(maximum)) in fold


def test_weeks_are_drawn_in_the_order_of_the_calendar_over_a_new_year() -> None:
    weeks = pl.DataFrame(
        {
            "week": [date(2026, 12, 21), date(2026, 12, 28), date(2027, 1, 4)],
            "known_day_count": [7, 7, 3],
            "run_km": [30.0, None, 10.0],
            "spike_count": [None, None, 1],
            "spikes": [None, None, "12 km"],
        }
    )
    names = sorted(
        {row["week"] for row in drawn_rows(training_charts.mileage_chart(weeks), "week")}
    )
    assert names == ["2026-12-21", "2026-12-28", "2027-01-04"]
    encoding = json.loads(training_charts.mileage_chart(weeks).to_json())["layer"][0]["encoding"][
        "x"
    ]
    assert "sort" not in encoding  # by name, which is by date


def test_a_week_nothing_is_known_of_has_a_question_mark_and_a_week_of_rest_has_none() -> None:
    weeks = pl.DataFrame(
        {
            "week": [MONDAY, MONDAY + timedelta(days=7)],
            "known_day_count": [7, 0],
            "run_km": [0.0, None],
            "spike_count": [None, None],
            "spikes": [None, None],
        },
        schema_overrides={"spike_count": pl.Int64, "spikes": pl.String},
    )
    drawn = json.loads(training_charts.mileage_chart(weeks).to_json())
    marks = [layer for layer in drawn["layer"] if layer["mark"]["type"] == "text"]
    assert [row["week"] for row in drawn["datasets"][marks[0]["data"]["name"]]] == ["2026-05-11"]


def test_a_score_given_since_the_refresh_is_in_the_chart(home: Home, opened: Opened) -> None:
    app = opened(home)
    assert data.journal_scores_since(data.view()) == ()
    rate(home.journal, 7, moment_of(None, settings_of(home).zone))
    assert [score.score for score in data.journal_scores_since(data.view())] == [7.0]
    app.switch_page("app_pages/trends.py").run()
    assert "Rings: 1 score given since the last refresh." in [
        caption.value for caption in app.caption
    ]


def test_any_feature_can_be_drawn_below_and_says_its_unit_and_what_it_is(
    home: Home, opened: Opened, words: Words
) -> None:
    app = opened(home, "trends")
    features = store.query(
        store.published_version(home),
        "select feature, definition from feature where feature <> 'tightness_score'",
    ).rows()
    offered = set(app.selectbox(key="feature").options)
    assert len(offered) == len(features)
    for feature in (
        "run_distance_m",
        "cadence_spm",
        "session_spike_state",
        "is_longest_run_indoor",
        "load_28d_au",
    ):
        app.selectbox(key="feature").set_value(feature).run()
        assert not app.exception
        assert escape(definition_words({"definition": dict(features)[feature]})) in words(app)
        assert not [
            element for element in app.get("vega_lite_chart") if "no value" in element.proto.alt
        ]


def test_no_feature_shows_a_runner_the_name_of_a_column(home: Home) -> None:
    features = store.query(
        store.published_version(home), "select feature, unit, family, definition from feature"
    ).to_dicts()
    said = [f"{feature_words(feature)}: {definition_words(feature)}" for feature in features]
    assert not [
        words for words in said if "_" in words or "(au)" in words or "null" in words.lower()
    ]
    assert len({feature_words(feature) for feature in features}) == len(features)


def test_a_stored_word_is_said_as_a_runner_would() -> None:
    words_of_days = ["over_10_pct", "over_10_pct", "return_after_break"]
    days = pl.DataFrame(
        {"amount": [None, None, None], "word": words_of_days},
        schema_overrides={"amount": pl.Float64},
    )
    state = {
        "feature": "session_spike_state",
        "unit": "word",
        "family": "mileage",
        "definition": "normal, over_10_pct or longest_run_30d_m.",
    }
    assert in_unit(days, state)["said"].to_list() == [
        "over 10\u202f%",
        "over 10\u202f%",
        "return after break",
    ]
    assert (
        feature_in_words(days, state)
        == "Mileage · session spike state: over 10\u202f%, 2 days; return after break, 1 day."
    )
    assert (
        definition_words(state)
        == "normal, “over 10\u202f%” or “longest run 30 days”. A gap means not known."
    )


def test_a_feature_is_called_by_family_and_unit() -> None:
    def called(feature: str, unit: str, family: str) -> str:
        return feature_words({"feature": feature, "unit": unit, "family": family})

    assert called("run_distance_7d_m", "m", "mileage") == "Mileage · run distance 7 days (km)"
    assert called("descent_m", "m", "mileage") == "Mileage · descent (m)"
    assert (
        called("since_strength_d", "days", "cross_training")
        == "Cross training · since strength (days)"
    )
    assert called("cadence_spm", "steps/min", "cadence") == "Cadence · cadence (steps/min)"
    assert called("ascent_m_per_km", "m/km", "mileage") == "Mileage · ascent per km (m/km)"
    assert called("load_7d_au", "au", "load") == "Load · 7 days (load units)"
    assert called("ground_contact_z", "SD", "form") == "Form · ground contact against own norm (SD)"


def test_the_feature_drawn_is_what_sql_holds_and_unknown_days_are_gaps(
    home: Home, opened: Opened
) -> None:
    opened(home, "trends")
    seen = data.view()
    known = data.span(seen)
    assert known is not None
    stored = store.query(
        store.published_version(home),
        "select day, run_distance_m / 1000.0 as km from day order by day",
    )
    drawn = in_unit(
        data.calendar(data.rows(seen, "feature_days", *known, "run_distance_m"), *known),
        {"feature": "run_distance_m", "unit": "m"},
    )
    assert_series_equal(drawn["amount"], data.calendar(stored, *known)["km"], check_names=False)
    load = {"feature": "load_7d_au", "unit": "au", "family": "load"}
    layers = json.loads(feature_chart(drawn, load, known).to_json())["layer"]
    assert layers[0]["mark"]["type"] == "line"


def test_what_was_done_and_noted_is_marked_when_it_is_asked_for(home: Home, opened: Opened) -> None:
    app = opened(home, "trends")
    app.button_group(key="range").set_value("All").run()
    app.button_group(key="marks").set_value(["Done", "Notes"]).run()
    assert not app.exception
    version = store.published_version(home)
    titles = store.query(
        version,
        "select distinct title from intervention_log inner join intervention using (intervention)",
    )["title"].to_list()
    notes = store.query(version, "select count(*) from tightness where note is not null").item()
    alts = [element.proto.alt for element in app.get("vega_lite_chart")]
    marks = next(text for text in alts if "Marks by day" in text)
    assert titles and all(title in marks for title in titles)
    assert notes and f"Notes, {notes}" in marks
    app.button_group(key="marks").set_value([]).run()
    assert not [
        element for element in app.get("vega_lite_chart") if "Marks by day" in element.proto.alt
    ]


def test_a_rule_goes_through_all_charts_and_leaves_marks_their_own_tooltips() -> None:
    span = (MONDAY, MONDAY + timedelta(days=20))
    days = data.calendar(
        pl.DataFrame({"day": [MONDAY], "tightness_score": [2.0], "tightness_7d_median": [2.0]}),
        *span,
    )
    score = charts.tightness_chart(
        days, pl.DataFrame(schema={"day": pl.Date, "score": pl.Float64}), span
    )
    marks = lanes_chart(
        pl.DataFrame({"day": [MONDAY], "lane": ["Yoga"], "kind": ["done"], "words": ["5 min"]}),
        span,
    )
    drawn = json.loads(linked_chart([score, marks], days, [charts.day_tip()]).to_json())
    rules = [
        [layer["mark"]["type"] for layer in chart["layer"]].index("rule")
        for chart in drawn["vconcat"]
    ]
    # Below the dots, which can be tapped, and above the line.
    assert rules == [1, 0]
    views = next(
        parameter["views"] for parameter in drawn["params"] if parameter["name"] == "nearest_day"
    )
    assert views == [drawn["vconcat"][0]["layer"][1]["name"]]


def test_own_dates_reach_from_the_first_to_the_second(home: Home, opened: Opened) -> None:
    app = opened(home, "trends")
    app.button_group(key="range").set_value("Dates").run()
    first, last = app.date_input(key="range_dates").min, app.date_input(key="range_dates").max
    app.date_input(key="range_dates").set_value((first, first + timedelta(days=20))).run()
    assert not app.exception
    assert first + timedelta(days=20) < last
    scored = store.query(
        store.published_version(home),
        "select count(*) from day where tightness_score is not null and day between ? and ?",
        [first, first + timedelta(days=20)],
    ).item()
    assert f"Tightness scores: {scored} values" in app.get("vega_lite_chart")[0].proto.alt


def test_marks_of_one_day_are_in_lanes_in_the_order_given() -> None:
    marks = pl.DataFrame(
        {
            "day": [MONDAY, MONDAY],
            "lane": ["Yoga", "<b>"],
            "kind": ["done", "note"],
            "words": ["5 min", "=cmd"],
        }
    )
    chart = json.loads(lanes_chart(marks, (MONDAY, MONDAY + timedelta(days=20))).to_json())
    assert chart["layer"][0]["encoding"]["y"]["sort"] == ["Yoga", "<b>"]
    assert lanes_words(marks, "Marks") == "Marks: Yoga, 1; <b>, 1."


def test_a_home_of_scores_alone_has_sentences_in_place_of_charts(
    empty_home: Home, opened: Opened, words: Words
) -> None:
    now = moment_of(None, settings_of(empty_home).zone)
    for age_d in range(5):
        rate(empty_home.journal, 2, Moment(now.day - timedelta(days=age_d), None))
    refresh(empty_home, settings_of(empty_home))
    app = opened(empty_home, "trends")
    shown = words(app)
    assert "No distance is known in this range." in shown
    assert "No run in this range recorded cadence." in shown
    assert len(app.get("vega_lite_chart")) == 1
    app.selectbox(key="feature").set_value("run_distance_m").run()
    assert "Mileage · run distance (km) is not known on any day of this range." in words(app)


def test_an_empty_home_has_steps_and_no_chart(
    empty_home: Home, opened: Opened, words: Words
) -> None:
    app = opened(empty_home, "trends")
    assert "Three steps" in words(app)
    assert app.get("vega_lite_chart") == []


def test_the_dashed_line_is_drawn_where_the_stored_threshold_is(
    home: Home, opened: Opened, words: Words
) -> None:
    stored = store.answer(store.published_version(home), "threshold", ["R6", "residual_pct"]).item()
    assert stored == -3.0
    assert "dashed at −3\u00a0%, from where a pattern reports it" in words(opened(home, "trends"))
    days = pl.DataFrame({"day": [MONDAY], "cadence_residual_pct": [-1.0]})
    for low_pct, levels in ((-5.0, [0.0, -5.0]), (None, [0.0])):
        drawn = training_charts.residual_chart(days, low_pct, (MONDAY, MONDAY)).to_dict()
        (lines,) = [rows for rows in drawn["datasets"].values() if "level" in rows[0]]
        assert [row["level"] for row in lines] == levels


def test_a_strange_year_does_not_rule_the_axis_and_is_marked_at_its_edge() -> None:
    usual = [8.0, 9.0, 10.0, 11.0, 12.0] * 9
    limit = axis_limit(pl.Series([*usual, 300.0, 320.0, 0.0, None]))
    assert limit is not None and 12 < limit < 100
    assert axis_limit(pl.Series([*usual, 25.0])) is None
    assert axis_limit(pl.Series([1.0, 500.0])) is None
    days = pl.DataFrame(
        {
            "day": [MONDAY + timedelta(days=number) for number in range(3)],
            "amount": [10.0, 300.4, 320.0],
        }
    )
    [marks] = charts.beyond(days, "amount", limit)
    rows = drawn_rows(marks, "said")
    assert [row["said"] for row in rows] == ["▲", "▲ 320"]
    assert rows[0]["way"] == f"day?day={MONDAY + timedelta(days=1)}"
    assert charts.beyond(days, "amount", None) == []


def test_the_axis_has_weeks_then_months_then_years() -> None:
    def ticks(length_d: int) -> list[date]:
        axis = charts.day_axis((MONDAY, MONDAY + timedelta(days=length_d))).to_dict()["axis"]
        return [date(one["year"], one["month"], one["date"]) for one in axis["values"]]

    assert all(day.weekday() == 0 for day in ticks(42)) and len(ticks(42)) >= 6
    assert all(day.weekday() == 0 for day in ticks(90)) and len(ticks(90)) == 6
    assert {day.month for day in ticks(90) if day.day <= 7} == {
        day.month for day in ticks(90) if 15 <= day.day <= 21
    }
    assert all(day.day == 1 for day in ticks(365)) and len(ticks(365)) == 12
    assert {day.month for day in ticks(1_500)} == {1, 4, 7, 10}
    assert {(day.month, day.day) for day in ticks(3_650)} == {(1, 1)}


def test_the_last_known_value_is_written_beside_its_point() -> None:
    days = pl.DataFrame({"day": [MONDAY, MONDAY + timedelta(days=1)], "load": [12.0, None]})
    [label] = charts.last_value(days, "load", "#000000")
    assert [row["load"] for row in drawn_rows(label, "load")] == [12.0]
    assert charts.last_value(days.tail(1), "load", "#000000") == []


def test_marks_lead_to_their_day_and_weeks_to_their_month() -> None:
    days = pl.DataFrame({"day": [MONDAY]})
    short, long = ((MONDAY, MONDAY + timedelta(days=length)) for length in (30, 3_000))
    assert charts.with_ways(days, charts.way_of(short))["way"].to_list() == [f"day?day={MONDAY}"]
    assert charts.with_ways(days, charts.way_of(long))["way"].to_list() == [
        "calendar?month=2026-05"
    ]


def test_all_marks_of_a_day_and_kind_are_one() -> None:
    marks = pl.DataFrame(
        {
            "day": [MONDAY, MONDAY, MONDAY],
            "lane": ["A flare", "Downhill", "Yoga"],
            "kind": ["what began", "what began", "done"],
            "words": ["1", "2", "3"],
        }
    )
    drawn = by_kind(marks, {"what began": "Patterns", "done": "Done"})
    assert drawn["lane"].to_list() == ["Patterns", "Done"]
    assert drawn["words"].to_list() == ["A flare; Downhill", "Yoga"]


def test_beyond_a_year_kilometres_are_summed_by_month(home: Home, opened: Opened) -> None:
    assert data.period_of(MONDAY, MONDAY + timedelta(days=366)) == "week"
    assert data.period_of(MONDAY, MONDAY + timedelta(days=367)) == "month"
    opened(home, "trends")
    seen = data.view()
    known = data.span(seen)
    assert known is not None
    expected = store.query(
        store.published_version(home),
        "select date_trunc('month', day)::date as day, sum(run_distance_m) as total from day "
        "group by all order by all",
    )
    months = data.summed(seen, "feature_periods", *known, "run_distance_m", "month")
    assert_series_equal(months["total"], expected["total"])
    assert months["day"].equals(expected["day"])
    weeks = data.summed(seen, "weeks", *known, "month")
    assert_series_equal(weeks["run_km"], expected["total"] / 1000.0, check_names=False)


def test_a_kind_keeps_its_colour_whatever_it_is_called() -> None:
    weeks = pl.DataFrame(
        {
            "week": [MONDAY, MONDAY],
            "kind": ["swim", "mobility"],
            "minutes": [30.0, 12.0],
            "known_day_count": [7, 7],
        }
    )
    for names in ({"swim": "Swimming", "mobility": "Mobility"},
                  {"swim": "Schwimmen", "mobility": "Beweglichkeit"}):  # fmt: skip
        chart = training_charts.cross_training_chart(weeks, names)
        scale = chart.to_dict()["encoding"]["color"]["scale"]
        assert dict(zip(scale["domain"], scale["range"], strict=True)) == {
            names[kind]: KINDS[kind] for kind in names
        }
        assert {row["kind"] for row in drawn_rows(chart, "kind")} == set(scale["domain"])
