"""The commands that keep an installation going: schedule, doctor; and how a command runs a child
process.
"""

import argparse
import os
import signal
import subprocess
import sys
from pathlib import Path

from tightlog.answers.doctor import checks
from tightlog.cli.printing import print_json, print_paragraph
from tightlog.errors import HomeError, TightlogError
from tightlog.home.bundle import bundled, import_path
from tightlog.home.settings import Home, home_folder, named_home, settings_of
from tightlog.nightly.timer import crontab, installed_program, systemd_script


def schedule_command(given: argparse.Namespace) -> int:
    """`schedule`: the nightly Prefect deployment, until Ctrl-C; `--once` runs the flow now,
    `--print` says how to do without it.
    """
    home = home_folder(given.home)
    settings = settings_of(home)
    if given.print:
        sys.stdout.write(
            (systemd_script if given.print == "systemd" else crontab)(
                home, settings, installed_program()
            )
        )
        return 0
    if given.json and not given.once:
        raise TightlogError(
            "a schedule that stays up has no result to print as JSON; --json goes with --once"
        )
    script = bundled("pipelines", "deployment.py")
    environment = os.environ | import_path(script) | {"TIGHTLOG_HOME": str(home.folder)}
    options = [*(["--once"] if given.once else []), *(["--json"] if given.json else [])]
    return child([sys.executable, str(script), *options], environment)


def doctor_command(given: argparse.Namespace) -> int:
    """`doctor`: one line a check, with a remedy for what is wrong; exit 1 when something is."""
    results = checks(_home_looked_at(given.home))
    if given.json:
        print_json([vars(result) for result in results])
    else:
        for result in results:
            print_paragraph(f"{'ok  ' if result.is_ok else 'FAIL'} {result.name}: {result.found}")
            if not result.is_ok:
                print_paragraph(f"     {result.remedy}")
    return 0 if all(result.is_ok for result in results) else 1


def _home_looked_at(given: str | None) -> Home:
    """The home, made when there is none at all; a broken one is left as it is, for the checks to
    see.
    """
    home = named_home(given)
    if os.path.lexists(home.raw.parent):
        return home
    try:
        return home_folder(given)
    except HomeError:
        return home


def child(command: list[str], environment: dict[str, str]) -> int:
    """Exit code of a child process that ends with this one."""
    with subprocess.Popen(command, env=environment, cwd=Path.home()) as process:
        # `kill` and a service manager's stop reach this process only: pass them on.
        signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        try:
            return process.wait()
        except KeyboardInterrupt:
            process.terminate()
            process.wait()
            return 0
