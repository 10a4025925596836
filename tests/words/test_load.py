"""A load says what it rests on."""

from collections.abc import Mapping
from typing import Any

import pytest

from tightlog.features.load import LoadRule
from tightlog.words.load import RULES, load_basis_words, load_words

OBSERVED = {
    "load_rule": "trimp_samples", "load_max_bpm": 181.0, "load_max_rule": "observed",
    "load_rest_bpm": 60.0, "load_rest_rule": "assumed", "load_weights": "men_assumed",
}  # fmt: skip
GIVEN = {
    "load_rule": "trimp_mean", "load_max_bpm": 190.0, "load_max_rule": "given",
    "load_rest_bpm": 48.0, "load_rest_rule": "given", "load_weights": "women",
}  # fmt: skip
RATED = dict.fromkeys(OBSERVED) | {"load_rule": "srpe"}


@pytest.mark.parametrize(("basis", "said"), [
    (OBSERVED, "From heart rate; highest 181 seen, resting 60 assumed."),
    (GIVEN, "From heart rate; highest 190 as you set it, resting 48 as you set it."),
    (RATED, "From your effort ratings times minutes."),
])  # fmt: skip
def test_a_load_rule_is_told_in_plain_words(basis: Mapping[str, Any], said: str) -> None:
    assert load_words(basis) == said


@pytest.mark.parametrize(("basis", "said"), [
    (OBSERVED, "every heart-rate sample (highest 181 seen, resting 60 assumed, men's weights "
     "assumed)"),
    (GIVEN, "the mean heart rate (highest 190 as you set it, resting 48 as you set it, women's "
     "weights)"),
    (RATED, "effort rating times minutes"),
])  # fmt: skip
def test_everything_that_went_into_a_load_is_told(basis: Mapping[str, Any], said: str) -> None:
    assert load_basis_words(basis) == said


def test_every_load_rule_has_words() -> None:
    assert set(RULES) == set(LoadRule)
