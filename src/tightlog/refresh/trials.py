"""The relations `trial`, `trial_day` and `trial_series`: what was logged of trials, with their
answers.

The sealed seed of a running trial is used for its running read-out only; its blocks and its tosses
to come are written nowhere.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl

from tightlog.domain.interventions.catalogue import find
from tightlog.domain.trials import LoggedTrial, TrialEnding, TrialState
from tightlog.home.sealed_seed import sealed_seed
from tightlog.home.settings import Home
from tightlog.journal.flags_in_files import spans_in_files
from tightlog.language.catalogue import phrase, sentence_mark
from tightlog.refresh.carried import NOTHING_MADE, Made
from tightlog.trials.columns import SERIES_SCHEMA, TOSS_SCHEMA, TRIAL_SCHEMA
from tightlog.trials.logged import follows_seed, trial_table
from tightlog.trials.schedule import seed_hash
from tightlog.warehouse.drafts.marks import MAKERS
from tightlog.words.tried import trials as words


def trial_relations(
    home: Home,
    logged: Sequence[LoggedTrial],
    days: pl.DataFrame,
    scores: pl.DataFrame,
    before: Made = NOTHING_MADE,
) -> Made:
    """Frames of the relations, with the mark of what `trial` and `trial_series` were made from:
    answers made from the same before stand. `days` has the first score of each day
    (`tightness_score`). A warning sign among the scores of files stops a trial, as one in the
    journal did before.
    """
    flags = [span.started_on for span in spans_in_files(scores)]
    trials = [_stopped_by_files(trial, flags) for trial in logged]
    scored = days.select("day", "tightness_score").drop_nulls()
    of_days: dict[date, float] = dict(scored.iter_rows())
    seeds = [trial.seed or sealed_seed(home, trial.trial_id) for trial in trials]
    marks = dict.fromkeys(("trial", "trial_series"), _mark(trials, seeds, of_days))

    def answered() -> pl.DataFrame:
        rows = [_row(one, seed, of_days) for one, seed in zip(trials, seeds, strict=True)]
        return pl.DataFrame(rows, schema=TRIAL_SCHEMA, orient="row")

    tosses = [
        trial_table(one, one.seed, of_days).insert_column(0, pl.lit(one.trial_id).alias("trial_id"))
        for one in trials
    ]
    trial = before.relation("trial", marks, TRIAL_SCHEMA, answered)
    rows = {
        "trial": trial,
        "trial_day": pl.concat([pl.DataFrame(schema=TOSS_SCHEMA), *tosses]),
        "trial_series": before.relation(
            "trial_series", marks, SERIES_SCHEMA, lambda: _series(trial)
        ),
    }
    return Made(rows, marks)


def _mark(
    trials: Sequence[LoggedTrial], seeds: Sequence[str | None], scores: Mapping[date, float]
) -> str:
    """Mark of all that answers are made from: the trials, their seeds and titles, and the scores
    around their tosses. No seed can be told from it.
    """
    read = [
        (one, seed, find(one.intervention).title, trial_table(one, seed, scores).rows())
        for one, seed in zip(trials, seeds, strict=True)
    ]
    return hashlib.sha256(f"{MAKERS} {sentence_mark()} {read}".encode()).hexdigest()


def _series(answered: pl.DataFrame) -> pl.DataFrame:
    # Of one trial there is no series, and the statistics need not be imported.
    if answered.height < 2:
        return pl.DataFrame(schema=SERIES_SCHEMA)
    from tightlog.trials.series import trial_series

    titles = {name: find(name).title for name in answered["intervention"].unique()}
    return trial_series(answered, titles)


def _stopped_by_files(trial: LoggedTrial, flags: Sequence[date]) -> LoggedTrial:
    if trial.state is not TrialState.RUNNING or trial.started_on is None:
        return trial
    first = next((day for day in flags if day >= trial.started_on), None)
    if first is None:
        return trial
    return replace(trial, ending=TrialEnding.RED_FLAG, ended_on=first)


def _row(trial: LoggedTrial, seed: str | None, scores: Mapping[date, float]) -> dict[str, Any]:
    said = {name: getattr(trial, name) for name in list(TRIAL_SCHEMA)[:9]}
    return (
        said
        | {
            "state": trial.state.value,
            "ending": None if trial.ending is None else trial.ending.value,
            "is_seed_right": _is_seed_right(trial),
            "stop_note": trial.stop_note,
        }
        | _answer(trial, seed, scores)
    )


def _is_seed_right(trial: LoggedTrial) -> bool | None:
    """Whether seed, hash and tosses of an ended trial belong together; None without its seed."""
    if trial.seed is None or trial.ending is None:
        return None
    return seed_hash(trial.seed) == trial.seed_hash and follows_seed(trial, trial.seed)


def _answer(trial: LoggedTrial, seed: str | None, scores: Mapping[date, float]) -> dict[str, Any]:
    title = find(trial.intervention).title
    made = {"tosses_made": len(trial.tosses)}
    if trial.state is TrialState.PLANNED:
        return made | {"verdict": "planned", "sentence": phrase(words.PLANNED)}
    if seed is None:
        return made | {"verdict": "stopped", "sentence": phrase(words.SEED_LOST)}
    if _is_seed_right(trial) is False:
        return made | {"verdict": "stopped", "sentence": phrase(words.SEED_WRONG)}
    # The statistics are imported where they are used: most homes have no trial.
    from tightlog.trials.answer import Ending, trial_answer

    ending_of = {TrialEnding.PLANNED: Ending.PLANNED, TrialEnding.EARLY: Ending.EARLY}
    ended = Ending.RUNNING
    if trial.ending is not None:
        ended = ending_of.get(trial.ending, Ending.STOPPED)
    table = trial_table(trial, seed, scores)
    return trial_answer(table, ended=ended, title=title).row(0, named=True)
