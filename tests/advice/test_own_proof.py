"""What helped this runner leads; what did not hold is no reason; the advice of a day stays."""

from datetime import timedelta
from typing import Any

import polars as pl
import pytest

from tests.advice.test_choose import (
    SPEAKING,
    TODAY,
    advise,
    days,
    done,
    effect,
    finding,
    match_rows,
    names,
)
from tightlog.advice.choose import advice
from tightlog.patterns.catalogue import PATTERNS

BRIDGE = effect("C3", "helps", -1.2)


@pytest.mark.parametrize("pattern", SPEAKING)
def test_what_helped_has_a_place_whatever_stands(pattern: str) -> None:
    frame = advise(pattern, scores=[2.0] * 7, effects=effect("X6", "helps", -1.2))
    assert "X6" in names(frame)
    own = frame.filter(pl.col("intervention") == "X6")["your_data"].item()
    assert "your back was about 1 point less tight." in own


def test_what_helped_leads_but_for_a_doctor() -> None:
    assert names(advise("R2", "R6", effects=BRIDGE))[0] == "C3"
    assert names(advise("R1", scores=[5.0] * 7, effects=effect("S3", "helps", -1.2)))[:2] == [
        "G4",
        "S3",
    ]


def test_what_no_pattern_asks_for_is_worded_as_own_record() -> None:
    row = advise("R2", effects=BRIDGE).row(0, named=True)
    assert row["heading"] == "From your own record"
    assert row["your_data"] == (
        "In your own record, the day after Bridge your back was about 1 point less tight."
    )
    quiet = advise("R22", effects=BRIDGE).row(0, named=True)
    assert quiet["intervention"] == "C3" and "habit set" not in quiet["your_data"]


def test_of_two_that_helped_the_stronger_has_the_place() -> None:
    both = pl.concat([effect("X6", "helps", -1.1), effect("Y1", "helps", -1.6)])
    assert names(advise("R2", effects=both)) == ["Y1", "G3", "X1"]
    assert names(advise("R2", effects=both, log=done("Y1"))) == ["G3", "X1", "X6"]


@pytest.mark.parametrize("verdict", ["hint", "nothing_seen", "hurts"])
def test_what_did_not_surely_help_has_no_place(verdict: str) -> None:
    assert "X6" not in names(advise("R2", effects=effect("X6", verdict, -1.2)))


def test_what_is_held_back_has_no_place_though_it_helped() -> None:
    assert "C3" not in names(advise("R1", scores=[5.0] * 7, effects=BRIDGE))
    assert "X7" not in names(advise("R2", scores=[3.0] * 7, effects=effect("X7", "helps", -2.0)))


def test_a_massage_that_helped_comes_with_an_exercise_before_it() -> None:
    chosen = names(advise("R12", scores=[2.0] * 7, effects=effect("M1", "helps", -1.5)))
    assert chosen[:2] == ["C1", "M1"]
    assert names(advise("R5", scores=[2.0] * 7, effects=effect("M1", "helps", -1.5)))[1] == "M1"


def not_held(exposure: str, reason: str = "did_not_hold") -> pl.DataFrame:
    return finding(exposure, -1.5, "nothing_seen").with_columns(verdict_reason=pl.lit(reason))


def test_what_did_not_hold_is_no_reason_for_advice() -> None:
    assert "R6" in advise("R2", "R6")["pattern"]
    assert "R6" not in advise("R2", "R6", findings=not_held("cadence_residual_pct"))["pattern"]
    alone = advise("R6", findings=not_held("cadence_residual_pct"))
    assert alone["pattern"].unique().to_list() == ["R22"]
    assert "A link with your scores did not hold when checked." in alone["your_data"][0]


def test_no_link_seen_or_another_exposure_takes_no_reason_away() -> None:
    for findings in (
        not_held("cadence_residual_pct", "no_link"),
        not_held("descent_m"),
        finding("cadence_residual_pct", -1.5),
    ):
        assert "R6" in advise("R2", "R6", findings=findings)["pattern"]
    # One of two exposures holds: the pattern still has a reason.
    both = pl.concat([not_held("swim_min"), finding("cross_training_min", -1.5)], how="diagonal")
    assert "R14" in advise("R14", findings=both)["pattern"]


@pytest.mark.parametrize("pattern", ["R1", "R17", "R18"])
def test_what_the_scores_themselves_show_is_always_a_reason(pattern: str) -> None:
    item = next(item for item in PATTERNS if item.pattern == pattern)
    refuted = [not_held(name) for name in item.exposures] or [not_held("load_au")]
    frame = advise(pattern, scores=[5.0] * 7, findings=pl.concat(refuted))
    assert pattern in frame["pattern"]


@pytest.mark.parametrize("pattern", [name for name in SPEAKING if name != "R22"])
def test_the_advice_of_a_day_stays_when_something_of_it_was_done(pattern: str) -> None:
    yesterday = TODAY - timedelta(days=1)
    # In the morning nothing of today is known; doing something makes it a day of the record.
    morning = advise(pattern, scores=[2.0] * 7, last=yesterday)
    for name in names(morning):
        after = advice(
            TODAY,
            days([2.0] * 7 + [None]),
            pl.concat([match_rows(pattern, day=yesterday), match_rows("R22")]),
            None,
            done(name),
            None,
        )
        assert names(after) == names(morning)


@pytest.mark.parametrize("pattern", ["R12", "R13", "R14"])
def test_what_doing_ends_still_stands_on_a_day_with_a_score(pattern: str) -> None:
    def after(log: pl.DataFrame, today: str) -> pl.DataFrame:
        yesterday = match_rows(pattern, day=TODAY - timedelta(days=1))
        rows = pl.concat([yesterday, match_rows(today)])
        return advice(TODAY, days([2.0] * 8), rows, None, log, None)

    # The score was there before: the pattern stood in the morning.
    morning = names(after(done(), pattern))
    assert pattern in after(done(morning[0]), "R22")["pattern"]
    assert pattern not in after(done(), "R22")["pattern"]


def test_a_high_score_after_it_changes_the_advice_all_the_same() -> None:
    def of(scores: list[Any]) -> list[str]:
        return advise("R12", scores=scores, log=done("C1"))["heading"].to_list()

    assert "A high score" in of([2.0] * 7 + [7.0]) and "A high score" not in of([2.0] * 8)
