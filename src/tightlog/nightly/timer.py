"""What starts the nightly refresh without a server: systemd units or a crontab line, ready to
install.
"""

import shlex
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

from tightlog.home.settings import Home, Settings
from tightlog.home.time_zone import machine_zone
from tightlog.language.catalogue import phrase
from tightlog.nightly.cron import calendar_expressions, cron
from tightlog.nightly.units import REFRESH, UNIT, Unit, command_line, further_units

# Where cron looks is seldom where programs are.
PATH = "/usr/local/bin:/usr/bin:/bin"

SERVICE = """[Unit]
Description=tightlog, the nightly refresh of {description}
# Five tries a night, ten minutes apart.
StartLimitIntervalSec=6h
StartLimitBurst=5

[Service]
Type=oneshot
ExecStart={command}
Restart=on-failure
RestartSec=10min
TimeoutStartSec=6h
Nice=10
"""
TIMER = """[Unit]
Description=tightlog, every night

[Timer]
{times}
# A night the computer was off is made up for at the next start.
Persistent=true

[Install]
WantedBy=timers.target
"""
SYSTEMD = """# To install these units, run:  {again} | sh
# or, which writes the same files:  {install}
# then:                       systemctl --user daemon-reload
#                             systemctl --user enable --now {enabled}
# While you are not logged in they run only after:  loginctl enable-linger
# When it fires next:         systemctl --user list-timers {unit}.timer
# What it said:               journalctl --user -u {unit}
# After a change of tightlog.toml or of the place of this home: print and install them again.
set -eu
units="${{XDG_CONFIG_HOME:-$HOME/.config}}/systemd/user"
mkdir -p "$units"
{files}"""
FILE = """cat > "$units/{name}" <<'END_OF_UNIT'
{text}END_OF_UNIT
"""
CRONTAB = """# To install it, add the last line with:  crontab -e
# cron makes up for no missed night, and mails what went wrong if this machine can send mail.
# The time is this machine's ({machine_zone}){other_zone}.
# After a change of nightly.cron or of the place of this home: change the line.
{line}
"""


def systemd_script(home: Home, settings: Settings, program: list[str]) -> str:
    """A shell script that writes the systemd user units for a home, with how to use them in
    comments.

    Raises SettingsError for a cron systemd has no words for.
    """
    units = systemd_units(home, settings, program)
    schedule = [*program, "--home", str(home.folder), "schedule"]
    return SYSTEMD.format(
        again=shlex.join([*schedule, "--print", "systemd"]),
        install=shlex.join([*schedule, "--install"]),
        enabled=" ".join(enabled(units)),
        unit=UNIT,
        files="".join(FILE.format(name=one.name, text=one.text) for one in units),
    )


def systemd_units(home: Home, settings: Settings, program: list[str]) -> tuple[Unit, ...]:
    """The nightly service and its timer, and the units beside them.

    Raises SettingsError for a cron systemd has no words for.
    """
    times = "\n".join(
        f"OnCalendar={expression}"
        for expression in calendar_expressions(cron(settings.cron), settings.time_zone)
    )
    description = str(home.folder).replace("%", "%%")
    command = command_line(_command(home, program))
    return (
        Unit(f"{UNIT}.service", SERVICE.format(description=description, command=command)),
        Unit(f"{UNIT}.timer", TIMER.format(times=times)),
        *further_units(home, settings, program),
    )


def enabled(units: tuple[Unit, ...]) -> tuple[str, ...]:
    """The units that are to be enabled: those that start others."""
    return tuple(one.name for one in units if not one.name.endswith(".service"))


def crontab(home: Home, settings: Settings, program: list[str]) -> str:
    """A crontab line for a home, with how to use it in comments: three tries a night, ten minutes
    apart.

    Raises SettingsError for a cron that crontab cannot read.
    """
    times = cron(settings.cron)
    calendar_expressions(times, settings.time_zone)
    here = machine_zone()
    # The rest of a line after a bare % is fed to the command by cron.
    refresh = f"{shlex.join(_command(home, program))} >/dev/null"
    command = (
        f"PATH={PATH}; export PATH; for pause in 600 600 0; do {refresh} && break; sleep "
        "$pause; done"
    ).replace("%", "\\%")
    other_zone = (
        ""
        if ZoneInfo(here) == settings.zone
        else phrase(
            ", and not that of this home ({time_zone}): correct the hour",
            time_zone=settings.time_zone,
        )
    )
    return CRONTAB.format(
        machine_zone=here, other_zone=other_zone, line=f"{times.fields} {command}"
    )


def installed_program() -> list[str]:
    """The command that starts this installation of tightlog from any folder."""
    called = Path(sys.argv[0])
    if called.name == "tightlog" and called.is_file():
        return [str(called.absolute())]
    return [sys.executable, "-m", "tightlog"]


def _command(home: Home, program: list[str]) -> list[str]:
    return [*program, "--home", str(home.folder), *REFRESH]
