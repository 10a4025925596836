"""The table of a logged trial: tosses, blocks of its seed, and the scores around them."""

from collections.abc import Mapping
from datetime import date, timedelta

import polars as pl

from tightlog.domain.trials import LoggedTrial
from tightlog.trials.columns import TRIAL_DAY_SCHEMA
from tightlog.trials.schedule import schedule


def trial_table(trial: LoggedTrial, seed: str | None, scores: Mapping[date, float]) -> pl.DataFrame:
    """One row a toss (TRIAL_DAY_SCHEMA); the block is null without the seed. `scores` are the first
    of each day.
    """
    blocks: list[int | None] = [None] * len(trial.tosses)
    if seed is not None:
        blocks = schedule(seed, len(trial.tosses))["block"].to_list()
    rows = [
        (
            toss.day,
            block,
            toss.is_assigned,
            toss.is_done,
            scores.get(toss.day),
            scores.get(toss.day + timedelta(days=1)),
        )
        for toss, block in zip(trial.tosses, blocks, strict=True)
    ]
    return pl.DataFrame(rows, schema=TRIAL_DAY_SCHEMA, orient="row")


def follows_seed(trial: LoggedTrial, seed: str) -> bool:
    """True when the tosses logged are those of the seed."""
    drawn = schedule(seed, len(trial.tosses))["is_assigned"].to_list()
    return drawn == [toss.is_assigned for toss in trial.tosses]
