"""A hypothesis that the runner wrote down before looking, as the journal holds it."""

from dataclasses import dataclass
from datetime import date

LONGEST_NAME, LONGEST_EXPRESSION, LONGEST_UNIT = 60, 1_000, 20


@dataclass(frozen=True)
class Hypothesis:
    """What goes with the tightness, as the runner thinks: a column or SQL expression of `day`, or
    the name of something the diary notes. Only scores after `declared_on` are evidence.
    """

    entry_id: str
    name: str
    expression: str
    unit: str
    declared_on: date
    withdrawn_on: date | None = None
