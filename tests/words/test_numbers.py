"""Counts as they stand in sentences."""

import pytest

from tightlog.words.numbers import counted, measured


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "1 file"), (0, "0 files"), (1_200, "1,200 files"), (3.0, "3 files"), (2.5, "2.5 files")],
)
def test_a_count_has_its_plural_and_its_thousands(count: float, words: str) -> None:
    assert counted(count, "file") == words


def test_a_plural_of_its_own_is_used() -> None:
    assert counted(1, "activity", "activities") == "1 activity"
    assert counted(1_234_567, "activity", "activities") == "1,234,567 activities"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (18.04, "18.0"),
        (-0.04, "0.0"),
        (99.94, "99.9"),
        (99.95, "100"),
        (246.8, "247"),
        (-1200, "-1,200"),
    ],
)
def test_a_measured_number_is_whole_from_a_hundred(value: float, words: str) -> None:
    assert measured(value) == words
