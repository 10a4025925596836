"""Curves of effort at their borders: rounding is alike, another effort is not."""

import polars as pl
import pytest

from tests.ingest.test_twins import activity
from tightlog.ingest.twins.candidate import candidate
from tightlog.ingest.twins.effort_curves import differ

FIT, GPX = candidate(activity("fit")), candidate(activity("gpx", reader="gpx"))
AGAIN = candidate(activity("again"))


def recorded(
    apart: float, channel: str, share: float = 1.0, steps: int = 100, other: str = "gpx"
) -> pl.DataFrame:
    """Curves of `fit` and another that lies apart from it in a share of the steps."""
    base = {"heart_rate_bpm": 150.0, "cadence_spm": 170.0, "speed_mps": 3.0}
    rows = [{"activity_id": "fit", "step": step} | base for step in range(steps)]
    for step in range(steps):
        value = base[channel] + (apart if step < share * steps else 0.0)
        rows.append({"activity_id": other, "step": step} | base | {channel: value})
    return pl.DataFrame(rows)


@pytest.mark.parametrize(("apart", "two"), [(1.9, False), (2.1, True)])
@pytest.mark.parametrize("channel", ["heart_rate_bpm", "cadence_spm"])
def test_what_two_formats_round_is_alike(channel: str, apart: float, two: bool) -> None:
    assert differ(recorded(apart, channel), FIT, GPX) is two


@pytest.mark.parametrize(
    ("channel", "apart", "two"),
    [
        ("heart_rate_bpm", 0.49, False),
        ("heart_rate_bpm", 0.51, True),
        ("cadence_spm", 0.49, False),
        ("cadence_spm", 0.51, True),
        ("speed_mps", 0.049, False),
        ("speed_mps", 0.051, True),
    ],
)
def test_one_device_writes_one_run_in_one_way(channel: str, apart: float, two: bool) -> None:
    assert differ(recorded(apart, channel, other="again"), FIT, AGAIN) is two


def test_speeds_of_two_formats_are_not_compared() -> None:
    assert not differ(recorded(1.0, "speed_mps"), FIT, GPX)


@pytest.mark.parametrize(("share", "two"), [(0.09, False), (0.11, True), (0.18, True)])
def test_a_tenth_of_the_time_may_differ(share: float, two: bool) -> None:
    assert differ(recorded(9.0, "heart_rate_bpm", share), FIT, GPX) is two


@pytest.mark.parametrize(("steps", "two"), [(6, True), (5, False)])
def test_less_than_a_minute_in_common_proves_nothing(steps: int, two: bool) -> None:
    assert differ(recorded(9.0, "heart_rate_bpm", steps=steps), FIT, GPX) is two


def test_nothing_recorded_proves_nothing() -> None:
    assert not differ(pl.DataFrame(), FIT, GPX)
