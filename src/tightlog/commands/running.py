"""The commands that run something: dashboard, schedule, doctor."""

import argparse
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from tightlog.bundle import bundled, import_path
from tightlog.commands.printing import print_json, print_paragraph
from tightlog.commands.refreshing import refresh_words
from tightlog.doctor import checks
from tightlog.errors import TightlogError
from tightlog.readers.source import found_files
from tightlog.refresh import refresh
from tightlog.settings import Home, home_folder, settings_of
from tightlog.timer import crontab, installed_program, systemd_script

STREAMLIT_OPTIONS = (
    # The page answers this machine only, sends no statistics and looks nothing up.
    "--server.address=127.0.0.1", "--browser.gatherUsageStats=false", "--client.toolbarMode=minimal", "--server.fileWatcherType=none",
    "--server.enableXsrfProtection=true", "--client.showErrorDetails=none",
    # MB; a file uploaded takes twice its size of memory until it is kept. Larger exports are put into data/raw by hand.
    "--server.maxUploadSize=1024",
)


def dashboard_command(given: argparse.Namespace) -> int:
    """`dashboard`: Streamlit on 127.0.0.1, until Ctrl-C."""
    home = home_folder(given.home)
    if given.fresh:
        home = _fresh(home)
    _refuse_taken(given.port)
    script = bundled("dashboards", "serving.py")
    options = [*STREAMLIT_OPTIONS, f"--server.port={given.port}", f"--server.headless={'true' if given.no_browser else _headless()}"]
    print_paragraph(f"Dashboard of {home.folder} on http://127.0.0.1:{given.port} (Ctrl-C stops it)")
    sys.stdout.flush()
    environment = os.environ | import_path(script) | {"TIGHTLOG_HOME": str(home.folder)}
    return _child([sys.executable, "-m", "streamlit", "run", str(script), *options], environment)


def schedule_command(given: argparse.Namespace) -> int:
    """`schedule`: the nightly Prefect deployment, until Ctrl-C; `--once` runs the flow now, `--print` says how to do without it."""
    home = home_folder(given.home)
    settings = settings_of(home)
    if given.print:
        sys.stdout.write((systemd_script if given.print == "systemd" else crontab)(home, settings, installed_program()))
        return 0
    if given.json and not given.once:
        raise TightlogError("a schedule that stays up has no result to print as JSON; --json goes with --once")
    script = bundled("pipelines", "deployment.py")
    environment = os.environ | import_path(script) | {"TIGHTLOG_HOME": str(home.folder)}
    options = [*(["--once"] if given.once else []), *(["--json"] if given.json else [])]
    return _child([sys.executable, str(script), *options], environment)


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


def _fresh(home: Home) -> Home:
    """The home, refreshed; the sample home instead while data/raw is empty."""
    if not found_files(home.raw) and not home.journal.exists():
        from tightlog.sample_home import make_sample_home  # only an empty home needs the simulation

        print_paragraph(f"{home.raw} is empty, so this shows a simulated runner. Put your own run files there and start again.")
        home = Home(make_sample_home(home.folder / "data" / "sample").home)
    print_paragraph(refresh_words(refresh(home, settings_of(home)), home))
    return home


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as problem:
            raise TightlogError(f"port {port} is taken, perhaps by another dashboard; choose one with --port, e.g. --port {port + 1}") from problem


def _headless() -> str:
    """Without a display there is no browser to open."""
    return "false" if sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") else "true"


def _child(command: list[str], environment: dict[str, str]) -> int:
    with subprocess.Popen(command, env=environment, cwd=Path.home()) as process:
        # `kill` and a service manager's stop reach this process only: pass them on.
        signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        try:
            return process.wait()
        except KeyboardInterrupt:
            process.terminate()
            process.wait()
            return 0
