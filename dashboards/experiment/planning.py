"""Planning a trial: what the coin decides, what would be found, and the start."""

import streamlit as st

from dashboards.shown import cards
from dashboards.shown.data import View
from dashboards.today.coin import trial_problem_shown
from tightlog.answers.actions import trials
from tightlog.answers.actions.trials import Plan
from tightlog.answers.trial import latest_trial
from tightlog.domain.trials import USUAL_TOSSES, TrialState
from tightlog.journal.journal import read_journal
from tightlog.language.catalogue import message, phrase
from tightlog.words.numbers import percent

TOSSES = (40, 60, 80, 120)
# In the address of the page: the intervention to begin with.
INTERVENTION_ASKED = "what"
WHY = message(
    "Looking back cannot tell whether something helps: it is done on bad days, and bad "
    "days pass. A coin can. It promises an answer, not relief."
)
SEALED = message(
    "At the start the whole schedule is drawn and sealed in a file that only you can "
    "read. Its fingerprint is written to your diary before the first toss, and the "
    "seed at the end, so anybody can check that nothing was changed."
)


def planning(seen: View) -> None:
    """The choice, the plan with its power, and the start."""
    st.html(cards.section(phrase("Plan a trial"), phrase(WHY)))
    titles = {item.intervention: item.title for item in trials.choices()}
    planned = latest_trial(read_journal(seen.home.journal), TrialState.PLANNED)
    wanted = (st.query_params.get(INTERVENTION_ASKED), planned and planned.intervention)
    _begin_with(next((one for one in wanted if one in titles), None))
    chosen = st.selectbox(
        phrase("What shall the coin decide?"),
        list(titles),
        format_func=titles.__getitem__,
        key="trial_intervention",
        help=phrase(
            "Only what suits any morning is in the list. What a caution or a warning sign may "
            "forbid on some days cannot be left to a coin."
        ),
    )
    tosses = st.segmented_control(
        phrase("How many tosses?"), TOSSES, default=USUAL_TOSSES, key="trial_tosses"
    )
    plan = trials.foreseen(seen.home, chosen, seen.local_day, tosses or USUAL_TOSSES)
    shown_plan(plan)
    st.button(
        phrase("Start the trial"),
        key="trial_start",
        type="primary",
        on_click=_start,
        args=(seen, chosen, plan.tosses),
    )
    st.html(cards.quiet(phrase(SEALED)))


def _begin_with(intervention: str | None) -> None:
    """Chooses an intervention, until the runner chooses another."""
    state = st.session_state
    is_new = state.get("trial_begun_with") != intervention or "trial_intervention" not in state
    if intervention is not None and is_new:
        state["trial_begun_with"] = state["trial_intervention"] = intervention


def shown_plan(plan: Plan) -> None:
    """What will happen in four sentences, and what the trial would show."""
    *sentences, power = plan.sentences
    st.html(cards.steps(phrase("What will happen"), sentences))
    if plan.power_at_1_point is None or plan.power_at_2_points is None or plan.is_too_long:
        st.html(cards.notice(power))
        return
    st.html(
        cards.tiles(
            [
                (
                    percent(plan.power_at_1_point),
                    phrase("for 1 point"),
                    phrase("chance to find this difference"),
                ),
                (
                    percent(plan.power_at_2_points),
                    phrase("for 2 points"),
                    phrase("chance to find this difference"),
                ),
                (
                    f"{plan.weeks:.0f}",
                    "weeks",
                    phrase("until {tosses} tosses are made, about", tosses=plan.tosses),
                ),
            ]
        )
    )
    st.html(cards.quiet(phrase("Worked out from your own scores, and from how often you score.")))
    if not plan.is_worth_it:
        st.html(
            cards.notice(
                phrase(
                    "Probably not worth it: a difference of 1 point would be missed more often "
                    "than found. More tosses find more."
                )
            )
        )


def _start(seen: View, intervention: str, tosses: int) -> None:
    with trial_problem_shown():
        trials.plan(seen.home, intervention, seen.local_day, tosses)
        trials.start(seen.home, seen.local_day)
