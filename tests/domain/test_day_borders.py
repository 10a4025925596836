"""The first and the last day a diary can speak of, at their borders."""

from datetime import UTC, date, datetime

import pytest

from tightlog.domain.clocks import last_day, outside_words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(1989, 12, 31), "lies before 1990"),
        (date(1990, 1, 1), None),
        (date(2026, 5, 5), None),
        (date(2026, 5, 6), "lies in the future"),
    ],
)
def test_days_are_known_from_1990_to_the_last(day: date, words: str | None) -> None:
    assert outside_words(day, last=date(2026, 5, 5)) == words


@pytest.mark.parametrize(
    ("now", "last"),
    [
        (datetime(2026, 5, 4, 9, 59, tzinfo=UTC), date(2026, 5, 5)),
        (datetime(2026, 5, 4, 10, 0, tzinfo=UTC), date(2026, 5, 6)),
    ],
)
def test_last_day_is_tomorrow_where_a_day_begins_first(now: datetime, last: date) -> None:
    # Kiritimati is 14 h ahead of UTC: its 5 May begins at 10:00 UTC on 4 May.
    assert last_day(now=now) == last
    assert last_day(UTC, now) == date(2026, 5, 5)
