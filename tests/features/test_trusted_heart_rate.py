"""A part of a run whose heart rate is no heart's enters no load: the rest stands for it."""

from collections.abc import Callable

import pytest

from tests.features.conftest import Home, Row
from tightlog.features.day import hearts_of
from tightlog.features.hearts.trimp import Runner
from tightlog.features.hearts.trusted_heart_rate import trusted_seconds
from tightlog.features.load import LoadRule, activity_load

RUNNER = Runner("male", 190.0, 50.0)
MINUTES, WINDOWS = 60, 120


def loads(home: Home) -> dict[str, Row]:
    home.runner = RUNNER
    inputs = home.inputs()
    frame = activity_load(inputs.activities, hearts_of(inputs), inputs.runner)
    return {row["activity_id"]: row for row in frame.iter_rows(named=True)}


def easy(index: int) -> float:
    """Half-minutes of a heart: no two alike."""
    return 138.25 + index % 2 * 3


def ran(
    home: Home,
    bpm: Callable[[int], float],
    cadence_spm: Callable[[int], float] | float = 172.0,
    speed_mps: float = 3.0,
) -> str:
    """A run of an hour with these half-minutes, and as many seconds at each heart rate."""
    run = home.ran(len(home.activities), minutes=MINUTES)
    home.half_minutes(
        run, WINDOWS, heart_rate_bpm=bpm, cadence_spm=cadence_spm, speed_mps=speed_mps
    )
    seconds: dict[int, float] = {}
    for index in range(WINDOWS):
        seconds[round(bpm(index))] = seconds.get(round(bpm(index)), 0.0) + 30.0
    home.beat(run, seconds)
    return run


@pytest.mark.parametrize("count", [30, 60])
def test_a_value_that_stood_still_for_a_part_is_left_out(home: Home, count: int) -> None:
    whole = ran(home, easy)
    held = ran(home, lambda index: 95.0 if index < count else easy(index))
    found = loads(home)
    assert found[whole]["load_rule"] == LoadRule.TRIMP_SAMPLES
    assert found[held]["load_rule"] == LoadRule.TRIMP_PART
    assert found[held]["trimp_au"] == pytest.approx(found[whole]["trimp_au"])


def test_more_than_half_left_out_is_estimated_from_minutes(home: Home) -> None:
    whole = [ran(home, easy) for _ in range(5)]
    held = ran(home, lambda index: 95.0 if index < 61 else easy(index))
    found = loads(home)
    assert found[held]["trimp_au"] is None
    assert found[held]["load_rule"] == LoadRule.ESTIMATED
    assert found[held]["load_au"] == pytest.approx(found[whole[0]]["load_au"])


@pytest.mark.parametrize(("count", "is_part"), [(10, True), (9, False)])
def test_less_than_five_minutes_alike_may_be_a_heart(home: Home, count: int, is_part: bool) -> None:
    run = ran(home, lambda index: 140.0 if index < count else easy(index))
    inputs = home.inputs()
    trusted = trusted_seconds(inputs.run_windows, inputs.heart_rate_seconds, [])
    assert trusted["is_part"].unique().to_list() == [is_part]
    assert trusted["seconds"].sum() == 3600.0 - 30.0 * count * is_part
    assert loads(home)[run]["load_rule"] == ("trimp_part" if is_part else "trimp_samples")


def test_means_that_are_alike_and_no_whole_number_did_not_stand_still(home: Home) -> None:
    run = ran(home, lambda index: 140.4 if index < 60 else easy(index))
    assert loads(home)[run]["load_rule"] == LoadRule.TRIMP_SAMPLES


def stepped(index: int) -> float:
    """Steps counted as beats for a third of the run."""
    return 171.0 + index % 3 if 20 <= index < 60 else easy(index)


def test_steps_counted_as_beats_are_left_out(home: Home) -> None:
    whole = [ran(home, easy) for _ in range(5)]
    stepping = ran(home, stepped)
    found = loads(home)
    assert found[stepping]["load_rule"] == LoadRule.TRIMP_PART
    assert found[stepping]["trimp_au"] == pytest.approx(found[whole[0]]["trimp_au"])


@pytest.mark.parametrize(
    ("others_bpm", "count", "is_part"),
    [(140.0, 4, True), (165.0, 4, False), (161.0, 4, True), (140.0, 3, False)],
)
def test_a_heart_as_fast_as_the_legs_counts_where_it_usually_is(
    home: Home, others_bpm: float, count: int, is_part: bool
) -> None:
    for _ in range(count):
        ran(home, lambda index: others_bpm + index % 2 * 3 - 1.5, cadence_spm=180.0)
    fast = ran(home, lambda index: 171.0 + index % 3 if index >= 80 else 120.0 + index % 2)
    rule = LoadRule.TRIMP_PART if is_part else LoadRule.TRIMP_SAMPLES
    assert loads(home)[fast]["load_rule"] == rule


def test_a_heart_that_meets_the_cadence_on_its_way_up_counts(home: Home) -> None:
    for _ in range(5):
        ran(home, easy)
    # Hard from the first minute: five minutes at the cadence, then above it.
    hard = ran(home, lambda index: 171.0 + index % 3 if index < 10 else 180.0 + index % 3)
    assert loads(home)[hard]["load_rule"] == LoadRule.TRIMP_SAMPLES


def rode(home: Home, still: float, values: int = 40) -> str:
    """An hour's ride, this share of it at 95 beats/min and the rest over many heart rates."""
    ride = home.did(len(home.activities), "cycling", minutes=MINUTES)
    rest_s = (1 - still) * 60 * MINUTES / values
    home.beat(ride, {95: still * 60 * MINUTES, **{120 + bpm: rest_s for bpm in range(values)}})
    return ride


def test_of_a_ride_a_heart_rate_that_fills_more_time_than_a_heart_s_stood_still(
    home: Home,
) -> None:
    plain, natural, held, most = (rode(home, still) for still in (0.0, 0.39, 0.41, 0.6))
    found = loads(home)
    assert found[natural]["load_rule"] == LoadRule.TRIMP_SAMPLES
    assert found[held]["load_rule"] == LoadRule.TRIMP_PART
    assert found[held]["trimp_au"] == pytest.approx(found[plain]["trimp_au"])
    assert found[most]["load_rule"] == LoadRule.ESTIMATED


@pytest.mark.parametrize(("values", "is_part"), [(9, False), (10, True)])
def test_few_heart_rates_are_no_sensor_that_stood_still(
    home: Home, values: int, is_part: bool
) -> None:
    ride = rode(home, 0.45, values)
    assert (loads(home)[ride]["load_rule"] == LoadRule.TRIMP_PART) is is_part
