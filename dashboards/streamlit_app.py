"""The dashboard's router: one frame around the pages, and a friendly sentence where a page cannot be shown."""

import streamlit as st

from dashboards.cards import notice
from dashboards.data import opened_once, view
from dashboards.frame import footer, lost, navigation, sorry, style
from dashboards.gate import is_admitted
from dashboards.refreshing import refresh_button
from tightlog.errors import TightlogError, WarehouseError

# An emoji, not a Material icon: for those the browser would fetch a favicon from a font server.
st.set_page_config(page_title="tightlog", page_icon="🏃", layout="wide", initial_sidebar_state="collapsed")

# `tightlog dashboard` has asked for the password before this; an app started in another way may not have.
if not is_admitted(st.get_option("server.address"), st.context.cookies, st.get_option("server.port")):
    st.html(notice("This dashboard answers the computer it runs on. For other devices, start it there with: tightlog dashboard --lan"))
    st.stop()

PAGES = [
    st.Page("app_pages/today.py", title="Today", url_path="home", default=True),
    st.Page("app_pages/runs.py", title="Runs", url_path="runs"),
    st.Page("app_pages/trends.py", title="Trends", url_path="trends"),
    st.Page("app_pages/diary.py", title="Diary", url_path="diary"),
    st.Page("app_pages/files.py", title="Files", url_path="files"),
    st.Page("app_pages/physio.py", title="For my physio", url_path="physio"),
    st.Page("app_pages/sql.py", title="SQL", url_path="sql"),
]
# Streamlit serves the default page at the bare address only, whatever its own path: without this one /today would be a page not found.
ALSO_TODAY = st.Page("app_pages/today.py", title="Today", url_path="today", visibility="hidden")

chosen = st.navigation([*PAGES, ALSO_TODAY], position="hidden")
style()
navigation(PAGES)
lost(st.context.url, [page.url_path for page in (*PAGES[1:], ALSO_TODAY)])
try:
    with opened_once():
        chosen.run()
except WarehouseError as problem:
    # Broken, or made by another version of tightlog: a refresh reads everything anew from data/raw.
    sorry(problem)
    refresh_button(view())
except TightlogError as problem:
    sorry(problem)
footer()
