"""A trial in words: its answer, its power, and what the coin says today.

`facts` is one trial: its numbers and codes as in the relation `trial`.
"""

from collections.abc import Mapping
from typing import Any

from tightlog.language.catalogue import message, phrase
from tightlog.language.choice import numerals
from tightlog.words.numbers import counted, first_upper, percent, upper_points

Facts = Mapping[str, Any]
# Ours: a trial that finds a difference of 1 point in fewer than half of all cases is told so.
WORTH_IT = 0.5
# Ours: no plan for a back reaches further than two years.
MOST_WEEKS = 104
PLANNED = message("Planned; `tightlog trial start` starts it.")
SEED_LOST = message("The sealed seed is lost, so nobody can check the coin: there is no answer.")
SEED_WRONG = message("Seed, hash and tosses do not belong together: there is no answer.")
NOT_TOSSED = message("After today's score, `tightlog trial toss` shows the coin.")
DO_IT, LEAVE_IT = message("do it"), message("leave it")


def no_toss_words(score: float) -> str:
    """Why there is no toss on a day with a low score."""
    return phrase(
        "no toss today: tosses are made from a score of 2 on, and today's is {score:g}", score=score
    )


def side_words(is_assigned: bool) -> str:
    """A side of the coin: `do it` or `leave it`."""
    return phrase(DO_IT if is_assigned else LEAVE_IT)


def coin_words(is_assigned: bool) -> str:
    """Today's toss, such as `Coin: do it today.`"""
    return phrase("Coin: {side_words} today.", side_words=side_words(is_assigned))


def sentence(facts: Facts, title: str) -> str:
    """The answer in plain sentences with the numbers behind it."""
    tosses = counted(facts["tosses_made"], "toss", "tosses")
    match facts["verdict"]:
        case "running":
            return phrase(
                "{tosses} so far. The answer comes at the end.", tosses=first_upper(tosses)
            )
        case "not_enough_data":
            return phrase(
                "Not enough next scores for an answer: {n_assigned} after a day with "
                "{title}, {n_not_assigned} after a day without, of {tosses}.",
                n_assigned=facts["n_assigned"],
                title=title,
                n_not_assigned=facts["n_not_assigned"],
                tosses=tosses,
            )
        case "stopped":
            return phrase(
                "Stopped after {tosses}, before the answer was clear. {range}",
                tosses=tosses,
                range=_range(facts),
            )
        case "nothing_seen":
            smallest = upper_points(facts["smallest_detectable_points"])
            return phrase(
                "No difference seen in {tosses}; one of {smallest} points would probably "
                "have shown.",
                tosses=tosses,
                smallest=smallest,
            )
    return phrase(
        "In {tosses}, {difference}. {chance}",
        tosses=tosses,
        difference=_difference(facts, title),
        chance=_chance(facts),
    )


def _difference(facts: Facts, title: str) -> str:
    low, high = facts["effect_low"], facts["effect_high"]
    near, far = sorted((abs(low), abs(high)))
    near = 0.0 if low < 0 < high else near
    direction = phrase("lower") if facts["effect_points"] < 0 else phrase("higher")
    return phrase(
        "mornings after the coin said {title} were {effect_points:.1f} points {direction} "
        "({near:.1f} to {far:.1f})",
        title=title,
        effect_points=abs(facts["effect_points"]),
        direction=direction,
        near=near,
        far=far,
    )


def _range(facts: Facts) -> str:
    return phrase(
        "The effect on the next morning may lie anywhere from {signed} to {signed_2} points.",
        signed=_signed(facts["effect_low"]),
        signed_2=_signed(facts["effect_high"]),
    )


def _signed(points: float) -> str:
    return numerals(f"{points + 0.0:+.1f}").replace("-", "−")


def _chance(facts: Facts) -> str:
    p_value = facts["p_value"]
    if p_value is None or facts["clear_at_toss"] is not None:
        return phrase("The answer was clear early, by a test that may be looked at every day.")
    return phrase(
        "Chance alone does that in 1 of {p_value:,} trials.", p_value=max(round(1 / p_value), 2)
    )


def series_sentence(facts: Facts, title: str) -> str:
    """What several trials of one intervention say together."""
    together = phrase(
        "{trial} together, {tosses_made:,} tosses: mornings after the coin said {title} "
        "were {lower_or_higher}",
        trial=counted(facts["trials"], "trial"),
        tosses_made=facts["tosses_made"],
        title=title,
        lower_or_higher=_lower_or_higher(facts),
    )
    if facts["verdict"] == "nothing_seen":
        return phrase(
            "{together}. Chance alone may do that; more tosses add to it.", together=together
        )
    return phrase(
        "{together}. Chance alone hardly ever does that, however many trials are made.",
        together=together,
    )


def _lower_or_higher(facts: Facts) -> str:
    direction = phrase("lower") if facts["effect_points"] < 0 else phrase("higher")
    span = phrase(
        "between {signed} and {signed_2}",
        signed=_signed(facts["effect_low"]),
        signed_2=_signed(facts["effect_high"]),
    )
    return phrase(
        "{effect_points:.1f} points {direction} (the effect lies {span})",
        effect_points=abs(facts["effect_points"]),
        direction=direction,
        span=span,
    )


def so_far(made: int, planned: int) -> str:
    """How many tosses are made, as `12 of 80 tosses made`."""
    return phrase("{made} of {toss} made", made=made, toss=counted(planned, "toss", "tosses"))


def stake_words(stake: float) -> str:
    """The running read-out: what a bet against the coin has grown to."""
    return phrase(
        "Evidence so far: {stake:.1f}. It begins at 1; at 40 the answer is clear, and the trial "
        "ends early.",
        stake=stake,
    )


def ending_words(facts: Facts) -> str:
    """How a trial came to its end, in a few words."""
    tosses = phrase(
        "{tosses_made} of {toss}",
        tosses_made=facts["tosses_made"],
        toss=counted(facts["tosses_planned"], "toss", "tosses"),
    )
    match facts["ending"]:
        case "planned":
            return phrase(
                "all {toss} made", toss=counted(facts["tosses_planned"], "toss", "tosses")
            )
        case "early":
            return phrase("clear early, after {tosses}", tosses=tosses)
        case "red_flag":
            return phrase("stopped by a warning sign after {tosses}", tosses=tosses)
        case "lost_seed":
            return phrase("ended without its seed after {tosses}", tosses=tosses)
    note = facts["stop_note"]
    return phrase(
        "stopped by hand after {tosses}{part}", tosses=tosses, part=f": “{note}”" if note else ""
    )


def as_told_words(facts: Facts) -> str:
    """The side note on days done as told."""
    return phrase(
        "{n_as_told} tosses done as told; on these the difference was {signed} points, "
        "which proves less",
        n_as_told=facts["n_as_told"],
        signed=_signed(facts["as_told_points"]),
    )


def seed_words(*, is_right: bool) -> str:
    """Whether anybody can check the coin."""
    if is_right:
        return phrase("seed, fingerprint and tosses belong together")
    return phrase("seed, fingerprint and tosses do not belong together")


def plan_sentences(
    title: str, tosses: int, power_1: float | None, power_2: float | None, weeks: float | None
) -> tuple[str, ...]:
    """What will happen in a trial, and what it would show."""
    power = (
        phrase(
            "Your scores are too few to say what it would show; a month of daily scores is enough."
        )
        if power_1 is None or power_2 is None
        else too_long_sentence(tosses)
        if is_too_long(weeks)
        else power_sentence(power_1, power_2, tosses, weeks)
    )
    return (
        phrase(
            "On each morning with a score of 2 or more, a coin says whether you do {title} "
            "that day.",
            title=title,
        ),
        phrase("You see the coin after you have given the day's score, never before."),
        phrase(
            "After {tosses} tosses, or when the answer is clear, you see what it changed in "
            "the next morning's score.",
            tosses=tosses,
        ),
        phrase("A missed day does no harm, and you may stop at any time."),
        power,
    )


def not_for_a_coin(title: str) -> str:
    """Why an intervention cannot be tried by a coin."""
    return phrase(
        "{title} cannot be left to a coin: it is no exercise of one day, or there are days "
        "on which it should not be done; choose a stretch, a swim or a light mobility "
        "exercise",
        title=title,
    )


def ended_words(ending: str) -> str:
    """Why a trial is over."""
    match ending:
        case "planned":
            return phrase(
                "all tosses are made, and the trial has ended; `tightlog trial answer` shows it"
            )
        case "early":
            return phrase(
                "the answer is clear, and the trial has ended; `tightlog trial answer` shows it"
            )
        case "red_flag":
            return phrase("a warning sign stopped the trial; it is kept, and told as stopped")
        case "lost_seed":
            return phrase(
                "the sealed seed is lost or changed, so the trial has ended without an answer"
            )
    return phrase("the trial was stopped; it is kept, and told as stopped")


def is_too_long(weeks: float | None) -> bool:
    """True where nobody would see the end of a trial."""
    return weeks is not None and weeks > MOST_WEEKS


def too_long_sentence(tosses: int) -> str:
    """Why a trial is not foreseen."""
    return phrase(
        "Not worth starting now: {tosses} tosses would take more than two years, because only "
        "mornings with a score of 2 or more are tossed for, and you have few of them.",
        tosses=tosses,
    )


def power_sentence(power_1: float, power_2: float, tosses: int, weeks: float | None) -> str:
    """What a trial of so many tosses would show, and how long it takes."""
    length = phrase(", about {weeks:.0f} weeks", weeks=weeks) if weeks is not None else ""
    worth = "" if power_1 >= WORTH_IT else phrase(" Probably not worth it.")
    return phrase(
        "With {tosses} tosses{length}, a difference of 1 point would be found with a "
        "chance of {power_1}, one of 2 points with {power_2}.{worth}",
        tosses=tosses,
        length=length,
        power_1=percent(power_1),
        power_2=percent(power_2),
        worth=worth,
    )
