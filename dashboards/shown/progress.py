"""How much of what a comparison needs there is, as stored with its verdict."""

from dataclasses import dataclass

import streamlit as st

from dashboards.shown.data import View, rows
from tightlog.language.catalogue import phrase


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
        return phrase(
            "{have:,} of {need} {things}", have=self.have, need=self.need, things=self.things
        )


@dataclass(frozen=True)
class Diary:
    """What all comparisons need of the diary, whether most scores were given after the day's
    training, and how many count for no comparison.
    """

    needs: tuple[Progress, ...]
    is_rated_in_evening: bool
    left_out_scores: int

    @property
    def is_long_enough(self) -> bool:
        """True when comparisons can begin as far as the diary goes."""
        return all(need.is_enough for need in self.needs)


def diary(seen: View) -> Diary:
    """The score diary of this view; needs an analysis."""
    record = rows(seen, "score_record").row(0, named=True)
    needs = (
        Progress(record["score_count"], record["scores_needed"], "scores"),
        Progress(
            record["diary_days"], record["diary_days_needed"], phrase("days since the first score")
        ),
    )
    return Diary(needs, record["is_rated_in_evening"], record["left_out_scores"] or 0)


def show_progress(progress: Progress) -> None:
    """A bar with the count above it."""
    st.progress(min(progress.have / progress.need, 1.0), progress.words)
