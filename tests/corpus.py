"""Where the corpus of real files lies; the tests that need it are skipped without it."""

import os
from pathlib import Path

CORPUS = Path(
    os.environ.get("TIGHTLOG_CORPUS") or Path(__file__).resolve().parents[2] / "shared" / "corpus"
)
