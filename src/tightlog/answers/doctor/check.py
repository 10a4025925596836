"""What a check gives, and how one that fails itself becomes a finding."""

import os
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tightlog.home.settings import Home


@dataclass(frozen=True)
class Check:
    """One thing looked at: what was found, and what to do when it is not right."""

    name: str
    is_ok: bool
    found: str
    remedy: str = ""


def isolated(name: str, check: Callable[[Home], Check], home: Home) -> Check:
    """What the check found; the reason when it could not look."""
    try:
        return check(home)
    except PermissionError as problem:
        place = closed_place(Path(problem.filename or home.folder))
        return Check(name, False, f"{place} is not yours to open", access_remedy(place))
    except Exception as problem:  # noqa: BLE001 - doctor never aborts, and the reason is shown
        reason = f"{type(problem).__name__}: {problem}"
        return Check(
            name,
            False,
            f"this could not be looked at ({reason})",
            "put right what the other lines name, then run: tightlog doctor; "
            "if this line stays, report it as a fault of tightlog",
        )


def closed_place(path: Path) -> Path:
    """The outermost folder on the way to a path that cannot be entered, or the path itself."""
    return next(
        (folder for folder in reversed(path.parents) if not os.access(folder, os.X_OK)), path
    )


def access_remedy(path: Path) -> str:
    """The command that gives a path back to who runs tightlog."""
    shown = shlex.quote(str(path))
    try:
        is_own = path.lstat().st_uid == os.geteuid()
    except OSError:
        is_own = False
    mode = "u+rwX" if path.is_dir() or not is_own else "u+rw"
    return f"chmod {mode} {shown}" if is_own else f"sudo chown -R {os.geteuid()} {shown}"


def aside_remedy(home: Home, path: Path) -> str:
    """The command that moves something out of the way without losing it: beside what tightlog
    reads.
    """
    aside = home.folder / f"{path.name}.aside"
    return f"mv {shlex.quote(str(path))} {shlex.quote(str(aside))}"
