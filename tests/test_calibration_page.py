"""Figures that method.md quotes are those of calibration.md, and the command writes that page."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[1] / "docs"
Rows = list[dict[str, str]]


def tables_in(text: str) -> dict[str, Rows]:
    """The last table under each heading, a row as the cells by the names of their columns."""
    tables = {}
    for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        lines = [line for line in section.splitlines() if line.startswith("|")]
        rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
        if rows:
            tables[section.splitlines()[0]] = [
                dict(zip(rows[0], row, strict=True)) for row in rows[2:]
            ]
    return tables


CALIBRATION = tables_in((DOCS / "calibration.md").read_text(encoding="utf-8"))
QUOTED = tables_in((DOCS / "method.md").read_text(encoding="utf-8"))["How often it is wrong"]


def rate(cell: str) -> float:
    return float(cell.split(" ± ")[0])


def measured(table: str, row: str, column: str) -> float:
    rows = CALIBRATION[table]
    if row in ("lowest", "highest"):
        rates = [rate(cells[column]) for cells in rows]
        return min(rates) if row == "lowest" else max(rates)
    [found] = [cells for cells in rows if row == key(cells)]
    return rate(found[column])


def key(cells: dict[str, str]) -> str:
    """What a row is about: the cells before the first rate."""
    about = {"truth", "life", "done on", "strength", "memory φ", "rating noise", "points/SD"}
    about |= {"true effect", "days", "missing"}
    return ", ".join(cell for name, cell in cells.items() if name in about)


@pytest.mark.parametrize("quoted", QUOTED, ids=lambda quoted: quoted["what happened"])
def test_quoted_figure_is_that_of_its_row(quoted: dict[str, str]) -> None:
    percent = 100 * measured(quoted["table"], quoted["row"], quoted["column"])
    assert float(quoted["runners"].removesuffix(" %")) == pytest.approx(percent, abs=0.5 + 1e-9)


def test_method_quotes_rates_in_that_table_only() -> None:
    text = (DOCS / "method.md").read_text(encoding="utf-8")
    section = text[text.index("## How often it is wrong") : text.index("## Limits")]
    prose = [line for line in section.splitlines() if not line.startswith("|")]
    assert re.findall(r"\d+ %|[^\d]\.\d\d", "\n".join(prose)) == []


@pytest.mark.slow
def test_command_writes_a_page_with_every_quoted_row(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.calibration", "--runners", "1"]
    command += ["--permutations", "19", "--look-every", "200", "--write", str(tmp_path / "page.md")]
    subprocess.run(command, cwd=DOCS.parent, check=True, capture_output=True)
    text = (tmp_path / "page.md").read_text(encoding="utf-8")
    assert headings(text) == headings((DOCS / "calibration.md").read_text(encoding="utf-8"))
    written = tables_in(text)
    for quoted in QUOTED:
        rows = {key(cells): cells for cells in written[quoted["table"]]}
        row = next(iter(rows)) if quoted["row"] in ("lowest", "highest") else quoted["row"]
        assert quoted["column"] in rows[row]


def headings(text: str) -> list[str]:
    return re.findall(r"^## .*", text, re.MULTILINE)
