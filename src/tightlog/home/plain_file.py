"""Reading a file of tightlog's own, where a pipe or a device in its place must not block."""

import errno
import stat
from pathlib import Path

from tightlog.language.catalogue import phrase


def plain_text(path: Path) -> str:
    """Text of a file in UTF-8. Raises OSError, also for what is no file, and UnicodeDecodeError."""
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise OSError(errno.EINVAL, phrase("it is a pipe or a device, not a file"), str(path))
    return path.read_text(encoding="utf-8")
