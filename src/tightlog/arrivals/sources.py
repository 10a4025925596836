"""The sources of a home: folders elsewhere, read in place and never written, and their state.

The path of a source's file is the source as tightlog.toml writes it, a slash, and the path below
it: it stays the same wherever the home of the user or the home of tightlog lies.

A source that is not there, cannot be listed, or has suddenly no file at all stands in the list as
one closed folder: what was read from it stays. A file gone from a source that is there leaves, as
one taken out of data/raw does.
"""

import errno
import os
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from threading import Thread

from tightlog.home.arriving.source_list import folder_of, is_below
from tightlog.home.settings import Home
from tightlog.ingest.folder_tree import Kind
from tightlog.ingest.source import CLOSED_FOLDER, FoundFile, files_in_source, has_files, is_hidden
from tightlog.language.catalogue import phrase
from tightlog.words.numbers import counted

# A network share whose server is gone blocks whoever asks, for minutes or for ever.
ANSWERS_WITHIN_S = 20.0
ABSENT = (errno.ENOENT, errno.ENODEV, errno.ENOTCONN, errno.ETIMEDOUT, errno.EHOSTDOWN)
Listing = Callable[[Path], AbstractContextManager[Iterator[object]]]


class State(Enum):
    """What a source is like now."""

    THERE = "there"
    ABSENT = "absent"
    EMPTIED = "emptied"
    CLOSED = "closed"
    REFUSED = "refused"


@dataclass(frozen=True)
class Source:
    """A source as it is now: its name, its folder, its state with the reason, and its files."""

    name: str
    folder: Path
    state: State
    words: str = ""
    errno: int | None = None
    files: tuple[FoundFile, ...] = ()


def sources(home: Home, names: Iterable[str], known: Collection[str] = ()) -> tuple[Source, ...]:
    """Each source of the settings as it is now; `known` are paths of files read before."""
    return tuple(_source(home, name, known) for name in names)


def found_in(seen: Iterable[Source]) -> tuple[FoundFile, ...]:
    """The files of the sources; one that is not there is a closed folder in their place."""
    return tuple(
        file
        for one in seen
        for file in (one.files if one.state is State.THERE else (_closed(one),))
    )


def _source(home: Home, name: str, known: Collection[str]) -> Source:
    """The source with its files; what is no folder of files now has none, and says why."""
    known_count = sum(is_below(path, name) for path in known)
    source = source_state(home, name, known_count)
    if source.state is not State.THERE:
        return source
    try:
        files = files_in_source(source.folder, name)
    except OSError as caught:
        words = phrase("cannot be listed ({strerror})", strerror=caught.strerror)
        return replace(source, state=State.CLOSED, words=words, errno=caught.errno)
    # Looked at again: it may have been unmounted between the two looks.
    return (
        replace(source, files=files) if files or not known_count else _emptied(source, known_count)
    )


def source_state(
    home: Home, name: str, known_count: int, within_s: float = ANSWERS_WITHIN_S
) -> Source:
    """A source as it is now, its files not listed; `known_count` of them were read before."""
    folder = folder_of(name)
    problem = listing_problem(folder, within_s)
    if problem is not None:
        is_absent = problem.errno in ABSENT
        state = State.ABSENT if is_absent else State.CLOSED
        words = phrase("not there now") if is_absent else phrase("cannot be listed")
        words = f"{words} ({problem.strerror})"
        return Source(name, folder, state, words, problem.errno)
    if words := _overlap(home, folder):
        return Source(name, folder, State.REFUSED, words)
    if known_count and not has_files(folder, is_hidden):
        return _emptied(Source(name, folder, State.THERE), known_count)
    return Source(name, folder, State.THERE)


def _emptied(source: Source, known_count: int) -> Source:
    words = phrase(
        "empty, with {file} known before: connect its disk or wait for the sync; if you "
        "removed them yourself, run: tightlog rebuild",
        file=counted(known_count, "file"),
    )
    return replace(source, state=State.EMPTIED, words=words)


def listing_problem(folder: Path, within_s: float, listing: Listing = os.scandir) -> OSError | None:
    """Why a folder cannot be listed, None when it can; no answer in time is a problem too."""
    answer: list[OSError | None] = []

    def asked() -> None:
        try:
            with listing(folder) as entries:
                next(entries, None)
        except OSError as problem:
            answer.append(problem)
        else:
            answer.append(None)

    # Nothing can end a call the system does not return from: the thread is left behind.
    thread = Thread(target=asked, name=phrase("listing {folder}", folder=folder), daemon=True)
    thread.start()
    thread.join(within_s)
    if not answer:
        return OSError(
            errno.ETIMEDOUT,
            phrase("no answer within {within_s:g} s", within_s=within_s),
            str(folder),
        )
    return answer[0]


def _overlap(home: Home, folder: Path) -> str:
    """Why a source would be read twice, or hold what tightlog writes itself; '' when not."""
    own, real = home.folder.resolve(), folder.resolve()
    if real == own or own in real.parents:
        return phrase("it lies inside this home, where files belong into data/raw")
    if real in own.parents:
        return phrase("this home lies inside it")
    raw = home.raw.resolve()
    if real == raw or raw in real.parents or real in raw.parents:
        return phrase("it is the data/raw of this home, or holds it")
    return ""


def _closed(source: Source) -> FoundFile:
    return FoundFile(
        source.name,
        source.folder,
        0,
        f"{CLOSED_FOLDER}: {source.state.value}: {source.words}",
        kind=Kind.CLOSED_FOLDER,
        closed=phrase("this source is {words}", words=source.words)
        if source.state in (State.ABSENT, State.EMPTIED)
        else phrase("this source is not read: {words}", words=source.words),
        closed_errno=source.errno,
    )
