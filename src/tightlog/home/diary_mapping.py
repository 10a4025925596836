"""A `[[diary]]` section written into tightlog.toml: everything else stays, byte for byte."""

import fcntl
import os
import re
import secrets
import shutil
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.items import InlineTable

from tightlog.domain.diary import DiaryMapping
from tightlog.errors import SettingsError
from tightlog.home import private
from tightlog.home.settings import BYTE_ORDER_MARK, SETTINGS_FILE, Home, settings_in, settings_text
from tightlog.language.catalogue import phrase

DIARY_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*diary[ \t]*\]\]", re.MULTILINE)


def add_mapping(home: Home, mapping: DiaryMapping, replaces: DiaryMapping | None = None) -> None:
    """Writes the mapping as a section of its own into the settings of a home.

    It stands in the place of the one it `replaces`, where that is as tightlog writes it; else at
    the end, or before the others where one of them fits the same file: the first one
    counts. Raises SettingsError, the file left as it was, when it cannot be written or would then
    say anything else than before.
    """
    with _held(home):
        # Bytes, because reading as text would even out line ends.
        try:
            before = settings_text(home)
        except OSError as problem:
            said = phrase(
                "it cannot be read ({strerror}); nothing in it was changed",
                strerror=problem.strerror or problem,
            )
            raise SettingsError(SETTINGS_FILE, said) from problem
        mark = BYTE_ORDER_MARK if before.startswith(BYTE_ORDER_MARK) else ""
        _replace(
            home.settings_file, mark + with_mapping(before.removeprefix(mark), mapping, replaces)
        )


def with_mapping(text: str, mapping: DiaryMapping, replaces: DiaryMapping | None = None) -> str:
    """The text of a tightlog.toml with the mapping's section in it.

    Raises SettingsError when the text has no place for one, or TOML cannot express the mapping.
    """
    known = settings_in(text).diaries
    end = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
    section = mapping_text(mapping)
    if settings_in(section).diaries != (mapping,):
        raise SettingsError(
            SETTINGS_FILE, phrase("it cannot say this of {file!r}", file=mapping.file)
        )
    section = section.replace("\n", end)
    if replaces in known and (replaced := _replaced(text, known, replaces, mapping, end)):
        return replaced
    if any(other.fits(_plain(mapping.file)) for other in known):
        written = _first(text, section, end)
    else:
        is_blank = not text.removeprefix(BYTE_ORDER_MARK)
        gap = "" if is_blank else end if text.endswith("\n") else end * 2
        written = text + gap + section
    if written is None or not _says_the_same(text, written, section):
        raise SettingsError(
            SETTINGS_FILE,
            phrase(
                "there is no safe place for this in it; put it there yourself:\n{section}",
                section=section,
            ),
        )
    return written


def mapping_text(mapping: DiaryMapping) -> str:
    """The section of a mapping as TOML, only with what it says.

    Raises SettingsError for a text that TOML cannot hold: part of a name that is not Unicode.
    """
    section = tomlkit.table()
    for name in (field.name for field in fields(mapping)):
        value = getattr(mapping, name)
        # TOML has no word for None: what is left out is found by the header.
        if value is not None and value != ():
            section.add(name, _pairs(value) if name in ("done", "moments") else _plainest(value))
    sections = tomlkit.aot()
    sections.append(section)
    text = tomlkit.dumps({"diary": sections})
    try:
        text.encode()
    except UnicodeEncodeError as problem:
        said = phrase(
            "the name {file!r} is not Unicode; give the file another name first", file=mapping.file
        )
        raise SettingsError(SETTINGS_FILE, said) from problem
    return text


def exactly(path: str) -> str:
    """A path as a pattern that matches only this path."""
    return re.sub(r"([*?\[])", r"[\1]", path)


def _plain(pattern: str) -> str:
    return re.sub(r"\[([*?\[])\]", r"\1", pattern)


def _first(text: str, section: str, end: str) -> str | None:
    """The text with the section before the first of its kind; None where that is written otherwise.

    By the text, not by tomlkit: it brings sections together that have another table between them.
    """
    for header in DIARY_HEADER.finditer(text):
        written = text[: header.start()] + section + end + text[header.start() :]
        if _says_the_same(text, written, section):
            return written
    return None


def _replaced(
    text: str,
    known: Sequence[DiaryMapping],
    before: DiaryMapping | None,
    mapping: DiaryMapping,
    end: str,
) -> str | None:
    """The text with the mapping's section in the place of another's; None where that is not there
    as tightlog writes it, or anything else would change with it.
    """
    old = mapping_text(before).replace("\n", end) if before else ""
    if text.count(old) != 1:
        return None
    written = text.replace(old, mapping_text(mapping).replace("\n", end))
    try:
        told, tells = (tomllib.loads(one.removeprefix(BYTE_ORDER_MARK)) for one in (text, written))
        now = settings_in(written).diaries
    except (tomllib.TOMLDecodeError, SettingsError):
        return None
    is_swapped = now == tuple(mapping if one == before else one for one in known)
    return written if is_swapped and told | {"diary": None} == tells | {"diary": None} else None


def _says_the_same(before: str, after: str, section: str) -> bool:
    """True when the new text has everything the old one has, and the section.

    A header may stand inside a text of several lines.
    """
    try:
        old, new = (tomllib.loads(text.removeprefix(BYTE_ORDER_MARK)) for text in (before, after))
        added = tomllib.loads(section)["diary"]
    except tomllib.TOMLDecodeError:
        return False
    old_diaries = old.get("diary", [])
    settings_in(after)
    is_added = new["diary"] in (added + old_diaries, old_diaries + added)
    return is_added and new | {"diary": None} == old | {"diary": None}


def _plainest(value: Any) -> Any:
    """A value as tomlkit takes it: tuples as lists, whole numbers without a point."""
    if isinstance(value, tuple):
        return [_plainest(one) for one in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _pairs(pairs: Sequence[tuple[str, str]]) -> InlineTable:
    table = tomlkit.inline_table()
    for name, meaning in pairs:
        table[name] = meaning
    return table


@contextmanager
def _held(home: Home) -> Iterator[None]:
    """Two pages that write at once wait for each other."""
    folder = os.open(home.folder, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _replace(file: Path, text: str) -> None:
    """Puts the text in the file's place at once; a link to a file elsewhere stays a link."""
    target = file.resolve()
    unfinished = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with open(unfinished, "xb", opener=private.opener) as opened:
            opened.write(text.encode())
            opened.flush()
            os.fsync(opened.fileno())
        if target.exists():
            shutil.copymode(target, unfinished)
        unfinished.replace(target)
    except OSError as problem:
        said = phrase(
            "it cannot be written ({strerror}); nothing in it was changed",
            strerror=problem.strerror or problem,
        )
        raise SettingsError(SETTINGS_FILE, said) from problem
    finally:
        unfinished.unlink(missing_ok=True)
