"""Told as it stood on its day: nothing of later days is needed, and the replay by stretches says
what day-by-day analyses say.
"""

from datetime import date, timedelta
from statistics import median
from typing import NamedTuple

import numpy as np
import polars as pl
import pytest

from tests.features.conftest import Home
from tests.sampled import by_hand
from tightlog.advice.contraindications import EXERCISE, ONLY_WITH_EXERCISE
from tightlog.features.day import day_features_of, measured_activities
from tightlog.features.hearts.trimp import Runner
from tightlog.patterns.match import matches
from tightlog.patterns.pattern import NO_THRESHOLDS
from tightlog.refresh.analysis import pattern_inputs
from tightlog.refresh.replay import (
    History,
    Stretch,
    advised,
    daily_matches,
    known_days,
    known_on,
    stretches_of,
)

DAYS = 150
WEEK_KM = {1: 8.0, 3: 9.0, 5: 8.0, 6: 15.0}


def small_home(seed: int, highest_bpm: float | None = None, without_share: float = 0.0) -> History:
    """150 days of runs with heart rate and cadence, strength, rides, scores before and after,
    sleep, and now and then a surprise; a share of the runs without heart rate.
    """
    draw, home = np.random.default_rng(seed), Home(runner=Runner(heart_rate_max_bpm=highest_bpm))
    state = 0.0
    for number in range(DAYS):
        if number % 23 == 20 or 95 <= number < 95 + 8 * (seed % 3):
            continue
        state = 0.8 * state + draw.normal(0, 0.8)
        surprise = draw.random() < 0.07
        rides = 60 <= number < 90
        if draw.random() < 0.85:
            home.rated(
                number, float(np.clip(round(2 + 2 * rides + state + 3 * surprise), 0, 7)), hour=6.5
            )
        if rides and number % 2:
            home.did(
                number, "cycling", hour=12, minutes=120.0, distance_m=55_000.0, heart_rate_bpm=130.0
            )
        if number % 7 == 2 and draw.random() < 0.6:
            home.did(
                number,
                "training",
                "strength_training",
                hour=18,
                minutes=40.0,
                heart_rate_bpm=float(draw.normal(110, 5)),
            )
        if number % 7 == 4 and draw.random() < 0.7:
            home.logged(number, str(draw.choice(["S1", "C1", "G1", "S5"])), 5.0)
        if number % 7 in WEEK_KM and draw.random() < 0.9:
            _run(
                home,
                number,
                WEEK_KM[number % 7] * (1.8 if surprise else draw.normal(1, 0.07)),
                draw,
                draw.random() >= without_share,
            )
    home.context = [
        {
            "day": home.day(number),
            "name": "sleep",
            "value": float(draw.normal(7, 1)),
            "unit": "h",
            "source": "csv",
            "is_beside_scores": True,
        }
        for number in range(0, DAYS, 2)
    ]
    return History(home.inputs(), home.inputs().interventions_done)


def _run(
    home: Home, number: int, km: float, draw: np.random.Generator, has_heart_rate: bool
) -> None:
    bpm = float(draw.normal(150, 8))
    run = home.ran(
        number,
        km,
        hour=17,
        minutes=6 * km,
        heart_rate_bpm=bpm if has_heart_rate else None,
        device="watch",
        has_barometer=True,
        shoe="blue",
        descent_m=float(draw.exponential(60)),
    )
    shift = draw.normal(0, 2) - 6 * (draw.random() < 0.1)
    home.half_minutes(
        run,
        int(12 * km),
        speed_mps=lambda _: float(draw.normal(2.8, 0.1)),
        grade=0.0,
        cadence_spm=lambda _: float(draw.normal(168 + shift, 1)),
        heart_rate_bpm=bpm if has_heart_rate else None,
    )
    if has_heart_rate:
        half_s = 180 * km - 30.0
        top = int(bpm + draw.integers(10, 30))
        home.beat(run, {int(bpm): half_s, int(bpm) + 1: half_s, top: 60.0})
    if draw.random() < 0.5:
        home.rated(number, float(draw.integers(1, 6)), hour=19, moment="after")


def evening(history: History, day: date | None = None) -> pl.DataFrame:
    """Matches of one analysis of what a day and those before it hold, of all days so far; no
    findings.
    """
    now = history if day is None else known_on(history, day)
    measured = measured_activities(now.features)
    days = day_features_of(now.features, measured)
    return matches(pattern_inputs(days, measured, now.features, (), None, NO_THRESHOLDS))


@pytest.mark.parametrize("seed", [1, *by_hand(2)])
def test_no_later_day_changes_what_was_told(seed: int) -> None:
    history = small_home(seed, highest_bpm=195.0)
    later = evening(history)
    assert later["pattern"].n_unique() >= 5
    for day in known_days(history.features)[15::11]:
        assert evening(history, day).equals(later.filter(pl.col("day") <= day)), day


class Replay(NamedTuple):
    """A history analysed by stretches, and what matched on its days."""

    history: History
    stretches: list[Stretch]
    found: pl.DataFrame


@pytest.fixture(scope="module")
def replay() -> Replay:
    history = small_home(3, without_share=0.2)
    stretches = list(stretches_of(history))
    return Replay(history, stretches, daily_matches(stretches))


def test_replay_by_stretches_is_the_replay_day_by_day(replay: Replay) -> None:
    history, stretches, found = replay
    # The highest heart rate seen rises, and with it every load of the past; what a session without
    # heart rate is estimated to be changes with each one that has one.
    days = known_days(history.features)
    assert [day for stretch in stretches for day in stretch.known] == days and len(
        stretches
    ) > DAYS / 7
    replayed = found.filter(pl.col("pattern") != "R21")
    for day in days[10::9]:
        on_day = evening(history, day).filter(pl.col("day") == day)
        loud = replayed.filter(pl.col("day") == day)
        assert loud.filter(pl.col("pattern") != "R22").equals(
            on_day.filter(pl.col("pattern") != "R22")
        ), day


def test_advice_is_never_against_the_backs_state_on_any_day(replay: Replay) -> None:
    history, stretches, found = replay
    given = advised(history, stretches)
    assert (
        given["day"].n_unique() == len(known_days(history.features))
        and given.group_by("day").len()["len"].max() == 3
    )
    scores = history.features.scores
    for (day,), rows in given.group_by("day"):
        chosen = set(rows["intervention"])
        week = scores.filter(
            pl.col("day").is_between(day - timedelta(days=6), day), pl.col("moment").is_null()
        )["score"]
        last = scores.filter(pl.col("day").is_between(day - timedelta(days=7), day)).sort("day")
        on_last = last.filter(pl.col("day") == pl.col("day").max())["score"].to_list()
        highest: float | None = max(on_last, default=None)
        assert "X3" not in chosen or (week.len() >= 4 and median(week) <= 3)
        assert "S4" not in chosen or (highest is not None and highest <= 3)
        assert not chosen & ONLY_WITH_EXERCISE or chosen & EXERCISE
        assert (
            highest is None
            or highest < 6
            or not chosen & {"C1", "C2", "C3", "C7", "X3", "X4", "X5", "X7"}
        )
        assert (
            "X2" not in chosen
            or found.filter(pl.col("day") == day, pl.col("pattern") == "R15").is_empty()
        )
    assert "R15" in found["pattern"]
