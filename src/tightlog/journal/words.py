"""Sentences about the journal's lines that do not count, and about the copies merged into it."""

from tightlog.journal.journal import Journal
from tightlog.language.catalogue import phrase, plural
from tightlog.words.visible import one_line

# More lines than these are counted only; the Log page and `diary --json` list them all.
SHOWN_LINES = 5


def journal_words(journal: Journal, most: int = SHOWN_LINES) -> tuple[str, ...]:
    """A sentence for each thing the runner should know of the journal's file; () when all is
    well.
    """
    return (
        *unreadable_words(journal, most),
        *copies_words(journal),
        *((newer_words(journal.newer_lines),) if journal.newer_lines else ()),
    )


def unreadable_words(journal: Journal, most: int = SHOWN_LINES) -> tuple[str, ...]:
    """A sentence for each line that could not be read, and one for those beyond the first few."""
    count = len(journal.unreadable)
    shown = tuple(
        phrase("Not counted: {line}", line=one_line(str(line)))
        for line in journal.unreadable[:most]
    )
    return (
        (*shown, phrase("{count:,} more lines of the diary are not counted", count=count - most))
        if count > most
        else shown
    )


def copies_words(journal: Journal) -> tuple[str, ...]:
    """A sentence that names the copies a sync program left beside the journal."""
    if not journal.copies:
        return ()
    names = ", ".join(map(one_line, journal.copies[:SHOWN_LINES]))
    more = (
        phrase(" and {copies} more", copies=len(journal.copies) - SHOWN_LINES)
        if len(journal.copies) > SHOWN_LINES
        else ""
    )
    return (
        phrase(
            "A sync program left copies of the diary: {names}{more}. Each of their entries "
            "counts once, so nothing needs to be done",
            names=names,
            more=more,
        ),
    )


def newer_words(count: int) -> str:
    """What to say of lines a newer tightlog wrote."""
    return plural(
        "{count} line of the diary was written by a newer tightlog and is not counted here; a "
        "warning sign in it may be missed. Nothing is lost: install the newer tightlog",
        "{count} lines of the diary were written by a newer tightlog and are not counted here; a "
        "warning sign in them may be missed. Nothing is lost: install the newer tightlog",
        count,
        count=count,
    )
