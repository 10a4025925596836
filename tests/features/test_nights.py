"""How a night differs from the runner's own nights before it."""

import math
from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl
import pytest

from tests.features.conftest import Home
from tightlog.features.nights import FEATURES, nights

FIRST = date(2026, 1, 5)
# Usual nights that differ a little: median 7, quartiles 6.75 and 7.25.
USUAL = [6.5, 6.75, 7.0, 7.25, 7.5]


def frames(
    column: str, values: Sequence[float | None], devices: Sequence[str] | str = "watch"
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Days with a column of the context, and the context it is from."""
    days = [FIRST + timedelta(days=number) for number in range(len(values))]
    named = [devices] * len(values) if isinstance(devices, str) else devices
    schema = {"day": pl.Date, column: pl.Float64}
    context = pl.DataFrame(
        {
            "day": days,
            "name": column.removeprefix("context_"),
            "value": values,
            "source": "csv",
            "device": named,
        },
        schema_overrides={"value": pl.Float64},
    ).drop_nulls("value")
    return pl.DataFrame({"day": days, column: values}, schema=schema), context


def last(column: str, values: Sequence[float | None], name: str, **more: Sequence[str]) -> float:
    found: float = nights(*frames(column, values, **more))[name][-1]
    return found


def test_a_night_is_compared_with_the_median_of_those_before() -> None:
    slept = USUAL * 4 + [5.0]
    assert last("context_sleep_h", slept, "sleep_deviation_h") == pytest.approx(-2.0)
    # Quartiles half an hour apart are a spread of 0.37 h.
    assert last("context_sleep_h", slept, "sleep_deviation_sd") == pytest.approx(-2 / 0.5 * 1.349)


def test_a_night_is_no_part_of_its_own_norm_and_later_ones_are_none() -> None:
    known = nights(*frames("context_sleep_h", USUAL * 4))
    longer = nights(*frames("context_sleep_h", [*USUAL * 4, 2.0, 2.0, 12.0]))
    assert longer.head(known.height).equals(known)


@pytest.mark.parametrize(("count", "is_known"), [(14, True), (13, False)])
def test_a_norm_takes_two_weeks_of_nights(count: int, is_known: bool) -> None:
    off_h = last("context_sleep_h", [7.0] * count + [5.0], "sleep_deviation_h")
    assert (off_h is not None) == is_known


def test_a_night_older_than_sixty_days_is_forgotten() -> None:
    gap = [None] * 46
    known = [*[7.0] * 14, *gap, 5.0]
    assert last("context_sleep_h", known, "sleep_deviation_h") == pytest.approx(-2.0)
    forgotten = [*[7.0] * 14, *gap, None, 5.0]
    assert last("context_sleep_h", forgotten, "sleep_deviation_h") is None


def test_a_watch_not_worn_is_no_short_night() -> None:
    assert last("context_sleep_h", [*USUAL * 4, None], "sleep_deviation_h") is None


def test_another_device_starts_a_norm_of_its_own() -> None:
    values = [7.0] * 20 + [6.0] * 15
    devices = ["old"] * 20 + ["new"] * 15
    off = nights(*frames("context_sleep_h", values, devices))["sleep_deviation_h"].to_list()
    assert off[20 : 20 + 14] == [None] * 14
    assert off[19] == 0.0 and off[-1] == 0.0


def test_only_the_source_chosen_for_a_night_names_its_device() -> None:
    days, context = frames("context_sleep_h", [7.0] * 20)
    other = context.with_columns(device=pl.lit("phone"), is_chosen=False)[10:]
    both = pl.concat([context.with_columns(is_chosen=True), other])
    assert nights(days, both).equals(nights(days, context))


def test_variability_is_compared_by_its_logarithm_and_never_pooled() -> None:
    rmssd = [45.0, 50.0, 55.0] * 6 + [25.0]
    column = "context_hrv_rmssd_ms"
    # ln 25/50 in spreads of ln 55/45, which are the quartiles.
    off_sd = last(column, rmssd, "hrv_rmssd_deviation_sd")
    assert off_sd == pytest.approx(math.log(0.5) / math.log(55 / 45) * 1.349)
    assert last(column, rmssd, "hrv_sdnn_deviation_sd") is None
    doubled = [2 * value for value in rmssd]
    assert last(column, doubled, "hrv_rmssd_deviation_sd") == pytest.approx(off_sd)


def test_a_pulse_rounded_to_whole_beats_has_a_spread_of_one_at_least() -> None:
    pulse = [50.0] * 20 + [54.0]
    column = "context_resting_heart_rate_bpm"
    assert last(column, pulse, "resting_heart_rate_deviation_bpm") == 4.0
    assert last(column, pulse, "resting_heart_rate_deviation_sd") == 4.0


def test_bedtimes_vary_by_their_standard_deviation_of_a_week() -> None:
    times = [10.0, 12.0] * 3 + [10.0]
    spread = last("context_bed_time_h", times, "bed_time_7d_spread_h")
    assert spread == pytest.approx(1.0690, abs=1e-4)


@pytest.mark.parametrize("missing", [2, 3])
def test_a_week_with_few_bedtimes_has_no_spread(missing: int) -> None:
    times: list[float | None] = [None] * missing + [10.0, 12.0, 11.0, 10.0, 12.0, 11.0, 10.0]
    spread = last("context_bed_time_h", times[:7], "bed_time_7d_spread_h")
    assert (spread is None) == (7 - missing < 5)


def test_a_home_without_nights_has_the_columns_and_nothing_in_them(home: Home) -> None:
    for number in range(20):
        home.ran(number)
    row = home.days()(19)
    assert [row[one.feature] for one in FEATURES] == [None] * len(FEATURES)


def test_sleep_noted_in_minutes_is_a_night_too(home: Home) -> None:
    for number in range(15):
        home.ran(number)
        minutes = 420.0 if number < 14 else 300.0
        home.context.append(
            {"day": home.day(number), "name": "sleep", "value": minutes, "unit": "min"}
            | {"source": "csv", "is_beside_scores": True}
        )
    assert home.days()(14)["sleep_deviation_h"] == pytest.approx(-2.0)
