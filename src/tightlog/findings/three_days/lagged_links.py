"""Links over the three days before a score, and the evidence for what is told of each."""

from dataclasses import replace

import numpy as np
import polars as pl
from scipy.special import stdtrit

from tightlog.findings.arrays import BoolArray, FloatArray, IntArray, known
from tightlog.findings.evidence import LARGEST_LOG_E, log_e, robustness_pct, shrunk_points
from tightlog.findings.exposures import column_values, lagged_values, reaction_exposure
from tightlog.findings.gates import LARGEST_LOSS_SHARE
from tightlog.findings.rated_days import RatedDays, whitened_columns
from tightlog.findings.read_days import RUN_COLUMN
from tightlog.findings.regression import (
    INTERVAL_MISSES,
    NO_ORDERS,
    Regression,
    orders_within,
    regression,
)
from tightlog.findings.three_days.lags import LAG_WEIGHTS, LagFit, lag_fits, values_of_lags
from tightlog.findings.verdict import Link


def with_lags(
    links: list[Link],
    calendar: pl.DataFrame,
    rated: RatedDays,
    permuted_t: FloatArray,
    t: FloatArray,
    orders: IntArray,
) -> list[Link]:
    """The links, those of acute exposures with their three days; observed and permuted statistic of
    these are put into `t` and `permuted_t` (permutations × family).
    """
    links = list(links)
    acute = {number: _three_days(link, calendar, rated) for number, link in enumerate(links)}
    groups: dict[bytes, list[int]] = {}
    for number, values in acute.items():
        if values is not None:
            groups.setdefault(np.isnan(values).any(axis=1).tobytes(), []).append(number)
    for members in groups.values():
        days = {number: values for number in members if (values := acute[number]) is not None}
        is_known = _all_known(days[members[0]])
        outcome, white, fixed = whitened_columns(
            rated, is_known, np.column_stack([values[is_known] for values in days.values()])
        )
        parts = [white[:, 3 * place : 3 * place + 3] for place in range(len(members))]
        kept = orders_within(orders, is_known)
        for number, part, fit in zip(
            members, parts, lag_fits(outcome, parts, fixed, kept), strict=True
        ):
            if fit is None:
                continue
            t[number], permuted_t[:, number] = fit.score, fit.permuted_scores
            links[number] = _of_three_days(links[number], fit)
            if links[number].told_lag_d > 1:
                links[number] = _told_later(
                    links[number],
                    fit,
                    rated,
                    is_known,
                    days[number][is_known],
                    part,
                    outcome,
                    fixed,
                )
    return links


def _three_days(link: Link, calendar: pl.DataFrame, rated: RatedDays) -> FloatArray | None:
    # Rows × 3; None where the three days are not known often enough.
    if not link.exposure.is_acute or link.effect_points is None:
        return None
    values = values_of_lags(calendar, link.exposure)[rated.rows].copy()
    values[~_all_known(rated.life)] = np.nan
    if link.exposure.is_night:
        values[~rated.is_after_night] = np.nan
    known = int(_all_known(values).sum())
    return values if known >= (1.0 - LARGEST_LOSS_SHARE) * link.n_days else None


def _of_three_days(link: Link, fit: LagFit) -> Link:
    span = _span(link)
    logs = [
        np.log(weight) + log_e(slope * span, error * span, fit.degrees_of_freedom, _sign(link))
        for weight, slope, error in zip(LAG_WEIGHTS, fit.slopes, fit.steady_errors, strict=True)
    ]
    told = int(np.argmax(logs))
    margin = float(stdtrit(fit.degrees_of_freedom, 1 - INTERVAL_MISSES / 2)) * fit.total_error
    hits = int(np.sum(fit.permuted_scores >= fit.score * (1.0 - 1e-12)))
    return replace(
        link,
        joint_p=(1.0 + hits) / (1.0 + fit.permuted_scores.size),
        lag_points=tuple(float(slope * span) for slope in fit.slopes),
        largest_error=float(fit.errors.max() * span),
        cumulative_points=fit.total * span,
        cumulative_low=(fit.total - margin) * span,
        cumulative_high=(fit.total + margin) * span,
        told_lag_d=told + 1,
        told_error=float(fit.steady_errors[told] * span),
        later_points=float(fit.slopes[told] * span) if told else None,
        e_value=float(np.exp(min(np.logaddexp.reduce(logs), LARGEST_LOG_E))),
    )


def _told_later(
    link: Link,
    fit: LagFit,
    rated: RatedDays,
    is_known: BoolArray,
    values: FloatArray,
    white: FloatArray,
    outcome: FloatArray,
    fixed: FloatArray,
) -> Link:
    # A link two or three days later: its checks are made on that day, and the day before is told
    # with the other two held fixed.
    span, again = _span(link), rated.is_yesterday_rated[is_known]
    checked = _alone(outcome, white, fixed, link.told_lag_d)
    rerun = _alone(outcome[again], white[again], fixed[again], link.told_lag_d)
    ranks = (
        _alone(*whitened_columns(rated.ranked, is_known, values), link.told_lag_d)
        if rated.ranked
        else None
    )
    margin = float(stdtrit(fit.degrees_of_freedom, 1 - INTERVAL_MISSES / 2)) * fit.errors[0] * span
    before = _alone(outcome, white, fixed, 1)
    return replace(
        link,
        effect_points=link.lag_points[0],
        effect_low=link.lag_points[0] - margin,
        effect_high=link.lag_points[0] + margin,
        error_points=float(fit.errors[0] * span),
        p_value=float(before.p[0]),
        earlier_half_points=known(checked.half_slopes[0, 0] * span),
        later_half_points=known(checked.half_slopes[1, 0] * span),
        yesterday_rated_points=known(rerun.slope[0] * span),
        yesterday_rated_p=known(rerun.p[0]),
        rank_p=None if ranks is None else known(ranks.p[0]),
        rank_sign=0.0 if ranks is None else float(np.nan_to_num(np.sign(ranks.slope[0]))),
    )


def beside_same_day(link: Link, calendar: pl.DataFrame, rated: RatedDays) -> Link:
    """The link with its size and p where what was done on the day of the score is held fixed, and
    the smaller of both e-values.
    """
    link = replace(link, is_time_unknown=True)
    if link.effect_points is None:
        return link
    before = (
        values_of_lags(calendar, link.exposure)
        if link.lag_points
        else lagged_values(calendar, link.exposure)[:, None]
    )
    beside = _same_day(link, calendar)
    values = np.column_stack([before, beside])[rated.rows]
    is_known = _all_known(np.column_stack([values, rated.life]))
    if not is_known.any():
        return link
    outcome, white, fixed = whitened_columns(rated, is_known, values[is_known])
    days = before.shape[1]
    result = _alone(
        outcome, white[:, :days], np.column_stack([fixed, white[:, days:]]), link.told_lag_d
    )
    if np.isnan(result.t[0]):
        return link
    span = _span(link)
    points, error = float(result.slope[0] * span), float(result.steady_error[0] * span)
    weight = LAG_WEIGHTS[link.told_lag_d - 1] if link.lag_points else 1.0
    held = np.exp(log_e(points, error, result.degrees_of_freedom, _sign(link))) * weight
    return replace(
        with_e_value(link),
        same_day_points=points,
        same_day_p=float(result.p[0]),
        e_value=min(float(held), with_e_value(link).e_value or 0.0),
    )


def _same_day(link: Link, calendar: pl.DataFrame) -> FloatArray:
    # What was done on the day of the score: of the exposure itself, and the run.
    names = dict.fromkeys((reaction_exposure(link.exposure).column, RUN_COLUMN))
    columns = [column_values(calendar, name) for name in names if name in calendar.columns]
    flags = [np.where(np.isnan(column), np.nan, column > 0) for column in columns]
    return np.column_stack([*columns, *flags])


def with_e_value(link: Link) -> Link:
    """The link with its e-value, that of the day before where the three days are not tested."""
    if link.e_value is not None or link.effect_points is None or not link.told_error:
        return link
    freedom = link.degrees_of_freedom
    return replace(
        link,
        e_value=float(np.exp(log_e(link.effect_points, link.told_error, freedom, _sign(link)))),
    )


def with_shown_size(link: Link, prior_share: float) -> Link:
    """The link with the size shown, and how strong a cause nobody logged would have to be."""
    if link.e_value is None or not link.told_error:
        return link
    points, error = link.told_points, link.told_error
    return replace(
        link,
        shrunk_points=shrunk_points(points, error, link.e_value, min(prior_share, 0.5)),
        robustness_pct=robustness_pct(points, error, link.degrees_of_freedom),
    )


def _alone(outcome: FloatArray, days: FloatArray, fixed: FloatArray, lag_d: int) -> Regression:
    # One of the days, the others held fixed.
    others = np.delete(days, lag_d - 1, axis=1)
    return regression(
        outcome, days[:, lag_d - 1 : lag_d], np.column_stack([fixed, others]), NO_ORDERS
    )


def _span(link: Link) -> float:
    return (link.exposure_high or 0.0) - (link.exposure_low or 0.0)


def _sign(link: Link) -> int:
    return link.exposure.expected_sign


def _all_known(values: FloatArray) -> BoolArray:
    # Rows without an unknown value.
    return np.asarray(~np.isnan(values).any(axis=1), dtype=np.bool_)
