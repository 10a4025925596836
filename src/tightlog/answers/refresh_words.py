"""What a refresh did, in sentences."""

import shlex
from collections.abc import Mapping

from tightlog.answers.arriving.fetch_states import failed_fetch_words
from tightlog.domain.diary import ScoreFile
from tightlog.domain.formats import RECORDING_TITLES
from tightlog.home.settings import Home
from tightlog.language.catalogue import phrase, phrases
from tightlog.refresh.refresh import RefreshSummary
from tightlog.words.files import status_counts
from tightlog.words.kinds import settling_words
from tightlog.words.numbers import counted
from tightlog.words.visible import one_line

SHOWN_DIARIES = 10
SHOWN_FOREIGN = 5
# Why everything was read from scratch, by the code of the reason.
# Asked for, or nothing published yet: those two need no explanation.
WHY_FROM_SCRATCH: Mapping[str, str] = phrases(
    {
        "asked": "",
        "nothing_published": "",
        "unreadable": "the warehouse could not be opened",
        "older_format": "the warehouse was made by an older tightlog",
        "other_zone": "the time zone has changed",
        "other_reading": "what is read of nights and days has changed",
        "records_lost": "files with records were missing beside the warehouse",
    }
)


def refresh_words(outcome: RefreshSummary, home: Home) -> str:
    """What a refresh did, in sentences, one line each."""
    told = (*outcome.journal_words, *failed_fetch_words(home))
    journal = "".join(f"\n{words}." for words in told)
    if sum(outcome.files.values()) == 0 and outcome.scores == 0:
        return phrase(
            "Nothing to read yet. Put run files ({recording_titles}, or a vendor's export "
            "ZIP) into {raw} and refresh again.{journal}",
            recording_titles=", ".join(RECORDING_TITLES),
            raw=home.raw,
            journal=journal,
        )
    because = because_words(outcome.from_scratch)
    again = (
        phrase("Everything was read again, because {because}.\n", because=because)
        if because
        else ""
    )
    return phrase(
        "{again}{files_words}\nThe warehouse holds {held_words}: "
        "{warehouse}{kind_words}{doubt_words}{diary_words}{questions}{journal}{foreign_words}",
        again=again,
        files_words=_files_words(outcome, home),
        held_words=_held_words(outcome),
        warehouse=outcome.warehouse,
        kind_words=_kind_words(outcome),
        doubt_words=_doubt_words(outcome),
        diary_words=_diary_words(outcome),
        questions=_questions(outcome),
        journal=journal,
        foreign_words=_foreign_words(outcome),
    )


def short_refresh_words(outcome: RefreshSummary) -> str:
    """What a refresh did with the files it saw, in one or a few sentences on one line."""
    new = status_counts(outcome.files)
    news = phrase("new files: {new}", new=new) if new else phrase("no new files")
    held = phrase(
        "{activities} and {score} in total.",
        activities=_activities(outcome),
        score=counted(outcome.scores, "score"),
    )
    return phrase(
        "Refreshed: {news}.{changed_words} {held}",
        news=news,
        changed_words=_changed_words(outcome),
        held=held,
    )


def _doubt_words(outcome: RefreshSummary) -> str:
    if not outcome.doubtful:
        return ""
    count = counted(outcome.doubtful, "activity", "activities")
    return phrase(
        '\n{count} can hardly be as the file says: `tightlog doctor`, line "doubts".', count=count
    )


def _held_words(outcome: RefreshSummary) -> str:
    scores, days = counted(outcome.scores, "score"), counted(outcome.days, "day")
    return f"{_activities(outcome)}, {scores}, {days}"


def _activities(outcome: RefreshSummary) -> str:
    return counted(outcome.activities, "activity", "activities")


def _changed_words(outcome: RefreshSummary) -> str:
    """Files that are gone, and those that cannot be opened now, in a sentence each; '' for none."""
    gone = (
        phrase(" {removed:,} no longer there and removed.", removed=outcome.removed)
        if outcome.removed
        else ""
    )
    kept = (
        phrase(
            " {kept:,} known before cannot be opened now; what was read from them is kept.",
            kept=outcome.kept,
        )
        if outcome.kept
        else ""
    )
    return f"{gone}{kept}"


def _files_words(outcome: RefreshSummary, home: Home) -> str:
    new = status_counts(outcome.files)
    news = (
        phrase("{new}; {unchanged:,} unchanged", new=new, unchanged=outcome.files["unchanged"])
        if new
        else phrase("nothing new")
    )
    is_unread = outcome.files["unreadable"] or outcome.kept
    hint = (
        phrase(" `{program} files --status unreadable` shows why.", program=_program(home))
        if is_unread
        else ""
    )
    seen = sum(outcome.files.values())
    return phrase(
        "{file} seen: {news}.{changed_words}{hint}",
        file=counted(seen, "file"),
        news=news,
        changed_words=_changed_words(outcome),
        hint=hint,
    )


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
    return phrase(
        "{lines}\n{rest}: `tightlog files --json` shows the same.", lines=lines, rest=rest
    )


def _questions(outcome: RefreshSummary) -> str:
    lines = "".join(
        phrase(
            "\n{when_given_words} Answer with `tightlog diary answer {quote} --moment "
            "morning`, or before, during, after, evening or unknown.",
            when_given_words=when_given_words(one),
            quote=shlex.quote(one.place),
        )
        for one in outcome.open_questions[:SHOWN_DIARIES]
    )
    more = len(outcome.open_questions) - SHOWN_DIARIES
    rest = counted(more, "more such table")
    return (
        phrase("{lines}\n{rest}: see the Files page.", lines=lines, rest=rest)
        if more > 0
        else lines
    )


def when_given_words(one: ScoreFile) -> str:
    """What a table does not say, and what is assumed until the runner does."""
    all_of_them = one.untimed_count == one.score_count
    whose = (
        phrase("its")
        if all_of_them
        else phrase("{untimed_count:,} of its", untimed_count=one.untimed_count)
    )
    is_one = one.untimed_count == 1
    return phrase(
        "{place} does not say at what time of day {whose} {score} {part} given. Until you "
        "answer, {part_2} as given in the morning.",
        place=one.place,
        whose=whose,
        score=counted(one.score_count, "score"),
        part=phrase("was") if is_one else phrase("were"),
        part_2=phrase("it counts") if is_one else phrase("they count"),
    )


def _foreign_words(outcome: RefreshSummary) -> str:
    if not outcome.foreign:
        return ""
    more = len(outcome.foreign) - SHOWN_FOREIGN
    names = ", ".join(map(one_line, outcome.foreign[:SHOWN_FOREIGN]))
    names += phrase(" and {more:,} more", more=more) if more > 0 else ""
    return phrase(
        "\nIgnored among the versions, because they are not tightlog's: {names}.", names=names
    )


def because_words(reason: str | None) -> str:
    """The reason as it follows "because"; '' when there is none to tell."""
    return "" if reason is None else WHY_FROM_SCRATCH[reason]
