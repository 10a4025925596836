"""What a cohort says together is told with the same honesty as one runner's links."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from tightlog.cohort.pooled import Estimates, compared_rows, estimates, pooled_rows
from tightlog.language.choice import GERMAN, spoken

CONTRAST = (0.0, 10.0)


def of_runners(
    count: int, mean: float = 0.6, spread: float = 0.2, seed: int = 1, reacting: int = 0
) -> Estimates:
    rng = np.random.default_rng(seed)
    errors = rng.uniform(0.2, 0.4, count)
    points = rng.normal(mean, spread, count) + errors * rng.normal(size=count)
    names = tuple(f"runner-{number:02}" for number in range(count))
    return Estimates(
        "finding", "run_distance_m", "distance run", "km", names, points, errors, reacting, CONTRAST
    )


def test_a_link_of_many_runners_is_told_with_its_numbers() -> None:
    row = pooled_rows([of_runners(20)]).row(0, named=True)
    assert row["verdict"] == "higher"
    assert row["lasting_low"] < row["mean_low"] < row["mean_points"] < row["mean_high"]
    assert row["up"] + row["down"] == row["homes"] == 20
    assert row["sentence"].startswith("Over 20 runners, distance run (10 against 0 km) goes with")
    assert "for one more runner of this kind" in row["sentence"]


def test_a_link_is_told_in_german_with_a_title_and_numbers_of_that_language() -> None:
    with spoken(GERMAN):
        sentence = pooled_rows([of_runners(20)])["sentence"].item()
        (found,) = estimates(
            rows_of_home("run_distance_m", "distance run the day before"), "finding"
        )
        (own,) = estimates(rows_of_home("declared_km", "metres of snow"), "finding")
    assert sentence.startswith("Bei 20 Läufern ist der Rücken bei mehr davon ")
    assert "(10 gegen 0 km)" in sentence and "0," in sentence and "0." not in sentence
    # A home tells it in its own language; what it declared itself stays as it is.
    assert (found.title, own.title) == ("Laufstrecke am Tag davor", "metres of snow")


def rows_of_home(name: str, title: str) -> pl.DataFrame:
    row = {"home": "runner-01", "name": name, "title": title, "unit": "km", "exposure_low": 0.0}
    return pl.DataFrame(
        [row | {"exposure_high": 10.0, "slope": 0.1, "error": 0.1, "is_reacting": False}]
    )


def test_no_number_of_a_contrast_is_told_in_powers_of_ten() -> None:
    row = pooled_rows([replace(of_runners(20), unit="m", contrast=(0.0, 1234.0))])
    assert "(1,234 against 0 m)" in row["sentence"].item()


@pytest.mark.parametrize("spread", [0.0, 0.6])
def test_one_more_runner_is_no_better_known_than_the_mean_at_all_looks(spread: float) -> None:
    row = pooled_rows([of_runners(12, spread=spread)]).row(0, named=True)
    assert row["predicted_low"] <= row["lasting_low"]
    assert row["predicted_high"] >= row["lasting_high"]
    assert (row["spread_points"] > 0) == (row["predicted_high"] > row["lasting_high"] + 1e-9)


@pytest.mark.parametrize(("count", "is_told"), [(4, False), (5, True)])
def test_fewer_than_five_homes_say_nothing_and_show_no_number(count: int, is_told: bool) -> None:
    row = pooled_rows([of_runners(count, spread=0.0)]).row(0, named=True)
    assert (row["sentence"] is not None) == is_told
    assert (row["mean_points"] is not None) == is_told
    assert (row["verdict"] == "too_few_homes") != is_told
    assert row["homes"] == count


def test_what_half_of_the_runners_do_because_of_their_score_is_not_told() -> None:
    row = pooled_rows([of_runners(20, reacting=10)]).row(0, named=True)
    assert row["verdict"] == "reacts"
    assert "which came first cannot be told" in row["sentence"]
    assert pooled_rows([of_runners(20, reacting=9)])["verdict"].item() == "higher"


def test_a_cohort_without_any_link_is_told_none() -> None:
    found = [
        of_runners(12, mean=0.0, spread=spread, seed=seed)
        for seed in range(100)
        for spread in (0.0, 0.4)
    ]
    verdicts = [pooled_rows([one])["verdict"].item() for one in found]
    # Each is one look at one exposure; the interval for all looks leaves far less than 5 %.
    assert sum(verdict != "nothing_seen" for verdict in verdicts) <= 4


def test_slopes_are_told_for_one_contrast_for_all() -> None:
    rows = pl.DataFrame(
        {
            "home": ["a", "b", "c"],
            "name": ["run_distance_m"] * 3,
            "title": ["distance run"] * 3,
            "unit": ["km"] * 3,
            "exposure_low": [0.0, 0.0, 2.0],
            "exposure_high": [10.0, 20.0, 12.0],
            "slope": [0.1, 0.05, 0.2],
            "error": [0.01, 0.02, 0.03],
            "is_reacting": [False, True, False],
        }
    )
    (one,) = estimates(rows, "finding")
    assert one.contrast == (0.0, 12.0)
    assert one.points == pytest.approx([1.2, 0.6, 2.4])
    assert one.errors == pytest.approx([0.12, 0.24, 0.36])
    assert one.reacting == 1


def test_several_trials_of_a_runner_count_as_one() -> None:
    trials = pl.DataFrame(
        {
            "home": ["a", "a", "b"],
            "name": ["M1"] * 3,
            "effect_points": [-1.0, -0.5, -0.2],
            "effect_low": [-1.5, -1.0, -0.8],
            "effect_high": [-0.5, 0.0, 0.4],
            "p_value": [0.01, 0.04, 0.5],
        }
    )
    (one,) = estimates(trials, "trial")
    assert one.homes == ("a", "b")
    assert one.points == pytest.approx([-0.75, -0.2])
    assert one.errors[0] < one.errors[1]


def test_only_homes_that_agreed_are_compared_with_the_others() -> None:
    found = of_runners(8)
    rows = compared_rows([found], {"runner-03"})
    row = rows.row(0, named=True)
    assert rows.height == 1 and row["home"] == "runner-03"
    mean = pooled_rows([found])["mean_points"].item()
    assert abs(row["shrunk_points"] - mean) < abs(row["own_points"] - mean)
    assert "With what the 8 runners of the group say" in row["sentence"]
    assert compared_rows([of_runners(4)], {"runner-03"}).is_empty()


def test_runners_that_agree_by_chance_are_no_surer_than_their_own_errors() -> None:
    names = tuple("abcde")
    alike = Estimates(
        "finding", "run_distance_m", "distance run", "km", names, np.full(5, 0.3),
        np.full(5, 0.3), 0, CONTRAST,
    )  # fmt: skip
    row = pooled_rows([alike]).row(0, named=True)
    # Hartung and Knapp's error is 0 here.
    assert row["error_points"] == pytest.approx(0.0, abs=1e-12)
    assert row["verdict"] == "nothing_seen"
    assert row["lasting_low"] < 0.0 < row["lasting_high"]


def test_nobody_is_compared_in_what_runners_do_because_of_their_score() -> None:
    assert compared_rows([of_runners(20, reacting=10)], {"runner-03"}).is_empty()
    assert compared_rows([of_runners(20, reacting=9)], {"runner-03"}).height == 1
