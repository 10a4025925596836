"""Queries sent to the process of the SQL page and to `tightlog sql`, and the home they must not
change.
"""

import hashlib
import subprocess
import sys
from pathlib import Path

from tightlog.errors import QueryError
from tightlog.home.settings import Home
from tightlog.warehouse.sandbox.bounded import bounded_answer


def contents(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def page_refuses(version: Path, sql: str) -> bool:
    """Whether the process behind the SQL page refuses it, with a sentence."""
    try:
        bounded_answer(version, sql)
    except QueryError as problem:
        return "memory" not in problem.problem
    return False


def command_refuses(home: Home, sql: str) -> bool:
    """Whether `tightlog sql` exits with 1, a sentence and no traceback."""
    command = [sys.executable, "-m", "tightlog", "--home", str(home.folder), "sql", sql]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = done.stderr.startswith("tightlog: the query was refused: ")
    return done.returncode == 1 and said and "Traceback" not in done.stderr
