"""The direction of a link: does what is done, or the night, follow the back?"""

from dataclasses import replace

import numpy as np
import polars as pl
from scipy.special import stdtr

from tightlog.findings.arrays import FloatArray, known
from tightlog.findings.exposures import (
    Exposure,
    column_values,
    lagged_values,
    reaction_exposure,
)
from tightlog.findings.rated_days import RatedDays
from tightlog.findings.regression import NO_ORDERS, regression
from tightlog.findings.verdict import Link
from tightlog.findings.whitening import whitened


def with_reactions(links: list[Link], calendar: pl.DataFrame, rated: RatedDays) -> list[Link]:
    """The links with the p of the reaction test, alone and among all; none for scores of the
    evening, which follow the day's training, so that there is no clean test.
    """
    if rated.is_rated_in_evening:
        return links
    tested = [
        _reaction_p(link, calendar, rated) if link.p_value is not None else None for link in links
    ]
    count = sum(p is not None for p in tested)
    return [
        link if p is None else replace(link, reaction_p=p, reaction_family_p=min(1.0, p * count))
        for link, p in zip(links, tested, strict=True)
    ]


def _reaction_p(link: Link, calendar: pl.DataFrame, rated: RatedDays) -> float | None:
    item, reaction = link.exposure, reaction_exposure(link.exposure)
    before, after = (
        _nights_around(calendar, reaction, rated)
        if item.is_night
        else _days_around(calendar, item, reaction, rated)
    )
    is_known = ~np.isnan(np.column_stack([before, after])).any(axis=1)
    if not is_known.any():
        return None
    columns = np.column_stack([rated.confounders, before, rated.scores, after])[is_known]
    if not item.is_night:
        columns = whitened(columns, rated.day_numbers[is_known], rated.noise)
    result = regression(columns[:, -2], columns[:, -1:], columns[:, :-2], NO_ORDERS)
    t, sign = result.slope[0] / result.steady_error[0], item.reaction_sign
    if not item.is_night:
        t = result.t[0]
    freedom = result.degrees_of_freedom
    return known(stdtr(freedom, -sign * t) if sign else 2.0 * stdtr(freedom, -abs(t)))


def _days_around(
    calendar: pl.DataFrame, item: Exposure, reaction: Exposure, rated: RatedDays
) -> tuple[FloatArray, FloatArray]:
    # What was done after the rating of the same day. What was done before the rating is held fixed:
    # who rests after a long run would otherwise seem to rest because of the tightness the run left.
    before = [lagged_values(calendar, one)[rated.rows] for one in (item, reaction)]
    return np.column_stack(before), column_values(calendar, reaction.column)[rated.rows]


def _nights_around(
    calendar: pl.DataFrame, reaction: Exposure, rated: RatedDays
) -> tuple[FloatArray, FloatArray]:
    # The night after the score, given the two before it. Not whitened: the state of the back that
    # is carried over to the evening is what would spoil that night, and whitening removes it.
    night = column_values(calendar, reaction.column)
    last = rated.rows[-1]
    following = np.append(night[1:], np.nan)
    following[last:] = np.nan  # nothing after the last score is read
    earlier = np.insert(night[:-1], 0, np.nan)
    return np.column_stack([night, earlier])[rated.rows], following[rated.rows]
