"""A warehouse another tightlog made is said on the page: an older one is made anew by Refresh, a
newer one is left alone.
"""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from tests.builders import made_by_another
from tightlog.home.settings import Home
from tightlog.warehouse import build, store

Opened = Callable[..., AppTest]
Words = Callable[[AppTest], str]


def test_an_older_warehouse_is_said_and_made_anew_by_refresh(
    home: Home, opened: Opened, words: Words
) -> None:
    made_by_another(home, build.SCHEMA_VERSION - 1)
    app = opened(home)
    assert "older tightlog" in words(app)
    app.button(key="refresh").click().run()
    assert not app.exception
    assert "What to do" in words(app)


def test_a_newer_warehouse_is_said_and_left_alone(home: Home, opened: Opened, words: Words) -> None:
    version = made_by_another(home, build.SCHEMA_VERSION + 1)
    for page in ("today", "trends", "files"):
        app = opened(home, page)
        assert "newer tightlog" in words(app)
        assert not app.button
    assert store.linked_version(home) == version
