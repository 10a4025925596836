def test_days_since_a_run_count_from_zero_and_start_with_the_first(home):
    home.watched(0, 10)
    home.ran(3)
    home.ran(6)
    day = home.days()
    assert [day(n)["since_run_d"] for n in range(9)] == [None, None, None, 0, 1, 2, 0, 1, 2]


def test_streak_counts_days_in_a_row_and_a_double_day_once(home):
    home.watched(0, 8)
    for number in (1, 2, 3, 5):
        home.ran(number)
    home.ran(3, hour=18)
    day = home.days()
    assert [day(n)["run_streak_d"] for n in range(7)] == [0, 1, 2, 3, 0, 1, 0]


def test_streak_is_unknown_on_an_unknown_day(home):
    home.ran(0)
    home.ran(30)
    day = home.days()
    assert (day(0)["run_streak_d"], day(15)["run_streak_d"], day(30)["run_streak_d"]) == (1, None, 1)
