"""The project's habits, held by machine: names, sizes, no paths of one machine, SQL in its
place.
"""

import re
import subprocess
from pathlib import Path

import pytest

from tightlog.warehouse import build

ROOT = Path(__file__).resolve().parents[1]
CODE = [
    path
    for folder in ("src", "pipelines", "dashboards")
    for path in sorted((ROOT / folder).rglob("*.py"))
]


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name]


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_module_is_short_and_says_what_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    assert path.name == "__init__.py" or text.startswith('"""'), (
        "a module says what it offers in its first line"
    )
    assert not re.search(r"\b(utils|helpers|manager|misc)\b", path.stem)


def test_no_path_of_one_machine_and_no_recording_is_in_the_project() -> None:
    for path in tracked():
        if not path.is_file() or path.suffix in {".png", ".lock"}:
            continue
        assert path.suffix.lower() not in {".fit", ".gpx", ".tcx", ".duckdb", ".parquet"}, path
        assert not re.search(
            r"/(home|Users|work|farm)/[a-z0-9_.-]+/",
            path.read_text(encoding="utf-8", errors="replace"),
        ), path


def test_nothing_of_the_data_folder_is_tracked() -> None:
    assert [path.name for path in tracked() if (ROOT / "data") in path.parents] in (
        [],
        [".gitkeep", ".gitkeep"],
    )


@pytest.mark.parametrize("name", build.relation_names())
def test_relation_file_says_what_a_row_is_and_comments_every_column(name: str) -> None:
    text = build.statement(f"relation/{name}")
    assert text.startswith("-- One row")
    assert (
        f"create or replace table {name} as" in text or f"create or replace view {name} as" in text
    )
    assert f"comment on column {name}." in text


def test_sql_lives_in_its_folder() -> None:
    spoken = re.compile(
        r"^\s*(create|alter|drop) (or replace )?(table|view)", re.IGNORECASE | re.MULTILINE
    )
    assert [path.name for path in CODE if spoken.search(path.read_text(encoding="utf-8"))] == []
