"""The direction of a link: does what is done, or the night, follow the back?"""

from dataclasses import replace

import numpy as np
import polars as pl
from scipy.special import stdtr

from tightlog.findings.arrays import FloatArray, known
from tightlog.findings.exposures import Exposure, column_values, lagged_values, reaction_exposure
from tightlog.findings.rated_days import RatedDays
from tightlog.findings.regression import NO_ORDERS, regression
from tightlog.findings.verdict import Link
from tightlog.findings.whitening import whitened
from tightlog.words.findings import DAILY_LIFE


def with_reactions(links: list[Link], calendar: pl.DataFrame, rated: RatedDays) -> list[Link]:
    """The links with the p of the reaction test, alone and among all, and of a night the p against
    a back that spoilt it; none for scores of the evening, which follow the day's training, so that
    there is no clean test.
    """
    if rated.is_rated_in_evening:
        return links
    tested = [
        _reaction_p(link, calendar, rated) if link.p_value is not None else None for link in links
    ]
    count = sum(p is not None for p in tested)
    return [
        link
        if p is None
        else replace(
            link,
            reaction_p=p,
            reaction_family_p=min(1.0, p * count),
            spoilt_night_p=_spoilt_night_p(link, calendar, rated),
        )
        for link, p in zip(links, tested, strict=True)
    ]


def _reaction_p(link: Link, calendar: pl.DataFrame, rated: RatedDays) -> float | None:
    # p of what was done after the rating of the same day. What was done before the rating is held
    # fixed: who rests after a long run would otherwise seem to rest because of the tightness the
    # run left.
    item, reaction = link.exposure, reaction_exposure(link.exposure)
    if item.is_night:
        return _next_night_p(item, reaction, calendar, rated)
    before = [lagged_values(calendar, one)[rated.rows] for one in (item, reaction)]
    if item.family == DAILY_LIFE:
        # Steps hold those of a run, and who ran yesterday and is tight rests today by plan.
        before.append(rated.life)
    after = column_values(calendar, reaction.column)[rated.rows]
    is_known = ~np.isnan(np.column_stack([*before, after])).any(axis=1)
    if not is_known.any():
        return None
    columns = np.column_stack([rated.confounders, *before, rated.scores, after])[is_known]
    white = whitened(columns, rated.day_numbers[is_known], rated.noise)
    result = regression(white[:, -2], white[:, -1:], white[:, :-2], NO_ORDERS)
    sign = item.reaction_sign
    return known(stdtr(result.degrees_of_freedom, -sign * result.t[0]) if sign else result.p[0])


def _next_night_p(
    item: Exposure, reaction: Exposure, calendar: pl.DataFrame, rated: RatedDays
) -> float | None:
    # Whether the score goes with the night after it, given the two nights before. Not whitened:
    # the tightness that carries over to the evening is what would spoil that night, and whitening
    # removes it.
    night, following = _nights(calendar, reaction.column, rated)
    earlier = np.insert(column_values(calendar, reaction.column)[:-1], 0, np.nan)[rated.rows]
    slope, error, freedom = _on_score(rated, following, np.column_stack([night, earlier]))
    t, sign = slope / error, item.reaction_sign
    return known(stdtr(freedom, -sign * t) if sign else 2.0 * stdtr(freedom, -abs(t)))


def _spoilt_night_p(link: Link, calendar: pl.DataFrame, rated: RatedDays) -> float | None:
    """p against "the back spoils the night, and that is all", None where this is not in question.

    A back that spoils the night before the score spoils the night after it too, as far as tightness
    carries over: the score goes with that night by `carry_over` of how it goes with the night
    before. Where it goes with it by less, the night before has an effect of its own.
    """
    if not link.exposure.is_night or link.exposure.spans_d > 1:
        return None
    night, following = _nights(calendar, link.exposure.column, rated)
    carry, nothing = rated.noise.carry_over, np.empty((night.size, 0))
    before, _, _ = _on_score(rated, np.where(np.isnan(following), np.nan, night), nothing)
    missing, error, freedom = _on_score(rated, carry * night - following, nothing)
    # The carry-over is an estimate as well (AR(1), with rating noise).
    carry_error = np.sqrt((1.0 - carry**2) / max(freedom, 1)) / (1.0 - rated.noise.noise_share)
    whole = np.sqrt(error**2 + (before * carry_error) ** 2)
    return known(stdtr(freedom, -missing * np.sign(before) / whole))


def _nights(calendar: pl.DataFrame, column: str, rated: RatedDays) -> tuple[FloatArray, FloatArray]:
    # The night before each score and the one after it; nothing after the last score is read.
    night = column_values(calendar, column)
    following = np.append(night[1:], np.nan)
    following[rated.rows[-1] :] = np.nan
    return night[rated.rows], following[rated.rows]


def _on_score(rated: RatedDays, series: FloatArray, beside: FloatArray) -> tuple[float, float, int]:
    """Slope of a series on the scores with the drift, the run of the day before and `beside` held
    fixed, its error, and the degrees of freedom; NaN where nothing can be computed.
    """
    fixed = np.column_stack([rated.confounders, rated.life, beside])
    is_known = ~np.isnan(np.column_stack([series, fixed])).any(axis=1)
    if not is_known.any():
        return np.nan, np.nan, 1
    scores = rated.scores[is_known, None]
    result = regression(series[is_known], scores, fixed[is_known], NO_ORDERS)
    return float(result.slope[0]), float(result.steady_error[0]), result.degrees_of_freedom
