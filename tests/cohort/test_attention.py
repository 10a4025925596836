"""Who needs a look today: the urgent first, each reason at its border."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tightlog.cohort.attention import attention_rows, by_home, reasons
from tightlog.cohort.cohort_words import points_words, reason_words
from tightlog.cohort.outcomes import Outcome, State
from tightlog.language.choice import GERMAN, spoken
from tightlog.patterns.catalogue import pattern as find_pattern

TODAY = date(2026, 5, 10)
QUIET: dict[str, Any] = {
    "refreshed_at": "2026-05-10T03:30:00+00:00",
    "red_flags": [],
    "red_flag_urgency": None,
    "red_flag_since": None,
    "patterns": [],
    "score_count": 90,
    "last_score_on": "2026-05-10",
    "last_score": 2.0,
    "last_activity_on": "2026-05-09",
    "usual_gap_d": 3,
    "worsening_points": 0.5,
}


def home(name: str = "runner-01", **status: Any) -> Outcome:
    return Outcome(
        name, State.DONE, "call", parts=("status",), status=QUIET | status, local_day=TODAY
    )


def days_ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


def pattern(state: str, days: int) -> dict[str, str]:
    return {"title": "One run much longer", "state": state, "started_on": days_ago(days)}


@pytest.mark.parametrize(
    ("status", "named"),
    [
        ({}, []),
        ({"red_flags": ["fever"], "red_flag_urgency": "soon", "red_flag_since": "2026-05-09"},
         ["red_flag"]),
        ({"patterns": [pattern("new", 0)]}, ["new_pattern"]),
        ({"patterns": [pattern("ongoing", 3)]}, ["new_pattern"]),
        ({"patterns": [pattern("ongoing", 4)]}, []),
        ({"worsening_points": 2.0}, ["worsening"]),
        ({"worsening_points": 1.9}, []),
        ({"worsening_points": None}, []),
        ({"last_score_on": days_ago(3)}, ["no_score"]),
        ({"last_score_on": days_ago(2)}, []),
        ({"last_score_on": None}, ["no_score"]),
        ({"last_activity_on": days_ago(8)}, ["no_file"]),
        ({"last_activity_on": days_ago(7)}, []),
        # Whoever records every ten days is not missed after twenty.
        ({"last_activity_on": days_ago(20), "usual_gap_d": 10}, []),
        ({"last_activity_on": days_ago(21), "usual_gap_d": 10}, ["no_file"]),
        ({"last_activity_on": None}, ["no_file"]),
    ],
)  # fmt: skip
def test_each_reason_at_its_border(status: dict[str, Any], named: list[str]) -> None:
    assert [one.reason for one in reasons(home(**status))] == named


def test_the_urgent_come_first() -> None:
    found = (
        home("runner-01", last_score_on=None),
        home("runner-02", worsening_points=3.0),
        home("runner-03", patterns=[pattern("new", 0)]),
        home("runner-04", red_flags=["fever"], red_flag_urgency="soon"),
        home("runner-05", red_flags=["saddle_numbness"], red_flag_urgency="emergency"),
        replace(home("runner-06"), state=State.FAILED, reason="its disk is full", status=None),
    )
    rows = attention_rows(found)
    assert rows["home"].to_list() == [f"runner-{number:02}" for number in (5, 4, 6, 3, 2, 1)]
    assert rows["place"].to_list() == [1, 2, 3, 4, 5, 6]
    assert rows["sentence"][0] == "Red flag: saddle numbness"


def test_a_home_that_does_not_share_its_status_is_not_spoken_of() -> None:
    silent = replace(home(worsening_points=5.0), parts=("estimates",), status=None)
    assert attention_rows((silent,)).is_empty()
    assert attention_rows((replace(silent, state=State.FAILED, reason="broken"),)).is_empty()


def test_since_when_is_told_once() -> None:
    found = reasons(home(last_score_on=days_ago(5), last_activity_on=days_ago(9)))
    assert [(one.sentence, one.since) for one in found] == [
        ("No score for 5 days", TODAY - timedelta(days=5)),
        ("No activity for 9 days; the longest gap before was 3 days", TODAY - timedelta(days=9)),
    ]


def test_a_home_with_several_reasons_is_told_in_one_place() -> None:
    found = (
        home("runner-01", patterns=[pattern("new", 0)], last_score_on=None),
        home("runner-02", patterns=[pattern("new", 0)]),
        home("runner-03", worsening_points=3.0, red_flags=["fever"], red_flag_urgency="soon"),
    )
    rows = by_home(attention_rows(found))
    assert rows["home"].to_list() == [f"runner-{number:02}" for number in (3, 3, 1, 1, 2)]
    assert rows["reason"].to_list()[:2] == ["red_flag", "worsening"]
    assert [reason_words(row) for row in rows.iter_rows(named=True)][:3] == [
        "Red flag (soon): fever",
        "Worsening: 3.0 points tighter in the last 7 days than in the 4 weeks before",
        "New pattern: One run much longer",
    ]


def test_reasons_are_told_in_german() -> None:
    flags = ["fever", "saddle_numbness"]
    told = home(
        red_flags=flags,
        red_flag_urgency="emergency",
        patterns=[pattern("new", 0) | {"pattern": "R2"}, pattern("new", 0)],
        worsening_points=2.5,
        last_score_on=days_ago(5),
        last_activity_on=days_ago(9),
    )
    with spoken(GERMAN):
        rows = attention_rows((told, home("runner-02", last_score_on=None)))
        said = [reason_words(row) for row in rows.iter_rows(named=True)]
    assert said[0].startswith("Warnzeichen (Notfall): Fieber und ")
    # A pattern has the words of the cohort, not of the home; one nobody knows stays as told.
    assert said[1:] == [
        f"Neues Muster: {title_of('R2')}",
        "Neues Muster: One run much longer",
        "Verschlechterung: in den letzten 7 Tagen 2,5 Punkte verspannter als in den 4 Wochen davor",
        "Kein Wert seit 5 Tagen",
        "Noch kein Wert",
        "Keine Aktivität seit 9 Tagen; die längste Lücke davor: 3 Tage",
    ]


def title_of(name: str) -> str:
    with spoken(GERMAN):
        return find_pattern(name).title


@pytest.mark.parametrize(
    ("points", "words"), [(1.196, "1.20"), (-0.0031, "−0.003"), (0.0, "0.00"), (-1.0, "−1.00")]
)
def test_no_number_is_told_as_nothing_that_is_something(points: float, words: str) -> None:
    assert points_words(points) == words
