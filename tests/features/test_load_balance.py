import time
from collections.abc import Sequence
from datetime import date, timedelta
from math import fsum
from statistics import stdev
from typing import Any

import numpy as np
import polars as pl
import pytest

from tests.features.conftest import Row
from tightlog.features.load_balance import FEATURES, load_balance

FIRST = date(2025, 3, 3)
RATIOS = ("acwr_coupled_ratio", "acwr_uncoupled_ratio", "acwr_ewma_ratio")


def balance(loads: Sequence[float | None], first_exercise: int = 0) -> list[dict[str, Any]]:
    """Rows of load_balance for daily loads from FIRST on; None is a day of unknown load."""
    days = [FIRST + timedelta(days=number) for number in range(len(loads))]
    frame = pl.DataFrame(
        {"day": days, "load_au": loads}, schema={"day": pl.Date, "load_au": pl.Float64}
    )
    return load_balance(frame, runs_on([FIRST + timedelta(days=first_exercise)])).to_dicts()


def runs_on(days: Sequence[date]) -> pl.DataFrame:
    schema = {"day": pl.Date, "sport": pl.String, "sub_sport": pl.String}
    return pl.DataFrame(
        {"day": days, "sport": ["running"] * len(days), "sub_sport": ["generic"] * len(days)},
        schema=schema,
    )


def values(rows: list[Row], name: str) -> list[Any]:
    return [row[name] for row in rows]


def test_a_week_by_hand() -> None:
    row = balance([300.0, 0.0, 400.0, 0.0, 200.0, 500.0, 0.0])[6]
    # Sum 1400, mean 200; deviations 100, -200, 200, -200, 0, 300, -200 squared sum to 260,000; over
    # 6 and rooted 208.1666.
    assert row["monotony_7d_ratio"] == pytest.approx(200 / (260_000 / 6) ** 0.5, abs=1e-12)
    assert row["monotony_7d_ratio"] == pytest.approx(0.96077, abs=1e-5)
    assert row["strain_7d_au"] == pytest.approx(1345.08, abs=0.01)
    assert row["load_ewma_7d_au"] == row["load_ewma_28d_au"] == 200.0


def test_one_day_of_seven_is_the_least_monotonous_week() -> None:
    assert balance([0.0, 70.0, 0.0, 0.0, 0.0, 0.0, 0.0])[6]["monotony_7d_ratio"] == pytest.approx(
        7**-0.5, abs=1e-12
    )


@pytest.mark.parametrize("load", [0.1, 57.3, 300.0, 1e-7])
def test_seven_equal_days_have_no_monotony(load: float) -> None:
    row = balance([load] * 7)[6]
    assert (row["monotony_7d_ratio"], row["strain_7d_au"]) == (None, None)


def test_days_that_differ_in_their_last_digit_are_equal_days() -> None:
    loads = [0.1 + 0.2, 0.3, 0.3, 0.1 + 0.2, 0.3, 0.3, 0.3]
    assert len(set(loads)) == 2
    assert balance(loads)[6]["monotony_7d_ratio"] is None


def test_days_that_differ_a_little_are_not_equal_days() -> None:
    assert balance([300.0] * 6 + [303.0])[6]["monotony_7d_ratio"] == pytest.approx(
        (2103 / 7) / (54 / 7 / 6) ** 0.5, rel=1e-9
    )


def test_a_week_of_rest_has_no_monotony_and_no_ratio() -> None:
    row = balance([50.0] * 7 + [0.0] * 30)[36]
    assert [
        row[name]
        for name in (
            "monotony_7d_ratio",
            "strain_7d_au",
            "acwr_coupled_ratio",
            "acwr_uncoupled_ratio",
        )
    ] == [None] * 4
    assert row["acwr_ewma_ratio"] < 0.01


def test_ratios_by_hand() -> None:
    row = balance([100.0] * 7 + [200.0] * 7 + [300.0] * 7 + [400.0] * 7)[27]
    assert row["acwr_coupled_ratio"] == pytest.approx(400 / 250, abs=1e-12)
    assert row["acwr_uncoupled_ratio"] == pytest.approx(400 / 200, abs=1e-12)


def test_weighted_means_by_hand() -> None:
    rows = balance([70.0, 0.0, 70.0, 0.0, 70.0, 0.0, 70.0, 100.0, 0.0])
    assert values(rows, "load_ewma_7d_au")[:6] == [None] * 6
    assert values(rows, "load_ewma_7d_au")[6:] == pytest.approx(
        [40.0, 0.25 * 100 + 0.75 * 40, 0.75 * 55], abs=1e-12
    )
    assert values(rows, "load_ewma_28d_au")[6:8] == pytest.approx(
        [40.0, 40 + 2 / 29 * 60], abs=1e-12
    )


def test_no_history_has_no_ratio() -> None:
    rows = balance([50.0] * 27)
    assert all(value is None for name in RATIOS for value in values(rows, name))
    assert all(balance([50.0] * 28)[27][name] == pytest.approx(1.0, abs=1e-12) for name in RATIOS)


def test_inferred_rest_before_the_first_exercise_is_no_history() -> None:
    rows = balance([0.0] * 14 + [50.0] * 28, first_exercise=14)
    assert all(value is None for name in RATIOS for value in values(rows, name)[:41])
    assert all(rows[41][name] == pytest.approx(1.0, abs=1e-12) for name in RATIOS)
    assert values(rows, "load_ewma_7d_au")[19:21] == [None, 50.0]
    assert balance([0.0] * 7 + [60.0], first_exercise=7)[7]["monotony_7d_ratio"] is None


def test_a_rest_day_before_which_something_was_recorded_is_history() -> None:
    assert balance([60.0] + [0.0] * 6)[6]["monotony_7d_ratio"] == pytest.approx(7**-0.5, abs=1e-12)


def test_an_unknown_day_breaks_every_window_and_is_never_rest() -> None:
    loads = [50.0 + number % 3 for number in range(100)]
    rows = balance([*loads[:40], None, *loads[41:]])
    assert rows[39]["acwr_coupled_ratio"] is not None
    assert all(value is None for row in rows[40:47] for name, value in row.items() if name != "day")
    assert rows[47]["load_ewma_28d_au"] == pytest.approx(fsum(loads[41:48]) / 7, abs=1e-12)
    assert values(rows, "monotony_7d_ratio")[47] is not None
    for name in RATIOS:
        assert [values(rows, name)[number] is None for number in (67, 68)] == [True, False]


def test_a_home_without_load_is_null_throughout() -> None:
    rows = balance([None] * 40)
    assert all(value is None for row in rows for name, value in row.items() if name != "day")


def test_a_home_without_days_or_exercise_keeps_its_columns() -> None:
    frame = pl.DataFrame(schema={"day": pl.Date, "load_au": pl.Float64})
    empty = load_balance(frame, runs_on([]))
    assert empty.columns == ["day", *(feature.feature for feature in FEATURES)]
    assert all(empty.schema[feature.feature] == feature.dtype for feature in FEATURES)


def in_plain_python(loads: Sequence[float | None]) -> list[Row]:
    """Every column by its definition, day by day, without a frame."""
    rows: list[Row] = []
    chain: list[float] = []
    for load in loads:
        chain = [] if load is None else [*chain, load]
        week, month, before = chain[-7:], chain[-28:], chain[-28:-7]
        row: Row = dict.fromkeys(feature.feature for feature in FEATURES)
        if len(chain) >= 7:
            for days in (7, 28):
                mean = fsum(chain[:7]) / 7
                for one in chain[7:]:
                    mean += 2 / (days + 1) * (one - mean)
                row[f"load_ewma_{days}d_au"] = mean
            if max(week) - min(week) > 1e-9 * max(week):
                row["monotony_7d_ratio"] = fsum(week) / 7 / stdev(week)
                row["strain_7d_au"] = fsum(week) * row["monotony_7d_ratio"]
        if len(chain) >= 28:
            row["acwr_coupled_ratio"] = (
                (fsum(week) / 7) / (fsum(month) / 28) if any(month) else None
            )
            row["acwr_uncoupled_ratio"] = (
                (fsum(week) / 7) / (fsum(before) / 21) if any(before) else None
            )
            row["acwr_ewma_ratio"] = (
                row["load_ewma_7d_au"] / row["load_ewma_28d_au"]
                if row["load_ewma_28d_au"]
                else None
            )
        rows.append(row)
    return rows


def invented_loads(seed: int) -> list[float | None]:
    """A year of loads: hard weeks, weeks of rest, weeks of equal days, single unknown days and
    gaps of them.
    """
    random = np.random.default_rng(seed)
    drawn = random.lognormal(4.0, 1.0, 365) * (random.random(365) < 0.7)
    loads: list[float | None] = [float(load) for load in drawn]
    for _ in range(4):
        start = int(random.integers(1, 340))
        loads[start : start + 10] = (
            [0.0] * 10 if random.random() < 0.5 else [float(random.uniform(20, 200))] * 10
        )
    for _ in range(3):
        start, length = int(random.integers(1, 360)), int(random.integers(1, 5))
        loads[start : start + length] = [None] * length
    return loads[:365]


@pytest.mark.parametrize("seed", range(12))
def test_every_column_agrees_with_plain_python(seed: int) -> None:
    loads = invented_loads(seed)
    rows, expected = balance(loads), in_plain_python(loads)
    for row, by_hand in zip(rows, expected, strict=True):
        for name, value in by_hand.items():
            assert row[name] == (
                None if value is None else pytest.approx(value, rel=1e-9, abs=1e-9)
            ), (row["day"], name)
    assert sum(row["acwr_ewma_ratio"] is not None for row in rows) > 20


def test_weeks_of_rest_after_hard_ones_leave_no_rounding_error() -> None:
    random = np.random.default_rng(2)
    rows = balance([float(load) for load in random.uniform(1e-3, 1e4, 200)] + [0.0] * 60)
    assert values(rows, "acwr_coupled_ratio")[206:227] == [0.0] * 21
    assert values(rows, "acwr_coupled_ratio")[227:] == [None] * 33


def test_no_value_is_ever_infinite_or_not_a_number() -> None:
    extremes = [0.0, 5e-324, 1e-300, 1e-12, 1.0, 1e6, 1e150]
    random = np.random.default_rng(3)
    rows = balance([extremes[index] for index in random.integers(0, len(extremes), 500)])
    assert all(
        np.isfinite(value)
        for row in rows
        for name, value in row.items()
        if name != "day" and value is not None
    )


def test_ten_years_take_a_fraction_of_a_second() -> None:
    loads = (invented_loads(1) * 10)[:3650]
    started = time.process_time()
    rows = balance(loads)
    assert len(rows) == 3650
    assert time.process_time() - started < 1.0
