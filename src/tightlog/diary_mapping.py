"""A `[[diary]]` section written into tightlog.toml: everything else there stays as it is, byte for byte."""

import fcntl
import json
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

from tightlog import private
from tightlog.domain import DiaryMapping
from tightlog.errors import SettingsError
from tightlog.settings import SETTINGS_FILE, Home, settings_in

DIARY_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*diary[ \t]*\]\]", re.MULTILINE)


def add_mapping(home: Home, mapping: DiaryMapping) -> None:
    """Writes the mapping as a section of its own, at the end, or before the others where one of them fits the same file: the first one counts.

    Raises SettingsError, the file left as it was, when it cannot be written or would then say anything else than before.
    """
    with _held(home):
        # Bytes, because reading as text would even out line ends.
        before = home.settings_file.read_bytes().decode("utf-8") if home.settings_file.exists() else ""
        _replace(home.settings_file, with_mapping(before, mapping))


def with_mapping(text: str, mapping: DiaryMapping) -> str:
    """The text of a tightlog.toml with the mapping's section in it. Raises SettingsError when the text leaves no place for one."""
    known = settings_in(text).diaries
    end = "\r\n" if "\r\n" in text else "\n"
    section = mapping_text(mapping).replace("\n", end)
    if any(other.fits(_plain(mapping.file)) for other in known):
        written = _first(text, section, end)
    else:
        gap = "" if not text else end if text.endswith(("\n", "\r")) else end * 2
        written = text + gap + section
    if written is None or not _says_the_same(text, written, section):
        raise SettingsError(SETTINGS_FILE, f"there is no safe place for this in it; put it there yourself:\n{mapping_text(mapping)}")
    return written


def mapping_text(mapping: DiaryMapping) -> str:
    """The section of a mapping as TOML, only with what it says."""
    lines = ["[[diary]]"]
    for name in (field.name for field in fields(mapping)):
        value = getattr(mapping, name)
        if value:
            lines.append(f"{name} = {_table(value) if name == 'done' else _toml(value)}")
    return "\n".join(lines) + "\n"


def exactly(path: str) -> str:
    """A path as a pattern that means nothing but this path."""
    return re.sub(r"([*?\[])", r"[\1]", path)


def _plain(pattern: str) -> str:
    return re.sub(r"\[([*?\[])\]", r"\1", pattern)


def _first(text: str, section: str, end: str) -> str | None:
    """The text with the section before the first of its kind; None where that is written in another way."""
    for header in DIARY_HEADER.finditer(text):
        written = text[:header.start()] + section + end + text[header.start():]
        if _says_the_same(text, written, section):
            return written
    return None


def _says_the_same(before: str, after: str, section: str) -> bool:
    """True when the new text says all the old one does and the section besides: a header may stand inside a text of several lines."""
    try:
        old, new, added = tomllib.loads(before), tomllib.loads(after), tomllib.loads(section)["diary"]
    except tomllib.TOMLDecodeError:
        return False
    old_diaries = old.get("diary", [])
    settings_in(after)
    return new | {"diary": None} == old | {"diary": None} and new["diary"] in (added + old_diaries, old_diaries + added)


def _toml(value: Any) -> str:
    if isinstance(value, str):
        # JSON's text is TOML's but for DEL, which TOML wants escaped.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Sequence):
        return f"[{', '.join(_toml(one) for one in value)}]"
    return f"{value:g}"


def _table(pairs: Sequence[tuple[str, str]]) -> str:
    return f"{{ {', '.join(f'{_toml(name)} = {_toml(column)}' for name, column in pairs)} }}"


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
        raise SettingsError(SETTINGS_FILE, f"it cannot be written ({problem.strerror or problem}); nothing in it was changed") from problem
    finally:
        unfinished.unlink(missing_ok=True)
