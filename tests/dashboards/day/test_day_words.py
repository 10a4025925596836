"""How a day's scores are called."""

from datetime import date, timedelta

from dashboards.day.day_words import after_tile, morning_tile
from tightlog.answers.days.known import mornings_around


def test_scores_of_the_evening_are_called_no_mornings() -> None:
    day = date(2026, 5, 4)
    scores = {day: 2.0, day + timedelta(days=1): 5.0}
    around = mornings_around(scores, day, is_rated_in_evening=True)
    tiles = [morning_tile(around), after_tile(around, is_to_come=False)]
    assert [name for _, name, _ in tiles] == ["That day", "The day after"]
    assert tiles[1][2] == "of 10, 3 more than that day"
    assert mornings_around(scores, day).part == "morning"
