"""The dashboard's router: one frame around three pages, and a friendly sentence where a page cannot be shown."""

import streamlit as st

from dashboards.data import view
from dashboards.frame import footer, navigation, sorry, style
from dashboards.refreshing import refresh_button
from tightlog.errors import TightlogError, WarehouseError

# An emoji, not a Material icon: for those the browser would fetch a favicon from a font server.
st.set_page_config(page_title="tightlog", page_icon="🏃", layout="wide", initial_sidebar_state="collapsed")

PAGES = [
    st.Page("app_pages/today.py", title="Today", url_path="today", default=True),
    st.Page("app_pages/trends.py", title="Trends", url_path="trends"),
    st.Page("app_pages/files.py", title="Files", url_path="files"),
]

chosen = st.navigation(PAGES, position="hidden")
style()
navigation(PAGES)
try:
    chosen.run()
except WarehouseError as problem:
    # Broken, or made by another version of tightlog: a refresh reads everything anew from data/raw.
    sorry(problem)
    refresh_button(view())
except TightlogError as problem:
    sorry(problem)
footer()
