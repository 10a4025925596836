from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from tightlog.features.catalogue import FEATURES
from tightlog.findings.exposures import (
    ESTIMATED_SHARE_OF,
    FAMILY,
    NO_STRENGTH_COLUMN,
    SPIKE_COLUMN,
    Exposure,
    chosen_exposures,
    column_values,
    estimated_days,
    exposure,
    full_calendar,
    lagged_values,
)
from tightlog.warehouse import store

DAYS = [date(2026, 3, number) for number in range(1, 6)]


def test_the_family_is_small_and_each_exposure_has_one_window() -> None:
    names = [item.column for item in FAMILY]
    assert len(names) == len(set(names)) <= 10


def test_no_slow_exposure_is_in_the_family() -> None:
    assert max(item.spans_d for item in FAMILY) <= 7
    assert not any("28d" in item.column or "shoe" in item.column for item in FAMILY)


def test_a_plain_column_is_the_day_before() -> None:
    calendar = pl.DataFrame({"day": DAYS, "sleep_min": [400, 410, None, 430, 440]})
    assert lagged_values(calendar, exposure("sleep_min")) == pytest.approx(
        [np.nan, 400, 410, np.nan, 430], nan_ok=True
    )
    assert exposure("sleep_min").lag_window == "day before"


def test_the_last_known_value_within_three_days_is_taken() -> None:
    calendar = pl.DataFrame({"day": DAYS, "cadence": [5.0, None, None, None, 7.0]})
    item = Exposure("cadence", "cadence", "more cadence", look_back_d=3)
    assert lagged_values(calendar, item) == pytest.approx([np.nan, 5, 5, 5, np.nan], nan_ok=True)


@pytest.mark.parametrize(("lag_d", "is_taken"), [(3, True), (4, False)])
def test_the_cadence_of_a_run_counts_for_three_days(lag_d: int, is_taken: bool) -> None:
    days = [date(2026, 3, 1 + number) for number in range(lag_d + 1)]
    calendar = pl.DataFrame({"day": days, "cadence_residual_pct": [5.0] + [None] * lag_d})
    cadence = next(one for one in FAMILY if one.column == "cadence_residual_pct")
    assert (lagged_values(calendar, cadence)[-1] == 5.0) == is_taken


@pytest.mark.parametrize(("share_pct", "is_used"), [(20.0, True), (20.5, False)])
@pytest.mark.parametrize("column", ["load_au", "load_7d_au", "load_28d_au"])
def test_a_load_mostly_estimated_is_not_used(column: str, share_pct: float, is_used: bool) -> None:
    calendar = pl.DataFrame(
        {"day": DAYS, column: [1.0, 2.0, 3.0, None, 5.0],
         ESTIMATED_SHARE_OF[column]: [0.0, share_pct, None, None, 0.0]}
    )  # fmt: skip
    second = 2.0 if is_used else np.nan
    assert lagged_values(calendar, exposure(column)) == pytest.approx(
        [np.nan, 1.0, second, 3.0, np.nan], nan_ok=True
    )
    left_out = [False, False, not is_used, False, False]
    assert estimated_days(calendar, exposure(column)).tolist() == left_out


def test_every_share_of_an_estimate_is_a_feature() -> None:
    names = {feature.feature for feature in FEATURES}
    assert set(ESTIMATED_SHARE_OF) <= names
    assert set(ESTIMATED_SHARE_OF.values()) <= names


def test_distance_is_told_in_km() -> None:
    calendar = pl.DataFrame({"day": DAYS, "run_distance_m": [10_000.0, 0.0, 5_000.0, None, 1.0]})
    assert lagged_values(calendar, FAMILY[0]) == pytest.approx(
        [np.nan, 10, 0, 5, np.nan], nan_ok=True
    )


def test_days_are_sorted_and_absent_days_are_unknown() -> None:
    calendar = full_calendar(
        pl.DataFrame({"day": [DAYS[4], DAYS[0]], "run_distance_m": [5.0, 1.0]})
    )
    assert calendar["day"].to_list() == DAYS
    assert calendar["run_distance_m"].to_list() == [1.0, None, None, None, 5.0]


def test_a_spike_is_an_event_and_a_rest_day_is_none_but_unknown_history_is_unknown() -> None:
    days = pl.DataFrame(
        {
            "day": DAYS,
            "session_spike_state": ["over_30_pct", None, "normal", "return_after_break", None],
            "run_count": [1, 0, 1, 1, None],
        }
    )
    assert full_calendar(days)[SPIKE_COLUMN].to_list() == [1.0, 0.0, 0.0, None, None]


def test_days_without_strength_end_at_the_window_and_stay_unknown_where_never_watched() -> None:
    days = pl.DataFrame({"day": DAYS, "since_strength_d": [None, 0, 3, 7, 40]})
    assert full_calendar(days)[NO_STRENGTH_COLUMN].to_list() == [None, 0, 3, 7, 7]


@pytest.mark.parametrize(
    "column", [[None] * 5, ["a"] * 5, [float("inf"), float("nan"), None, None, None]]
)
def test_what_is_no_number_is_unknown(column: list[object]) -> None:
    assert np.isnan(column_values(pl.DataFrame({"day": DAYS, "odd": column}), "odd")).all()


def test_an_absent_column_is_unknown() -> None:
    assert np.isnan(column_values(pl.DataFrame({"day": DAYS}), "nowhere")).all()


def test_true_and_false_count_as_one_and_zero() -> None:
    assert column_values(pl.DataFrame({"day": DAYS[:2], "did": [True, False]}), "did").tolist() == [
        1.0,
        0.0,
    ]


def test_names_and_exposures_may_be_mixed() -> None:
    assert [item.column for item in chosen_exposures(["sleep_min", FAMILY[0]])] == [
        "sleep_min",
        "run_distance_m",
    ]
    assert chosen_exposures(None) == FAMILY


def test_every_exposure_of_the_family_is_a_feature_and_so_a_column_of_the_days() -> None:
    names = {feature.feature for feature in FEATURES}
    assert [item.column for item in FAMILY if item.column not in names] == []
    reacted = {item.reaction_column for item in FAMILY if item.reaction_column}
    assert reacted <= names


def test_exposures_stored_with_the_days_equal_those_made_of_their_columns(
    four_months_version: Path,
) -> None:
    days = store.relation(four_months_version, "day")
    stored, made = full_calendar(days), full_calendar(days.drop(SPIKE_COLUMN, NO_STRENGTH_COLUMN))
    for name in (SPIKE_COLUMN, NO_STRENGTH_COLUMN):
        assert stored[name].drop_nulls().n_unique() > 1
        assert stored[name].to_list() == made[name].to_list()


def test_the_page_and_the_finding_see_the_same_exposure(four_months_version: Path) -> None:
    days = full_calendar(store.relation(four_months_version, "day"))
    for item in FAMILY:
        asked = [item.unit_size, item.column, item.look_back_d]
        shown = store.answer(four_months_version, "exposure_days", asked)
        mine = days.with_columns(amount=pl.Series(lagged_values(days, item)).fill_nan(None))
        scored = mine.drop_nulls(["tightness_score", "amount"]).sort("day")
        assert shown["day"].to_list() == scored["day"].to_list(), item.column
        assert shown["amount"].to_list() == pytest.approx(scored["amount"].to_list())


def test_days_in_order_and_days_mixed_up_are_one_calendar() -> None:
    first = date(2026, 5, 1)
    whole = pl.DataFrame(
        {"day": [first + timedelta(days=number) for number in range(9)], "load_au": range(9)}
    )
    assert full_calendar(whole).equals(
        full_calendar(whole.sample(fraction=1.0, shuffle=True, seed=3))
    )
    gap = full_calendar(whole.filter(pl.col("load_au") != 4))
    assert gap["day"].equals(whole["day"])
    assert gap["load_au"].null_count() == 1
