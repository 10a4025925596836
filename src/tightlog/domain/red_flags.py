"""The red flags a runner can tick, who to see how fast, and how long they are active.

Sources: the red-flag lists of the Royal College of Emergency Medicine (low back pain) and of
neurosurgical units (cauda equina syndrome), and NICE guideline NG59. Single flags predict little,
so the words are "get checked", never "you have".

A red flag travels as its name. Words are made from names where they are shown, and never parsed.
"""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from tightlog.errors import UnknownRedFlag
from tightlog.language.catalogue import message, phrase, phrased, phrases
from tightlog.words.dates import date_words

EMERGENCY = "emergency"
SOON = "soon"
# Names besides those that can be ticked: pain called sharp, a high score, and a value in the place
# of the red flags that is not a name.
SHARP_PAIN, HIGH_SCORE, UNREADABLE_SIGN = "sharp_pain", "high_score", "unreadable_sign"


@phrased("question", "words")
@dataclass(frozen=True)
class RedFlag:
    """A sign to examine before any training advice: name to log it by, question to ask, urgency
    (emergency or soon), and words for a sentence.
    """

    name: str
    question: str
    urgency: str
    words: str


RED_FLAGS: tuple[RedFlag, ...] = (
    RedFlag(
        "saddle_numbness",
        message("Is the skin between your legs numb or strange to the touch?"),
        EMERGENCY,
        message("saddle numbness"),
    ),
    RedFlag(
        "bladder_or_bowel",
        message("Is there new trouble with passing or holding water or stool?"),
        EMERGENCY,
        message("bladder or bowel trouble"),
    ),
    RedFlag(
        "leg_weakness",
        message("Is a leg or foot weak or numb, newly or more and more, or does a foot drop?"),
        EMERGENCY,
        message("leg weakness"),
    ),
    RedFlag(
        "both_legs_pain",
        message("Does pain run down both legs?"),
        EMERGENCY,
        message("pain down both legs"),
    ),
    RedFlag(
        "trauma",
        message("Did it start with a fall, a crash or a heavy blow?"),
        SOON,
        message("trauma"),
    ),
    RedFlag(
        "fever",
        message("Do you have fever, chills or night sweats, or have you had an infection lately?"),
        SOON,
        message("fever"),
    ),
    RedFlag(
        "weak_immunity",
        message(
            "Do you take steroids or immune-suppressing medicine, inject drugs, or is your "
            "immune system weak?"
        ),
        SOON,
        message("weak immunity"),
    ),
    RedFlag(
        "cancer_history", message("Have you ever had cancer?"), SOON, message("cancer history")
    ),
    RedFlag(
        "unexplained_weight_loss",
        message("Are you losing weight without trying?"),
        SOON,
        message("unexplained weight loss"),
    ),
    RedFlag(
        "night_pain",
        message("Is the pain constant at night, or worse when you lie on your back?"),
        SOON,
        message("night pain"),
    ),
    RedFlag(
        "upper_back_pain",
        message("Does it hurt between the shoulder blades or around the chest?"),
        SOON,
        message("upper back pain"),
    ),
    RedFlag(
        "osteoporosis",
        message("Are your bones known to be brittle?"),
        SOON,
        message("osteoporosis"),
    ),
    RedFlag(
        "inflammatory_disease",
        message("Do you have an inflammatory joint or spine disease?"),
        SOON,
        message("inflammatory disease"),
    ),
    RedFlag(
        "new_at_this_age",
        message("Is it the first back pain of your life, and you are under 20 or over 50?"),
        SOON,
        message("first back pain at this age"),
    ),
)
RED_FLAG_NAMES = frozenset(flag.name for flag in RED_FLAGS)

# Asked about at once where the tightness runs below the knee, as in the lists of signs of the cauda
# equina: pain down one leg by itself is none of them.
LEG_SIGNS = ("leg_weakness", "both_legs_pain", "saddle_numbness", "bladder_or_bowel")
NIGHT_SIGN = "night_pain"


def asked_after(*, is_below_knee: bool, is_woken: bool) -> tuple[RedFlag, ...]:
    """The red flags to ask about after what a score says of the leg and the night."""
    names = (*(LEG_SIGNS if is_below_knee else ()), *((NIGHT_SIGN,) if is_woken else ()))
    return tuple(flag for flag in RED_FLAGS if flag.name in names)


WHO_TO_SEE = phrases(
    {
        EMERGENCY: "Go to an emergency department now, or call your emergency number. "
        "Do not run and do not wait.",
        SOON: "Stop training and call a doctor today, to get checked within the next few days.",
    }
)
ALWAYS_EMERGENCY = message(
    "Numbness between the legs, new bladder or bowel trouble, a weak leg, or pain down "
    "both legs: go to an emergency department now."
)


@dataclass(frozen=True)
class Sign:
    """One red flag raised: its name, the local day, and the score where it is a high one."""

    name: str
    day: date
    score: float | None = None


@dataclass(frozen=True)
class RedFlagSpan:
    """From the entry that raised red flags to the day they were cleared (None: still active)."""

    started_on: date
    cleared_on: date | None
    signs: tuple[Sign, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names raised, each once, in the order they were raised."""
        return tuple(dict.fromkeys(sign.name for sign in self.signs))

    @property
    def urgency(self) -> str:
        """`emergency` or `soon`."""
        return urgency_of(self.names)

    @property
    def evidence(self) -> str:
        """In words: `leg weakness, a score of 9 on 4 May 2026; fever on 6 May 2026`."""
        parts = []
        for day, raised in groupby(dict.fromkeys(self.signs), key=lambda sign: sign.day):
            said = dict.fromkeys(_sign_words(sign) for sign in raised)
            parts.append(phrase("{said} on {day}", said=", ".join(said), day=date_words(day)))
        return "; ".join(parts)


def standing(spans: Sequence[RedFlagSpan]) -> RedFlagSpan | None:
    """All uncleared spans as one, since the first: a later, milder flag must not hide an earlier
    one.
    """
    uncleared = [span for span in spans if span.cleared_on is None]
    if not uncleared:
        return None
    signs = tuple(sign for span in uncleared for sign in span.signs)
    return RedFlagSpan(min(span.started_on for span in uncleared), None, signs)


def red_flag(name: str) -> RedFlag:
    """Red flag of a name, whatever its case, hyphens or spaces.

    Raises UnknownRedFlag, nearest names first.
    """
    if (known := _BY_PLAIN_NAME.get(_plain(name))) is not None:
        return known
    names = [flag.name for flag in RED_FLAGS]
    wanted = _plain(name).replace(" ", "_")
    near = difflib.get_close_matches(wanted, names, n=3, cutoff=0.5)
    raise UnknownRedFlag(name, [*near, *(other for other in names if other not in near)])


def known_name(name: str) -> str:
    """The name as in the list, whatever its case, hyphens or spaces; an unknown one as it
    is.
    """
    known = _BY_PLAIN_NAME.get(_plain(name))
    return name.strip() if known is None else known.name


def urgency_of(names: Iterable[str]) -> str:
    """How fast red flags must be examined: `emergency` when one of them is, else `soon`.

    Only a whole name counts. An unknown name is `soon`.
    """
    urgencies = {_BY_NAME[name].urgency for name in names if name in _BY_NAME}
    return EMERGENCY if EMERGENCY in urgencies else SOON


def who_to_see(names: Iterable[str]) -> str:
    """Who to see how fast; the emergency signs are named whatever was ticked."""
    found = urgency_of(names)
    soon = WHO_TO_SEE[found]
    return soon if found == EMERGENCY else f"{soon} {phrase(ALWAYS_EMERGENCY)}"


def in_words(name: str) -> str:
    """A red flag in words: `both_legs_pain` is `pain down both legs`."""
    if name == UNREADABLE_SIGN:
        return phrase("a warning sign that cannot be read")
    return _BY_NAME[name].words if name in _BY_NAME else name.replace("_", " ")


def _sign_words(sign: Sign) -> str:
    if sign.name == HIGH_SCORE and sign.score is not None:
        return phrase("a score of {score:g}", score=sign.score)
    return in_words(sign.name)


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("_", " ").replace("-", " ").split())


_BY_NAME = {flag.name: flag for flag in RED_FLAGS}
_BY_PLAIN_NAME = {_plain(flag.name): flag for flag in RED_FLAGS}
