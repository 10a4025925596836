"""What goes with it: every exposure that was compared with the scores, as an interval, a
sentence and the raw days behind it.
"""

import streamlit as st

from dashboards.links.compared import MEANINGS, group, picture, too_few
from dashboards.shell.frame import first_steps, heading, sample_banner
from dashboards.shown import cards
from dashboards.shown.data import View, rows, view
from dashboards.shown.progress import diary

METHOD = (
    "How it is tested, how often it errs on runners without any link, and where it ends: "
    "docs/method.md, beside the program. "
    "The things compared were chosen before your data were seen; nothing is tried until "
    "something fits."
)
DIRECTION = (
    "Each is taken from the days before the score. Still, what goes with your tightness need "
    "not be its cause: "
    "a busy week can bring long runs and long drives."
)
EVENING = (
    "You mostly score after the day's training. So whether your training follows your back or "
    "your back your training "
    "cannot be tested; read all of this with that in mind."
)


def page(seen: View) -> None:
    """The whole page, from one view."""
    heading("What goes with it", "How your training of the days before goes with the next score")
    sample_banner(seen)
    found = None if seen.version is None else rows(seen, "findings")
    if found is None or found.is_empty():
        first_steps(seen)
        return
    findings = found.to_dicts()
    record = diary(seen)
    tested = [row for row in findings if row["verdict"] in MEANINGS]
    if tested:
        picture(tested)
        st.html(cards.quiet(EVENING if record.is_rated_in_evening else DIRECTION))
    for verdict, meaning in MEANINGS.items():
        group(
            seen,
            [row for row in tested if row["verdict"] == verdict],
            cards.VERDICT_WORDS[verdict],
            meaning,
        )
    too_few([row for row in findings if row["verdict"] not in MEANINGS], record)
    st.html(cards.quiet(METHOD))


page(view())
