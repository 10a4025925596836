"""What the process that answers a query may do: read the warehouse, and write to its pipe.

Three protections besides the gate; each works on its own where the system offers it:

- no file may grow (RLIMIT_FSIZE 0), on every system
- Landlock takes all writing, and reading outside the warehouse, and TCP; Linux 5.13, TCP 6.7
- root becomes nobody, at most with the capability to read, where what is needed stays readable
"""

import ctypes
import os
import resource
import signal
import sys
import sysconfig
from pathlib import Path

from tightlog.warehouse.access import segment_folder
from tightlog.warehouse.sandbox.landlock import restrict_to_reading

NOBODY = 65534
# Memory and processor facts that DuckDB reads, time zones, and libraries loaded late.
SYSTEM = tuple(
    map(
        Path,
        (
            "/proc",
            "/sys",
            "/usr/share/zoneinfo",
            "/usr/lib",
            "/lib",
            "/lib64",
            "/etc/localtime",
            "/etc/ld.so.cache",
            "/dev/urandom",
            "/dev/null",
        ),
    )
)
KEEP_CAPABILITIES = 8  # prctl
READ_EVERYTHING = 2  # CAP_DAC_READ_SEARCH
CAPABILITY_FORMAT = 0x20080522


def confine(version: Path) -> None:
    """Removes, for good, every permission this process does not need to answer from one version.

    Import what will be needed and connect afterwards: DuckDB's threads inherit it.
    """
    readable = (version.parent, segment_folder(version), *_python_folders(), *SYSTEM)
    refuse_growing_files()
    become_nobody(version)
    restrict_to_reading(readable)


def refuse_growing_files() -> None:
    """No file of this process may grow, a pipe may; nor does it leave its memory behind."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def become_nobody(version: Path) -> bool:
    """Root becomes the user nobody, who writes nothing of the home; False where that cannot be.

    What only its owner reads (a version, a Python below /root) stays readable by the one
    capability that is kept then, to read.
    """
    if os.geteuid() != 0 or sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    needed = (version, *_python_folders())  # asked as root: it may import
    try:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.seteuid(NOBODY)
        is_readable = all(os.access(path, os.R_OK, effective_ids=True) for path in needed)
        os.seteuid(0)
        may_read_all = not is_readable and _has_capability_to_read(libc)
        if not is_readable and not may_read_all:
            return False
        libc.prctl(KEEP_CAPABILITIES, int(may_read_all), 0, 0, 0)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    except OSError:  # a container that lets nobody change who they are
        return False
    if may_read_all:
        _keep_only(libc, 1 << READ_EVERYTHING)
    return True


def _has_capability_to_read(libc: ctypes.CDLL) -> bool:
    header, data = (ctypes.c_uint32 * 2)(CAPABILITY_FORMAT, 0), (ctypes.c_uint32 * 6)()
    return libc.capget(header, data) == 0 and bool(data[1] & 1 << READ_EVERYTHING)


def _keep_only(libc: ctypes.CDLL, capability: int) -> None:
    """Effective and permitted become this one, inheritable none; of two words of bits each."""
    header = (ctypes.c_uint32 * 2)(CAPABILITY_FORMAT, 0)
    data = (ctypes.c_uint32 * 6)(capability, capability, 0, 0, 0, 0)
    libc.capset(header, data)


def _python_folders() -> tuple[Path, ...]:
    """Python's own folders and this package: what may be imported late."""
    paths = sysconfig.get_paths()
    names = ("stdlib", "platstdlib", "purelib", "platlib")
    return (*(Path(paths[name]) for name in names), Path(__file__).parents[2])
