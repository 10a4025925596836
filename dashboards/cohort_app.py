"""What `tightlog cohort page` starts: the page of a cohort behind the gate."""

import shlex

import streamlit as st
from starlette.middleware import Middleware

from dashboards.cohort.roles import cohort_shown, door_of_cohort, is_guarded, speak
from dashboards.shell.gate import LOCAL_HOSTS, Gate
from dashboards.shell.styled import Styled

ADDRESS = st.get_option("server.address")
HOSTS = st.get_option("server.allowedHosts") or LOCAL_HOSTS
speak()
COHORT = cohort_shown()
DOOR = door_of_cohort(COHORT) if is_guarded(COHORT, ADDRESS) else None
COMMAND = shlex.join(["tightlog", "cohort", "--in", str(COHORT.folder), "page"])
app = st.App(
    "cohort_pages.py",
    middleware=[
        Middleware(Gate, hosts=HOSTS, guarded=DOOR),
        Middleware(Styled, command=COMMAND),
    ],
)
