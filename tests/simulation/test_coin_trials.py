"""What the sample's trials promise: one that is over and one that runs, both by the rules of a real
trial.
"""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from tightlog.domain.trials import LOWEST_SCORE, TrialEnding, TrialState
from tightlog.simulation.sample.coin_trials import journal_lines
from tightlog.simulation.sample.history import SAMPLE_SEED, SampleHistory, sample_history
from tightlog.trials.logged import follows_seed
from tightlog.trials.schedule import seed_hash

LAST_DAY = date(2026, 5, 10)


@pytest.fixture(scope="module")
def history() -> SampleHistory:
    return sample_history(LAST_DAY, SAMPLE_SEED, 4)


def test_one_trial_is_over_and_one_runs(history: SampleHistory) -> None:
    over, running = (made.logged for made in history.diary.trials)
    assert over.state is TrialState.ENDED and over.ending is TrialEnding.PLANNED
    assert len(over.tosses) == over.tosses_planned and over.seed is not None
    assert running.state is TrialState.RUNNING and running.seed is None
    assert over.ended_on is not None and running.started_on is not None
    assert over.ended_on < running.started_on <= LAST_DAY


def test_tosses_follow_the_seed_and_fall_on_scored_mornings(history: SampleHistory) -> None:
    scored = dict(history.diary.truth.select("day", "score").iter_rows())
    for made in history.diary.trials:
        assert seed_hash(made.seed) == made.logged.seed_hash
        assert made.tosses and follows_seed(made.logged, made.seed)
        assert all((scored[toss.day] or 0) >= LOWEST_SCORE for toss in made.tosses)


def test_the_diary_has_what_the_coin_decided(history: SampleHistory) -> None:
    done = {(one.done_at.date(), one.intervention) for one in history.diary.interventions}
    for made in history.diary.trials:
        for toss in made.tosses:
            assert ((toss.day, made.trial.intervention) in done) is toss.is_done


def test_the_journal_tells_no_seed_of_a_trial_that_runs(history: SampleHistory) -> None:
    over, running = history.diary.trials
    zone = ZoneInfo("Europe/Oslo")
    assert over.seed in str(list(journal_lines(over.logged, zone)))
    assert running.seed not in str(list(journal_lines(running.logged, zone)))
