"""The course of the back: the mornings of the last four weeks against what is usual for this
runner.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import quantiles

from tightlog.words import scores as words
from tightlog.words.numbers import first_upper

SHOWN_D = 28
# Ours: what is usual is the middle half of the scores of three months, of a fortnight at least.
USUAL_D, FEWEST_SCORES = 90, 14
# Fewer days in a row are no direction.
FEWEST_IN_A_ROW_D = 3


@dataclass(frozen=True)
class Course:
    """First scores of the last 28 days, oldest first, and the runner's usual: median and middle
    half of the 90 days before the newest score; None below 14 scores.
    """

    days: tuple[tuple[date, float | None], ...]
    usual: float | None = None
    usual_low: float | None = None
    usual_high: float | None = None
    # Days in a row on which the score rose (negative: fell), up to the newest score.
    rising_d: int = 0

    @property
    def newest(self) -> tuple[date, float] | None:
        """The newest score of the four weeks, with its day."""
        known = [(day, score) for day, score in self.days if score is not None]
        return known[-1] if known else None

    @property
    def sentence(self) -> str:
        """The newest score against the usual, such as `2 above your usual 3 (mostly 2 to 4), rising
        for 4 days`; empty without a score in four weeks.
        """
        if self.newest is None:
            return ""
        usual = words.usual_words(self.newest[1], self.usual, self.usual_low, self.usual_high)
        direction = words.direction_words(self.rising_d)
        if direction and self.usual is None:
            return f"{first_upper(direction)}. {usual}"
        return f"{usual}, {direction}" if direction else usual

    @property
    def stands_out(self) -> bool:
        """True where the newest score lies above the usual, or the scores have been rising."""
        if self.newest is None:
            return False
        is_high = self.usual_high is not None and self.newest[1] > self.usual_high
        return is_high or self.rising_d > 0

    @property
    def line(self) -> str:
        """The four weeks as a line of bars, a dot for a morning without a score."""
        return words.sparkline([score for _, score in self.days])


NO_COURSE = Course(())


def course_of(scores: Mapping[date, float], local_day: date) -> Course:
    """The course up to a local day of the first scores of mornings."""
    first = local_day - timedelta(days=SHOWN_D - 1)
    days = [first + timedelta(days=number) for number in range(SHOWN_D)]
    newest = max((day for day in scores if day <= local_day), default=None)
    shown = tuple((day, scores.get(day)) for day in days)
    if newest is None:
        return Course(shown)
    since = newest - timedelta(days=USUAL_D)
    low, middle, high = _usual([one for day, one in scores.items() if since <= day < newest])
    return Course(shown, middle, low, high, _rising_d(scores, newest))


def _usual(scores: Sequence[float]) -> tuple[float, float, float] | tuple[None, None, None]:
    """Quartiles, or nothing where there are too few scores."""
    if len(scores) < FEWEST_SCORES:
        return None, None, None
    low, middle, high = quantiles(scores, n=4, method="inclusive")
    return low, middle, high


def _rising_d(scores: Mapping[date, float], newest: date) -> int:
    """Days in a row, each scored, on which the score moved the same way; 0 below three."""
    steps: list[float] = []
    day = newest
    while (before := scores.get(day - timedelta(days=1))) is not None:
        step = scores[day] - before
        if step == 0 or (steps and (step > 0) != (steps[0] > 0)):
            break
        steps.append(step)
        day -= timedelta(days=1)
    if len(steps) < FEWEST_IN_A_ROW_D:
        return 0
    return len(steps) if steps[0] > 0 else -len(steps)
