"""The home: its folders, files in the wrong place, disk space, and the password."""

import os
import shutil
import tempfile
from pathlib import Path

from tightlog.answers.doctor.check import Check, access_remedy, aside_remedy, shell_word
from tightlog.errors import NoPassword, PasswordUnreadable, WarehouseError
from tightlog.home.password import stored_password
from tightlog.home.settings import Home
from tightlog.language.catalogue import phrase
from tightlog.warehouse import store
from tightlog.warehouse.publish import DRAFT

LEAST_FREE_BYTES = 500 * 2**20
# The version served, the one being built, and the temporary files of DuckDB meanwhile.
VERSIONS_OF_ROOM = 3
FILE, FOLDER = "file", "folder"
# A published version is read-only by design, and so is a draft the moment before it is published.
READ_ONLY = ("tightlog.duckdb", DRAFT)


def folders(home: Home) -> Check:
    """Whether the folders tightlog writes to exist and are writable."""
    if not home.raw.parent.is_dir():
        return Check(
            "folders",
            False,
            phrase("{parent} is not a folder", parent=home.raw.parent),
            phrase("connect the disk it lies on, or name the home: tightlog --home FOLDER doctor"),
        )
    diary = home.journal.parent
    for folder in (
        home.folder,
        home.warehouse,
        home.warehouse / "versions",
        diary if os.path.lexists(diary) else home.raw,
    ):
        if not os.path.lexists(folder):
            continue  # created by the next refresh, or reported by the check of the run files
        if (problem := _write_problem(home, folder)) is not None:
            return problem
    return Check("folders", True, phrase("the home is {folder}", folder=home.folder))


def places(home: Home) -> Check:
    """Whether something else is where tightlog keeps a file, or a file belongs to somebody else."""
    for path, kind in _own_places(home):
        if not os.path.lexists(path):
            continue
        is_folder = path.is_dir() and ((path.exists() and not path.is_symlink()) or kind == FILE)
        is_no_file = kind == FILE and path.exists() and not path.is_file()
        if is_no_file or is_folder != (kind == FOLDER):
            what = (
                "a folder"
                if is_folder
                else phrase("not a file")
                if is_no_file
                else phrase("not a folder")
            )
            return Check(
                "places",
                False,
                phrase(
                    "{path} is {what}, but tightlog keeps a {kind} there",
                    path=path,
                    what=what,
                    kind=kind,
                ),
                phrase(
                    "{aside_remedy}; then: tightlog refresh", aside_remedy=aside_remedy(home, path)
                ),
            )
        if (
            kind == FILE
            and path.exists()
            and path.name not in READ_ONLY
            and not os.access(path, os.R_OK | os.W_OK)
        ):
            return Check(
                "places",
                False,
                phrase("you have no permission to read and write {path}", path=path),
                access_remedy(path),
            )
    return Check("places", True, phrase("nothing is in the way"))


def disk(home: Home) -> Check:
    """Whether there is space for the next versions."""
    place = next(folder for folder in (home.warehouse, home.folder, Path("/")) if folder.is_dir())
    free = shutil.disk_usage(place).free
    needed = max(LEAST_FREE_BYTES, VERSIONS_OF_ROOM * _version_size(home))
    found = phrase("{free:.1f} GB free", free=free / 2**30)
    if free > needed:
        return Check("disk", True, found)
    return Check(
        "disk",
        False,
        phrase(
            "{found}, and a refresh may need {needed:.1f} GB", found=found, needed=needed / 2**30
        ),
        phrase("free some space: a refresh writes a new version beside the old one"),
    )


def password_file(home: Home) -> Check:
    """Whether the password of `dashboard --lan` can be read, if one is set."""
    path = home.dashboard_password
    set_again = f"tightlog --home {shell_word(home.folder)} dashboard --set-password"
    if path.exists() and not path.is_file():
        return Check(
            "password",
            False,
            phrase(
                "{path} is {part}",
                path=path,
                part=phrase("a folder") if path.is_dir() else phrase("not a file"),
            ),
            (
                phrase(
                    "{aside_remedy}; then: {set_again}",
                    aside_remedy=aside_remedy(home, path),
                    set_again=set_again,
                )
            ),
        )
    try:
        stored_password(home)
    except NoPassword:
        return Check("password", True, phrase("not set: the dashboard is for this machine only"))
    except PasswordUnreadable as problem:
        return Check(
            "password",
            False,
            str(problem),
            phrase("set it again with: {set_again}", set_again=set_again),
        )
    return Check("password", True, phrase("set, for the dashboard in the home network"))


def _write_problem(home: Home, folder: Path) -> Check | None:
    if not folder.is_dir():
        return Check(
            "folders",
            False,
            phrase("{folder} is not a folder", folder=folder),
            aside_remedy(home, folder),
        )
    try:
        with tempfile.TemporaryFile(dir=folder):
            return None
    except OSError as problem:
        is_read_only = bool(os.statvfs(folder).f_flag & os.ST_RDONLY)
        remedy = phrase("mount its disk as writable") if is_read_only else access_remedy(folder)
        return Check(
            "folders",
            False,
            phrase(
                "{folder} cannot be written to ({strerror})",
                folder=folder,
                strerror=problem.strerror,
            ),
            remedy,
        )


def _own_places(home: Home) -> tuple[tuple[Path, str], ...]:
    versions = home.warehouse / "versions"
    return (
        (home.settings_file, FILE),
        (home.journal.parent, FOLDER),
        (versions, FOLDER),
        (home.database, FILE),
        (home.database.with_name(f"{home.database.name}.new"), FILE),
        (versions / DRAFT, FILE),
        (versions / f"{DRAFT}.wal", FILE),
        (home.warehouse / ".writer.lock", FILE),
        (home.warehouse / ".night.lock", FILE),
        (home.warehouse / ".schedule.lock", FILE),
        (home.nights_file, FILE),
        (home.second_readings_file, FILE),
    )


def _version_size(home: Home) -> int:
    try:
        return store.linked_version(home).stat().st_size
    except (WarehouseError, OSError):
        return 0
