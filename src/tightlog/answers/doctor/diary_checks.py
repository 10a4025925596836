"""The diary: whether all of the journal can be read."""

from tightlog.answers.doctor.check import Check, access_remedy, aside_remedy
from tightlog.errors import DiaryUnreadable
from tightlog.home.settings import Home
from tightlog.journal.journal import read_journal
from tightlog.journal.words import copies_words, newer_words, unreadable_words


def diary(home: Home) -> Check:
    """How many entries of the journal count, and how many lines could not be read."""
    if home.journal.is_dir():
        return Check(
            "diary",
            False,
            f"{home.journal} is a folder, but tightlog keeps the scores in a file of that name",
            (f"{aside_remedy(home, home.journal)}; check it for scores, then: tightlog refresh"),
        )
    try:
        journal = read_journal(home.journal)
    except DiaryUnreadable as problem:
        closed = home.journal if home.journal.parent.is_dir() else home.journal.parent
        found = f"{problem}; no score and no red flag counts"
        return Check("diary", False, found, access_remedy(closed))
    if journal.newer_lines:
        remedy = "install the newer tightlog on this machine too"
        return Check("diary", False, newer_words(journal.newer_lines), remedy)
    found = f"{len(journal.entries)} entries, {journal.broken_lines} unreadable lines"
    words = "; ".join((found, *unreadable_words(journal), *copies_words(journal)))
    remedy = (
        f"open {home.journal.parent}: readable lines count, the others are ignored; "
        "correct or delete them"
    )
    return Check("diary", journal.broken_lines == 0, words, remedy)
