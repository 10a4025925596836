"""The SQL page itself, kept open for many queries: a session of the dashboard without a browser."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from markupsafe import escape
from streamlit.testing.v1 import AppTest

from tightlog.answers.own_query import Refusal
from tightlog.home.settings import Home
from tightlog.warehouse.sandbox.limits import TOO_MUCH

APP = Path(__file__).parents[2] / "dashboards" / "streamlit_app.py"
PATIENCE_S = 120.0


@contextmanager
def sql_page(home: Home) -> Iterator[Callable[[str], bool]]:
    """Whether the page of a home refuses a query: it shows a sentence, no row and no exception."""
    before = os.environ.get("TIGHTLOG_HOME")
    os.environ["TIGHTLOG_HOME"] = str(home.folder)
    try:
        app = AppTest.from_file(str(APP), default_timeout=PATIENCE_S).run()
        app.switch_page("app_pages/sql.py").run()
        yield lambda sql: _is_refused(app, sql)
    finally:
        if before is None:
            del os.environ["TIGHTLOG_HOME"]
        else:
            os.environ["TIGHTLOG_HOME"] = before


def _is_refused(app: AppTest, sql: str) -> bool:
    app.text_area(key="sql").set_value(sql)
    app.button(key="run").click().run()
    asked = app.session_state["asked"]
    if app.exception or app.dataframe or asked.sql != sql:
        return False
    shown = "".join(element.proto.body for element in app.get("html"))
    # A process that died is no refusal: it was stopped after it began.
    is_sentence = isinstance(asked.outcome, Refusal) and TOO_MUCH[1:] not in asked.words
    return is_sentence and escape(asked.words) in shown
