"""The simulated runner's back: morning scores and the interventions done, with planted truths.

The score of a morning is `BASE` plus a latent state, AR(1) with phi 0.8 and a standard deviation of
0.75 points, plus white noise of 0.5 points, plus what was planted, rounded to whole points and kept
within 0–7 (no red flag):

- `SPIKE_POINTS` on the morning after a session spike (a run more than 10 % longer than the longest
  of the 30 days before);
- `DESCENT_POINTS_PER_100_M` on the morning after runs, for every 100 m descended;
- `NO_STRENGTH_POINTS` while no strength or core session was done in the 14 days before (a small,
  slow effect);
- `CAT_COW_POINTS` on the morning after an evening with cat-cow (S1): it helps;
- foam rolling (S5) does nothing, although it too is done on bad days; cadence, volume, swimming,
  cycling, yoga and core do nothing.

The training plan does not react to the score. Interventions do: they are likelier after a bad
morning, as in real life.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

import numpy as np
import polars as pl

from tightlog.domain.trials import Toss
from tightlog.simulation.sample.coin_trials import CoinTrial, CoinTrials
from tightlog.simulation.sample.plan import Season, is_away, is_within
from tightlog.simulation.sample.recording import Recording

BASE = 2.4
STATE_PHI, STATE_SPREAD, NOISE_SPREAD = 0.8, 0.75, 0.5
SPIKE_POINTS = 1.5
DESCENT_POINTS_PER_100_M = 0.45
NO_STRENGTH_POINTS = 0.5
CAT_COW_POINTS = -1.0
HIGHEST_SCORE = 7
SPIKE_RATIO, SPIKE_WINDOW_D, HISTORY_D, STRENGTH_WINDOW_D = 0.10, 30, 14, 14
MISSED_SHARE = 0.16
BAD_SCORE = 4
# (intervention, hour, minutes, chance on a usual evening, chance after a bad morning)
EVENING_HABITS = (
    ("S1", 20.6, 5.0, 0.22, 0.45),
    ("S5", 20.9, 8.0, 0.14, 0.38),
    ("S2", 21.1, 3.0, 0.05, 0.20),
)
# What a coin decided is done at this time.
COIN_EVENING, COIN_MINUTES = time(21, 20), 3.0
NOTES = (
    "long drive yesterday",
    "slept badly",
    'stiff at first, "fine" after ten minutes',
    "sat a lot, little walking",
    "feels good",
)

TruthRow: TypeAlias = tuple[date, float | None, float, bool, bool, int | None]
TRUTH_SCHEMA: Mapping[str, type[pl.DataType]] = {
    "day": pl.Date,
    "spike_ratio": pl.Float64,
    "descent_m": pl.Float64,
    "is_untrained": pl.Boolean,
    "did_cat_cow": pl.Boolean,
    "score": pl.Int64,
}


@dataclass(frozen=True)
class SampleIntervention:
    """One intervention the runner did and logged: local time without zone, id of the catalogue (S1
    … G4).
    """

    done_at: datetime
    intervention: str
    minutes: float | None
    rpe: float | None


@dataclass(frozen=True)
class Diary:
    """Scores (rated_at naive local, score, note), interventions, the truth (one row per day with
    what was planted), and the coin-flip trials.
    """

    scores: pl.DataFrame
    interventions: tuple[SampleIntervention, ...]
    truth: pl.DataFrame
    trials: tuple[CoinTrial, ...]


def diary(days: Season, recordings: Sequence[Recording], seed: int) -> Diary:
    """Diary of the whole history; a score depends only on what was before that morning."""
    draw = np.random.default_rng((seed, 3))
    core = _core_sessions(days, draw)
    trained = {
        recording.planned.day for recording in recordings if recording.planned.effort == "strength"
    }
    coin = CoinTrials(days, seed)
    trained |= {done.done_at.date() for done in core}
    mornings, evenings = _mornings(days, _exposures(days, recordings), trained, draw, coin)
    interventions = [*core, *evenings, *_warm_ups(recordings, draw), *_massages(days, draw)]
    return Diary(
        _scores(mornings, draw),
        tuple(sorted(interventions, key=lambda done: (done.done_at, done.intervention))),
        mornings,
        tuple(coin.made),
    )


def _mornings(
    days: Season,
    exposures: pl.DataFrame,
    trained: set[date],
    draw: np.random.Generator,
    coin: CoinTrials,
) -> tuple[pl.DataFrame, list[SampleIntervention]]:
    """One row per day in TRUTH_SCHEMA (score null when not rated), and what was done in the
    evenings.
    """
    rows: list[TruthRow] = []
    evenings: list[SampleIntervention] = []
    state = draw.normal(0.0, STATE_SPREAD)
    for day, spike_ratio, descent_m in exposures.iter_rows():
        is_untrained = not any(
            day - timedelta(days=back) in trained for back in range(1, STRENGTH_WINDOW_D + 1)
        )
        level = (
            BASE
            + state
            + draw.normal(0.0, NOISE_SPREAD)
            + NO_STRENGTH_POINTS * is_untrained
            + _planted_points(rows[-1:])
        )
        score = int(np.clip(round(level), 0, HIGHEST_SCORE))
        is_rated = draw.random() >= MISSED_SHARE and not is_away(day, days)
        done = [] if is_away(day, days) else _evening(day, score, draw)
        evenings += _as_tossed(done, coin.tossed(day, score if is_rated else None))
        rows.append(
            (
                day,
                spike_ratio,
                descent_m,
                is_untrained,
                any(one.intervention == "S1" for one in done),
                score if is_rated else None,
            )
        )
        state = STATE_PHI * state + draw.normal(
            0.0, STATE_SPREAD * float(np.sqrt(1.0 - STATE_PHI**2))
        )
    return pl.DataFrame(rows, orient="row", schema=TRUTH_SCHEMA), evenings


def _as_tossed(
    done: list[SampleIntervention], decided: tuple[str, Toss] | None
) -> list[SampleIntervention]:
    """The evening as it went where a coin had decided on one thing."""
    if decided is None:
        return done
    intervention, toss = decided
    others = [one for one in done if one.intervention != intervention]
    if not toss.is_done:
        return others
    at = datetime.combine(toss.day, COIN_EVENING)
    return [*others, SampleIntervention(at, intervention, COIN_MINUTES, None)]


def _planted_points(yesterday: Sequence[TruthRow]) -> float:
    """Points added this morning by the day before (no row on the first day)."""
    return sum(
        SPIKE_POINTS * (spike_ratio is not None and spike_ratio > SPIKE_RATIO)
        + DESCENT_POINTS_PER_100_M * descent_m / 100.0
        + CAT_COW_POINTS * did_cat_cow
        for _, spike_ratio, descent_m, _, did_cat_cow, _ in yesterday
    )


def _exposures(days: Season, recordings: Sequence[Recording]) -> pl.DataFrame:
    """Per day: session spike ratio (null without a run or with less than 14 days of history) and
    metres descended in runs.
    """
    longest_m: dict[date, float] = {}
    descent_m: dict[date, float] = {}
    for recording in recordings:
        day = recording.planned.day
        if recording.planned.sport == "running":
            longest_m[day] = max(longest_m.get(day, 0.0), recording.distance_m or 0.0)
            descent_m[day] = descent_m.get(day, 0.0) + (recording.descent_m or 0.0)
    rows = []
    for offset in range((days.last_day - days.first_day).days + 1):
        day = days.first_day + timedelta(days=offset)
        before_m = max(
            (
                longest_m.get(day - timedelta(days=back), 0.0)
                for back in range(1, SPIKE_WINDOW_D + 1)
            ),
            default=0.0,
        )
        has_ratio = day in longest_m and before_m > 0 and offset >= HISTORY_D
        rows.append(
            (day, longest_m[day] / before_m - 1.0 if has_ratio else None, descent_m.get(day, 0.0))
        )
    return pl.DataFrame(
        rows,
        orient="row",
        schema={"day": pl.Date, "spike_ratio": pl.Float64, "descent_m": pl.Float64},
    )


def _evening(day: date, score: int, draw: np.random.Generator) -> list[SampleIntervention]:
    """What was done that evening, likelier after a bad morning."""
    chances = draw.random(len(EVENING_HABITS))
    return [
        _done(day, hour, intervention, minutes, None, draw)
        for chance, (intervention, hour, minutes, usual, when_bad) in zip(
            chances, EVENING_HABITS, strict=True
        )
        if chance < (when_bad if score >= BAD_SCORE else usual)
    ]


def _core_sessions(days: Season, draw: np.random.Generator) -> list[SampleIntervention]:
    """Plank, bird dog and bridge on some Mondays and Fridays while the strength habit holds."""
    done = []
    for offset in range((days.last_day - days.first_day).days + 1):
        day = days.first_day + timedelta(days=offset)
        is_off = is_away(day, days) or is_within(day, days.illness, *days.strength_lapses)
        if draw.random() < 0.30 and day.weekday() in (0, 4) and not is_off:
            done += [
                _done(day, 7.6 + 0.15 * place, name, minutes, 4.0, draw)
                for place, (name, minutes) in enumerate((("C1", 4.0), ("C2", 5.0), ("C3", 5.0)))
            ]
    return done


def _warm_ups(
    recordings: Sequence[Recording], draw: np.random.Generator
) -> list[SampleIntervention]:
    """A logged warm-up before some of the fast runs."""
    fast = [
        recording
        for recording in recordings
        if recording.planned.effort in ("intervals", "tempo", "race")
    ]
    return [
        SampleIntervention(
            (recording.started_at - timedelta(minutes=12)).replace(tzinfo=None), "G1", 10.0, None
        )
        for recording in fast
        if draw.random() < 0.5
    ]


def _massages(days: Season, draw: np.random.Generator) -> list[SampleIntervention]:
    weeks = range(5, (days.last_day - days.first_day).days // 7, 7)
    booked = [days.first_day + timedelta(days=7 * week + 3) for week in weeks]
    return [_done(day, 16.0, "M3", 30.0, None, draw) for day in booked if not is_away(day, days)]


def _done(
    day: date,
    hour: float,
    intervention: str,
    minutes: float,
    rpe: float | None,
    draw: np.random.Generator,
) -> SampleIntervention:
    at = datetime.combine(day, time()) + timedelta(
        minutes=round(60.0 * hour + draw.uniform(-4.0, 4.0))
    )
    return SampleIntervention(at, intervention, minutes, rpe)


def _scores(truth: pl.DataFrame, draw: np.random.Generator) -> pl.DataFrame:
    """The diary as written: a time after getting up, before any run, and now and then a note."""
    rows = []
    for day, score in truth.select("day", "score").drop_nulls().iter_rows():
        hour = (7.9 if day.weekday() >= 5 else 6.8) + float(
            np.clip(draw.normal(0.0, 0.25), -0.5, 0.5)
        )
        note = NOTES[int(draw.integers(len(NOTES)))] if draw.random() < 0.06 else None
        rows.append(
            (datetime.combine(day, time()) + timedelta(minutes=round(60.0 * hour)), score, note)
        )
    return pl.DataFrame(
        rows,
        orient="row",
        schema={"rated_at": pl.Datetime("us"), "score": pl.Int64, "note": pl.String},
    )
