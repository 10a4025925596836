"""For how long red flags stand: those of the journal until they are cleared, those of files a
week.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tightlog.domain.diary import TightnessScore
from tightlog.domain.red_flags import RedFlagSpan, Sign
from tightlog.journal.entry import Entry
from tightlog.journal.signs import signs_of

# A score read from a file raises a red flag for this long at most: nobody can clear what was never
# logged here.
IMPORTED_FLAG_D = 7


@dataclass(frozen=True)
class Raised:
    """Signs one line raised: its place in the order of the journal, and the day they began."""

    place: int
    day: date
    signs: tuple[Sign, ...]


def entry_signs(entry: Entry) -> tuple[Sign, ...]:
    """What in an entry stops all training advice."""
    return signs_of(entry.red_flags, entry.day, entry.score, entry.is_sharp)


def spans_of(
    raised: Sequence[Raised], clearances: Sequence[tuple[int, Entry]]
) -> tuple[RedFlagSpan, ...]:
    """The spans, in the order of the journal: each until the first clearance (place, entry) after
    it.
    """
    spans = []
    for one in sorted(raised, key=lambda one: one.place):
        cleared_on = next((entry.day for place, entry in clearances if place > one.place), None)
        spans.append(RedFlagSpan(one.day, cleared_on, one.signs))
    return tuple(spans)


def score_signs(score: TightnessScore) -> tuple[Sign, ...]:
    """What in a rating stops all training advice."""
    return signs_of(score.red_flags, score.day, score.score, score.is_sharp)


def imported_spans(scores: Sequence[TightnessScore]) -> list[RedFlagSpan]:
    """Red flags of scores that came in files, in order of their days: each until the next calm
    rating,
    at most a week.
    """
    spans = []
    for number, score in enumerate(scores):
        if signs := score_signs(score):
            calm = next(
                (
                    later.day
                    for later in scores[number + 1 :]
                    if later.day > score.day and not score_signs(later)
                ),
                None,
            )
            last = score.day + timedelta(days=IMPORTED_FLAG_D)
            spans.append(RedFlagSpan(score.day, min(calm, last) if calm else last, signs))
    return spans
