"""What `tightlog dashboard` starts: the app behind its gate."""

import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from threading import Thread

import streamlit as st
from starlette.middleware import Middleware

from dashboards.gate import LOCAL_HOSTS, Gate, guarded_home
from tightlog.settings import home_folder

SCRIPTS = ("streamlit_app", "gated_app")
ADDRESS = st.get_option("server.address")


@asynccontextmanager
async def opened(_: st.App) -> AsyncIterator[None]:
    """Opens a browser, and imports what the pages need while it starts: else the first visitor would wait for that as well."""
    if not st.get_option("server.headless"):
        host = f"[{ADDRESS}]" if ":" in str(ADDRESS) else ADDRESS
        Thread(target=webbrowser.open, args=(f"http://{host}:{st.get_option('server.port')}",), daemon=True).start()
    for path in sorted(Path(__file__).parent.glob("[a-z]*.py")):
        if path.stem not in SCRIPTS:
            import_module(f"dashboards.{path.stem}")
    yield


app = st.App("streamlit_app.py", lifespan=opened, middleware=[Middleware(
    Gate, hosts=st.get_option("server.allowedHosts") or LOCAL_HOSTS, guarded=guarded_home(ADDRESS, home_folder(None)))])
