"""What goes with tightness: whitened partial association of the score with each exposure of the
family, and its verdict.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from scipy.special import stdtr

from tightlog.findings.arrays import BoolArray, FloatArray, IntArray
from tightlog.findings.columns import FINDING_SCHEMA
from tightlog.findings.exposures import (
    Exposure,
    chosen_exposures,
    column_values,
    estimated_days,
    exposure,
    full_calendar,
    lagged_values,
    reaction_exposure,
)
from tightlog.findings.facts import finding_facts
from tightlog.findings.gates import LARGEST_LOSS_SHARE, LONGEST_DIARY_GAP_D
from tightlog.findings.one_thread import on_one_thread
from tightlog.findings.read_days import LIFE_COLUMNS, MOMENT, OUTCOME
from tightlog.findings.regression import (
    Regression,
    false_discovery_q,
    family_p,
    half_width,
    orders_within,
    permutation_p,
    permuted_orders,
    regression,
    smallest_detectable,
)
from tightlog.findings.verdict import POSSIBLE_Q, Link, ScoreRecord
from tightlog.findings.whitening import NoiseModel, confounders, noise_model, whitened
from tightlog.words import findings as words

# Beyond this share of scores at one level, points are averages of rare changes, and their ranks are
# asked as well.
LEVEL_SHARE_FOR_RANKS = 0.5
NO_ORDERS = np.empty((0, 0), dtype=np.int64)


@dataclass(frozen=True)
class RatedDays:
    """The scored days: rows of the calendar, days since 1970, scores, confounders (orthonormal) and
    the noise model of the scores.

    `life` holds the other things held fixed (rows × columns named in `life_names`); `ranked` is
    the same days with the ranks of the scores, where most scores are one and the same.
    """

    rows: IntArray
    day_numbers: IntArray
    scores: FloatArray
    confounders: FloatArray
    noise: NoiseModel
    is_yesterday_rated: BoolArray
    is_rated_in_evening: bool
    life: FloatArray
    life_names: tuple[str, ...] = ()
    ranked: "RatedDays | None" = None


@on_one_thread
def associate(
    days: pl.DataFrame,
    outcome: str = OUTCOME,
    exposures: Sequence[Exposure | str] | None = None,
    permutations: int = 2000,
    seed: int = 0,
) -> pl.DataFrame:
    """One row per exposure with effect (points, low to high exposure), 95 % interval,
    permutation p, BH q, verdict and sentence.
    """
    calendar = full_calendar(days)
    family = chosen_exposures(exposures)
    rated = rated_days(calendar, outcome)
    links, permuted_t, t = _measured_links(calendar, rated, family, permutations, seed)
    links = _with_reactions(_judged_as_family(links, t, permuted_t), calendar, rated)
    record = score_record(rated)
    return pl.DataFrame(
        [_finding(link, record) for link in links], schema=FINDING_SCHEMA, orient="row"
    )


def rated_days(calendar: pl.DataFrame, outcome: str) -> RatedDays:
    """The days of the calendar that have a score, with what the tests need to know about them."""
    scores = column_values(calendar, outcome)
    rows = np.flatnonzero(~np.isnan(scores))
    day_numbers = calendar["day"].cast(pl.Int32).to_numpy().astype(np.int64)[rows]
    basis = confounders(day_numbers)
    life_names, life = _life(calendar, rows)
    rated = RatedDays(
        rows=rows,
        day_numbers=day_numbers,
        scores=scores[rows],
        confounders=basis,
        noise=noise_model(scores[rows], basis, day_numbers),
        is_yesterday_rated=np.isin(day_numbers - 1, day_numbers),
        is_rated_in_evening=_is_mostly_evening(calendar, rows),
        life=life,
        life_names=life_names,
    )
    if (
        rows.size == 0
        or np.unique(rated.scores, return_counts=True)[1].max() <= LEVEL_SHARE_FOR_RANKS * rows.size
    ):
        return rated
    ranks = middle_ranks(rated.scores)
    return replace(
        rated, ranked=replace(rated, scores=ranks, noise=noise_model(ranks, basis, day_numbers))
    )


def _life(calendar: pl.DataFrame, rows: IntArray) -> tuple[tuple[str, ...], FloatArray]:
    # Of the day before the rating: the night before the training in question and the stress of that
    # day. The night after it may be bad because of the training or of the back itself, and must not
    # be held fixed.
    names, columns = [], np.empty((rows.size, 0))
    for column, name in LIFE_COLUMNS.items():
        before = lagged_values(calendar, exposure(column))[rows]
        wider = np.column_stack([columns, before])
        known = wider[~np.isnan(wider).any(axis=1)]
        if (
            rows.size
            and known.shape[0] >= (1 - LARGEST_LOSS_SHARE) * rows.size
            and np.ptp(known[:, -1]) > 0
        ):
            names.append(name)
            columns = wider
    return tuple(names), columns


def middle_ranks(scores: FloatArray) -> FloatArray:
    """Rank of each score from 1 up, equal scores sharing the middle of their ranks."""
    _, level, counts = np.unique(scores, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(counts) - (counts - 1) / 2.0)[level])


def score_record(rated: RatedDays) -> ScoreRecord:
    """Counts of the score diary for the gates."""
    if rated.rows.size == 0:
        return ScoreRecord(0, 0, 0.0)
    gaps = np.diff(rated.day_numbers)
    diary_days = (
        1 + int(gaps[gaps <= LONGEST_DIARY_GAP_D].sum()) + int((gaps > LONGEST_DIARY_GAP_D).sum())
    )
    most_common = np.unique(np.round(rated.scores), return_counts=True)[1].max()
    return ScoreRecord(rated.rows.size, diary_days, float(most_common) / rated.rows.size)


def _measured_links(
    calendar: pl.DataFrame,
    rated: RatedDays,
    family: Sequence[Exposure],
    permutations: int,
    seed: int,
) -> tuple[list[Link], FloatArray, FloatArray]:
    # Links, permuted t (permutations × family) and observed t; NaN where an exposure cannot be
    # tested.
    links = [
        Link(
            item,
            is_rated_in_evening=rated.is_rated_in_evening,
            life_names=rated.life_names,
            estimated_days=int(estimated_days(calendar, item)[rated.rows].sum()),
        )
        for item in family
    ]
    permuted_t, t = np.full((permutations, len(family)), np.nan), np.full(len(family), np.nan)
    orders = permuted_orders(rated.rows.size, permutations, seed)
    is_life_known = ~np.isnan(rated.life).any(axis=1)
    values = [
        np.where(is_life_known, lagged_values(calendar, item)[rated.rows], np.nan)
        for item in family
    ]
    for members in _known_on_the_same_days(values):
        is_known = ~np.isnan(values[members[0]])
        exposed = np.column_stack([values[member] for member in members])[is_known]
        if not is_known.any():
            continue
        tested = _tested(rated, is_known, exposed, orders_within(orders, is_known))
        permuted_t[:, members], t[members] = tested.all_days.permuted_t, tested.all_days.t
        for column, member in enumerate(members):
            links[member] = _measured_link(links[member], exposed[:, column], tested, column)
    return links, permuted_t, t


def _known_on_the_same_days(values: Sequence[FloatArray]) -> list[list[int]]:
    groups: dict[bytes, list[int]] = {}
    for number, column in enumerate(values):
        groups.setdefault(np.isnan(column).tobytes(), []).append(number)
    return list(groups.values())


@dataclass(frozen=True)
class Tested:
    """The regressions on exposures known on the same days: all days, those whose previous day
    was rated, and the ranks of the scores.
    """

    all_days: Regression
    yesterday_rated: Regression
    ranks: Regression | None


def _tested(rated: RatedDays, is_known: BoolArray, exposed: FloatArray, orders: IntArray) -> Tested:
    outcome, exposures, fixed = _whitened_columns(rated, is_known, exposed)
    again = rated.is_yesterday_rated[is_known]
    return Tested(
        all_days=regression(outcome, exposures, fixed, orders),
        # Where the previous day was rated too, what the runner knew then is in the model.
        yesterday_rated=regression(outcome[again], exposures[again], fixed[again], NO_ORDERS),
        ranks=regression(*_whitened_columns(rated.ranked, is_known, exposed), orders)
        if rated.ranked
        else None,
    )


def _whitened_columns(
    rated: RatedDays, is_known: BoolArray, exposed: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    # Scores, exposures, and what is held fixed.
    count = exposed.shape[1]
    columns = np.column_stack(
        [rated.scores[is_known], exposed, rated.confounders[is_known], rated.life[is_known]]
    )
    white = whitened(columns, rated.day_numbers[is_known], rated.noise)
    return white[:, 0], white[:, 1 : 1 + count], white[:, 1 + count :]


def _measured_link(link: Link, exposed: FloatArray, tested: Tested, column: int) -> Link:
    low, high, exposure_days, is_event = contrast(exposed)
    counted = replace(
        link,
        n_days=exposed.size,
        exposure_days=exposure_days,
        is_event=is_event,
        exposure_low=low,
        exposure_high=high,
    )
    result, again = tested.all_days, tested.yesterday_rated
    if np.isnan(result.t[column]):
        return counted
    span = high - low
    effect, margin = float(result.slope[column]) * span, float(half_width(result)[column]) * span
    return replace(
        counted,
        effect_points=effect,
        effect_low=effect - margin,
        effect_high=effect + margin,
        p_value=float(permutation_p(result)[column]),
        error_points=float(result.standard_error[column]) * span,
        degrees_of_freedom=result.degrees_of_freedom,
        earlier_half_points=_known(result.half_slopes[0, column] * span),
        later_half_points=_known(result.half_slopes[1, column] * span),
        yesterday_rated_points=_known(again.slope[column] * span),
        yesterday_rated_p=_known(again.p[column]),
        rank_p=None if tested.ranks is None else _known(permutation_p(tested.ranks)[column]),
        rank_sign=0.0
        if tested.ranks is None
        else float(np.nan_to_num(np.sign(tested.ranks.slope[column]))),
        is_ranked=tested.ranks is not None,
    )


def contrast(exposed: FloatArray) -> tuple[float, float, int, bool]:
    """Low and high value the effect is reported for, number of exposure days, and whether the
    exposure is an event (two values only).

    Low and high are the runner's own 10th and 90th percentile; where these are one value (an
    occasional swim), it is that value against the median of the others. Exposure days are those
    that differ from the most common value.
    """
    levels, counts = np.unique(exposed, return_counts=True)
    exposure_days = int(exposed.size - counts.max())
    if levels.size == 2:
        return float(levels[0]), float(levels[1]), exposure_days, True
    low, high = (float(value) for value in np.quantile(exposed, (0.1, 0.9)))
    if low < high or levels.size == 1:
        return low, high, exposure_days, False
    others = float(np.median(exposed[exposed != low]))
    return min(low, others), max(low, others), exposure_days, False


def _judged_as_family(links: list[Link], t: FloatArray, permuted_t: FloatArray) -> list[Link]:
    p_values = np.array(
        [np.nan if link.p_value is None else link.p_value for link in links], dtype=np.float64
    )
    q_values, max_t = false_discovery_q(p_values), family_p(t, permuted_t)
    # The level one real link alone must reach to become `possible`, so that "would have shown" does
    # not promise too much.
    tests = max(int((~np.isnan(p_values)).sum()), 1)
    return [
        replace(
            link,
            q_value=_known(q_values[number]),
            max_t_p=_known(max_t[number]),
            tests=tests,
            smallest_detectable_points=smallest_detectable(
                link.error_points, link.degrees_of_freedom, POSSIBLE_Q / tests
            ),
        )
        if link.error_points is not None
        else link
        for number, link in enumerate(links)
    ]


def _with_reactions(links: list[Link], calendar: pl.DataFrame, rated: RatedDays) -> list[Link]:
    # Evening ratings follow the day's training, so there is no clean test of the direction.
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
    # p of what was done after the rating of the same day. What was done before the rating is held
    # fixed: who rests after a long run would otherwise seem to rest because of the tightness the
    # run left.
    reaction = reaction_exposure(link.exposure)
    before = [lagged_values(calendar, item)[rated.rows] for item in (link.exposure, reaction)]
    after = column_values(calendar, reaction.column)[rated.rows]
    is_known = ~np.isnan(np.column_stack([*before, after])).any(axis=1)
    if not is_known.any():
        return None
    columns = np.column_stack([rated.confounders, *before, rated.scores, after])[is_known]
    white = whitened(columns, rated.day_numbers[is_known], rated.noise)
    result = regression(white[:, -2], white[:, -1:], white[:, :-2], NO_ORDERS)
    sign = link.exposure.reaction_sign
    return _known(stdtr(result.degrees_of_freedom, -sign * result.t[0]) if sign else result.p[0])


def _is_mostly_evening(calendar: pl.DataFrame, rows: IntArray) -> bool:
    if MOMENT not in calendar.columns:
        return False
    moments = calendar[MOMENT].to_list()
    return sum(moments[row] in ("evening", "after") for row in rows) * 2 > rows.size


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _finding(link: Link, record: ScoreRecord) -> dict[str, object]:
    facts = finding_facts(link, record)
    told = {
        "held_fixed": ", ".join(link.life_names) or None,
        "still_needed": words.still_needed(facts),
        "would_have_shown": words.would_have_shown(facts),
        "sentence": words.sentence(facts),
        "statement": words.statement(facts),
    }
    return {name: (facts | told)[name] for name in FINDING_SCHEMA}
