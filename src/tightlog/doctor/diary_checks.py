"""The diary: whether the journal of scores can be read, all of it."""

from tightlog.diary import newer_words, read_journal
from tightlog.doctor.check import Check, access_remedy, aside_remedy
from tightlog.settings import Home


def diary(home: Home) -> Check:
    """How many entries stand in the journal, and how many lines could not be read."""
    if home.journal.is_dir():
        return Check("diary", False, f"{home.journal} is a folder, and the scores are kept in a file there",
                     f"{aside_remedy(home, home.journal)}; look into it for the scores, then: tightlog refresh")
    try:
        journal = read_journal(home.journal)
    except OSError as problem:
        closed = home.journal if home.journal.parent.is_dir() else home.journal.parent
        return Check("diary", False, f"{home.journal} cannot be read ({problem.strerror}): no score counts, "
                     "and no red flag either", access_remedy(closed))
    if journal.newer_lines:
        return Check("diary", False, newer_words(journal.newer_lines), "install the newer tightlog on this machine too")
    found = f"{len(journal.entries)} entries, {journal.broken_lines} unreadable lines"
    return Check("diary", journal.broken_lines == 0, found,
                 f"look into {home.journal}: the readable lines count, the others are left out")
