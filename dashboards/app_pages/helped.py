"""What helped: each intervention against like days without it, by the next day's score, and when
it was done.
"""

import streamlit as st

from dashboards.helped.effects import MEANINGS, group, picture, too_few
from dashboards.helped.when_done import when_done
from dashboards.shell.frame import heading, sample_banner
from dashboards.shown import cards
from dashboards.shown.data import View, rows, view
from tightlog.domain.thresholds import FEWEST_DONE, FEWEST_NOT_DONE

FAIR = (
    "Things are done on bad days, and bad days are followed by better ones whatever one does. "
    "So a day with it is compared only with "
    "days without it that began at the same score, like season and recent scores."
)
HOW_TO_LOG = (
    (
        "Press “Did it” under a piece of advice on Today, after a session or a minute of it; one "
        "tap is enough."
    ),
    (
        "In a terminal “tightlog did cat-cow --minutes 5” does the same. Yoga, strength, swims "
        "and rides of a watch count by themselves."
    ),
    (
        f"From {FEWEST_DONE} days with it on, and {FEWEST_NOT_DONE} without it at the same "
        "scores, it is compared here."
    ),
)
METHOD = (
    "How it is compared, and how often it errs when nothing helps: docs/method.md, beside the "
    "program."
)


def page(seen: View) -> None:
    """The whole page, from one view."""
    heading("What helped", "What you did, and the next day's score")
    sample_banner(seen)
    compared = [] if seen.version is None else rows(seen, "effects").to_dicts()
    if not compared:
        st.html(cards.notice("Nothing was logged as done yet."))
        st.html(cards.steps("How to log it", HOW_TO_LOG))
        return
    tested = [row for row in compared if row["verdict"] in MEANINGS]
    if tested:
        picture(tested)
    st.html(cards.quiet(FAIR))
    when_done(seen)
    for verdict, meaning in MEANINGS.items():
        group(
            [row for row in tested if row["verdict"] == verdict],
            cards.VERDICT_WORDS[verdict],
            meaning,
        )
    too_few([row for row in compared if row["verdict"] not in MEANINGS])
    st.html(cards.quiet(METHOD))


page(view())
