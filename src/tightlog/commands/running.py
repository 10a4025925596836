"""The commands that keep an installation going: schedule, doctor; and how a command runs a child process."""

import argparse
import os
import signal
import subprocess
import sys
from pathlib import Path

from tightlog.bundle import bundled, import_path
from tightlog.commands.printing import print_json, print_paragraph
from tightlog.doctor import checks
from tightlog.settings import home_folder, settings_of


def schedule_command(given: argparse.Namespace) -> int:
    """`schedule`: the nightly Prefect deployment, until Ctrl-C; `--once` runs the flow now."""
    home = home_folder(given.home)
    settings_of(home)
    script = bundled("pipelines", "deployment.py")
    environment = os.environ | import_path(script) | {"TIGHTLOG_HOME": str(home.folder)}
    return child([sys.executable, str(script), *(["--once"] if given.once else [])], environment)


def doctor_command(given: argparse.Namespace) -> int:
    """`doctor`: one line a check, with a remedy for what is wrong; exit 1 when something is."""
    home = home_folder(given.home)
    results = checks(home)
    if given.json:
        print_json([vars(result) for result in results])
    else:
        for result in results:
            print_paragraph(f"{'ok  ' if result.is_ok else 'FAIL'} {result.name}: {result.found}")
            if not result.is_ok:
                print_paragraph(f"     {result.remedy}")
    return 0 if all(result.is_ok for result in results) else 1


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
