import pytest

from tests.features.conftest import Home
from tightlog.features.day import day_features


def downhill_run(
    home: Home,
    number: int,
    steep: int,
    flat: int = 20,
    has_barometer: bool | None = True,
    hour: float = 10.0,
) -> str:
    run = home.ran(number, hour=hour, has_barometer=has_barometer)
    home.half_minutes(run, flat, speed_mps=3.0, grade=-0.049)
    home.half_minutes(run, steep, starts_s=30.0 * flat, speed_mps=3.0, grade=-0.05)
    return run


def test_minutes_of_steep_descent_are_summed_over_the_day(home: Home) -> None:
    downhill_run(home, 0, steep=7)
    downhill_run(home, 0, steep=4, hour=17.0)
    assert home.days()(0)["steep_descent_min"] == pytest.approx(5.5)


def test_a_recorded_day_without_a_descent_has_zero_and_an_unknown_day_none(home: Home) -> None:
    downhill_run(home, 0, steep=0)
    home.rated(2, 1)
    downhill_run(home, 40, steep=2)
    day = home.days()
    assert [day(number)["steep_descent_min"] for number in (0, 1, 20, 40)] == [0.0, 0.0, None, 1.0]


def test_without_a_barometer_or_an_altitude_nothing_is_said(home: Home) -> None:
    downhill_run(home, 0, steep=7, has_barometer=None)
    downhill_run(home, 1, steep=7)
    home.ran(1, hour=17.0, has_barometer=True)
    day = home.days()
    assert [day(number)["steep_descent_min"] for number in (0, 1)] == [None, None]


def test_a_cliff_is_an_error_of_the_altitude(home: Home) -> None:
    run = downhill_run(home, 0, steep=2)
    home.half_minutes(run, 4, starts_s=900.0, speed_mps=3.0, grade=-0.8)
    assert day_features(home.inputs())["steep_descent_min"][0] == 1.0
