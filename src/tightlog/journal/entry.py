"""What a line of the journal says, as typed values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tightlog.domain.diary import DONE_FIELDS, OPTIONAL_FIELDS, SCORE_FIELDS, EntryFields

FORMAT = 1
RATE, FLAG, DID, CLEAR = "rate", "flag", "did", "clear_red_flag"
# A weekly answer about function, and what the runner wants to ask.
FUNCTION, QUESTION = "function", "question"
DECLINE = "decline"
CORRECT, WITHDRAW, ACTIVITY = "correct", "withdraw", "activity"
TRIAL, HYPOTHESIS = "trial", "hypothesis"
# Which fields of an entry hold what was said, by its kind; each can be corrected later, but for
# CLEAR.
FIELDS = {
    RATE: ("day", "at", *SCORE_FIELDS),
    FLAG: ("day", "at", "is_sharp", "red_flags"),
    DID: ("day", "at", *DONE_FIELDS),
    CLEAR: ("day", "at"),
    FUNCTION: ("day", "at", "function", "task"),
    QUESTION: ("day", "at", "question"),
    DECLINE: ("day", "at", "intervention", "is_lasting"),
}
ACTIVITY_FIELDS = ("sport", "sub_sport", "shoe", "name", "rpe", "is_ignored", "is_confirmed")
# Steps of a coin-flip trial, with what each says. Nothing of them can be corrected.
PLAN, START, TOSS, DONE, STOP, END = "plan", "start", "toss", "done", "stop", "end"
TRIAL_FACTS = {
    PLAN: ("day", "intervention", "tosses", "power_at_1_point"),
    START: ("day", "seed_hash"),
    TOSS: ("day", "is_assigned"),
    DONE: ("day", "is_done"),
    STOP: ("day", "note"),
    END: ("day", "ending", "seed"),
}
# What a hypothesis says; withdrawn it may be, corrected never.
HYPOTHESIS_FACTS = ("day", "name", "expression", "unit")
ENTRY_WORDS = {
    RATE: "a score",
    FLAG: "a warning sign",
    DID: "an intervention done",
    CLEAR: "a red flag cleared",
    FUNCTION: "an answer about function",
    QUESTION: "a question for the next visit",
    DECLINE: "an intervention declined",
}


@dataclass(frozen=True)
class Entry(EntryFields):
    """One thing logged, and when."""

    logged_at: datetime = field(kw_only=True)

    def as_json(self) -> dict[str, Any]:
        """The entry in the shape of a journal line, with the fields of its kind."""
        said = {name: _plain(getattr(self, name)) for name in FIELDS[self.kind]}
        for name in OPTIONAL_FIELDS:
            if said.get(name) in (None, []):
                said.pop(name, None)
        return {
            "format": FORMAT,
            "entry_id": self.entry_id,
            "kind": self.kind,
            "logged_at": self.logged_at.isoformat(),
        } | said


@dataclass(frozen=True)
class Correction:
    """A later word on an entry: it stands with these fields changed."""

    of: str
    logged_at: datetime
    changes: Mapping[str, Any]
    entry_id: str | None = None


@dataclass(frozen=True)
class Withdrawal:
    """A later word on an entry: it no longer stands."""

    of: str
    logged_at: datetime
    entry_id: str | None = None


@dataclass(frozen=True)
class ActivityWord:
    """The runner's word on an activity: its sport, shoe, name, effort, or that it does not
    count.
    """

    activity_id: str
    logged_at: datetime
    changes: Mapping[str, Any]
    entry_id: str | None = None


@dataclass(frozen=True)
class TrialWord:
    """A step of a coin-flip trial, with what TRIAL_FACTS names."""

    trial_id: str
    step: str
    logged_at: datetime
    facts: Mapping[str, Any]
    entry_id: str | None = None


@dataclass(frozen=True)
class HypothesisWord:
    """A hypothesis written down, with what HYPOTHESIS_FACTS names."""

    logged_at: datetime
    facts: Mapping[str, Any]
    entry_id: str


Said = Entry | Correction | Withdrawal | ActivityWord | TrialWord | HypothesisWord


def _plain(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
