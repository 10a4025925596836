"""The nouns of the diary: what the runner notes, and how to read a table of theirs.

No module here imports polars, so that a score is logged without waiting for it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from fnmatch import fnmatchcase

# The ids of the article's interventions, which are described in domain/interventions.toml.
INTERVENTION_IDS = frozenset(
    {
        "C1",
        "C2",
        "C3",
        "C4",
        "C5",
        "C6",
        "C7",
        "F1",
        "F2",
        "F3",
        "F4",
        "F5",
        "F6",
        "G1",
        "G2",
        "G3",
        "G4",
        "M1",
        "M2",
        "M3",
        "S1",
        "S2",
        "S3",
        "S4",
        "S5",
        "S6",
        "S7",
        "S8",
        "S9",
        "X1",
        "X2",
        "X3",
        "X4",
        "X5",
        "X6",
        "X7",
        "Y1",
    }
)


@dataclass(frozen=True)
class TightnessScore:
    """One rating of the lower back, 0–10; rated_at is None where the source gives only a date."""

    entry_id: str
    day: date
    score: float
    rated_at: datetime | None = None
    moment: str | None = None
    is_sharp: bool | None = None
    red_flags: tuple[str, ...] = ()
    note: str | None = None
    source: str = "diary"
    raw_value: str | None = None


@dataclass(frozen=True)
class InterventionDone:
    """One intervention done, logged by the runner; its id is one of the catalogue (S1 … G4)."""

    entry_id: str
    day: date
    intervention: str
    done_at: datetime | None = None
    minutes: float | None = None
    rpe: float | None = None
    source: str = "diary"


@dataclass(frozen=True)
class ContextValue:
    """Anything else a diary holds about a day: sleep, stress, sitting, mood."""

    day: date
    name: str
    value: float | None
    unit: str | None
    source: str


@dataclass(frozen=True)
class DiaryMapping:
    """The mapping of a diary file's columns in tightlog.toml.

    None leaves a role to be found by the header.
    """

    file: str
    day: str | None = None
    time: str | None = None
    score: str | None = None
    scale: tuple[float, float] | None = None
    order: str | None = None
    region: str | None = None
    keep_regions: tuple[str, ...] = ()
    moment: str | None = None
    note: str | None = None
    context: tuple[str, ...] = ()
    # Pairs of an intervention and the column that says whether, or how many minutes, it was done.
    done: tuple[tuple[str, str], ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of all columns it mentions, in the order of the roles."""
        single = (self.day, self.time, self.score, self.region, self.moment, self.note)
        named = (name for name in single if name is not None)
        return (*named, *self.context, *(column for _, column in self.done))

    def fits(self, path: str) -> bool:
        """True for a path below data/raw that its glob matches: as a whole, or by its name."""
        name = path.rpartition("/")[2]
        return fnmatchcase(path, self.file) or fnmatchcase(name, self.file)
