from collections.abc import Sequence
from datetime import date
from math import exp, fsum
from statistics import median

import numpy as np
import polars as pl
import pytest

from tests.features.conftest import Home, Row
from tightlog.features.day import day_features
from tightlog.features.hearts.trimp import Runner

KNOWN_MAN = Runner("male", 190.0, 50.0)
KINDS = ("run", "swim", "cycle", "strength", "core", "mobility", "other")
Loads = dict[tuple[date, str], list[float | None]]


def logged(
    home: Home,
    number: int,
    intervention: str,
    minutes: float | None = None,
    rpe: float | None = None,
) -> None:
    home.logged(number, intervention, minutes=minutes)
    home.interventions[-1]["rpe"] = rpe


def test_an_activity_of_unknown_length_without_load_makes_its_day_unknown_not_smaller(
    home: Home,
) -> None:
    home.runner = KNOWN_MAN
    home.watched(0, 20)
    for number in (1, 2, 3):
        home.ran(number, heart_rate_bpm=140.0)
    home.did(3, "training", "yoga", minutes=None)
    day = home.days()
    one = day(1)["load_au"]
    assert day(2)["load_au"] == one
    assert day(3)["load_au"] is None
    assert day(9)["load_7d_au"] is None
    assert day(10)["load_7d_au"] == 0.0


def test_rest_day_lowers_acute_load(home: Home) -> None:
    home.runner = KNOWN_MAN
    home.watched(0, 30)
    for number in range(28):
        home.ran(number, heart_rate_bpm=140.0)
    day = home.days()
    assert day(28)["load_au"] == 0.0
    assert day(28)["load_7d_au"] == pytest.approx(day(27)["load_7d_au"] * 6 / 7)
    assert day(28)["load_28d_au"] == pytest.approx(day(27)["load_28d_au"] * 27 / 28)


def test_a_home_without_any_load_has_null_rest_days(home: Home) -> None:
    home.watched(0, 10)
    home.ran(0)
    assert home.inputs().activities["rpe"].dtype == pl.Float64
    assert (home.days()(5)["load_au"], home.days()(5)["run_load_au"]) == (None, None)


def test_a_car_ride_is_no_load(home: Home) -> None:
    home.runner = KNOWN_MAN
    home.ran(0, minutes=60, heart_rate_bpm=134.0)
    home.did(0, "driving", heart_rate_bpm=80.0)
    assert home.days()(0)["load_au"] == pytest.approx(60 * 0.6 * 0.64 * exp(1.92 * 0.6), abs=1e-9)


def test_both_scales_are_summed_and_one_of_them_is_the_load(home: Home) -> None:
    home.runner = KNOWN_MAN
    home.watched(0, 10)
    home.ran(3, minutes=60, heart_rate_bpm=134.0, rpe=4.0)
    home.did(3, "cycling", minutes=30, heart_rate_bpm=120.0, rpe=2.0)
    home.ran(5, minutes=60, heart_rate_bpm=134.0)
    day = home.days()
    trimp = 60 * 0.6 * 0.64 * exp(1.92 * 0.6) + 30 * 0.5 * 0.64 * exp(1.92 * 0.5)
    assert day(3)["trimp_au"] == day(3)["load_au"] == pytest.approx(trimp, abs=1e-9)
    assert (day(3)["srpe_au"], day(4)["srpe_au"], day(5)["srpe_au"]) == (300.0, 0.0, None)
    assert (day(4)["trimp_au"], day(4)["load_au"], day(4)["hardest_session_au"]) == (0.0, 0.0, 0.0)


def test_a_scale_the_home_lacks_is_null_on_rest_days_too(home: Home) -> None:
    home.watched(0, 5)
    home.ran(1, minutes=60, rpe=5.0)
    assert [home.days()(3)[name] for name in ("trimp_au", "srpe_au", "load_au")] == [None, 0.0, 0.0]


def test_an_unknown_day_is_no_rest_day(home: Home) -> None:
    home.ran(0, minutes=60, rpe=5.0)
    home.ran(20, minutes=60, rpe=5.0)
    day = home.days()
    for name in (
        "load_au",
        "srpe_au",
        "run_load_au",
        "hardest_session_au",
        "unloaded_session_28d_count",
    ):
        assert day(10)[name] is None
    assert day(20)["load_7d_au"] is None


def test_a_diary_session_with_minutes_and_rpe_counts_on_the_rating_scale(home: Home) -> None:
    home.watched(0, 40)
    home.ran(0, minutes=60, rpe=5.0)
    logged(home, 30, "C7", minutes=40, rpe=6)
    day = home.days()
    assert (day(30)["load_au"], day(30)["strength_load_au"], day(30)["hardest_session_au"]) == (
        240.0,
        240.0,
        240.0,
    )
    assert day(30)["unloaded_session_28d_count"] == 0
    assert day(36)["load_7d_au"] == 240.0


def test_a_diary_session_without_a_load_is_counted_and_leaves_only_its_kind_unknown(
    home: Home,
) -> None:
    home.watched(0, 60)
    home.ran(0, minutes=60, rpe=5.0)
    logged(home, 28, "C7", minutes=40)
    logged(home, 29, "S1", minutes=5)
    day = home.days()
    assert (day(28)["load_au"], day(28)["strength_load_au"], day(29)["strength_load_au"]) == (
        0.0,
        None,
        0.0,
    )
    assert day(29)["mobility_load_au"] is None
    assert day(30)["load_7d_au"] == 0.0
    assert [day(number)["unloaded_session_28d_count"] for number in (28, 29, 55, 56, 57)] == [
        1,
        2,
        2,
        1,
        0,
    ]


def test_a_diary_session_has_no_load_on_the_heart_rate_scale(home: Home) -> None:
    home.runner = KNOWN_MAN
    home.watched(0, 40)
    home.ran(0, minutes=60, heart_rate_bpm=140.0)
    logged(home, 30, "C7", minutes=40, rpe=6)
    day = home.days()
    assert (day(30)["load_au"], day(30)["trimp_au"], day(30)["strength_load_au"]) == (
        0.0,
        0.0,
        None,
    )
    # Ratings are all this home knows of that scale, and of its runs it has none.
    assert (day(30)["srpe_au"], day(0)["srpe_au"]) == (240.0, None)
    assert day(30)["unloaded_session_28d_count"] == 1


@pytest.mark.parametrize("rpe", [-1.0, 10.5, 60.0])
def test_a_diary_rating_off_the_scale_is_no_rating(home: Home, rpe: float) -> None:
    home.watched(0, 30)
    home.ran(0, minutes=60, rpe=5.0)
    logged(home, 28, "C7", minutes=40, rpe=rpe)
    assert (home.days()(28)["load_au"], home.days()(28)["strength_load_au"]) == (0.0, None)


def test_what_a_watch_saw_is_not_counted_again_as_an_intervention(home: Home) -> None:
    home.watched(0, 10)
    home.did(1, "swimming", minutes=30, rpe=4.0)
    logged(home, 2, "X1", minutes=30, rpe=4.0)
    home.interventions[-1]["source"] = "watch"
    assert (home.days()(1)["swim_load_au"], home.days()(2)["swim_load_au"]) == (120.0, 0.0)


def test_a_rated_diary_without_files_knows_its_kinds_but_no_total(home: Home) -> None:
    logged(home, 0, "C7", minutes=40, rpe=6)
    home.rated(3, 2)
    day = home.days()
    assert [day(number)["strength_load_au"] for number in (0, 1)] == [240.0, 0.0]
    assert (day(0)["load_au"], day(0)["run_load_au"], day(0)["unloaded_session_28d_count"]) == (
        None,
        None,
        None,
    )


def test_massage_form_cues_and_habits_leave_the_load_alone(home: Home) -> None:
    home.watched(0, 40)
    home.ran(0, minutes=60, rpe=5.0)
    for number in range(1, 40):
        for intervention in ("M1", "F1", "G1"):
            logged(home, number, intervention, minutes=20)
    day = home.days()
    assert (day(39)["load_28d_au"], day(39)["unloaded_session_28d_count"]) == (0.0, 0)


def test_a_session_in_watch_and_diary_counts_once_with_the_rating_of_either(home: Home) -> None:
    home.watched(0, 10)
    home.ran(0, minutes=60, rpe=5.0)
    home.did(2, "training", "strength_training", minutes=45, rpe=4.0)
    logged(home, 2, "X3", minutes=40, rpe=9)
    home.did(3, "training", "strength_training", minutes=45)
    logged(home, 3, "X3", minutes=40, rpe=6)
    day = home.days()
    assert (day(2)["load_au"], day(2)["strength_load_au"]) == (180.0, 180.0)
    assert (day(3)["load_au"], day(3)["strength_load_au"], day(3)["hardest_session_au"]) == (
        240.0,
        240.0,
        240.0,
    )


def test_one_rating_in_the_diary_does_not_rate_two_recorded_sessions(home: Home) -> None:
    home.watched(0, 10)
    home.ran(0, minutes=60, rpe=5.0)
    home.did(3, "swimming", minutes=45, hour=7)
    home.did(3, "swimming", minutes=45, hour=17)
    logged(home, 3, "X1", minutes=45, rpe=6)
    day = home.days()
    assert (day(3)["srpe_au"], day(3)["load_estimated_share_pct"]) == (None, 100.0)


def test_a_kind_has_no_load_before_it_is_watched(home: Home) -> None:
    home.watched(0, 20)
    home.ran(0, minutes=60, rpe=5.0)
    home.did(10, "swimming", minutes=30, rpe=3.0)
    day = home.days()
    assert [day(number)["swim_load_au"] for number in (9, 10, 11)] == [None, 90.0, 0.0]
    assert [day(number)["run_load_au"] for number in (0, 10)] == [300.0, 0.0]
    assert day(10)["cycle_load_au"] is None


def test_a_declared_kind_has_a_load_of_zero_from_the_start(home: Home) -> None:
    home.runner = Runner(declared=frozenset({"strength"}))
    home.watched(0, 20)
    home.ran(0, minutes=60, rpe=5.0)
    assert home.days()(5)["strength_load_au"] == 0.0


def test_the_hardest_session_is_one_session_and_not_the_day(home: Home) -> None:
    home.watched(0, 40)
    home.ran(0, minutes=60, rpe=5.0)
    home.ran(2, minutes=30, rpe=4.0, hour=7)
    home.ran(2, minutes=60, rpe=4.0, hour=18)
    day = home.days()
    assert (day(2)["load_au"], day(2)["hardest_session_au"]) == (360.0, 240.0)
    # Day 13 has not yet two weeks behind it; day 31 looks back to day 1, day 32 to day 2, day 33 to
    # no session.
    assert [day(number)["hardest_session_30d_au"] for number in (13, 14, 30, 31, 32, 33)] == [
        None,
        300.0,
        300.0,
        240.0,
        240.0,
        None,
    ]


def test_the_hardest_session_before_leaves_the_day_itself_out(home: Home) -> None:
    for number in range(21):
        home.ran(number, minutes=60, rpe=3.0 + (number == 20))
    assert (home.days()(20)["hardest_session_au"], home.days()(20)["hardest_session_30d_au"]) == (
        240.0,
        180.0,
    )


def test_a_day_of_unknown_load_hides_the_hardest_session_before(home: Home) -> None:
    for number in range(60):
        home.ran(
            number,
            minutes=None if number == 20 else 60,
            rpe=None if number == 20 else 3.0,
        )
    day = home.days()
    assert [day(number)["hardest_session_30d_au"] for number in (20, 21, 50, 51)] == [
        180.0,
        None,
        None,
        180.0,
    ]


def test_the_share_with_impact_by_hand(home: Home) -> None:
    home.watched(0, 60)
    home.ran(0, minutes=60, rpe=5.0)
    home.did(1, "basketball", minutes=30, rpe=5.0)
    home.did(2, "racket", "squash", minutes=30, rpe=5.0)
    home.did(3, "racket", "table_tennis", minutes=30, rpe=5.0)
    home.did(4, "cycling", minutes=60, rpe=5.0)
    home.did(5, "walking", minutes=60, rpe=2.0)
    day = home.days()
    # 300 + 150 + 150 of 300 + 150 + 150 + 150 + 300 + 120.
    assert day(27)["impact_share_28d_pct"] == pytest.approx(100 * 600 / 1170, abs=1e-9)
    assert day(26)["impact_share_28d_pct"] is None
    assert day(32)["impact_share_28d_pct"] == 0.0
    assert day(33)["impact_share_28d_pct"] is None


def test_running_alone_is_impact_alone(home: Home) -> None:
    random = np.random.default_rng(6)
    for number in range(40):
        for hour in (7, 12, 18):
            home.ran(
                number,
                minutes=float(random.uniform(20, 90)),
                rpe=float(random.uniform(1, 9)),
                hour=hour,
            )
    assert home.days()(39)["impact_share_28d_pct"] == pytest.approx(100.0, abs=1e-9)


def random_home(home: Home, seed: int, scale: str) -> Home:
    """Two hundred days of sessions, some without a load, one gap of unknown days, and a diary
    beside them.
    """
    random = np.random.default_rng(seed)
    home.runner = KNOWN_MAN if scale == "trimp" else Runner()
    sports = [
        ("running", "generic"),
        ("cycling", "generic"),
        ("swimming", "generic"),
        ("training", "core_training"),
        ("tennis", "generic"),
    ]
    for number in (day for day in range(200) if not 90 <= day < 110):
        for hour in range(6, 6 + int(random.integers(0, 4))):
            sport, sub_sport = sports[int(random.integers(0, len(sports)))]
            is_loaded = random.random() < 0.97
            values = (
                {"rpe": float(random.integers(1, 11))}
                if scale == "srpe"
                else {"heart_rate_bpm": float(random.integers(90, 189))}
            )
            home.did(
                number,
                sport,
                sub_sport,
                hour=float(hour),
                minutes=float(random.integers(10, 120)),
                **(values if is_loaded else {}),
            )
        if random.random() < 0.3:
            rpe = float(random.integers(1, 11)) if random.random() < 0.6 else None
            logged(
                home,
                number,
                str(random.choice(["C7", "C1", "X1", "S1", "M1"])),
                minutes=float(random.integers(5, 60)),
                rpe=rpe,
            )
    return home


def recount(
    home: Home, scale: str
) -> tuple[Loads, list[tuple[date, str]], dict[tuple[date, str], float]]:
    """Loads per day and kind in plain Python, straight from the rows: totals, kinds, the hardest
    session, the load with impact.
    """
    kind_of = {
        "running": "run",
        "cycling": "cycle",
        "swimming": "swim",
        "training": "core",
        "tennis": "other",
    }
    logged_kind = {"C7": "strength", "C1": "core", "X1": "swim", "S1": "mobility"}
    sessions: Loads = {}
    diary: Loads = {}
    lengths: dict[tuple[date, str], list[float]] = {}
    per_min: dict[str, list[float]] = {}
    for row in home.activities:
        if scale == "srpe":
            load = row["rpe"] * row["moving_s"] / 60 if "rpe" in row else None
        else:
            reserve = (row["heart_rate_bpm"] - 50) / 140 if "heart_rate_bpm" in row else None
            load = (
                None
                if reserve is None
                else row["moving_s"] / 60 * reserve * 0.64 * exp(1.92 * reserve)
            )
        key, minutes = (row["day"], kind_of[row["sport"]]), row["moving_s"] / 60
        sessions.setdefault(key, []).append(load)
        lengths.setdefault(key, []).append(minutes)
        if load is not None:
            per_min.setdefault(key[1], []).append(load / minutes)
    for row in home.interventions:
        if row["intervention"] in logged_kind:
            load = None if scale == "trimp" or row["rpe"] is None else row["rpe"] * row["minutes"]
            diary.setdefault((row["day"], logged_kind[row["intervention"]]), []).append(load)
    unloaded = []
    for key, loads in diary.items():
        known = all_known(loads)
        total = None if known is None else fsum(known)
        if key not in sessions:
            sessions[key] = [total]
            unloaded += [key] if total is None else []
        elif len(sessions[key]) == 1 and sessions[key][0] is None:
            sessions[key] = [total]
    assert min(map(len, per_min.values())) >= 5
    estimated = {
        key: fsum(
            minutes * median(per_min[key[1]])
            for load, minutes in zip(sessions[key], lengths[key], strict=True)
            if load is None
        )
        for key in lengths
    }
    for key, minutes in lengths.items():
        sessions[key] = [
            length * median(per_min[key[1]]) if load is None else load
            for load, length in zip(sessions[key], minutes, strict=True)
        ]
    return sessions, unloaded, estimated


def all_known(loads: Sequence[float | None]) -> list[float] | None:
    """The loads, None where one of them is not known."""
    known = [load for load in loads if load is not None]
    return known if len(known) == len(loads) else None


def agrees(value: float | None, by_hand: float | None) -> bool:
    return value is None if by_hand is None else value == pytest.approx(by_hand, rel=1e-9)


def rows_and_recount(
    home: Home, seed: int, scale: str
) -> tuple[list[Row], Loads, list[tuple[date, str]], dict[tuple[date, str], float]]:
    counted = recount(random_home(home, seed, scale), scale)
    return day_features(home.inputs()).to_dicts(), *counted


ON_EITHER_SCALE = pytest.mark.parametrize(
    ("scale", "seed"), [("trimp", 1), ("trimp", 2), ("srpe", 3), ("srpe", 4)]
)


@ON_EITHER_SCALE
def test_totals_agree_with_a_recount_in_plain_python(home: Home, seed: int, scale: str) -> None:
    rows, sessions, unloaded, estimated = rows_and_recount(home, seed, scale)
    assert sum(load > 0 for load in estimated.values()) >= 3
    for row in rows:
        counted = [
            load
            for key in sessions.keys() - unloaded
            if key[0] == row["day"]
            for load in sessions[key]
        ]
        known = all_known(counted) if row["coverage"] == "watched" else None
        assert agrees(row["load_au"], None if known is None else fsum(known))
        assert agrees(row["hardest_session_au"], None if known is None else max(known, default=0.0))
        guessed = fsum(load for (day, _), load in estimated.items() if day == row["day"])
        assert agrees(row["load_estimated_au"], None if known is None else guessed)
        if known is not None and not guessed:
            assert row["load_au"] == row[f"{scale}_au"]


@ON_EITHER_SCALE
@pytest.mark.parametrize("kind", KINDS)
def test_loads_by_kind_agree_with_a_recount_in_plain_python(
    home: Home, seed: int, scale: str, kind: str
) -> None:
    rows, sessions, *_ = rows_and_recount(home, seed, scale)
    first = (
        home.day(0)
        if kind == "run"
        else min((day for day, name in sessions if name == kind), default=home.day(10_000))
    )
    for row in rows:
        is_watched = row["coverage"] == "watched" and row["day"] >= first
        loads = all_known(sessions.get((row["day"], kind), [])) if is_watched else None
        assert agrees(row[f"{kind}_load_au"], None if loads is None else fsum(loads))


@ON_EITHER_SCALE
def test_windows_agree_with_a_recount_in_plain_python(home: Home, seed: int, scale: str) -> None:
    rows, sessions, unloaded, estimated = rows_and_recount(home, seed, scale)
    impact = {
        day: fsum(
            load or 0.0 for name in ("run", "other") for load in sessions.get((day, name), [])
        )
        for day, _ in sessions
    }
    for index, row in enumerate(rows):
        month: list[Row] = (
            rows[index - 27 : index + 1] if index >= 27 else [{"load_au": None, "coverage": None}]
        )
        loads = all_known([one["load_au"] for one in month])
        total = None if loads is None else fsum(loads)
        assert agrees(row["load_28d_au"], total)
        guessed = fsum(
            load for (day, _), load in estimated.items() if 0 <= (row["day"] - day).days < 28
        )
        assert agrees(
            row["load_28d_estimated_share_pct"],
            None if total is None else 100 * guessed / total if total else 0.0,
        )
        assert agrees(
            row["impact_share_28d_pct"],
            100 * fsum(impact.get(one["day"], 0.0) for one in month) / total if total else None,
        )
        is_covered = all(one["coverage"] == "watched" for one in month)
        logged_alone = sum(0 <= (row["day"] - day).days < 28 for day, _ in unloaded)
        assert row["unloaded_session_28d_count"] == (logged_alone if is_covered else None)
        before = [one["hardest_session_au"] for one in rows[max(0, index - 30) : index]]
        is_clear = index >= 14 and None not in before and max(before) > 0
        assert agrees(row["hardest_session_30d_au"], max(before) if is_clear else None)


def test_the_kinds_add_up_to_the_load(home: Home) -> None:
    days = day_features(random_home(home, 4, "srpe").inputs()).filter(
        pl.col("load_au").is_not_null()
    )
    kinds = days.select(pl.sum_horizontal(f"{kind}_load_au" for kind in KINDS)).to_series()
    assert days.height > 100
    assert max((kinds - days["load_au"]).abs()) < 1e-9
