"""Days and times in English words."""

from datetime import UTC, datetime

from tightlog.words.dates import moment_words


def test_a_point_in_time_has_its_weekday_and_no_leading_zero() -> None:
    assert moment_words(datetime(2026, 5, 3, 6, 5, tzinfo=UTC)) == "Sunday 3 May 2026, 06:05"
