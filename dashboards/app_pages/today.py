"""Today: give a score, see what is building up and what to do; a red flag stands before everything else."""

import streamlit as st

from dashboards import cards
from dashboards.data import View, standing_evidence, todays_facts, view
from dashboards.doing import did_it, done_today
from dashboards.frame import first_steps, heading, sample_banner
from dashboards.rating import clear_button, score_card
from dashboards.refreshing import refresh_button
from tightlog.advice.choose import red_flag_advice
from tightlog.diary import read_journal
from tightlog.domain import TightnessScore
from tightlog.patterns.wording import counted, date_words, weekday
from tightlog.today import Today


def page(seen: View) -> None:
    """The whole page, from one view."""
    facts = todays_facts(seen)
    heading("Today", f"{weekday(seen.local_day)} {date_words(seen.local_day)}")
    sample_banner(seen)
    is_stopped = red_flag(seen, facts)
    if facts is not None and (facts.as_of < seen.local_day or facts.is_pending):
        st.html(cards.notice(pending_words(facts)))
    is_empty = facts is None or not (facts.activity_count or facts.score_count)
    left, right = st.columns(2, gap="large")
    with left:
        score_card(seen, facts.newest_score if facts else newest_of_journal(seen))
        if facts is not None and not (is_empty or is_stopped):
            building_up(seen, facts)
    with right:
        if facts is None or is_empty:
            first_steps(seen)
        elif not is_stopped:
            what_to_do(seen, facts)
    freshness(seen, facts)


def red_flag(seen: View, facts: Today | None) -> bool:
    """True while a red flag stands, after saying who to see; the journal is asked even when there is no warehouse."""
    evidence = standing_evidence(seen)
    if evidence is not None:
        stop = red_flag_advice(evidence)
        st.html(cards.red_flag_card(stop.your_data, stop.article_says, stop.what_is_known))
        clear_button(seen)
        return True
    if facts is None or facts.red_flag is None:
        return False
    stop = red_flag_advice(facts.red_flag.evidence)
    st.html(cards.red_flag_card(stop.your_data, stop.article_says, stop.what_is_known))
    st.caption("It comes from a score file: it stands until the next calm score in that file, a week at most.")
    return True


def building_up(seen: View, facts: Today) -> None:
    """The patterns that stand, with their numbers; a sentence when there is none or the data are too old."""
    st.html(cards.section("What is building up"))
    if not facts.is_fresh:
        st.html(cards.notice(old_words(facts)))
    elif not facts.matches:
        st.html(cards.notice("Nothing stands out in what you record."))
    else:
        st.html(cards.match_cards(facts.matches))
    if facts.not_watched:
        st.html(cards.not_watched(facts.not_watched))


def what_to_do(seen: View, facts: Today) -> None:
    """Up to three pieces of advice with a button each; none that was worked out for a day long gone."""
    if not facts.advice:
        return
    st.html(cards.section("What to do", "Three at most. Pick what suits you."))
    done = done_today(seen)
    for advice in facts.advice:
        with st.container(border=True):
            st.html(cards.advice_card(advice, is_open=advice["rank"] == 1))
            did_it(seen, advice["intervention"], done.get(advice["intervention"]))


def pending_words(facts: Today) -> str:
    """That the page is older than the day or the diary."""
    if facts.as_of < facts.local_day:
        return f"What you see was worked out for {weekday(facts.as_of)} {date_words(facts.as_of)}. Refresh, below, for today."
    return "Your diary has changed since this was worked out. Refresh, below, and it counts."


def old_words(facts: Today) -> str:
    """That the data are too old, and what to do."""
    until = f"end on {date_words(facts.last_day)}" if facts.last_day else "are missing"
    return f"Your data {until}, so nothing can be said about today. Add your newest files and refresh, or just give a score."


def freshness(seen: View, facts: Today | None) -> None:
    """How new the data are, what could not be read, and the refresh button."""
    st.html(cards.section("How fresh this is"))
    if facts is not None:
        st.text(freshness_words(seen, facts))
        if facts.unreadable_count:
            st.page_link("app_pages/files.py", label=f"{counted(facts.unreadable_count, 'file')} could not be read: see why")
    refresh_button(seen)


def freshness_words(seen: View, facts: Today) -> str:
    """Newest activity, what the warehouse holds and when it was made, in the runner's local time."""
    newest = f"Newest activity: {date_words(facts.last_activity_on)}. " if facts.last_activity_on else "No activity yet. "
    held = f"{facts.activity_count:,} activities and {facts.score_count:,} scores. "
    made = facts.refreshed_at.astimezone(seen.settings.zone)
    return f"{newest}{held}Refreshed {date_words(made.date())}, {made:%H:%M}."


def newest_of_journal(seen: View) -> TightnessScore | None:
    """The newest score of the journal, for a home without a warehouse."""
    return max(read_journal(seen.home.journal).scores, key=lambda score: score.day, default=None)


page(view())
