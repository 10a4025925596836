"""The page docs/calibration.md: page.md with the measured tables put in, each with its date."""

import re
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.calibration.tables import TABLES, Effort

PAGE = Path(__file__).with_name("page.md")
# A table with the line that says when it was measured.
BLOCK = re.compile(r"^Measured on .*?(?=\n\n(?!\|))", re.MULTILINE | re.DOTALL)


def page(effort: Effort, tables: Mapping[str, Sequence[str]], earlier: str = "") -> str:
    """Text of docs/calibration.md from the lines of the tables; those not measured now are taken
    from the earlier page.
    """
    kept = dict(zip(TABLES, BLOCK.findall(earlier), strict=False))
    measured = (
        f"Measured on {datetime.now(UTC):%Y-%m-%d} at commit {_commit()}: {effort.runners} runners "
        f"a row, {effort.permutations} permutations, seed {effort.seed}."
    )
    now = {name: "\n".join((measured, "", *lines)) for name, lines in tables.items()}
    return PAGE.read_text(encoding="utf-8").format(**(kept | now))


def _commit() -> str:
    return subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True
    ).stdout.strip()
