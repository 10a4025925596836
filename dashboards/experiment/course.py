"""A running trial: today's coin, days still to be answered, the course so far, and the stop."""

from collections.abc import Sequence
from datetime import timedelta

import streamlit as st

from dashboards.shown import cards
from dashboards.shown.data import View, rows
from dashboards.today.coin import coin_card, done_buttons, trial_problem_shown
from tightlog.answers.actions import trials
from tightlog.answers.trial import TossDay, TrialToday, toss_days
from tightlog.language.catalogue import message, phrase
from tightlog.words.dates import (
    date_words,
    day_and_month,
    short_weekday,
    weekday_and_month,
)
from tightlog.words.numbers import counted
from tightlog.words.tried import trials as words

# Later than this nobody remembers whether it was done.
ANSWERED_WITHIN_D = 7
SHOWN_DAYS = 14
HEADS = (message("Day"), message("Coin"), message("Done"), message("Score"), message("Next"))


def heads() -> list[str]:
    """Heads of a table of tosses."""
    return [phrase(head) for head in HEADS]


def running_trial(seen: View, trial: TrialToday) -> None:
    """Everything about the trial that is running; nothing of what is to come."""
    logged = trial.trial
    since = (
        phrase("since {started_on}", started_on=date_words(logged.started_on))
        if logged.started_on
        else ""
    )
    made = len(logged.tosses)
    st.html(cards.section(phrase("Today")))
    coin_card(seen, trial)
    if trial.score is None:
        st.page_link("app_pages/today.py", label=phrase("Give the score on Today"))
    days = toss_days(seen.home, logged, seen.local_day)
    unanswered(seen, days)
    st.html(
        cards.section(phrase("So far"), f"{words.so_far(made, logged.tosses_planned)} {since}.")
    )
    st.progress(min(made / logged.tosses_planned, 1.0))
    read_out(seen, logged.trial_id)
    course(days)
    st.html(
        cards.folded(
            phrase("How to check the coin"),
            (
                phrase("SHA-256 of the sealed seed: {seed_hash}", seed_hash=logged.seed_hash),
                phrase("It is in your diary since the start. The seed follows at the end."),
            ),
        )
    )
    stopping(seen)


def unanswered(seen: View, days: Sequence[TossDay]) -> None:
    """Recent tosses of which nobody has said whether it was done."""
    first = seen.local_day - timedelta(days=ANSWERED_WITHIN_D)
    missing = [
        one.toss
        for one in days
        if one.toss.is_done is None and first <= one.toss.day < seen.local_day
    ]
    for toss in missing:
        with st.container(border=True, key=f"coin_of_{toss.day}"):
            day = weekday_and_month(toss.day)
            st.text(
                phrase(
                    "{day}: the coin said {side_words}. Was it done?",
                    day=day,
                    side_words=words.side_words(toss.is_assigned),
                )
            )
            done_buttons(seen, toss, toss.day.isoformat())


def read_out(seen: View, trial_id: str) -> None:
    """The running read-out as of the last refresh; it may be looked at on any day."""
    stored = [] if seen.version is None else rows(seen, "trials").to_dicts()
    stake = next((row["e_value"] for row in stored if row["trial_id"] == trial_id), None)
    if stake is not None:
        st.html(cards.quiet(words.stake_words(stake)))


def course(days: Sequence[TossDay]) -> None:
    """The tosses made, newest first: what the coin said, what was done, and both scores."""
    if not days:
        st.html(cards.notice(phrase("No toss yet.")))
        return
    lines = [_line(one) for one in days]
    st.html(cards.plain_table(heads(), lines[:SHOWN_DAYS]))
    if earlier := lines[SHOWN_DAYS:]:
        with st.expander(
            f"{counted(len(earlier), 'earlier toss', 'earlier tosses')}", type="compact"
        ):
            st.html(cards.plain_table(heads(), earlier))


def stopping(seen: View) -> None:
    """Stopping for good, with a reason, behind a fold so that a slip of the thumb does not."""
    with st.expander(phrase("Stop the trial"), type="compact"):
        st.text(phrase("It is kept, and shown as stopped. It cannot be resumed."))
        st.text_input(phrase("Why? (optional)"), key="trial_why", max_chars=200)
        st.button(phrase("Stop it for good"), key="trial_stop", on_click=_stop, args=(seen,))


def _line(one: TossDay) -> tuple[str, ...]:
    return (
        f"{short_weekday(one.toss.day)} {day_and_month(one.toss.day)}",
        words.side_words(one.toss.is_assigned),
        {True: phrase("yes"), False: phrase("no"), None: "–"}[one.toss.is_done],
        _score(one.score_before),
        _score(one.score_after),
    )


def _score(score: float | None) -> str:
    return "–" if score is None else f"{score:g}"


def _stop(seen: View) -> None:
    with trial_problem_shown():
        trials.stop(seen.home, seen.local_day, st.session_state.get("trial_why") or None)
