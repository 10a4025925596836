from tests.features.conftest import Home


def test_days_since_a_run_count_from_zero_and_start_with_the_first(home: Home) -> None:
    home.watched(0, 10)
    home.ran(3)
    home.ran(6)
    day = home.days()
    assert [day(n)["since_run_d"] for n in range(9)] == [None, None, None, 0, 1, 2, 0, 1, 2]


def test_streak_counts_days_in_a_row_and_a_double_day_once(home: Home) -> None:
    home.watched(0, 8)
    for number in (1, 2, 3, 5):
        home.ran(number)
    home.ran(3, hour=18)
    day = home.days()
    assert [day(n)["run_streak_d"] for n in range(7)] == [0, 1, 2, 3, 0, 1, 0]


def test_streak_is_unknown_on_an_unknown_day(home: Home) -> None:
    home.ran(0)
    home.ran(30)
    day = home.days()
    assert (day(0)["run_streak_d"], day(15)["run_streak_d"], day(30)["run_streak_d"]) == (
        1,
        None,
        1,
    )


def test_rest_days_of_a_week_and_four_are_counted_by_hand(home: Home) -> None:
    home.watched(0, 40)
    for number in (0, 2, 4, 30):
        home.ran(number)
    home.did(3, "swimming")
    home.logged(6, "C1", minutes=5)
    day = home.days()
    # Days 0 … 6: exercise on 0, 2, 3, 4, 6; days 3 … 30: on 3, 4, 6, 30.
    assert (
        day(5)["rest_days_7d_count"],
        day(6)["rest_days_7d_count"],
        day(7)["rest_days_7d_count"],
    ) == (None, 2, 3)
    assert (
        day(26)["rest_days_28d_count"],
        day(27)["rest_days_28d_count"],
        day(30)["rest_days_28d_count"],
    ) == (None, 23, 24)
    assert [day(n)["exercise_streak_d"] for n in range(8)] == [1, 0, 1, 2, 3, 0, 1, 0]


def test_stretching_yoga_and_what_is_no_exercise_leave_a_rest_day(home: Home) -> None:
    home.watched(0, 7)
    home.ran(0)
    home.logged(1, "S1", minutes=5)
    home.logged(2, "X6", minutes=30)
    home.did(3, "training", "yoga")
    home.did(4, "driving")
    home.logged(5, "M1")
    home.did(6, "walking")
    day = home.days()
    assert day(6)["rest_days_7d_count"] == 5
    assert [day(n)["exercise_streak_d"] for n in range(7)] == [1, 0, 0, 0, 0, 0, 1]


def test_unknown_days_are_no_rest_days(home: Home) -> None:
    home.ran(0)
    home.ran(20)
    home.watched(21, 30)
    day = home.days()
    assert (day(10)["rest_days_7d_count"], day(10)["exercise_streak_d"]) == (None, None)
    assert (day(25)["rest_days_7d_count"], day(26)["rest_days_7d_count"]) == (None, 6)


def test_rest_is_unknown_before_any_activity_was_recorded(home: Home) -> None:
    home.watched(0, 60)
    home.logged(5, "C1")
    home.ran(40)
    day = home.days()
    assert (
        day(5)["rest_days_7d_count"],
        day(20)["exercise_streak_d"],
        day(39)["rest_days_7d_count"],
    ) == (None, None, 7)
