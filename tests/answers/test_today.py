"""The reminder of Today: from the third day on, never before, and with the year only when it is
another.
"""

from datetime import date, timedelta

import pytest

from tightlog.answers.today import reminder
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
