"""`tightlog dashboard`: on this machine only, or behind a password for the home network."""

import argparse
import errno
import getpass
import os
import socket
import sys

from tightlog.cli.addresses import LOCAL, hosts, lan_address
from tightlog.cli.child_process import child_process
from tightlog.cli.printing import print_paragraph
from tightlog.errors import TightlogError
from tightlog.home.bundle import bundled, import_path
from tightlog.home.password import set_password, stored_password
from tightlog.home.settings import Home, home_folder
from tightlog.language.catalogue import message, phrase

EXAMPLES = (
    ("tightlog dashboard", message("on http://127.0.0.1:8501, until Ctrl-C")),
    ("tightlog dashboard --fresh", message("refresh first")),
    (
        "tightlog dashboard --port 8600 --no-browser",
        message("a second one, without opening a window"),
    ),
)
STREAMLIT_OPTIONS = (
    # Sends no statistics and looks nothing up; no page of another site, or of another port of this
    # machine, may talk to it. Headless, because otherwise it asks a newcomer for an email address
    # first; the app opens the browser itself.
    "--server.headless=true",
    "--browser.gatherUsageStats=false",
    "--client.toolbarMode=minimal",
    "--server.fileWatcherType=none",
    "--server.enableXsrfProtection=true",
    "--server.enableCORS=true",
    "--client.showErrorDetails=none",
    # MB; a file uploaded takes twice its size of memory until it is kept. Larger exports are put
    # into data/raw by hand.
    "--server.maxUploadSize=1024",
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument("--port", type=port_number, default=8501)
    parser.add_argument(
        "--fresh",
        action="store_true",
        help=phrase("refresh first; while data/raw is empty, show a simulated runner instead"),
    )
    parser.add_argument(
        "--no-browser", action="store_true", help=phrase("do not open a browser window")
    )
    parser.add_argument(
        "--lan",
        nargs="?",
        const="",
        metavar="ADDRESS",
        help=(
            phrase(
                "also for phones in the same network, behind a password; ADDRESS chooses one "
                "of this machine's addresses"
            )
        ),
    )
    parser.add_argument(
        "--set-password",
        action="store_true",
        help=phrase("set the password of --lan (typed twice, or one line of standard input)"),
    )


def run(given: argparse.Namespace) -> int:
    """Exit code of Streamlit, which runs until Ctrl-C; `--set-password` only stores one."""
    home = home_folder(given.home)
    if given.set_password:
        return _set_password(home)
    address = LOCAL if given.lan is None else lan_address(given.lan)
    refuse_taken(address, given.port)
    if given.fresh:
        home = fresh_home(home)
    if given.lan is not None:
        stored_password(home)
    say_where(home, address, given.port)
    script = bundled("dashboards", "gated_app.py")
    options = [
        *STREAMLIT_OPTIONS,
        f"--server.address={address}",
        f"--server.port={given.port}",
        *(f"--server.allowedHosts={host}" for host in hosts(address)),
    ]
    environment = (
        os.environ
        | import_path(script)
        | {
            "TIGHTLOG_HOME": str(home.folder),
            "TIGHTLOG_OPENS_BROWSER": "" if given.no_browser or not has_display() else "yes",
        }
    )
    return child_process(
        [sys.executable, "-m", "streamlit", "run", str(script), *options], environment
    )


def port_number(text: str) -> int:
    port = int(text)
    if not 1 <= port <= 65535:
        raise ValueError
    return port


def _set_password(home: Home) -> int:
    set_password(home, typed_password(phrase("New password of the dashboard: ")))
    print_paragraph(
        phrase(
            "The password is set; only a hash of it is kept. Everyone signed in must enter it "
            "again. Next: tightlog dashboard --lan"
        )
    )
    return 0


def typed_password(question: str) -> str:
    """A password typed twice on a terminal, else one line of standard input."""
    is_terminal = sys.stdin.isatty()
    password = getpass.getpass(question) if is_terminal else sys.stdin.readline().rstrip("\r\n")
    if is_terminal and getpass.getpass(phrase("Once more: ")) != password:
        raise TightlogError(phrase("the two passwords differ; nothing was changed"))
    return password


def say_where(home: Home, address: str, port: int) -> None:
    """Prints the dashboard's address; for the home network also as a QR code on a terminal."""
    url = f"http://[{address}]:{port}" if ":" in address else f"http://{address}:{port}"
    print_paragraph(
        phrase("Dashboard of {folder} on {url} (Ctrl-C stops it)", folder=home.folder, url=url)
    )
    if address != LOCAL:
        print_paragraph(
            phrase(
                "On a phone in the same network: open {url}, or http://{hosts}:{port} if your "
                "network knows names. It asks for the password. The connection is not "
                "encrypted: others in this network may be able to read it.",
                url=url,
                hosts=hosts(address)[-1],
                port=port,
            )
        )
        if sys.stdout.isatty():
            import segno  # no other command needs it

            segno.make(url, micro=False).terminal(compact=True)
    sys.stdout.flush()


def fresh_home(home: Home) -> Home:
    """The home, refreshed; the sample home instead where nothing can have come yet."""
    # Imported here: this process stays as long as the dashboard runs, and must not hold the
    # memory of the readers.
    from tightlog.answers.actions.refreshes import refreshed
    from tightlog.answers.refresh_words import refresh_words
    from tightlog.home.settings import settings_of
    from tightlog.ingest.source import found_files

    is_new = not found_files(home.raw) and not home.journal.exists()
    if is_new and not settings_of(home).sources:
        from tightlog.simulation.home import make_sample_home

        print_paragraph(
            phrase(
                "{raw} is empty, so this shows a simulated runner. Put your own run files "
                "there and start again.",
                raw=home.raw,
            )
        )
        home = Home(make_sample_home(home.sample.folder).home)
    print_paragraph(refresh_words(refreshed(home), home))
    return home


def refuse_taken(address: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as problem:
            if problem.errno == errno.EADDRNOTAVAIL:
                raise TightlogError(
                    phrase(
                        "{address} is not an address of this machine; leave it out and "
                        "tightlog finds it",
                        address=address,
                    )
                ) from problem
            raise TightlogError(
                phrase(
                    "port {port} is taken, perhaps by another dashboard; choose one with "
                    "--port, e.g. --port {port_2}",
                    port=port,
                    port_2=port + 1,
                )
            ) from problem


def has_display() -> bool:
    """Without a display there is no browser to open."""
    return sys.platform == "darwin" or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
