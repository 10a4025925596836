"""The diary: whether all of the journal and of its copies can be read."""

import os
from pathlib import Path

from tightlog.answers.doctor.check import Check, access_remedy, aside_remedy
from tightlog.errors import DiaryUnreadable
from tightlog.home.settings import Home
from tightlog.journal.journal import Journal, read_journal
from tightlog.journal.words import copies_words, newer_words, unreadable_words
from tightlog.language.catalogue import phrase
from tightlog.words.numbers import counted


def diary(home: Home) -> Check:
    """How many entries of the journal count, and how many lines could not be read."""
    if home.journal.exists() and not home.journal.is_file():
        what = phrase("a folder") if home.journal.is_dir() else phrase("not a file")
        return Check(
            "diary",
            False,
            phrase(
                "{journal} is {what}, but tightlog keeps the scores in a file of that name",
                journal=home.journal,
                what=what,
            ),
            phrase(
                "{aside_remedy}; check it for scores, then: tightlog refresh",
                aside_remedy=aside_remedy(home, home.journal),
            ),
        )
    try:
        journal = read_journal(home.journal)
    except DiaryUnreadable as problem:
        found = phrase("{problem}; no score and no red flag counts", problem=problem)
        return Check("diary", False, found, _closed_remedy(home))
    if journal.newer_lines:
        remedy = phrase("install the newer tightlog on this machine too")
        return Check("diary", False, newer_words(journal.newer_lines), remedy)
    found = (
        f"{counted(len(journal.entries), 'entry', 'entries')}, "
        f"{counted(journal.broken_lines, 'unreadable line')}"
    )
    words = "; ".join((found, *unreadable_words(journal), *copies_words(journal)))
    return Check("diary", journal.broken_lines == 0, words, _lines_remedy(home, journal))


def _closed_remedy(home: Home) -> str:
    for place in (home.journal.parent, home.journal):
        if place.is_symlink() and not place.exists():
            return phrase(
                "connect the disk that the link {place} leads to, or, if it leads nowhere "
                "for good: {aside_remedy}",
                place=place,
                aside_remedy=aside_remedy(home, place),
            )
    return access_remedy(home.journal if home.journal.parent.is_dir() else home.journal.parent)


def _lines_remedy(home: Home, journal: Journal) -> str:
    """What to do about the first copy that cannot be opened, else about lines nobody can read."""
    if journal.closed_files:
        return _copy_remedy(home, home.journal.parent / journal.closed_files[0])
    return phrase(
        "open {parent}: readable lines count, the others are ignored; correct or delete them",
        parent=home.journal.parent,
    )


def _copy_remedy(home: Home, copy: Path) -> str:
    if copy.is_file() and not os.access(copy, os.R_OK):
        return access_remedy(copy)
    return phrase(
        "check {copy} for scores, then: {aside_remedy}",
        copy=copy,
        aside_remedy=aside_remedy(home, copy),
    )
