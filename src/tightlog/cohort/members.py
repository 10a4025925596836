"""Which homes a cohort has now, and what of each may be taken: its runner's consent, narrowed."""

import hashlib
import os
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from tightlog.cohort.cohort_file import Cohort, Listed
from tightlog.errors import CohortError
from tightlog.home.sections.share_section import DIARY_PARTS, PARTS, SHEET, Share
from tightlog.language.catalogue import phrase


@dataclass(frozen=True)
class Member:
    """One home by its pseudonym, and the most the cohort takes of it."""

    pseudonym: str
    folder: Path
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Consent:
    """What may be done with a home: the parts that may be taken (none: it is not read)."""

    parts: tuple[str, ...] = ()
    may_refresh: bool = False
    is_compared: bool = False


def members(cohort: Cohort) -> tuple[Member, ...]:
    """The homes of a cohort by pseudonym; one found twice counts once, as first listed.

    Raises CohortError where two have the same pseudonym, and for a pattern that is none.
    """
    found: dict[Path, Member] = {}
    for listed in cohort.homes:
        for folder in _folders(cohort, listed):
            pseudonym = listed.pseudonym or drawn_pseudonym(cohort.salt, folder)
            found.setdefault(folder, Member(pseudonym, folder, _both(cohort.parts, listed.parts)))
    named = sorted(found.values(), key=lambda one: one.pseudonym.casefold())
    for one, other in pairwise(named):
        if one.pseudonym.casefold() == other.pseudonym.casefold():
            raise CohortError(
                phrase(
                    "{file}: two homes are called {name}; list one of them with another pseudonym, "
                    "above the pattern",
                    file=cohort.file,
                    name=one.pseudonym,
                )
            )
    return tuple(sorted(named, key=lambda one: one.pseudonym))


def drawn_pseudonym(salt: str, folder: Path) -> str:
    """The pseudonym of a home found by a pattern: always the same, and without a name in it."""
    digest = hashlib.sha256("\n".join((salt, str(folder))).encode()).hexdigest()
    return f"r-{digest[:10]}"


def marked(cohort: Cohort, folder: Path) -> str:
    """What tells a home from another that had its pseudonym before; it names no folder."""
    return drawn_pseudonym(cohort.salt, folder)


def consent_of(share: Share, cohort: Cohort, member: Member) -> Consent:
    """What the runner agreed to with this cohort, and no more than the cohort takes."""
    if cohort.name not in share.cohorts:
        return Consent()
    parts = _both(share.parts, member.parts)
    # Nights and notes widen other parts, and are nothing by themselves.
    if not set(parts) & {*PARTS, SHEET}:
        return Consent()
    return Consent(parts, share.may_refresh, share.is_compared)


def switches(parts: tuple[str, ...]) -> tuple[str, ...]:
    """What is switched on of the warehouse's shared part: see SHAREABLE of [mcp]."""
    flags = ("red_flags",) if "status" in parts else ()
    return (*flags, *(part for part in parts if part in DIARY_PARTS))


def _folders(cohort: Cohort, listed: Listed) -> list[Path]:
    try:
        path = Path(listed.path).expanduser()
        if not listed.is_pattern:
            return [_real(cohort.folder / path)]
        is_absolute = path.is_absolute()
        top, pattern = (Path("/"), str(path)[1:]) if is_absolute else (cohort.folder, str(path))
        return sorted({_real(found) for found in top.glob(pattern) if _may_be_home(found)})
    except (ValueError, RuntimeError, OSError) as problem:
        raise CohortError(
            phrase(
                "{file}: {path!r} leads nowhere: {problem}",
                file=cohort.file,
                path=listed.path,
                problem=problem,
            )
        ) from problem


def _real(path: Path) -> Path:
    # Unlike resolve(), it takes links in a circle for what they are: no home.
    return Path(os.path.realpath(path))


def _may_be_home(folder: Path) -> bool:
    """True also where nobody may look: that is told when it is to be read."""
    try:
        return (folder / "data" / "raw").is_dir()
    except PermissionError:
        return True
    except OSError:
        return False


def _both(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part for part in first if part in second)
