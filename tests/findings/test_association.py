import time
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from tightlog.findings.association import (
    associate,
    contrast,
)
from tightlog.findings.exposures import FAMILY, Exposure, full_calendar
from tightlog.findings.rated_days import middle_ranks, rated_days, score_record
from tightlog.simulation.population.days import simulated_days
from tightlog.simulation.population.runner import FAMILY as SIMULATED_FAMILY
from tightlog.simulation.population.runner import Runner

CONTRACT = [
    "exposure",
    "lag_window",
    "n_days",
    "effect_points",
    "effect_low",
    "effect_high",
    "p_value",
    "q_value",
    "verdict",
    "smallest_detectable_points",
    "sentence",
]
NAMES = ["run_distance_m", "run_distance_7d_m", "load_au"]


def one_runner(per_sd: float = 0.6, length_d: int = 240, seed: int = 4) -> pl.DataFrame:
    return next(simulated_days(Runner(effect_per_sd=per_sd), length_d, 0.3, 1, seed))


def numbers(found: pl.DataFrame) -> pl.DataFrame:
    return found.select(
        "n_days", "effect_points", "p_value", "max_t_p", "q_value", "reaction_p", "verdict"
    )


def test_a_planted_link_is_found_clear_and_its_size_is_right() -> None:
    days = one_runner(per_sd=0.7, length_d=365)
    found = associate(days, exposures=[FAMILY[0]], permutations=499).row(0, named=True)
    truth = 0.7 * (found["exposure_high"] - found["exposure_low"]) * 1000 / days["distance_sd_m"][0]
    assert found["verdict"] == "clear"
    assert found["effect_low"] < truth < found["effect_high"]
    assert found["sentence"].startswith("The morning after a long run (more than about ")


def test_every_exposure_of_the_family_has_a_row_with_the_contract_columns() -> None:
    found = associate(one_runner(), permutations=99)
    assert found["exposure"].to_list() == [item.column for item in FAMILY]
    assert set(CONTRACT) <= set(found.columns)


def test_what_was_never_recorded_is_listed_with_what_it_needs() -> None:
    found = (
        associate(one_runner(), permutations=99)
        .filter(pl.col("exposure") == "descent_m")
        .row(0, named=True)
    )
    assert found["verdict"] == "not_enough_data"
    assert found["p_value"] is None
    assert "barometer" in found["sentence"]


def test_too_few_scores_are_told_with_the_number_but_p_is_there() -> None:
    days = one_runner(per_sd=0.9)
    first = days.filter(pl.col("tightness_score").is_not_null())["day"][36]
    found = associate(
        days.filter(pl.col("day") <= first), exposures=["run_distance_m"], permutations=99
    ).row(0, named=True)
    assert found["verdict"] == "not_enough_data"
    assert "(37 of 60 scores)" in found["sentence"]
    assert found["p_value"] is not None


def test_only_days_before_the_rating_count() -> None:
    days = one_runner()
    last_rated = days.filter(pl.col("tightness_score").is_not_null())["day"].max()
    later = days.with_columns(
        run_distance_m=pl.when(pl.col("day") >= last_rated).then(1e6).otherwise("run_distance_m")
    )
    columns = ["effect_points", "p_value", "yesterday_rated_points"]
    before, after = (
        associate(frame, exposures=["run_distance_m"], permutations=99).select(columns)
        for frame in (days, later)
    )
    assert_frame_equal(before, after)


def test_whole_weeks_order_and_names_do_not_matter() -> None:
    days = one_runner()
    found = numbers(associate(days, exposures=NAMES, permutations=99))
    shifted = days.with_columns(pl.col("day") + timedelta(weeks=113))
    renamed = days.rename(
        {name: f"{name}_renamed" for name in NAMES} | {"tightness_score": "stiffness"}
    )
    assert_frame_equal(found, numbers(associate(shifted, exposures=NAMES, permutations=99)))
    assert_frame_equal(
        found,
        numbers(
            associate(
                days.sample(fraction=1.0, shuffle=True, seed=1), exposures=NAMES, permutations=99
            )
        ),
    )
    again = associate(
        renamed,
        outcome="stiffness",
        exposures=[f"{name}_renamed" for name in NAMES],
        permutations=99,
    )
    assert_frame_equal(found, numbers(again))


def test_no_shift_of_all_dates_matters_though_it_renames_the_weekdays() -> None:
    days = one_runner()
    shifted = days.with_columns(pl.col("day") + timedelta(days=3))
    columns = ["n_days", "effect_points", "p_value", "max_t_p", "q_value", "verdict"]
    before, after = (
        associate(frame, exposures=NAMES, permutations=99).select(columns)
        for frame in (days, shifted)
    )
    assert_frame_equal(before, after, rel_tol=1e-6)


def test_whole_numbers_may_be_integers_or_floats() -> None:
    whole = one_runner().with_columns(pl.col(*NAMES, "tightness_score").round(0))
    integers = whole.with_columns(pl.col(*NAMES, "tightness_score").cast(pl.Int64))
    assert_frame_equal(
        associate(whole, exposures=NAMES, permutations=99),
        associate(integers, exposures=NAMES, permutations=99),
    )


def test_a_day_given_twice_counts_once() -> None:
    days = one_runner()
    assert_frame_equal(
        associate(days, exposures=NAMES, permutations=99),
        associate(pl.concat([days, days]), exposures=NAMES, permutations=99),
    )


def test_equal_scores_share_the_middle_of_their_ranks() -> None:
    assert middle_ranks(np.array([0.0, 3.0, 0.0, 0.0, 1.0])).tolist() == [2.0, 5.0, 2.0, 2.0, 4.0]


def test_ranks_are_asked_only_where_most_scores_are_one_number() -> None:
    usual = associate(one_runner(), exposures=NAMES, permutations=99)
    zeros = associate(
        next(simulated_days(Runner(scale="zeros"), 240, 0.1, 1, 4)),
        exposures=NAMES,
        permutations=99,
    )
    assert usual["rank_p"].null_count() == 3
    assert zeros["rank_p"].null_count() == 0


def test_logged_stress_is_held_fixed_and_the_days_without_it_are_not_counted() -> None:
    days = next(simulated_days(Runner(logs="stress"), 365, 0.3, 1, 0))
    blind, fair = (
        associate(frame, exposures=["run_distance_m"], permutations=199).row(0, named=True)
        for frame in (days.drop("context_stress"), days)
    )
    assert (blind["held_fixed"], fair["held_fixed"]) == (None, "stress")
    assert 0.8 * blind["n_days"] <= fair["n_days"] < blind["n_days"]
    assert abs(fair["effect_points"]) < abs(blind["effect_points"])
    assert "at similar stress" in fair["details"]


def test_scores_after_an_estimated_load_are_left_out_and_counted() -> None:
    days = one_runner()
    guessed = days.with_row_index().with_columns(
        load_estimated_share_pct=pl.when(pl.col("index") % 4 == 0).then(100.0).otherwise(0.0)
    )
    measured, marked = (
        associate(frame, exposures=["load_au"], permutations=199).row(0, named=True)
        for frame in (days, guessed)
    )
    assert measured["estimated_days"] == 0
    assert "left out" not in measured["details"]
    assert marked["n_days"] + marked["estimated_days"] == measured["n_days"]
    assert 0.2 < marked["estimated_days"] / measured["n_days"] < 0.3
    said = f"{marked['estimated_days']} more scores left out after estimated load"
    assert said in marked["details"]


def test_stress_logged_on_too_few_days_changes_nothing() -> None:
    days = next(simulated_days(Runner(logs="stress"), 365, 0.3, 1, 0))
    sparse = days.with_columns(
        context_stress=pl.when(pl.col("day").dt.weekday() <= 5).then("context_stress")
    )
    assert_frame_equal(
        associate(days.drop("context_stress"), exposures=NAMES, permutations=99),
        associate(sparse, exposures=NAMES, permutations=99),
    )


def test_a_constant_column_changes_nothing() -> None:
    days = one_runner().with_columns(pl.lit(1.0).alias("always"))
    alone = associate(days, exposures=NAMES, permutations=99)
    beside = associate(days, exposures=[*NAMES, "always"], permutations=99)
    assert_frame_equal(alone, beside.head(3))
    assert beside.row(3, named=True)["verdict"] == "not_enough_data"


def test_the_same_seed_gives_the_same_numbers_and_another_seed_others() -> None:
    days = one_runner(per_sd=0.15)
    runs = [
        associate(days, exposures=NAMES, permutations=199, seed=seed)["p_value"].to_list()
        for seed in (0, 0, 1)
    ]
    assert runs[0] == runs[1] != runs[2]


def test_an_exposure_that_is_the_calendar_cannot_be_judged() -> None:
    days = one_runner().with_columns(is_monday=(pl.col("day").dt.weekday() == 1).cast(pl.Float64))
    found = associate(days, exposures=["is_monday"], permutations=99).row(0, named=True)
    assert (found["verdict"], found["p_value"]) == ("not_enough_data", None)
    assert "calendar" in found["sentence"]


def test_a_calendar_gap_equals_days_without_anything_known() -> None:
    days = one_runner().with_row_index()
    is_hole = pl.col("index").is_between(100, 119)
    emptied = days.with_columns(pl.when(~is_hole).then(pl.col(pl.Float64)))
    assert_frame_equal(
        associate(days.filter(~is_hole), exposures=NAMES, permutations=99),
        associate(emptied, exposures=NAMES, permutations=99),
    )


def test_twin_columns_get_the_same_numbers() -> None:
    found = associate(one_runner(), exposures=["load_au", "load_au"], permutations=99)
    assert found.height == 2
    assert found.row(0) == found.row(1)


FEW_DAYS = [date(2026, 1, 1), date(2026, 1, 2)]


@pytest.mark.parametrize(
    "days",
    [
        pl.DataFrame(),
        pl.DataFrame(schema={"day": pl.Date, "tightness_score": pl.Float64}),
        pl.DataFrame({"day": FEW_DAYS[:1], "tightness_score": [3.0], "run_distance_m": [1.0]}),
        pl.DataFrame({"day": FEW_DAYS, "tightness_score": [3, 4], "run_distance_m": [1.0, None]}),
        pl.DataFrame({"day": FEW_DAYS, "run_distance_m": [1.0, 2.0]}),
        pl.DataFrame(
            {"day": FEW_DAYS, "tightness_score": [None, None], "run_distance_m": [None, None]}
        ),
        pl.DataFrame(
            {
                "day": [date(2020, 1, 1), date(2026, 1, 1)],
                "tightness_score": [3.0, 4.0],
                "run_distance_m": [1.0, 2.0],
            }
        ),
    ],
)
def test_hardly_any_data_gives_rows_that_say_so(days: pl.DataFrame) -> None:
    found = associate(days, permutations=19)
    assert found.height == len(FAMILY)
    assert found["verdict"].unique().to_list() == ["not_enough_data"]
    assert not found["effect_points"].is_nan().any()


@pytest.mark.parametrize("column", ["tightness_score", "run_distance_m"])
def test_a_constant_score_or_exposure_gives_no_p(column: str) -> None:
    days = one_runner().with_columns(pl.when(pl.col(column).is_not_null()).then(2.0).alias(column))
    found = associate(days, exposures=["run_distance_m"], permutations=19).row(0, named=True)
    assert (found["verdict"], found["p_value"], found["effect_points"]) == (
        "not_enough_data",
        None,
        None,
    )


def test_no_exposures_give_an_empty_relation() -> None:
    assert associate(one_runner(), exposures=[], permutations=19).height == 0


def test_an_unrelated_series_from_another_time_looks_like_noise() -> None:
    # Negative control: the runner's own distances, 90 days late.
    days = [
        one_runner(length_d=365, seed=seed).with_columns(pl.col("run_distance_m").shift(90))
        for seed in range(20)
    ]
    p_values = [
        associate(frame, exposures=["run_distance_m"], permutations=99)["p_value"][0]
        for frame in days
    ]
    assert np.mean(np.array(p_values) < 0.05) <= 0.25


def test_evening_scores_get_no_reaction_test() -> None:
    days = one_runner().with_columns(tightness_moment=pl.lit("evening"))
    assert associate(days, exposures=NAMES, permutations=19)["reaction_p"].null_count() == 3


def test_a_pause_of_the_diary_is_not_missing_scores() -> None:
    days = [date(2025, 1, 1) + timedelta(days=number) for number in [*range(60), *range(260, 320)]]
    record = score_record(
        rated_days(
            full_calendar(pl.DataFrame({"day": days, "tightness_score": [2.0, 3.0] * 60})),
            "tightness_score",
        )
    )
    assert (record.score_count, record.diary_days, record.most_common_share) == (120, 120, 0.5)


def test_a_rare_exposure_is_told_against_the_days_without() -> None:
    minutes = np.array([0.0] * 95 + [20.0, 30.0, 30.0, 40.0, 50.0])
    assert contrast(minutes) == (0.0, 30.0, 5, False)
    assert contrast(np.array([0.0] * 90 + [1.0] * 10)) == (0.0, 1.0, 10, True)
    assert contrast(np.arange(101.0)) == (10.0, 90.0, 100, False)


def test_units_change_the_words_but_not_the_points() -> None:
    days = one_runner()
    metres, km = (
        Exposure("run_distance_m", "distance", "more distance", unit, size)
        for unit, size in (("m", 1.0), ("km", 1000.0))
    )
    found = associate(days, exposures=[metres, km], permutations=99)
    assert found["effect_points"][0] == pytest.approx(found["effect_points"][1])
    assert found["exposure_high"][0] == pytest.approx(1000 * found["exposure_high"][1])


@pytest.mark.slow
def test_ten_years_of_days_stay_quick() -> None:
    # Takes one or two seconds; the limit leaves room for a busy machine, not for a slower
    # algorithm.
    days = one_runner(length_d=3650)
    started = time.process_time()
    associate(days, exposures=SIMULATED_FAMILY)
    assert time.process_time() - started < 20.0
