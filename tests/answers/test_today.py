"""The reminder of Today: from the third day on, never before, and with the year only when it is
another.
"""

from datetime import date, timedelta

import pytest

from tightlog.answers.today import no_run_lately, reminder
from tightlog.domain.diary import TightnessScore

SUNDAY = date(2026, 11, 22)


def scored(day: date) -> TightnessScore:
    return TightnessScore("a", day, 3.0, None)


def test_three_days_without_a_score_are_said_with_their_weekday() -> None:
    assert (
        reminder(scored(date(2026, 11, 19)), SUNDAY)
        == "No score since Thursday 19 November. A gap does no harm; a score today helps."
    )


def test_another_year_is_named() -> None:
    assert "since Wednesday 31 December 2025." in (
        reminder(scored(date(2025, 12, 31)), date(2026, 1, 5)) or ""
    )


@pytest.mark.parametrize("age_d", [-1, 0, 1, 2])
def test_two_days_are_no_reason_to_remind(age_d: int) -> None:
    assert reminder(scored(SUNDAY - timedelta(days=age_d)), SUNDAY) is None


def test_who_never_scored_is_not_reminded() -> None:
    assert reminder(None, SUNDAY) is None


@pytest.mark.parametrize(("age_d", "is_told"), [(0, False), (14, False), (15, True)])
def test_two_weeks_without_a_run_are_said(age_d: int, is_told: bool) -> None:
    told = no_run_lately(SUNDAY - timedelta(days=age_d), SUNDAY)
    assert told == (
        "No run file since 7 November 2026: nothing can be said about your running."
        if is_told
        else None
    )


def test_who_has_no_run_file_is_told_so() -> None:
    assert no_run_lately(None, SUNDAY) == "No run file yet: nothing can be said about your running."
