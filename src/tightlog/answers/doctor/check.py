"""The result of a check, also when the check itself fails."""

import os
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tightlog.home.settings import Home
from tightlog.language.catalogue import phrase
from tightlog.words.visible import one_line


@dataclass(frozen=True)
class Check:
    """What was found, and what to do about it when it is not right."""

    name: str
    is_ok: bool
    found: str
    remedy: str = ""


def isolated(name: str, check: Callable[[Home], Check], home: Home) -> Check:
    """The result of a check, or the reason why it could not run."""
    try:
        return check(home)
    except PermissionError as problem:
        place = closed_place(Path(problem.filename or home.folder))
        return Check(
            name,
            False,
            phrase("you have no permission to open {place}", place=place),
            access_remedy(place),
        )
    except Exception as problem:  # noqa: BLE001 - doctor never aborts, and the reason is shown
        reason = f"{type(problem).__name__}: {problem}"
        return Check(
            name,
            False,
            phrase("this check could not run ({reason})", reason=reason),
            phrase(
                "fix what the other lines report, then run: tightlog doctor; if this line "
                "stays, report it as a bug in tightlog"
            ),
        )


def closed_place(path: Path) -> Path:
    """The outermost folder above a path that cannot be opened, or the path itself."""
    return next(
        (folder for folder in reversed(path.parents) if not os.access(folder, os.X_OK)), path
    )


def shell_word(path: Path) -> str:
    """A path as one word for a shell, on one line: `$'…'` where it holds bytes that are not shown.

    bash, zsh, ksh and POSIX.1-2024 read that form.
    """
    text = str(path)
    if text == one_line(text):
        return shlex.quote(text)
    return f"$'{''.join(map(_shell_sign, text))}'"


def _shell_sign(sign: str) -> str:
    if sign in "\\'":
        return f"\\{sign}"
    if sign == one_line(sign):
        return sign
    # Three octal digits end by themselves, whatever follows.
    return "".join(f"\\{byte:03o}" for byte in os.fsencode(sign))


def access_remedy(path: Path) -> str:
    """The command that gives the current user access to a path."""
    shown = shell_word(path)
    try:
        is_own = path.lstat().st_uid == os.geteuid()
    except OSError:
        is_own = False
    mode = "u+rwX" if path.is_dir() or not is_own else "u+rw"
    return f"chmod {mode} {shown}" if is_own else f"sudo chown -R {os.geteuid()} {shown}"


def aside_remedy(home: Home, path: Path) -> str:
    """The command that moves something out of the way, to where tightlog does not read it and
    nothing is overwritten.
    """
    names = (f"{path.name}.aside{number}" for number in ("", *range(2, 10_000)))
    aside = next(home.folder / name for name in names if not os.path.lexists(home.folder / name))
    return f"mv {shell_word(path)} {shell_word(aside)}"
