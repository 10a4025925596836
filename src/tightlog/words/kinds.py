"""Where the kind of an activity is from, how many are of unknown kind, and whether one counts, in
words.
"""

from collections.abc import Mapping

from tightlog.language.catalogue import phrase, phrases
from tightlog.words.numbers import first_upper

# How the kind of an activity was decided, by its rule.
RULE_WORDS: Mapping[str, str] = phrases(
    {
        "correction": "corrected by you",
        "file": "as its file says",
        "list": "as the export's list says",
        "twin": "as another recording of it says",
        "name": "by its name, its file's name or the app",
        "settings": "by default_sport in your settings",
        "movement": "a guess from speed, steps and heart rate",
        "own_runs": "a guess: it is like your own runs, or a piece beside one of them",
        "unknown": "nothing says it: it may be a run",
    }
)
TREAT_AS_RUNS = "tightlog activity --all-of-unknown-kind --sport running"
# Whether an activity counts, by the states of `activities_named` and `activity_elsewhere`.
LEFT_OUT = "left_out"
STATE_WORDS: Mapping[str, str] = phrases(
    {
        "counted": "counts",
        LEFT_OUT: "left out by you",
        "waiting": "waits until you confirm it",
        "twin": "counted once",
    }
)


def unknown_words(count: int) -> str:
    """How many activities may be runs, and what that costs; one sentence."""
    if count == 1:
        return phrase("1 activity may be a run, but nothing says so: its day has no mileage")
    return phrase(
        "{count:,} activities may be runs, but nothing says so: their days have no mileage",
        count=count,
    )


def settling_words(count: int) -> str:
    """The same with the one command that settles all of them."""
    them = phrase("it is one") if count == 1 else phrase("they are")
    return phrase(
        "{unknown_words}. If {them}: {treat_as_runs}; then: tightlog refresh",
        unknown_words=unknown_words(count),
        them=them,
        treat_as_runs=TREAT_AS_RUNS,
    )


def state_title(state: str) -> str:
    """A state as a heading."""
    return first_upper(STATE_WORDS[state])
