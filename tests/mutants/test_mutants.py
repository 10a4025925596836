"""The list of borders holds, and what tries its mutants tells the killed from the survivors."""

import re
import subprocess
import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from tests.mutants.borders import BORDERS, Border, numbers_of_rule
from tests.mutants.known import Known
from tests.mutants.mutant import Mutant, mutants_of
from tightlog.domain import thresholds
from tightlog.patterns.catalogue import PATTERNS
from tightlog.patterns.pattern import Threshold

TOP = Path(__file__).parents[2]


@pytest.mark.parametrize("border", BORDERS, ids=lambda border: border.module)
def test_each_constant_is_a_number_and_each_guard_a_test_file(border: Border) -> None:
    names = [mutant.name for mutant in mutants_of(border)]
    assert set(names) == set(border.names)
    assert border.guards
    assert all((TOP / guard).is_file() for guard in border.guards)


def test_no_module_is_listed_twice() -> None:
    modules = [border.module for border in BORDERS]
    assert len(modules) == len(set(modules))


def test_every_rule_with_a_threshold_is_listed() -> None:
    listed = {border.module.rpartition(".")[2]: border.names for border in BORDERS}
    for item in PATTERNS:
        module = import_module(item.match.__module__)
        found = {
            name
            for name, value in vars(module).items()
            # A default named elsewhere is a border of that place.
            if isinstance(value, Threshold) and value.default not in vars(thresholds).values()
        }
        assert found <= set(listed.get(module.__name__.rpartition(".")[2], ())), item.pattern


def test_every_number_of_a_rule_is_a_border() -> None:
    source = """
COLUMNS = {"day": pl.Date}
JUMP = Threshold("jump_pct", 30.0, "%", "more than before")
FEW = Threshold("few", FRESH_D, "days", "named elsewhere")
LAST, WORDS, LEAST = 20, "days", 10
HIGH: float = 0.9
PATTERN = described(__doc__, lasts_d=7)
"""
    assert numbers_of_rule(source) == ("JUMP", "LAST", "LEAST", "HIGH")


def mentions(rule: str, text: str) -> bool:
    """True when a test speaks of a rule, by its module (`r02_…`) or its id (`"R2"`)."""
    return re.search(rf'\b{rule}\b|"R{int(rule[1:3])}"', text) is not None


@pytest.mark.parametrize(
    "border",
    [border for border in BORDERS if ".rules." in border.module],
    ids=lambda border: border.module,
)
def test_a_border_test_of_each_rule_mentions_it(border: Border) -> None:
    rule = border.module.rpartition(".")[2]
    # The cases of every rule are tried there.
    if border.guards != ("tests/patterns/test_cases.py",):
        texts = [(TOP / guard).read_text(encoding="utf-8") for guard in border.guards]
        assert any(mentions(rule, text) for text in texts), f"no test of {rule} in {border.guards}"


def test_a_rule_is_mentioned_by_its_own_name_only() -> None:
    assert mentions("r02_session_spike", 'is_told("R2", 20)')
    assert mentions("r02_session_spike", "from rules import r02_session_spike")
    assert not mentions("r02_session_spike", 'is_told("R20", 20); "R12"')


def mutants(name: str, module: str = "ingest.twins.twin_rules") -> list[tuple[str, str]]:
    border = Border(f"tightlog.{module}", (name,), ("tests/ingest/test_twin_borders.py",))
    return [(mutant.was, mutant.becomes) for mutant in mutants_of(border)]


def test_a_mutant_is_a_tenth_more_or_less() -> None:
    assert mutants("MIN_OVERLAP") == [("0.7", "0.77"), ("0.7", "0.63")]
    # One factor of a product is enough; whole numbers change by one at least.
    assert mutants("MAX_UTC_OFFSET_S", "domain.clocks") == [("14", "15"), ("14", "13")]
    assert mutants("BREAK", "patterns.rules.r03_return_after_break") == [
        ("14.0", "15.0"),
        ("14.0", "13.0"),
    ]


def test_a_missing_constant_is_an_error() -> None:
    with pytest.raises(ValueError, match="NO_SUCH_CONSTANT"):
        mutants("NO_SUCH_CONSTANT")


def test_a_mutant_says_what_it_changes() -> None:
    mutant = Mutant(
        "tightlog.ingest.twins.twin_rules", "MIN_OVERLAP", (), 20, 14, 17, "0.7", "0.77"
    )
    assert str(mutant) == "tightlog.ingest.twins.twin_rules.MIN_OVERLAP: 0.7 → 0.77 (line 20)"


def test_a_mutant_killed_before_is_known_until_its_guards_change(tmp_path: Path) -> None:
    border = Border(
        "tightlog.ingest.twins.twin_rules",
        ("MIN_OVERLAP",),
        ("tests/ingest/test_twin_borders.py",),
    )
    killed, other = mutants_of(border)
    notes = tmp_path / "killed"
    Known.read(notes).add(killed)
    known = Known.read(notes)
    assert killed in known
    assert other not in known
    assert replace(killed, guards=("tests/ingest/test_twins.py",)) not in known


def tried(code: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *code.split("\n")], cwd=TOP, capture_output=True, text=True, check=False
    )


@pytest.mark.slow
def test_borders_of_twins_and_red_flags_kill_their_mutants() -> None:
    done = tried(
        "-m\ntests.mutants\n--only\ntwin_rules.MIN_OVERLAP\nred_flag_spans.IMPORTED_FLAG_D"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "4 mutants, 4 killed, 0 survive" in done.stdout


@pytest.mark.slow
def test_a_survivor_is_named_and_fails() -> None:
    rules, guard = "tightlog.ingest.twins.twin_rules", "tests/readers/test_cadence.py"
    border = f"Border('{rules}', ('MIN_OVERLAP',), ('{guard}',))"
    imports = "import sys; from tests.mutants.__main__ import status_of, Border"
    done = tried(f"-c\n{imports}; sys.exit(status_of([{border}]))")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "survives: tightlog.ingest.twins.twin_rules.MIN_OVERLAP: 0.7 → 0.77" in done.stdout
    assert "2 mutants, 0 killed, 2 survive" in done.stdout
