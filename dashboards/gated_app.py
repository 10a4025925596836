"""What `tightlog dashboard` starts: the app behind its gate."""

import inspect
import os
import shlex
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from pathlib import Path
from threading import Thread, Timer

import altair as alt
import polars as pl
import streamlit as st
from starlette.middleware import Middleware

from dashboards.shell.addresses import Addresses
from dashboards.shell.gate import LOCAL_HOSTS, Gate
from dashboards.shell.installable import Installable
from dashboards.shell.passes import guarded_home
from dashboards.shell.script_files import ScriptFiles
from dashboards.shell.styled import Styled
from dashboards.shell.without_delay import MessagesTogether, send_without_delay
from dashboards.shown.data import opened_once, serve
from tightlog.answers.actions.trials import load_ahead
from tightlog.errors import TightlogError
from tightlog.home.collecting import collect_rarely
from tightlog.home.settings import Home, home_folder
from tightlog.journal.journal import read_journal

# Run by Streamlit when a page is opened.
PAGES = "app_pages"
ADDRESS = st.get_option("server.address")
USUAL_PORT = 8501
# After the start: the first page is there by then.
LATER_S = 4


@asynccontextmanager
async def opened(_: st.App) -> AsyncIterator[None]:
    """Opens a browser, and does at start what the first visitor would otherwise wait for."""
    send_without_delay()
    if os.environ.get("TIGHTLOG_OPENS_BROWSER"):
        host = f"[{ADDRESS}]" if ":" in str(ADDRESS) else ADDRESS
        Thread(
            target=webbrowser.open,
            args=(f"http://{host}:{st.get_option('server.port')}",),
            daemon=True,
        ).start()
    imported()
    collect_rarely()
    read()
    later = Timer(LATER_S, imported_later)
    later.daemon = True
    later.start()
    yield
    later.cancel()


def imported() -> None:
    """Imports what the pages need, and draws a chart once: its schema takes longer than all
    charts after it.
    """
    folder = Path(__file__).parent
    for path in sorted(folder.glob("*/[a-z]*.py")):
        if path.parent.name != PAGES:
            import_module(f"dashboards.{path.parent.name}.{path.stem}")
    with suppress(ImportError):
        # Streamlit reads its list of emojis when a page names its icon.
        import_module("streamlit.emojis")
    # Streamlit asks once who called it: the answer needs a list of all modules.
    inspect.stack()
    alt.LayerChart(
        layer=[alt.Chart(pl.DataFrame({"x": [0.0]})).mark_line().encode(alt.X("x:Q"))]
    ).to_dict()


def read() -> None:
    """Reads the journal and opens the warehouse, which the first page would wait for; what is wrong
    with either is for the page to say.
    """
    serve()
    with suppress(TightlogError, OSError):
        read_journal(HOME.journal)
    with opened_once():
        pass


def imported_later() -> None:
    """Imports what a single page computes with: meanwhile the first page is read."""
    load_ahead()
    import_module("tightlog.answers.report.page")


def start_command(home: Home) -> str:
    """What starts this dashboard again, to be typed into a terminal."""
    words = ["tightlog", "--home", str(home.folder.resolve()), "dashboard"]
    port = st.get_option("server.port")
    words += [] if port == USUAL_PORT else ["--port", str(port)]
    return shlex.join(words + ([] if ADDRESS in (None, *LOCAL_HOSTS) else ["--lan"]))


HOSTS = st.get_option("server.allowedHosts") or LOCAL_HOSTS
HOME = home_folder(None)
app = st.App(
    "streamlit_app.py",
    lifespan=opened,
    middleware=[
        Middleware(MessagesTogether),
        Middleware(Gate, hosts=HOSTS, guarded=guarded_home(ADDRESS, HOME), home=HOME),
        Middleware(ScriptFiles),
        Middleware(Installable),
        Middleware(Addresses),
        Middleware(Styled, command=start_command(HOME)),
    ],
)
