"""The nouns of the diary: what the runner notes, and how to read a table of theirs.

No module here imports polars, so that a score is logged without waiting for it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fnmatch import fnmatchcase
from typing import Any

# The ids of the article's interventions, which domain/interventions describes.
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


# What is said of a score and of an intervention done, besides the day and the instant.
SCORE_FIELDS = (
    "score",
    "moment",
    "is_sharp",
    "red_flags",
    "note",
    "eased",
    "side",
    "radiation",
    "is_woken",
)
DONE_FIELDS = ("intervention", "minutes", "rpe")
# Advice the runner may not decline: to have the back looked at.
NEVER_DECLINED = frozenset({"G4"})
# Those of several names, where none is no name.
FIELDS_OF_NAMES = ("red_flags", "eased")
# How the id of an entry read from a file begins.
FILE_ENTRY = "file-"
# The parts of the day a score can name, around the day's run where there is one.
MOMENTS = ("morning", "before", "during", "after", "evening")
# What eases a back whatever else is done, and so is held fixed where interventions are compared.
EASES = ("painkiller", "physio", "heat")
# Where the tightness is, and how far it runs down.
SIDES = ("left", "right", "both", "middle")
NO_RADIATION, BELOW_KNEE = "none", "below_knee"
RADIATIONS = (NO_RADIATION, "buttock", "thigh", BELOW_KNEE)
# Said only where the runner wants to: left out of a journal line otherwise.
OPTIONAL_FIELDS = ("eased", "side", "radiation", "is_woken", "task")
# How many characters the runner's own words may have.
TASK_CHARACTERS, QUESTION_CHARACTERS = 80, 300
# Of a score in a file: nothing says when it was given; or words do that tightlog does not know.
UNKNOWN, NOT_UNDERSTOOD = "unknown", "not_understood"
# What the runner wrote down, and no device measured.
NOTED = "noted"


@dataclass(frozen=True)
class EntryFields:
    """What any entry of the diary says; fields its kind does not have are None."""

    entry_id: str
    kind: str
    day: date
    at: datetime | None = None
    score: float | None = None
    moment: str | None = None
    is_sharp: bool | None = None
    red_flags: tuple[str, ...] = ()
    note: str | None = None
    # Names of EASES had between the day before a score and the score.
    eased: tuple[str, ...] = ()
    side: str | None = None
    radiation: str | None = None
    # True when it woke the runner in the night before.
    is_woken: bool | None = None
    intervention: str | None = None
    minutes: float | None = None
    rpe: float | None = None
    # How well the runner can do a thing of their own, 0 to 10, and what it is.
    function: float | None = None
    task: str | None = None
    # What the runner wants to ask at the next visit; None takes it back.
    question: str | None = None
    # Of a declined intervention: until it is taken back, and not for its day alone.
    is_lasting: bool | None = None


@dataclass(frozen=True)
class Where:
    """Where the tightness of a score is: one of SIDES, one of RADIATIONS, and whether it woke the
    runner in the night before; None for what was not said.
    """

    side: str | None = None
    radiation: str | None = None
    is_woken: bool | None = None

    @property
    def said(self) -> dict[str, Any]:
        """What was said, by the names of a journal's fields."""
        return {name: value for name, value in vars(self).items() if value is not None}


NOWHERE = Where()


def is_of_file(entry_id: str) -> bool:
    """True for the id of an entry read from a file."""
    return entry_id.startswith(FILE_ENTRY)


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
    # The part of the day as its file writes it.
    raw_moment: str | None = None
    # The line (of a workbook: the row) of its file.
    file_line: int | None = None
    # Names of EASES had between the day before and the score.
    eased: tuple[str, ...] = ()
    # One of SIDES and one of RADIATIONS; None where nothing says it.
    side: str | None = None
    radiation: str | None = None
    is_woken: bool | None = None


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
class FunctionScore:
    """How well the runner can do one thing of their own (`task`; None where it was never named),
    from 0 (not at all) to 10 (as before the back trouble): the Patient-Specific Functional Scale of
    Stratford et al. 1995 with a single activity.
    """

    entry_id: str
    day: date
    function: float
    rated_at: datetime | None = None
    task: str | None = None


@dataclass(frozen=True)
class Declined:
    """An intervention the runner does not want offered: on its day, or from then on until that is
    taken back.
    """

    entry_id: str
    day: date
    intervention: str
    is_lasting: bool

    def holds(self, day: date) -> bool:
        """True on the days on which it is not offered."""
        return self.intervention not in NEVER_DECLINED and (self.is_lasting or self.day == day)


def declined_on(declined: Iterable[Declined], day: date) -> frozenset[str]:
    """Ids of the interventions that are not offered on a day."""
    return frozenset(one.intervention for one in declined if one.holds(day))


def corrected(score: TightnessScore, changes: Mapping[str, Any]) -> TightnessScore:
    """A score read from a file as the runner corrected it, by the names of a journal's fields; what
    its file wrote stays in `raw_value` and `raw_moment`.
    """
    known = {name: changes[name] for name in ("day", *SCORE_FIELDS) if name in changes}
    instant = {"rated_at": changes["at"]} if "at" in changes else {}
    return _consistent(replace(score, **known, **instant))


def done_corrected(done: InterventionDone, changes: Mapping[str, Any]) -> InterventionDone:
    """An intervention read from a file as the runner corrected it."""
    known = {name: changes[name] for name in ("day", *DONE_FIELDS) if name in changes}
    instant = {"done_at": changes["at"]} if "at" in changes else {}
    return replace(done, **known, **instant)


def _consistent(score: TightnessScore) -> TightnessScore:
    """The score without its file's time where that cannot be of the day it was moved to."""
    if score.rated_at is None or abs(score.rated_at.date() - score.day) <= timedelta(days=1):
        return score
    return replace(score, rated_at=None)


@dataclass(frozen=True)
class ContextValue:
    """Anything else that is known of a day: sleep, stress, sitting, mood.

    Of what a device measured, `device` is what it was, `evidence` and `origin` are those of
    `domain.wellness`, and `written_at` is when its source wrote it. A value with a `part` is the
    highest so far of one part of a sum; one with a `weight` is the sum of so many numbers whose
    mean is wanted.
    """

    day: date
    name: str
    value: float | None
    unit: str | None
    source: str
    device: str | None = None
    evidence: str = NOTED
    origin: str | None = None
    written_at: datetime | None = None
    part: str | None = None
    weight: float | None = None


@dataclass(frozen=True)
class DiaryMapping:
    """The mapping of a diary file's columns in tightlog.toml.

    None leaves a role to be found by the header. `moment` is a column, or one of MOMENTS (or
    UNKNOWN) for all scores of the file that do not say themselves when they were given.
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
    # Pairs of the runner's own words for a part of the day and the one of MOMENTS they mean.
    moments: tuple[tuple[str, str], ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of all columns it mentions, in the order of the roles."""
        single = (self.day, self.time, self.score, self.region, self.moment_column, self.note)
        named = (name for name in single if name is not None)
        return (*named, *self.context, *(column for _, column in self.done))

    @property
    def given_moment(self) -> str | None:
        """The moment of scores that do not say one; None when it names none."""
        return self.moment if self.moment in (*MOMENTS, UNKNOWN) else None

    @property
    def moment_column(self) -> str | None:
        """Name of the column that holds the moment; None when it names none."""
        return None if self.given_moment else self.moment

    @property
    def leaves_moment_open(self) -> bool:
        """True when the runner said that the scores' moment is not known."""
        return self.moment == UNKNOWN

    def fits(self, path: str) -> bool:
        """True for a path below data/raw that its glob matches: as a whole, or by its name."""
        name = path.rpartition("/")[2]
        return fnmatchcase(path, self.file) or fnmatchcase(name, self.file)


@dataclass(frozen=True)
class ScoreFile:
    """A file of scores by its path below data/raw, archives like folders, and how many of them do
    not say when on their day they were given.
    """

    place: str
    untimed_count: int
    score_count: int


def mapping_of(mappings: Iterable[DiaryMapping], place: str) -> DiaryMapping | None:
    """The mapping that counts for a file: the first that fits its path below data/raw."""
    return next((mapping for mapping in mappings if mapping.fits(place)), None)


def open_questions(
    files: Iterable[ScoreFile], mappings: Sequence[DiaryMapping]
) -> tuple[ScoreFile, ...]:
    """The files with scores of which nothing says when they were given, the runner neither."""
    said = {one: mapping_of(mappings, one.place) for one in files if one.untimed_count}
    return tuple(
        one for one, mapping in said.items() if not (mapping and mapping.leaves_moment_open)
    )


# Of the texts of a hypothesis.
LONGEST_HYPOTHESIS_NAME, LONGEST_EXPRESSION, LONGEST_UNIT = 60, 1_000, 20


@dataclass(frozen=True)
class Hypothesis:
    """What goes with the tightness, as the runner wrote down before looking: a column or SQL
    expression of `day`, or the name of something the diary notes. Only scores after `declared_on`
    are evidence.
    """

    entry_id: str
    name: str
    expression: str
    unit: str
    declared_on: date
    withdrawn_on: date | None = None
