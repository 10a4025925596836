"""Writes that must survive a power cut."""

import errno
import os
from pathlib import Path

# Network shares and FAT disks that cannot flush a folder; there the file's own flush has to do.
NO_FOLDER_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.ENOSYS)


def sync(path: Path) -> None:
    """Waits until a file, or the entries of a folder, are on the disk. Raises OSError."""
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    except OSError as problem:
        if problem.errno not in NO_FOLDER_SYNC or not path.is_dir():
            raise
    finally:
        os.close(handle)
