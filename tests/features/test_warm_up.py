from tests.features.conftest import Home


def test_share_of_runs_on_days_with_a_warm_up_by_hand(home: Home) -> None:
    home.watched(0, 60)
    for number in (0, 4, 10, 12, 20, 30, 38, 50):
        home.ran(number)
    home.ran(12, hour=18)
    for number in (10, 12, 30):
        home.logged(number, "G1")
    day = home.days()
    assert day(9)["warm_up_28d_pct"] is None
    assert day(10)["warm_up_28d_pct"] == 100.0
    # Runs of days 10, 12 (two), 20, 30; warmed those of 10, 12, 30.
    assert day(30)["warm_up_28d_pct"] == 80.0
    # Days 12 … 39: runs of 12 (two), 20, 30, 38; days 30 … 57: those of 30, 38, 50.
    assert day(39)["warm_up_28d_pct"] == 60.0
    assert day(57)["warm_up_28d_pct"] == 100 / 3


def test_a_warm_up_never_logged_is_not_watched(home: Home) -> None:
    home.watched(0, 40)
    for number in range(40):
        home.ran(number)
        home.logged(number, "G2")
    assert home.days()(39)["warm_up_28d_pct"] is None


def test_a_warm_up_logged_twice_a_day_counts_once_and_one_without_a_run_warms_nothing(
    home: Home,
) -> None:
    home.watched(0, 10)
    home.logged(0, "G1")
    home.logged(2, "G1")
    home.logged(2, "G1")
    home.ran(2)
    home.ran(3)
    day = home.days()
    assert [day(number)["warm_up_28d_pct"] for number in (0, 1, 2, 3)] == [None, None, 100.0, 50.0]


def test_an_unknown_day_since_the_first_warm_up_makes_the_share_unknown(home: Home) -> None:
    home.ran(0)
    home.logged(0, "G1")
    home.ran(20)
    home.watched(21, 60)
    day = home.days()
    assert day(0)["warm_up_28d_pct"] == 100.0
    # Day 19 is the last unknown one.
    assert (day(46)["warm_up_28d_pct"], day(47)["warm_up_28d_pct"]) == (None, 0.0)
