"""What `tightlog cohort page` starts: the page of a cohort behind the gate."""

import shlex
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware

from dashboards.cohort.roles import cohort_shown, door_of_cohort, is_guarded, speak
from dashboards.shell.gate import LOCAL_HOSTS, Gate
from dashboards.shell.styled import Styled
from dashboards.shell.without_delay import MessagesTogether, send_without_delay


@asynccontextmanager
async def opened(_: st.App) -> AsyncIterator[None]:
    """The time in which the page is served."""
    send_without_delay()
    yield


ADDRESS = st.get_option("server.address")
HOSTS = st.get_option("server.allowedHosts") or LOCAL_HOSTS
speak()
COHORT = cohort_shown()
DOOR = door_of_cohort(COHORT) if is_guarded(COHORT, ADDRESS) else None
COMMAND = shlex.join(["tightlog", "cohort", "--in", str(COHORT.folder), "page"])
app = st.App(
    "cohort_pages.py",
    lifespan=opened,
    middleware=[
        Middleware(MessagesTogether),
        Middleware(Gate, hosts=HOSTS, guarded=DOOR),
        Middleware(Styled, command=COMMAND),
    ],
)
