"""The run files: whether every folder of data/raw can be read, and it is not suddenly empty."""

import errno
import os
from collections.abc import Iterable
from pathlib import Path

from tightlog.answers.doctor.check import Check, access_remedy, closed_place, shell_word
from tightlog.answers.missing_disk import known_file_count
from tightlog.home.settings import Home
from tightlog.ingest.source import PERMISSIONS, FoundFile, found_files
from tightlog.language.catalogue import phrase
from tightlog.words.numbers import counted

SHOWN_CLOSED = 3
# Links that lead nowhere or in a circle: `tightlog files` lists them, and nothing is closed.
LINKS_ASTRAY = (errno.ENOENT, errno.ELOOP)


def run_files(home: Home) -> Check:
    """How many files lie under data/raw, and which places of it cannot be opened."""
    if not home.raw.is_dir():
        is_other = os.path.lexists(home.raw) and not home.raw.is_symlink()
        return Check(
            "run files",
            False,
            phrase(
                "{raw} is {part}",
                raw=home.raw,
                part=phrase("not a folder") if is_other else phrase("not there"),
            ),
            (
                phrase(
                    "connect the disk it lies on, or put the folder back; for a new one: mkdir "
                    "{shell_word}",
                    shell_word=shell_word(home.raw),
                )
            ),
        )
    try:
        found = found_files(home.raw)
    except OSError as problem:
        return _closed({home.raw: problem.errno})
    if closed := closed_places(found):
        return _closed(closed)
    if not found and (known := known_file_count(home)):
        return Check(
            "run files",
            False,
            phrase(
                "{raw} is empty, but {known:,} files were known before", raw=home.raw, known=known
            ),
            phrase(
                "connect the disk or wait for the sync; if you removed them yourself: tightlog "
                "rebuild"
            ),
        )
    return Check(
        "run files",
        True,
        phrase("{file} under {raw}", file=counted(len(found), "file"), raw=home.raw),
    )


def closed_places(found: Iterable[FoundFile]) -> dict[Path, int | None]:
    """The folders, or else files, that cannot be opened, each with the system's number for why."""
    return {
        closed_place(file.location): file.closed_errno
        for file in found
        if file.closed is not None and file.closed_errno not in LINKS_ASTRAY
    }


def _closed(places: dict[Path, int | None]) -> Check:
    first, *_ = shown = sorted(places)[:SHOWN_CLOSED]
    names = ", ".join(f"{place} ({os.strerror(places[place] or errno.EIO)})" for place in shown)
    more = (
        phrase(" and {places} more", places=len(places) - SHOWN_CLOSED)
        if len(places) > SHOWN_CLOSED
        else ""
    )
    remedy = (
        access_remedy(first)
        if places[first] in PERMISSIONS
        else phrase(
            "look at the disk it lies on, or move it out of data/raw: {shell_word}",
            shell_word=shell_word(first),
        )
    )
    return Check(
        "run files",
        False,
        phrase("cannot be opened: {names}{more}", names=names, more=more),
        remedy,
    )
