"""The dashboard's router: one frame around all pages, and a friendly sentence where a page
cannot be shown.
"""

import streamlit as st

from dashboards.shell.flag_bar import flag_bar
from dashboards.shell.frame import (
    TODAY,
    footer,
    lost,
    navigation,
    page_title,
    sign_out,
    sorry,
    style,
)
from dashboards.shell.passes import guarded_home, is_admitted
from dashboards.shown.cards import notice
from dashboards.shown.data import opened_once, view, view_of_nothing, write_as_set
from dashboards.shown.refreshing import refresh_button
from tightlog.errors import TightlogError, WarehouseAhead, WarehouseError
from tightlog.home.settings import home_folder
from tightlog.language.catalogue import phrase

write_as_set()
# An emoji, not a Material icon: for those the browser would fetch a favicon from a font server.
st.set_page_config(
    page_title="tightlog", page_icon="🏃", layout="wide", initial_sidebar_state="collapsed"
)

# `tightlog dashboard` has asked for the password before this; an app started in another way may not
# have.
ADDRESS = st.get_option("server.address")
if not is_admitted(ADDRESS, st.context.cookies, st.get_option("server.port")):
    st.html(
        notice(
            phrase(
                "This dashboard can only be opened on the computer it runs on. For other "
                "devices, start it with: tightlog dashboard --lan"
            )
        )
    )
    st.stop()

PAGES = [
    st.Page("app_pages/today.py", title=phrase("Today"), url_path="home", default=True),
    st.Page("app_pages/calendar.py", title=phrase("Calendar"), url_path="calendar"),
    st.Page("app_pages/trends.py", title=phrase("Trends"), url_path="trends"),
    st.Page("app_pages/diary.py", title=phrase("Log"), url_path="diary"),
    st.Page("app_pages/links.py", title=phrase("What goes with it"), url_path="links"),
    st.Page("app_pages/helped.py", title=phrase("What helped"), url_path="helped"),
    st.Page("app_pages/experiment.py", title=phrase("Experiment"), url_path="experiment"),
    st.Page("app_pages/runs.py", title=phrase("Runs"), url_path="runs"),
    st.Page("app_pages/exercises.py", title=phrase("Exercises"), url_path="exercises"),
    st.Page("app_pages/files.py", title=phrase("Files"), url_path="files"),
    st.Page("app_pages/sql.py", title="SQL", url_path="sql"),
    st.Page("app_pages/physio.py", title=phrase("For my physio"), url_path="physio"),
]
# Streamlit serves the default page at the bare address only, whatever its own path: without this
# one /today would be a page not found.
ALSO_TODAY = st.Page(
    "app_pages/today.py", title=phrase("Today"), url_path="today", visibility="hidden"
)
# Reached from an exercise, which its address names.
ROUTINE = st.Page(
    "app_pages/routine.py", title=phrase("Routine"), url_path="routine", visibility="hidden"
)

# Reached from the calendar, from charts and from runs.
ONE_DAY = st.Page("app_pages/day.py", title=phrase("Day"), url_path="day", visibility="hidden")
HIDDEN = [ALSO_TODAY, ONE_DAY, ROUTINE]

chosen = st.navigation([*PAGES, *HIDDEN], position="hidden")
st.set_page_config(page_title=page_title(chosen.title))
style()
if ADDRESS is not None and guarded_home(ADDRESS, home_folder(None)) is not None:
    sign_out()
navigation(PAGES, chosen)
lost(st.context.url, {page.url_path: page.title for page in (*PAGES[1:], *HIDDEN)})
try:
    with opened_once():
        if chosen.title != phrase(TODAY):
            flag_bar(view())
        chosen.run()
except WarehouseAhead as problem:
    sorry(problem)
except WarehouseError as problem:
    # Broken, or made by an older tightlog: a refresh reads everything anew from data/raw.
    sorry(problem)
    refresh_button(view_of_nothing())
except TightlogError as problem:
    sorry(problem)
footer()
