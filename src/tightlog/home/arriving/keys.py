"""Keys of services and addresses of reminders: from the environment, else from data/keys.toml.

data/keys.toml, readable by its owner only:

    [intervals_icu]
    key = "…"
    [remind]
    phone = "ntfys://…"

TIGHTLOG_KEY_INTERVALS_ICU_KEY in the environment takes the place of the first.
"""

import os
import re
import stat
import tomllib
from collections.abc import Mapping

import tomlkit

from tightlog.errors import KeysUnusable
from tightlog.home import private
from tightlog.home.durable import sync
from tightlog.home.plain_file import plain_text
from tightlog.home.settings import Home
from tightlog.language.catalogue import phrase

PREFIX = "TIGHTLOG_KEY_"
SHOWN_FROM = 4


def keys(home: Home, section: str) -> dict[str, str]:
    """What is kept under a name. Raises KeysUnusable for a file others can read, or no TOML."""
    start = f"{PREFIX}{_variable(section)}_"
    named = {
        name.removeprefix(start).lower(): value
        for name, value in os.environ.items()
        if name.startswith(start) and value
    }
    return _written(home).get(section, {}) | named


def keep(home: Home, section: str, values: Mapping[str, str]) -> None:
    """Puts values beside the others, on disk. Raises KeysUnusable, OSError."""
    known = _written(home)
    known[section] = known.get(section, {}) | dict(values)
    beside = home.keys_file.with_name(f".{home.keys_file.name}.new")
    beside.unlink(missing_ok=True)
    with open(beside, "x", encoding="utf-8", opener=private.secret_opener) as file:
        file.write(tomlkit.dumps(known))
        file.flush()
        os.fsync(file.fileno())
    beside.replace(home.keys_file)
    sync(home.keys_file.parent)


def secrets(home: Home) -> frozenset[str]:
    """Every value that must not be shown; empty where the file cannot be used."""
    try:
        written = [value for section in _written(home).values() for value in section.values()]
    except KeysUnusable:
        written = []
    given = [value for name, value in os.environ.items() if name.startswith(PREFIX)]
    return frozenset(value for value in (*written, *given) if len(value) >= SHOWN_FROM)


def without_secrets(text: str, hidden: frozenset[str]) -> str:
    """The text with each of these replaced by dots, longest first."""
    for value in sorted(hidden, key=len, reverse=True):
        text = text.replace(value, "•••")
    return text


def _variable(name: str) -> str:
    return re.sub(r"[^A-Z0-9]", "_", name.upper())


def _written(home: Home) -> dict[str, dict[str, str]]:
    path = home.keys_file
    try:
        mode = path.stat().st_mode
        table = tomllib.loads(plain_text(path))
    except FileNotFoundError:
        return {}
    except OSError as problem:
        raise KeysUnusable(path, problem.strerror or str(problem)) from problem
    except (ValueError, RecursionError) as problem:
        # The words of a parser may quote the key.
        raise KeysUnusable(path, phrase("it is not TOML in UTF-8")) from problem
    if stat.S_IMODE(mode) & 0o077:
        raise KeysUnusable(path, phrase("others can read it; run: chmod 600 on it"))
    if not all(
        isinstance(section, dict) and all(isinstance(value, str) for value in section.values())
        for section in table.values()
    ):
        raise KeysUnusable(path, phrase("each section holds texts only"))
    return table
