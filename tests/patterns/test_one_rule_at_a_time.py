"""What trips one rule trips that one, and no other than its file says."""

from pathlib import Path

import polars as pl
import pytest

from tests.patterns.cases import history_of
from tightlog.patterns import rules
from tightlog.patterns.catalogue import PATTERNS
from tightlog.patterns.match import matches, pattern_frame
from tightlog.patterns.pattern import Pattern
from tightlog.simulation.steady.case_files import told
from tightlog.simulation.steady.quiet import quiet_inputs

KNOWN = {item.pattern for item in PATTERNS}


def tripped(item: Pattern) -> set[str]:
    """The patterns that match in the history of a rule."""
    return set(matches(history_of(item).inputs())["pattern"])


def test_rules_come_by_their_number_without_a_gap() -> None:
    assert [item.pattern for item in PATTERNS] == [f"R{number}" for number in range(len(PATTERNS))]


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
    unwatched = frame.filter(~pl.col("is_watched"))["pattern"].to_list()
    assert unwatched == ["R21"], (
        "a rule that looks at a column no other does says under [usual] of its case file what a "
        f"steady runner has of it: {', '.join(unwatched)}"
    )


@pytest.mark.parametrize("item", PATTERNS, ids=lambda item: item.pattern)
def test_history_trips_its_rule_and_only_what_that_implies(item: Pattern) -> None:
    found = tripped(item) - ({"R22"} if item.pattern != "R22" else set())
    assert item.pattern in found, f"the history under [alone] does not trip {item.pattern}"
    others = sorted(found - {item.pattern} - item.implies)
    assert others == [], f"{item.pattern} trips {others} too: change either, or name it in implies"
    assert set(told(item)["alone"].get("company", ())) <= found


def test_what_a_rule_implies_does_happen_in_its_history_or_is_a_known_neighbour() -> None:
    assert all(item.implies <= KNOWN - {item.pattern, "R0", "R21", "R22"} for item in PATTERNS)


def test_declared_company_is_real() -> None:
    declared = {item.pattern: told(item)["alone"].get("company") for item in PATTERNS}
    assert {name for name, company in declared.items() if company} >= {"R1", "R4", "R18"}
