"""A range without any run: what is 0 throughout is said in a sentence, never drawn."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from streamlit.testing.v1 import AppTest

from tests.builders import home_at, strava_csv, strava_row
from tightlog.home.settings import settings_of
from tightlog.journal.moment import Moment, moment_of
from tightlog.journal.writing import rate
from tightlog.refresh.refresh import refresh

Opened = Callable[..., AppTest]
Words = Callable[[AppTest], str]
RESTED_D = 120


def body_of(element: object) -> str:
    return str(getattr(getattr(element, "proto", None), "body", ""))


def test_what_is_zero_on_every_day_is_a_sentence(
    tmp_path: Path, opened: Opened, words: Words
) -> None:
    last_run = strava_row(datetime.now(UTC) - timedelta(days=RESTED_D), minutes=50)
    home = home_at(tmp_path / "home", activities_csv=strava_csv(last_run))
    now = moment_of(None, settings_of(home).zone)
    for age_d in range(RESTED_D):
        rate(home.journal, 2, Moment(now.day - timedelta(days=age_d), None))
    refresh(home, settings_of(home))
    app = opened(home, "trends")
    assert "Mileage · run distance (km) is 0 on every known day of this range." in words(app)
    assert "The load is 0 on every known day of this range." in words(app)
    # The scores alone are drawn, and the sentence stands below them.
    shown = list(app.main)
    [picture] = (n for n, one in enumerate(shown) if one.type == "vega_lite_chart")
    [mileage] = (n for n, one in enumerate(shown) if "(km) is 0 on every" in body_of(one))
    assert picture < mileage
    app.button_group(key="range").set_value("All").run()
    assert "is 0 on every known day" not in words(app)
