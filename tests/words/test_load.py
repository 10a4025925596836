"""A load says what it rests on."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from tightlog.features.hearts.heart_rate_maximum import MaximumRule
from tightlog.features.hearts.heart_rate_trust import SetAside
from tightlog.features.load import LoadRule
from tightlog.words.load import (
    FROM,
    RULES,
    SET_ASIDE,
    load_basis_words,
    load_words,
    maximum_words,
)

OBSERVED = {
    "load_rule": "trimp_samples", "load_max_bpm": 181.0, "load_max_rule": "observed",
    "load_rest_bpm": 60.0, "load_rest_rule": "assumed", "load_weights": "men_assumed",
}  # fmt: skip
GIVEN = {
    "load_rule": "trimp_mean", "load_max_bpm": 190.0, "load_max_rule": "given",
    "load_rest_bpm": 48.0, "load_rest_rule": "given", "load_weights": "women",
}  # fmt: skip
ESTIMATED = dict.fromkeys(OBSERVED) | {"load_rule": "estimated_from_minutes"}
USUAL = dict.fromkeys(OBSERVED) | {"load_rule": "estimated_from_usual_session"}
GUESSED = GIVEN | {"load_max_bpm": 180.0, "load_max_rule": "from_means"}
MAXIMUM = {
    "load_max_bpm": 181.4, "load_max_rule": "observed", "heart_rate_held_bpm": 182.0,
    "heart_rate_peak_bpm": 182.0, "heart_rate_set_aside": None, "day": date(2026, 5, 3),
    "device": "watch", "frozen_count": 0, "high_count": 0,
}  # fmt: skip
SET = " If you know yours, set heart_rate_max_bpm under [runner] in tightlog.toml."
RATED = dict.fromkeys(OBSERVED) | {"load_rule": "srpe"}


@pytest.mark.parametrize(("basis", "said"), [
    (OBSERVED, "From heart rate; highest 181 reached, resting 60 assumed."),
    (GIVEN, "From heart rate; highest 190 as you set it, resting 48 as you set it."),
    (GUESSED, "From heart rate; highest 180 guessed from mean heart rates, resting 48 as you set "
     "it."),
    (RATED, "From your effort ratings times minutes."),
    (ESTIMATED, "Estimated from minutes, at your usual load per minute."),
    (USUAL, "Estimated from your usual session, as its length is unknown."),
])  # fmt: skip
def test_a_load_rule_is_told_in_plain_words(basis: Mapping[str, Any], said: str) -> None:
    assert load_words(basis) == said


@pytest.mark.parametrize(("basis", "said"), [
    (OBSERVED, "every heart-rate sample (highest 181 reached, resting 60 assumed, men's weights "
     "assumed)"),
    (GIVEN, "the mean heart rate (highest 190 as you set it, resting 48 as you set it, women's "
     "weights)"),
    (RATED, "effort rating times minutes"),
    (ESTIMATED, "an estimate: minutes times your usual load per minute"),
    (USUAL, "an estimate: your usual session, as its length is unknown"),
])  # fmt: skip
def test_everything_that_went_into_a_load_is_told(basis: Mapping[str, Any], said: str) -> None:
    assert load_basis_words(basis) == said


def test_every_load_rule_has_words() -> None:
    assert set(RULES) == set(LoadRule)
    assert {rule.value for rule in MaximumRule} <= set(FROM)
    assert set(SET_ASIDE) == set(SetAside)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {},
            "Maximum heart rate used: 181, reached in several of your runs. Highest held for 30 s: "
            "182 on 3 May 2026 (watch)." + SET,
        ),
        (
            {"heart_rate_held_bpm": 218.0, "heart_rate_set_aside": "reads_high", "high_count": 12},
            "Maximum heart rate used: 181, reached in several of your runs. Highest held for 30 s: "
            "218 on 3 May 2026 (watch): not used, this device reads higher than your others at "
            "the same speed. Heart rate not used: 12 activities (the device reads high)." + SET,
        ),
        (
            {"heart_rate_held_bpm": 214.0, "heart_rate_peak_bpm": 170.0, "frozen_count": 1},
            "Maximum heart rate used: 181, reached in several of your runs. Highest held for 30 s: "
            "214 on 3 May 2026 (watch): not used, it was in the first minutes or followed your "
            "steps. Heart rate not used: 1 activity (the sensor stood still)." + SET,
        ),
        (
            {"heart_rate_held_bpm": None, "load_max_rule": "from_means"},
            "Maximum heart rate used: 181 guessed from mean heart rates." + SET,
        ),
        (
            {"heart_rate_held_bpm": None, "load_max_rule": "given"},
            "Maximum heart rate used: 181 as you set it.",
        ),
    ],
)
def test_the_maximum_used_and_the_highest_seen_are_both_told(
    changes: dict[str, object], said: str
) -> None:
    assert maximum_words(MAXIMUM | changes) == said
