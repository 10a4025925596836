"""A hypothesis is tested on what came after it was written down, by the rules of the families."""

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from tightlog.findings.declared.declared_family import Declared, declared_days, declared_links

FIRST = date(2025, 1, 6)
DAYS = 240


def history(seed: int, points: float, count: int = DAYS) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Days with a score, and the values of what goes with it by so many points the day before."""
    chance = np.random.default_rng(seed)
    values = chance.integers(0, 2, count).astype(float)
    scores = 4.0 + chance.normal(0, 1, count)
    scores[1:] += points * values[:-1]
    calendar = [FIRST + timedelta(days=number) for number in range(count)]
    days = pl.DataFrame(
        {"day": calendar, "tightness_score": scores.clip(0, 10), "tightness_moment": "morning"}
    )
    return days, pl.DataFrame({"day": calendar, "value": values})


def declared(values: pl.DataFrame, day: int, key: str = "declared_h1") -> Declared:
    return Declared(key, "late coffee", "", FIRST + timedelta(days=day), values)


def test_a_planted_link_is_found_and_told_in_its_name() -> None:
    days, values = history(3, 1.5)
    row = declared_links(days, [declared(values, 30)], 500).row(0, named=True)
    assert row["verdict"] in ("clear", "possible")
    assert row["effect_points"] == pytest.approx(1.5, abs=0.5)
    assert row["n_days"] == DAYS - 31
    assert row["family"] == "declared" and "late coffee" in row["sentence"]


def test_only_scores_after_the_declaration_are_evidence() -> None:
    days, values = history(3, 1.5)
    is_known = pl.col("day") <= FIRST + timedelta(days=100)
    other = days.with_columns(
        pl.when(is_known).then(10 - pl.col("tightness_score")).otherwise("tightness_score")
        .alias("tightness_score")
    )  # fmt: skip
    family = [declared(values, 100)]
    assert declared_links(days, family, 200).equals(declared_links(other, family, 200))
    few = declared_links(days, [declared(values, DAYS - 20)], 200).row(0, named=True)
    assert few["verdict"] == "not_enough_data" and few["score_count"] == 19


def test_each_of_several_counts_from_its_own_day() -> None:
    days, values = history(3, 1.5)
    family = [declared(values, 20, "declared_a"), declared(values, 120, "declared_b")]
    found = declared_links(days, family, 200)
    assert found["exposure"].to_list() == ["declared_a", "declared_b"]
    assert found["n_days"].to_list() == [DAYS - 21, DAYS - 121]
    assert found["tests"].to_list() == [2, 2]
    later = declared_days(days, family).filter(pl.col("declared_b").is_not_null())
    assert later["day"][0] == FIRST + timedelta(days=120)


def test_more_hypotheses_ask_more_of_each() -> None:
    days, values = history(5, 0.55)
    alone = declared_links(days, [declared(values, 0)], 500)
    _, others = history(6, 0.0)
    many = [declared(values, 0), *(declared(others, 0, f"declared_n{n}") for n in range(9))]
    assert declared_links(days, many, 500)["q_value"][0] > alone["q_value"][0]


def test_without_a_link_one_is_rarely_told() -> None:
    told = 0
    for seed in range(40):
        days, values = history(100 + seed, 0.0, 150)
        row = declared_links(days, [declared(values, 0)], 200).row(0, named=True)
        told += row["verdict"] in ("clear", "possible")
    assert told <= 3
