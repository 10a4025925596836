"""A session without heart rate or rating has a load: an estimate from its minutes, marked."""

import pytest

from tests.features.conftest import Home
from tightlog.features.day import measured_activities
from tightlog.features.load import LoadRule


def estimates(home: Home, rule: LoadRule = LoadRule.ESTIMATED) -> dict[str, float]:
    rows = measured_activities(home.inputs()).iter_rows(named=True)
    return {row["activity_id"]: row["load_au"] for row in rows if row["load_rule"] == rule}


def rated(home: Home, sport: str, rpes: list[float], sub_sport: str = "generic") -> None:
    for number, rpe in enumerate(rpes):
        home.did(number, sport, sub_sport, minutes=30.0, rpe=rpe)


def test_one_session_without_a_load_no_longer_hides_four_weeks(home: Home) -> None:
    for number in range(60):
        home.ran(number, minutes=60, rpe=None if number == 30 else 3.0)
    day = home.days()
    known = [day(number)["load_28d_au"] for number in range(27, 60)]
    assert known == pytest.approx([28 * 180.0] * 33)
    shares = [day(number)["load_28d_estimated_share_pct"] for number in (29, 30, 57, 58)]
    assert shares == pytest.approx([0.0, 100 / 28, 100 / 28, 0.0])
    assert [day(number)["load_estimated_au"] for number in (29, 30)] == [0.0, 180.0]
    assert [day(number)["load_estimated_share_pct"] for number in (29, 30)] == [0.0, 100.0]


def test_most_days_are_known_where_seven_of_ten_sessions_carry_heart_rate(home: Home) -> None:
    for number in range(200):
        home.ran(number, heart_rate_bpm=None if number % 10 in (2, 5, 8) else 145.0)
    day = home.days()
    days = [day(number)["load_28d_au"] for number in range(200)]
    assert None not in days[27:]


def test_the_estimate_is_minutes_times_the_median_of_the_sport(home: Home) -> None:
    rated(home, "running", [2.0, 3.0, 4.0, 5.0, 9.0])
    rated(home, "cycling", [1.0] * 5)
    run = home.did(9, "running", minutes=45.0)
    ride = home.did(9, "cycling", minutes=45.0)
    assert estimates(home) == {run: 45 * 4.0, ride: 45 * 1.0}


def test_four_sessions_of_a_sport_do_not_tell_what_is_usual(home: Home) -> None:
    rated(home, "cycling", [6.0] * 4)
    rated(home, "e_biking", [2.0] * 5)
    ride = home.did(9, "cycling", minutes=10.0)
    # Of the nine rides of both sports: five at 2, four at 6.
    assert estimates(home) == {ride: 20.0}
    home.did(9, "cycling", minutes=30.0, rpe=6.0)
    assert estimates(home) == {ride: 60.0}


def test_a_kind_of_which_four_sessions_are_known_is_taken_from_all_by_its_effort(
    home: Home,
) -> None:
    rated(home, "running", [8.8] * 9)
    rated(home, "cycling", [1.0] * 2)
    rated(home, "e_biking", [1.0] * 2)
    ride = home.did(9, "cycling", minutes=10.0)
    assert estimates(home) == {ride: pytest.approx(65.0)}


@pytest.mark.parametrize(
    ("sport", "sub_sport", "per_min"),
    [
        ("cycling", "generic", 6.5),
        ("swimming", "lap_swimming", 5.0),
        ("training", "strength_training", 2.5),
        ("training", "core_training", 2.8),
        ("training", "yoga", 1.5),
        ("walking", "generic", 2.5),
        ("hiking", "generic", 5.0),
        ("mountaineering", "generic", 5.0),
        ("surfing", "generic", 4.0),
    ],
)
def test_yoga_is_never_estimated_at_the_effort_of_a_run(
    home: Home, sport: str, sub_sport: str, per_min: float
) -> None:
    rated(home, "running", [8.8])
    session = home.did(9, sport, sub_sport, minutes=10.0)
    assert estimates(home) == {session: pytest.approx(10 * per_min)}


def test_a_run_is_estimated_from_yoga_by_its_effort(home: Home) -> None:
    rated(home, "training", [1.5], "yoga")
    run = home.did(9, "running", minutes=10.0)
    assert estimates(home) == {run: pytest.approx(88.0)}


def test_other_sports_are_not_one_kind(home: Home) -> None:
    rated(home, "walking", [1.0] * 8)
    session = home.did(9, "soccer", minutes=10.0)
    assert estimates(home) == {session: pytest.approx(10 * 1.0 / 2.5 * 4.0)}


def test_without_any_load_nothing_is_estimated(home: Home) -> None:
    home.ran(0)
    home.ran(1)
    assert estimates(home) == {}
    assert home.days()(1)["load_au"] is None


def test_a_session_of_unknown_length_counts_as_a_usual_one_of_its_sport(home: Home) -> None:
    for number, minutes in enumerate((20.0, 30.0, 40.0, 50.0, 90.0)):
        home.did(number, "running", minutes=minutes, rpe=3.0)
    rated(home, "cycling", [1.0] * 5)
    empty = home.did(9, "running", minutes=None)
    rule = LoadRule.ESTIMATED_LENGTH
    assert estimates(home, rule) == {empty: 40 * 3.0}
    day = home.days()(9)
    assert (day["load_au"], day["load_estimated_share_pct"]) == (120.0, 100.0)


def test_one_session_of_unknown_length_does_not_hide_four_weeks(home: Home) -> None:
    for number in range(60):
        home.ran(number, minutes=None if number == 30 else 60, rpe=None if number == 30 else 3.0)
    day = home.days()
    assert [day(number)["load_28d_au"] for number in range(27, 60)] == [28 * 180.0] * 33


def test_four_lengths_of_a_sport_and_kind_do_not_tell_a_usual_one(home: Home) -> None:
    rated(home, "running", [3.0] * 9)
    rated(home, "cycling", [1.0] * 4)
    ride = home.did(9, "cycling", minutes=None)
    assert estimates(home, LoadRule.ESTIMATED_LENGTH) == {}
    assert home.days()(9)["load_au"] is None
    rated(home, "e_biking", [1.0])
    assert estimates(home, LoadRule.ESTIMATED_LENGTH) == {ride: 30.0}


@pytest.mark.parametrize("minutes", [0.0, 1.9])
def test_a_session_under_two_minutes_neither_adds_nor_hides(home: Home, minutes: float) -> None:
    rated(home, "running", [3.0] * 9)
    home.did(8, "running", minutes=minutes)
    home.did(8, "running", minutes=minutes, rpe=9.0)
    assert estimates(home) == {}
    assert home.days()(8)["load_au"] == 90.0
    assert home.days()(8)["srpe_au"] == 90.0


def test_a_session_of_two_minutes_counts(home: Home) -> None:
    rated(home, "running", [3.0] * 9)
    short = home.did(9, "running", minutes=2.0)
    assert estimates(home) == {short: 6.0}


def test_what_is_usual_is_not_taken_from_sessions_under_two_minutes(home: Home) -> None:
    rated(home, "running", [3.0] * 5)
    for _ in range(6):
        home.did(6, "running", minutes=1.0, rpe=9.0)
    run = home.did(9, "running", minutes=10.0)
    assert estimates(home) == {run: 30.0}


def test_an_estimate_has_no_maximum_heart_rate_of_its_own(home: Home) -> None:
    home.ran(0, heart_rate_bpm=140.0)
    home.ran(1)
    measured, guessed = measured_activities(home.inputs()).iter_rows(named=True)
    assert measured["load_max_rule"] == "from_means"
    assert [guessed[name] for name in ("trimp_au", "load_max_bpm", "load_weights")] == [None] * 3


def test_the_load_of_a_sensor_that_stood_still_is_estimated(home: Home) -> None:
    for number in range(6):
        home.beat(home.ran(number, minutes=60), {140: 1800.0, 150: 1800.0})
    frozen = home.ran(6, minutes=60, heart_rate_bpm=95.0)
    home.beat(frozen, {95: 3600.0})
    rows = {row["activity_id"]: row for row in measured_activities(home.inputs()).to_dicts()}
    assert rows[frozen]["heart_rate_set_aside"] == "frozen"
    assert rows[frozen]["trimp_au"] is None
    assert rows[frozen]["load_au"] == pytest.approx(rows["a0000"]["load_au"])


def test_a_hardest_session_that_is_estimated_says_so(home: Home) -> None:
    rated(home, "running", [3.0] * 6)
    home.did(6, "running", minutes=60.0)
    home.did(6, "running", minutes=30.0, rpe=3.0)
    home.did(7, "running", minutes=60.0, rpe=5.0)
    home.did(7, "running", minutes=30.0)
    day = home.days()
    assert [day(number)["is_hardest_session_estimated"] for number in (5, 6, 7)] == [
        False, True, False,
    ]  # fmt: skip


def test_a_diary_rating_of_the_session_stands_instead_of_an_estimate(home: Home) -> None:
    rated(home, "swimming", [3.0] * 6)
    home.did(9, "swimming", minutes=45.0)
    home.logged(9, "X1", minutes=40.0)
    home.interventions[-1]["rpe"] = 6.0
    day = home.days()(9)
    assert (day["load_au"], day["load_estimated_au"]) == (240.0, 0.0)


def test_a_rest_day_holds_no_estimate(home: Home) -> None:
    rated(home, "running", [3.0] * 6)
    home.watched(0, 8)
    day = home.days()(8)
    assert (day["load_estimated_au"], day["load_estimated_share_pct"]) == (0.0, 0.0)
