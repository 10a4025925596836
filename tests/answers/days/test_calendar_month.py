"""What a month promises: whole weeks, the numbers of the warehouse, what was logged since, and
nothing of a trial that was not revealed.
"""

import shutil
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from tests.builders import home_at, run_fit, settled_here
from tests.conftest import SAMPLE_LAST_DAY
from tightlog.answers.actions import entries, trials
from tightlog.answers.actions.refreshes import refreshed
from tightlog.answers.days.calendar_month import (
    CalendarDay,
    CalendarMonth,
    CalendarWeek,
    calendar_month,
    month_start,
)
from tightlog.answers.days.known import known
from tightlog.home.settings import Home
from tightlog.journal.moment import Moment
from tightlog.trials.schedule import schedule
from tightlog.warehouse import store

APRIL = date(2026, 4, 1)
TODAY = datetime.now(UTC).date()


def april(home: Home) -> CalendarMonth:
    return calendar_month(home, store.published_version(home), APRIL, SAMPLE_LAST_DAY)


def day_of(month: CalendarMonth, day: date) -> CalendarDay:
    return next(one for week in month.weeks for one in week.days if one.day == day)


def test_a_month_is_whole_weeks_from_monday_to_sunday(four_months: Home) -> None:
    month = april(four_months)
    assert [len(week.days) for week in month.weeks] == [7] * 5
    assert month.weeks[0].days[0].day == date(2026, 3, 30)
    assert [day.day for day in month.days] == [APRIL + timedelta(days=n) for n in range(30)]


def test_kilometres_and_scores_are_those_of_the_warehouse(four_months: Home) -> None:
    month = april(four_months)
    stored = store.query(
        store.published_version(four_months),
        "select day, run_distance_m / 1000.0 as km, tightness_score as score from day "
        "where day between '2026-04-01' and '2026-04-30' order by day",
    )
    assert [day.run_km for day in month.days] == stored["km"].to_list()
    assert [day.score for day in month.days] == stored["score"].to_list()
    assert month.run_km == pytest.approx(stored["km"].sum())
    assert month.score_count == stored["score"].count()
    assert month.score == stored["score"].median()


def test_the_months_beside_a_turn_of_the_year() -> None:
    assert month_start(date(2026, 12, 31), 1) == date(2027, 1, 1)
    assert month_start(date(2026, 1, 1), -1) == date(2025, 12, 1)


def test_a_day_of_which_nothing_is_known_is_no_rest() -> None:
    rest, unknown = (
        CalendarDay(TODAY, "watched", run_km=0.0),
        CalendarDay(TODAY, "unknown", run_km=None),
    )
    perhaps, not_read = CalendarDay(TODAY, "watched"), CalendarDay(TODAY)
    assert (rest.is_rest, rest.is_unknown, rest.is_part_unknown) == (True, False, False)
    assert (unknown.is_rest, unknown.is_unknown) == (False, True)
    assert perhaps.is_part_unknown and not perhaps.is_unknown
    assert not (not_read.is_rest or not_read.is_unknown or not_read.is_part_unknown)
    assert CalendarWeek((rest, unknown, perhaps)).unknown_count == 2
    assert CalendarWeek((unknown,)).run_km is None


def test_weeks_without_a_file_are_unknown(tmp_path: Path) -> None:
    far = datetime(2026, 6, 15, 6, tzinfo=UTC)
    home = home_at(tmp_path / "home", a_fit=run_fit(), b_fit=run_fit(far))
    refreshed(home)
    month = calendar_month(home, store.published_version(home), date(2026, 6, 1), far.date())
    assert day_of(month, date(2026, 6, 1)).is_unknown
    assert day_of(month, far.date()).run_km


def test_days_after_the_last_one_read_are_unknown_until_today(four_months: Home) -> None:
    today = SAMPLE_LAST_DAY + timedelta(days=3)
    version = store.published_version(four_months)
    month = calendar_month(four_months, version, month_start(SAMPLE_LAST_DAY), today)
    last, *later = (day_of(month, SAMPLE_LAST_DAY + timedelta(days=n)) for n in range(4))
    assert [day.is_unknown for day in (last, *later)] == [False, True, True, False]
    assert month.unknown_count == 2


def test_what_is_logged_counts_at_once(four_months: Home, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    shutil.copytree(four_months.folder, home.folder, symlinks=True)
    settled_here(home)
    day = SAMPLE_LAST_DAY + timedelta(days=1)
    entries.give_score(home, 7, Moment(day, None))
    entries.did(home, "Y1", Moment(day, None))
    month = calendar_month(home, store.published_version(home), date(2026, 5, 1), day)
    today = day_of(month, day)
    assert (today.score, len(today.done), today.coverage) == (7, 1, None)
    assert month.known_to == day


def test_a_score_withdrawn_since_the_refresh_counts_no_more(tmp_path: Path) -> None:
    home = home_at(tmp_path / "home")
    home.settings_file.write_text('time_zone = "UTC"\n', encoding="utf-8")
    kept, undone = TODAY - timedelta(days=1), TODAY
    for day in (kept, undone):
        logged = entries.give_score(
            home, 4, Moment(day, datetime.combine(day, time(0, 1), UTC)), part_of_day="evening"
        )
    refreshed(home)
    version = store.published_version(home)
    assert len(store.answer(version, "scored_days")) == 2
    entries.withdraw(home, logged.entry_id)
    scores = known(home, version, kept, undone, TODAY).scores
    assert scores == {kept: 4.0}


def test_a_red_flag_is_marked_on_its_day(four_months: Home, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    shutil.copytree(four_months.folder, home.folder, symlinks=True)
    settled_here(home)
    entries.give_score(home, 3, Moment(APRIL, None), red_flags=("fever",))
    flagged = [day.day for day in april(home).days if day.is_flagged]
    assert APRIL in flagged


def test_tosses_made_are_shown_and_none_to_come(tmp_path: Path) -> None:
    home = home_at(tmp_path / "home")
    home.settings_file.write_text('time_zone = "UTC"\n', encoding="utf-8")
    first = TODAY - timedelta(days=2)
    trials.plan(home, "cat-cow", first, 24)
    trials.start(home, first)
    for number in range(2):
        day = first + timedelta(days=number)
        entries.give_score(home, 4, Moment(day, datetime.combine(day, time(0, 1), UTC)))
        trials.toss(home, day)
    entries.give_score(home, 4, Moment(TODAY, datetime.combine(TODAY, time(0, 1), UTC)))
    refreshed(home)
    [file] = home.sealed_seeds.iterdir()
    seed = file.read_text(encoding="ascii").strip()
    version = store.published_version(home)
    months = [calendar_month(home, version, month_start(TODAY, n), TODAY) for n in (-1, 0)]
    tossed = {
        day.day: day.coin.toss.is_assigned for month in months for day in month.days if day.coin
    }
    assert tossed == dict(
        zip(
            [first, first + timedelta(days=1)],
            schedule(seed, 2)["is_assigned"].to_list(),
            strict=True,
        )
    )
    assert seed not in repr(months)
