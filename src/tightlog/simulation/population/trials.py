"""Simulated runners in a coin-flip trial, with known truth: backs and habits that make
observation go wrong.
"""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import polars as pl

from tightlog.domain.trials import LOWEST_SCORE
from tightlog.findings.arrays import FloatArray
from tightlog.simulation.population.days import FIRST_DAY, flare_course, memory
from tightlog.simulation.population.runner import SCORE_MEAN, SCORE_SPREAD
from tightlog.trials.columns import TRIAL_DAY_SCHEMA
from tightlog.trials.power import ADHERENCE, CONTAMINATION
from tightlog.trials.schedule import schedule

HISTORY_D = 180
LONGEST_D = 1500
PAINKILLER_POINTS, PAINKILLER_SCORE, PAINKILLER_SHARE = -1.5, 4.0, 0.6


@dataclass(frozen=True)
class TrialRunner:
    """The truth behind one runner of a trial: the back, the habits, and what the diary lacks."""

    carry_over: float = 0.8
    spread_points: float = SCORE_SPREAD
    noise_points: float = 0.0
    flare_points: float = 0.0
    lowest_score: float = LOWEST_SCORE  # tosses are made from this score on: flare selection
    feels_easing: bool = False  # does it rather when the back eases anyway
    takes_painkiller: bool = False  # on bad mornings, and does not log it
    skips_bad_days: bool = False  # the next score is missing rather when it is high
    is_lasting: bool = False  # the effect fades as the back's own state does
    missing: float = 0.2


TRIAL_CELLS: dict[str, TrialRunner] = {
    "memory_0.8": TrialRunner(),
    "memory_0.95": TrialRunner(carry_over=0.95),
    "noise": TrialRunner(noise_points=SCORE_SPREAD),
    "flares": TrialRunner(flare_points=3.0),
    "flares_slow": TrialRunner(0.97, 1.0, 0.6, flare_points=4.0),
    "flare_selection": TrialRunner(flare_points=3.0, lowest_score=4.0),
    "felt_easing": TrialRunner(feels_easing=True),
    "painkiller": TrialRunner(takes_painkiller=True),
    "bad_days_missing": TrialRunner(skips_bad_days=True),
}


@dataclass(frozen=True)
class SimulatedTrial:
    """Scores before the trial (`day`, `score`) and one row a toss (TRIAL_DAY_SCHEMA)."""

    past: pl.DataFrame
    trial_days: pl.DataFrame


def simulated_trial(
    runner: TrialRunner, true_points: float, tosses: int, rng: np.random.Generator
) -> SimulatedTrial:
    """One runner's trial; doing it moves the next score by `true_points`."""
    coin = schedule(rng.bytes(32).hex(), tosses)
    assigned, blocks = coin["is_assigned"].to_list(), coin["block"].to_list()
    back = _back(runner, rng)
    noise = runner.noise_points * rng.normal(size=LONGEST_D)
    past: list[tuple[object, float | None]] = []
    rows: list[list[object]] = []
    eased = 0.0
    for number in range(LONGEST_D - 1):
        day = FIRST_DAY + timedelta(days=number)
        given = float(np.round(np.clip(back[number] + eased + noise[number], 0, 10)))
        score = None if rng.random() < _chance_missing(runner, given) else given
        if rows and rows[-1][0] == day - timedelta(days=1):
            rows[-1][-1] = score
        if len(rows) == tosses:
            break
        eased = _painkiller(runner, given, rng)
        if number < HISTORY_D:
            past.append((day, score))
        elif score is not None and score >= runner.lowest_score:
            is_assigned = assigned[len(rows)]
            is_done = rng.random() < _chance_done(runner, is_assigned, back[number : number + 2])
            rows.append([day, blocks[len(rows)], is_assigned, is_done, score, None])
            if is_done and runner.is_lasting:
                back[number + 1 :] += true_points * runner.carry_over ** np.arange(
                    LONGEST_D - number - 1
                )
            eased += true_points * (is_done and not runner.is_lasting)
    return SimulatedTrial(
        pl.DataFrame(past, schema={"day": pl.Date, "score": pl.Float64}, orient="row"),
        pl.DataFrame(rows, schema=TRIAL_DAY_SCHEMA, orient="row"),
    )


def _back(runner: TrialRunner, rng: np.random.Generator) -> FloatArray:
    state = runner.spread_points * memory(rng, LONGEST_D, runner.carry_over)
    return np.asarray(SCORE_MEAN + state + runner.flare_points * flare_course(rng, LONGEST_D))


def _painkiller(runner: TrialRunner, score: float, rng: np.random.Generator) -> float:
    is_bad = score >= PAINKILLER_SCORE
    is_taken = runner.takes_painkiller and is_bad and rng.random() < PAINKILLER_SHARE
    return PAINKILLER_POINTS * is_taken


def _chance_missing(runner: TrialRunner, score: float) -> float:
    if not runner.skips_bad_days:
        return runner.missing
    return min(2.0 * runner.missing * score / 10.0 + 0.4 * runner.missing, 0.9)


def _chance_done(runner: TrialRunner, is_assigned: bool, back: FloatArray) -> float:
    usual = ADHERENCE if is_assigned else CONTAMINATION
    if not runner.feels_easing:
        return usual
    return usual + (0.10 if back[1] < back[0] else -0.10)
