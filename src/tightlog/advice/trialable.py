"""Which interventions a coin may decide: those that suit any morning."""

from tightlog.advice.contraindications import (
    HIGHEST_MEDIAN,
    HIGHEST_SCORE,
    NOT_AFTER_HIGH_SCORE,
    ONLY_WITH_EXERCISE,
)
from tightlog.domain.interventions.declared import kind_of_intervention

# Leaving these out would itself be a risk (a warm-up), or they are a rule and not a thing to do; of
# cycling it depends on the runner's own findings whether it is offered.
NEVER_TOSSED = frozenset({"S9", "X2"})


def may_be_tossed(intervention: str) -> bool:
    """False for what is no exercise of a day, and for what the advice holds back on some days."""
    held_back = (
        NEVER_TOSSED
        | NOT_AFTER_HIGH_SCORE
        | ONLY_WITH_EXERCISE
        | HIGHEST_MEDIAN.keys()
        | HIGHEST_SCORE.keys()
    )
    return intervention in kind_of_intervention() and intervention not in held_back
