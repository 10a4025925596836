from datetime import date, timedelta
from statistics import fmean

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from tightlog.findings.effects import effects
from tightlog.simulation.population.habits import naive_difference, simulated_interventions

CONTRACT = [
    "intervention",
    "n_done",
    "n_not_done",
    "effect_points",
    "effect_low",
    "effect_high",
    "p_value",
    "verdict",
    "smallest_detectable_points",
    "sentence",
]


def one_runner(true_points: float, length_d: int = 365, seed: int = 0) -> pl.DataFrame:
    return next(simulated_interventions(true_points, length_d, 0.2, 1, seed))


def test_a_true_help_is_found_and_its_size_is_right() -> None:
    found = effects(one_runner(-1.2), interventions=["stretching"], permutations=499).row(
        0, named=True
    )
    assert found["verdict"] == "helps"
    assert found["effect_low"] < -1.2 < found["effect_high"]
    assert found["sentence"].startswith("The next day your back is usually ")
    assert "less tight than after similar days without it" in found["sentence"]


def test_a_true_harm_is_found() -> None:
    found = effects(one_runner(1.2), interventions=["stretching"], permutations=499)
    assert found["verdict"].to_list() == ["hurts"]


def test_regression_to_the_mean_is_not_called_a_help() -> None:
    # Done on bad days, without any effect: the next day is better by itself, and yet worse than
    # after the other days.
    frames = list(simulated_interventions(0.0, 200, 0.2, 40, 3))
    found = pl.concat(
        [effects(days, interventions=["stretching"], permutations=199) for days in frames]
    )
    assert (found["verdict"] == "helps").sum() <= 5
    assert (found["verdict"] == "hurts").sum() <= 5
    assert abs(fmean(found["effect_points"].drop_nulls())) < 0.12
    naive = [naive_difference(days) for days in frames]
    assert np.mean(naive) > 0.4


def test_days_only_count_against_days_that_started_alike() -> None:
    # Scores of 6 were always treated, scores of 2 never: nothing to compare.
    rng = np.random.default_rng(0)
    score = rng.choice([2.0, 6.0], size=200)
    days = pl.DataFrame(
        {
            "day": [date(2026, 1, 1) + timedelta(days=n) for n in range(200)],
            "tightness_score": score,
            "heat": (score > 4) * 1.0,
        }
    )
    found = effects(days, interventions=["heat"], permutations=49).row(0, named=True)
    assert (found["verdict"], found["n_done"], found["n_not_done"]) == ("not_enough_data", 0, 0)


def test_seven_days_are_not_enough_and_the_sentence_counts_them() -> None:
    days = one_runner(-1.0).with_columns(tightness_score=pl.lit(None, pl.Float64))
    rng = np.random.default_rng(2)
    days = days.with_columns(
        tightness_score=pl.Series(rng.integers(2, 4, days.height).astype(float)),
        stretching=(pl.int_range(pl.len()) % 30 == 5).cast(pl.Float64)
        * (pl.int_range(pl.len()) < 210),
    )
    found = effects(days, interventions=["stretching"], permutations=49).row(0, named=True)
    assert (found["verdict"], found["n_done"]) == ("not_enough_data", 7)
    assert "7 of 8 days" in found["sentence"]


def test_unlogged_days_are_not_days_without() -> None:
    days = one_runner(0.0).with_columns(stretching=pl.when(pl.col("stretching") == 1).then(1.0))
    assert effects(days, interventions=["stretching"], permutations=49)["n_not_done"].to_list() == [
        0
    ]


def test_a_run_on_the_same_day_is_not_held_against_the_stretching_after_it() -> None:
    # Stretching follows runs, and runs make the next morning tighter; stretching itself does
    # nothing.
    rng = np.random.default_rng(8)
    run_m = np.where(rng.random(400) < 0.5, rng.normal(12_000, 2_000, 400), 0.0)
    did = ((run_m > 0) & (rng.random(400) < 0.8)) | (rng.random(400) < 0.1)
    score = np.round(
        np.clip(3 + rng.normal(0, 1, 400) + np.concatenate([[0.0], 1.5 * (run_m[:-1] > 0)]), 0, 10)
    )
    calendar = [date(2025, 1, 1) + timedelta(days=n) for n in range(400)]
    days = pl.DataFrame(
        {
            "day": calendar,
            "tightness_score": score,
            "stretching": did * 1.0,
            "run_distance_m": run_m,
        }
    )
    blind = effects(days.drop("run_distance_m"), interventions=["stretching"], permutations=199)
    fair = effects(days, interventions=["stretching"], permutations=199)
    assert blind["verdict"].to_list() == ["hurts"]
    assert fair["verdict"].to_list() == ["nothing_seen"]
    assert fair["is_run_held_fixed"].to_list() == [True]


def test_a_short_run_before_the_stretching_is_held_fixed_like_a_long_one() -> None:
    # Any run, however long, adds a point; stretching follows runs and does nothing.
    rng = np.random.default_rng(3)
    run_m = np.where(rng.random(600) < 0.5, 8_000 * rng.lognormal(0, 0.6, 600), 0.0)
    did = np.where(run_m > 0, rng.random(600) < 0.8, rng.random(600) < 0.1)
    score = np.round(
        np.clip(3 + rng.normal(0, 1, 600) + np.concatenate([[0.0], 1.0 * (run_m[:-1] > 0)]), 0, 10)
    )
    calendar = [date(2025, 1, 1) + timedelta(days=n) for n in range(600)]
    days = pl.DataFrame(
        {
            "day": calendar,
            "tightness_score": score,
            "stretching": did * 1.0,
            "run_distance_m": run_m,
        }
    )
    assert effects(days, interventions=["stretching"], permutations=199)["verdict"].to_list() == [
        "nothing_seen"
    ]


def test_what_is_always_done_together_is_called_neither() -> None:
    days = one_runner(-1.2)
    twin = days.with_columns(
        heat=pl.when(pl.int_range(pl.len()) < 5)
        .then(1 - pl.col("stretching"))
        .otherwise("stretching")
    )
    found = effects(twin, interventions=["stretching", "heat"], permutations=199)
    assert found["verdict"].to_list() == ["not_enough_data"] * 2
    assert found["inseparable_from"].to_list() == ["heat", "stretching"]
    assert (
        found["sentence"]
        .str.contains("of the 8 days needed with only one of them", literal=True)
        .all()
    )


def test_many_interventions_are_judged_together() -> None:
    rng = np.random.default_rng(0)
    days = one_runner(0.0)
    names = [f"habit_{number}" for number in range(20)]
    days = days.with_columns(
        [pl.Series(name, (rng.random(days.height) < 0.4) * 1.0) for name in names]
    )
    found = effects(days, interventions=names, permutations=499)
    assert (found["p_value"] < 0.05).any()
    assert found["verdict"].unique().to_list() == ["nothing_seen"]


def test_order_and_whole_weeks_do_not_matter() -> None:
    days = one_runner(-0.5)
    found = effects(days, interventions=["stretching"], permutations=99)
    assert_frame_equal(
        found, effects(days.reverse(), interventions=["stretching"], permutations=99)
    )
    assert_frame_equal(
        found,
        effects(
            days.with_columns(pl.col("day") + timedelta(weeks=9)),
            interventions=["stretching"],
            permutations=99,
        ),
    )


@pytest.mark.parametrize(
    "days",
    [
        pl.DataFrame(),
        pl.DataFrame({"day": [date(2026, 1, 1)], "tightness_score": [3.0], "stretching": [1.0]}),
        pl.DataFrame(
            {
                "day": [date(2026, 1, 1), date(2026, 1, 2)],
                "tightness_score": [3.0, 3.0],
                "stretching": [1.0, 0.0],
            }
        ),
        pl.DataFrame({"day": [date(2026, 1, 1), date(2026, 1, 2)], "stretching": [1.0, 0.0]}),
        pl.DataFrame(
            {
                "day": [date(2026, 1, 1), date(2026, 1, 2)],
                "tightness_score": [None, None],
                "stretching": [None, None],
            }
        ),
        pl.DataFrame(
            {
                "day": [date(2026, 1, 1) + timedelta(days=n) for n in range(90)],
                "tightness_score": 3.0,
                "stretching": [1.0, 0.0] * 45,
            }
        ),
    ],
)
def test_hardly_any_data_gives_a_row_that_says_so(days: pl.DataFrame) -> None:
    found = effects(days, interventions=["stretching", "never_logged"], permutations=19)
    assert set(CONTRACT) <= set(found.columns)
    assert found["verdict"].to_list() == ["not_enough_data", "not_enough_data"]
    assert found["p_value"].null_count() == 2


def test_no_sentence_speaks_of_causes() -> None:
    for true_points in (-1.2, 0.0, 1.2):
        found = effects(
            one_runner(true_points), interventions=["stretching", "nowhere"], permutations=99
        )
        assert (
            not (found["sentence"] + found["details"].fill_null(""))
            .str.to_lowercase()
            .str.contains("cause")
            .any()
        )
