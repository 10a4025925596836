"""What a day promises: everything of it joined, and the morning after."""

from datetime import date, timedelta

import pytest

from tests.conftest import SAMPLE_LAST_DAY
from tightlog.answers.days.known import Mornings, mornings_around
from tightlog.answers.days.one_day import OneDay, one_day
from tightlog.cli.main import main
from tightlog.home.settings import Home
from tightlog.warehouse import store

LONELY = Mornings(None, None, None)


def stored_day(home: Home, where: str) -> date:
    """The newest day of the warehouse for which something holds."""
    version = store.published_version(home)
    day: date = store.query(version, f"select max(day) from day where {where}").item()
    return day


def of(home: Home, day: date) -> OneDay:
    return one_day(home, store.published_version(home), day, SAMPLE_LAST_DAY)


def test_a_day_joins_its_runs_scores_and_the_morning_after(four_months: Home) -> None:
    day = stored_day(four_months, "run_distance_m > 0 and tightness_score is not null")
    facts = of(four_months, day)
    version = store.published_version(four_months)
    ids = store.query(version, "select activity_id from activity where day = ?", [day])
    assert {one["activity_id"] for one in facts.activities} == set(ids["activity_id"])
    scores = dict(store.query(version, "select day, tightness_score from day").iter_rows())
    assert facts.mornings == Mornings(
        scores.get(day - timedelta(days=1)), scores[day], scores.get(day + timedelta(days=1))
    )
    assert facts.run_km is not None and facts.run_words[0] == f"{facts.run_km:.1f} km"
    assert [line.score for line in facts.lines if line.kind == "score"]


def test_what_began_is_told_with_its_numbers(four_months: Home) -> None:
    version = store.published_version(four_months)
    began = store.query(
        version,
        "select day, evidence from pattern_match where state = 'new' "
        "and pattern not in ('R21', 'R22') order by day desc limit 1",
    ).row(0)
    assert began[1] in [match["evidence"] for match in of(four_months, began[0]).began]


def test_the_change_is_from_that_morning_to_the_next() -> None:
    day = date(2026, 5, 4)
    scores = {day: 2.0, day + timedelta(days=1): 5.0}
    assert mornings_around(scores, day) == Mornings(None, 2.0, 5.0)
    assert mornings_around(scores, day).change == 3.0
    assert mornings_around(scores, day + timedelta(days=1)).change is None


@pytest.mark.parametrize(
    ("coverage", "km", "words"),
    [
        (None, None, ("–", "no file of this day was read yet")),
        ("unknown", None, ("?", "nothing is known of training on this day")),
        ("watched", None, ("?", "how far is not known")),
        ("watched", 0.0, ("Rest", "no run")),
    ],
)
def test_a_day_without_kilometres_says_why(
    coverage: str | None, km: float | None, words: tuple[str, str]
) -> None:
    day, later = date(2026, 5, 4), date(2026, 5, 5)
    facts = OneDay(day, later, coverage, km, LONELY, (), (), (), None, (), None, False)
    assert facts.run_words == words and facts.is_empty


def test_a_day_on_the_bike_and_one_not_over_are_no_rest() -> None:
    day, later = date(2026, 5, 4), date(2026, 5, 5)
    ride = {"sport": "cycling", "is_counted": True}
    false_start = {"sport": "running", "is_counted": False}
    by_bike = OneDay(day, later, "watched", 0.0, LONELY, (), (ride,), (), None, (), None, False)
    assert by_bike.run_words == ("No run", "no run and 1 other activity")
    run = ({"sport": "running", "is_counted": True}, false_start)
    once = OneDay(day, later, "watched", 5.0, LONELY, (), run, (), None, (), None, False)
    assert once.run_words[1] == "1 run"
    today = OneDay(day, day, "watched", 0.0, LONELY, (), (), (), None, (), None, False)
    assert today.run_words == ("–", "no run")


def test_the_command_prints_the_same_day(
    four_months: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    day = stored_day(four_months, "run_distance_m > 0 and tightness_score is not null")
    assert main(["--home", str(four_months.folder), "day", day.isoformat()]) == 0
    said = capsys.readouterr().out
    facts = of(four_months, day)
    assert f"That morning: {facts.mornings.own:g} of 10." in said
    assert f"Run: {facts.run_words[0]}" in said
    assert main(["--home", str(four_months.folder), "day", "1999-01-01"]) == 0
    assert "That morning: no score." in capsys.readouterr().out
