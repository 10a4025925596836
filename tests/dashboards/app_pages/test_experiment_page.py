"""What Experiment promises: power before the start, one toss a day after the score, one tap for
done, a stop with a reason, and nothing of what is to come.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from tightlog.answers.actions import entries, trials
from tightlog.answers.actions.refreshes import refreshed
from tightlog.domain.trials import TrialEnding, TrialState
from tightlog.home.sealed_seed import sealed_seed
from tightlog.home.settings import Home
from tightlog.journal.journal import read_journal
from tightlog.journal.moment import Moment
from tightlog.trials.schedule import schedule

Opened = Callable[..., AppTest]
Words = Callable[[AppTest], str]
TODAY = datetime.now(UTC).date()
WAKING = time(0, 1)


@pytest.fixture
def scored_home(empty_home: Home) -> Home:
    """Two months of morning scores, the last of yesterday."""
    empty_home.settings_file.write_text('time_zone = "UTC"\n', encoding="utf-8")
    for back in range(60, 0, -1):
        day = TODAY - timedelta(days=back)
        score(empty_home, day, 2 + back % 4)
    return empty_home


def score(home: Home, day: date, points: float) -> None:
    entries.give_score(home, points, Moment(day, datetime.combine(day, WAKING, UTC)))


def started(home: Home, tosses: int = 24, days_ago: int = 6) -> str:
    """Id of a trial that began some days ago, with a toss and an answer on each day since."""
    first = TODAY - timedelta(days=days_ago)
    trials.plan(home, "cat-cow", first, tosses)
    trial = trials.start(home, first)
    for number in range(days_ago):
        made = trials.toss(home, first + timedelta(days=number))
        if number != days_ago - 1:
            trials.log_done(home, made.day, made.is_assigned)
    return trial.trial_id


def test_the_plan_says_what_would_be_found_before_anything_starts(
    scored_home: Home, opened: Opened, words: Words
) -> None:
    app = opened(scored_home, "experiment")
    said = words(app)
    assert "a coin says whether you do Cat-Cow that day" in said
    assert "for 1 point" in said and "for 2 points" in said and "weeks" in said
    assert read_journal(scored_home.journal).trials == ()
    app.button(key="trial_start").click().run()
    [trial] = read_journal(scored_home.journal).trials
    assert trial.state is TrialState.RUNNING and trial.tosses_planned == 80
    assert "0 of 80 tosses made" in words(app)


@pytest.mark.parametrize(("asked", "chosen"), [("S3", "S3"), ("C1", None), ("<b>", None)])
def test_the_link_from_what_helped_begins_with_its_intervention(
    scored_home: Home, opened: Opened, asked: str, chosen: str | None
) -> None:
    app = opened(scored_home, "experiment")
    first = app.selectbox(key="trial_intervention").value
    assert first != "S3"
    app.query_params["what"] = asked
    app.run()
    assert not app.exception
    assert app.selectbox(key="trial_intervention").value == (chosen or first)


def test_what_may_be_forbidden_cannot_be_chosen(scored_home: Home, opened: Opened) -> None:
    options = opened(scored_home, "experiment").selectbox(key="trial_intervention").options
    assert "Cat-Cow" in options and not {"Deadlift", "Plank", "Foam rolling"} & set(options)


def test_few_scores_say_so_instead_of_a_power(
    empty_home: Home, opened: Opened, words: Words
) -> None:
    said = words(opened(empty_home, "experiment"))
    assert "too few to say what it would show" in said and "for 1 point" not in said


def test_the_coin_comes_after_the_score_and_one_tap_logs_it(
    scored_home: Home, opened: Opened, words: Words
) -> None:
    trial_id = started(scored_home)
    app = opened(scored_home)
    assert "The coin comes after today&#39;s score" in words(app)
    assert "coin_toss" not in [button.key for button in app.button]
    score(scored_home, TODAY, 4)
    app.run().button(key="coin_toss").click().run()
    seed = sealed_seed(scored_home, trial_id)
    assert seed is not None
    side = "do it today" if schedule(seed, 7)["is_assigned"][-1] else "leave it today"
    assert f"Coin: {side}." in words(app)
    app.button(key="coin_done_today").click().run()
    [trial] = read_journal(scored_home.journal).trials
    assert trial.tosses[-1].is_done is True
    assert [one.day for one in read_journal(scored_home.journal).interventions][-1] == TODAY
    app.button(key="coin_not_done_today").click().run()
    [trial] = read_journal(scored_home.journal).trials
    assert trial.tosses[-1].is_done is False
    assert TODAY not in [one.day for one in read_journal(scored_home.journal).interventions]


def test_no_toss_on_an_easy_morning(scored_home: Home, opened: Opened, words: Words) -> None:
    started(scored_home)
    score(scored_home, TODAY, 1)
    app = opened(scored_home)
    assert "No toss today" in words(app)
    assert "coin_toss" not in [button.key for button in app.button]


def test_the_course_and_a_missed_answer_are_on_the_page(
    scored_home: Home, opened: Opened, words: Words
) -> None:
    started(scored_home)
    app = opened(scored_home, "experiment")
    assert "6 of 24 tosses made" in words(app) and "Was it done?" in words(app)
    yesterday = TODAY - timedelta(days=1)
    app.button(key=f"coin_not_done_{yesterday}").click().run()
    [trial] = read_journal(scored_home.journal).trials
    assert [toss.is_done for toss in trial.tosses].count(None) == 0
    assert "Was it done?" not in words(app)


def test_a_stop_keeps_its_reason_and_shows_the_answer_after_a_refresh(
    scored_home: Home, opened: Opened, words: Words
) -> None:
    started(scored_home, days_ago=20)
    app = opened(scored_home, "experiment")
    app.text_input(key="trial_why").set_value("a long trip")
    app.button(key="trial_stop").click().run()
    [trial] = read_journal(scored_home.journal).trials
    assert trial.ending is TrialEnding.RUNNER and trial.stop_note == "a long trip"
    assert "refresh_above" in [button.key for button in app.button]
    refreshed(scored_home)
    said = words(app.run())
    assert "Stopped after 20 tosses" in said and "a long trip" in said
    assert "seed, fingerprint and tosses belong together" in said
    # A new one can be planned; the old one cannot be resumed.
    assert [button.key for button in app.button if button.key == "trial_start"]


def test_a_red_flag_takes_the_trial_off_the_page(
    scored_home: Home, opened: Opened, words: Words
) -> None:
    started(scored_home)
    score(scored_home, TODAY, 9)
    app = opened(scored_home, "experiment")
    assert "no trial runs and none can begin" in words(app)
    assert not [key for button in app.button if (key := str(button.key)).startswith("coin")]
    assert read_journal(scored_home.journal).trials[0].ending is TrialEnding.RED_FLAG


def test_nothing_of_a_toss_to_come_is_in_page_or_session(
    scored_home: Home, opened: Opened, words: Words
) -> None:
    trial_id = started(scored_home)
    refreshed(scored_home)
    seed = sealed_seed(scored_home, trial_id)
    assert seed is not None
    app = opened(scored_home, "experiment")
    shown = words(app) + "".join(str(element) for element in app.main)
    state = str(app.session_state._state.filtered_state)
    assert "trial_why" in state
    for place in (shown, state):
        assert seed not in place
