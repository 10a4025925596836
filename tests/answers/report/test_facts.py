"""What the report's facts promise: the days asked for and no others, each number its SQL twin,
each red flag told.
"""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.conftest import SAMPLE_LAST_DAY
from tightlog.answers.report.facts import ReportFacts, default_span, known_span, report_facts
from tightlog.errors import TightlogError
from tightlog.home.settings import Home, Settings, home_folder
from tightlog.journal.moment import Moment
from tightlog.journal.writing import clear_red_flag, raise_red_flag, rate
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store

UTC_SETTINGS = Settings("UTC")
SPAN = (date(2026, 3, 4), date(2026, 4, 20))


@pytest.fixture(scope="module")
def facts(four_months: Home, four_months_version: Path) -> ReportFacts:
    return report_facts(four_months, UTC_SETTINGS, four_months_version, SPAN)


def test_range_is_the_last_three_months_known_unless_said_otherwise(
    four_months_version: Path,
) -> None:
    first_day, last_day = default_span(four_months_version)
    assert (last_day, (last_day - first_day).days + 1) == (SAMPLE_LAST_DAY, 91)
    known = known_span(four_months_version)
    assert known is not None and known[0] < first_day


def test_scores_and_mileage_are_what_sql_says_of_those_days(
    facts: ReportFacts, four_months_version: Path
) -> None:
    expected = store.query(
        four_months_version,
        """
        select
            count(tightness_score), median(tightness_score), max(tightness_score),
            sum(run_distance_m), sum(run_count)
        from day where day >= '2026-03-04' and day <= '2026-04-20'""",
    ).row(0)
    names = ("scored_day_count", "median_score", "highest_score", "run_distance_m", "run_count")
    assert tuple(facts.scores[name] for name in names) == pytest.approx(expected)
    assert facts.day_count == 48


def test_weeks_hold_only_days_of_the_range(facts: ReportFacts) -> None:
    # 4 March 2026 is a Wednesday, 20 April a Monday.
    assert [row["first_day"] for row in facts.parts] == [
        date(2026, 3, 2) + timedelta(days=7 * number) for number in range(8)
    ]
    assert [row["day_count"] for row in facts.parts] == [5, 7, 7, 7, 7, 7, 7, 1]
    assert sum(row["run_distance_m"] for row in facts.parts) == pytest.approx(
        facts.scores["run_distance_m"]
    )


def test_a_long_range_is_told_by_month(four_months: Home, four_months_version: Path) -> None:
    facts = report_facts(
        four_months, UTC_SETTINGS, four_months_version, (date(2025, 9, 1), SAMPLE_LAST_DAY)
    )
    assert facts.part == "month"
    assert {row["first_day"].day for row in facts.parts} == {1}


def test_pattern_is_counted_within_the_range(facts: ReportFacts, four_months_version: Path) -> None:
    expected = store.query(
        four_months_version,
        """
        select
            pattern, count(*) as day_count, count(*) filter (where state = 'new') as times_begun
        from pattern_match
        where day between '2026-03-04' and '2026-04-20' and pattern not in ('R0', 'R22')
        group by pattern
        order by pattern""",
    ).rows()
    assert (
        sorted((row["pattern"], row["day_count"], row["times_begun"]) for row in facts.patterns)
        == expected
    )
    assert expected


def test_interventions_never_done_in_the_range_are_there_with_their_effect(
    facts: ReportFacts, four_months_version: Path
) -> None:
    compared = set(
        store.query(four_months_version, "select intervention from effect")["intervention"]
    )
    assert compared <= {row["intervention"] for row in facts.done}
    days = store.query(
        four_months_version,
        "select count(distinct day) from intervention_log where intervention = 'C7' and day "
        "between "
        "'2026-03-04' and '2026-04-20'",
    ).item()
    assert {row["intervention"]: row["day_count"] for row in facts.done}["C7"] == days


def test_notes_are_left_out_unless_asked_for(
    four_months: Home, four_months_version: Path, facts: ReportFacts
) -> None:
    assert facts.notes is None
    noted = report_facts(
        four_months, UTC_SETTINGS, four_months_version, SPAN, with_notes=True
    ).notes
    assert noted
    assert all(SPAN[0] <= row["day"] <= SPAN[1] and row["note"] for row in noted)


def test_first_day_after_the_last_is_refused(four_months: Home, four_months_version: Path) -> None:
    with pytest.raises(TightlogError, match="the first day is after the last"):
        report_facts(four_months, UTC_SETTINGS, four_months_version, (SPAN[1], SPAN[0]))


@pytest.fixture
def diary_home(tmp_path: Path) -> Home:
    """Ten days of scores, refreshed on the last of them, 10 May 2026."""
    home = home_folder(str(tmp_path / "home"))
    for day in range(1, 11):
        rate(home.journal, 2, Moment(date(2026, 5, day), None))
    refresh(home, UTC_SETTINGS, today=date(2026, 5, 10))
    return home


def of(home: Home, first_day: date, last_day: date) -> ReportFacts:
    return report_facts(
        home,
        UTC_SETTINGS,
        store.published_version(home),
        (first_day, last_day),
        now=datetime(2026, 5, 10, 8, tzinfo=UTC),
    )


def test_red_flag_raised_and_cleared_on_one_day_is_told_before_any_refresh(
    diary_home: Home,
) -> None:
    assert of(diary_home, date(2026, 5, 1), date(2026, 5, 10)).red_flags == ()
    raise_red_flag(
        diary_home.journal, Moment(date(2026, 5, 9), None), red_flags=["saddle_numbness"]
    )
    clear_red_flag(diary_home.journal, Moment(date(2026, 5, 9), None))
    facts = of(diary_home, date(2026, 5, 1), date(2026, 5, 10))
    assert [(flag.started_on, flag.cleared_on) for flag in facts.red_flags] == [
        (date(2026, 5, 9), date(2026, 5, 9))
    ]
    assert facts.is_pending
    assert of(diary_home, date(2026, 5, 1), date(2026, 5, 8)).red_flags == ()


def test_red_flag_that_stands_is_told_in_every_later_range(diary_home: Home) -> None:
    rate(diary_home.journal, 9, Moment(date(2026, 5, 3), None))
    assert [
        flag.cleared_on for flag in of(diary_home, date(2026, 5, 8), date(2026, 5, 10)).red_flags
    ] == [None]


def test_home_of_scores_alone_has_no_distance_and_no_zero(diary_home: Home) -> None:
    facts = of(diary_home, date(2026, 5, 1), date(2026, 5, 10))
    assert (
        facts.scores["scored_day_count"],
        facts.scores["run_distance_m"],
        facts.scores["run_count"],
    ) == (10, None, None)
    assert all(row["run_distance_m"] is None and row["load_au"] is None for row in facts.parts)


def test_empty_home_has_nothing_to_report(tmp_path: Path) -> None:
    home = home_folder(str(tmp_path / "empty"))
    refresh(home, UTC_SETTINGS)
    with pytest.raises(TightlogError, match="nothing to report"):
        default_span(store.published_version(home))
