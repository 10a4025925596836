"""What a training load rests on, in words.

`basis` holds the columns load_rule, load_max_bpm, load_max_rule, load_rest_bpm, load_rest_rule and
load_weights of the relation `activity`.
"""

from collections.abc import Mapping
from typing import Any

Basis = Mapping[str, Any]

RULES: Mapping[str, str] = {
    "trimp_samples": "every heart-rate sample",
    "trimp_mean": "the mean heart rate",
    "srpe": "effort rating times minutes",
}
FROM: Mapping[str, str] = {
    "observed": " seen", "given": " as you set it", "assumed": " assumed",
}  # fmt: skip
WEIGHTS: Mapping[str, str] = {
    "women": "women's weights", "men": "men's weights", "men_assumed": "men's weights assumed",
}  # fmt: skip


def load_words(basis: Basis) -> str:
    """What the load rests on in one plain sentence."""
    if basis["load_rule"] == "srpe":
        return "From your effort ratings times minutes."
    return f"From heart rate; {_heart_rates(basis)}."


def load_basis_words(basis: Basis) -> str:
    """How a load was worked out, with every number that went in."""
    rule = RULES[basis["load_rule"]]
    if basis["load_rule"] == "srpe":
        return rule
    return f"{rule} ({_heart_rates(basis)}, {WEIGHTS[basis['load_weights']]})"


def _heart_rates(basis: Basis) -> str:
    highest, rest = basis["load_max_bpm"], basis["load_rest_bpm"]
    return (
        f"highest {highest:.0f}{FROM[basis['load_max_rule']]}, "
        f"resting {rest:.0f}{FROM[basis['load_rest_rule']]}"
    )
