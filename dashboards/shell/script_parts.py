"""The scripts of Streamlit's a page needs, so that the browser can ask for them with the page, and
not one after the other while it is being drawn.
"""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import streamlit as st

STATIC = Path(st.__file__).parent / "static"
SCRIPTS = STATIC / "static" / "js"
# What Streamlit draws each element with it loads when the first one comes, and shows a grey bar of
# another height meanwhile. These every page needs.
EVERY_PAGE = ("Html", "purify.es", "Text", "PageLink", "Button", "BaseButton", "ButtonGroup")
CHART = "ArrowVegaLiteChart"
# By address: what that page draws before anybody taps.
OF_PAGE = {
    "trends": (CHART, "Selectbox"),
    "calendar": ("Selectbox",),
    "experiment": ("Selectbox",),
    "files": ("FileUploader",),
    "sql": ("TextArea", "DataFrame"),
    "physio": ("DateInput", "TextInput", "Checkbox"),
}
# What the pages one may tap next need: asked for when the browser has nothing else to do.
LATER = (
    CHART,
    "Selectbox",
    "DataFrame",
    "TextInput",
    "TextArea",
    "NumberInput",
    "DateInput",
    "FileUploader",
    "Checkbox",
    "Slider",
    "Radio",
    "TimeInput",
    "Pagination",
    "Progress",
    "DownloadButton",
    "rehype-raw",
)
# Of these what the pages of the bar draw with: also run through in an idle moment, for the first
# chart and the first list would wait for it.
READY = (CHART, "Selectbox", "Pagination", "NumberInput", "DateInput", "TimeInput", "Radio")
IMPORTED = re.compile(r"(?:from|import)\s*[`\"']\./([\w.-]+\.js)[`\"']")


def icon_font() -> list[str]:
    """Names of the font of Streamlit's icons: before it is there, an icon is a word that takes more
    room.
    """
    return [file.name for file in sorted(STATIC.glob("static/media/MaterialSymbols-Rounded.*"))]


def scripts_of(path: str) -> list[str]:
    """Names of the files a page at this address needs at once."""
    return files((*EVERY_PAGE, *OF_PAGE.get(path.strip("/"), ())))


def scripts_for_later(path: str) -> list[str]:
    """Names of the files other pages need besides."""
    at_once = frozenset(scripts_of(path))
    return [name for name in files(LATER) if name not in at_once]


def scripts_to_run(path: str) -> list[str]:
    """Names of the files among them that are run through before they are needed."""
    later = scripts_for_later(path)
    return [name for part in READY for name in later if name.startswith(f"{part}.")]


@cache
def files(parts: Sequence[str]) -> list[str]:
    """Names of the files of these parts and of all they import, without those Streamlit's own page
    asks for; fewer of a Streamlit that is cut in another way.
    """
    page = (STATIC / "index.html").read_text(encoding="utf-8")
    waiting = [file.name for part in parts for file in sorted(SCRIPTS.glob(f"{part}.*.js"))]
    found: dict[str, None] = {}
    while waiting:
        name = waiting.pop(0)
        if name in found or name in page or not (SCRIPTS / name).is_file():
            continue
        found[name] = None
        waiting += IMPORTED.findall((SCRIPTS / name).read_text(encoding="utf-8"))
    return list(found)
