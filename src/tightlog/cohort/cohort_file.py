"""The file cohort.toml: the name of a cohort and its homes.

name = "anna"                  # what a home's tightlog.toml names in [share] with
salt = "5f0c…"                 # makes the pseudonyms of homes found by a pattern
what = ["status", "days"]      # takes no more than this, whatever the homes share
language = "de"                # of sentences; English without it

[[home]]
path = "../homes/one"          # from the folder of this file, or absolute
as = "runner-01"               # the pseudonym

[[home]]
path = "/srv/homes/*"          # each home there
what = ["status"]
"""

import re
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomlkit

from tightlog.errors import CohortError, SettingsError
from tightlog.home import private
from tightlog.home.durable import sync
from tightlog.home.plain_file import plain_text
from tightlog.home.sections.plain_values import language_of
from tightlog.home.sections.share_section import SHARED_PARTS, shared_parts
from tightlog.language.catalogue import message, phrase
from tightlog.language.choice import ENGLISH, chosen

COHORT_FILE = "cohort.toml"
KNOWN = frozenset({"name", "salt", "what", "language", "home"})
HOME_KNOWN = frozenset({"path", "as", "what"})
# Safe as the name of a folder, and hardly the name of a person.
PSEUDONYM = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
# Who sees all homes on the page: no home is called so.
COACH = "coach"
NAME = re.compile(r"[\w][\w .-]{0,59}")
PATTERN = re.compile(r"[*?\[]")
# Made by init with 32; fewer could be tried out, and with them the names in paths.
LEAST_SALT = 16
PATH_WITHOUT_NAME = message('{file}: {path!r} needs a pseudonym, such as as = "runner-01"')
PATTERN_WITH_NAME = message(
    "{file}: {path!r} is a pattern, so its homes get pseudonyms of their own"
)


@dataclass(frozen=True)
class Listed:
    """One [[home]]: a path or a pattern, its pseudonym (None for a pattern), and what is taken."""

    path: str
    pseudonym: str | None
    parts: tuple[str, ...] = SHARED_PARTS

    @property
    def is_pattern(self) -> bool:
        return PATTERN.search(self.path) is not None


@dataclass(frozen=True)
class Cohort:
    """A cohort as its file says, with a name for every path in its folder."""

    folder: Path
    name: str
    salt: str
    parts: tuple[str, ...]
    homes: tuple[Listed, ...]
    # Of sentences, also of those the lake holds.
    language: str = ENGLISH

    @property
    def file(self) -> Path:
        return self.folder / COHORT_FILE

    @property
    def lake(self) -> Path:
        return self.folder / "lake"

    @property
    def database(self) -> Path:
        """What is queried: the rows of all homes, and the cohort's own relations."""
        return self.lake / "cohort.duckdb"

    @property
    def outcomes(self) -> Path:
        """One small file per home: what became of it last."""
        return self.folder / "outcomes"


def new_cohort(folder: Path, name: str) -> Cohort:
    """Makes a folder a cohort without homes. Raises CohortError when it is one already."""
    file = folder / COHORT_FILE
    if file.exists():
        raise CohortError(
            phrase(
                "{file} is there already; `tightlog cohort --in {folder} add HOME`",
                file=file,
                folder=folder,
            )
        )
    if not NAME.fullmatch(name):
        raise CohortError(
            phrase("{name!r} cannot be the name of a cohort; use letters, such as anna", name=name)
        )
    private.owner_only_folder(folder)
    document = tomlkit.document()
    needed = phrase("A home is read only where its own tightlog.toml names this:")
    document.add(tomlkit.comment(needed))
    document.add("name", tomlkit.string(name))
    document.add("salt", tomlkit.string(secrets.token_hex(16)))
    if chosen() != ENGLISH:
        document.add("language", tomlkit.string(chosen()))
    _write(file, tomlkit.dumps(document))
    return read_cohort(folder)


def read_cohort(folder: Path) -> Cohort:
    """The cohort in a folder. Raises CohortError for one that is none, or whose file is wrong."""
    file = folder / COHORT_FILE
    try:
        table = tomllib.loads(plain_text(file))
    except FileNotFoundError as problem:
        raise CohortError(
            phrase(
                "{folder} is no cohort: it has no {file}; make one with: "
                "tightlog cohort --in {folder} init",
                folder=folder,
                file=COHORT_FILE,
            )
        ) from problem
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as problem:
        raise CohortError(
            phrase("{file} cannot be read: {problem}", file=file, problem=problem)
        ) from problem
    _refuse_unknown(file, table, KNOWN)
    name, salt = table.get("name"), table.get("salt", "")
    if not isinstance(name, str) or not NAME.fullmatch(name) or not isinstance(salt, str):
        raise CohortError(phrase('{file}: name is a text, such as name = "anna"', file=file))
    listed = table.get("home", [])
    if not isinstance(listed, list) or not all(isinstance(one, Mapping) for one in listed):
        raise CohortError(phrase("{file}: each home is a [[home]] of its own", file=file))
    homes = tuple(_listed(file, one) for one in listed)
    _refuse_twice(file, homes)
    if len(salt) < LEAST_SALT and any(one.is_pattern for one in homes):
        raise CohortError(
            phrase(
                "{file}: the pseudonyms of a pattern are made with salt, a text of {least} letters "
                "or more that nobody can guess",
                file=file,
                least=LEAST_SALT,
            )
        )
    language = language_of(table.get("language"), str(file))
    parts = shared_parts(_what(table), str(file), "what")
    return Cohort(folder, name, salt, parts, homes, language)


def language_in(folder: Path) -> str | None:
    """The language cohort.toml names, English where it names none; None where there is no such file
    or it cannot be read, which `read_cohort` tells.
    """
    try:
        return language_of(tomllib.loads(plain_text(folder / COHORT_FILE)).get("language"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError, SettingsError):
        return None


def with_home(cohort: Cohort, path: str, pseudonym: str | None) -> Cohort:
    """The cohort with one more home or pattern, written to its file. Raises CohortError."""
    document = tomlkit.parse(plain_text(cohort.file))
    row = tomlkit.table()
    row.add("path", tomlkit.string(path))
    if PATTERN.search(path) is None:
        row.add("as", tomlkit.string(pseudonym or _next_pseudonym(cohort)))
    elif pseudonym is not None:
        raise CohortError(
            phrase("--as names one home; the homes of a pattern get pseudonyms of their own")
        )
    if any(one.path == path for one in cohort.homes):
        raise CohortError(phrase("{path} is in this cohort already", path=path))
    if "home" not in document:
        document.add("home", tomlkit.aot())
    document["home"].append(row)
    text = tomlkit.dumps(document)
    _judged(cohort.file, text)
    _write(cohort.file, text)
    return read_cohort(cohort.folder)


def _judged(file: Path, text: str) -> None:
    homes = tuple(_listed(file, one) for one in tomllib.loads(text)["home"])
    _refuse_twice(file, homes)


def _next_pseudonym(cohort: Cohort) -> str:
    taken = {one.pseudonym for one in cohort.homes}
    number = len(cohort.homes) + 1
    while f"runner-{number:02}" in taken:
        number += 1
    return f"runner-{number:02}"


def _listed(file: Path, row: Mapping[str, Any]) -> Listed:
    _refuse_unknown(file, row, HOME_KNOWN)
    path, pseudonym = row.get("path"), row.get("as")
    if not isinstance(path, str) or not path or not path.isprintable():
        raise CohortError(
            phrase('{file}: a [[home]] needs a path, such as path = "../homes/one"', file=file)
        )
    is_pattern = PATTERN.search(path) is not None
    if is_pattern == (pseudonym is not None):
        wanted = PATTERN_WITH_NAME if is_pattern else PATH_WITHOUT_NAME
        raise CohortError(phrase(wanted, file=file, path=path))
    if pseudonym is not None and not (
        isinstance(pseudonym, str)
        and PSEUDONYM.fullmatch(pseudonym)
        and pseudonym.casefold() != COACH
    ):
        raise CohortError(
            phrase(
                "{file}: {given!r} cannot be a pseudonym; use letters, digits, - and _",
                file=file,
                given=pseudonym,
            )
        )
    return Listed(path, pseudonym, shared_parts(_what(row), str(file), "what"))


def _what(table: Mapping[str, Any]) -> object:
    return table.get("what", list(SHARED_PARTS))


def _refuse_unknown(file: Path, table: Mapping[str, Any], known: frozenset[str]) -> None:
    for key in table:
        if key not in known:
            raise CohortError(
                phrase(
                    "{file}: {key} is not known; use {known}",
                    file=file,
                    key=key,
                    known=", ".join(sorted(known)),
                )
            )


def _refuse_twice(file: Path, homes: tuple[Listed, ...]) -> None:
    named = [one.pseudonym.casefold() for one in homes if one.pseudonym]
    if twice := {name for name in named if named.count(name) > 1}:
        raise CohortError(
            phrase("{file}: two homes are called {name}", file=file, name=sorted(twice)[0])
        )


def _write(file: Path, text: str) -> None:
    """Replaces the file at once."""
    beside = file.with_name(f".{file.name}.new")
    with open(beside, "w", encoding="utf-8", opener=private.owner_only) as opened:
        opened.write(text)
        opened.flush()
        sync(beside)
    beside.replace(file)
    sync(file.parent)
