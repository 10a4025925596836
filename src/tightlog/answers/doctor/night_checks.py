"""Nightly runs: how the last one ended, when the next is due, and whether anything starts it."""

import os
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tightlog.answers.doctor.check import Check, aside_remedy
from tightlog.answers.doctor.timer_state import is_timer_set
from tightlog.errors import SettingsError, TightlogError
from tightlog.home.settings import Home, Settings, settings_of
from tightlog.language.catalogue import message, phrase
from tightlog.nightly.cron import Cron, cron, next_after
from tightlog.nightly.nights import (
    SCHEDULE,
    TIMER,
    WORKER,
    Nights,
    is_night_alive,
    nights,
    schedule_address,
)
from tightlog.words.dates import moment_words

# A computer that sleeps catches up when it wakes.
LATE, LATE_SINCE_LAST = timedelta(hours=12), timedelta(hours=36)
AHEAD = timedelta(minutes=5)
NOT_SET_UP = message(
    "not set up; `tightlog schedule`, or a timer (`tightlog schedule --print "
    "systemd`), refreshes every night"
)
TRY_NOW = message("`tightlog schedule --once` tries again now")
NO_LONGER = message("If you no longer want one, delete data/warehouse/nightly.json")


def night_runs(home: Home) -> Check:
    """Whether runs start automatically."""
    try:
        settings = settings_of(home)
    except (TightlogError, OSError):  # their own check reports the problem
        return Check("nights", True, phrase("not checked: the settings cannot be read"))
    known, address = nights(home), schedule_address(home)
    if known == Nights() and os.path.lexists(home.nights_file):
        return Check(
            "nights",
            False,
            phrase(
                "{nights_file} cannot be read, so what was set up is unknown",
                nights_file=home.nights_file,
            ),
            phrase(
                "{aside_remedy}; the next nightly run writes it again",
                aside_remedy=aside_remedy(home, home.nights_file),
            ),
        )
    if not any((known.set_up, known.ended_at, known.under_way_since)) and address is None:
        return Check("nights", True, phrase(NOT_SET_UP))
    return _runs(home, settings, known, address)


def _runs(home: Home, settings: Settings, known: Nights, address: str | None) -> Check:
    """How the last run ended and when the next is due, where nightly runs were set up."""
    now, times = datetime.now(settings.zone), _times(settings)
    is_alive = is_night_alive(home) if known.under_way_since else False
    found = (
        _last_night(known, settings.zone),
        _under_way(known, is_alive, settings.zone),
        _up_words(address),
        _next_night(known, address, next_after(now, times) if times else None),
    )
    remedy = (
        _remedy_of_record(known, is_alive, now)
        or _remedy_of_start(known, address is not None, now)
        or _remedy_of_lateness(known, address is not None, times, now)
    )
    return Check("nights", remedy is None, "; ".join(filter(None, found)), remedy or "")


def _times(settings: Settings) -> Cron | None:
    try:
        return cron(settings.cron)
    except SettingsError:  # its own check reports it
        return None


def _last_night(known: Nights, zone: ZoneInfo) -> str:
    if known.ended_at is None:
        return phrase("no nightly run has finished yet")
    when = phrase(
        "the last nightly run was {ended_at}",
        ended_at=moment_words(known.ended_at.astimezone(zone)),
    )
    if known.is_done:
        return f"{when}: {known.words or 'done'}"
    done = moment_words(known.done_at.astimezone(zone)) if known.done_at else ""
    before = phrase(" (last success: {done})", done=done) if done else ""
    return phrase("{when} and failed: {words}{before}", when=when, words=known.words, before=before)


def _under_way(known: Nights, is_alive: bool, zone: ZoneInfo) -> str | None:
    if known.under_way_since is None:
        return None
    since = moment_words(known.under_way_since.astimezone(zone))
    return (
        phrase("a run has been in progress since {since}", since=since)
        if is_alive
        else phrase("the run started {since} was interrupted", since=since)
    )


def _up_words(address: str | None) -> str | None:
    if address is None:
        return None
    return (
        phrase("the schedule is running at {address}", address=address)
        if address
        else phrase("the schedule is starting")
    )


def _next_night(known: Nights, address: str | None, due: datetime | None) -> str | None:
    is_coming = known.set_up in (TIMER, WORKER) or address is not None
    return phrase("the next is due {due}", due=moment_words(due)) if due and is_coming else None


def _remedy_of_record(known: Nights, is_alive: bool, now: datetime) -> str | None:
    """What to do about how the last run ended; None when it ended well."""
    if known.ended_at is not None and known.ended_at - now > AHEAD:
        return phrase(
            "that time is in the future: this machine's clock was ahead then or is behind "
            "now; set it (with systemd: timedatectl set-ntp true), then {try_now}",
            try_now=phrase(TRY_NOW),
        )
    if known.under_way_since is not None and not is_alive:
        return phrase(TRY_NOW)
    if known.ended_at is not None and not known.is_done:
        return phrase("fix what it reports; {try_now}", try_now=phrase(TRY_NOW))
    return None


def _remedy_of_start(known: Nights, is_up: bool, now: datetime) -> str | None:
    """What to do when nothing would start the next run; None when something may."""
    if known.set_up == SCHEDULE and not is_up:
        return phrase(
            "nothing is running to start the next run; start `tightlog schedule` again, "
            "preferably as a service (docs/schedule.md). {no_longer}",
            no_longer=phrase(NO_LONGER),
        )
    if known.set_up == TIMER and is_timer_set() is False:
        return phrase(
            "no systemd timer or crontab line starts it any more; set one up: `tightlog "
            "schedule --print systemd` or `--print cron`. {no_longer}",
            no_longer=phrase(NO_LONGER),
        )
    return None


def _remedy_of_lateness(
    known: Nights, is_up: bool, times: Cron | None, now: datetime
) -> str | None:
    """What to do when a due run did not start; None when all is well."""
    if known.set_up is None or known.ended_at is None or times is None:
        return None
    due = next_after(known.ended_at.astimezone(now.tzinfo), times)
    if now - due <= LATE or now - known.ended_at <= LATE_SINCE_LAST:
        return None
    if known.set_up == TIMER:
        start = phrase(
            "check that the timer is active: `systemctl --user list-timers`, `loginctl "
            "show-user --property=Linger`, or `crontab -l`"
        )
    elif known.set_up == WORKER:
        start = phrase(
            "check that the Prefect server and its worker are running, and what they "
            "report about the deployment"
        )
    else:
        start = phrase(
            "stop `tightlog schedule` and start it again; its page shows the planned runs"
        )
    return phrase(
        "no run has started since; {start}. {no_longer}", start=start, no_longer=phrase(NO_LONGER)
    )
