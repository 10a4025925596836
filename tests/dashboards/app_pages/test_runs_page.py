"""What Runs promises: every activity in the list, each number as SQL has it with where it came
from, and corrections that count.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import polars as pl
import pytest
from markupsafe import escape
from streamlit.testing.v1 import AppTest

from dashboards.runs import run_cards
from dashboards.runs.correcting import corrections_of
from dashboards.runs.run_wording import (
    duration_words,
    kind_words,
    mark_words,
    offset_words,
    signed,
    speed_number,
    started_words,
    uncounted_words,
)
from dashboards.shown.data import view
from tests.builders import START, home_at, run_fit, run_gpx, strava_csv, strava_row
from tightlog.home.settings import Home, settings_of
from tightlog.journal.journal import read_journal
from tightlog.journal.moment import moment_of
from tightlog.journal.writing import correct_activity, rate
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store
from tightlog.words.load import load_basis_words

Opened = Callable[..., AppTest]
Words = Callable[[AppTest], str]


def asked(home: Home, sql: str, *parameters: Any) -> pl.DataFrame:
    return store.query(store.published_version(home), sql, parameters)


def newest_run(home: Home, where: str = "true") -> str:
    return str(
        asked(
            home,
            (
                f"select activity_id from activity where sport = 'running' and {where} order by "
                "started_at desc limit 1"
            ),
        ).item()
    )


def linked(app: AppTest) -> list[str]:
    """Ids of the activities the rows of the list lead to, in their order."""
    return [
        link.proto.query_string.removeprefix("run=")
        for link in app.get("page_link")
        if link.proto.query_string.startswith("run=")
    ]


@pytest.fixture
def one(opened: Opened) -> Callable[[Home, str], AppTest]:
    """Opens the page of one activity."""

    def open_one(home: Home, activity_id: str) -> AppTest:
        return opened(home, "runs", run=activity_id)

    return open_one


def test_every_run_is_in_the_list_once_the_newest_first(
    finished_home: Home, opened: Opened
) -> None:
    expected = asked(
        finished_home,
        (
            "select activity_id from activity where sport = 'running' order by started_at desc, "
            "activity_id"
        ),
    )
    app = opened(finished_home, "runs")
    shown = linked(app)
    for page in range(2, -(-expected.height // 25) + 1):
        shown += linked(app.pagination[0].set_value(page).run())
    assert shown == expected["activity_id"].to_list()


def test_a_row_holds_the_numbers_of_the_warehouse(finished_home: Home, opened: Opened) -> None:
    app = opened(finished_home, "runs")
    row = asked(finished_home, "select * from activity where activity_id = ?", linked(app)[0]).row(
        0, named=True
    )
    shown = next(
        element.proto.body
        for element in app.get("html")
        if "tl-run-what" in element.proto.body and "<style>" not in element.proto.body
    )
    for number in (
        f"{row['distance_m'] / 1000:.2f}",
        duration_words(row["moving_s"]),
        speed_number(row["speed_mps"], "running"),
        f"{row['cadence_spm']:.0f}",
        f"{row['heart_rate_bpm']:.0f}",
        f"{row['load_au']:.0f}",
        f"{signed(row['cadence_residual_pct'])} %",
    ):
        assert f">{number}" in shown
    assert started_words(row) in [
        link.proto.label
        for link in app.get("page_link")
        if link.proto.query_string == f"run={row['activity_id']}"
    ]


def test_the_list_says_how_many_of_its_activities_do_not_count(
    tmp_path: Any, opened: Opened, words: Words
) -> None:
    rows = [
        strava_row(START + timedelta(days=day), number=day, minutes=minutes, distance_m=metres)
        for day, minutes, metres in ((1, 20, 3_360.0), (2, 0.5, 60.0))
    ]
    home = home_at(tmp_path / "home", activities_csv=strava_csv(*rows))
    home.settings_file.write_text('time_zone = "UTC"\n', encoding="utf-8")
    refresh(home, settings_of(home))
    shown = words(opened(home, "runs"))
    assert "1 run\n" in f"{shown}\n"
    assert "2 activities, 1 of them not counted, newest first" in shown
    # Nobody wrote down a shoe: no column waits for one.
    assert "<span>shoe</span>" not in shown and "<span>load</span>" in shown


def test_the_list_narrows_by_kind_name_and_what_was_recorded(
    finished_home: Home, opened: Opened, words: Words
) -> None:
    app = opened(finished_home, "runs")
    app.button_group(key="kind").set_value("all").run()
    everything = asked(finished_home, "select count(*) from activity").item()
    assert f"{everything} activities: 1 to 25" in words(app)
    app.text_input(key="named_run").set_value("TRAIL").run()
    trail = asked(finished_home, "select count(*) from activity where sub_sport = 'trail'").item()
    assert f"{trail} activit" in words(app)
    app.text_input(key="named_run").set_value("").run()
    app.button_group(key="with").set_value(["Power", "Heart rate"]).run()
    measured = asked(
        finished_home,
        "select count(*) from activity where power_w is not null and heart_rate_bpm is not null",
    ).item()
    assert 0 < measured < everything
    assert f"{measured} activit" in words(app)
    app.text_input(key="named_run").set_value("no such run").run()
    assert "No matching activities." in words(app)


def test_a_shorter_range_lists_what_lies_in_it(
    finished_home: Home, opened: Opened, words: Words
) -> None:
    app = opened(finished_home, "runs")
    app.button_group(key="since").set_value("4 weeks").run()
    expected = asked(
        finished_home,
        (
            "select count(*) from activity where sport = 'running' and day > (select max(day) "
            "from day) - 28"
        ),
    ).item()
    assert f"{expected} activit" in words(app)


def test_one_run_shows_the_numbers_of_sql_and_where_each_came_from(
    finished_home: Home, one: Any, words: Words
) -> None:
    activity_id = newest_run(
        finished_home, "ground_contact_ms is not null and cadence_residual_pct is not null"
    )
    row = asked(finished_home, "select * from activity where activity_id = ?", activity_id).row(
        0, named=True
    )
    path = asked(
        finished_home, "select path from source_file where sha256 = ?", row["sha256"]
    ).item()
    shown = words(one(finished_home, activity_id))
    for number in (
        f"{row['distance_m'] / 1000:.2f} km",
        speed_number(row["speed_mps"], "running"),
        f"{row['ground_contact_ms']:.0f} ms",
        f"{signed(row['cadence_residual_pct'])} %",
        f"{row['vertical_ratio_pct']:.1f} %",
        f"{row['ascent_m']:,.0f} m",
    ):
        assert f">{number}<" in shown
    origin = shown.partition("Where the numbers come from")[2]
    for source in (
        path,
        row["device"],
        row["cadence_rule"],
        load_basis_words(row),
        f"{row['cadence_raw']:.1f} in the file",
        "as set on the watch",
        "from a barometer",
        activity_id,
    ):
        assert escape(source) in origin


def test_late_run_numbers_are_shown_with_their_definitions(
    finished_home: Home, one: Any, words: Words
) -> None:
    activity_id = newest_run(finished_home, "decoupling_pct is not null")
    value = asked(
        finished_home, "select decoupling_pct from activity where activity_id = ?", activity_id
    ).item()
    definition = asked(
        finished_home, "select definition from feature where feature = 'decoupling_pct'"
    ).item()
    shown = words(one(finished_home, activity_id))
    assert f">{signed(value)} %<" in shown.partition(">Late in the run<")[2]
    assert escape(definition) in shown.partition("How these are worked out")[2]


def test_a_short_run_says_what_late_run_numbers_take(tmp_path: Any, one: Any, words: Words) -> None:
    home = home_at(tmp_path, a_fit=run_fit())
    refresh(home, settings_of(home))
    assert "Not available: it needs 40 minutes" in words(one(home, newest_run(home)))


def test_laps_are_those_of_the_warehouse(finished_home: Home, one: Any, words: Words) -> None:
    activity_id = str(
        asked(
            finished_home,
            (
                "select activity_id from lap group by activity_id order by count(*) desc, "
                "activity_id limit 1"
            ),
        ).item()
    )
    laps = asked(
        finished_home, "select * from lap where activity_id = ? order by lap_index", activity_id
    ).to_dicts()
    table = words(one(finished_home, activity_id)).partition("tl-laps")[2].partition("</table>")[0]
    assert table.count("<tr>") == len(laps) + 1
    assert f"<td>{laps[0]['distance_m'] / 1000:.2f}</td>" in table
    assert f"<td>{duration_words(laps[-1]['moving_s'])}</td>" in table


@pytest.mark.usefixtures("charts_held_against_the_schema")
def test_the_route_is_sent_only_when_its_fold_is_open(finished_home: Home, one: Any) -> None:
    activity_id = newest_run(
        finished_home,
        "activity_id in (select activity_id from record where latitude_deg is not null)",
    )
    app = one(finished_home, activity_id)
    assert len(app.get("vega_lite_chart")) == 1
    app.session_state[f"route_{activity_id}"] = True
    charts = app.run().get("vega_lite_chart")
    assert [bool(chart.proto.alt) for chart in charts] == [True, True]
    assert "m from west to east" in charts[1].proto.alt


def test_a_run_without_positions_has_no_route(tmp_path: Any, one: Any) -> None:
    home = home_at(tmp_path, a_fit=run_fit())
    refresh(home, settings_of(home))
    app = one(home, newest_run(home))
    assert len(app.get("vega_lite_chart")) == 1
    assert "Route" not in [fold.label for fold in app.expander]


def test_an_activity_of_a_list_says_why_it_has_no_curves(
    tmp_path: Any, one: Any, words: Words
) -> None:
    home = home_at(tmp_path, activities_csv=strava_csv(strava_row()))
    refresh(home, settings_of(home))
    shown = words(one(home, newest_run(home)))
    assert "known only from the list of an export" in shown
    assert "the list of a Strava export" in shown
    assert "ground contact" in shown.partition("Not known: ")[2].partition(".")[0]


def test_a_twin_set_aside_is_named_with_its_reason(tmp_path: Any, one: Any, words: Words) -> None:
    home = home_at(tmp_path, a_fit=run_fit(), b_gpx=run_gpx())
    refresh(home, settings_of(home))
    aside, kept, reason = asked(
        home, "select activity_id, kept_activity_id, reason from duplicate_activity"
    ).row(0)
    assert escape(f"b.gpx: {reason}") in words(one(home, kept))
    app = one(home, aside)
    assert [title.value for title in app.title] == ["Counted once"]
    assert linked(app)[-1] == kept


def test_an_id_nobody_has_is_said_to_be_none(finished_home: Home, one: Any, words: Words) -> None:
    shown = words(one(finished_home, "<script>nobody"))
    assert "No such activity" in shown
    assert "The list has everything that counts." in shown


def test_a_correction_is_in_the_journal_at_once_and_counts_from_the_next_refresh(
    home: Home, one: Any, words: Words
) -> None:
    activity_id = newest_run(home)
    app = one(home, activity_id)
    app.text_input(key=f"name_{activity_id}").set_value("  River loop ")
    app.selectbox(key=f"kind_{activity_id}").set_value(("running", "track"))
    app.number_input(key=f"rpe_{activity_id}").set_value(6.5)
    app.button(key=f"save_{activity_id}").click().run()
    assert dict(read_journal(home.journal).corrections[activity_id]) == {
        "name": "River loop",
        "sport": "running",
        "sub_sport": "track",
        "rpe": 6.5,
    }
    assert "✓ Saved. It counts from the next refresh." in words(app)
    app.button(key="refresh_for_correction").click().run()
    assert asked(
        home, "select name, sub_sport, rpe from activity where activity_id = ?", activity_id
    ).row(0) == ("River loop", "track", 6.5)
    shown = words(app)
    assert "Refreshed: no new files." in shown
    assert "It counts from the next refresh." not in shown
    assert "· River loop" in shown


def test_saving_what_is_there_writes_nothing(home: Home, one: Any) -> None:
    activity_id = newest_run(home)
    one(home, activity_id).button(key=f"save_{activity_id}").click().run()
    assert activity_id not in read_journal(home.journal).corrections


def test_an_emptied_name_goes_back_to_what_the_file_says(home: Home, one: Any) -> None:
    activity_id = newest_run(home, "name is null")
    correct_activity(home.journal, activity_id, {"name": "Mistyped"})
    app = one(home, activity_id)
    assert app.text_input(key=f"name_{activity_id}").value == "Mistyped"
    app.text_input(key=f"name_{activity_id}").set_value("")
    app.button(key=f"save_{activity_id}").click().run()
    assert corrections_of(view(), activity_id) == {}


def test_what_was_left_out_is_listed_and_can_be_counted_again(
    home: Home, one: Any, opened: Opened, words: Words
) -> None:
    activity_id = newest_run(home)
    app = one(home, activity_id)
    app.button(key="leave_out").click().run()
    assert "✓ Left out. It no longer counts from the next refresh." in words(app)
    assert "left out from the next refresh" in words(opened(home, "runs"))
    refresh(home, settings_of(home))
    assert [title.value for title in one(home, activity_id).title] == ["Left out by you"]
    app = opened(home, "runs")
    assert activity_id not in linked(app)
    assert "Left out by you: 1" in [fold.label for fold in app.expander]
    app.button(key=f"count_again_{activity_id}").click().run()
    assert "✓ It counts from the next refresh." in words(app)
    app.button(key="refresh_for_correction").click().run()
    assert activity_id in linked(app)


def test_all_corrections_can_be_taken_back(home: Home, one: Any) -> None:
    activity_id = newest_run(home)
    correct_activity(home.journal, activity_id, {"name": "River loop", "shoe": "blue"})
    one(home, activity_id).button(key="take_back").click().run()
    assert corrections_of(view(), activity_id) == {}


def test_a_name_a_shoe_and_a_device_are_text_and_never_markup(
    home: Home, one: Any, opened: Opened, words: Words
) -> None:
    bad = "<script>alert(1)</script> **bold** :smile:"
    activity_id = newest_run(home)
    correct_activity(home.journal, activity_id, {"name": bad, "shoe": "=cmd|' /C calc'!A0 <b>"})
    refresh(home, settings_of(home))
    shown = words(opened(home, "runs"))
    assert escape(bad) in shown
    assert "<script>" not in shown
    page = one(home, activity_id)
    html = "\n".join(element.proto.body for element in page.get("html"))
    assert "<script>" not in html
    assert escape("=cmd|' /C calc'!A0 <b>") in html
    assert any(bad in text.value for text in page.text)
    assert not [element for element in (*page.markdown, *page.caption) if "bold" in element.value]


def test_every_piece_escapes_its_values() -> None:
    bad = "<img src=x onerror=alert(1)>"
    numbers = (
        "distance_m",
        "moving_s",
        "elapsed_s",
        "speed_mps",
        "cadence_spm",
        "cadence_residual_pct",
        "heart_rate_bpm",
        "ascent_m",
        "load_au",
    )
    row: dict[str, Any] = dict.fromkeys(numbers) | {
        "sport": bad,
        "sub_sport": bad,
        "name": bad,
        "shoe": bad,
        "shoe_source": "settings",
    }
    lap: dict[str, Any] = dict.fromkeys(numbers) | {"lap_index": 0, "trigger": bad}
    for piece in (
        run_cards.list_row(row, bad),
        run_cards.lap_table([lap], bad),
        run_cards.facts([(bad, bad)]),
    ):
        assert "<img" not in piece
        assert "&lt;img" in piece


def test_what_is_not_known_has_no_number_and_no_zero() -> None:
    row: dict[str, Any] = dict.fromkeys(
        (
            "distance_m",
            "moving_s",
            "elapsed_s",
            "speed_mps",
            "cadence_spm",
            "cadence_residual_pct",
            "heart_rate_bpm",
            "ascent_m",
            "load_au",
            "name",
            "shoe",
            "shoe_source",
        )
    ) | {"sport": "running", "sub_sport": "generic"}
    shown = run_cards.list_row(row)
    assert shown.count("tl-run-none") == len(run_cards.columns("morning"))
    assert "0" not in shown


def test_an_empty_home_has_steps(empty_home: Home, opened: Opened, one: Any, words: Words) -> None:
    assert "Three steps" in words(opened(empty_home, "runs"))
    assert "Three steps" in words(one(empty_home, "any"))


def test_a_home_of_scores_alone_is_told_what_is_missing(
    empty_home: Home, opened: Opened, words: Words
) -> None:
    rate(empty_home.journal, 2, moment_of(None, settings_of(empty_home).zone))
    refresh(empty_home, settings_of(empty_home))
    shown = words(opened(empty_home, "runs"))
    assert "Your diary has entries, but there are no runs yet." in shown
    assert "Three steps" not in shown


def test_a_home_without_runs_lists_what_there_is(
    tmp_path: Any, opened: Opened, words: Words
) -> None:
    home = home_at(tmp_path, a_fit=run_fit(sport=2))
    refresh(home, settings_of(home))
    app = opened(home, "runs")
    assert len(linked(app)) == 1
    assert "0 runs and 1 other activity" in words(app)


def test_a_guess_and_what_does_not_count_are_marked() -> None:
    said = {"sport": "running", "sub_sport": "generic", "sport_rule": "file", "is_counted": True}
    assert (mark_words(said), uncounted_words(said)) == ("", "")
    assert mark_words(said | {"sport_rule": "movement"}) == "kind guessed"
    assert mark_words(said | {"sport_rule": "unknown"}) == "may be a run"
    accident, drive = said | {"is_counted": False}, {"sport": "driving", "is_counted": False}
    assert mark_words(accident) == "not counted"
    assert "accidental start" in uncounted_words(accident)
    assert "no exercise" in uncounted_words(said | drive)


def test_times_paces_and_kinds_are_said_as_runners_say_them() -> None:
    assert speed_number(1000 / 299.6, "running") == "5:00"
    assert speed_number(10, "cycling") == "36.0"
    assert speed_number(100 / 125, "swimming") == "2:05"
    assert [duration_words(seconds) for seconds in (59.6, 3599.4, 3723)] == [
        "1:00",
        "59:59",
        "1:02:03",
    ]
    assert [signed(value) for value in (0.04, -0.04, 1.25, -3.24)] == ["0.0", "0.0", "+1.2", "−3.2"]
    assert [offset_words(offset) for offset in (0, 7200, -12_600)] == ["UTC", "UTC+2", "UTC−3:30"]
    assert [
        kind_words(*kind)
        for kind in (
            ("running", "trail"),
            ("swimming", "lap_swimming"),
            ("cycling", "road"),
            ("jump_rope", "generic"),
        )
    ] == ["Trail run", "Lap swimming", "Road cycling", "Jump rope"]
    assert started_words({"started_at": START, "utc_offset_s": 7200}) == "Mon 4 May 2026, 07:30"


def test_a_run_has_the_mornings_around_it_here_and_in_the_list(
    home: Home, opened: Opened, one: Callable[[Home, str], AppTest], words: Words
) -> None:
    run, day, own, after = asked(
        home,
        "select a.activity_id, a.day, d.tightness_score, n.tightness_score as after "
        "from activity as a "
        "inner join day as d on d.day = a.day inner join day as n on n.day = a.day + 1 "
        "where a.sport = 'running' and d.tightness_score is not null "
        "and n.tightness_score is not null order by a.started_at desc limit 1",
    ).row(0)
    app = one(home, run)
    shown = words(app).partition("The back around it")[2]
    assert f">{own:g}</span>" in shown and f">{after:g}</span>" in shown
    assert f"day={day}" in [link.proto.query_string for link in app.get("page_link")]
    rows = words(opened(home, "runs"))
    assert f"title='tightness the next morning'>{after:g}" in rows
