"""What a training load rests on, in words.

`basis` holds the columns load_rule, load_max_bpm, load_max_rule, load_rest_bpm, load_rest_rule and
load_weights of the relation `activity`.
"""

from collections.abc import Mapping
from typing import Any

from tightlog.words.dates import date_words
from tightlog.words.numbers import counted

Basis = Mapping[str, Any]
# A half-minute's mean is a little below the highest value held: more than this is an artefact.
ARTEFACT_BPM = 10.0
FROM_MINUTES, FROM_SESSIONS = ESTIMATED = (
    "estimated_from_minutes", "estimated_from_usual_session",
)  # fmt: skip
HOW_TO_SET = "If you know yours, set heart_rate_max_bpm under [runner] in tightlog.toml."

RULES: Mapping[str, str] = {
    "trimp_samples": "every heart-rate sample",
    "trimp_mean": "the mean heart rate",
    "trimp_part": "the trusted part of the heart rate; the sensor stood still or counted steps in "
    "the rest",
    "srpe": "effort rating times minutes",
    FROM_MINUTES: "an estimate: minutes times your usual load per minute",
    FROM_SESSIONS: "an estimate: your usual session, as its length is unknown",
}
FROM: Mapping[str, str] = {
    "observed": " reached", "given": " as you set it", "assumed": " assumed",
    "from_means": " guessed from mean heart rates",
}  # fmt: skip
SET_ASIDE: Mapping[str | None, str] = {
    "frozen": "the sensor stood still",
    "reads_high": "this device reads higher than your others at the same speed",
}
WEIGHTS: Mapping[str, str] = {
    "women": "women's weights", "men": "men's weights", "men_assumed": "men's weights assumed",
}  # fmt: skip


def load_words(basis: Basis) -> str:
    """What the load rests on in one plain sentence."""
    if basis["load_rule"] == "srpe":
        return "From your effort ratings times minutes."
    if basis["load_rule"] == FROM_MINUTES:
        return "Estimated from minutes, at your usual load per minute."
    if basis["load_rule"] == FROM_SESSIONS:
        return "Estimated from your usual session, as its length is unknown."
    return f"From heart rate; {_heart_rates(basis)}."


def load_basis_words(basis: Basis) -> str:
    """How a load was worked out, with every number that went in."""
    rule = RULES[basis["load_rule"]]
    if basis["load_rule"] in ("srpe", *ESTIMATED):
        return rule
    return f"{rule} ({_heart_rates(basis)}, {WEIGHTS[basis['load_weights']]})"


def maximum_words(maximum: Mapping[str, Any]) -> str:
    """The maximum heart rate used, the highest recorded, and how to set one's own.

    `maximum` is the row of the question `heart_rate_maximum`.
    """
    used = f"Maximum heart rate used: {maximum['load_max_bpm']:.0f}{_of_rule(maximum)}."
    seen = f" {_highest(maximum)}" if maximum["heart_rate_held_bpm"] is not None else ""
    ask = "" if maximum["load_max_rule"] == "given" else f" {HOW_TO_SET}"
    return f"{used}{seen}{_set_aside(maximum)}{ask}"


def _of_rule(maximum: Mapping[str, Any]) -> str:
    if maximum["load_max_rule"] == "observed":
        return ", reached in several of your runs"
    return FROM[maximum["load_max_rule"]]


def _highest(maximum: Mapping[str, Any]) -> str:
    held, peak = maximum["heart_rate_held_bpm"], maximum["heart_rate_peak_bpm"]
    on = f"on {date_words(maximum['day'])}"
    device = f" ({maximum['device']})" if maximum["device"] else ""
    why = SET_ASIDE.get(maximum["heart_rate_set_aside"])
    if why is None and (peak is None or held - peak >= ARTEFACT_BPM):
        why = "it was in the first minutes or followed your steps"
    not_used = f": not used, {why}" if why else ""
    return f"Highest held for 30 s: {held:.0f} {on}{device}{not_used}."


def _set_aside(maximum: Mapping[str, Any]) -> str:
    parts = [
        f"{counted(maximum[name], 'activity', 'activities')} {words}"
        for name, words in (
            ("frozen_count", "(the sensor stood still)"),
            ("high_count", "(the device reads high)"),
        )
        if maximum[name]
    ]
    return f" Heart rate not used: {', '.join(parts)}." if parts else ""


def _heart_rates(basis: Basis) -> str:
    highest, rest = basis["load_max_bpm"], basis["load_rest_bpm"]
    return (
        f"highest {highest:.0f}{FROM[basis['load_max_rule']]}, "
        f"resting {rest:.0f}{FROM[basis['load_rest_rule']]}"
    )
