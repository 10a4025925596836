"""A routine as the phases that are counted down: getting ready, each set and side, and rests."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tightlog.domain.interventions.catalogue import find
from tightlog.domain.interventions.doses import Dose, starting_doses
from tightlog.errors import UnknownIntervention

READY, WORK, REST, SWITCH = "ready", "work", "rest", "switch"
READY_S, SWITCH_S = 8, 5
SIDES = ("left", "right")
MOST_EXERCISES = 12


@dataclass(frozen=True)
class Phase:
    """Seconds that are counted down; `side` is left, right or none, `repetition_s` how long each
    repetition of a set takes.
    """

    kind: str
    intervention: str
    seconds: int
    set_number: int = 1
    sets: int = 1
    side: str | None = None
    repetitions: int = 1

    @property
    def repetition_s(self) -> float:
        """Seconds of one repetition."""
        return self.seconds / self.repetitions


def asked_for(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ids of the interventions an address names (`S3,C1`), each once, and the names that are
    unknown. At most MOST_EXERCISES of them.
    """
    known: dict[str, None] = {}
    unknown: list[str] = []
    for name in filter(None, (part.strip() for part in text.split(","))):
        try:
            known[find(name).intervention] = None
        except UnknownIntervention:
            unknown.append(name)
    return tuple(known)[:MOST_EXERCISES], tuple(unknown)


def exercises_of(intervention: str) -> tuple[str, ...]:
    """What is shown for an intervention: itself, or for a general word its examples."""
    item = find(intervention)
    return tuple(find(name).intervention for name in item.examples) or (item.intervention,)


def phases(interventions: Sequence[str]) -> tuple[Phase, ...]:
    """The phases of a routine of guided interventions, one after the other."""
    doses = starting_doses()
    return tuple(
        phase
        for name in interventions
        if doses[name].is_guided
        for phase in _of_exercise(name, doses[name])
    )


def _of_exercise(name: str, dose: Dose) -> Iterator[Phase]:
    sets, sides = dose.sets or 1, SIDES if dose.is_each_side else (None,)
    yield Phase(READY, name, READY_S, 1, sets, sides[0])
    for number in range(1, sets + 1):
        for side in sides:
            if side == SIDES[1]:
                yield Phase(SWITCH, name, SWITCH_S, number, sets, side)
            yield Phase(WORK, name, dose.work_s, number, sets, side, dose.repetitions or 1)
        if number < sets:
            yield Phase(REST, name, dose.rest_s or SWITCH_S, number + 1, sets, sides[0])
