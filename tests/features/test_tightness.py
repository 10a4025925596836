import pytest

from tests.features.conftest import Home


def outcome(home: Home, number: int = 0) -> tuple[float | None, str | None]:
    day = home.days()(number)
    return day["tightness_score"], day["tightness_moment"]


def test_first_timed_rating_before_the_run_is_the_outcome(home: Home) -> None:
    home.ran(0, hour=10)
    home.rated(0, 7, hour=12)
    home.rated(0, 4, hour=9)
    home.rated(0, 2, hour=7, moment="morning")
    assert outcome(home) == (2, "morning")


def test_a_rating_behind_the_first_run_of_the_day_never_counts(home: Home) -> None:
    home.ran(0, hour=6)
    home.ran(0, hour=18)
    home.rated(0, 7, hour=12)
    home.rated(0, 6, hour=6)
    home.rated(0, 5, hour=12.5, moment="before")
    assert outcome(home) == (None, None)


@pytest.mark.parametrize("moment", ["during", "after"])
def test_a_rating_of_exercise_never_counts(home: Home, moment: str) -> None:
    home.rated(0, 7, hour=6, moment=moment)
    home.rated(0, 8, moment=moment)
    home.ran(0, hour=9)
    assert outcome(home) == (None, None)


def test_a_timed_rating_without_moment_is_before_when_a_run_follows(home: Home) -> None:
    home.ran(0, hour=10)
    home.rated(0, 3, hour=7)
    home.rated(1, 4, hour=7)
    assert outcome(home, 0) == (3, "before")
    assert outcome(home, 1) == (4, None)


def test_a_date_only_rating_is_assumed_to_be_of_the_morning(home: Home) -> None:
    home.ran(0)
    home.rated(0, 3)
    assert outcome(home) == (3, "assumed_morning")


@pytest.mark.parametrize("moment", ["morning", "before"])
def test_an_untimed_rating_of_the_morning_or_before_counts_on_a_run_day(
    home: Home, moment: str
) -> None:
    home.ran(0)
    home.rated(0, 3, moment=moment)
    assert outcome(home) == (3, moment)


def test_an_untimed_evening_counts_only_without_a_run(home: Home) -> None:
    home.ran(0)
    home.rated(0, 3, moment="evening")
    home.rated(1, 5, moment="evening")
    assert outcome(home, 0) == (None, None)
    assert outcome(home, 1) == (5, "evening")


def test_the_morning_goes_before_the_evening_whatever_the_order_of_entry(home: Home) -> None:
    home.rated(0, 5, moment="evening")
    home.rated(0, 2, moment="morning")
    assert outcome(home) == (2, "morning")


def test_a_zero_is_a_score_and_a_day_without_one_is_null(home: Home) -> None:
    home.rated(0, 0, hour=7)
    home.rated(2, 3, hour=7)
    day = home.days()
    assert [day(n)["tightness_score"] for n in range(3)] == [0, None, 3]


def test_medians_need_three_and_seven_scores_and_include_the_day(home: Home) -> None:
    for number, score in enumerate([1, 5, 3, 8, 8, 8, 8, 8]):
        home.rated(number, score, hour=7)
    day = home.days()
    assert [day(n)["tightness_7d_median"] for n in range(4)] == [None, None, 3, 4]
    assert day(5)["tightness_28d_median"] is None
    assert day(6)["tightness_28d_median"] == 8
    assert day(6)["scored_28d_count"] == 7


def test_scored_days_leave_the_count_after_twenty_eight(home: Home) -> None:
    home.watched(0, 40)
    home.rated(0, 3, hour=7)
    home.rated(10, 3, hour=7)
    day = home.days()
    assert (
        day(27)["scored_28d_count"],
        day(28)["scored_28d_count"],
        day(38)["scored_28d_count"],
    ) == (2, 1, 0)


def test_logging_rate_counts_from_the_first_score_ever(home: Home) -> None:
    home.watched(0, 60)
    for number in (10, 11, 13, 30):
        home.rated(number, 3, hour=7)
    day = home.days()
    assert [day(n)["logging_rate_28d_pct"] for n in (9, 10, 11, 12, 13)] == [
        None,
        100,
        100,
        pytest.approx(200 / 3),
        75,
    ]
    # Days 11 … 38 hold 3 scores, days 31 … 58 none.
    assert day(38)["logging_rate_28d_pct"] == pytest.approx(300 / 28)
    assert day(58)["logging_rate_28d_pct"] == 0.0


def test_nothing_ever_scored_is_no_logging_rate_of_zero(home: Home) -> None:
    home.ran(0)
    assert home.days()(0)["logging_rate_28d_pct"] is None
