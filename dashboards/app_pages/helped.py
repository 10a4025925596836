"""What helped: each intervention compared with similar days without it, by the next day's score."""

import streamlit as st

from dashboards.helped.effects import ADDRESS, nothing_seen, opened_of_nothing, stood_out, too_few
from dashboards.helped.when_done import when_done
from dashboards.shell.frame import heading, opened_title, sample_banner
from dashboards.shown import cards
from dashboards.shown.data import View, rows, view
from tightlog.domain.thresholds import FEWEST_DONE, FEWEST_NOT_DONE
from tightlog.language.catalogue import message, phrase

FAIR = message(
    "You do these things on bad days, and bad days are usually followed by better ones "
    "anyway. So a day with it is compared only with days without it that started from "
    "the same score, in a similar season and after similar scores."
)
HOW_TO_LOG = (
    (
        message(
            "Press “Did it” beside a piece of advice on Today. One tap is enough, however "
            "long you did it."
        )
    ),
    (
        message(
            "In a terminal, “tightlog did cat-cow --minutes 5” does the same. Yoga, "
            "strength sessions, swims and rides recorded by a watch count automatically."
        )
    ),
    message(
        "With {done} days with it and {not_done} days without it at the same scores, the "
        "comparison appears here."
    ),
)
METHOD = message(
    "tightlog's documentation explains the comparison, and how often it is wrong when "
    "nothing helps."
)


def how_to_log() -> list[str]:
    """The steps before anything can be compared."""
    return [phrase(line, done=FEWEST_DONE, not_done=FEWEST_NOT_DONE) for line in HOW_TO_LOG]


def page(seen: View) -> None:
    """The whole page, from one view."""
    heading(phrase("What helped"), phrase("What you did, and the next day's score"))
    sample_banner(seen)
    ADDRESS.say_again()
    compared = [] if seen.version is None else rows(seen, "effects").to_dicts()
    if not compared:
        st.html(cards.notice(phrase("Nothing is logged as done yet.")))
        st.html(cards.steps(phrase("How to log it"), how_to_log()))
        return
    titles = {row["intervention"]: row["title"] for row in compared}
    opened_title(titles.get(ADDRESS.opened), phrase("What helped"))
    opened_of_nothing(seen, compared)
    if any(row["verdict"] != "not_enough_data" for row in compared):
        stood_out(seen, compared)
    st.html(cards.quiet(phrase(FAIR)))
    nothing_seen(compared)
    too_few(compared)
    when_done(seen)
    st.html(cards.quiet(phrase(METHOD)))


page(view())
