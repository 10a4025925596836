"""The one next step of a home about which nothing can be said, or which is a sample."""

from dataclasses import dataclass

from tightlog.answers.today import Today
from tightlog.home.settings import Home
from tightlog.language.catalogue import phrase
from tightlog.words.dates import date_words


@dataclass(frozen=True)
class NextStep:
    """Why there is something to do first, the words of its button, and its command."""

    why: str
    button: str
    command: str


def next_step(home: Home, facts: Today | None) -> NextStep | None:
    """The step of an empty, stale or sample home; None where today's page stands by itself, and
    while a red flag stands. `facts` is None without a warehouse.
    """
    if facts is not None and facts.red_flag:
        return None
    if facts is None or facts.is_empty:
        return NextStep(phrase("Nothing here yet."), phrase("Add my files"), "tightlog ingest FILE")
    why = "" if facts.is_fresh else _old_words(facts)
    if home.is_sample:
        return NextStep(
            why or phrase("These are a simulated runner's files."),
            phrase("Use my own files"),
            "tightlog --home FOLDER ingest FILE",
        )
    return NextStep(why, phrase("Add my newest files"), "tightlog ingest FILE") if why else None


def _old_words(facts: Today) -> str:
    until = (
        phrase("end on {last_day}", last_day=date_words(facts.last_day))
        if facts.last_day
        else phrase("have no day")
    )
    whose = phrase("The simulated data") if facts.is_sample else phrase("Your data")
    return phrase("{whose} {until}, so nothing can be said about today.", whose=whose, until=until)
