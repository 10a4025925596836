"""Every rule speaks of what its case file says, and of nothing else in it."""

from typing import Any

import polars as pl
import pytest

from tests.patterns.cases import KINDS, Case, cases
from tightlog.patterns.catalogue import PATTERNS
from tightlog.patterns.match import matches
from tightlog.patterns.pattern import Pattern
from tightlog.simulation.steady.case_files import FOLDER, case_file
from tightlog.simulation.steady.frames import day_of

EVERY = [case for item in PATTERNS for case in cases(item)]


def names(case: Case) -> str:
    return f"{case.pattern}-{case.kind}-{case.said['name'].replace(' ', '-')}"


def told(case: Case) -> dict[int, dict[str, Any]]:
    """Matches of the case's rule by day number."""
    found = matches(case.inputs()).filter(pl.col("pattern") == case.pattern)
    return {(row["day"] - day_of(0)).days: row for row in found.iter_rows(named=True)}


@pytest.mark.parametrize("item", PATTERNS, ids=lambda item: item.pattern)
def test_each_rule_has_a_case_that_matches_one_that_is_quiet_and_one_with_data_missing(
    item: Pattern,
) -> None:
    assert {case.kind for case in cases(item)} == set(KINDS), case_file(item).name


def test_each_case_file_belongs_to_a_rule() -> None:
    assert set(FOLDER.glob("*.toml")) == {case_file(item) for item in PATTERNS}


def test_no_two_cases_of_a_rule_bear_one_name() -> None:
    assert len({names(case) for case in EVERY}) == len(EVERY)


@pytest.mark.parametrize("case", [case for case in EVERY if case.kind == "match"], ids=names)
def test_what_must_be_told_is_told_with_its_numbers(case: Case) -> None:
    found = told(case)
    assert ("on" in case.said) != ("among" in case.said)
    due = case.days("on" if "on" in case.said else "among")
    assert set(found) == set(due) if "on" in case.said else set(due) <= set(found)
    first = found[due[0]]
    for name in ("value", "threshold"):
        assert name not in case.said or first[name] == pytest.approx(case.said[name], rel=1e-9)
    assert first["evidence"] == case.said.get("evidence", first["evidence"])
    assert "started_on" not in case.said or first["started_on"] == day_of(case.said["started_on"])
    states = [found[number]["state"] for number in due]
    assert states[: len(case.said.get("states", []))] == case.said.get("states", [])


@pytest.mark.parametrize("case", [case for case in EVERY if case.kind != "match"], ids=names)
def test_what_must_stay_quiet_stays_quiet(case: Case) -> None:
    found = told(case)
    assert not {"on", "among", "evidence"} & set(case.said)
    assert not (set(case.days("not_on")) & set(found) if "not_on" in case.said else found)
