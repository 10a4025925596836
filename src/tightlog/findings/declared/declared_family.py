"""The declared hypotheses as one family, tested by the rules of the others on what came after each
was written down.

The family is every hypothesis ever declared, withdrawn ones too: whoever dropped those that look
bad would choose by the scores. It is judged by itself, and takes nothing from the error rates of
the two families that were fixed beforehand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from tightlog.findings.association import associate
from tightlog.findings.exposures import Exposure
from tightlog.findings.read_days import LEFT_OUT, MOMENT, OUTCOME
from tightlog.language.catalogue import phrase
from tightlog.words.findings import DECLARED


@dataclass(frozen=True)
class Declared:
    """A hypothesis with its value on each day (`day`, `value`; null is not known); `key` is its
    own among all.
    """

    key: str
    name: str
    unit: str
    declared_on: date
    values: pl.DataFrame


def declared_links(
    days: pl.DataFrame, family: Sequence[Declared], permutations: int = 2000, seed: int = 0
) -> pl.DataFrame:
    """One row per hypothesis, in the columns of a finding; `exposure` is its key. Only scores of
    days after a hypothesis was written down are evidence on it.
    """
    exposures = [_exposure(one) for one in family]
    return associate(declared_days(days, family), OUTCOME, exposures, permutations, seed)


def declared_days(days: pl.DataFrame, family: Sequence[Declared]) -> pl.DataFrame:
    """Days from the first declaration on, with the score of those after it and a column for each
    hypothesis, null before the day it was written down: the day before the first score that is
    evidence.
    """
    first = min(one.declared_on for one in family)
    kept = [name for name in (OUTCOME, MOMENT, LEFT_OUT) if name in days.columns]
    since = days.select("day", *kept).filter(pl.col("day") >= first)
    is_after = pl.col("day") > first
    since = since.with_columns(pl.when(is_after).then(name).alias(name) for name in kept)
    for one in family:
        values = one.values.select("day", pl.col("value").alias(one.key))
        is_declared = pl.col("day") >= one.declared_on
        since = since.join(values, on="day", how="left", maintain_order="left").with_columns(
            pl.when(is_declared).then(one.key).alias(one.key)
        )
    return since


def _exposure(one: Declared) -> Exposure:
    return Exposure(
        one.key,
        phrase("{name} the day before", name=one.name),
        phrase("more {name} the day before", name=one.name),
        one.unit,
        needs=phrase("days on which {name} is known", name=one.name),
        name=one.name,
        is_window_in_title=True,
        family=DECLARED,
        # No study speaks for one more than for another.
        weight=1.0,
    )
