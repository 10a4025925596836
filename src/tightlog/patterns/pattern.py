"""What a pattern is, what it may look at, and the frame its matches come in."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import polars as pl

from tightlog.domain.frames import Columns
from tightlog.domain.thresholds import FRESH_D
from tightlog.errors import SettingsError
from tightlog.language.catalogue import phrase, phrased
from tightlog.words.numbers import typeset

# What a rule returns: a row per day it matches. With a null started_on the episode is made of its
# matching days, with at most `quiet_d` quiet ones between two of them. Until `until_on` a match is
# about the back, also when later days are known.
RULE_SCHEMA: Columns = MappingProxyType(
    {
        "day": pl.Date,
        "started_on": pl.Date,
        "evidence": pl.String,
        "value": pl.Float64,
        "threshold": pl.Float64,
        "red_flags": pl.List(pl.String),
        "until_on": pl.Date,
    }
)

# Not taken from the days that match.
MADE = ("evidence", "threshold")

RED_FLAG_SCHEMA: Columns = MappingProxyType(
    {
        "started_on": pl.Date,
        "cleared_on": pl.Date,
        "names": pl.List(pl.String),
        "evidence": pl.String,
    }
)

COVERED_SCHEMA: Columns = MappingProxyType({"day": pl.Date, "exposure": pl.String})

NO_THRESHOLDS: Mapping[str, Mapping[str, float]] = MappingProxyType({})

# Signs of a finding: more of its exposure goes with more tightness, or less of it does.
MORE, LESS = 1, -1


@phrased("unit", "meaning")
@dataclass(frozen=True)
class Threshold:
    """A number a rule compares with: its name in tightlog.toml, default, unit, and what it means
    and where it comes from.
    """

    name: str
    default: float
    unit: str
    meaning: str

    def __str__(self) -> str:
        return typeset(f"{self.name} = {self.default:g} {self.unit}: {self.meaning}")


@dataclass(frozen=True)
class PatternInputs:
    """Everything a pattern may look at; frames as in the relations `day`, `activity`, `finding` and
    `tightness` (scores: every score of a day, of which `days` holds one), red-flag spans from the
    diary; `context` as in its relation, for the units of what `days` holds.

    `covered` (day, exposure) is what other matches are about: a link from the runner's own scores
    does not repeat it.
    """

    days: pl.DataFrame
    activities: pl.DataFrame = field(default_factory=pl.DataFrame)
    red_flags: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=RED_FLAG_SCHEMA))
    findings: pl.DataFrame | None = None
    thresholds: Mapping[str, Mapping[str, float]] = field(default_factory=lambda: NO_THRESHOLDS)
    scores: pl.DataFrame | None = None
    context: pl.DataFrame | None = None
    covered: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=COVERED_SCHEMA))
    _held: dict[Callable[["PatternInputs"], pl.DataFrame], pl.DataFrame] = field(
        init=False, default_factory=dict, compare=False, repr=False
    )

    def once(self, made: Callable[["PatternInputs"], pl.DataFrame]) -> pl.DataFrame:
        """What several rules make of these inputs, made once."""
        if made not in self._held:
            self._held[made] = made(self)
        return self._held[made]

    def days_with(self, columns: Columns) -> pl.DataFrame:
        """Days sorted, with `day`, `coverage` and these columns in this type; a column the home
        does not have is all null.
        """
        return typed(self.days, {"day": pl.Date, "coverage": pl.String, **columns}).sort("day")

    def has(self, column: str) -> bool:
        """True when the days hold at least one known value of the column."""
        return column in self.days.columns and self.days[column].null_count() < self.days.height

    def limit(self, pattern: str, threshold: Threshold) -> float:
        """Value of a threshold: the runner's own from tightlog.toml, else the default."""
        return self.thresholds.get(pattern, {}).get(threshold.name, threshold.default)


@phrased("title", "what", "why", "source", "needs", "link")
@dataclass(frozen=True)
class Pattern:
    """One rule of the catalogue: its words, thresholds, evidence grade, interventions (first =
    default), and its match function.
    """

    pattern: str
    title: str
    what: str
    why: str
    grade: str
    source: str
    needs: str
    link: str
    interventions: tuple[str, ...]
    match: Callable[[PatternInputs], pl.DataFrame]
    is_watched: Callable[[PatternInputs], bool]
    thresholds: tuple[Threshold, ...] = ()
    # Interventions not offered while this pattern is active.
    blocks: frozenset[str] = frozenset()
    # So many of the interventions always come first; the others take turns.
    fixed_count: int = 0
    # Exposures this pattern is about, and whether MORE or LESS of it goes with more tightness in a
    # finding that supports it.
    exposures: Mapping[str, int] = field(default_factory=dict)
    # Days an event is shown, counted from its start; None: as long as it matches.
    lasts_d: int | None = None
    # An episode continues over this many days without a match, so that flickering is not repeated
    # news (ours).
    quiet_d: int = 7
    # An episode is shown for this many days, then it has become usual (ours); None: as long as it
    # matches.
    longest_d: int | None = 42
    # A match this many days old is still shown when no fresh data came in (ours).
    fresh_d: int = FRESH_D
    # About exposures that no other match of the day is about.
    is_personal: bool = False
    # Matches only on days on which no other pattern does.
    is_fallback: bool = False
    # A fact that is shown, and never the reason for advice.
    is_information: bool = False
    # Patterns that may match for the same reason; any other beside it would be a surprise.
    implies: frozenset[str] = frozenset()

    @property
    def number(self) -> int:
        """Its place in the catalogue: 2 of `R2`."""
        return int(self.pattern[1:])


def described(docstring: str | None, **parts: Any) -> Pattern:
    """Pattern described by the docstring of its file, so that the words are written once.

    R2: One run much longer than lately

    What: …
    Why it matters: …
    Evidence (grade A): …
    """
    form = (
        r"\s*(R\d+): ([^\n]+)\n\s*What: (.+?)\s*Why it matters: (.+?)"
        r"\s*Evidence \(grade ([A-D])\): (.+)"
    )
    found = re.match(form, docstring or "", re.DOTALL)
    if found is None:
        raise ValueError(
            "a rule's docstring says What, Why it matters and Evidence (grade A-D); Python's "
            "-OO removes it"
        )
    pattern, title, what, why, grade, source = (_sentence(words) for words in found.groups())
    parts.update({name: typeset(parts[name]) for name in ("needs", "link") if name in parts})
    return Pattern(pattern, title, what, why, grade, source, **parts)


def _sentence(words: str) -> str:
    line = typeset(" ".join(words.split()))
    return line[0].upper() + line[1:]


def typed(frame: pl.DataFrame, columns: Columns) -> pl.DataFrame:
    """Frame with exactly these columns in these types; what is absent is null."""
    return (
        frame.select(
            (pl.col(name).cast(dtype) if name in frame.columns else pl.lit(None, dtype).alias(name))
            for name, dtype in columns.items()
        )
        if frame.width
        else pl.DataFrame(schema=dict(columns))
    )


def rule_rows(
    matched: pl.DataFrame,
    threshold: float | None,
    evidence: Callable[[Mapping[str, Any]], str],
    value: str = "value",
) -> pl.DataFrame:
    """Rows of a rule from its matching days: the evidence in words is made of each row's own
    numbers.

    A column `red_flags` holds names of red flags; only the rule that is about them has it. So it is
    with `until_on`, of the rule that is about a morning.
    """
    words = [typeset(evidence(row)) for row in matched.iter_rows(named=True)]
    named = matched if value == "value" else matched.with_columns(value=value)
    kept = typed(named, {name: RULE_SCHEMA[name] for name in RULE_SCHEMA if name not in MADE})
    return kept.with_columns(
        pl.Series("evidence", words, pl.String), threshold=pl.lit(threshold, pl.Float64)
    ).select(*RULE_SCHEMA)


def refuse_unknown_thresholds(
    thresholds: Mapping[str, Mapping[str, float]], patterns: tuple[Pattern, ...]
) -> None:
    """Raises SettingsError for a threshold no pattern has: a typing error must not silently
    leave the default.
    """
    known = {
        pattern.pattern: {threshold.name for threshold in pattern.thresholds}
        for pattern in patterns
    }
    for pattern, values in thresholds.items():
        if pattern not in known:
            raise SettingsError(
                f"thresholds.{pattern}",
                phrase("no pattern is called that; known are {known}", known=", ".join(known)),
            )
        if unknown := set(values) - known[pattern]:
            names = ", ".join(sorted(known[pattern])) or "none"
            raise SettingsError(
                f"thresholds.{pattern}",
                phrase(
                    "{sorted} is not a threshold here; known: {names}",
                    sorted=", ".join(sorted(unknown)),
                    names=names,
                ),
            )
