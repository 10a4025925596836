"""Today: the back and its score in one tap, the one thing that stands out, what to do, the night; a
red flag comes before all.
"""

import streamlit as st

from dashboards.shown import cards
from dashboards.shown.data import View, standing_flag, todays_facts, view
from dashboards.shown.refreshing import BELOW, refresh_outcome
from dashboards.shown.unsaved import unsaved_signs
from dashboards.shown.wording import freshness_words
from dashboards.today.advice_rows import what_to_do
from dashboards.today.analysis import (
    analysis_problem,
    begin_analysis,
    follow_analysis,
    refresh_asked,
    status_line,
)
from dashboards.today.coin import coin_card, said_once
from dashboards.today.first_step import first_step, other_ways
from dashboards.today.four_weeks import course_card
from dashboards.today.rating import clear_button, score_card
from dashboards.today.standing_out import night, standing_out
from tightlog.answers.morning.next_step import next_step
from tightlog.answers.refreshing import is_refreshing
from tightlog.answers.today import Today, reminder, stop_advice
from tightlog.answers.trial import trial_today
from tightlog.domain.diary import TightnessScore
from tightlog.domain.red_flags import who_to_see
from tightlog.journal.journal import read_journal
from tightlog.language.catalogue import phrase
from tightlog.words.numbers import counted


def page(seen: View) -> None:
    """The whole page, from one view."""
    # Before anything that may fail: the diary may be out of reach.
    is_unsaved = unsaved_signs()
    facts = todays_facts(seen)
    begin_analysis(seen, facts)
    with st.container(horizontal=True, vertical_alignment="center", key="today_head"):
        st.title(phrase("Today"), anchor=False, width="content")
        slot = status_line(seen)
    is_stopped = red_flag(seen, facts) or is_unsaved
    analysis_problem()
    step = None if is_stopped else next_step(seen.home, facts)
    if step is not None:
        first_step(step)
    with st.container(key="today"):
        left, right = st.columns(2, gap="medium")
    with left:
        the_back(seen, facts, is_stopped=is_stopped)
        if facts is not None and not (is_stopped or facts.is_empty):
            standing_out(seen, facts)
    with right:
        if not is_stopped:
            if facts is not None and facts.is_fresh:
                what_to_do(seen, facts)
                night(facts)
            coin(seen)
        if step is not None:
            other_ways(seen, is_empty=facts is None or facts.is_empty)
        last_update(seen, facts)
    follow_analysis(seen, slot)


def red_flag(seen: View, facts: Today | None) -> bool:
    """Shows an active red flag and who to see; True while there is one, even without a
    warehouse.
    """
    ours = standing_flag(seen)
    flag = facts.red_flag if facts and facts.red_flag else ours
    if flag is None:
        return False
    stop = stop_advice(flag)
    # Whom to see stands alone; what the article says of it is in the fold.
    whom = who_to_see(flag.names)
    article = stop.article_says.removeprefix(whom).strip()
    why = f"{stop.what_is_known} {article}"
    st.html(cards.red_flag_card(stop.urgency, stop.your_data, whom, why))
    if ours is not None:
        clear_button(seen)
    else:
        st.caption(
            phrase(
                "It comes from a diary file. It stays until the next calm score in that file, "
                "for a week at most."
            )
        )
    return True


def the_back(seen: View, facts: Today | None, *, is_stopped: bool) -> None:
    """The newest score against the usual with its four weeks, and the scale for the next one."""
    newest = facts.newest_score if facts else newest_of_journal(seen)
    with st.container(border=True, key="the_back", gap="small"):
        if facts is not None and not is_stopped:
            with st.container(key="course"):
                course_card(seen, facts.course)
        score_card(seen, None if is_stopped else reminder(newest, seen.local_day))


def coin(seen: View) -> None:
    """Today's coin of the running trial; nothing without one."""
    said_once()
    if trial := trial_today(seen.home, seen.local_day):
        coin_card(seen, trial)


def last_update(seen: View, facts: Today | None) -> None:
    """When the data were last updated, what could not be read, and the refresh button, in a
    fold.
    """
    with st.expander(phrase("Last update"), key="last_update", type="compact"):
        if facts is not None:
            st.text(freshness_words(facts, seen.settings))
            if facts.unreadable_count:
                st.page_link(
                    "app_pages/files.py",
                    label=phrase(
                        "{file} could not be read: see why",
                        file=counted(facts.unreadable_count, "file"),
                    ),
                )
        st.button(
            phrase("Refresh"), key=BELOW, disabled=is_refreshing(seen.home), on_click=refresh_asked
        )
        refresh_outcome(BELOW)


def newest_of_journal(seen: View) -> TightnessScore | None:
    """The newest score of the journal, for a home without a warehouse."""
    return max(read_journal(seen.home.journal).scores, key=lambda score: score.day, default=None)


page(view())
