"""Nights and days of a watch: a family of their own, and what keeps a spoilt night from a claim."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from tests.findings.test_verdict import CLEAR, ENOUGH
from tightlog.features.catalogue import FEATURES
from tightlog.findings.association import associate, look
from tightlog.findings.daily_life.held_fixed import held_fixed
from tightlog.findings.daily_life.life_family import (
    LIFE_FAMILY,
    PLACES,
    known_family,
    life_columns,
)
from tightlog.findings.exposures import FAMILY, full_calendar
from tightlog.findings.rated_days import held_for, values_before
from tightlog.findings.verdict import Link, judgement
from tightlog.simulation.population.lives import Life, days_of_life
from tightlog.simulation.population.watch import Watch
from tightlog.words.findings import DAILY_LIFE, TRAINING

SLEEP = LIFE_FAMILY[0]
TOLD = ("clear", "possible")
NIGHT = replace(
    CLEAR, exposure=SLEEP, effect_points=-1.4, earlier_half_points=-1.2, later_half_points=-1.6,
    yesterday_rated_points=-1.3, yesterday_rated_p=0.001, spoilt_night_p=0.01,
)  # fmt: skip


def worn(life: Life, length_d: int = 365, seed: int = 1) -> pl.DataFrame:
    return days_of_life(life, length_d, np.random.default_rng([3, seed]))


def of_life(days: pl.DataFrame) -> pl.DataFrame:
    return associate(days, permutations=99).filter(family=DAILY_LIFE)


@pytest.fixture(scope="module")
def slept() -> pl.DataFrame:
    """A year in which short nights tighten the back."""
    return worn(Life(watch=Watch(sleep_points=0.8)))


def test_the_family_is_small_and_each_place_has_one_window() -> None:
    assert len(PLACES) <= 8
    assert len({one.column for one in LIFE_FAMILY}) == len(LIFE_FAMILY)
    assert all(one.family == DAILY_LIFE and one.spans_d <= 7 for one in LIFE_FAMILY)


def test_every_exposure_is_a_feature_or_a_column_that_a_watch_fills() -> None:
    known = {feature.feature for feature in FEATURES}
    assert all(name in known or name.startswith("context_") for name in life_columns())


def test_a_home_without_nights_has_no_row_of_them() -> None:
    found = associate(worn(Life()), permutations=19)
    assert found["exposure"].to_list() == [item.column for item in FAMILY]
    assert set(found["family"]) == {TRAINING}


def test_a_planted_effect_of_sleep_is_told_with_its_sign(slept: pl.DataFrame) -> None:
    sleep = of_life(slept).filter(exposure="context_sleep_h").row(0, named=True)
    assert sleep["verdict"] == "possible" and sleep["verdict_reason"] == "same_night"
    assert sleep["told_points"] < -1 and sleep["spoilt_night_p"] < 0.05
    assert sleep["sentence"].startswith(
        "Possibly: the morning after a long night (more than about "
    )


def test_a_night_the_back_has_spoilt_is_not_told() -> None:
    for seed in range(3):
        found = of_life(worn(Life(watch=Watch(spoilt_h=0.5)), seed=seed))
        sleep = found.filter(exposure="context_sleep_h").row(0, named=True)
        assert sleep["max_t_p"] < 0.05, "there is a link, and it is strong"
        assert sleep["verdict"] in ("reacts", "nothing_seen")


def test_the_families_do_not_share_their_error(slept: pl.DataFrame) -> None:
    both = associate(slept, permutations=99)
    alone = associate(slept, exposures=FAMILY, permutations=99)
    names = ["exposure", "n_days", "p_value", "max_t_p", "q_value", "e_value", "tests", "verdict"]
    assert_frame_equal(both.filter(family=TRAINING).select(names), alone.select(names))


def test_a_night_is_compared_with_a_score_of_that_morning_only(slept: pl.DataFrame) -> None:
    late = slept.with_columns(tightness_moment=pl.lit("assumed_morning"))
    found = {
        name: of_life(days).filter(exposure="context_sleep_h")["n_days"][0]
        for name, days in (("morning", slept), ("date only", late))
    }
    assert found["morning"] > 150 and found["date only"] == 0


def test_the_night_after_the_last_score_changes_nothing(slept: pl.DataFrame) -> None:
    last = slept.filter(pl.col("tightness_score").is_not_null())["day"].max()
    changed = slept.with_columns(
        pl.when(pl.col("day") > last).then(99.0).otherwise(name).alias(name)
        for name in ("context_sleep_h", "context_steps", "hrv_rmssd_deviation_sd")
    )
    assert_frame_equal(of_life(changed), of_life(slept))


def test_a_night_is_that_of_the_morning_and_a_day_the_one_before(slept: pl.DataFrame) -> None:
    seen = look(full_calendar(slept), "tightness_score", 0, 0)
    steps = next(one for one in LIFE_FAMILY if one.column == "context_steps")
    rows = seen.rated.rows[5:]
    for item, back_d in ((SLEEP, 0), (steps, 1)):
        values = values_before(seen.calendar, item, seen.rated)[5:]
        stored = slept[item.column].to_numpy()[rows - back_d]
        assert values == pytest.approx(stored, nan_ok=True)


@pytest.mark.parametrize(("bed_time_h", "is_before"), [(19.0, True), (19.1, False)])
def test_a_sleep_that_ends_in_the_evening_is_not_before_a_score_of_the_morning(
    slept: pl.DataFrame, bed_time_h: float, is_before: bool
) -> None:
    by_day = slept.with_columns(context_bed_time_h=pl.lit(bed_time_h), context_sleep_h=pl.lit(8.0))
    seen = look(full_calendar(by_day), "tightness_score", 0, 0)
    values = values_before(seen.calendar, SLEEP, seen.rated)
    assert np.isnan(values).all() != is_before


def test_of_two_columns_for_one_place_the_better_known_is_tested(slept: pl.DataFrame) -> None:
    rows = np.arange(slept.height)
    both = slept.with_columns(
        context_stress=pl.when(pl.int_range(pl.len()) % 2 == 0).then(3.0),
        hrv_sdnn_deviation_sd=pl.lit(None, pl.Float64),
    )
    chosen = [one.column for one in known_family(both, rows)]
    assert "context_watch_stress" in chosen and "context_stress" not in chosen
    assert "hrv_sdnn_deviation_sd" not in chosen
    noted = both.drop("context_watch_stress")
    assert "context_stress" in [one.column for one in known_family(noted, rows)]


def test_stress_of_the_watch_is_held_fixed_before_that_of_the_diary(slept: pl.DataFrame) -> None:
    both = slept.with_columns(context_stress=pl.int_range(pl.len()) % 7)
    rows = np.arange(5, slept.height)
    assert held_fixed(both, rows, TRAINING)[0] == ("sleep", "watch stress")
    rare = both.with_columns(context_watch_stress=pl.when(pl.int_range(pl.len()) % 2 == 0).then(30))
    assert held_fixed(rare, rows, TRAINING)[0] == ("sleep", "stress")
    assert held_fixed(both, rows, DAILY_LIFE)[0] == ("distance run",)


def test_the_night_held_fixed_is_the_one_before_the_run_not_after_it() -> None:
    days = pl.DataFrame(
        {
            "day": pl.date_range(pl.date(2026, 3, 1), pl.date(2026, 3, 20), eager=True),
            "context_sleep_h": [float(number) for number in range(20)],
        }
    )
    names, values = held_fixed(days, np.arange(1, 20), TRAINING)
    # Before the score of day 5, the run of day 4, and the night that ended on the morning of day 4.
    assert names == ("sleep",) and values[4, 0] == 4.0


def test_stress_is_that_of_the_day_and_the_mean_of_what_is_known_of_two_before() -> None:
    stress = [10.0, 20.0, None, 40.0, 50.0, 60.0, 75.0, 80.0, 91.0, 100.0]
    days = pl.DataFrame(
        {
            "day": pl.date_range(pl.date(2026, 3, 1), pl.date(2026, 3, 10), eager=True),
            "context_watch_stress": stress,
        }
    )
    _, values = held_fixed(days, np.arange(4, 10), TRAINING)
    assert values[:2].tolist() == [[40.0, 20.0], [50.0, 40.0]]
    assert values[2].tolist() == [60.0, 45.0]


def test_the_same_is_held_fixed_for_scores_and_their_ranks() -> None:
    days = worn(Life(zeros=True, watch=Watch()))
    seen = look(full_calendar(days), "tightness_score", 0, 0)
    held = held_for(seen.rated, seen.calendar, LIFE_FAMILY)
    assert held.life_names == ("distance run",) and held.ranked is not None
    assert held.ranked.life is held.life


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (NIGHT, ("possible", "same_night")),
        (replace(NIGHT, spoilt_night_p=0.05), ("nothing_seen", "did_not_hold")),
        (replace(NIGHT, spoilt_night_p=None), ("nothing_seen", "did_not_hold")),
        (replace(NIGHT, spoilt_night_p=0.05, reaction_p=0.04), ("reacts", "reaction")),
        (replace(NIGHT, reaction_p=0.04), ("possible", "same_night")),
        (replace(NIGHT, yesterday_rated_p=0.06), ("nothing_seen", "did_not_hold")),
        # A night before the last one ended a day before the score.
        (replace(NIGHT, told_lag_d=2, later_points=-1.4, spoilt_night_p=None), ("clear", "holds")),
    ],
)
def test_the_night_before_is_told_only_where_the_night_after_speaks_for_it(
    link: Link, expected: tuple[str, str]
) -> None:
    judged = judgement(link, ENOUGH)
    assert (judged.verdict.value, judged.reason.value) == expected


def test_steps_of_yesterdays_run_are_no_link_of_steps() -> None:
    told = [
        of_life(worn(Life(per_sd=(0.6, 0.0, 0.0), watch=Watch()), seed=seed))
        .filter(exposure="context_steps")["verdict"]
        .item()
        for seed in range(3)
    ]
    assert not set(told) & set(TOLD)
