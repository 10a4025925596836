"""A home in order, in a place an unprivileged user may enter, and the command line run there as that user."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.builders import home_at, run_fit
from tightlog.refresh import refresh
from tightlog.settings import Home, settings_of

NOBODY = 65534


@contextmanager
def home_in_order() -> Iterator[Home]:
    """A refreshed home that doctor finds nothing wrong with; it belongs to nobody where root runs the tests."""
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
        if os.geteuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
        yield Home(folder / "home")
    finally:
        subprocess.run(["chmod", "-R", "u+rwX", str(folder)], check=False)
        shutil.rmtree(folder, ignore_errors=True)


def give_to_nobody(folder: Path) -> None:
    """Makes the unprivileged user the owner of a folder and all in it."""
    for path in (folder, *folder.rglob("*")):
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)


def as_user(home: Home, *arguments: str, text: str | None = None) -> subprocess.CompletedProcess[str]:
    """The command line as a runner starts it: without the rights of root."""
    python, environment = _interpreter()
    environment = environment | {"HOME": str(home.folder), "TZ": "UTC", "COLUMNS": "200"}
    return subprocess.run([python, "-m", "tightlog", "--home", str(home.folder), *arguments], capture_output=True, text=True,
                          check=False, env=environment, input=text, cwd=home.folder.parent, **_user())


def shell(home: Home, command: str) -> None:
    """Runs a remedy as the user would."""
    subprocess.run(["sh", "-ec", command], check=True, cwd=home.folder.parent, env={"PATH": os.environ["PATH"]}, **_user())


def _user() -> dict[str, Any]:
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}


@cache
def _interpreter() -> tuple[str, dict[str, str]]:
    """A Python the user may start, and the environment it needs: root's own may lie where nobody else may look."""
    own = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"}
    packages = os.pathsep.join(path for path in sys.path if path and not path.startswith(sys.base_prefix))
    system = f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}"
    for python, environment in ((sys.executable, own), (system, own | {"PYTHONPATH": packages})):
        try:
            if subprocess.run([python, "-c", "import tightlog, duckdb"], env=environment, cwd="/", check=False, capture_output=True,
                              **_user()).returncode == 0:
                return python, environment
        except OSError:
            continue
    pytest.skip("there is no Python here that an unprivileged user may start")


def findings(home: Home) -> dict[str, dict[str, Any]]:
    """What `tightlog doctor --json` finds wrong, by the name of the check."""
    said = as_user(home, "doctor", "--json")
    assert "Traceback" not in said.stderr, said.stderr
    listed = json.loads(said.stdout)
    wrong = {check["name"]: check for check in listed if not check["is_ok"]}
    assert said.returncode == (1 if wrong else 0)
    return wrong
