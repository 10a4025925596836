from tests.features.conftest import Home
from tightlog.features.day import day_features


def test_metres_of_the_shoe_grow_with_each_run_in_it(home: Home) -> None:
    home.watched(0, 6)
    home.ran(0, km=10, shoe="Old")
    home.ran(1, km=8, shoe="New")
    home.ran(3, km=12, shoe="Old")
    home.did(4, "walking", distance_m=5000.0, shoe="Old")
    home.ran(5, km=1, shoe="Old")
    day = home.days()
    assert [day(number)["shoe_distance_m"] for number in range(6)] == [
        10_000,
        8_000,
        None,
        22_000,
        None,
        23_000,
    ]


def test_the_longest_run_says_which_shoe_and_later_runs_of_the_day_are_not_in_it(
    home: Home,
) -> None:
    home.ran(0, km=5, hour=18, shoe="Old")
    home.ran(0, km=9, hour=12, shoe="Old")
    home.ran(0, km=3, hour=7, shoe="New")
    assert home.days()(0)["shoe_distance_m"] == 9_000


def test_without_a_named_shoe_or_a_distance_nothing_is_said(home: Home) -> None:
    home.ran(0)
    home.ran(1, km=None, shoe="Old")
    home.ran(1, km=5, shoe="Old", hour=18)
    home.ran(2, km=6, shoe="Old")
    home.ran(3, km=10)
    home.ran(3, km=2, shoe="Old", hour=18)
    day = home.days()
    assert [day(number)["shoe_distance_m"] for number in range(4)] == [None, None, 11_000, None]


def test_shoes_are_counted_from_the_first_run_whatever_the_order_of_rows(home: Home) -> None:
    home.ran(7, km=7, shoe="Old")
    home.ran(0, km=10, shoe="Old")
    assert day_features(home.inputs())["shoe_distance_m"].drop_nulls().to_list() == [10_000, 17_000]


def test_metres_at_the_start_count_once_for_each_pair(home: Home) -> None:
    home.ran(0, km=10, shoe="Old", shoe_start_m=500_000.0)
    home.ran(1, km=8, shoe="New", shoe_start_m=0.0)
    home.ran(2, km=12, shoe="Old", shoe_start_m=500_000.0)
    day = home.days()
    assert [day(number)["shoe_distance_m"] for number in range(3)] == [510_000, 8_000, 522_000]
