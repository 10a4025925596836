"""R21: the runner's own findings."""

from collections.abc import Callable
from typing import Any

import polars as pl


def finding(**changes: object) -> pl.DataFrame:
    row = {
        "exposure": "run_distance_m",
        "verdict": "clear",
        "effect_points": 1.4,
        "exposure_low": 0.0,
        "exposure_high": 18.0,
        "sentence": "More distance run the day before goes with more tightness: 1.4 points.",
    }
    return pl.DataFrame(
        [row | changes], schema_overrides={"exposure_low": pl.Float64, "exposure_high": pl.Float64}
    )


def running(days_frame: Callable[..., pl.DataFrame]) -> pl.DataFrame:
    """A 20-km run every tenth day, else 8 km."""
    return days_frame(
        60, {"run_distance_m": [20_000.0 if number % 10 == 0 else 8_000.0 for number in range(60)]}
    )


SPIKE_SENTENCE = (
    "A run over 10 % longer than any in the 30 days before it goes with more tightness: 1.4 points."
)


def spikes(days_frame: Callable[..., pl.DataFrame], **columns: object) -> pl.DataFrame:
    """A run far longer than lately every tenth day."""
    states = ["over_30_pct" if number % 10 == 0 else "normal" for number in range(60)]
    return days_frame(60, {"session_spike_state": states, "run_count": 1.0} | columns)


def test_event_with_a_finding_is_said_once_without_a_scale(
    days_frame: Callable[..., pl.DataFrame], matched: Callable[..., dict[int, dict[str, Any]]]
) -> None:
    found = matched(
        "R21",
        spikes(days_frame),
        findings=finding(exposure="session_spike", exposure_high=1.0, sentence=SPIKE_SENTENCE),
    )
    assert (
        found[10]["evidence"]
        == SPIKE_SENTENCE.replace(" %", "\u00a0%") + " Thursday was such a day."
    )


def test_long_run_a_pattern_speaks_of_is_not_told_a_second_time(
    days_frame: Callable[..., pl.DataFrame], matched: Callable[..., dict[int, dict[str, Any]]]
) -> None:
    ratios = [0.4 if number % 10 == 0 else -0.2 for number in range(60)]
    days = spikes(
        days_frame, session_spike_ratio=ratios, longest_run_m=20_000.0, longest_run_30d_m=14_000.0
    )
    link = finding(exposure="session_spike", exposure_high=1.0, sentence=SPIKE_SENTENCE)
    assert 10 in matched("R2", days, findings=link) and matched("R21", days, findings=link) == {}


def test_link_of_another_exposure_is_told_beside_the_pattern(
    days_frame: Callable[..., pl.DataFrame], matched: Callable[..., dict[int, dict[str, Any]]]
) -> None:
    ratios = [0.4 if number % 10 == 0 else -0.2 for number in range(60)]
    swims = [40.0 if number % 10 == 0 else 0.0 for number in range(60)]
    days = spikes(
        days_frame,
        session_spike_ratio=ratios,
        longest_run_m=20_000.0,
        longest_run_30d_m=14_000.0,
        swim_min=swims,
    )
    link = finding(exposure="swim_min", exposure_high=40.0)
    assert 10 in matched("R2", days, findings=link) and 10 in matched("R21", days, findings=link)


def test_long_run_that_goes_with_less_tightness_is_not_held_by_the_pattern(
    days_frame: Callable[..., pl.DataFrame], matched: Callable[..., dict[int, dict[str, Any]]]
) -> None:
    days = spikes(
        days_frame,
        session_spike_ratio=[0.4] * 5 + [-0.2] * 55,
        longest_run_m=20_000.0,
        longest_run_30d_m=14_000.0,
        run_distance_m=[2_000.0] * 5 + [8_000.0] * 55,
    )
    link = finding(effect_points=-1.4, exposure_low=3.0)
    assert 4 in matched("R2", days, findings=link) and 4 in matched("R21", days, findings=link)


def test_no_findings_are_quiet(
    days_frame: Callable[..., pl.DataFrame], matched: Callable[..., dict[int, dict[str, Any]]]
) -> None:
    assert matched("R21", running(days_frame), findings=None) == {}
    assert matched("R21", running(days_frame), findings=pl.DataFrame()) == {}


def test_a_short_night_is_told_on_the_morning_it_ended(
    days_frame: Callable[..., pl.DataFrame], matched: Callable[..., dict[int, dict[str, Any]]]
) -> None:
    slept = [4.5 if number % 20 == 10 else 7.5 for number in range(60)]
    days = days_frame(60, {"context_sleep_h": slept})
    sentence = "More sleep the night before goes with less tightness: 1.4 points."
    link = finding(
        exposure="context_sleep_h", effect_points=-1.4, exposure_low=5.5, sentence=sentence
    )
    found = matched("R21", days, findings=link)
    assert set(found) == {10, 30, 50}
    assert found[10]["evidence"].endswith("day: 4½ h, low for you (5½ h or less).")


def test_a_day_is_about_the_next_morning_and_a_night_about_its_own(
    days_frame: Callable[..., pl.DataFrame], matched: Callable[..., dict[int, dict[str, Any]]]
) -> None:
    of_run = matched("R21", running(days_frame), findings=finding())
    assert {(row["until_on"] - row["day"]).days for row in of_run.values()} == {1}
    slept = [4.5 if number % 20 == 10 else 7.5 for number in range(60)]
    link = finding(exposure="context_sleep_h", effect_points=-1.4, exposure_low=5.5)
    of_night = matched("R21", days_frame(60, {"context_sleep_h": slept}), findings=link)
    assert {(row["until_on"] - row["day"]).days for row in of_night.values()} == {0}
