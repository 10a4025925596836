"""A home in order, in a place an unprivileged user may enter, and the command line run there as
that user.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.builders import home_at, run_fit, settled_here
from tightlog.home.settings import Home, settings_of
from tightlog.refresh.refresh import refresh

NOBODY = 65534
# Reads a line of arguments and standard input, and answers with what the command came to; it ends
# with its input.
WORKER = """
import contextlib, io, json, sys, traceback
from tightlog.cli.main import main
for line in sys.stdin:
    arguments, text = json.loads(line)
    out, err = io.StringIO(), io.StringIO()
    standard, sys.stdin = sys.stdin, io.StringIO(text)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main(arguments)
        except SystemExit as ended:
            code = ended.code
        except BaseException:
            traceback.print_exc()
            code = 1
    sys.stdin = standard
    print(json.dumps([code, out.getvalue(), err.getvalue()]), flush=True)
"""


@contextmanager
def home_in_order() -> Iterator[Home]:
    """A refreshed home that doctor finds nothing wrong with; it belongs to nobody where root
    runs the tests.
    """
    folder = Path(tempfile.mkdtemp(prefix="tightlog-"))
    try:
        home = home_at(folder / "home", a_fit=run_fit())
        home.settings_file.write_text('time_zone = "Europe/Zurich"\n')
        refresh(home, settings_of(home))
        if os.geteuid() == 0:
            give_to_nobody(folder)
        yield home
    finally:
        subprocess.run(["chmod", "-R", "u+rwX", str(folder)], check=False)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def copy_of(home: Home) -> Iterator[Home]:
    """A copy of a home that may be broken, owned like the first."""
    folder = Path(tempfile.mkdtemp(prefix="tightlog-"))
    try:
        subprocess.run(["cp", "-a", str(home.folder), str(folder / "home")], check=True)
        copy = settled_here(Home(folder / "home"))
        if os.geteuid() == 0:
            give_to_nobody(folder)
        yield copy
    finally:
        subprocess.run(["chmod", "-R", "u+rwX", str(folder)], check=False)
        shutil.rmtree(folder, ignore_errors=True)


def give_to_nobody(folder: Path) -> None:
    """Makes the unprivileged user the owner of a folder and all in it."""
    for path in (folder, *folder.rglob("*")):
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)


class Said(NamedTuple):
    """What one command came to."""

    returncode: int
    stdout: str
    stderr: str


def as_user(home: Home, *arguments: str, text: str = "") -> Said:
    """The command line without the rights of root, in one process for all: starting Python takes
    longer than most commands.
    """
    worker = _worker()
    assert worker.stdin and worker.stdout
    worker.stdin.write(json.dumps([["--home", str(home.folder), *arguments], text]) + "\n")
    worker.stdin.flush()
    return Said(*json.loads(worker.stdout.readline()))


def as_process(home: Home, *arguments: str) -> Said:
    """The command line as a runner starts it, in a process of its own."""
    python, environment = _interpreter()
    done = subprocess.run(
        [python, "-m", "tightlog", "--home", str(home.folder), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment | {"HOME": str(home.folder)},
        cwd=home.folder.parent,
        **_user(),
    )
    return Said(done.returncode, done.stdout, done.stderr)


def as_tester(home: Home, *arguments: str) -> Said:
    """The same by this very Python and user: Prefect's server needs the packages of this Python."""
    done = subprocess.run(
        [sys.executable, "-m", "tightlog", "--home", str(home.folder), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"HOME": str(home.folder), "TZ": "UTC"},
        cwd=home.folder.parent,
    )
    return Said(done.returncode, done.stdout, done.stderr)


@cache
def _worker() -> subprocess.Popen[str]:
    python, environment = _interpreter()
    return subprocess.Popen(
        [python, "-c", WORKER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        cwd="/",
        **_user(),
    )


def shell(home: Home, command: str) -> None:
    """Runs a remedy as the user would."""
    subprocess.run(
        ["sh", "-ec", command],
        check=True,
        cwd=home.folder.parent,
        env={"PATH": os.environ["PATH"]},
        **_user(),
    )


def _user() -> dict[str, Any]:
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}


@cache
def _interpreter() -> tuple[str, dict[str, str]]:
    """A Python the user may start, and the environment it needs: root's own may lie where nobody
    else may look.
    """
    own = {
        "PATH": os.environ["PATH"],
        "PYTHONDONTWRITEBYTECODE": "1",
        "TZ": "UTC",
        "COLUMNS": "200",
    }
    packages = os.pathsep.join(
        path for path in sys.path if path and not path.startswith(sys.base_prefix)
    )
    system = f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}"
    for python, environment in ((sys.executable, own), (system, own | {"PYTHONPATH": packages})):
        try:
            if (
                subprocess.run(
                    [python, "-c", "import tightlog, duckdb"],
                    env=environment,
                    cwd="/",
                    check=False,
                    capture_output=True,
                    **_user(),
                ).returncode
                == 0
            ):
                return python, environment
        except OSError:
            continue
    pytest.skip("there is no Python here that an unprivileged user may start")


def findings(home: Home, run: Callable[..., Said] = as_user) -> dict[str, dict[str, Any]]:
    """What `tightlog doctor --json` finds wrong, by the name of the check."""
    said = run(home, "doctor", "--json")
    assert "Traceback" not in said.stderr, said.stderr
    listed = json.loads(said.stdout)
    wrong = {check["name"]: check for check in listed if not check["is_ok"]}
    assert said.returncode == (1 if wrong else 0)
    return wrong
