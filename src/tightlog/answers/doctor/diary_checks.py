"""The diary: whether the journal of scores can be read, all of it."""

from tightlog.answers.doctor.check import Check, access_remedy, aside_remedy
from tightlog.errors import DiaryUnreadable
from tightlog.home.settings import Home
from tightlog.journal.journal import read_journal
from tightlog.journal.words import copies_words, newer_words, unreadable_words


def diary(home: Home) -> Check:
    """How many entries stand in the journal, and how many lines could not be read."""
    if home.journal.is_dir():
        return Check(
            "diary",
            False,
            f"{home.journal} is a folder, and the scores are kept in a file there",
            (
                f"{aside_remedy(home, home.journal)}; look into it for the scores, then: tightlog "
                "refresh"
            ),
        )
    try:
        journal = read_journal(home.journal)
    except DiaryUnreadable as problem:
        closed = home.journal if home.journal.parent.is_dir() else home.journal.parent
        found = f"{problem}; no score counts, and no red flag either"
        return Check("diary", False, found, access_remedy(closed))
    if journal.newer_lines:
        remedy = "install the newer tightlog on this machine too"
        return Check("diary", False, newer_words(journal.newer_lines), remedy)
    found = f"{len(journal.entries)} entries, {journal.broken_lines} unreadable lines"
    words = "; ".join((found, *unreadable_words(journal), *copies_words(journal)))
    remedy = (
        f"look into {home.journal.parent}: the readable lines count, the others are left out; "
        "correct or delete those"
    )
    return Check("diary", journal.broken_lines == 0, words, remedy)
