"""What a refresh did, in sentences."""

import shlex
from collections.abc import Mapping

from tightlog.answers.arriving.fetch_states import failed_fetch_words
from tightlog.domain.diary import ScoreFile
from tightlog.domain.formats import RECORDING_TITLES
from tightlog.home.settings import Home
from tightlog.refresh.refresh import RefreshSummary
from tightlog.words.files import status_counts
from tightlog.words.kinds import settling_words
from tightlog.words.numbers import counted
from tightlog.words.visible import one_line

SHOWN_DIARIES = 10
SHOWN_FOREIGN = 5
# Why everything was read from scratch, by the code of the reason.
# Asked for, or nothing published yet: those two need no explanation.
WHY_FROM_SCRATCH: Mapping[str, str] = {
    "asked": "",
    "nothing_published": "",
    "unreadable": "the warehouse could not be opened",
    "older_format": "the warehouse was made by an older tightlog",
    "other_zone": "the time zone has changed",
    "other_reading": "what is read of nights and days has changed",
    "records_lost": "files with records were missing beside the warehouse",
}


def refresh_words(outcome: RefreshSummary, home: Home) -> str:
    """What a refresh did, in sentences, one line each."""
    told = (*outcome.journal_words, *failed_fetch_words(home))
    journal = "".join(f"\n{words}." for words in told)
    if sum(outcome.files.values()) == 0 and outcome.scores == 0:
        return (
            f"Nothing to read yet. Put run files ({', '.join(RECORDING_TITLES)}, or a vendor's "
            f"export ZIP) into {home.raw} and refresh again.{journal}"
        )
    because = because_words(outcome.from_scratch)
    again = f"Everything was read again, because {because}.\n" if because else ""
    return (
        f"{again}{_files_words(outcome, home)}\n"
        f"The warehouse holds {_held_words(outcome)}: {outcome.warehouse}"
        f"{_kind_words(outcome)}{_doubt_words(outcome)}{_diary_words(outcome)}"
        f"{_questions(outcome)}{journal}{_foreign_words(outcome)}"
    )


def short_refresh_words(outcome: RefreshSummary) -> str:
    """What a refresh did with the files it saw, in one or a few sentences on one line."""
    new = status_counts(outcome.files)
    news = f"new files: {new}" if new else "no new files"
    held = f"{_activities(outcome)} and {counted(outcome.scores, 'score')} in total."
    return f"Refreshed: {news}.{_changed_words(outcome)} {held}"


def _doubt_words(outcome: RefreshSummary) -> str:
    if not outcome.doubtful:
        return ""
    count = counted(outcome.doubtful, "activity", "activities")
    return f'\n{count} can hardly be as the file says: `tightlog doctor`, line "doubts".'


def _held_words(outcome: RefreshSummary) -> str:
    scores, days = counted(outcome.scores, "score"), counted(outcome.days, "day")
    return f"{_activities(outcome)}, {scores}, {days}"


def _activities(outcome: RefreshSummary) -> str:
    return counted(outcome.activities, "activity", "activities")


def _changed_words(outcome: RefreshSummary) -> str:
    """Files that are gone, and those that cannot be opened now, in a sentence each; '' for none."""
    gone = f" {outcome.removed:,} no longer there and removed." if outcome.removed else ""
    kept = (
        f" {outcome.kept:,} known before cannot be opened now; what was read from them is kept."
        if outcome.kept
        else ""
    )
    return f"{gone}{kept}"


def _files_words(outcome: RefreshSummary, home: Home) -> str:
    new = status_counts(outcome.files)
    news = f"{new}; {outcome.files['unchanged']:,} unchanged" if new else "nothing new"
    is_unread = outcome.files["unreadable"] or outcome.kept
    hint = f" `{_program(home)} files --status unreadable` shows why." if is_unread else ""
    seen = sum(outcome.files.values())
    return f"{counted(seen, 'file')} seen: {news}.{_changed_words(outcome)}{hint}"


def _program(home: Home) -> str:
    """How the command line is called for a home: a sample's is never the one it finds itself."""
    return f"tightlog --home {shlex.quote(str(home.folder))}" if home.is_sample else "tightlog"


def _kind_words(outcome: RefreshSummary) -> str:
    return f"\n{settling_words(outcome.unknown_kinds)}." if outcome.unknown_kinds else ""


def _diary_words(outcome: RefreshSummary) -> str:
    lines = "".join(f"\n{one_line(diary)}." for diary in outcome.diaries[:SHOWN_DIARIES])
    more = len(outcome.diaries) - SHOWN_DIARIES
    if more <= 0:
        return lines
    rest = counted(more, "more diary", "more diaries")
    return f"{lines}\n{rest}: `tightlog files --json` shows the same."


def _questions(outcome: RefreshSummary) -> str:
    lines = "".join(
        f"\n{when_given_words(one)} Answer with `tightlog diary answer {shlex.quote(one.place)} "
        "--moment morning`, or before, during, after, evening or unknown."
        for one in outcome.open_questions[:SHOWN_DIARIES]
    )
    more = len(outcome.open_questions) - SHOWN_DIARIES
    rest = counted(more, "more such table")
    return f"{lines}\n{rest}: see the Files page." if more > 0 else lines


def when_given_words(one: ScoreFile) -> str:
    """What a table does not say, and what is assumed until the runner does."""
    all_of_them = one.untimed_count == one.score_count
    whose = "its" if all_of_them else f"{one.untimed_count:,} of its"
    is_one = one.untimed_count == 1
    return (
        f"{one.place} does not say at what time of day {whose} "
        f"{counted(one.score_count, 'score')} {'was' if is_one else 'were'} given. "
        f"Until you answer, {'it counts' if is_one else 'they count'} as given in the morning."
    )


def _foreign_words(outcome: RefreshSummary) -> str:
    if not outcome.foreign:
        return ""
    more = len(outcome.foreign) - SHOWN_FOREIGN
    names = ", ".join(map(one_line, outcome.foreign[:SHOWN_FOREIGN]))
    names += f" and {more:,} more" if more > 0 else ""
    return f"\nIgnored among the versions, because they are not tightlog's: {names}."


def because_words(reason: str | None) -> str:
    """The reason as it follows "because"; '' when there is none to tell."""
    return "" if reason is None else WHY_FROM_SCRATCH[reason]
