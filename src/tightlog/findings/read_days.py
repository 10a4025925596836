"""The part of the days that findings and effects read: while it is the same, so are they."""

from collections.abc import Iterable

import polars as pl

from tightlog.domain.frames import IS_WATCHED
from tightlog.findings.daily_life.held_fixed import HELD_COLUMNS
from tightlog.findings.daily_life.life_family import life_columns
from tightlog.findings.exposures import (
    ESTIMATED_SHARE_OF,
    FAMILY,
    full_calendar,
    reaction_exposure,
)

OUTCOME, MOMENT = "tightness_score", "tightness_moment"
# Scores of the day that are no outcome.
LEFT_OUT = "left_out_scores"
# Eases a back whatever else is done that day: held fixed in every comparison where it is logged.
CONTEXT_COLUMNS = {
    "context_painkiller": "painkillers", "context_physio": "physio", "context_heat": "heat",
}  # fmt: skip
# A run on the same day goes with the intervention (stretching after running) and with the next
# score; it is held fixed where known.
RUN_COLUMN = "run_distance_m"


def days_of_findings(days: pl.DataFrame) -> pl.DataFrame:
    """What associate reads of the days: one row per calendar day up to the last scored one, with
    the score, the exposures of both families and what is held fixed.
    """
    tested = [
        item.column for exposure in FAMILY for item in (exposure, reaction_exposure(exposure))
    ]
    shares = [ESTIMATED_SHARE_OF[name] for name in tested if name in ESTIMATED_SHARE_OF]
    beside = (*HELD_COLUMNS, *life_columns())
    return _scored(days, (MOMENT, LEFT_OUT, RUN_COLUMN, *tested, *shares, *beside))


def days_of_effects(days: pl.DataFrame, done: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    """What effects read, and the interventions ever done: days up to the last scored one, with a
    0/1 column per intervention (null on a day of unknown coverage).

    What was done counts on days with a score that another followed, and is null on all others.
    """
    marked, names = _with_interventions(days, done)
    scored = _scored(marked, (RUN_COLUMN, *CONTEXT_COLUMNS, *names))
    is_compared = pl.col(OUTCOME).is_not_null() & pl.col(OUTCOME).shift(-1).is_not_null()
    read = [name for name in (RUN_COLUMN, *names) if name in scored.columns]
    return scored.with_columns(pl.when(is_compared).then(name).alias(name) for name in read), names


def _scored(days: pl.DataFrame, columns: Iterable[str]) -> pl.DataFrame:
    """Calendar days up to the last with a score: day, score and those of the columns they hold."""
    calendar = full_calendar(days)
    wanted = dict.fromkeys(("day", OUTCOME, *columns))
    known = calendar.select(name for name in wanted if name in calendar.columns)
    if OUTCOME not in known.columns:
        return known.clear()
    last = known.filter(pl.col(OUTCOME).is_not_null())["day"].max()
    return known.filter(pl.col("day") <= pl.lit(last, pl.Date))


def _with_interventions(days: pl.DataFrame, done: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    names = done["intervention"].unique().sort().to_list()
    for name in names:
        on = done.filter(pl.col("intervention") == name)["day"].unique()
        is_done = pl.when(IS_WATCHED).then(pl.col("day").is_in(on.implode()).cast(pl.Float64))
        days = days.with_columns(is_done.alias(name))
    return days, names
