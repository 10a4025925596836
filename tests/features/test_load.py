from math import exp

import pytest

from tests.features.conftest import Home, Row
from tightlog.features.day import hearts_of
from tightlog.features.hearts.heart_rate_trust import TRUST_COLUMNS
from tightlog.features.hearts.trimp import Runner
from tightlog.features.load import (
    LOAD_COLUMNS,
    OF_ACTIVITY,
    LoadRule,
    activity_load,
)

KNOWN_MAN = Runner("male", 190.0, 50.0)


def loads(home: Home) -> dict[str, Row]:
    inputs = home.inputs()
    frame = activity_load(inputs.activities, hearts_of(inputs), inputs.runner)
    assert frame.columns == ["activity_id", *OF_ACTIVITY]
    return {row["activity_id"]: row for row in frame.iter_rows(named=True)}


def test_trimp_of_samples_by_hand_for_a_man(home: Home) -> None:
    home.runner = KNOWN_MAN
    run = home.ran(0, minutes=30)
    home.beat(run, {120: 600.0, 162: 1200.0})
    # Reserve 70/140 = .5 for 10 min and 112/140 = .8 for 20 min.
    by_hand = 10 * 0.5 * 0.64 * exp(1.92 * 0.5) + 20 * 0.8 * 0.64 * exp(1.92 * 0.8)
    assert loads(home)[run]["load_au"] == pytest.approx(by_hand, abs=1e-9)
    assert by_hand == pytest.approx(8.3574 + 47.5747, abs=1e-3)
    assert [loads(home)[run][name] for name in LOAD_COLUMNS[1:]] == [
        "trimp_samples",
        190.0,
        "given",
        50.0,
        "given",
        "men",
    ]


def test_trimp_of_samples_by_hand_for_a_woman(home: Home) -> None:
    home.runner = Runner("female", 190.0, 50.0)
    run = home.ran(0, minutes=30)
    home.beat(run, {120: 600.0, 162: 1200.0})
    by_hand = 10 * 0.5 * 0.86 * exp(1.67 * 0.5) + 20 * 0.8 * 0.86 * exp(1.67 * 0.8)
    assert loads(home)[run]["trimp_au"] == pytest.approx(by_hand, abs=1e-9)
    assert by_hand == pytest.approx(9.9107 + 52.3403, abs=1e-3)
    assert loads(home)[run]["load_weights"] == "women"


def test_trimp_of_a_mean_heart_rate_by_hand_for_a_woman(home: Home) -> None:
    home.runner = Runner("female", 190.0, 50.0)
    run = home.ran(0, minutes=40, heart_rate_bpm=134.0)
    assert loads(home)[run]["load_au"] == pytest.approx(40 * 0.6 * 0.86 * exp(1.67 * 0.6), abs=1e-9)
    assert loads(home)[run]["load_rule"] == LoadRule.TRIMP_MEAN


def test_samples_weigh_more_than_their_mean(home: Home) -> None:
    home.runner = KNOWN_MAN
    sampled = home.ran(0, minutes=60, heart_rate_bpm=140.0)
    home.beat(sampled, {100: 1800.0, 180: 1800.0})
    mean = home.ran(1, minutes=60, heart_rate_bpm=140.0)
    assert loads(home)[sampled]["load_au"] > 1.1 * loads(home)[mean]["load_au"]


def test_samples_of_part_of_the_run_are_never_taken_for_the_whole(home: Home) -> None:
    home.runner = KNOWN_MAN
    most = home.ran(0, minutes=60, heart_rate_bpm=134.0)
    home.beat(most, {133: 1200.0, 135: 1200.0})
    little = home.ran(1, minutes=60, heart_rate_bpm=134.0)
    home.beat(little, {133: 300.0, 135: 300.0})
    by_hand = 60 * 0.6 * 0.64 * exp(1.92 * 0.6)
    assert loads(home)[most]["load_au"] == pytest.approx(by_hand, abs=1e-9)
    assert loads(home)[little]["trimp_au"] is None
    assert loads(home)[little]["load_rule"] == LoadRule.ESTIMATED


def test_heart_rate_outside_the_reserve_is_bounded(home: Home) -> None:
    home.runner = KNOWN_MAN
    run = home.ran(0, minutes=20)
    home.beat(run, {40: 600.0, 210: 600.0})
    assert loads(home)[run]["load_au"] == pytest.approx(10 * 0.64 * exp(1.92), abs=1e-9)


def test_a_missing_heart_rate_counts_as_missing_not_as_rest(home: Home) -> None:
    home.runner = KNOWN_MAN
    run = home.ran(0, minutes=20)
    home.beat(run, {0: 1200.0})
    assert loads(home)[run]["load_au"] is None


def test_session_rpe_where_the_home_has_no_heart_rate(home: Home) -> None:
    run = home.ran(0, minutes=50, rpe=6.0)
    unrated = home.ran(1, minutes=50)
    assert loads(home)[run] == {
        "activity_id": run,
        "trimp_au": None,
        "srpe_au": 300.0,
        "load_au": 300.0,
        "load_rule": "srpe",
        **dict.fromkeys((*LOAD_COLUMNS[2:], *TRUST_COLUMNS)),
    }
    assert loads(home)[unrated]["srpe_au"] is None


def test_both_scales_stand_beside_the_one_the_home_is_measured_on(home: Home) -> None:
    home.runner = KNOWN_MAN
    both = home.ran(0, minutes=60, heart_rate_bpm=134.0, rpe=4.0)
    only_rated = home.ran(1, minutes=30, rpe=5.0)
    trimp = 60 * 0.6 * 0.64 * exp(1.92 * 0.6)
    assert (
        loads(home)[both]["trimp_au"]
        == loads(home)[both]["load_au"]
        == pytest.approx(trimp, abs=1e-9)
    )
    assert loads(home)[both]["srpe_au"] == 240.0
    rated = loads(home)[only_rated]
    assert (rated["trimp_au"], rated["srpe_au"]) == (None, 150.0)
    assert rated["load_au"] == pytest.approx(trimp / 2, abs=1e-9)


@pytest.mark.parametrize("rpe", [-1.0, 10.5, 65.0])
def test_a_rating_off_the_scale_is_no_rating(home: Home, rpe: float) -> None:
    run = home.ran(0, minutes=60, rpe=rpe)
    assert loads(home)[run]["srpe_au"] is None


def test_heart_rate_of_an_activity_of_unknown_length_is_still_a_load(home: Home) -> None:
    home.runner = KNOWN_MAN
    run = home.ran(0, minutes=None)
    home.beat(run, {134: 1000.0, 120: 800.0})
    by_hand = 1000 * 0.6 * exp(1.92 * 0.6) + 800 * 0.5 * exp(1.92 * 0.5)
    assert loads(home)[run]["load_au"] == pytest.approx(by_hand * 0.64 / 60, abs=1e-9)


def test_scales_are_never_mixed_in_one_home(home: Home) -> None:
    home.runner = KNOWN_MAN
    with_heart_rate = [home.ran(number, minutes=60, heart_rate_bpm=140.0) for number in range(3)]
    with_rpe = [home.ran(number, minutes=60, rpe=5.0) for number in range(3, 6)]
    rules = loads(home)
    assert all(rules[run]["load_rule"].startswith("trimp") for run in with_heart_rate)
    assert {rules[run]["load_rule"] for run in with_rpe} == {LoadRule.ESTIMATED}
    usual = rules[with_heart_rate[0]]["load_au"]
    assert [rules[run]["load_au"] for run in with_rpe] == pytest.approx([usual] * 3)


def test_heart_rate_is_the_scale_when_it_covers_more_than_ratings_do(home: Home) -> None:
    home.runner = KNOWN_MAN
    beating = home.ran(0, minutes=40, heart_rate_bpm=140.0)
    rated = home.ran(1, minutes=30, rpe=5.0)
    home.ran(2, minutes=30)
    assert loads(home)[beating]["load_rule"].startswith("trimp")
    assert loads(home)[rated]["load_rule"] == LoadRule.ESTIMATED


def test_session_rpe_is_the_scale_when_heart_rate_is_rare(home: Home) -> None:
    home.runner = KNOWN_MAN
    rare = home.ran(0, minutes=60, heart_rate_bpm=140.0)
    rated = [home.ran(number, minutes=60, rpe=5.0) for number in range(1, 4)]
    rules = loads(home)
    assert rules[rare]["load_rule"] == LoadRule.ESTIMATED
    assert {rules[run]["load_au"] for run in rated} == {300.0}


def test_what_is_no_exercise_has_no_load(home: Home) -> None:
    home.runner = KNOWN_MAN
    home.ran(0, heart_rate_bpm=140.0)
    ride = home.did(0, "driving", heart_rate_bpm=80.0, rpe=2.0)
    assert set(loads(home)[ride].values()) == {ride, None}
