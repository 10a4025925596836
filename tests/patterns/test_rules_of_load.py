"""R4, R5, R20: how much, how evenly, how hard."""

from collections.abc import Mapping
from typing import Any

from tests.patterns.conftest import spoken
from tightlog.patterns.pattern import PatternInputs
from tightlog.simulation.steady.quiet import COUNT, quiet_inputs

LAST = COUNT - 1


def block(
    number: int = LAST, monotony: float = 2.4, load: float = 480.0, **changes: Mapping[int, Any]
) -> PatternInputs:
    return quiet_inputs(
        days={"monotony_7d_ratio": {number: monotony}, "load_7d_au": {number: load}, **changes}
    )


def test_even_weeks_are_no_news_to_whom_they_are_habit() -> None:
    even = dict.fromkeys(range(6, COUNT), 2.4)
    assert (
        spoken("R4", quiet_inputs(days={"monotony_7d_ratio": even, "load_7d_au": {LAST: 480.0}}))
        == {}
    )
    # A block is spoken of until more than a tenth of the days of the past, the last week aside,
    # were like it.
    lately = quiet_inputs(
        days={
            "monotony_7d_ratio": dict.fromkeys(range(100, COUNT), 2.4),
            "load_7d_au": {number: 480.0 + number for number in range(100, COUNT)},
        }
    )
    assert min(spoken("R4", lately)) == 100 and max(spoken("R4", lately)) == 115


def week(
    number: int = LAST, ratio: float = 1.35, week_m: float = 54_000.0, **more: Any
) -> PatternInputs:
    return quiet_inputs(
        days={"week_change_ratio": {number: ratio}, "run_distance_7d_m": {number: week_m}}, **more
    )


def test_few_kilometres_and_the_week_after_an_easy_one_are_no_jump() -> None:
    short = quiet_inputs(
        days={
            "run_distance_7d_m": dict.fromkeys(range(COUNT), 10_000.0) | {LAST: 19_000.0},
            "week_change_ratio": {LAST: 1.9},
        }
    )
    assert spoken("R5", short) == {}
    easy = dict.fromkeys(range(COUNT - 14, COUNT - 7), 0.5)
    back = quiet_inputs(
        run_km={
            number: share * (0, 8, 0, 10, 0, 8, 14)[number % 7] for number, share in easy.items()
        }
    )
    assert back.days["week_change_ratio"][-1] == 2.0 and spoken("R5", back) == {}


def hard(
    number: int = COUNT - 10,
    now: float = 203.0,
    before: float = 140.0,
    **changes: Mapping[int, Any],
) -> PatternInputs:
    return quiet_inputs(
        days={
            "hardest_session_au": {number: now},
            "hardest_session_30d_au": {number: before},
            **changes,
        }
    )


def test_long_run_that_is_also_hard_is_one_piece_of_news() -> None:
    spike = hard(session_spike_ratio={COUNT - 10: 0.5})
    assert spoken("R20", spike) == {} and len(spoken("R2", spike)) == 7
    # Whoever raised the limit for long runs is told of the hard one.
    own = {"R2": {"spike_pct": 60.0}}
    days = {
        "hardest_session_au": {LAST: 203.0},
        "hardest_session_30d_au": {LAST: 140.0},
        "session_spike_ratio": {LAST: 0.5},
    }
    assert spoken("R20", quiet_inputs(days=days, thresholds=own))
