"""Checks of an installation and a home, each with a remedy."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from zoneinfo import ZoneInfo

from tightlog.bundle import bundled
from tightlog.cron import Cron, cron, next_after
from tightlog.diary import newer_words, read_journal
from tightlog.errors import SettingsError, TightlogError, WarehouseAhead
from tightlog.nights import TIMER, WORKER, Nights, nights, schedule_address
from tightlog.settings import Home, Settings, settings_of
from tightlog.warehouse import store
from tightlog.warehouse.publish import foreign_files

# Newer ones leave Prefect 3.8 with a server that does not start, or starts and schedules nothing.
PREFECT_LIMITS = {"fastapi": (0, 151), "sqlalchemy": (2, 1)}
LEAST_FREE_BYTES = 500 * 2**20
# Fewer recordings in another zone are a journey.
FEWEST_ELSEWHERE = 10
# A computer that sleeps makes up for the night when it wakes up.
LATE, LATE_SINCE_LAST = timedelta(hours=12), timedelta(hours=36)


@dataclass(frozen=True)
class Check:
    """One thing looked at: what was found, and what to do when it is not right."""

    name: str
    is_ok: bool
    found: str
    remedy: str


def checks(home: Home) -> list[Check]:
    """Every check, in the order a newcomer would want to repair things."""
    return [check(home) for check in CHECKS]


def _settings(home: Home) -> Check:
    try:
        found = f"time zone {settings_of(home).time_zone}"
    except TightlogError as problem:
        return Check("settings", False, str(problem), f"correct {home.settings_file}")
    return Check("settings", True, found, "")


def _time_zone(home: Home) -> Check:
    """Whether the zone by which scores get their hour is the one the watch lives in."""
    try:
        settings = settings_of(home)
        rows = store.answer(store.published_version(home), "recent_offsets").rows()
    except TightlogError:
        return Check("time zone", True, "no activity to compare with", "")
    elsewhere = [offset_s for started_at, offset_s in rows if started_at.astimezone(settings.zone).utcoffset() != timedelta(seconds=offset_s)]
    if len(elsewhere) < FEWEST_ELSEWHERE or 2 * len(elsewhere) <= len(rows):
        return Check("time zone", True, f"{settings.time_zone}, as most of your recordings", "")
    hours = max(set(elsewhere), key=elsewhere.count) / 3600
    return Check("time zone", False, f"{settings.time_zone}, but {len(elsewhere)} of your newest {len(rows)} recordings were made elsewhere, "
                 f"most at UTC{hours:+g}: scores given there by the clock stand at a wrong hour",
                 f'if you live there, write its name into {home.settings_file}, such as time_zone = "Europe/Zurich"')


def _disk(home: Home) -> Check:
    free = shutil.disk_usage(home.folder).free
    return Check("disk", free > LEAST_FREE_BYTES, f"{free / 2**30:.1f} GB free", "make room: a refresh writes a new version beside the old one")


def _journal(home: Home) -> Check:
    journal = read_journal(home.journal)
    if journal.newer_lines:
        return Check("diary", False, newer_words(journal.newer_lines), "install the newer tightlog on this machine too")
    found = f"{len(journal.entries)} entries, {journal.broken_lines} unreadable lines"
    return Check("diary", journal.broken_lines == 0, found, f"look into {home.journal}: the readable lines count, the others are left out")


def _warehouse(home: Home) -> Check:
    try:
        row = store.relation(store.published_version(home), "publication").row(0, named=True)
    except TightlogError as problem:
        remedy = "install the newer tightlog again" if isinstance(problem, WarehouseAhead) else "run: tightlog refresh"
        return Check("warehouse", False, str(problem), remedy)
    return Check("warehouse", True, f"published {row['refreshed_at']:%Y-%m-%d %H:%M} UTC", "")


def _files(home: Home) -> Check:
    try:
        count = dict(store.answer(store.published_version(home), "file_counts").iter_rows()).get("unreadable", 0)
    except TightlogError:
        return Check("files", True, "nothing read yet", "")
    return Check("files", True, f"{count} unreadable" + ("; `tightlog files --status unreadable` says why" if count else ""), "")


def _nights(home: Home) -> Check:
    """Whether runs come by themselves: how the last one went, when the next is due, and whether anything is there to start it."""
    try:
        settings = settings_of(home)
    except SettingsError:  # their own check says what is wrong with them
        return Check("nights", True, "not looked at: the settings cannot be read", "")
    times = _times(settings)
    known, address, now = nights(home), schedule_address(home), datetime.now(settings.zone)
    if known.set_up is None and known.ended_at is None and address is None:
        return Check("nights", True, "not set up; `tightlog schedule`, or a timer (`tightlog schedule --print systemd`), refreshes every night", "")
    up = "the schedule is starting" if address == "" else f"the schedule is up at {address}" if address else None
    due = _next_night(known, address, next_after(now, times) if times else None)
    found = "; ".join(part for part in (_last_night(known, settings.zone), up, due) if part)
    remedy = _nights_remedy(known, address is not None, times, now)
    return Check("nights", remedy is None, found, remedy or "")


def _times(settings: Settings) -> Cron | None:
    try:
        return cron(settings.cron)
    except SettingsError:  # Prefect knows more kinds of them
        return None


def _last_night(known: Nights, zone: ZoneInfo) -> str:
    if known.ended_at is None:
        return "no nightly run has ended yet"
    when = f"the last nightly run was {known.ended_at.astimezone(zone):%A %d %B %Y %H:%M}"
    if known.is_done:
        return f"{when}: {known.words or 'done'}"
    before = f" (the last that went well: {known.done_at.astimezone(zone):%A %d %B %Y %H:%M})" if known.done_at else ""
    return f"{when} and failed: {known.words}{before}"


def _next_night(known: Nights, address: str | None, due: datetime | None) -> str | None:
    return f"the next is due {due:%A %d %B %Y %H:%M}" if due and (known.set_up in (TIMER, WORKER) or address is not None) else None


def _nights_remedy(known: Nights, is_up: bool, times: Cron | None, now: datetime) -> str | None:
    """What to do when a night failed or was left out; None when all is well."""
    if known.ended_at is not None and not known.is_done:
        return "put right what it says; `tightlog schedule --once` tries again now"
    due = next_after(known.ended_at.astimezone(now.tzinfo), times) if known.ended_at and times else None
    is_late = not is_up if known.ended_at is None else due is not None and now - due > LATE and now - known.ended_at > LATE_SINCE_LAST
    if known.set_up is None or not is_late:
        return None
    if known.set_up == TIMER:
        start = "see whether the timer is on: `systemctl --user list-timers`, `loginctl show-user --property=Linger`, or `crontab -l`"
    elif known.set_up == WORKER:
        start = "see whether the Prefect server and its worker are up, and what they say of the deployment"
    elif is_up:
        start = "stop `tightlog schedule` and start it again; its page shows what it planned"
    else:
        start = "start `tightlog schedule` again, better as a service (docs/schedule.md)"
    return f"no run has come since; {start}. If you no longer want one, delete data/warehouse/nightly.json"


def _parts(home: Home) -> Check:
    try:
        bundled("dashboards", "streamlit_app.py")
        bundled("pipelines", "deployment.py")
    except TightlogError as problem:
        return Check("installation", False, str(problem), "install tightlog again")
    return Check("installation", True, "complete", "")


def _prefect_pins(home: Home) -> Check:
    found, wrong = [], []
    for package, limit in PREFECT_LIMITS.items():
        try:
            number = version(package)
        except PackageNotFoundError:
            wrong.append(package)
            continue
        found.append(f"{package} {number}")
        if tuple(int(part) for part in number.split(".")[:2]) >= limit:
            wrong.append(package)
    limits = ", ".join(f"{name}<{major}.{minor}" for name, (major, minor) in PREFECT_LIMITS.items())
    return Check("nightly run", not wrong, ", ".join(found), f"install {limits}")


def _versions(home: Home) -> Check:
    """Whether anything that is not tightlog's lies among the versions; it is ignored."""
    names = [path.name for path in foreign_files(home)]
    if not names:
        return Check("versions", True, "nothing else lies among them", "")
    return Check("versions", False, f"ignored, because not tightlog's: {', '.join(names)}",
                 f"move them out of {home.warehouse / 'versions'}, and do not sync data/warehouse")


CHECKS: tuple[Callable[[Home], Check], ...] = (_parts, _settings, _time_zone, _disk, _journal, _warehouse, _files, _nights,
                                              _prefect_pins, _versions)
