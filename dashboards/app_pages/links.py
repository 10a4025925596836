"""What goes with it: every exposure compared with the scores, with interval, sentence and raw
days.
"""

import streamlit as st

from dashboards.links.compared import (
    ADDRESS,
    GLANCE,
    LIFE,
    LIFE_BENEATH,
    nothing_seen,
    opened_of_nothing,
    stood_out,
    too_few,
)
from dashboards.links.declared import declared
from dashboards.shell.frame import first_steps, heading, opened_title, sample_banner
from dashboards.shown import cards
from dashboards.shown.data import View, rows, view
from dashboards.shown.progress import diary
from tightlog.language.catalogue import message, phrase
from tightlog.words.finding_reasons import late_scores_words
from tightlog.words.findings import DAILY_LIFE

METHOD = message(
    "What is compared was fixed before your data were seen; nothing is tried until "
    "something fits. The tests, their limits, and how often they are wrong for runners "
    "without any link are described in tightlog's documentation."
)
DIRECTION = message(
    "Everything here comes from the days before the score. Even so, what goes with "
    "your tightness need not be its cause: a busy week can bring both long runs and "
    "long drives."
)
EVENING = message(
    "You mostly score after the day's training. So it cannot be tested whether your "
    "training follows your back or your back follows your training. Keep that in mind "
    "on this page."
)


def page(seen: View) -> None:
    """The whole page, from one view."""
    heading(
        phrase("What goes with it"),
        phrase("How your training of the previous days goes with your next score"),
    )
    sample_banner(seen)
    ADDRESS.say_again()
    found = None if seen.version is None else rows(seen, "findings")
    if found is None or found.is_empty():
        first_steps(seen)
        return
    findings, record = found.to_dicts(), diary(seen)
    training = [row for row in findings if row["family"] != DAILY_LIFE]
    life = [row for row in findings if row["family"] == DAILY_LIFE]
    titles = {row["exposure"]: row["title"] for row in findings}
    opened_title(titles.get(ADDRESS.opened), phrase("What goes with it"))
    opened_of_nothing(seen, findings)
    if any(row["verdict"] != "not_enough_data" for row in training):
        stood_out(seen, training, phrase("What stood out"), phrase(GLANCE))
        st.html(cards.quiet(phrase(EVENING) if record.is_rated_in_evening else phrase(DIRECTION)))
    nothing_seen(training, phrase("Nothing seen"))
    if any(row["verdict"] != "not_enough_data" for row in life):
        stood_out(seen, life, phrase(LIFE), phrase(LIFE_BENEATH))
        nothing_seen(life, phrase("{life}: nothing seen", life=phrase(LIFE)))
    too_few(training, record)
    too_few(life, record, phrase("{life}: not enough data yet", life=phrase(LIFE)))
    if record.is_long_enough and record.left_out_scores:
        st.html(cards.quiet(late_scores_words(record.left_out_scores)))
    declared(rows(seen, "hypotheses"))
    st.html(cards.quiet(phrase(METHOD)))


page(view())
