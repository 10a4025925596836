"""Today: give a score, see what is building up and what to do; a red flag comes first."""

import streamlit as st

from dashboards.routine.way_there import show_me_how
from dashboards.shell.frame import first_steps, heading, sample_banner
from dashboards.shown import cards
from dashboards.shown.data import View, standing_flag, todays_facts, view, was_stopped
from dashboards.shown.refreshing import ABOVE, FOR_ADVICE, refresh_button, refresh_outcome
from dashboards.shown.unsaved import unsaved_signs
from dashboards.shown.wording import freshness_words, old_words, pending_words
from dashboards.today.coin import coin_card, said_once
from dashboards.today.doing import did_it, done_today
from dashboards.today.four_weeks import course_card
from dashboards.today.rating import clear_button, score_card
from tightlog.answers.today import Today, reminder, stop_advice
from tightlog.answers.trial import trial_today
from tightlog.domain.diary import TightnessScore
from tightlog.journal.journal import read_journal
from tightlog.words.dates import date_words, weekday
from tightlog.words.numbers import counted


def page(seen: View) -> None:
    """The whole page, from one view."""
    # Before anything that may fail: the diary may be out of reach.
    is_unsaved = unsaved_signs()
    facts = todays_facts(seen)
    heading("Today", f"{weekday(seen.local_day)} {date_words(seen.local_day)}")
    sample_banner(seen)
    is_stopped = red_flag(seen, facts) or is_unsaved
    news(seen, facts)
    is_empty = facts is None or not (facts.activity_count or facts.score_count)
    with st.container(key="today"):
        left, right = st.columns(2, gap="large")
    with left:
        if facts is not None and not is_stopped:
            course_card(seen, facts.course)
        newest = facts.newest_score if facts else newest_of_journal(seen)
        score_card(seen, newest, None if is_stopped else reminder(newest, seen.local_day))
        if not is_stopped:
            coin(seen)
        if facts is not None and not (is_empty or is_stopped):
            with st.container(key="building_up"):
                building_up(facts)
    with right:
        if facts is None or is_empty:
            first_steps(seen)
        elif not is_stopped:
            with st.container(key="to_do"):
                what_to_do(seen, facts)
    freshness(seen, facts)


def red_flag(seen: View, facts: Today | None) -> bool:
    """Shows an active red flag and who to see; True while there is one, even without a
    warehouse.
    """
    ours = standing_flag(seen)
    flag = facts.red_flag if facts and facts.red_flag else ours
    if flag is None:
        return False
    stop = stop_advice(flag)
    st.html(
        cards.red_flag_card(stop.urgency, stop.your_data, stop.article_says, stop.what_is_known)
    )
    if ours is not None:
        clear_button(seen)
    else:
        st.caption(
            "It comes from a diary file. It stays until the next calm score in that file, "
            "for a week at most."
        )
    return True


def news(seen: View, facts: Today | None) -> None:
    """The outcome of a refresh started here, or a notice that the page is out of date, with a
    button.
    """
    refresh_outcome(ABOVE, FOR_ADVICE)
    if facts is not None and (facts.as_of < seen.local_day or facts.is_pending):
        with st.container(key="pending"):
            st.html(cards.notice(pending_words(facts)))
            refresh_button(seen, ABOVE)


def coin(seen: View) -> None:
    """Today's coin of the running trial; nothing without one."""
    said_once()
    if trial := trial_today(seen.home, seen.local_day):
        coin_card(seen, trial)
        st.page_link("app_pages/experiment.py", label="See the trial so far")


def building_up(facts: Today) -> None:
    """The active patterns with their numbers; a sentence when there is none or the data are
    too old.
    """
    st.html(cards.section("What is building up"))
    if facts.night:
        st.html(cards.notice(facts.night))
    if not facts.is_fresh:
        st.html(cards.notice(old_words(facts)))
    elif not facts.matches:
        st.html(cards.notice("Nothing stands out in your data."))
    else:
        st.html(cards.match_cards(facts.matches))
    if facts.not_watched:
        st.html(cards.not_watched(facts.not_watched))


def what_to_do(seen: View, facts: Today) -> None:
    """Up to three pieces of advice with a button each; without any, why there is none."""
    if not facts.advice:
        st.html(cards.section("What to do"))
        no_advice(seen, facts)
        return
    st.html(cards.section("What to do", "At most three. Pick what suits you."))
    done = done_today(seen)
    for advice in facts.advice_once("why", "how_to", "caution"):
        with st.container(border=True):
            st.html(cards.advice_card(advice))
            did_it(seen, advice["intervention"], done.get(advice["intervention"]))
            show_me_how(advice["intervention"])


def no_advice(seen: View, facts: Today) -> None:
    """Why no advice is shown, with a refresh button where one would bring it."""
    if was_stopped(seen):
        st.html(cards.notice("The red flag is cleared. Refresh for today's advice."))
        refresh_button(seen, FOR_ADVICE)
    elif facts.as_of < facts.local_day:
        st.html(cards.notice("Today's advice has not been worked out yet. Refresh to see it."))
        refresh_button(seen, FOR_ADVICE)
    else:
        st.html(cards.notice("No advice today: nothing in your data calls for it."))


def freshness(seen: View, facts: Today | None) -> None:
    """When the data were last updated, what could not be read, and the refresh button."""
    st.html(cards.section("Last update"))
    if facts is not None:
        st.text(freshness_words(facts, seen.settings))
        if facts.unreadable_count:
            st.page_link(
                "app_pages/files.py",
                label=f"{counted(facts.unreadable_count, 'file')} could not be read: see why",
            )
    refresh_button(seen)


def newest_of_journal(seen: View) -> TightnessScore | None:
    """The newest score of the journal, for a home without a warehouse."""
    return max(read_journal(seen.home.journal).scores, key=lambda score: score.day, default=None)


page(view())
