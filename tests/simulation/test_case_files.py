"""What the case files of the rules call usual."""

from collections.abc import Mapping

import pytest

from tightlog.patterns.catalogue import PATTERNS
from tightlog.patterns.pattern import Pattern
from tightlog.simulation.steady.case_files import case_file, told, usual

DAYS = range(10)


def days_of(*files: Mapping[str, object], seed: int | None = None) -> dict[str, dict[int, float]]:
    return usual("days", DAYS, seed, [{"usual": {"days": file}} for file in files])


@pytest.mark.parametrize("item", PATTERNS, ids=lambda item: item.pattern)
def test_every_case_file_says_what_belongs_to_its_rule(item: Pattern) -> None:
    parts = {"default", "alone"} | ({"borders"} if item.thresholds else set())
    assert parts <= set(told(item)), case_file(item).name


def test_a_usual_value_is_that_of_every_day_or_of_the_days_named() -> None:
    found = days_of({"swim_min": {"..": 0.0, "../7": 40.0}}, {"strength_14d_count": 4.0})
    assert found["swim_min"] == {number: 40.0 if number in (0, 7) else 0.0 for number in DAYS}
    assert set(found["strength_14d_count"].values()) == {4.0}


def test_what_varies_is_its_mean_without_a_seed_and_drawn_with_one() -> None:
    told_of = {"cadence_spm": {"mean": 170.0, "spread": 2.0}}
    assert set(days_of(told_of)["cadence_spm"].values()) == {170.0}
    drawn = days_of(told_of, seed=1)["cadence_spm"]
    assert len(set(drawn.values())) == len(DAYS) and 160 < sum(drawn.values()) / len(DAYS) < 180
    # A column more draws nothing away from this one.
    assert (
        days_of({"stress": {"mean": 3.0, "spread": 1.0}}, told_of, seed=1)["cadence_spm"] == drawn
    )
    assert days_of(told_of, seed=2)["cadence_spm"] != drawn


def test_a_column_in_two_files_is_refused() -> None:
    with pytest.raises(ValueError, match=r"days\.swim_min"):
        days_of({"swim_min": 1.0}, {"swim_min": 2.0})
