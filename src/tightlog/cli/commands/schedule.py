"""`tightlog schedule`: the nightly refresh, run by Prefect, or by systemd or cron."""

import argparse
import os
import sys

from tightlog.cli.child_process import child_process
from tightlog.cli.command_line import add_json
from tightlog.cli.printing import print_paragraph
from tightlog.errors import TightlogError
from tightlog.home.bundle import bundled, import_path
from tightlog.home.settings import Home, Settings, home_folder, settings_of
from tightlog.language.catalogue import message, phrase
from tightlog.nightly.timer import (
    crontab,
    enabled,
    installed_program,
    systemd_script,
    systemd_units,
)
from tightlog.nightly.units import install_units, launchd, remove_units, unit_folder

EXAMPLES = (
    ("tightlog schedule", message("every night, with a page for every run; keeps running")),
    (
        "tightlog schedule --print systemd",
        message("the same without a server, for a systemd timer"),
    ),
    ("tightlog schedule --once", message("one nightly run, now")),
)

PRINTED = {"systemd": systemd_script, "cron": crontab, "launchd": launchd}


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    add_json(parser)
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--once",
        action="store_true",
        help=phrase("run the nightly flow once, now (--json: its summary)"),
    )
    how.add_argument(
        "--print",
        choices=tuple(PRINTED),
        help=phrase(
            "print what runs the nightly refresh without a server, for systemd, cron or macOS"
        ),
    )
    how.add_argument(
        "--install",
        action="store_true",
        help=phrase(
            "write the systemd units for this user; the dashboard and settings are not touched"
        ),
    )
    how.add_argument(
        "--uninstall",
        action="store_true",
        help=phrase("remove the systemd units written by --install"),
    )


def run(given: argparse.Namespace) -> int:
    """Exit code of the schedule, which runs until Ctrl-C, or of one run with `--once`."""
    home = home_folder(given.home)
    settings = settings_of(home)
    if given.print:
        sys.stdout.write(PRINTED[given.print](home, settings, installed_program()))
        return 0
    if given.install:
        return _installed(home, settings)
    if given.uninstall:
        return _uninstalled()
    if given.json and not given.once:
        raise TightlogError(
            phrase("a running schedule has no result to print as JSON; use --json with --once")
        )
    script = bundled("pipelines", "deployment.py")
    environment = os.environ | import_path(script) | {"TIGHTLOG_HOME": str(home.folder)}
    options = [*(["--once"] if given.once else []), *(["--json"] if given.json else [])]
    return child_process([sys.executable, str(script), *options], environment)


def _installed(home: Home, settings: Settings) -> int:
    """Writes the units; switching them on is left to the user, who sees what they are."""
    units = systemd_units(home, settings, installed_program())
    for place in install_units(units, unit_folder()):
        print(phrase("Written: {place}", place=place))
    print_paragraph(phrase("To switch them on:"))
    print("systemctl --user daemon-reload")
    print(f"systemctl --user enable --now {' '.join(enabled(units))}")
    print_paragraph(
        phrase(
            "While you are not logged in they run only after: loginctl enable-linger. After a "
            "change of tightlog.toml, install again. To remove them: tightlog schedule "
            "--uninstall"
        )
    )
    return 0


def _uninstalled() -> int:
    removed = remove_units(unit_folder())
    for place in removed:
        print(phrase("Removed: {place}", place=place))
    names = " ".join(place.name for place in removed if place.suffix != ".service")
    if names:
        print_paragraph(phrase("Those switched on run until the next login, or until:"))
        print(f"systemctl --user stop {names}; systemctl --user daemon-reload")
    else:
        print_paragraph(phrase("There was nothing to remove."))
    return 0
