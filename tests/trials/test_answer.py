"""The answer of a trial: exact, honest about what is missing, and the same for everybody."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from tightlog.errors import TrialTableError
from tightlog.simulation.population.trials import TRIAL_CELLS, simulated_trial
from tightlog.trials import trial_answer
from tightlog.trials.answer import Ending
from tightlog.trials.columns import ANSWER_SCHEMA, TRIAL_DAY_SCHEMA
from tightlog.trials.randomisation import END_ERROR, coin, redrawn
from tightlog.trials.statistic import comparison
from tightlog.trials.trial_table import scores_of, tosses_of


def _trial(points: float, tosses: int = 80, seed: int = 1) -> pl.DataFrame:
    rng = np.random.default_rng(seed)
    return simulated_trial(TRIAL_CELLS["memory_0.8"], points, tosses, rng).trial_days


def test_a_planted_effect_is_found_with_its_sign_and_size() -> None:
    found = trial_answer(_trial(-1.5), permutations=400).row(0, named=True)
    assert found["verdict"] == "helps"
    assert found["effect_low"] <= -1.5 * 0.75 <= found["effect_high"] < 0
    assert "points lower" in found["sentence"]
    worse = trial_answer(_trial(1.5), permutations=400).row(0, named=True)
    assert worse["verdict"] == "hurts"


@pytest.mark.parametrize("seed", range(6))
def test_the_interval_holds_zero_exactly_when_the_end_says_nothing(seed: int) -> None:
    found = trial_answer(_trial(-0.7, seed=seed), permutations=400).row(0, named=True)
    holds_zero = found["effect_low"] <= 0 <= found["effect_high"]
    assert holds_zero == (found["p_value"] >= END_ERROR)
    assert found["effect_low"] <= found["effect_points"] <= found["effect_high"]


def test_the_coin_is_drawn_again_within_blocks_only() -> None:
    tosses = tosses_of(_trial(0.0))
    for drawn in redrawn(tosses, 50, 0):
        for block in np.unique(tosses.block):
            own = tosses.block == block
            assert drawn[own].sum() == tosses.assigned[own].sum()


def test_without_an_effect_p_is_below_a_level_as_often_as_the_level_says() -> None:
    # The scores of one trial stay as they are; only the coin is thrown again: that is what exact
    # means, whatever the scores are like.
    tosses = tosses_of(_trial(0.0))
    compared = comparison(scores_of(tosses), tosses.day.size)
    p_values = np.array(
        [
            coin(compared, replace(tosses, assigned=sides), 99, number).p_value(0.0)
            for number, sides in enumerate(redrawn(tosses, 300, 7))
        ]
    )
    assert 0.12 <= np.mean(p_values <= 0.2) <= 0.28
    assert np.mean(p_values <= 0.05) <= 0.10


def test_the_same_table_gives_the_same_answer_in_any_order() -> None:
    table = _trial(-1.0)
    answer = trial_answer(table, permutations=200)
    assert answer.equals(trial_answer(table.sample(fraction=1.0, shuffle=True), permutations=200))
    assert answer.schema == pl.Schema(ANSWER_SCHEMA)


def test_too_few_next_scores_give_no_answer() -> None:
    empty = pl.DataFrame(schema=TRIAL_DAY_SCHEMA)
    alike = _trial(0.0).with_columns(score_before=pl.lit(3.0), score_after=pl.lit(3.0))
    unscored = _trial(0.0).with_columns(score_after=pl.lit(None, dtype=pl.Float64))
    for table in (empty, _trial(0.0).head(6), alike, unscored):
        found = trial_answer(table, permutations=50).row(0, named=True)
        assert found["verdict"] == "not_enough_data"
        assert found["p_value"] is None and found["effect_points"] is None


def test_a_running_trial_shows_nothing_but_its_running_test() -> None:
    found = trial_answer(_trial(-1.5), permutations=50, ended=Ending.RUNNING).row(0, named=True)
    assert found["verdict"] == "running"
    assert found["effect_points"] is None and found["p_value"] is None
    assert found["e_value"] > 1


def test_a_stopped_trial_is_judged_only_by_the_test_that_holds_at_any_look() -> None:
    stopped = trial_answer(_trial(-0.5).head(40), ended=Ending.STOPPED).row(0, named=True)
    assert stopped["p_value"] is None
    assert stopped["verdict"] == "stopped"
    planned = trial_answer(_trial(-0.5).head(40)).row(0, named=True)
    width, exact = (row["effect_high"] - row["effect_low"] for row in (stopped, planned))
    assert width > exact


def test_a_table_that_is_no_trial_is_refused() -> None:
    table = _trial(0.0)
    twice = pl.concat([table, table.head(1)])
    coinless = table.with_columns(is_assigned=pl.lit(None, dtype=pl.Boolean))
    for wrong in (table.drop("block"), twice, coinless):
        with pytest.raises(TrialTableError):
            trial_answer(wrong)


def test_what_was_done_never_changes_the_answer() -> None:
    table = _trial(-1.0)
    other = table.with_columns(is_done=~pl.col("is_done"))
    columns = ["effect_points", "p_value", "e_value", "verdict", "sentence"]
    answers = [trial_answer(one, permutations=99).select(columns) for one in (table, other)]
    assert answers[0].equals(answers[1])


def test_days_apart_are_not_taken_for_neighbours() -> None:
    start = date(2026, 3, 1)
    table = _trial(-1.0)
    spread = table.with_columns(
        day=pl.Series([start + timedelta(days=3 * number) for number in range(table.height)])
    )
    found = trial_answer(spread, permutations=99).row(0, named=True)
    assert found["p_value"] is not None and found["effect_low"] < found["effect_high"]
