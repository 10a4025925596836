"""What is told must last: later days, hints, scores without a time, and one thing told once."""

from dataclasses import replace

import numpy as np
import pytest

from tests.findings.test_verdict import CLEAR, ENOUGH, details, sentence
from tightlog.findings.association import associate, told_as_one
from tightlog.findings.exposures import FAMILY
from tightlog.findings.verdict import Link, judgement
from tightlog.simulation.population.lives import Life, days_of_life

HINT = replace(CLEAR, is_lasting=False, stood_a_week_earlier=True)
SEEN_ONCE = replace(CLEAR, is_lasting=False, stood_a_week_earlier=False)
NO_TIME = replace(CLEAR, is_time_unknown=True, same_day_points=1.1, same_day_p=0.01)


def verdict(link: Link) -> tuple[str, str]:
    judged = judgement(link, ENOUGH)
    return judged.verdict.value, judged.reason.value


def test_what_stands_at_one_look_only_needs_a_second_a_week_apart() -> None:
    assert verdict(CLEAR) == ("clear", "holds")
    assert verdict(HINT) == ("hint", "seen_twice")
    assert verdict(SEEN_ONCE) == ("nothing_seen", "seen_once")
    assert "it may fade" in sentence(HINT, ENOUGH)
    assert "may fade" in sentence(SEEN_ONCE, ENOUGH)


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (NO_TIME, ("possible", "time_unknown")),
        (replace(NO_TIME, same_day_p=0.049), ("possible", "time_unknown")),
        (replace(NO_TIME, same_day_p=0.05), ("nothing_seen", "did_not_hold")),
        (replace(NO_TIME, same_day_points=-1.1), ("nothing_seen", "did_not_hold")),
        (replace(NO_TIME, same_day_points=None, same_day_p=None), ("nothing_seen", "did_not_hold")),
    ],
)
def test_scores_without_a_time_must_hold_beside_the_run_of_the_same_day(
    link: Link, expected: tuple[str, str]
) -> None:
    assert verdict(link) == expected


def test_the_sentence_says_when_the_time_of_the_scores_is_missing() -> None:
    assert "time of day of your scores is not known" in sentence(NO_TIME, ENOUGH)


def test_a_link_two_days_later_is_told_as_that() -> None:
    later = replace(CLEAR, told_lag_d=2, later_points=1.3, effect_points=0.1)
    assert sentence(later, ENOUGH).startswith(
        "Two days after more distance run your back is usually "
    )


def test_the_size_shown_is_shrunk_and_a_hidden_cause_is_said() -> None:
    told = replace(
        CLEAR,
        shrunk_points=0.9,
        robustness_pct=23.0,
        life_names=("stress",),
        life_robustness_pct=6.0,
    )
    said = details(told, ENOUGH).replace("\u00a0", " ")
    assert "About 0.9 points" in said
    assert "not quite a point tighter" in sentence(told, ENOUGH)
    hardly = replace(told, shrunk_points=-0.01)
    assert "Less than 0.1 points" in details(hardly, ENOUGH)
    assert "a little tighter (less than ½ point)" in sentence(hardly, ENOUGH)
    assert (
        "could be behind all of it only if it explained 23 % of the ups and downs of both this "
        "and your scores; your stress explains at most 6 %" in said
    )


def test_three_measures_of_running_are_one_thing() -> None:
    by_name = {item.column: item for item in FAMILY}
    links = [
        replace(CLEAR, exposure=by_name[name], e_value=evidence)
        for name, evidence in (("run_distance_m", 90.0), ("load_au", 200.0), ("descent_m", 500.0))
    ]
    assert [link.same_as for link in told_as_one(links, ENOUGH)] == ["load_au", None, None]
    other_way = replace(links[0], effect_points=-1.4)
    assert [link.same_as for link in told_as_one([other_way, *links[1:]], ENOUGH)] == [None] * 3


def test_an_effect_two_days_later_is_found_with_its_sign() -> None:
    days = days_of_life(Life(per_sd=(0.0, 0.7, 0.0)), 365, np.random.default_rng(5))
    found = associate(days, exposures=[FAMILY[0]], permutations=499).row(0, named=True)
    assert found["verdict"] in ("clear", "possible")
    assert (found["told_lag_d"], found["told_points"] > 0) == (2, True)
    assert found["cumulative_low"] > 0
    assert abs(found["lag_1_points"]) < found["lag_2_points"] / 2


def test_evening_scores_without_a_time_make_no_link_with_less_tightness() -> None:
    life = Life(moment="unknown", evening_per_sd=0.8, every_other_day=True, races=False)
    verdicts = []
    for seed in range(4):
        days = days_of_life(life, 240, np.random.default_rng(seed))
        found = associate(days, exposures=["run_distance_m", "load_au"], permutations=199)
        verdicts += [row["verdict"] for row in found.to_dicts() if (row["told_points"] or 0.0) < 0]
    assert not {"clear", "possible", "hint"} & set(verdicts)


def test_an_exposure_without_enough_days_does_not_count_in_the_family() -> None:
    days = days_of_life(Life(), 100, np.random.default_rng(2))
    found = associate(days, permutations=99).filter(exposure="swim_min").row(0, named=True)
    assert found["verdict_reason"] == "too_few_exposure_days"
    assert found["p_value"] is not None and found["q_value"] is None
