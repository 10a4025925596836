"""What the runner's own record shows about interventions: which helped, by how much, and which
went with more tightness.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from tightlog.domain.interventions.catalogue import Intervention
from tightlog.domain.thresholds import RELEVANT_POINTS
from tightlog.language.catalogue import phrase
from tightlog.patterns.pattern import typed
from tightlog.words.numbers import tighter_words

HELPS, HURTS = "helps", "hurts"
# Never left out, whatever the record shows: they are done on bad days, so bad days surround them.
SAFETY = frozenset({"G3", "G4"})


@dataclass(frozen=True)
class Helped:
    """Points of the next day's score (negative) by intervention that helped, and the
    interventions that went with more tightness.
    """

    helping: Mapping[str, float]
    hurting: frozenset[str]

    def words(self, item: Intervention) -> str:
        """A sentence about an intervention that helped, from the record; empty for others."""
        if item.intervention not in self.helping:
            return ""
        return phrase(
            "In your own record, the day after {title} your back was {helping}.",
            title=item.title,
            helping=tighter_words(self.helping[item.intervention]),
        )

    @property
    def strongest_first(self) -> tuple[str, ...]:
        """What helped, the largest difference first."""
        return tuple(sorted(self.helping, key=lambda name: (self.helping[name], name)))


def helped(effects: pl.DataFrame | None) -> Helped:
    """Helping and hurting interventions of the relation `effect` (intervention, verdict,
    effect_points); none without it.
    """
    columns = {"intervention": pl.String, "verdict": pl.String, "effect_points": pl.Float64}
    known = typed(effects if effects is not None else pl.DataFrame(), columns).drop_nulls()
    # A smaller effect must not push a rule's default aside, nor take a place.
    helping = known.filter(
        pl.col("verdict") == HELPS, pl.col("effect_points").round(2) <= -RELEVANT_POINTS
    )
    # Nor may a harm too small to feel take anything out.
    is_felt = pl.col("effect_points").round(2) >= RELEVANT_POINTS
    hurting = known.filter(pl.col("verdict") == HURTS, is_felt)["intervention"].to_list()
    return Helped(
        dict(zip(helping["intervention"], helping["effect_points"], strict=True)),
        frozenset(hurting) - SAFETY,
    )
