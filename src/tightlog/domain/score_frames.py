"""Scores, interventions done and function as frames, in the columns of their relations."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from tightlog.domain.diary import (
    FIELDS_OF_NAMES,
    FunctionScore,
    InterventionDone,
    TightnessScore,
)
from tightlog.domain.frames import DONE_SCHEMA, FUNCTION_SCHEMA, SCORE_SCHEMA


def score_frame(scores: Sequence[TightnessScore]) -> pl.DataFrame:
    """Scores as a frame in the columns of `tightness`."""
    return pl.DataFrame([score_row(score) for score in scores], schema=dict(SCORE_SCHEMA))


def score_row(score: TightnessScore) -> dict[str, Any]:
    """A score as a row of `tightness`."""
    lists = {name: list(getattr(score, name)) for name in FIELDS_OF_NAMES}
    return {name: getattr(score, name) for name in SCORE_SCHEMA} | lists


def scores_of(frame: pl.DataFrame) -> list[TightnessScore]:
    """Rows of `tightness` as scores, in their order."""
    rows = frame.select(list(SCORE_SCHEMA)).iter_rows(named=True)
    return [
        TightnessScore(**(row | {name: tuple(row[name] or ()) for name in FIELDS_OF_NAMES}))
        for row in rows
    ]


def done_frame(interventions: Sequence[InterventionDone]) -> pl.DataFrame:
    """Interventions done as a frame in the columns of `intervention_log`."""
    return pl.DataFrame(
        [{name: getattr(one, name) for name in DONE_SCHEMA} for one in interventions],
        schema=dict(DONE_SCHEMA),
    )


def done_of(frame: pl.DataFrame) -> list[InterventionDone]:
    """Rows of `intervention_log` as interventions done, in their order."""
    rows = frame.select(list(DONE_SCHEMA)).iter_rows(named=True)
    return [InterventionDone(**row) for row in rows]


def function_frame(answers: Sequence[FunctionScore]) -> pl.DataFrame:
    """Answers about function as a frame in the columns of `function_score`."""
    return pl.DataFrame(
        [{name: getattr(one, name) for name in FUNCTION_SCHEMA} for one in answers],
        schema=dict(FUNCTION_SCHEMA),
    )
