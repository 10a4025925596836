"""Which columns tell the rows of a relation apart, and which lead from one relation to another;
declared once, and tested against the data.

No two rows have the same key; one of no columns has none. A link that is not null leads to a row
(of `source_file` to each copy of the file), except for `THOSE_KNOWN`: there it may lead to none.
"""

from collections.abc import Mapping
from dataclasses import dataclass

KEYS: Mapping[str, tuple[str, ...]] = {
    "activity": ("activity_id",),
    "advice": ("day", "rank"),
    "context": (),
    "day": ("day",),
    "doubtful_activity": ("activity_id",),
    "duplicate_activity": ("activity_id",),
    "effect": ("intervention",),
    "feature": ("feature",),
    "finding": ("exposure",),
    "function_score": ("entry_id",),
    "hypothesis": ("entry_id",),
    "ignored_activity": ("activity_id",),
    "intervention": ("intervention",),
    "intervention_log": ("entry_id",),
    "lap": ("activity_id", "lap_index"),
    "past_look": ("about", "looked_on"),
    "pattern": ("pattern",),
    "pattern_match": ("day", "pattern"),
    "pattern_threshold": ("pattern", "name"),
    "publication": (),
    "record": ("activity_id", "record_index"),
    "relation_guide": ("relation", "column_name"),
    "source_file": ("path", "member"),
    "tightness": ("entry_id",),
    "trial": ("trial_id",),
    "trial_day": ("trial_id", "day"),
    "trial_series": ("intervention",),
}


@dataclass(frozen=True)
class Link:
    """A column of one relation that holds a key of another."""

    relation: str
    column: str
    to_relation: str
    to_column: str


def _links(to_relation: str, to_column: str, *places: str) -> tuple[Link, ...]:
    parted = (place.split(".") for place in places)
    return tuple(Link(relation, column, to_relation, to_column) for relation, column in parted)


LINKS: tuple[Link, ...] = (
    *_links(
        "activity",
        "activity_id",
        "lap.activity_id",
        "record.activity_id",
        "duplicate_activity.kept_activity_id",
    ),
    *_links(
        "day",
        "day",
        "activity.day",
        "context.day",
        "function_score.day",
        "intervention_log.day",
        "pattern_match.day",
        "tightness.day",
        "trial_day.day",
    ),
    *_links(
        "intervention",
        "intervention",
        "advice.intervention",
        "effect.intervention",
        "effect.inseparable_from",
        "intervention_log.intervention",
        "trial.intervention",
        "trial_series.intervention",
    ),
    *_links(
        "pattern",
        "pattern",
        "advice.pattern",
        "pattern_match.pattern",
        "pattern_threshold.pattern",
    ),
    *_links("feature", "feature", "finding.exposure", "finding.same_as"),
    *_links("trial", "trial_id", "trial_day.trial_id"),
    *_links("source_file", "sha256", "activity.sha256", "duplicate_activity.sha256"),
)
# A night of a device alone and a toss of today add no day to the calendar.
THOSE_KNOWN = frozenset({"context.day", "trial_day.day"})
