"""How much of what a comparison needs there is, as stored with its verdict."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboards.shown.data import View, rows


@dataclass(frozen=True)
class Progress:
    """How much there is of what is needed, as `37 of 60 scores`."""

    have: int
    need: int
    things: str

    @property
    def is_enough(self) -> bool:
        """True when there is enough."""
        return self.have >= self.need

    @property
    def words(self) -> str:
        """The count in words."""
        return f"{self.have:,} of {self.need} {self.things}"


@dataclass(frozen=True)
class Diary:
    """What all comparisons need of the diary, and whether most scores were given after the day's
    training.
    """

    needs: tuple[Progress, ...]
    is_rated_in_evening: bool

    @property
    def is_long_enough(self) -> bool:
        """True when comparisons can begin as far as the diary goes."""
        return all(need.is_enough for need in self.needs)


def diary(seen: View) -> Diary:
    """The score diary of this view; needs an analysis."""
    record = rows(seen, "score_record").row(0, named=True)
    needs = (
        Progress(record["score_count"], record["scores_needed"], "scores"),
        Progress(record["diary_days"], record["diary_days_needed"], "days since the first score"),
    )
    return Diary(needs, record["is_rated_in_evening"])


def exposure_progress(finding: Mapping[str, Any]) -> Progress | None:
    """How many scores there are on days on which the exposure is known; None when enough."""
    if finding["verdict_reason"] != "too_few_scores_with_exposure":
        return None
    return Progress(int(finding["had"]), int(finding["needed"]), "scores on days where it is known")


def intervention_progress(effect: Mapping[str, Any]) -> Progress | None:
    """How many days there are with an intervention, or without it; None when enough of both."""
    things = {
        "too_few_days_done": "comparable days with it",
        "too_few_days_without": "comparable days without it",
    }.get(effect["verdict_reason"])
    return None if things is None else Progress(int(effect["had"]), int(effect["needed"]), things)


def show_progress(progress: Progress) -> None:
    """A bar with the count above it."""
    st.progress(min(progress.have / progress.need, 1.0), progress.words)
