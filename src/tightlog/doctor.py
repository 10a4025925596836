"""Checks of an installation and a home, each with a remedy."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from tightlog.bundle import bundled
from tightlog.diary import read_journal
from tightlog.errors import TightlogError
from tightlog.settings import Home, settings_of
from tightlog.warehouse import store

# Newer ones leave Prefect 3.8 with a server that does not start, or starts and schedules nothing.
PREFECT_LIMITS = {"fastapi": (0, 151), "sqlalchemy": (2, 1)}
LEAST_FREE_BYTES = 500 * 2**20


@dataclass(frozen=True)
class Check:
    """One thing looked at: what was found, and what to do when it is not right."""

    name: str
    is_ok: bool
    found: str
    remedy: str


def checks(home: Home) -> list[Check]:
    """Every check, in the order a newcomer would want to repair things."""
    return [check(home) for check in CHECKS]


def _settings(home: Home) -> Check:
    try:
        found = f"time zone {settings_of(home).time_zone}"
    except TightlogError as problem:
        return Check("settings", False, str(problem), f"correct {home.settings_file}")
    return Check("settings", True, found, "")


def _disk(home: Home) -> Check:
    free = shutil.disk_usage(home.folder).free
    return Check("disk", free > LEAST_FREE_BYTES, f"{free / 2**30:.1f} GB free", "make room: a refresh writes a new version beside the old one")


def _journal(home: Home) -> Check:
    journal = read_journal(home.journal)
    found = f"{len(journal.entries)} entries, {journal.broken_lines} unreadable lines"
    return Check("diary", journal.broken_lines == 0, found, f"look into {home.journal}: the readable lines count, the others are left out")


def _warehouse(home: Home) -> Check:
    try:
        row = store.relation(store.published_version(home), "publication").row(0, named=True)
    except TightlogError as problem:
        return Check("warehouse", False, str(problem), "run: tightlog refresh")
    return Check("warehouse", True, f"published {row['refreshed_at']:%Y-%m-%d %H:%M} UTC", "")


def _files(home: Home) -> Check:
    try:
        count = store.query(store.published_version(home), "select count(*) from source_file where status = 'unreadable'").item()
    except TightlogError:
        return Check("files", True, "nothing read yet", "")
    return Check("files", True, f"{count} unreadable" + ("; `tightlog files --status unreadable` says why" if count else ""), "")


def _parts(home: Home) -> Check:
    try:
        bundled("dashboards", "streamlit_app.py")
        bundled("pipelines", "deployment.py")
    except TightlogError as problem:
        return Check("installation", False, str(problem), "install tightlog again")
    return Check("installation", True, "complete", "")


def _prefect_pins(home: Home) -> Check:
    found, wrong = [], []
    for package, limit in PREFECT_LIMITS.items():
        try:
            number = version(package)
        except PackageNotFoundError:
            wrong.append(package)
            continue
        found.append(f"{package} {number}")
        if tuple(int(part) for part in number.split(".")[:2]) >= limit:
            wrong.append(package)
    limits = ", ".join(f"{name}<{major}.{minor}" for name, (major, minor) in PREFECT_LIMITS.items())
    return Check("nightly run", not wrong, ", ".join(found), f"install {limits}")


CHECKS: tuple[Callable[[Home], Check], ...] = (_parts, _settings, _disk, _journal, _warehouse, _files, _prefect_pins)
