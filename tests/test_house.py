"""The house keeps its shape: few loose modules, one name once in a layer, folders and modules of a
size one can walk through, and an ARCHITECTURE.md that names what is there.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import LONGEST, TESTS

TOP = Path(__file__).parents[1]
PACKAGE = TOP / "src" / "tightlog"
ROOTS = (TOP / "dashboards", TOP / "pipelines", TOP / "benchmarks")
ARCHITECTURE = TOP / "ARCHITECTURE.md"
MOST_LOOSE, LEAST_MODULES, MOST_MODULES, MOST_LINES, WIDEST = 3, 2, 15, 400, 100
# A short function is 30; what declares many fields or fields of a form may need more.
LONGEST_FUNCTION = 50
# A module for each command, feature family, rule, watch's export: they grow by design.
CATALOGUES = ("cli", "cli/commands", "features", "patterns/rules", "readers/health")
PANELS = TOP / "dashboards" / "app_pages"


def modules(folder: Path) -> list[Path]:
    """Modules right in a folder, without what makes it a package."""
    return sorted(file for file in folder.glob("*.py") if file.name != "__init__.py")


def layers() -> list[Path]:
    """Folders of the layers of the import contracts."""
    return [*(folder for folder in PACKAGE.iterdir() if (folder / "__init__.py").exists()), *ROOTS]


def folders(top: Path) -> list[Path]:
    """A folder and those below it that hold Python."""
    return sorted({file.parent for file in top.rglob("*.py")})


def names_given_twice(layer: Path) -> list[str]:
    """Names that several modules of a layer have."""
    files = [file for folder in folders(layer) for file in modules(folder)]
    counts = Counter(file.stem for file in files if file.stem != "__main__")
    return sorted(name for name, count in counts.items() if count > 1)


def is_of_size(folder: Path) -> bool:
    """True when a folder holds 2 to 15 modules, or only folders, or is a catalogue, or the panels
    of a page, which may be one, or a reader, which may be an `__init__.py` alone.
    """
    count = len(modules(folder))
    is_catalogue = folder in [PACKAGE / name for name in CATALOGUES]
    is_panels = (PANELS / f"{folder.name}.py").exists() and folder.parent == PANELS.parent
    is_reader = folder.parent == PACKAGE / "readers"
    least = 0 if is_reader else 1 if is_panels else LEAST_MODULES
    holds_folders = count == 0 and any(folder.glob("*/__init__.py"))
    return holds_folders or (count >= least and (is_catalogue or count <= MOST_MODULES))


def wide_lines(file: Path) -> list[str]:
    """Places of a file whose line is over 100 columns."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [f"{file}:{number}" for number, line in enumerate(lines, 1) if len(line) > WIDEST]


def relative(folder: Path) -> str:
    return str(folder.relative_to(TOP))


def test_package_has_at_most_three_loose_modules() -> None:
    loose = [file.name for file in modules(PACKAGE) if file.name != "__main__.py"]
    assert len(loose) <= MOST_LOOSE, loose


@pytest.mark.parametrize("layer", layers(), ids=relative)
def test_module_name_is_given_once_in_a_layer(layer: Path) -> None:
    assert names_given_twice(layer) == []


@pytest.mark.parametrize(
    "folder", [folder for layer in layers() for folder in folders(layer)], ids=relative
)
def test_folder_holds_two_to_fifteen_modules(folder: Path) -> None:
    names = ", ".join(file.name for file in modules(folder))
    assert is_of_size(folder), (
        f"{relative(folder)} may hold {LEAST_MODULES} to {MOST_MODULES} modules, others in folders "
        f"below it, and holds {names}"
    )


@pytest.mark.parametrize("layer", layers(), ids=relative)
def test_module_is_within_four_hundred_lines(layer: Path) -> None:
    long = [
        relative(file)
        for file in layer.rglob("*.py")
        if len(file.read_text(encoding="utf-8").splitlines()) > MOST_LINES
    ]
    assert long == []


@pytest.mark.parametrize("suffix", ["py", "sql"])
def test_no_line_is_over_a_hundred_columns(suffix: str) -> None:
    files = [
        file for top in (TOP / "src", TOP / "tests", *ROOTS) for file in top.rglob(f"*.{suffix}")
    ]
    assert len(files) > 50
    assert [place for file in files for place in wide_lines(file)] == []


def test_what_breaks_the_shape_is_found(tmp_path: Path) -> None:
    for name in ("one/load.py", "two/load.py", "two/run.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("#" * (WIDEST + 1))
    assert names_given_twice(tmp_path) == ["load"]
    assert [is_of_size(tmp_path / name) for name in ("one", "two")] == [False, True]
    assert wide_lines(tmp_path / "one" / "load.py") == [f"{tmp_path}/one/load.py:1"]
    for number in range(MOST_MODULES):
        (tmp_path / "two" / f"r{number}.py").touch()
    assert not is_of_size(tmp_path / "two")


architecture = pytest.mark.skipif(not ARCHITECTURE.exists(), reason="ARCHITECTURE.md is to come")


def section(title: str) -> str:
    """Text below a heading of ARCHITECTURE.md."""
    text = ARCHITECTURE.read_text(encoding="utf-8")
    return text.partition(f"## {title}\n")[2].partition("\n## ")[0]


def paths_named(text: str) -> Iterator[str]:
    """What stands in backticks and is a path, with `*` for the parts one fills in."""
    for name in re.findall(r"`([^`\s]+)`", text):
        if "/" in name or re.search(r"\.(?:py|toml|md|sql)$", name):
            yield re.sub(r"NAME|NN_name|rNN_name|[<…][^/.]*", "*", name.rstrip("/"))


def is_there(name: str) -> bool:
    """True when a path, from the top or from the package, names a file or folder."""
    return any(any(place.glob(name)) for place in (TOP, PACKAGE))


def folder_cells() -> list[str]:
    rows = re.findall(r"^\| (`.+?) \|", section("What each folder holds"), re.MULTILINE)
    return [name for cell in rows for name in re.findall(r"`([^`]+)`", cell)]


@architecture
def test_every_folder_named_in_the_architecture_exists() -> None:
    assert folder_cells()
    assert [name for name in folder_cells() if not is_there(name)] == []


@architecture
def test_every_layer_is_named_in_the_architecture() -> None:
    named = {name.rpartition("/")[2] for name in folder_cells()}
    assert {layer.name for layer in layers()} <= named


@architecture
def test_every_path_of_the_architecture_exists() -> None:
    text = ARCHITECTURE.read_text(encoding="utf-8")
    # Folders of a home are no part of the repository.
    names = {name for name in paths_named(text) if not name.startswith("data/")}
    assert set(paths_named(section("I want to add …"))) <= names
    assert sorted(name for name in names if not is_there(name)) == []


def test_a_path_that_is_not_there_is_found() -> None:
    text = "`readers/nowhere.py`, `patterns/rules/rNN_name.py`, `tightlog rebuild`, `domain`"
    assert list(paths_named(text)) == ["readers/nowhere.py", "patterns/rules/*.py"]
    assert [is_there(name) for name in paths_named(text)] == [False, True]


def test_every_folder_of_modules_is_a_package_the_contracts_see() -> None:
    # Without an __init__.py a folder is not in the import graph, and no contract holds for it.
    tops = (PACKAGE, TOP / "dashboards", TOP / "pipelines")
    bare = [folder for top in tops for folder in folders(top) if modules(folder)]
    assert [relative(folder) for folder in bare if not (folder / "__init__.py").exists()] == []


def test_no_function_is_long() -> None:
    found = [
        f"{file}:{part.lineno} {part.name}"
        for top in (PACKAGE, *ROOTS)
        for file in top.rglob("*.py")
        for part in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef)
        and (part.end_lineno or 0) - part.lineno >= LONGEST_FUNCTION
    ]
    assert found == []


def test_the_files_that_are_tested_first_are_there() -> None:
    assert [file for file in LONGEST if not (TESTS / file).is_file()] == []
