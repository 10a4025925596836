"""What trips one rule trips that one, and no other than its file says."""

from pathlib import Path

import polars as pl
import pytest

from tightlog.patterns import rules
from tightlog.patterns.catalogue import PATTERNS, pattern
from tightlog.patterns.match import matches, pattern_frame
from tightlog.simulation.steady.quiet import TRIPPED_BY, quiet_inputs

KNOWN = {item.pattern for item in PATTERNS}


def test_rules_come_by_their_number_without_a_gap_and_with_a_history_for_each() -> None:
    assert (
        [item.pattern for item in PATTERNS]
        == [f"R{number}" for number in range(len(PATTERNS))]
        == list(TRIPPED_BY)
    )


def test_every_file_of_a_rule_is_in_the_catalogue() -> None:
    files = {path.stem for path in Path(rules.__path__[0]).glob("r*.py")}
    assert {item.match.__module__.rpartition(".")[2] for item in PATTERNS} == files
    assert all(
        name.startswith(f"r{item.number:02}_")
        for item in PATTERNS
        for name in [item.match.__module__.rpartition(".")[2]]
    )


def test_quiet_runner_is_watched_by_every_rule_but_that_of_own_findings() -> None:
    frame = pattern_frame(quiet_inputs())
    assert frame.filter(~pl.col("is_watched"))["pattern"].to_list() == ["R21"]


@pytest.mark.parametrize("name", TRIPPED_BY)
def test_history_trips_its_rule_and_only_what_that_implies(name: str) -> None:
    tripped = set(matches(TRIPPED_BY[name]())["pattern"]) - ({"R22"} if name != "R22" else set())
    assert name in tripped and tripped - {name} <= pattern(name).implies


def test_what_a_rule_implies_does_happen_in_its_history_or_is_a_known_neighbour() -> None:
    assert all(item.implies <= KNOWN - {item.pattern, "R0", "R21", "R22"} for item in PATTERNS)


@pytest.mark.parametrize(("name", "implied"), [("R1", {"R17"}), ("R4", {"R5"}), ("R18", {"R17"})])
def test_declared_company_is_real(name: str, implied: set[str]) -> None:
    assert implied <= set(matches(TRIPPED_BY[name]())["pattern"])
