"""Red flags at their borders: the score that raises one, and how long one from a file blocks."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tightlog.domain.diary import TightnessScore
from tightlog.journal.red_flag_spans import imported_spans
from tightlog.journal.signs import signs_of

DAY = date(2026, 5, 4)


def score(value: float, day: date = DAY) -> TightnessScore:
    at = datetime(day.year, day.month, day.day, 6, tzinfo=UTC)
    return TightnessScore(entry_id=day.isoformat(), rated_at=at, day=day, score=value, source="csv")


@pytest.mark.parametrize(("value", "is_flag"), [(8.0, True), (7.9, False)])
def test_a_score_of_eight_is_a_red_flag(value: float, is_flag: bool) -> None:
    assert bool(signs_of((), DAY, value)) is is_flag


def test_an_imported_red_flag_blocks_for_seven_days() -> None:
    (span,) = imported_spans([score(9.0)])
    assert span.cleared_on == DAY + timedelta(days=7)


@pytest.mark.parametrize(("later_d", "blocks_d"), [(3, 3), (7, 7), (8, 7)])
def test_a_calm_score_ends_an_imported_red_flag_before_that(later_d: int, blocks_d: int) -> None:
    first, *_ = imported_spans([score(9.0), score(2.0, DAY + timedelta(days=later_d))])
    assert first.cleared_on == DAY + timedelta(days=blocks_d)
