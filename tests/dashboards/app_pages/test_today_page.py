"""What Today promises: a score is safe at once, a red flag stands before everything, nothing is
said of days it knows nothing about.
"""

import errno
import shutil
from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from streamlit.testing.v1 import AppTest

from tightlog.answers.refreshing import BUSY, start_refresh
from tightlog.answers.today import reminder
from tightlog.domain.diary import TightnessScore
from tightlog.domain.red_flags import who_to_see
from tightlog.errors import HomeError
from tightlog.home.settings import Home, settings_of
from tightlog.journal.journal import read_journal
from tightlog.journal.moment import Moment, moment_of
from tightlog.journal.writing import did, rate
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store
from tightlog.warehouse.publish import writer_lock

Opened = Callable[..., AppTest]
Words = Callable[[AppTest], str]


def saved(app: AppTest, score: int, number: int = 0) -> AppTest:
    """The page after one tap, and after the analysis it started."""
    return app.button(key=f"score_{score}_{number}").click().run()


def advice_buttons(app: AppTest) -> list[str]:
    return [key for button in app.button if (key := str(button.key)).startswith("did_")]


def test_one_tap_puts_a_score_into_the_journal_and_on_the_page(
    home: Home, opened: Opened, words: Words
) -> None:
    app = saved(opened(home), 3)
    given = read_journal(home.journal).scores
    assert [(score.score, score.is_sharp, score.red_flags, score.moment) for score in given] == [
        (3.0, None, (), None)
    ]
    assert "Saved: 3, today" in words(app)


def test_the_newest_score_stands_first_with_four_weeks_and_moves_with_a_tap(
    home: Home, opened: Opened, words: Words
) -> None:
    app = opened(home)
    assert "your usual" in words(app) and "data:image/svg+xml" in words(app)
    app = saved(app, 9)
    app.button(key=f"undo_{read_journal(home.journal).scores[0].entry_id}").click().run()
    app = saved(app, 0, 1)
    assert "<strong>0</strong> <span>of 10, today</span>" in words(app)


def test_a_second_tap_on_the_old_form_saves_nothing(home: Home, opened: Opened) -> None:
    app = opened(home)
    app.session_state["rating_number"] = 1
    saved(app, 4)
    assert read_journal(home.journal).scores == ()


def test_undo_withdraws_the_score(home: Home, opened: Opened, words: Words) -> None:
    app = saved(opened(home), 5)
    app.button(key=f"undo_{read_journal(home.journal).scores[0].entry_id}").click().run()
    assert read_journal(home.journal).scores == ()
    assert "Saved" not in words(app)


def test_a_score_is_seen_and_saved_while_a_refresh_runs(
    home: Home, opened: Opened, words: Words
) -> None:
    with writer_lock(home):
        app = saved(opened(home), 2)
        assert "Saved: 2, today" in words(app)
        assert BUSY in words(app)
    assert len(read_journal(home.journal).scores) == 1


def test_questions_come_by_themselves_from_six_on(home: Home, opened: Opened, words: Words) -> None:
    asked = "Is any of this new?"
    assert asked not in words(saved(opened(home), 5))
    assert asked in words(saved(opened(home), 6, 0))


def test_a_sign_is_added_to_the_score_just_given(home: Home, opened: Opened, words: Words) -> None:
    app = saved(opened(home), 6)
    (given,) = read_journal(home.journal).scores
    app.checkbox(key=f"flag_saddle_numbness_{given.entry_id}").check().run()
    (after,) = read_journal(home.journal).scores
    assert (after.entry_id, after.red_flags) == (given.entry_id, ("saddle_numbness",))
    assert "Get help now" in words(app) and advice_buttons(app) == []


def test_where_it_is_is_added_with_one_tap_each_and_asks_for_its_signs_at_once(
    home: Home, opened: Opened, words: Words
) -> None:
    app = saved(opened(home), 4)
    (given,) = read_journal(home.journal).scores

    def shown_first() -> list[str]:
        keys = [str(box.key) for box in app.checkbox if given.entry_id in str(box.key)]
        return [key.removeprefix("flag_").removesuffix(f"_{given.entry_id}") for key in keys][:5]

    assert "night_pain" not in shown_first()
    app.button_group(key=f"where_{given.entry_id}_side").set_value("left").run()
    app.button_group(key=f"where_{given.entry_id}_woken").set_value("Yes").run()
    assert "night_pain" in shown_first() and not app.exception
    (after,) = read_journal(home.journal).scores
    assert (after.entry_id, after.side, after.is_woken) == (given.entry_id, "left", True)
    assert after.red_flags == () and "Get help now" not in words(app)


def test_where_it_is_is_given_before_the_tap(home: Home, opened: Opened) -> None:
    app = opened(home)
    app.button_group(key="where_0_radiation").set_value("below_knee")
    saved(app, 4)
    assert read_journal(home.journal).scores[0].radiation == "below_knee"


def test_this_morning_and_sharp_are_written_as_given(home: Home, opened: Opened) -> None:
    app = opened(home)
    app.button_group(key="when_0").set_value("This morning")
    app.button_group(key="sharp_0").set_value("No")
    saved(app, 4)
    score = read_journal(home.journal).scores[0]
    assert (score.moment, score.is_sharp, score.rated_at) == ("morning", False, None)


def test_what_eased_the_back_is_asked_and_written(home: Home, opened: Opened) -> None:
    app = opened(home)
    app.button_group(key="eased_0").set_value(["painkiller", "heat"])
    saved(app, 7)
    assert read_journal(home.journal).scores[0].eased == ("painkiller", "heat")


def test_a_red_flag_replaces_all_advice_until_it_is_cleared_twice_over(
    home: Home, opened: Opened, words: Words
) -> None:
    app = opened(home)
    assert advice_buttons(app)
    saved(app, 9)
    assert advice_buttons(app) == []
    assert "Get this checked first" in words(app)
    assert "What to do" not in words(app)
    app.button(key="clear_asked").click().run()
    assert read_journal(home.journal).clearances == ()
    app.button(key="clear_confirmed").click().run()
    assert advice_buttons(app)


def test_an_emergency_sign_is_answered_before_it_is_saved(
    home: Home, opened: Opened, words: Words
) -> None:
    app = opened(home)
    app.checkbox(key="flag_saddle_numbness_0").check().run()
    assert "Go to an emergency department now" in words(app)
    saved(app, 2)
    assert "Get help now" in words(app)
    # Nothing but whom to see stands in bold: what the article says of it is in the fold.
    assert "<p class='tl-strong'>" + who_to_see(["saddle_numbness"]) + "</p>" in words(app)
    assert words(app).index("The article says") > words(app).index("<summary>Why</summary>")


def test_a_later_milder_flag_does_not_hide_an_emergency(
    empty_home: Home, opened: Opened, words: Words
) -> None:
    now = moment_of(None, settings_of(empty_home).zone)
    rate(empty_home.journal, 5, now, red_flags=["leg_weakness"])
    rate(empty_home.journal, 9, now)
    assert "Go to an emergency department now" in words(opened(empty_home))
    assert "Get help now" in words(opened(empty_home))


def test_a_red_flag_cleared_after_a_refresh_does_not_linger(
    home: Home, opened: Opened, words: Words
) -> None:
    rate(home.journal, 9, moment_of(None, settings_of(home).zone))
    refresh(home, settings_of(home))
    app = opened(home)
    app.button(key="clear_asked").click().run()
    app.button(key="clear_confirmed").click().run()
    assert "Get this checked first" not in words(app)
    assert advice_buttons(app)


def is_stored(home: Home, entry_id: str) -> bool:
    asked = "select count(*) from tightness where entry_id = ?"
    return bool(store.query(store.published_version(home), asked, [entry_id]).item())


def test_a_score_starts_the_analysis_by_itself_and_so_does_its_undo(
    home: Home, opened: Opened, words: Words
) -> None:
    app = saved(opened(home), 4)
    entry_id = read_journal(home.journal).scores[0].entry_id
    assert is_stored(home, entry_id)
    assert "Refresh for" not in words(app) and "working out" not in words(app)
    app.button(key=f"undo_{entry_id}").click().run()
    assert not is_stored(home, entry_id)


def test_a_page_opened_later_works_out_what_was_logged_elsewhere(
    home: Home, opened: Opened
) -> None:
    entry_id = rate(home.journal, 4, moment_of(None, settings_of(home).zone))
    opened(home)
    assert is_stored(home, entry_id)


def test_an_analysis_that_fails_is_said_and_the_score_is_kept(
    home: Home, opened: Opened, words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unlisted(home: Home, **more: object) -> None:
        raise HomeError(home.folder, "it cannot be listed")

    app = opened(home)
    monkeypatch.setattr("tightlog.answers.refreshing.refreshes.refreshed", unlisted)
    saved(app, 4)
    assert "it cannot be listed" in words(app) and "What you logged is safe" in words(app)
    assert len(read_journal(home.journal).scores) == 1


def test_never_two_refreshes_run_at_once(home: Home) -> None:
    started = [start_refresh(home) for _ in range(3)]
    assert [is_own for _, is_own in started] == [True, False, False]
    assert len({id(running) for running, _ in started}) == 1
    started[0][0].thread.join()


def test_times_are_told_with_their_zone(home: Home, opened: Opened, words: Words) -> None:
    home.settings_file.write_text('time_zone = "Asia/Tokyo"\n', encoding="utf-8")
    app = saved(opened(home), 3)
    given = read_journal(home.journal).scores[0].rated_at
    assert given is not None
    assert f"at {given.astimezone(ZoneInfo('Asia/Tokyo')):%H:%M} Asia/Tokyo" in words(app)


def test_every_page_introduces_the_article_and_shows_no_codes(
    home: Home, opened: Opened, words: Words
) -> None:
    for page in ("today", "trends", "links", "helped", "files"):
        shown = words(opened(home, page))
        assert "6 Effective Ways to Relieve Lower Back Tightness while Running" in shown
        assert "trimp:" not in shown.partition("How the load is worked out")[0]
    assert "the article states none" not in shown


def test_the_action_comes_first_and_every_reason_is_folded(
    home: Home, opened: Opened, words: Words
) -> None:
    app = opened(home)
    folds = [fold for fold in app.expander if fold.label == "How and why"]
    assert len(folds) == len(advice_buttons(app)) > 0
    assert not any(fold.proto.expanded for fold in app.expander)
    assert "<details open" not in words(app)


def test_did_it_is_logged_once_and_can_be_undone(home: Home, opened: Opened) -> None:
    app = opened(home)
    button = advice_buttons(app)[0]
    app.button(key=button).click().run()
    done = read_journal(home.journal).interventions
    assert [entry.intervention for entry in done] == [button.removeprefix("did_")]
    assert button not in advice_buttons(app)
    app.button_group(key=f"minutes_{done[0].entry_id}").set_value(10).run()
    assert read_journal(home.journal).interventions[0].minutes == 10
    app.button(key=f"undo_{done[0].entry_id}").click().run()
    assert read_journal(home.journal).interventions == ()


def test_a_second_tap_on_did_it_logs_nothing_more(home: Home, opened: Opened) -> None:
    app = opened(home)
    button = advice_buttons(app)[0]
    did(home.journal, button.removeprefix("did_"), moment_of(None, settings_of(home).zone))
    app.button(key=button).click().run()
    assert len(read_journal(home.journal).interventions) == 1


def test_what_was_done_stays_with_its_undo_when_the_advice_moves_on(
    home: Home, opened: Opened, words: Words
) -> None:
    entry_id = did(home.journal, "C1", moment_of(None, settings_of(home).zone))
    app = saved(opened(home), 3)
    assert "Done today" in words(app)
    app.button(key=f"undo_{entry_id}").click().run()
    assert read_journal(home.journal).interventions == () and "Done today" not in words(app)


@pytest.mark.parametrize("key", ["later", "never"])
def test_declined_advice_is_replaced_and_can_be_offered_again(
    home: Home, opened: Opened, words: Words, key: str
) -> None:
    app = opened(home)
    name = advice_buttons(app)[-1].removeprefix("did_")
    count = len(advice_buttons(app))
    app.button(key=f"{key}_{name}").click().run()
    assert f"did_{name}" not in advice_buttons(app) and len(advice_buttons(app)) == count
    (declined,) = read_journal(home.journal).declined
    assert (declined.intervention, declined.is_lasting) == (name, key == "never")
    app.button(key=f"offer_{name}").click().run()
    assert read_journal(home.journal).declined == ()
    assert f"did_{name}" in advice_buttons(app)


def test_refresh_brings_the_score_into_the_warehouse(
    home: Home, opened: Opened, words: Words
) -> None:
    app = saved(opened(home), 1)
    app.button(key="refresh").click().run()
    assert "Refreshed: no new files" in words(app)
    entry_id = read_journal(home.journal).scores[0].entry_id
    assert (
        store.query(
            store.published_version(home),
            "select score from tightness where entry_id = ?",
            [entry_id],
        ).item()
        == 1
    )


def test_every_number_and_sentence_of_today_is_in_the_warehouse(
    home: Home, opened: Opened, words: Words
) -> None:
    shown = words(opened(home))
    version = store.published_version(home)
    activities, scores = store.query(
        version, "select (select count(*) from activity), (select count(*) from tightness)"
    ).row(0)
    assert f"{activities:,} activities and {scores:,} scores" in shown
    for title in store.query(
        version, "select title from advice inner join intervention using (intervention)"
    )["title"]:
        assert title.replace("'", "&#39;") in shown
    assert "These are a simulated runner&#39;s files." in shown
    assert "not a medical device" in shown


def test_three_days_without_a_score_are_said_once_and_kindly(
    empty_home: Home, opened: Opened, words: Words
) -> None:
    today = moment_of(None, settings_of(empty_home).zone).day
    rate(empty_home.journal, 3, Moment(today - timedelta(days=3), None))
    refresh(empty_home, settings_of(empty_home))
    app = opened(empty_home)
    said = reminder(TightnessScore("a", today - timedelta(days=3), 3.0, None), today)
    assert said is not None
    assert words(app).count(said) == 1
    assert "No score since" not in words(saved(app, 2))


def test_a_standing_red_flag_reminds_of_nothing_else(
    empty_home: Home, opened: Opened, words: Words
) -> None:
    today = moment_of(None, settings_of(empty_home).zone).day
    rate(empty_home.journal, 9, Moment(today - timedelta(days=5), None))
    assert "No score since" not in words(opened(empty_home))


def test_an_empty_home_says_what_to_do_and_takes_a_score(
    empty_home: Home, opened: Opened, words: Words
) -> None:
    app = opened(empty_home)
    assert "Three steps" in words(app)
    assert [button.label for button in app.button if button.key == "first_step_taken"] == [
        "Add my files"
    ]
    assert str(empty_home.raw) in words(app)
    saved(app, 8)
    assert "Get this checked first" in words(app)
    assert len(read_journal(empty_home.journal).scores) == 1


def test_old_data_say_nothing_about_today(empty_home: Home, opened: Opened, words: Words) -> None:
    now = moment_of(None, settings_of(empty_home).zone)
    for age_d in range(40, 20, -1):
        rate(empty_home.journal, 4, Moment(now.day - timedelta(days=age_d), None))
    refresh(empty_home, settings_of(empty_home))
    app = opened(empty_home)
    assert words(app).count("nothing can be said about today") == 1
    assert "tl-match" not in words(app) and "What to do" not in words(app)
    step = app.button(key="first_step_taken")
    assert step.label == "Add my newest files" and advice_buttons(app) == []
    # Where to put them without the button: into this home, not into a new one.
    assert f"copy your newest files into {empty_home.raw}" in words(app)
    assert "--home FOLDER" not in words(app)
    step.click().run()
    assert [title.value for title in app.title] == ["Files"]


def test_nothing_stands_out_is_not_said_of_running_nobody_recorded(
    empty_home: Home, opened: Opened, words: Words
) -> None:
    now = moment_of(None, settings_of(empty_home).zone)
    for age_d in range(40, -1, -1):
        rate(empty_home.journal, 2, Moment(now.day - timedelta(days=age_d), None))
    refresh(empty_home, settings_of(empty_home))
    said = words(opened(empty_home))
    heading = said.index("Nothing stands out")
    assert said.index("No run file yet: nothing can be said about your running.") > heading
    assert said.count("No run file yet") == 1


def test_advice_of_a_day_long_gone_is_not_shown_as_todays(
    empty_home: Home, opened: Opened, words: Words
) -> None:
    now = moment_of(None, settings_of(empty_home).zone)
    past = now.day - timedelta(days=20)
    rate(empty_home.journal, 4, Moment(past, None))
    refresh(empty_home, settings_of(empty_home), today=past)
    app = opened(empty_home)
    assert "nothing can be said about today" in words(app)
    assert advice_buttons(app) == []


def test_a_broken_warehouse_is_said_and_made_anew_by_refresh(
    home: Home, opened: Opened, words: Words
) -> None:
    broken = home.database.resolve()
    broken.chmod(0o644)
    broken.write_bytes(b"this is no database")
    app = opened(home)
    assert "This page cannot be shown" in words(app)
    assert "The reason: the warehouse" in words(app)
    app.button(key="refresh").click().run()
    assert not app.exception
    assert "What to do" in words(app)


def test_settings_that_cannot_be_read_are_said(home: Home, opened: Opened, words: Words) -> None:
    home.settings_file.write_text("time_zone = 7 7", encoding="utf-8")
    shown = words(opened(home))
    assert "This page cannot be shown" in shown
    assert "tightlog.toml" in shown


def test_a_sign_that_cannot_be_saved_stops_advice_until_a_score_is_saved(
    home: Home, opened: Opened, words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    app = opened(home)
    assert advice_buttons(app)
    app.checkbox(key="flag_saddle_numbness_0").check().run()
    with monkeypatch.context() as patched:
        patched.setattr("tightlog.journal.append.os.fsync", full)
        saved(app, 6)
    assert "Not saved, but it counts" in words(app) and not advice_buttons(app)
    app.run()
    assert "Not saved, but it counts" in words(app) and not advice_buttons(app)
    app.checkbox(key="flag_saddle_numbness_0").uncheck().run()
    saved(app, 6)
    assert "Not saved, but it counts" not in words(app) and advice_buttons(app)


def test_a_sign_is_told_though_the_disk_of_the_diary_is_missing(
    home: Home, opened: Opened, words: Words
) -> None:
    app = opened(home)
    shutil.rmtree(home.raw)
    home.raw.mkdir()
    saved(app, 8)
    assert not app.exception and not advice_buttons(app)
    assert "Not saved, but it counts" in words(app)
    assert "disk" in words(app)
    assert not any(home.raw.iterdir())
