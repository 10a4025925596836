"""What a refresh did, in sentences."""

from tightlog.home.settings import Home
from tightlog.refresh.refresh import RefreshSummary
from tightlog.words.numbers import counted
from tightlog.words.refresh import because_words

SHOWN_DIARIES = 10
SHOWN_FOREIGN = 5


def refresh_words(outcome: RefreshSummary, home: Home) -> str:
    """What a refresh did, in sentences, one line each."""
    journal = "".join(f"\n{words}." for words in outcome.journal_words)
    if sum(outcome.files.values()) == 0 and outcome.scores == 0:
        return (
            "Nothing to read yet. Put run files (FIT, GPX, TCX, or a vendor's export ZIP) into "
            f"{home.raw} and refresh again.{journal}"
        )
    because = because_words(outcome.from_scratch)
    again = f"Everything was read again, because {because}.\n" if because else ""
    return (
        f"{again}{_files_words(outcome)}\n"
        f"The warehouse holds {counted_all(outcome)}: {outcome.warehouse}"
        f"{_diary_words(outcome)}{journal}{_foreign_words(outcome)}"
        f"{_doubt_words(outcome)}"
    )


def _doubt_words(outcome: RefreshSummary) -> str:
    if not outcome.doubtful:
        return ""
    count = counted(outcome.doubtful, "activity").replace("activitys", "activities")
    return f'\n{count} can hardly be as the file says: `tightlog doctor`, line "doubts".'


def counted_all(outcome: RefreshSummary) -> str:
    """What the warehouse holds, in words."""
    counts = (
        (outcome.activities, "activity", "activities"),
        (outcome.scores, "score", "scores"),
        (outcome.days, "day", "days"),
    )
    return ", ".join(f"{count:,} {one if count == 1 else many}" for count, one, many in counts)


def kept_words(outcome: RefreshSummary) -> str:
    """How many files known before cannot be opened now, in a sentence; '' for none."""
    if not outcome.kept:
        return ""
    return f" {outcome.kept:,} known before cannot be opened now; what was read from them is kept."


def _files_words(outcome: RefreshSummary) -> str:
    new = [
        f"{count:,} {status.replace('_', ' ')}"
        for status, count in outcome.files.items()
        if count and status != "unchanged"
    ]
    news = f"{', '.join(new)}; {outcome.files['unchanged']:,} unchanged" if new else "nothing new"
    gone = f" {outcome.removed:,} no longer there and removed." if outcome.removed else ""
    is_unread = outcome.files["unreadable"] or outcome.kept
    hint = " `tightlog files --status unreadable` shows why." if is_unread else ""
    seen = sum(outcome.files.values())
    return f"{seen:,} files seen: {news}.{gone}{kept_words(outcome)}{hint}"


def _diary_words(outcome: RefreshSummary) -> str:
    lines = "".join(f"\n{diary}." for diary in outcome.diaries[:SHOWN_DIARIES])
    more = len(outcome.diaries) - SHOWN_DIARIES
    if more <= 0:
        return lines
    return f"{lines}\n{more} more diaries: `tightlog files --json` shows the same for them."


def _foreign_words(outcome: RefreshSummary) -> str:
    if not outcome.foreign:
        return ""
    more = len(outcome.foreign) - SHOWN_FOREIGN
    names = ", ".join(outcome.foreign[:SHOWN_FOREIGN]) + (f" and {more:,} more" if more > 0 else "")
    return f"\nIgnored among the versions, because they are not tightlog's: {names}."
