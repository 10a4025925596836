"""Who needs a look today: the reasons, the most urgent first."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from tightlog.answers.today import REMINDER_D
from tightlog.cohort.outcomes import Outcome, State
from tightlog.domain.red_flags import EMERGENCY, SOON, in_words
from tightlog.language.catalogue import phrase, plural
from tightlog.words.enumerations import enumerated
from tightlog.words.numbers import counted

# Two points are the smallest change of a 0–10 pain score that patients call better or worse:
# Childs, Piva & Fritz 2005, Spine 30:1331.
WORSENING_POINTS = 2.0
# Ours: a pattern that began this long ago is still news to who looks every few days.
NEWS_D = 3
# Ours: no file for longer than this, and for longer than twice what is usual.
NO_FILE_D, USUAL_GAPS = 7, 2
LOOK = "look"
ORDER = ("red_flag", "unread", "new_pattern", "worsening", "no_score", "no_file")
URGENCIES = (EMERGENCY, SOON, LOOK)

ATTENTION_SCHEMA: dict[str, type[pl.DataType]] = {
    "place": pl.Int64, "home": pl.String, "reason": pl.String, "urgency": pl.String,
    "since": pl.Date, "sentence": pl.String,
}  # fmt: skip


def by_home(rows: pl.DataFrame) -> pl.DataFrame:
    """The reasons of each home one after another, the home with the most urgent one first."""
    return rows.sort(pl.col("place").min().over("home"), "place")


@dataclass(frozen=True)
class Reason:
    """Why a home needs a look."""

    home: str
    reason: str
    urgency: str
    since: date | None
    sentence: str


def attention_rows(outcomes: Collection[Outcome]) -> pl.DataFrame:
    """Every reason of every home that shares its status, with the columns of ATTENTION_SCHEMA."""
    found = sorted((reason for one in outcomes for reason in reasons(one)), key=_urgency)
    rows = [{"place": place, **vars(reason)} for place, reason in enumerate(found, start=1)]
    return pl.DataFrame(rows, schema=ATTENTION_SCHEMA, orient="row")


def reasons(outcome: Outcome) -> Iterator[Reason]:
    """Why one home needs a look on its own local day; none where it does not share its status."""
    if outcome.state is State.FAILED and "status" in outcome.parts:
        words = phrase("Not read: {reason}", reason=outcome.reason)
        yield Reason(outcome.home, "unread", LOOK, None, words)
    status, day = outcome.status, outcome.local_day
    if status is None or day is None:
        return
    yield from _red_flags(outcome.home, status)
    yield from _patterns(outcome.home, status, day)
    if (points := status["worsening_points"]) is not None and points >= WORSENING_POINTS:
        week = phrase(
            "{points:.1f} points tighter in the last 7 days than in the 4 weeks before",
            points=points,
        )
        yield Reason(outcome.home, "worsening", LOOK, day - timedelta(days=6), week)
    yield from _no_score(outcome.home, status, day)
    yield from _no_file(outcome.home, status, day)


def _red_flags(home: str, status: Mapping[str, Any]) -> Iterator[Reason]:
    if status["red_flags"]:
        names = enumerated([in_words(name) for name in status["red_flags"]])
        since = _day(status["red_flag_since"])
        words = phrase("Red flag: {names}", names=names)
        yield Reason(home, "red_flag", status["red_flag_urgency"], since, words)


def _patterns(home: str, status: Mapping[str, Any], day: date) -> Iterator[Reason]:
    for pattern in status["patterns"]:
        began = date.fromisoformat(pattern["started_on"])
        if pattern["state"] == "new" or began >= day - timedelta(days=NEWS_D):
            yield Reason(home, "new_pattern", LOOK, began, _title(pattern))


def _title(told: Mapping[str, Any]) -> str:
    """The title of a pattern in the language of the cohort, for each home told it in its own; as
    told for one of another tightlog.
    """
    # Imported here: a list that is shown needs none of the rules.
    from tightlog.patterns.catalogue import PATTERNS

    known = (one.title for one in PATTERNS if one.pattern == told.get("pattern"))
    return next(known, str(told["title"]))


def _no_score(home: str, status: Mapping[str, Any], day: date) -> Iterator[Reason]:
    last = _day(status["last_score_on"])
    if last is None:
        yield Reason(home, "no_score", LOOK, None, phrase("No score yet"))
    elif (gap := (day - last).days) >= REMINDER_D:
        words = plural("No score for {gap:,} day", "No score for {gap:,} days", gap, gap=gap)
        yield Reason(home, "no_score", LOOK, last, words)


def _no_file(home: str, status: Mapping[str, Any], day: date) -> Iterator[Reason]:
    last = _day(status["last_activity_on"])
    if last is None:
        yield Reason(home, "no_file", LOOK, None, phrase("No activity yet"))
        return
    usual = status["usual_gap_d"] or 0
    if (gap := (day - last).days) > max(NO_FILE_D, USUAL_GAPS * usual):
        words = phrase("No activity for {gap:,} days", gap=gap)
        if usual:
            longest = phrase("the longest gap before was {days}", days=counted(usual, "day"))
            words = f"{words}; {longest}"
        yield Reason(home, "no_file", LOOK, last, words)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _urgency(reason: Reason) -> tuple[int, int, str]:
    return URGENCIES.index(reason.urgency), ORDER.index(reason.reason), reason.home
