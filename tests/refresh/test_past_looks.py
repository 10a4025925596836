"""When something was first seen: earlier Mondays, looked at once each."""

from datetime import date, timedelta

import polars as pl
import pytest

from tightlog.refresh.past_looks import PastLooks, known_looks

START = date(2024, 1, 1)  # a Monday


def record(length_d: int) -> pl.DataFrame:
    days = [START + timedelta(days=number) for number in range(length_d)]
    return pl.DataFrame({"day": days, "tightness_score": [float(n % 5) for n in range(length_d)]})


def looks_of(days: pl.DataFrame, told_from: date, known: dict[str, pl.DataFrame]) -> PastLooks:
    asked: list[date] = []

    def look(so_far: pl.DataFrame) -> list[str]:
        last = so_far["day"][-1]
        asked.append(last)
        return ["run_distance_m"] if last >= told_from else []

    looks = PastLooks("finding", days, look, known_looks(known, "finding"))
    looks.__dict__["asked"] = asked
    return looks


@pytest.mark.parametrize("told_from", [date(2024, 3, 13), date(2024, 6, 1), date(2024, 11, 20)])
def test_first_seen_is_the_first_monday_that_tells_it(told_from: date) -> None:
    found = looks_of(record(365), told_from, {}).first_seen(["run_distance_m"])
    assert found["run_distance_m"] == told_from + timedelta(days=-told_from.weekday() % 7)


def test_nothing_is_seen_before_there_are_sixty_scores_or_a_monday_told_it() -> None:
    assert looks_of(record(59), START, {}).first_seen(["run_distance_m"]) == {}
    assert looks_of(record(365), date(2024, 12, 31), {}).first_seen(["run_distance_m"]) == {}
    assert looks_of(record(365), START, {}).first_seen(["run_distance_m"]) == {
        "run_distance_m": date(2024, 3, 4)
    }


def test_a_new_score_makes_no_earlier_look_again() -> None:
    told_from = date(2024, 6, 1)
    first = looks_of(record(365), told_from, {})
    seen = first.first_seen(["run_distance_m"])
    later = looks_of(record(366), told_from, {"past_look": first.frame()})
    assert later.first_seen(["run_distance_m"]) == seen
    assert later.__dict__["asked"] == []
    assert later.frame().equals(first.frame())


def test_a_changed_past_is_looked_at_again_from_there() -> None:
    told_from = date(2024, 6, 1)
    first = looks_of(record(365), told_from, {})
    first.first_seen(["run_distance_m"])
    changed = record(365).with_columns(
        tightness_score=pl.when(pl.col("day") == date(2024, 5, 1))
        .then(9.0)
        .otherwise("tightness_score")
    )
    later = looks_of(changed, told_from, {"past_look": first.frame()})
    later.first_seen(["run_distance_m"])
    asked = later.__dict__["asked"]
    assert asked and min(asked) >= date(2024, 5, 1)


def test_no_look_is_made_that_answers_nothing() -> None:
    none = looks_of(record(365), date(2024, 6, 1), {})
    none.first_seen([])
    assert none.__dict__["asked"] == []
    early = looks_of(record(3650), date(2024, 6, 1), {})
    early.first_seen(["run_distance_m"])
    assert max(early.__dict__["asked"]) < date(2024, 9, 15)
