"""The time zone of the runner: the one the settings name, else that of this machine."""

import os
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tightlog.errors import SettingsError
from tightlog.language.catalogue import phrase


def zone_named(name: object) -> str:
    """Name of the zone the settings name. Raises SettingsError."""
    try:
        return ZoneInfo(str(name)).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as problem:
        raise SettingsError(
            "tightlog.toml",
            phrase("time_zone {name!r} is not a zone such as 'Europe/Zurich'", name=name),
        ) from problem


def machine_zone() -> str:
    """Zone name of this machine: TZ, /etc/timezone or the target of /etc/localtime, else UTC."""
    for name in (
        os.environ.get("TZ"),
        _text_of(Path("/etc/timezone")),
        str(Path("/etc/localtime").resolve()).partition("zoneinfo/")[2],
    ):
        if name and _is_zone(name):
            return name
    return "UTC"


def _text_of(path: Path) -> str:
    return path.read_text(encoding="ascii", errors="ignore").strip() if path.is_file() else ""


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
