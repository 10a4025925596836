"""How far a diary is on its way to the first comparisons, counted from what is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboards.data import View, rows
from tightlog.findings.association import LONGEST_DIARY_GAP_D
from tightlog.findings.verdict import FEWEST_DIARY_DAYS, FEWEST_SCORES


@dataclass(frozen=True)
class Gate:
    """What there is of what is needed, as `37 of 60 scores`."""

    have: int
    need: int
    things: str

    @property
    def is_open(self) -> bool:
        """True when there is enough."""
        return self.have >= self.need

    @property
    def words(self) -> str:
        """The count in words."""
        return f"{self.have:,} of {self.need} {self.things}"


@dataclass(frozen=True)
class Diary:
    """The gates all comparisons share, and whether most scores were given after the day's training."""

    gates: tuple[Gate, ...]
    is_rated_in_evening: bool

    @property
    def is_long_enough(self) -> bool:
        """True when comparisons can begin as far as the diary goes."""
        return all(gate.is_open for gate in self.gates)


def diary(seen: View) -> Diary:
    """The score diary of this view."""
    record = rows(seen, "score_record", LONGEST_DIARY_GAP_D).row(0, named=True)
    gates = (Gate(record["score_count"], FEWEST_SCORES, "scores"),
             Gate(record["diary_day_count"], FEWEST_DIARY_DAYS, "days since the first score"))
    return Diary(gates, record["evening_count"] * 2 > record["score_count"])


def exposure_gate(finding: Mapping[str, Any]) -> Gate:
    """How many scores there are on days on which the exposure is known."""
    return Gate(finding["n_days"], FEWEST_SCORES, "scores on days where it is known")


def show_gate(gate: Gate) -> None:
    """A bar with the count above it."""
    st.progress(min(gate.have / gate.need, 1.0), gate.words)
