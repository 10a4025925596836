"""Units beside the nightly timer: one starts a refresh when a folder changes, one reminds; and the
same for macOS. Written to where systemd looks, or printed.
"""

import os
import plistlib
import re
from dataclasses import dataclass
from pathlib import Path

from tightlog.errors import TightlogError
from tightlog.home import private
from tightlog.home.arriving.source_list import folder_of
from tightlog.home.settings import Home, Settings
from tightlog.language.catalogue import phrase
from tightlog.nightly.cron import cron

UNIT = "tightlog-nightly"
ARRIVALS, REMINDER = "tightlog-arrivals", "tightlog-remind"
LABEL = "org.tightlog.nightly"
MARK = "Description=tightlog"
ARRIVALS_PATH = """[Unit]
Description=tightlog, looks for new files of {description}

[Path]
{paths}
# A sync writes many files at once.
TriggerLimitIntervalSec=60
TriggerLimitBurst=5

[Install]
WantedBy=default.target
"""
ARRIVALS_SERVICE = """[Unit]
Description=tightlog, reads new files of {description}

[Service]
Type=oneshot
ExecStart={command}
TimeoutStartSec=6h
Nice=10
"""
REMINDER_SERVICE = """[Unit]
Description=tightlog, reminds of a missing score of {description}

[Service]
Type=oneshot
ExecStart={command}
TimeoutStartSec=10min
"""
REMINDER_TIMER = """[Unit]
Description=tightlog, reminds every day

[Timer]
OnCalendar=*-*-* {at}:00 {zone}

[Install]
WantedBy=timers.target
"""
REFRESH = ("refresh", "--nightly")
# %h, $HOME and the like would mean something to systemd inside our paths.
SYSTEMD_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "%": "%%", "$": "$$"})


@dataclass(frozen=True)
class Unit:
    """A unit's file name and text."""

    name: str
    text: str


def further_units(home: Home, settings: Settings, program: list[str]) -> tuple[Unit, ...]:
    """The units that watch data/raw and the sources, and, where [remind] has a time, remind."""
    description = str(home.folder).replace("%", "%%")
    watched = (home.raw, home.inbox, *map(folder_of, settings.sources))
    # Not recursive, and no share fires it: the timer finds the rest.
    paths = "\n".join(f"PathChanged={str(one).replace('%', '%%')}" for one in watched)
    # Others are asked at night only.
    command = command_line([*program, "--home", str(home.folder), *REFRESH, "--no-fetch"])
    units = [
        Unit(f"{ARRIVALS}.path", ARRIVALS_PATH.format(description=description, paths=paths)),
        Unit(
            f"{ARRIVALS}.service",
            ARRIVALS_SERVICE.format(description=description, command=command),
        ),
    ]
    if settings.remind is not None and settings.remind.at is not None:
        command = command_line([*program, "--home", str(home.folder), "remind"])
        at = f"{settings.remind.at:%H:%M}"
        service = REMINDER_SERVICE.format(description=description, command=command)
        timer = REMINDER_TIMER.format(at=at, zone=settings.time_zone)
        units += [Unit(f"{REMINDER}.service", service), Unit(f"{REMINDER}.timer", timer)]
    return tuple(units)


def command_line(words: list[str]) -> str:
    """Words as systemd reads them from ExecStart."""
    return " ".join(f'"{word.translate(SYSTEMD_ESCAPES)}"' for word in words)


def unit_folder() -> Path:
    """Where systemd looks for the units of this user."""
    given = os.environ.get("XDG_CONFIG_HOME", "")
    base = Path(given) if given.startswith("/") else Path.home() / ".config"
    return base / "systemd" / "user"


def install_units(units: tuple[Unit, ...], folder: Path) -> tuple[Path, ...]:
    """The files written, each whole or not at all. Raises TightlogError where one of these names
    is a file of somebody else: nothing is written then.
    """
    places = {folder / one.name: one.text for one in units}
    for place in places:
        if os.path.lexists(place) and not _is_ours(place):
            raise TightlogError(
                phrase("{place} is not tightlog's; move it away, and install again", place=place)
            )
    private.owner_only_folder(folder)
    for place, text in places.items():
        beside = place.with_name(f".{place.name}.new")
        beside.write_text(text, encoding="utf-8")
        beside.replace(place)
    return tuple(places)


def remove_units(folder: Path) -> tuple[Path, ...]:
    """The files removed: all of tightlog's units, and no other."""
    names = (UNIT, ARRIVALS, REMINDER)
    found = [
        place
        for name in names
        for kind in ("service", "timer", "path")
        if _is_ours(place := folder / f"{name}.{kind}")
    ]
    for place in found:
        place.unlink()
    return tuple(found)


def launchd(home: Home, settings: Settings, program: list[str]) -> str:
    """A property list for macOS: a refresh every night, and when a folder changes.

    Raises SettingsError for a cron that is no time; TightlogError for one launchd has no words for.
    """
    fields = cron(settings.cron).fields.split()
    if not (re.fullmatch(r"\d+ \d+", " ".join(fields[:2])) and fields[2:] == ["*"] * 3):
        raise TightlogError(
            phrase(
                "launchd knows one time a day, such as '30 3 * * *', and not {cron!r}",
                cron=settings.cron,
            )
        )
    minute, hour = map(int, fields[:2])
    facts = {
        "Label": LABEL,
        "ProgramArguments": [*program, "--home", str(home.folder), *REFRESH],
        "StartCalendarInterval": {"Hour": hour, "Minute": minute},
        "WatchPaths": [str(one) for one in (home.raw, *map(folder_of, settings.sources))],
        "ThrottleInterval": 60,
        "ProcessType": "Background",
        "StandardErrorPath": str(home.warehouse / "nightly.log"),
    }
    return plistlib.dumps(facts, sort_keys=False).decode()


def _is_ours(place: Path) -> bool:
    try:
        return MARK in place.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
