"""The red flags a runner can tick, and who to see how fast.

Sources: the red-flag lists of the Royal College of Emergency Medicine (low back pain) and of neurosurgical units (cauda equina syndrome),
and NICE guideline NG59. Single flags predict little, so the words are "get checked", never "you have".
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from tightlog.errors import UnknownRedFlag

EMERGENCY = "emergency"
SOON = "soon"


@dataclass(frozen=True)
class RedFlag:
    """A sign that must be looked at before any training advice: name to log it by, question to ask, urgency (emergency or soon),
    and how it is said in a sentence where the name's own words do not do.
    """

    name: str
    question: str
    urgency: str
    words: str = ""


RED_FLAGS: tuple[RedFlag, ...] = (
    RedFlag("saddle_numbness", "Is the skin between your legs numb or strange to the touch?", EMERGENCY),
    RedFlag("bladder_or_bowel", "Is there new trouble with passing or holding water or stool?", EMERGENCY, "bladder or bowel trouble"),
    RedFlag("leg_weakness", "Is a leg or foot weak or numb, newly or more and more, or does a foot drop?", EMERGENCY),
    RedFlag("both_legs_pain", "Does pain run down both legs?", EMERGENCY, "pain down both legs"),
    RedFlag("trauma", "Did it start with a fall, a crash or a heavy blow?", SOON),
    RedFlag("fever", "Do you have fever, chills or night sweats, or have you had an infection lately?", SOON),
    RedFlag("weak_immunity", "Do you take steroids or immune-suppressing medicine, inject drugs, or is your immune system weak?", SOON),
    RedFlag("cancer_history", "Have you ever had cancer?", SOON),
    RedFlag("unexplained_weight_loss", "Are you losing weight without trying?", SOON),
    RedFlag("night_pain", "Is the pain constant at night, or worse when you lie on your back?", SOON),
    RedFlag("upper_back_pain", "Does it hurt between the shoulder blades or around the chest?", SOON),
    RedFlag("osteoporosis", "Are your bones known to be brittle?", SOON),
    RedFlag("inflammatory_disease", "Do you have an inflammatory joint or spine disease?", SOON),
    RedFlag("new_at_this_age", "Is it the first back pain of your life, and you are under 20 or over 50?", SOON, "first back pain at this age"),
)

WHO_TO_SEE = {
    EMERGENCY: "Go to an emergency department now, or call your emergency number. Do not run and do not wait.",
    SOON: "Stop training and call a doctor today, to get checked within the next few days.",
}
ALWAYS_EMERGENCY = (
    "Numbness between the legs, new bladder or bowel trouble, a weak leg, or pain down both legs: go to an emergency department now."
)


def red_flag(name: str) -> RedFlag:
    """Red flag of a name, whatever its case, hyphens or spaces.

    Raises UnknownRedFlag, nearest names first.
    """
    wanted = _plain(name)
    for flag in RED_FLAGS:
        if _plain(flag.name) == wanted:
            return flag
    names = [flag.name for flag in RED_FLAGS]
    near = difflib.get_close_matches(wanted.replace(" ", "_"), names, n=3, cutoff=0.5)
    raise UnknownRedFlag(name, [*near, *(other for other in names if other not in near)])


def urgency(evidence: str) -> str:
    """How fast the red flag in these words wants to be looked at: `emergency` when it names one of that list, else `soon`."""
    return EMERGENCY if any(flag.urgency == EMERGENCY for flag in _named_in(evidence)) else SOON


def who_to_see(evidence: str) -> str:
    """Who to see how fast, in words fit for any red flag; the emergency signs are named whatever was ticked."""
    found = urgency(evidence)
    return WHO_TO_SEE[found] if found == EMERGENCY else f"{WHO_TO_SEE[found]} {ALWAYS_EMERGENCY}"


def in_words(evidence: str) -> str:
    """The evidence with each red flag as one says it: `both legs pain` is `pain down both legs`; twice is the same as once."""
    for flag in RED_FLAGS:
        if flag.words and flag.words not in evidence:
            evidence = evidence.replace(flag.name, flag.words).replace(flag.name.replace("_", " "), flag.words)
    return evidence


def _named_in(evidence: str) -> Iterable[RedFlag]:
    text = _plain(evidence)
    return (flag for flag in RED_FLAGS if _plain(flag.name) in text or (flag.words and flag.words in text))


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("_", " ").replace("-", " ").split())
