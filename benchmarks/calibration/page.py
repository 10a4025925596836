"""The page docs/calibration.md: page.md with the measured tables put in."""

import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.calibration.tables import Effort

PAGE = Path(__file__).with_name("page.md")


def page(effort: Effort, tables: Mapping[str, Sequence[str]]) -> str:
    """Text of docs/calibration.md from the lines of every table."""
    measured = (
        f"Measured on {datetime.now(UTC):%Y-%m-%d} at commit {_commit()}: {effort.runners} runners "
        f"a row, {effort.permutations} permutations, seed {effort.seed}."
    )
    return PAGE.read_text(encoding="utf-8").format(
        measured=measured, **{name: "\n".join(lines) for name, lines in tables.items()}
    )


def _commit() -> str:
    return subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True
    ).stdout.strip()
