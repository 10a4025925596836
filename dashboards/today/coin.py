"""Today's coin of the running trial: one tap to see it, one tap for done or not done."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import streamlit as st

from dashboards.shown import cards
from dashboards.shown.data import View
from tightlog.answers.actions import trials
from tightlog.answers.trial import TrialToday
from tightlog.domain.trials import LOWEST_SCORE, Toss
from tightlog.errors import DiaryError
from tightlog.language.catalogue import message, phrase
from tightlog.words.numbers import first_upper
from tightlog.words.tried import trials as words

DONE, NOT_DONE = message("Done"), message("Not done")
SAID = "trial_said"


def coin_card(seen: View, trial: TrialToday) -> None:
    """What the coin says today, or what is missing to see it."""
    with st.container(border=True, key="coin"):
        st.html(
            cards.coin_card(
                phrase("Trial of {title}", title=trial.title), _line(trial), trial.toss is not None
            )
        )
        if trial.toss is not None:
            done_buttons(seen, trial.toss, "today")
        elif trial.is_complete and trial.score is not None:
            st.button(
                phrase("End the trial"),
                key="coin_toss",
                type="primary",
                on_click=_toss,
                args=(seen,),
            )
        elif trial.may_toss:
            st.button(
                phrase("Toss the coin"),
                key="coin_toss",
                type="primary",
                on_click=_toss,
                args=(seen,),
            )


def done_buttons(seen: View, toss: Toss, key: str) -> None:
    """One tap for done or not done; the answer given is the filled button, and can be changed."""
    with st.container(horizontal=True):
        for name, is_done in ((DONE, True), (NOT_DONE, False)):
            st.button(
                f"✓ {phrase(name)}" if toss.is_done is is_done else phrase(name),
                key=f"coin_{name.lower().replace(' ', '_')}_{key}",
                type="primary" if toss.is_done is is_done else "secondary",
                on_click=_log,
                args=(seen, toss.day, is_done),
            )


@contextmanager
def trial_problem_shown() -> Iterator[None]:
    """Keeps why a step was not taken, for the page to show once."""
    try:
        yield
    except DiaryError as problem:
        st.session_state[SAID] = f"{first_upper(str(problem))}."


def said_once() -> None:
    """Shows what the last step of a trial had to say."""
    if said := st.session_state.pop(SAID, None):
        st.html(cards.notice(said))


def _line(trial: TrialToday) -> str:
    if trial.coin is not None:
        return trial.coin
    if trial.score is None:
        return phrase("The coin comes after today's score.")
    if trial.is_complete:
        return phrase("All tosses are made. The trial can end, and shows its answer.")
    if trial.score < LOWEST_SCORE:
        return f"{first_upper(words.no_toss_words(trial.score))}."
    return phrase("Today's score is given: the coin can be tossed.")


def _toss(seen: View) -> None:
    with trial_problem_shown():
        trials.toss(seen.home, seen.local_day)


def _log(seen: View, day: date, is_done: bool) -> None:
    with trial_problem_shown():
        trials.log_done(seen.home, day, is_done)
