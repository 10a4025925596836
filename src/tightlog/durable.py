"""What must outlast a power cut."""

import os
from pathlib import Path


def sync(path: Path) -> None:
    """Waits until a file, or the entries of a folder, are on the disk. Raises OSError."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
