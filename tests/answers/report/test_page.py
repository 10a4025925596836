"""What the page for a physiotherapist promises: one file that asks nobody, text that stays text,
and no number made up.
"""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path

import polars as pl
import pytest
from markupsafe import escape

from tests.builders import flags_raised
from tightlog.answers.report.course_words import course_lines
from tightlog.answers.report.data_words import begun_words, effect_words, number
from tightlog.answers.report.facts import ReportFacts, report_facts
from tightlog.answers.report.load_change import load_lines
from tightlog.answers.report.markup import table
from tightlog.answers.report.page import report_html
from tightlog.domain.diary import FunctionScore
from tightlog.home.settings import Home, Settings

SPAN = (date(2026, 2, 9), date(2026, 5, 10))
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def facts(four_months: Home, four_months_version: Path) -> ReportFacts:
    return report_facts(
        four_months,
        Settings("UTC"),
        four_months_version,
        SPAN,
        now=datetime(2026, 5, 10, 14, 5, tzinfo=UTC),
    )


def test_file_asks_nobody_and_runs_nothing(facts: ReportFacts) -> None:
    page = report_html(facts)
    assert "default-src 'none'" in page
    assert not re.search(
        r"<(script|link|iframe|object|embed|form|video|audio)\b"
        r"|https?://(?!www\.w3\.org)|url\(|@import",
        page,
    )
    assert set(re.findall(r"src='([a-z]+:[a-z/+]+)", page)) == {"data:image/svg+xml"}


def test_values_are_text_whatever_they_hold(facts: ReportFacts) -> None:
    rows = tuple(row | {"newest_evidence": HOSTILE, "title": HOSTILE} for row in facts.patterns[:1])
    devices = tuple(row | {"device": HOSTILE} for row in facts.devices[:1])
    notes = (
        {"day": SPAN[0], "moment": None, "score": 3.0, "note": "=cmd|' /C calc'!A0 " + HOSTILE},
    )
    page = report_html(replace(facts, name=HOSTILE, patterns=rows, devices=devices, notes=notes))
    assert "<script>" not in page
    assert page.count(escape(HOSTILE)) == 6
    asked = report_html(replace(facts, question=HOSTILE))
    assert "<script>" not in asked and escape(HOSTILE) in asked


def test_page_says_who_when_and_of_which_days(facts: ReportFacts) -> None:
    page = report_html(facts)
    assert "9 February 2026 to 10 May 2026</strong> (91 days)" in page
    assert "Made on 10 May 2026 at 14:05 (UTC) by tightlog" in page
    assert "Runner: ____" in page
    assert "Runner: Ada Runner<" in report_html(replace(facts, name="Ada Runner"))


def test_every_finding_stands_on_it_those_without_enough_data_too(facts: ReportFacts) -> None:
    page = report_html(facts)
    assert facts.findings
    assert all(escape(row["sentence"]) in page for row in facts.findings)


def test_numbers_are_those_of_the_facts(facts: ReportFacts) -> None:
    page = report_html(facts)
    assert f"{facts.scores['scored_day_count']} of 91 days" in page
    assert f"median {facts.scores['median_score']:g}" in page
    assert f"{facts.scores['run_distance_m'] / 1000:.1f} km" in page
    for row in facts.parts:
        assert f"<td class=number>{row['run_distance_m'] / 1000:.1f}</td>" in page


def test_notes_are_on_it_only_when_they_are_among_the_facts(facts: ReportFacts) -> None:
    noted = replace(
        facts,
        notes=(
            {"day": SPAN[0], "moment": "morning", "score": 3.0, "note": "long drive yesterday"},
        ),
    )
    assert "long drive yesterday" in report_html(noted)
    assert "Notes of the runner" not in report_html(facts)
    assert "None in this range." in report_html(replace(facts, notes=()))


def test_red_flags_come_before_everything_else(facts: ReportFacts) -> None:
    assert "None raised: no sign ticked" in report_html(facts)
    flags = (
        flags_raised("both_legs_pain", day=SPAN[0]),
        flags_raised("sharp_pain", day=SPAN[0], cleared_on=SPAN[1]),
    )
    page = report_html(replace(facts, red_flags=flags))
    assert "Pain down both legs on 9 February 2026: not cleared." in page
    assert "Sharp pain on 9 February 2026: until 10 May 2026." in page
    assert page.index("not cleared") < page.index("<h2>Complaint and course</h2>")


def test_what_is_not_known_is_a_dash_or_a_sentence_and_no_zero(facts: ReportFacts) -> None:
    nothing = dict.fromkeys(facts.scores) | dict.fromkeys(
        ("scored_day_count", "watched_day_count", "known_run_day_count", "day_count_of_5_or_more"),
        0,
    )
    parts = tuple(
        dict.fromkeys(row)
        | {
            "first_day": row["first_day"],
            "day_count": 7,
            "scored_day_count": 0,
            "known_run_day_count": 0,
            "known_load_day_count": 0,
        }
        for row in facts.parts
    )
    page = unescape(
        report_html(
            replace(
                facts,
                scores=nothing,
                parts=parts,
                days=facts.days.clear(),
                patterns=(),
                done=(),
                findings=(),
                devices=(),
                score_sources=(),
                file_counts={},
                load_rules=(),
            )
        )
    )
    for sentence in (
        "No score was given before a run in this range.",
        "No distance and no load is known in this range.",
        "None of the watched rules matched in this range.",
        "Nothing was logged or recorded.",
        "No score and no run to compare yet.",
        "Scores: none in this range.",
        "Files: none, only the diary.",
        "nothing is known about the other 91",
    ):
        assert sentence in page
    assert "0.0 km" not in page
    assert "<td class=number>0.0" not in page


def test_a_simulated_runner_is_called_one(facts: ReportFacts) -> None:
    assert "simulated runner" not in report_html(facts)
    assert "A simulated runner's files" in report_html(
        replace(facts, publication={**facts.publication, "is_sample": True})
    )


def test_effect_is_told_with_its_interval_and_not_while_days_are_few() -> None:
    row = {
        "verdict": "helps",
        "n_done": 20,
        "n_not_done": 60,
        "effect_points": -1.04,
        "effect_low": -1.31,
        "effect_high": -0.79,
        "smallest_detectable_points": 0.41,
    }
    assert effect_words(row) == (
        "20 / 60",
        "−1.0 (−1.3 to −0.8)",
        "0.5",
        "goes with less tightness",
    )
    assert effect_words(
        row | {"verdict": "nothing_seen", "effect_points": -0.04, "effect_high": 0.6}
    )[1:] == ("+0.0 (−1.3 to +0.6)", "0.5", "no difference seen")
    lacking = "Not enough data yet (7 of 8 days with it that count)."
    assert effect_words(row | {"verdict": "not_enough_data", "sentence": lacking}) == (
        "20 / 60",
        "–",
        "–",
        lacking,
    )
    assert effect_words(dict.fromkeys(row)) == ("–", "–", "–", "not compared yet")


def test_a_pattern_that_began_before_the_range_is_not_said_to_begin_in_it() -> None:
    row = {"times_begun": 0, "last_begun": date(2026, 1, 2)}
    assert begun_words(row) == "it began before, on 2 January 2026"
    assert begun_words(row | {"times_begun": 1}) == "it began once, on 2 January 2026"
    assert begun_words(row | {"times_begun": 3}) == "it began 3 times, last on 2 January 2026"


def test_numbers_lose_their_empty_decimals_only() -> None:
    assert [number(value) for value in (3.0, 2.5, 100.0, None)] == ["3", "2.5", "100", "–"]
    assert number(1234.6, "min", places=0) == "1,235 min"


def test_on_a_phone_a_value_stands_beside_the_name_of_its_column() -> None:
    page = table(
        ("What", "days", "in words"), [("Yoga", "3", HOSTILE)], first_number=1, last_number=1
    )
    assert "<table class=told>" in page
    assert '<td data-head="What">Yoga</td><td class=number data-head="days">3</td>' in page
    assert HOSTILE not in page
    assert "data-head" not in table(("Week of", "km"), [("4 May 2026", "20.0")], first_number=1)


def first_page(page: str) -> str:
    return unescape(page[: page.index("class='appendix'")])


def test_the_first_page_has_what_a_physiotherapist_asks_first(facts: ReportFacts) -> None:
    said = first_page(
        report_html(
            replace(
                facts,
                question="May I run on?",
                where=(
                    {"kind": "side", "value": "left", "day_count": 12},
                    {"kind": "side", "value": "both", "day_count": 1},
                    {"kind": "radiation", "value": "below_knee", "day_count": 2},
                    {"kind": "is_woken", "value": "true", "day_count": 3},
                    {"kind": "eased", "value": "painkiller", "day_count": 4},
                ),
                functions=(
                    FunctionScore("a", SPAN[0], 5.0, None, "tie my shoes"),
                    FunctionScore("b", SPAN[1], 7.5, None, "tie my shoes"),
                ),
            )
        )
    )
    for words in (
        "Left on 12 days, both sides on 1",
        "Below the knee on 2 days",
        "Woke the runner on 3 days",
        "Painkiller on 4 days",
        "tie my shoes: 7.5 on 10 May, 5 on 9 February",
        "May I run on?",
        "Running of the last four weeks:",
        "Course: ",
    ):
        assert words in said
    order = ["Warning signs", "Complaint and course", "Where and how", "What goes with more",
             "What was tried", "Change of load", "The runner's question"]  # fmt: skip
    places = [said.index(f"<h2>{title}") for title in order]
    assert places == sorted(places)


def test_what_was_not_logged_is_said_to_be_and_no_zero_is_made_of_it(facts: ReportFacts) -> None:
    said = first_page(report_html(replace(facts, where=(), functions=(), question=None)))
    assert said.count("<dd>not logged</dd>") == 5
    assert "None written down." in said


def test_load_is_compared_only_where_every_day_is_known(facts: ReportFacts) -> None:
    recent, before = (
        {
            "is_recent": is_recent,
            "day_count": 28,
            "known_run_day_count": 28,
            "run_distance_m": distance_m,
            "run_count": 12,
            "longest_run_m": 17_400.0,
            "known_load_day_count": known,
            "load_au": 900.0,
        }
        for is_recent, distance_m, known in ((True, 130_000.0, 27), (False, 100_000.0, 28))
    )
    whole = load_lines(replace(facts, load_change=(recent, before), patterns=()))
    assert whole == [
        "Running of the last four weeks: 130.0 km in 12 runs, longest 17.4 km; 30\u00a0% more than "
        "in the four before."
    ]
    partly = {**recent, "known_run_day_count": 20}
    assert load_lines(replace(facts, load_change=(partly, before), patterns=())) == [
        "Running of the last four weeks: 130.0 km in 12 runs, longest 17.4 km, of the 20 days "
        "known."
    ]
    rested = recent | {"run_count": 0, "run_distance_m": 0.0, "longest_run_m": None}
    assert load_lines(replace(facts, load_change=(rested, before), patterns=()))[0] == (
        "No run was recorded in the last four weeks."
    )
    assert load_lines(replace(facts, load_change=(), patterns=())) == [
        "Running of the last four weeks: not known."
    ]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (2.0, 2.0, "about the same in the last four weeks as earlier"),
        (2.0, 4.0, "tighter in the last four weeks than earlier"),
        (4.0, 2.0, "less tight in the last four weeks than earlier"),
    ],
)
def test_the_course_is_the_last_four_weeks_against_those_before(
    facts: ReportFacts, before: float, after: float, words: str
) -> None:
    first_recent = SPAN[1] - timedelta(days=27)
    score = pl.when(pl.col("day") >= first_recent).then(after).otherwise(before)
    days = facts.days.with_columns(tightness_score=score)
    assert words in course_lines(replace(facts, days=days))[1]


def test_what_has_no_room_is_said_to_be_in_the_appendix(facts: ReportFacts) -> None:
    flags = tuple(flags_raised("fever", day=SPAN[0]) for _ in range(9))
    page = report_html(replace(facts, red_flags=flags))
    assert "more, in the appendix." in first_page(page)
    assert page.count("Fever on 9 February 2026") > 9
