"""The running read-out: a bet against the coin that may be looked at on any day.

After each next score the bettor guesses from it, and from what came before, whether the coin said
"do it". While nothing helps or harms, no guess is better than the coin: the stake of 1 stays 1 on
average whenever it is looked at, and it ever reaches 1 / EARLY_ERROR with at most that chance
(Ville 1939; Ramdas et al. 2023, Stat Sci 38:576). How well the bettor knows the back changes how
soon it wins, never that bound.
"""

from dataclasses import dataclass
from math import comb

import numpy as np

from tightlog.findings.arrays import FloatArray
from tightlog.trials.bisection import LARGEST_POINTS, border
from tightlog.trials.schedule import BLOCK_LENGTHS
from tightlog.trials.trial_table import Tosses, scores_of

EARLY_ERROR = 0.025
CLEAR_EVIDENCE = 1.0 / EARLY_ERROR
# The bets: sizes of an effect in points, and the stake on each; nine tenths on less tightness.
SIZES = np.array([0.3, 0.5, 0.75, 1.0, 1.3, 1.8])
STAKES = np.array([0.10, 0.20, 0.30, 0.20, 0.15, 0.05])
STAKE_ON_LESS = 0.9
BETS = np.concatenate([-SIZES, SIZES])
LOG_STAKES = np.log(np.concatenate([STAKE_ON_LESS * STAKES, (1 - STAKE_ON_LESS) * STAKES]))
# What a bettor expects of a back before the first score: how much of a score's distance from the
# runner's mean is left the next morning, how far it spreads (points), and how sure that is.
KEPT = np.array([0.0, 0.65, 0.1, 0.0])
SURENESS = np.diag([4.0, 25.0, 8.0, 8.0])
SPREAD_POINTS, SPREAD_SCORES = 0.9, 6.0
TAIL_DF = 5.0
BET_SPREAD = 0.85  # of the spread so far: flares widen it more than they widen a usual day
WEEK_D = 7


@dataclass
class _Back:
    """What the bettor has learnt: sums of a regression of the next score, and of the coin, on what
    is known in the morning; and for each bet the squares of its errors.
    """

    known: FloatArray
    of_score: FloatArray
    of_coin: FloatArray
    squares: FloatArray
    count: float = SPREAD_SCORES

    def predicted(self, facts: FloatArray) -> tuple[float, float, float]:
        """The next score, what the coin's own past explains, and the doubt about both."""
        inverse = np.linalg.inv(self.known)
        score, coin = facts @ inverse @ self.of_score, facts @ inverse @ self.of_coin
        return float(score), float(coin), float(1.0 + facts @ inverse @ facts)

    def learn(self, facts: FloatArray, score: float, side: float, errors: FloatArray) -> None:
        usual = self.squares / self.count
        self.squares = self.squares + np.minimum(errors**2, 9.0 * usual)
        self.count += 1.0
        self.known = self.known + np.outer(facts, facts)
        self.of_score = self.of_score + facts * score
        self.of_coin = self.of_coin + facts * side


def evidence(tosses: Tosses, effect: float = 0.0) -> FloatArray:
    """The stake after each toss, against an effect of so many points on the next score."""
    back = _Back(
        SURENESS, SURENESS @ KEPT, np.zeros(KEPT.size),
        np.full(BETS.size, SPREAD_SCORES * SPREAD_POINTS**2),
    )  # fmt: skip
    stake, stakes = LOG_STAKES, np.zeros(tosses.day.size)
    means, facts = _known_in_the_morning(tosses)
    after = tosses.after - effect * tosses.assigned
    for toss, chance in enumerate(chances(tosses)):
        if not np.isnan(after[toss]):
            score, side = float(after[toss] - means[toss]), float(tosses.assigned[toss] - 0.5)
            stake = stake + _won(back, facts[toss], score, side, chance)
        stakes[toss] = np.logaddexp.reduce(stake)
    return np.asarray(np.exp(stakes))


def evidence_interval(tosses: Tosses, points: float) -> tuple[float, float]:
    """Lowest and highest effect around an estimate that no bet has ruled out so far; valid whenever
    the trial ended.
    """

    def holds(effect: float) -> bool:
        return bool(evidence(tosses, effect).max(initial=1.0) < CLEAR_EVIDENCE)

    low, high = (border(holds, points, far) for far in (-LARGEST_POINTS, LARGEST_POINTS))
    return low, high


def chances(tosses: Tosses) -> list[float]:
    """The coin before each toss: the chance of "do it", from the tosses of its block so far."""
    found, block, thrown = [], None, 0
    for toss, number in enumerate(tosses.block.tolist()):
        thrown = thrown + 1 if number == block else 0
        block = number
        found.append(_chance(thrown, int(tosses.assigned[toss - thrown : toss].sum())))
    return found


def _chance(thrown: int, with_it: int) -> float:
    # Each length is weighed by how well the tosses so far suit it; 0.5 where none does, so that a
    # table with other blocks is no bet at all.
    whole = certain = 0.0
    for length in BLOCK_LENGTHS:
        half = length // 2
        if thrown < length and max(with_it, thrown - with_it) <= half:
            weight = comb(length - thrown, half - with_it) / comb(length, half)
            whole += weight
            certain += weight * (half - with_it) / (length - thrown)
    return certain / whole if whole else 0.5


def _won(back: _Back, facts: FloatArray, score: float, side: float, chance: float) -> FloatArray:
    """What each bet wins, in logarithms; the back is learnt from afterwards."""
    expected, coin, doubt = back.predicted(facts)
    spread = BET_SPREAD * np.sqrt(back.squares / back.count * doubt)
    with_it, without = (
        _log_density(score - expected - BETS * (way - coin), spread) for way in (0.5, -0.5)
    )
    back.learn(facts, score, side, (score - expected - BETS * (side - coin)) / np.sqrt(doubt))
    if not 0.0 < chance < 1.0:
        return np.zeros(BETS.size)
    either = np.logaddexp(np.log(chance) + with_it, np.log1p(-chance) + without)
    return np.asarray((with_it if side > 0 else without) - either)


def _log_density(distance: FloatArray, spread: FloatArray) -> FloatArray:
    # Student's t without its constant: a morning far off says little about the coin.
    return np.asarray(
        -np.log(spread) - (TAIL_DF + 1) / 2 * np.log1p((distance / spread) ** 2 / TAIL_DF)
    )


def _known_in_the_morning(tosses: Tosses) -> tuple[FloatArray, FloatArray]:
    """For each toss the mean of the scores so far, and what is known beside it: a constant, how far
    the score and the last week lie from the mean, and yesterday's coin.
    """
    scores, count = scores_of(tosses), tosses.day.size
    means, facts = np.zeros(count), np.zeros((count, KEPT.size))
    facts[:, 0] = 1.0
    for toss, day in enumerate(tosses.day):
        known = scores.score[scores.day <= day]
        if known.size == 0:
            continue
        means[toss] = known.mean()
        week = known[scores.day[: known.size] > day - WEEK_D]
        facts[toss, 2] = week.mean() - means[toss] if week.size else 0.0
        if not np.isnan(tosses.before[toss]):
            facts[toss, 1] = tosses.before[toss] - means[toss]
        if toss and tosses.day[toss - 1] == day - 1:
            facts[toss, 3] = tosses.assigned[toss - 1] - 0.5
    return means, facts
