"""Whether anything on this machine still starts `tightlog refresh --nightly`."""

import subprocess
from pathlib import Path

from tightlog.nightly.units import UNIT

STARTED = "refresh --nightly"
# Where an administrator may have put it instead.
SYSTEM_WIDE = (
    Path("/etc/crontab"),
    Path("/etc/cron.d"),
    Path("/etc/systemd/system"),
    Path("/etc/systemd/user"),
)
PATIENCE_S = 5


def is_timer_set() -> bool | None:
    """True when systemd or cron has it, False when neither has, None when that is unknown."""
    systemd, cron = _of_systemd(), _of_crontab()
    if systemd or cron or (systemd is False and _is_system_wide()):
        return True
    # Without an answer from systemd, another program may start it.
    return False if systemd is False else None


def _of_systemd() -> bool | None:
    said = _answer(["systemctl", "--user", "is-active", f"{UNIT}.timer"])
    if said is None:
        return None
    if said.returncode == 0:
        return True
    return False if said.stdout.strip() in ("inactive", "failed", "unknown") else None


def _of_crontab() -> bool:
    said = _answer(["crontab", "-l"])
    lines = said.stdout.splitlines() if said and said.returncode == 0 else []
    return any(STARTED in line and not line.lstrip().startswith("#") for line in lines)


def _is_system_wide() -> bool:
    places = [
        file for place in SYSTEM_WIDE for file in (place.rglob("*") if place.is_dir() else (place,))
    ]
    return any(STARTED in _text(file) for file in places if file.is_file())


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _answer(command: list[str]) -> subprocess.CompletedProcess[str] | None:
    try:
        return subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=PATIENCE_S
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
