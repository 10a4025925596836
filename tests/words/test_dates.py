"""Days and times in words."""

from datetime import UTC, date, datetime

from tightlog.language.choice import GERMAN, spoken
from tightlog.words.chart_locale import chart_locale
from tightlog.words.dates import date_words, moment_words, short_date, short_weekday
from tightlog.words.patterns import SENTENCE_ENDS


def test_a_point_in_time_has_its_weekday_and_no_leading_zero() -> None:
    assert moment_words(datetime(2026, 5, 3, 6, 5, tzinfo=UTC)) == "Sunday 3 May 2026, 06:05"


def test_german_days_have_a_point_that_ends_no_sentence() -> None:
    with spoken(GERMAN):
        assert moment_words(datetime(2026, 3, 3, 6, 5, tzinfo=UTC)) == (
            "Dienstag, 3.\u00a0März 2026, 06:05"
        )
        day = date(2026, 5, 3)
        assert (short_weekday(day), short_date(day)) == ("So", "3.\u00a0Mai")
        assert not SENTENCE_ENDS.search(f"am {date_words(day)}")


def test_charts_write_german_numbers_and_months() -> None:
    assert chart_locale() == {}
    with spoken(GERMAN):
        locale = chart_locale()["locale"]
    assert (locale["number"]["decimal"], locale["number"]["thousands"]) == (",", ".")
    assert locale["time"]["days"][0] == "Sonntag" and locale["time"]["shortMonths"][9] == "Okt"
