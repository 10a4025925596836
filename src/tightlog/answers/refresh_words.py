"""What a refresh did, in sentences."""

from tightlog.home.settings import Home
from tightlog.refresh.refresh import RefreshSummary
from tightlog.words.refresh import because_words

SHOWN_DIARIES = 10
SHOWN_FOREIGN = 5


def counted_all(outcome: RefreshSummary) -> str:
    """What the warehouse holds, in words."""
    counts = (
        (outcome.activities, "activity", "activities"),
        (outcome.scores, "score", "scores"),
        (outcome.days, "day", "days"),
    )
    return ", ".join(f"{count:,} {one if count == 1 else many}" for count, one, many in counts)


def refresh_words(outcome: RefreshSummary, home: Home) -> str:
    """The summary in sentences."""
    seen = sum(outcome.files.values())
    journal = "".join(f"\n{words}." for words in outcome.journal_words)
    if seen == 0 and outcome.scores == 0:
        return (
            "Nothing to read yet. Put run files (FIT, GPX, TCX, or a vendor's export ZIP) into "
            f"{home.raw} and refresh again.{journal}"
        )
    new = {
        status: count for status, count in outcome.files.items() if count and status != "unchanged"
    }
    parts = [f"{count:,} {status.replace('_', ' ')}" for status, count in new.items()]
    news = (
        f"{', '.join(parts)}; {outcome.files['unchanged']:,} unchanged" if parts else "nothing new"
    )
    gone = f" {outcome.removed:,} no longer there and taken out." if outcome.removed else ""
    is_told = outcome.files["unreadable"] or outcome.kept
    hint = " `tightlog files --status unreadable` says why." if is_told else ""
    diaries = "".join(f"\n{diary}." for diary in outcome.diaries[:SHOWN_DIARIES])
    more = (
        (
            f"\n{len(outcome.diaries) - SHOWN_DIARIES} more diaries: `tightlog files --json` says "
            "the same of them."
        )
        if len(outcome.diaries) > SHOWN_DIARIES
        else ""
    )
    because = because_words(outcome.from_scratch)
    anew = f"Everything was read again, because {because}.\n" if because else ""
    return (
        f"{anew}{seen:,} files seen: {news}.{gone}{kept_words(outcome)}{hint}\n"
        f"The warehouse holds {counted_all(outcome)}: {outcome.warehouse}"
        f"{diaries}{more}{journal}{_foreign_words(outcome)}"
    )


def kept_words(outcome: RefreshSummary) -> str:
    """How many files known before cannot be opened now, in a sentence; '' for none."""
    if not outcome.kept:
        return ""
    return f" {outcome.kept:,} known before cannot be opened now; what was read from them is kept."


def _foreign_words(outcome: RefreshSummary) -> str:
    if not outcome.foreign:
        return ""
    more = len(outcome.foreign) - SHOWN_FOREIGN
    names = ", ".join(outcome.foreign[:SHOWN_FOREIGN]) + (f" and {more:,} more" if more > 0 else "")
    return f"\nNot tightlog's and ignored among the versions: {names}."
