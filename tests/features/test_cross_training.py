import polars as pl
import pytest

from tests.features.conftest import Home
from tightlog.features.cross_training import kind, seen_interventions
from tightlog.features.hearts.trimp import Runner


@pytest.mark.parametrize(
    ("sport", "sub_sport", "expected"),
    [
        ("running", "trail", "run"),
        ("running", "treadmill", "run"),
        ("running", None, "run"),
        ("swimming", "lap_swimming", "swim"),
        ("swimming", "open_water", "swim"),
        ("cycling", "road", "cycle"),
        ("cycling", "indoor_cycling", "cycle"),
        ("fitness_equipment", "indoor_cycling", "cycle"),
        ("training", "strength_training", "strength"),
        ("training", "core_training", "core"),
        ("training", "yoga", "mobility"),
        ("training", "pilates", "mobility"),
        ("training", "flexibility_training", "mobility"),
        ("training", "cardio_training", "other"),
        ("walking", "generic", "other"),
        ("hiking", None, "other"),
        ("rowing", "generic", "other"),
        ("a_sport_of_2030", "generic", "other"),
        ("driving", "generic", None),
        ("transition", "generic", None),
        ("training", "breathing", None),
    ],
)
def test_kind_of_fit_sports(sport: str, sub_sport: str | None, expected: str | None) -> None:
    frame = pl.DataFrame(
        {"sport": [sport], "sub_sport": [sub_sport]},
        schema={"sport": pl.String, "sub_sport": pl.String},
    )
    assert frame.select(kind(pl.col("sport"), pl.col("sub_sport"))).item() == expected


def test_minutes_go_to_their_kind_and_rest_is_zero_once_seen(home: Home) -> None:
    home.watched(0, 10)
    home.did(2, "swimming", "lap_swimming", minutes=40)
    home.did(3, "cycling", "road", minutes=90, distance_m=40_000.0)
    home.did(3, "walking", minutes=20)
    day = home.days()
    assert (
        day(3)["swim_min"],
        day(3)["cycle_min"],
        day(3)["other_min"],
        day(3)["cross_training_min"],
    ) == (0.0, 90.0, 20.0, 110.0)


def test_a_kind_never_seen_is_not_watched(home: Home) -> None:
    home.watched(0, 40)
    home.ran(0)
    day = home.days()(39)
    assert all(
        day[name] is None
        for name in (
            "strength_min",
            "swim_min",
            "cross_training_min",
            "strength_14d_count",
            "since_strength_d",
            "cross_training_7d_min",
            "run_share_28d_pct",
            "cycle_distance_7d_m",
        )
    )


def test_a_kind_is_watched_from_its_first_session_on(home: Home) -> None:
    home.watched(0, 40)
    home.did(10, "training", "strength_training", minutes=45)
    day = home.days()
    assert [day(number)["strength_min"] for number in (9, 10, 11)] == [None, 45.0, 0.0]
    assert [day(number)["since_strength_d"] for number in (9, 10, 11)] == [None, 0, 1]
    assert [day(number)["strength_14d_count"] for number in (22, 23, 24)] == [None, 1, 0]


def test_a_declared_kind_is_watched_from_the_start(home: Home) -> None:
    home.runner = Runner(declared=frozenset({"strength"}))
    home.watched(0, 20)
    day = home.days()
    assert day(0)["strength_min"] == 0.0
    assert day(13)["strength_14d_count"] == 0
    assert day(13)["swim_min"] is None
    assert day(13)["since_strength_d"] is None


def test_diary_and_watch_of_one_session_count_once(home: Home) -> None:
    home.watched(0, 20)
    home.did(5, "training", "strength_training", minutes=45)
    home.logged(5, "X3", minutes=40)
    home.logged(5, "X4", minutes=5)
    day = home.days()
    assert day(5)["strength_min"] == 45.0
    assert day(18)["strength_14d_count"] == 1


def test_a_diary_session_of_its_own_counts(home: Home) -> None:
    home.watched(0, 20)
    home.did(5, "training", "strength_training", minutes=45)
    home.logged(7, "C7", minutes=20)
    home.logged(5, "C1", minutes=6)
    home.logged(5, "C2", minutes=4)
    day = home.days()
    assert day(7)["strength_min"] == 20.0
    assert day(5)["core_min"] == 10.0
    assert day(5)["cross_training_min"] == 55.0
    assert day(18)["strength_14d_count"] == 3


def test_a_diary_session_without_minutes_is_a_session_of_unknown_length(home: Home) -> None:
    home.watched(0, 20)
    home.logged(5, "C1")
    day = home.days()
    assert day(5)["core_min"] is None
    assert day(5)["cross_training_min"] is None
    assert day(18)["strength_14d_count"] == 1
    assert day(11)["cross_training_7d_min"] is None
    assert day(12)["cross_training_7d_min"] == 0.0


def test_massage_and_form_cues_are_no_training(home: Home) -> None:
    home.watched(0, 10)
    for intervention in ("M1", "F1", "G1", "G3"):
        home.logged(5, intervention, minutes=30)
    assert home.days()(5)["cross_training_min"] is None


def test_watch_entries_among_the_interventions_are_not_counted_again(home: Home) -> None:
    home.watched(0, 3)
    home.did(1, "swimming", minutes=30)
    home.interventions = seen_interventions(home.inputs().activities).to_dicts()
    home.did(2, "walking")
    home.interventions += [
        home.interventions[0] | {"entry_id": "watch-of-a-duplicate", "day": home.day(2)}
    ]
    day = home.days()
    assert (day(1)["swim_min"], day(2)["swim_min"]) == (30.0, 0.0)


def test_seen_interventions_name_what_the_watch_named(home: Home) -> None:
    home.did(0, "swimming", "lap_swimming", minutes=30, rpe=4.0)
    home.did(1, "cycling", "road")
    home.did(2, "training", "strength_training")
    home.did(3, "training", "yoga")
    home.did(4, "training", "pilates")
    home.did(5, "walking")
    home.ran(6)
    seen = seen_interventions(home.inputs().activities)
    assert seen["intervention"].to_list() == ["X1", "X2", "C7", "Y1", "X6"]
    assert seen.columns == home.inputs().interventions_done.columns
    assert seen.schema == home.inputs().interventions_done.schema
    first = seen.row(0, named=True)
    assert (first["entry_id"], first["done_at"], first["source"]) == (
        "watch-a0000",
        home.at(0, 10),
        "watch",
    )
    assert (first["minutes"], first["rpe"]) == (30.0, 4.0)


def test_ridden_distance_and_run_share_by_hand(home: Home) -> None:
    home.watched(0, 40)
    for number in range(0, 40, 4):
        home.ran(number, minutes=60)
        home.did(number, "cycling", minutes=20, distance_m=8000.0)
    day = home.days()
    # Days 5 … 32 hold 7 runs and 7 rides, days 26 … 32 two rides.
    assert day(32)["run_share_28d_pct"] == pytest.approx(75.0)
    assert day(32)["cycle_distance_7d_m"] == 16_000.0


def test_weights_without_moving_time_count_by_elapsed_time(home: Home) -> None:
    home.did(0, "training", "strength_training", minutes=0, elapsed_s=2400.0)
    assert home.days()(0)["strength_min"] == 40.0


def test_sessions_of_each_kind_are_counted_over_a_fortnight_and_mobility_over_a_week(
    home: Home,
) -> None:
    home.watched(0, 40)
    home.did(0, "swimming")
    home.did(0, "swimming", hour=18)
    home.did(5, "cycling")
    home.logged(6, "C1", minutes=5)
    home.logged(6, "C3", minutes=5)
    home.did(7, "training", "yoga")
    home.logged(7, "Y1", minutes=30)
    home.logged(9, "S1")
    day = home.days()
    assert [day(n)["swim_14d_count"] for n in (12, 13, 14)] == [None, 2, 0]
    assert [day(n)["cycle_14d_count"] for n in (17, 18, 19)] == [None, 1, 0]
    assert [day(n)["core_14d_count"] for n in (18, 19, 20)] == [None, 1, 0]
    assert [day(n)["mobility_7d_count"] for n in (12, 13, 14, 16)] == [None, 2, 1, 0]
    assert [day(n)["mobility_14d_count"] for n in (19, 20, 21, 23)] == [None, 2, 1, 0]


def test_a_kind_never_seen_has_no_count_and_a_declared_one_has_zero(home: Home) -> None:
    home.runner = Runner(declared=frozenset({"mobility"}))
    home.watched(0, 20)
    home.ran(0)
    day = home.days()(20)
    assert (day["swim_14d_count"], day["cycle_14d_count"], day["core_14d_count"]) == (
        None,
        None,
        None,
    )
    assert (day["mobility_7d_count"], day["mobility_14d_count"]) == (0, 0)
