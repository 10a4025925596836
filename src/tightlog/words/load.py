"""What a training load rests on, in words.

`basis` holds the columns load_rule, load_max_bpm, load_max_rule, load_rest_bpm, load_rest_rule and
load_weights of the relation `activity`.
"""

from collections.abc import Mapping
from typing import Any

from tightlog.language.catalogue import message, phrase, phrases
from tightlog.words.dates import date_words
from tightlog.words.numbers import counted

Basis = Mapping[str, Any]
# A half-minute's mean is a little below the highest value held: more than this is an artefact.
ARTEFACT_BPM = 10.0
FROM_MINUTES, FROM_SESSIONS = ESTIMATED = (
    "estimated_from_minutes", "estimated_from_usual_session",
)  # fmt: skip
HOW_TO_SET = message("If you know yours, set heart_rate_max_bpm under [runner] in tightlog.toml.")

RULES: Mapping[str, str] = phrases(
    {
        "trimp_samples": "every heart-rate sample",
        "trimp_mean": "the mean heart rate",
        "trimp_part": "the trusted part of the heart rate; the sensor stood still or counted "
        "steps in the rest",
        "srpe": "effort rating times minutes",
        FROM_MINUTES: "an estimate: minutes times your usual load per minute",
        FROM_SESSIONS: "an estimate: your usual session, as its length is unknown",
    }
)
FROM: Mapping[str, str] = phrases({
    "observed": " reached", "given": " as you set it", "assumed": " assumed",
    "from_means": " guessed from mean heart rates",
})  # fmt: skip
SET_ASIDE: Mapping[str | None, str] = phrases(
    {
        "frozen": "the sensor stood still",
        "reads_high": "this device reads higher than your others at the same speed",
    }
)
WEIGHTS: Mapping[str, str] = phrases({
    "women": "women's weights", "men": "men's weights", "men_assumed": "men's weights assumed",
})  # fmt: skip


def load_words(basis: Basis) -> str:
    """What the load rests on in one plain sentence."""
    if basis["load_rule"] == "srpe":
        return phrase("From your effort ratings times minutes.")
    if basis["load_rule"] == FROM_MINUTES:
        return phrase("Estimated from minutes, at your usual load per minute.")
    if basis["load_rule"] == FROM_SESSIONS:
        return phrase("Estimated from your usual session, as its length is unknown.")
    return phrase("From heart rate; {heart_rates}.", heart_rates=_heart_rates(basis))


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
    used = phrase(
        "Maximum heart rate used: {load_max_bpm:.0f}{of_rule}.",
        load_max_bpm=maximum["load_max_bpm"],
        of_rule=_of_rule(maximum),
    )
    seen = f" {_highest(maximum)}" if maximum["heart_rate_held_bpm"] is not None else ""
    ask = "" if maximum["load_max_rule"] == "given" else f" {phrase(HOW_TO_SET)}"
    return f"{used}{seen}{_set_aside(maximum)}{ask}"


def _of_rule(maximum: Mapping[str, Any]) -> str:
    if maximum["load_max_rule"] == "observed":
        return phrase(", reached in several of your runs")
    return FROM[maximum["load_max_rule"]]


def _highest(maximum: Mapping[str, Any]) -> str:
    held, peak = maximum["heart_rate_held_bpm"], maximum["heart_rate_peak_bpm"]
    on = phrase("on {day}", day=date_words(maximum["day"]))
    device = f" ({maximum['device']})" if maximum["device"] else ""
    why = SET_ASIDE.get(maximum["heart_rate_set_aside"])
    if why is None and (peak is None or held - peak >= ARTEFACT_BPM):
        why = phrase("it was in the first minutes or followed your steps")
    not_used = phrase(": not used, {why}", why=why) if why else ""
    return phrase(
        "Highest held for 30 s: {held:.0f} {on}{device}{not_used}.",
        held=held,
        on=on,
        device=device,
        not_used=not_used,
    )


def _set_aside(maximum: Mapping[str, Any]) -> str:
    parts = [
        f"{counted(maximum[name], 'activity', 'activities')} {words}"
        for name, words in (
            ("frozen_count", phrase("(the sensor stood still)")),
            ("high_count", phrase("(the device reads high)")),
        )
        if maximum[name]
    ]
    return phrase(" Heart rate not used: {parts}.", parts=", ".join(parts)) if parts else ""


def _heart_rates(basis: Basis) -> str:
    highest, rest = basis["load_max_bpm"], basis["load_rest_bpm"]
    return phrase(
        "highest {highest:.0f}{max_from}, resting {rest:.0f}{rest_from}",
        highest=highest,
        max_from=FROM[basis["load_max_rule"]],
        rest=rest,
        rest_from=FROM[basis["load_rest_rule"]],
    )
