"""`tightlog schedule`: the nightly refresh, run by Prefect, or by systemd or cron."""

import argparse
import os
import sys

from tightlog.cli.child_process import child_process
from tightlog.cli.command_line import add_json
from tightlog.errors import TightlogError
from tightlog.home.bundle import bundled, import_path
from tightlog.home.settings import home_folder, settings_of
from tightlog.nightly.timer import crontab, installed_program, systemd_script

EXAMPLES = (
    ("tightlog schedule", "every night, with a page for every run; keeps running"),
    ("tightlog schedule --print systemd", "the same without a server, for a systemd timer"),
    ("tightlog schedule --once", "one nightly run, now"),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    add_json(parser)
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--once", action="store_true", help="run the nightly flow once, now (--json: its summary)"
    )
    how.add_argument(
        "--print",
        choices=("systemd", "cron"),
        help="print a systemd timer or crontab line that runs the nightly refresh without a server",
    )


def run(given: argparse.Namespace) -> int:
    """Exit code of the schedule, which runs until Ctrl-C, or of one run with `--once`."""
    home = home_folder(given.home)
    settings = settings_of(home)
    if given.print:
        script_of = systemd_script if given.print == "systemd" else crontab
        sys.stdout.write(script_of(home, settings, installed_program()))
        return 0
    if given.json and not given.once:
        raise TightlogError(
            "a running schedule has no result to print as JSON; use --json with --once"
        )
    script = bundled("pipelines", "deployment.py")
    environment = os.environ | import_path(script) | {"TIGHTLOG_HOME": str(home.folder)}
    options = [*(["--once"] if given.once else []), *(["--json"] if given.json else [])]
    return child_process([sys.executable, str(script), *options], environment)
