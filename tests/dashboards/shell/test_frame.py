"""What surrounds the pages: every page can be reached, the one shown is marked, a wrong address
is answered kindly.
"""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from dashboards.shell.frame import SHOWN_ON_PHONE
from tightlog.home.settings import Home

Opened = Callable[..., AppTest]


def links(app: AppTest) -> list[str]:
    return [element.proto.label for element in app.get("page_link")]


def more(app: AppTest) -> str:
    return str(app.get("popover")[0].proto.popover.label)


def test_every_page_is_linked_and_those_without_room_on_a_phone_again_under_more(
    empty_home: Home, opened: Opened
) -> None:
    app = opened(empty_home)
    pages = ["Today", "Trends", "What goes with it", "What helped"]
    shown = links(app)
    assert shown[: len(pages)] == pages
    assert shown.count("Today") == 1
    assert all(shown.count(name) == 2 for name in pages[SHOWN_ON_PHONE:])
    assert more(app) == "More"


def test_more_is_called_by_the_page_it_led_to(empty_home: Home, opened: Opened) -> None:
    assert more(opened(empty_home, "helped")) == "What helped"
    assert more(opened(empty_home, "trends")) == "More"
