"""Files given to tightlog, and how to read a diary table among them."""

from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from tightlog.answers.missing_disk import refuse_hidden_file
from tightlog.domain.diary import MOMENTS, UNKNOWN, DiaryMapping, ScoreFile, mapping_of
from tightlog.errors import DiaryError
from tightlog.home import diary_mapping
from tightlog.home.diary_mapping import exactly
from tightlog.home.settings import Home, settings_of
from tightlog.ingest import inbox
from tightlog.ingest.inbox import Kept
from tightlog.language.catalogue import phrase
from tightlog.warehouse import store
from tightlog.warehouse.counts import score_files


def keep_upload(home: Home, name: str, content: IO[bytes]) -> Kept:
    """Where an uploaded file lies in data/raw, whole and on disk. Raises InboxError."""
    refuse_hidden_file(home, name)
    return inbox.keep(home, name, content)


def keep_path(home: Home, source: Path) -> Kept:
    """Where the copy of a file or folder lies in data/raw/inbox. Raises InboxError."""
    refuse_hidden_file(home, source.name)
    return inbox.keep_path(home, source)


def add_diary_mapping(home: Home, mapping: DiaryMapping) -> None:
    """Writes how to read a diary table into tightlog.toml. Raises SettingsError."""
    diary_mapping.add_mapping(home, mapping)


def answer_when_given(home: Home, place: str, moment: str, words: str | None = None) -> None:
    """Writes into tightlog.toml when the scores of a table were given that do not say it, or what
    its `words` for a part of the day mean.

    `place` is its path below data/raw, archives like folders; `moment` one of MOMENTS, or UNKNOWN.
    Everything else tightlog.toml says of the file stays. Raises DiaryError for another moment, and
    where a column of the file is mapped as the moment; SettingsError when it cannot be written.
    """
    if moment not in (*MOMENTS, UNKNOWN):
        raise DiaryError(
            phrase(
                "a moment is {moments} or {unknown}, not {moment!r}",
                moments=", ".join(MOMENTS),
                unknown=UNKNOWN,
                moment=moment,
            )
        )
    before = mapping_of(settings_of(home).diaries, place)
    if words is not None:
        _answer_words(home, place, moment, words, before)
        return
    if before is not None and before.moment_column is not None:
        raise DiaryError(
            phrase(
                "tightlog.toml takes the moment of {place} from its column {moment!r}; where a "
                "row there is empty, correct the score itself with `tightlog diary correct`",
                place=place,
                moment=before.moment,
            )
        )
    _answered(home, place, before, moment=moment)


def _answer_words(
    home: Home, place: str, moment: str, words: str, before: DiaryMapping | None
) -> None:
    if moment not in MOMENTS or not words.strip():
        raise DiaryError(
            phrase(
                "the words of a table mean {moments}, not {moment!r}",
                moments=", ".join(MOMENTS),
                moment=moment,
            )
        )
    others = tuple(pair for pair in (before.moments if before else ()) if pair[0] != words)
    _answered(home, place, before, moments=(*others, (words, moment)))


def _answered(home: Home, place: str, before: DiaryMapping | None, **said_now: Any) -> None:
    said = before or DiaryMapping(place)
    answered = replace(said, file=exactly(place), **said_now)
    diary_mapping.add_mapping(home, answered, said if said.file == answered.file else None)


def score_file_named(home: Home, name: str) -> ScoreFile:
    """The file with scores that has this path below data/raw, or this name.

    Raises DiaryError when the last refresh read none of that name, or more than one.
    """
    known = score_files(store.published_version(home))
    found = [one for one in known if one.place == name] or [
        one for one in known if one.place.endswith(f"/{name}")
    ]
    if len(found) != 1:
        listed = ", ".join(one.place for one in (found or known)[:10]) or "none"
        why = (
            phrase("several are called {name!r}", name=name)
            if found
            else phrase("none is called {name!r}", name=name)
        )
        raise DiaryError(
            phrase("which file? {why}; the files with scores are: {listed}", why=why, listed=listed)
        )
    return found[0]
