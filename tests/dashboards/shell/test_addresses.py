"""What is served: an address of two parts leads to one the app answers, Streamlit's own
addresses are left alone.
"""

import pytest

from dashboards.shell.addresses import is_probe_below_a_page, stranded

PAGE = [(b"accept", b"text/html,*/*")]


def asked(
    path: str, headers: list[tuple[bytes, bytes]] = PAGE, kind: str = "http"
) -> dict[str, object]:
    return {"type": kind, "path": path, "headers": headers}


@pytest.mark.parametrize("path", ["/a/b", "/a/b/", "//a//b/c"])
def test_an_address_of_two_parts_leads_to_its_first(path: str) -> None:
    assert stranded(asked(path)) == "a"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/a",
        "/a/",
        "/media/x.csv",
        "/static/js/index.js",
        "/_stcore/health",
        "/trends/_stcore/host-config",
    ],
)
def test_pages_and_what_streamlit_serves_itself_are_left_alone(path: str) -> None:
    assert stranded(asked(path)) is None


def test_only_who_opens_a_page_is_sent_elsewhere() -> None:
    assert stranded(asked("/a/b", headers=[(b"accept", b"*/*")])) is None
    assert stranded(asked("/a/b", kind="websocket")) is None


def test_a_probe_below_a_page_is_answered_so_that_no_browser_complains() -> None:
    assert is_probe_below_a_page(asked("/trends/_stcore/health"))
    assert is_probe_below_a_page(asked("/trends/_stcore/host-config"))
    assert not is_probe_below_a_page(asked("/_stcore/health"))
    assert not is_probe_below_a_page(asked("/trends/_stcore/stream", kind="websocket"))
