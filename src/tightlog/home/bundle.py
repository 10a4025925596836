"""Where the dashboard and the pipeline lie: beside the package in a checkout, inside it in an
installed wheel.
"""

import os
from pathlib import Path

from tightlog.errors import TightlogError
from tightlog.language.catalogue import phrase


def bundled(folder: str, file: str) -> Path:
    """Path of a file of `dashboards` or `pipelines`. Raises TightlogError when this installation
    lacks it.
    """
    here = Path(__file__).resolve().parents[1]
    for parent in (here / "bundled", here.parents[1]):
        path = parent / folder / file
        if path.is_file():
            return path
    raise TightlogError(
        phrase(
            "this installation lacks {folder}/{file}; install tightlog again",
            folder=folder,
            file=file,
        )
    )


def import_path(file: Path) -> dict[str, str]:
    """Environment in which a child process can import the folder a bundled file lies in."""
    parts = [str(file.parents[1]), os.environ.get("PYTHONPATH", "")]
    return {"PYTHONPATH": os.pathsep.join(part for part in parts if part)}
