"""What surrounds every page: style, navigation, first steps, the sample banner and the footer."""

from collections.abc import Mapping, Sequence
from typing import Literal
from urllib.parse import urlsplit

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboards.shell.sign_in import SIGN_OUT
from dashboards.shell.sign_pages import sign_page
from dashboards.shown import cards
from dashboards.shown.cards import SAMPLE, banner, notice, steps
from dashboards.shown.data import View
from tightlog.domain.formats import RECORDING_TITLES, VENDORS
from tightlog.errors import TightlogError
from tightlog.home.settings import Home
from tightlog.language.catalogue import message, phrase
from tightlog.words.enumerations import enumerated
from tightlog.words.numbers import first_upper

# As many as stand side by side on 390 px, with More: what is opened every day.
SHOWN_ON_PHONE = 4
TODAY = message("Today")
# By page: what its address says is open.
OPENED = {"runs": "run", "links": "exposure", "helped": "what"}


def style() -> None:
    """Puts the style sheet on the page; it takes its colours from the theme in use.

    A sheet by itself is drawn by Streamlit after the page, which then stands unstyled for a moment:
    beside an element it is part of the page and comes first.
    """
    # In a container the sheet itself hides: what stands below does not move once it is drawn.
    with st.container(key="style"):
        st.html(sign_page("style"))


def sign_out() -> None:
    """The button that signs this browser out."""
    st.html(sign_page("sign_out_button", goal=SIGN_OUT))


def navigation(pages: Sequence[StreamlitPage], current: StreamlitPage) -> None:
    """A row of links; on a phone a bar at the bottom with the first of them, and the others under
    More.
    """
    is_under_more = current.title in [page.title for page in pages[SHOWN_ON_PHONE:]]
    with st.container(horizontal=True, vertical_alignment="center", key="navigation", gap="small"):
        for number, page in enumerate(pages):
            here = "_here" if page.title == current.title else ""
            place = "first" if number < SHOWN_ON_PHONE else "rest"
            with st.container(key=f"nav_{place}_{number}{here}", width="content"):
                link(page, "content")
        # Both the links and More are on the page; the style sheet shows what the width has room
        # for.
        more(pages[SHOWN_ON_PHONE:], current, is_under_more=is_under_more)


def more(pages: Sequence[StreamlitPage], current: StreamlitPage, *, is_under_more: bool) -> None:
    """The links a phone has no room for, behind a button that is marked on each of their pages."""
    # The key changes with the page, so that it is closed again after a tap on one of its links.
    with (
        st.container(key="nav_more_here" if is_under_more else "nav_more", width="content"),
        st.popover(phrase("More"), key=f"more_{current.url_path}"),
    ):
        for page in pages:
            link(page, "stretch")


def link(page: StreamlitPage, width: Literal["content", "stretch"]) -> None:
    """A link of the navigation."""
    # From one run to the list is the same page: without the parameter emptied the address would
    # keep the run.
    parameter = OPENED.get(page.url_path, "")
    is_way_back = parameter in st.query_params
    st.page_link(page, width=width, query_params={parameter: ""} if is_way_back else None)


def page_title(title: str) -> str:
    """What the tab of the browser and its list of pages say."""
    return f"{title} · tightlog"


def heading(title: str, beneath: str) -> None:
    """The page's one heading and the line beneath it, both as plain text; the browser's tab says
    the heading too.
    """
    st.set_page_config(page_title=page_title(title))
    # A container, so that the style sheet can keep the room of what is drawn a moment later.
    with st.container(key="heading"):
        st.title(title, anchor=False)
        st.text(beneath)


def opened_title(opened: str | None, page: str) -> None:
    """What the tab says while a row of a page is open: the row, then the page."""
    if opened is not None:
        st.set_page_config(page_title=page_title(f"{first_upper(opened)} · {page}"))


def lost(address: str | None, known: Mapping[str, str]) -> None:
    """A notice that there is no page at this address, and which there are (path: title);
    Today is shown.
    """
    path = urlsplit(address or "").path.strip("/")
    if path not in {"", st.get_option("server.baseUrlPath").strip("/"), *known}:
        titles = [title for title in dict.fromkeys(known.values()) if title != phrase(TODAY)]
        st.html(
            notice(
                phrase(
                    "There is no page at /{path}. This is {today}; the other pages are {titles}.",
                    path=path,
                    today=phrase(TODAY),
                    titles=enumerated(titles),
                )
            )
        )


def sample_banner(seen: View) -> None:
    """A notice that the runner is simulated, and how to see one's own files."""
    if seen.home.is_sample:
        with st.container(key="sample_banner"):
            st.html(banner(phrase(SAMPLE), own_files_words(seen.home)))


def own_home(sample: Home) -> Home | None:
    """The runner's own home around a sample home; None for a sample on its own, which is made
    from scratch.
    """
    is_inside_home = sample.folder.name == "sample" and sample.folder.parent.name == "data"
    return Home(sample.folder.parents[1]) if is_inside_home else None


def own_files_words(sample: Home) -> str:
    """How to bring one's own files, for the sample home inside another home or on its own."""
    if around := own_home(sample):
        home = around.folder
        return phrase(
            "To see your own runs, put your files into {raw} or add them on the Files "
            "page, stop the dashboard and start it again. In a terminal, in {home}, "
            "“tightlog --home {relative_to} today” reads this sample.",
            raw=around.raw,
            home=home,
            relative_to=sample.folder.relative_to(home),
        )
    return phrase(
        "To see your own runs, put your files into the subfolder data/raw of a new folder "
        "and start “tightlog --home FOLDER dashboard --fresh”."
    )


def newest_files_words(home: Home) -> str:
    """How to add files to a runner's own home without the button."""
    return phrase(
        "Or copy your newest files into {raw} and press Refresh below, under “Last update”.",
        raw=home.raw,
    )


def first_steps(seen: View, *, is_below_upload: bool = False) -> None:
    """Three steps for a home that is still empty; below the field for files it is not told again
    what can be added.
    """
    added = (
        phrase(
            "Add your run files above, or put them into {raw} and press Refresh on the Today page.",
            raw=seen.home.raw,
        )
        if is_below_upload
        else phrase(
            "Add your run files on the Files page, or put them into {raw} and press Refresh on "
            "the Today page: {recording_titles}, compressed or not, or a complete export from "
            "{vendors}.",
            raw=seen.home.raw,
            recording_titles=enumerated(RECORDING_TITLES, "or"),
            vendors=enumerated(VENDORS, "or"),
        )
    )
    st.html(
        steps(
            phrase("Nothing here yet. Three steps to start:"),
            (
                added,
                phrase("Check the Files page: every file is listed there, read or not."),
                (
                    phrase(
                        "Score your lower back on most mornings, before you run. The first "
                        "findings come after about two months of scores."
                    )
                ),
            ),
        )
    )


def sorry(problem: TightlogError) -> None:
    """Why a page cannot be shown, in the problem's own words."""
    heading(phrase("This page cannot be shown"), phrase("The reason: {problem}.", problem=problem))
    st.html(
        notice(
            phrase(
                "Your files and scores are safe. In a terminal, “tightlog doctor” shows what "
                "is wrong and what to do."
            )
        )
    )


def footer() -> None:
    """The line at the end of every page."""
    st.html(cards.footer())
