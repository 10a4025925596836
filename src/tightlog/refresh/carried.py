"""What an earlier analysis made from the same, carried on instead of made again."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import polars as pl

from tightlog.domain.frames import Columns
from tightlog.features.hearts.home_hearts import NO_HEARTS
from tightlog.features.renewed_form import NO_FORM
from tightlog.warehouse.drafts.marks import MAKERS

SEED = int.from_bytes(hashlib.sha256(MAKERS.encode()).digest()[:8], "big")


@dataclass(frozen=True)
class Made:
    """Relations by name, each with the mark of what it was made from, and what was measured of
    activities and of their hearts.
    """

    rows: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    made_from: Mapping[str, str] = field(default_factory=dict)
    measured: pl.DataFrame = field(default_factory=lambda: NO_FORM.rows)
    hearts: pl.DataFrame = field(default_factory=lambda: NO_HEARTS.rows)

    def holds(self, name: str, marks: Mapping[str, str]) -> bool:
        """True when a relation was made from what is marked now."""
        return self.made_from.get(name) == marks[name]

    def relation(
        self,
        name: str,
        marks: Mapping[str, str],
        schema: Columns,
        made: Callable[[], pl.DataFrame],
    ) -> pl.DataFrame:
        """The rows of a relation: those held, or made again where they no longer hold."""
        return self.rows[name].select(*schema) if self.holds(name, marks) else made()


NOTHING_MADE = Made()
