"""What `tightlog dashboard` starts: the app behind its gate."""

import streamlit as st
from starlette.middleware import Middleware

from dashboards.gate import LOCAL_HOSTS, Gate, guarded_home
from tightlog.settings import home_folder

app = st.App("streamlit_app.py", middleware=[Middleware(
    Gate, hosts=st.get_option("server.allowedHosts") or LOCAL_HOSTS, guarded=guarded_home(st.get_option("server.address"), home_folder(None)))])
