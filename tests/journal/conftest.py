"""A place for a journal that is not there yet."""

from pathlib import Path

import pytest


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "diary" / "journal.jsonl"
