"""What goes with tightness: whitened partial association of the score with each exposure of the
family, and its verdict.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from tightlog.findings.arrays import BoolArray, FloatArray, IntArray, known
from tightlog.findings.columns import FINDING_SCHEMA
from tightlog.findings.daily_life.life_family import known_family
from tightlog.findings.daily_life.reactions import with_reactions
from tightlog.findings.evidence import (
    PERMUTATIONS_OF_EARLIER_LOOKS,
    a_week_earlier,
    lasting_margin,
    most_explained_pct,
    selected,
)
from tightlog.findings.exposures import (
    FAMILY,
    ONE_THING,
    Exposure,
    chosen_exposures,
    estimated_days,
    full_calendar,
)
from tightlog.findings.facts import finding_facts
from tightlog.findings.one_thread import on_one_thread
from tightlog.findings.rated_days import (
    RatedDays,
    held_for,
    rated_days,
    score_record,
    values_before,
    whitened_columns,
)
from tightlog.findings.read_days import OUTCOME
from tightlog.findings.regression import (
    NO_ORDERS,
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
from tightlog.findings.three_days.lagged_links import (
    beside_same_day,
    with_e_value,
    with_lags,
    with_shown_size,
)
from tightlog.findings.verdict import (
    POSSIBLE_Q,
    TOLD,
    Link,
    ScoreRecord,
    Verdict,
    is_exposed_enough,
    judgement,
    one_look,
)
from tightlog.words import findings as words

# What a page shows as a link of some kind.
SHOWN = (*TOLD, Verdict.HINT)


@on_one_thread
def associate(
    days: pl.DataFrame,
    outcome: str = OUTCOME,
    exposures: Sequence[Exposure | str] | None = None,
    permutations: int = 2000,
    seed: int = 0,
) -> pl.DataFrame:
    """One row per exposure with effect (points, low to high exposure), 95 % interval,
    permutation p, BH q, e-value, verdict and sentence, as of the last score.

    Exposures given are one family; without any, training is one, and nights and days another,
    where they are known.
    """
    calendar = full_calendar(days)
    seen = look(calendar, outcome, permutations, seed)
    families = _families(seen) if exposures is None else [chosen_exposures(exposures)]
    record, found = score_record(seen.rated), [links_seen(seen, family) for family in families]
    if any(_may_be_a_hint(link, record) for links in found for link in links):
        fewer = min(permutations, PERMUTATIONS_OF_EARLIER_LOOKS)
        earlier = look(a_week_earlier(calendar, outcome), outcome, fewer, seed)
        before = score_record(earlier.rated)
        found = [
            _beside_earlier(links, links_seen(earlier, family), before)
            if any(_may_be_a_hint(link, record) for link in links)
            else links
            for family, links in zip(families, found, strict=True)
        ]
    return pl.DataFrame(
        [_finding(link, record) for links in found for link in told_as_one(links, record)],
        schema=FINDING_SCHEMA,
        orient="row",
    )


@on_one_thread
def told_at_any_look(days: pl.DataFrame) -> list[str]:
    """Exposures of the family called `possible` or `clear` as of the last score, in alphabetical
    order; much faster than associate where none is.
    """
    calendar = full_calendar(days)
    seen = look(calendar, OUTCOME, 0, 0)
    families = [
        family
        for family in _families(seen)
        if any(link.is_lasting for link in links_seen(seen, family))
    ]
    if not families:
        return []
    record = score_record(seen.rated)
    orders = permuted_orders(seen.rated.rows.size, PERMUTATIONS_OF_EARLIER_LOOKS, 0)
    seen = replace(seen, orders=orders)
    links = [link for family in families for link in links_seen(seen, family)]
    return sorted(link.exposure.column for link in links if judgement(link, record).verdict in TOLD)


@dataclass(frozen=True)
class Look:
    """The record as it is looked at: its days, the scored ones, and the orders in which their
    residuals are shuffled (permutations × scored days).
    """

    calendar: pl.DataFrame
    rated: RatedDays
    orders: IntArray


def look(calendar: pl.DataFrame, outcome: str, permutations: int, seed: int) -> Look:
    """What all families of one look share."""
    rated = rated_days(calendar, outcome)
    return Look(calendar, rated, permuted_orders(rated.rows.size, permutations, seed))


def _families(seen: Look) -> list[tuple[Exposure, ...]]:
    life = known_family(seen.calendar, seen.rated.rows)
    return [FAMILY, life] if life else [FAMILY]


def links_seen(seen: Look, family: Sequence[Exposure]) -> list[Link]:
    """All evidence on each exposure of a family at one look."""
    calendar, rated = seen.calendar, held_for(seen.rated, seen.calendar, family)
    links, permuted_t, t = _measured_links(calendar, rated, family, seen.orders)
    links = with_lags(links, calendar, rated, permuted_t, t, seen.orders)
    if rated.is_time_unknown:
        links = [beside_same_day(link, calendar, rated) for link in links]
    links = _with_evidence(_judged_as_family(links, t, permuted_t))
    return with_reactions(links, calendar, rated)


def _may_be_a_hint(link: Link, record: ScoreRecord) -> bool:
    return one_look(link, record).verdict in TOLD and not link.is_lasting


def _beside_earlier(
    links: Sequence[Link], earlier: Sequence[Link], record: ScoreRecord
) -> list[Link]:
    return [
        replace(
            link,
            stood_a_week_earlier=one_look(before, record).verdict in TOLD
            and before.told_points * link.told_points > 0,
        )
        for link, before in zip(links, earlier, strict=True)
    ]


def told_as_one(links: list[Link], record: ScoreRecord) -> list[Link]:
    """The links, those that are one thing (how much is run, by three measures) marked with the
    strongest of them.
    """
    told = [
        link for link in links
        if link.exposure.column in ONE_THING and judgement(link, record).verdict in SHOWN
    ]  # fmt: skip
    if not told:
        return links
    first = max(told, key=lambda link: (link.is_lasting, link.e_value or 0.0))
    return [
        replace(link, same_as=first.exposure.column)
        if any(link is other for other in told)
        and link.exposure.column != first.exposure.column
        and link.told_points * first.told_points > 0
        else link
        for link in links
    ]


def _measured_links(
    calendar: pl.DataFrame,
    rated: RatedDays,
    family: Sequence[Exposure],
    orders: IntArray,
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
    permuted_t, t = np.full((orders.shape[0], len(family)), np.nan), np.full(len(family), np.nan)
    is_life_known = ~np.isnan(rated.life).any(axis=1)
    values = [
        np.where(is_life_known, values_before(calendar, item, rated), np.nan) for item in family
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
    life_pct: (
        FloatArray | None
    )  # per exposure: most that a logged thing explains of it or the score


def _tested(rated: RatedDays, is_known: BoolArray, exposed: FloatArray, orders: IntArray) -> Tested:
    outcome, exposures, fixed = whitened_columns(rated, is_known, exposed)
    again = rated.is_yesterday_rated[is_known]
    return Tested(
        all_days=regression(outcome, exposures, fixed, orders),
        # Where the previous day was rated too, what the runner knew then is in the model.
        yesterday_rated=regression(outcome[again], exposures[again], fixed[again], NO_ORDERS),
        ranks=regression(*whitened_columns(rated.ranked, is_known, exposed), orders)
        if rated.ranked
        else None,
        life_pct=most_explained_pct(outcome, exposures, fixed, rated.life.shape[1]),
    )


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
        life_robustness_pct=None if tested.life_pct is None else float(tested.life_pct[column]),
        told_error=float(result.steady_error[column]) * span,
        degrees_of_freedom=result.degrees_of_freedom,
        earlier_half_points=known(result.half_slopes[0, column] * span),
        later_half_points=known(result.half_slopes[1, column] * span),
        yesterday_rated_points=known(again.slope[column] * span),
        yesterday_rated_p=known(again.p[column]),
        rank_p=None if tested.ranks is None else known(permutation_p(tested.ranks)[column]),
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
    # Only exposures with enough days of their own count; the others stay without q and max-T p.
    counts = np.array([is_exposed_enough(link) for link in links], dtype=bool)
    p_values = np.array([np.nan if link.link_p is None else link.link_p for link in links])
    q_values = false_discovery_q(np.where(counts, p_values, np.nan))
    max_t = family_p(np.where(counts, t, np.nan), permuted_t)
    # The level one real link alone must reach to become `possible`, so that "would have shown" does
    # not promise too much.
    tests = max(int(counts.sum()), 1)
    return [
        replace(
            link,
            q_value=known(q_values[number]),
            max_t_p=known(max_t[number]),
            tests=tests,
            smallest_detectable_points=smallest_detectable(
                link.largest_error or link.error_points,
                link.degrees_of_freedom,
                POSSIBLE_Q / tests / (len(link.lag_points) or 1),
            ),
        )
        if link.error_points is not None
        else link
        for number, link in enumerate(links)
    ]


def _with_evidence(links: list[Link]) -> list[Link]:
    # The e-value of each link, which of them may be told at any look, and the size shown.
    links = [with_e_value(link) for link in links]
    weights = np.array([link.exposure.prior_weight for link in links])
    counts = [is_exposed_enough(link) and link.e_value is not None for link in links]
    e_values = np.array(
        [link.e_value if kept else np.nan for link, kept in zip(links, counts, strict=True)],
        dtype=np.float64,
    )
    lasting = selected(e_values, weights)
    whole = max(float(weights[counts].sum()), 1e-9)
    return [
        with_shown_size(replace(link, is_lasting=bool(lasting[number])), weights[number] / whole)
        if counts[number]
        else replace(link, is_lasting=False)
        for number, link in enumerate(links)
    ]


def _finding(link: Link, record: ScoreRecord) -> dict[str, object]:
    link = _with_lasting_interval(link) if judgement(link, record).verdict in TOLD else link
    facts = finding_facts(link, record)
    told = {
        "held_fixed": ", ".join(link.life_names) or None,
        "still_needed": words.still_needed(facts),
        "would_have_shown": words.would_have_shown(facts),
        "sentence": words.sentence(facts),
        "statement": words.statement(facts),
        "details": words.details(facts),
    }
    return {name: (facts | told)[name] for name in FINDING_SCHEMA}


def _with_lasting_interval(link: Link) -> Link:
    # What is told stands in an interval that holds whenever one looks.
    points, error = link.effect_points, link.error_points
    if points is None or error is None:
        return link
    margin = lasting_margin(error, link.degrees_of_freedom)
    return replace(link, effect_low=points - margin, effect_high=points + margin)
