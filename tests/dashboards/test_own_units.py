"""A runner who reads miles, feet, °F, weeks from Sunday and a clock of twelve hours reads nothing
else on any page, in any command and in the report; what a program reads stays in SI units.
"""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.shown import data
from dashboards.trends.training_charts import in_unit
from tests.builders import settled_here
from tests.dashboards.test_words_for_a_runner import STEPS, addresses, shown_texts
from tests.made_once import made_once
from tightlog.cli.main import main
from tightlog.home.settings import Home, settings_of
from tightlog.refresh.refresh import refresh
from tightlog.units import METRES_PER_MILE
from tightlog.warehouse import store
from tightlog.words.measures import METRIC, written_in

SETTINGS = 'time_zone = "UTC"\n[units]\ndistance = "miles"\nweek_start = "sunday"\nclock = "12 h"\n'
SI = re.compile(r"\b(km|min/km|km/h|[Kk]ilomet\w+|[Mm]etres?)\b|\bm (climb|down)\b|\d m\b")
# An hour of two digits after a comma, "at" or a zone's day: no pace and no duration is said so.
OF_24_HOURS = re.compile(r"(?:, |at )\d{1,2}:\d\d(?! [ap]m)(?![:\d])")
CLASSES = re.compile(r"tl-[\w-]+")


@pytest.fixture(scope="module")
def in_miles(tested_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Seven months of the simulated runner, who then chose other units; only read by the tests."""

    def made(folder: Path) -> Home:
        shutil.copytree(tested_home.folder, folder / "home", symlinks=True)
        home = settled_here(Home(folder / "home"))
        home.settings_file.write_text(SETTINGS, encoding="utf-8")
        refresh(home, settings_of(home))
        return home

    return made_once(tmp_path_factory, "in_miles", made)


def drawn(app: AppTest) -> str:
    """What the charts of a page say: their specifications and their words."""
    charts = [element.proto for element in app.get("vega_lite_chart")]
    return "\n".join(f"{one.spec}\n{one.alt}" for one in charts)


def longest_run(home: Home) -> dict[str, object]:
    question = (
        "select activity_id, day, distance_m from activity where sport = 'running' "
        "order by distance_m desc limit 1"
    )
    return store.query(store.published_version(home), question).row(0, named=True)


def foreign(text: str) -> list[str]:
    """What of a text is in other units than the runner chose."""
    return [found.group() for wrong in (SI, OF_24_HOURS) for found in wrong.finditer(text)]


@pytest.mark.parametrize("step", STEPS)
def test_no_page_says_kilometres_or_the_hour_of_a_longer_clock(
    in_miles: Home, opened: Callable[..., AppTest], step: int
) -> None:
    for page, query in addresses(in_miles, step):
        app = opened(in_miles, page, **query)
        texts = [CLASSES.sub("", text) for text in shown_texts(app) if "<style" not in text]
        assert texts and foreign("\n".join([*texts, drawn(app)])) == [], (page, query)


def test_a_run_and_its_day_are_in_miles_feet_and_minutes_a_mile(
    in_miles: Home, opened: Callable[..., AppTest], words: Callable[[AppTest], str]
) -> None:
    longest = longest_run(in_miles)
    far = f"{float(str(longest['distance_m'])) / METRES_PER_MILE:.2f} mi"
    for page, name, value in (
        ("runs", "run", longest["activity_id"]),
        ("day", "day", str(longest["day"])),
    ):
        app = opened(in_miles, page, **{name: str(value)})
        shown = f"{words(app)}\n{drawn(app)}"
        assert foreign(shown) == []
        if page == "runs":
            assert far in shown and "min/mi" in shown
            app.segmented_control(key="curve_over").set_value("Distance").run()
            assert "distance, mi" in drawn(app) and " mi. Gaps" in words(app)


def test_the_weeks_of_trends_and_calendar_begin_on_sunday_and_are_as_long(
    in_miles: Home,
    opened: Callable[..., AppTest],
    words: Callable[[AppTest], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    question = (
        "select date_trunc('week', day + 1)::date - 1 as week, "
        "sum(run_distance_m) / 1609.344 as run from day group by all"
    )
    stored = dict(store.query(store.published_version(in_miles), question).iter_rows())
    monkeypatch.setenv("TIGHTLOG_HOME", str(in_miles.folder))
    with written_in(METRIC):
        seen = data.view()
        span = data.span(seen)
        assert span is not None
        weeks = in_unit(data.summed(seen, "weeks", *span, "week"))
        medians = data.drawn_weeks(seen, *span)["day"].to_list()
    shown = dict(weeks.select("week", "run").iter_rows())
    assert shown == {week: pytest.approx(run) for week, run in stored.items()}
    assert {week.isoweekday() for week in (*shown, *medians)} == {7}
    assert "tl-weekdays' aria-hidden='true'><span>Sun</span>" in words(opened(in_miles, "calendar"))


def test_commands_and_the_report_read_as_the_pages_do(
    in_miles: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    longest, page = longest_run(in_miles), tmp_path / "report.html"
    for command in (
        ("today",),
        ("today", "--full"),
        ("day", str(longest["day"])),
        ("findings",),
        ("effects",),
        ("report", str(page), "--json"),
    ):
        assert main(["--home", str(in_miles.folder), *command]) == 0
        said = capsys.readouterr().out
        assert foreign(said) == [], command
        if command[0] == "day":
            assert f"{float(str(longest['distance_m'])) / METRES_PER_MILE:.1f} mi" in said
    report = re.sub(r"<style>.*?</style>|base64,[^'\"]+", "", page.read_text(), flags=re.DOTALL)
    assert foreign(report) == []
    assert "longest mi" in report


def test_what_a_program_reads_stays_in_si_units(
    in_miles: Home, tested_home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    longest = longest_run(in_miles)
    assert longest == longest_run(tested_home)
    assert main(["--home", str(in_miles.folder), "day", str(longest["day"]), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["run_km"] == pytest.approx(float(str(longest["distance_m"])) / 1000.0)
    numbers = pl.selectors.numeric()
    found, before = (
        store.relation(store.published_version(home), "finding").select("exposure", "unit", numbers)
        for home in (in_miles, tested_home)
    )
    assert found.equals(before) and "km" in set(found["unit"])


def test_another_unit_is_told_in_the_sentences_of_the_next_refresh(
    in_miles: Home, tested_home: Home
) -> None:
    evidence = (
        "select day, pattern, evidence from pattern_match where evidence like '% km%' "
        "or evidence like '% mi%'"
    )
    for home, unit, other in ((tested_home, "km", "mi"), (in_miles, "mi", "km")):
        told = store.query(store.published_version(home), evidence)["evidence"].to_list()
        assert any(re.search(rf"\d {unit}\b", one) for one in told)
        assert not any(re.search(rf"\d {other}\b", one) for one in told)
