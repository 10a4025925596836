"""Tests and benchmarks share the simulation and never import each other."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

TOP = Path(__file__).parents[1]
# What pages may build on; everything else of tightlog is forbidden to them by name.
OPEN_TO_PAGES = {"answers", "cohort", "domain", "errors", "home", "journal", "nightly", "units"}
OPEN_TO_PAGES |= {"language", "words"}


def imported(file: Path) -> Iterator[str]:
    """Names of the modules a file imports, inside functions too."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize(("one", "other"), [("tests", "benchmarks"), ("benchmarks", "tests")])
def test_tests_and_benchmarks_never_import_each_other(one: str, other: str) -> None:
    files = list((TOP / one).rglob("*.py"))
    assert len(files) > 5
    crossing = [
        f"{file.relative_to(TOP)}: {name}"
        for file in files
        for name in imported(file)
        if name.partition(".")[0] == other
    ]
    assert not crossing


@pytest.mark.parametrize(
    "command", ["--version", "--help", "rate 3", "did S1", "today", "files", "refresh", "findings"]
)
def test_only_the_sample_loads_the_simulation(command: str, tmp_path: Path) -> None:
    code = (
        "import atexit, sys\n"
        "loaded = lambda: [name for name in sys.modules if 'tightlog.simulation' in name]\n"
        "atexit.register(lambda: print('LOADED', loaded()))\n"
        "from tightlog.cli.main import main\n"
        f"sys.exit(main({[*command.split(), '--home', str(tmp_path)]!r}))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.rstrip().endswith("LOADED []"), done.stdout + done.stderr


def test_every_new_room_is_closed_to_the_pages_until_it_is_opened() -> None:
    settings = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))
    [contract] = [
        one
        for one in settings["tool"]["importlinter"]["contracts"]
        if one.get("source_modules") == ["dashboards"]
    ]
    closed = {name.removeprefix("tightlog.") for name in contract["forbidden_modules"]}
    rooms = {path.parent.name for path in (TOP / "src/tightlog").glob("*/__init__.py")}
    assert rooms - OPEN_TO_PAGES - {"bundled"} <= closed
    assert not OPEN_TO_PAGES & closed


STATISTICS = {"median", "mean", "std", "var", "quantile", "corr", "cov", "agg", "join_asof"}


def test_pages_compute_no_statistics() -> None:
    computed = [
        f"{file.relative_to(TOP)}:{node.lineno} {node.func.attr}"
        for file in (TOP / "dashboards").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (node.func.attr in STATISTICS or node.func.attr.startswith("rolling_"))
    ]
    assert not computed
