"""What surrounds the pages: every page can be reached, the one shown is marked, a wrong address
is answered kindly.
"""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from dashboards.shell.frame import SHOWN_ON_PHONE
from tests.dashboards.declared_pages import DASHBOARDS, hidden_modules, pages_declared
from tightlog.domain.formats import RECORDING_TITLES, VENDORS
from tightlog.home.settings import Home
from tightlog.words.enumerations import enumerated

Opened = Callable[..., AppTest]


def links(app: AppTest) -> list[str]:
    return [element.proto.label for element in app.get("page_link")]


def more(app: AppTest) -> str:
    return str(app.get("popover")[0].proto.popover.label)


def test_every_page_is_linked_and_those_without_room_on_a_phone_again_under_more(
    empty_home: Home, opened: Opened
) -> None:
    app = opened(empty_home)
    pages = ["Today", "Calendar", "Trends", "Log", "What goes with it", "What helped"]
    shown = links(app)
    assert shown[: len(pages)] == pages
    assert shown.count("Today") == 1
    assert all(shown.count(name) == 2 for name in pages[SHOWN_ON_PHONE:])
    assert more(app) == "More"


def test_the_bar_keeps_its_five_places_on_every_page(empty_home: Home, opened: Opened) -> None:
    for page in ("helped", "trends", "calendar"):
        assert more(opened(empty_home, page)) == "More"
    assert SHOWN_ON_PHONE == 4


def test_the_addresses_of_pages_do_not_move() -> None:
    declared = {address: title for address, (_, title) in pages_declared().items()}
    assert (
        declared.items()
        >= {
            "": "Today",
            "calendar": "Calendar",
            "trends": "Trends",
            "links": "What goes with it",
            "helped": "What helped",
            "runs": "Runs",
            "diary": "Log",
            "files": "Files",
            "sql": "SQL",
            "physio": "For my physio",
        }.items()
    )


def test_every_module_of_a_page_is_in_the_navigation() -> None:
    files = {file.stem for file in (DASHBOARDS / "app_pages").glob("*.py")} - {"__init__"}
    assert {module for module, _ in pages_declared().values()} | hidden_modules() == files


def test_first_steps_name_every_format(empty_home: Home, opened: Opened) -> None:
    text = " ".join(element.proto.body for element in opened(empty_home).get("html"))
    assert f"{enumerated(RECORDING_TITLES, 'or')}, compressed or not" in text
    assert f"a complete export from {enumerated(VENDORS, 'or')}" in text


def test_below_the_field_for_files_what_it_takes_is_not_told_again(
    empty_home: Home, opened: Opened
) -> None:
    app = opened(empty_home, "files")
    steps = " ".join(element.proto.body for element in app.get("html"))
    told = " ".join([steps, *(element.value for element in app.caption)])
    assert "Add your run files above" in steps
    assert told.count(enumerated(VENDORS, "or")) == 1


def test_a_page_is_called_like_its_file_for_tests_open_it_by_that_name() -> None:
    named = {address: module for address, (module, _) in pages_declared().items() if address}
    assert all(address == module for address, module in named.items())
