"""What is to be reminded of now: a missing score, a toss that waits, and what was asked for beside.

The texts go over servers of others and onto locked screens: they hold no score, no sign, no name of
anything done, and not what the coin said.
"""

from dataclasses import dataclass
from datetime import date, datetime

from tightlog.answers.trial import trial_today
from tightlog.arrivals.notices import not_sent
from tightlog.arrivals.reminded import note_reminded, one_at_a_time, reminded
from tightlog.errors import TightlogError, WarehouseError
from tightlog.home.arriving.keys import keys
from tightlog.home.arriving.remind_section import FAILED_NIGHT, RED_FLAG, Remind
from tightlog.home.settings import Home, Settings
from tightlog.journal.journal import read_journal, standing_red_flag
from tightlog.language.catalogue import phrases
from tightlog.nightly.nights import FAILED, nights
from tightlog.warehouse import store

SECTION, TITLE = "remind", "tightlog"
SCORE, TOSS = "score", "toss"
TEXTS = phrases(
    {
        SCORE: "Today's entry is missing.",
        TOSS: "Today's toss is waiting.",
        RED_FLAG: "Something in your diary needs your attention.",
        FAILED_NIGHT: "The last nightly run failed.",
    }
)


@dataclass(frozen=True)
class Reminder:
    """Its kind, and what it is about: the same is sent once."""

    kind: str
    about: str


@dataclass(frozen=True)
class Sent:
    """What was sent, and the names of the addresses that got nothing."""

    kinds: tuple[str, ...]
    failed: tuple[str, ...] = ()


def reminders(home: Home, remind: Remind, now: datetime) -> tuple[Reminder, ...]:
    """What is due at this local time, but for what was sent already; `at` is the caller's."""
    day, sent = now.date(), reminded(home)
    found = [Reminder(SCORE, str(day))] if not has_score(home, day) else []
    if _toss_waits(home, day):
        found.append(Reminder(TOSS, str(day)))
    return tuple(one for one in (*found, *notices(home, remind)) if sent.get(one.kind) != one.about)


def notices(home: Home, remind: Remind) -> tuple[Reminder, ...]:
    """What else was asked for: a warning sign that stands, a night that failed."""
    found = []
    if RED_FLAG in remind.notices:
        span = standing_red_flag(home.journal)
        if span is not None:
            found.append(Reminder(RED_FLAG, str(span.started_on)))
    if FAILED_NIGHT in remind.notices:
        last = nights(home)
        if last.how == FAILED and last.ended_at is not None:
            found.append(Reminder(FAILED_NIGHT, last.ended_at.isoformat()))
    return tuple(found)


def send_due(home: Home, settings: Settings, now: datetime, *, asks_score: bool = True) -> Sent:
    """Sends what is due, once, and notes it where at least one address got it.

    Without `asks_score` only notices are sent. Raises KeysUnusable, DiaryUnreadable, OSError.
    """
    remind = settings.remind
    if remind is None:
        return Sent(())
    with one_at_a_time(home):
        sent = reminded(home)
        due = (
            reminders(home, remind, now)
            if asks_score
            else tuple(one for one in notices(home, remind) if sent.get(one.kind) != one.about)
        )
        if not due:
            return Sent(())
        addresses, unknown = addresses_of(home, remind)
        text = text_of(due, remind)
        failed = (*unknown, *not_sent(addresses, TITLE, text))
        if len(failed) < len(remind.to):
            for one in due:
                note_reminded(home, one.kind, one.about)
        return Sent(tuple(one.kind for one in due), failed)


def addresses_of(home: Home, remind: Remind) -> tuple[dict[str, str], tuple[str, ...]]:
    """The addresses by name, and the names none is kept for. Raises KeysUnusable."""
    known = keys(home, SECTION)
    return (
        {name: known[name] for name in remind.to if known.get(name)},
        tuple(name for name in remind.to if not known.get(name)),
    )


def text_of(due: tuple[Reminder, ...], remind: Remind) -> str:
    """All that is sent: a sentence for each kind, and the link."""
    return f"{' '.join(TEXTS[one.kind] for one in due)} {remind.link}"


def has_score(home: Home, day: date) -> bool:
    """True when any score of this day is known: in the journal, or read from a file."""
    if any(one.day == day for one in read_journal(home.journal).scores):
        return True
    try:
        known = store.relation(store.published_version(home), "tightness")
    except WarehouseError:
        return False
    return bool((known["day"] == day).any())


def _toss_waits(home: Home, day: date) -> bool:
    """True while today's coin is not looked at or answered, whatever it says."""
    try:
        trial = trial_today(home, day)
    except TightlogError:
        return False
    if trial is None:
        return False
    return trial.may_toss or (trial.toss is not None and trial.toss.is_done is None)
