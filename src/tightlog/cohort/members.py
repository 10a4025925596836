"""Which homes a cohort has now, and what of each may be taken: its runner's consent, narrowed."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from tightlog.cohort.cohort_file import Cohort, Listed
from tightlog.errors import TightlogError
from tightlog.home.sections.share_section import DIARY_PARTS, PARTS, SHEET, Share
from tightlog.home.settings import Home, settings_of


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
    """The homes of a cohort by pseudonym; one found twice counts once, as first listed."""
    found: dict[Path, Member] = {}
    for listed in cohort.homes:
        for folder in _folders(cohort, listed):
            pseudonym = listed.pseudonym or drawn_pseudonym(cohort.salt, folder)
            found.setdefault(folder, Member(pseudonym, folder, _both(cohort.parts, listed.parts)))
    return tuple(sorted(found.values(), key=lambda one: one.pseudonym))


def drawn_pseudonym(salt: str, folder: Path) -> str:
    """The pseudonym of a home found by a pattern: always the same, and without a name in it."""
    digest = hashlib.sha256("\n".join((salt, str(folder))).encode()).hexdigest()
    return f"r-{digest[:10]}"


def consent_of(share: Share, cohort: Cohort, member: Member) -> Consent:
    """What the runner agreed to with this cohort, and no more than the cohort takes."""
    if cohort.name not in share.cohorts:
        return Consent()
    parts = _both(share.parts, member.parts)
    # Nights and notes widen other parts, and are nothing by themselves.
    if not set(parts) & {*PARTS, SHEET}:
        return Consent()
    return Consent(parts, share.may_refresh, share.is_compared)


def stands(cohort: Cohort, member: Member, needed: str) -> bool:
    """True when the runner still agrees to this part, asked in the home itself; a home that
    cannot be asked does not.
    """
    try:
        share = settings_of(Home(member.folder)).share
    except (TightlogError, OSError):
        return False
    return needed in consent_of(share, cohort, member).parts


def switches(parts: tuple[str, ...]) -> tuple[str, ...]:
    """What is switched on of the warehouse's shared part: see SHAREABLE of [mcp]."""
    flags = ("red_flags",) if "status" in parts else ()
    return (*flags, *(part for part in parts if part in DIARY_PARTS))


def _folders(cohort: Cohort, listed: Listed) -> list[Path]:
    path = Path(listed.path).expanduser()
    if not listed.is_pattern:
        return [(cohort.folder / path).resolve()]
    top, pattern = (Path("/"), str(path)[1:]) if path.is_absolute() else (cohort.folder, str(path))
    return sorted(
        folder.resolve() for folder in top.glob(pattern) if (folder / "data" / "raw").is_dir()
    )


def _both(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part for part in first if part in second)
