"""A small home of invented files, made once and copied for each test, and the app run on it."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright
from streamlit.testing.v1 import AppTest

from dashboards.shown.charts import Unchecked
from dashboards.today.analysis import OPENED_ON
from tests.builders import settled_here
from tests.dashboards.homes import HOMES, NOT_COPIED
from tests.dashboards.looking import CHROMIUM_ARGUMENTS
from tests.dashboards.serving import dashboard
from tests.made_once import made_once
from tightlog.home.settings import Home, home_folder, settings_of
from tightlog.refresh.refresh import refresh
from tightlog.simulation.home import write_sample

APP = Path(__file__).parents[2] / "dashboards" / "streamlit_app.py"


def today() -> date:
    return datetime.now(UTC).date()


@pytest.fixture(scope="session")
def finished_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Two months of the simulated runner, and two files with names that look like markup."""
    return made_once(tmp_path_factory, "dashboard", two_months)


def two_months(folder: Path) -> Home:
    write_sample(folder / "home", today(), months=2)
    home = home_folder(str(folder / "home"))
    home.settings_file.write_text('time_zone = "UTC"\n', encoding="utf-8")
    home.sample_marker.write_text("{}", encoding="utf-8")
    for name in ("<script>alert(1)<", "**bold** :smile:"):
        (home.raw / f"{name}.fit").write_bytes(b"not a FIT file")
    refresh(home, settings_of(home))
    return home


@pytest.fixture(scope="session")
def tested_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Seven months of the simulated runner: enough for verdicts; only read by the tests."""
    return made_once(tmp_path_factory, "links", seven_months)


def seven_months(folder: Path) -> Home:
    write_sample(folder / "home", date(2026, 11, 22), months=7)
    home = home_folder(str(folder / "home"))
    home.settings_file.write_text('time_zone = "UTC"\n', encoding="utf-8")
    refresh(home, settings_of(home))
    return home


@pytest.fixture
def home(finished_home: Home, tmp_path: Path) -> Home:
    """A copy of that home to write into."""
    folder = tmp_path / "home"
    shutil.copytree(finished_home.folder, folder, symlinks=True)
    return settled_here(Home(folder))


@pytest.fixture(scope="session")
def looked_at(
    finished_home: Home, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Home]:
    """A home of a kind (HOMES), made once; not to be written into."""

    def of(kind: str) -> Home:
        return made_once(
            tmp_path_factory, kind.replace(" ", "_"), lambda at: HOMES[kind](finished_home, at)
        )

    return of


@pytest.fixture(scope="module")
def served(looked_at: Callable[[str], Home]) -> Iterator[Callable[[str], str]]:
    """Host and port of the dashboard on a kind of home, started once for the tests of a file; they
    only look.
    """
    with ExitStack() as running:
        places: dict[str, str] = {}

        def place_of(kind: str) -> str:
            if kind not in places:
                places[kind] = running.enter_context(dashboard(looked_at(kind), "127.0.0.1"))
            return places[kind]

        yield place_of


@pytest.fixture
def house(looked_at: Callable[[str], Home], tmp_path: Path) -> Callable[[str], Home]:
    """A copy of a home of a kind to write into; large ones are not copied, and only looked at."""

    def of(kind: str) -> Home:
        made, folder = looked_at(kind), tmp_path / "house"
        if kind in NOT_COPIED:
            return made
        shutil.copytree(made.folder, folder, symlinks=True)
        copied = Home(folder)
        return settled_here(copied) if copied.database.exists() else copied

    return of


@pytest.fixture
def empty_home(tmp_path: Path) -> Home:
    return home_folder(str(tmp_path / "new"))


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Opens a page of the app on a home, at an address with these words after the question mark."""

    def open_page(home: Home, page: str = "today", **query: str) -> AppTest:
        monkeypatch.setenv("TIGHTLOG_HOME", str(home.folder))
        app = AppTest.from_file(str(APP), default_timeout=60)
        if page != "today":
            # As by its address: the app does not begin on Today, which would be drawn first, and
            # work out what the test has just logged.
            app.session_state[OPENED_ON] = datetime.now(settings_of(home).zone).date()
            app.switch_page(f"app_pages/{page}.py")
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    return open_page


@pytest.fixture
def charts_held_against_the_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the pages leave out to be quick: a chart that is no valid Vega-Lite is an exception."""
    monkeypatch.setattr(Unchecked, "to_dict", lambda drawn: drawn.chart.to_dict(validate=True))


@pytest.fixture
def words() -> Callable[[AppTest], str]:
    """All text of a page, HTML included; without the style sheet."""

    def of(app: AppTest) -> str:
        html = [
            element.proto.body
            for element in app.get("html")
            if "tl-style" not in element.proto.body
        ]
        texts = [
            element.value
            for kind in (app.title, app.text, app.caption, app.markdown)
            for element in kind
        ]
        return "\n".join([*texts, *html])

    return of


@pytest.fixture(scope="module")
def chromium() -> str:
    found = next(
        (
            path
            for name in ("chromium", "chromium-browser", "google-chrome")
            if (path := shutil.which(name))
        ),
        None,
    )
    if found is None:
        if os.environ.get("TIGHTLOG_REQUIRE_BROWSER") == "1":
            pytest.fail("TIGHTLOG_REQUIRE_BROWSER=1, but there is no Chromium")
        pytest.skip("no Chromium on this machine")
    return found


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    started = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
    yield started
    started.close()
