"""What the Log page promises: all that is logged, at once; what the journal holds can be changed
there, and a table is shown before it is taken.
"""

from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.builders import copied
from tests.dashboards.conftest import today
from tightlog.home.settings import Home, home_folder, settings_of
from tightlog.journal.journal import read_journal, standing_red_flag
from tightlog.journal.moment import Moment
from tightlog.journal.writing import clear_red_flag, did, rate
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store

Opened = Callable[..., AppTest]
Words = Callable[[AppTest], str]
DAY = date(2026, 5, 4)
STRANGE = b"Wann;Zwick;Wo\n05/06/2026;40;Kreuz\n06/06/2026;90;Knie\n"


@pytest.fixture(scope="module")
def scored_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with a score of a table, one of the journal and an intervention, refreshed."""
    home = home_folder(str(tmp_path_factory.mktemp("scored") / "own"))
    home.settings_file.write_text('time_zone = "UTC"\n', encoding="utf-8")
    (home.raw / "<b>back.csv").write_text(
        "date,tightness,note\n2026-05-01,2,<script>alert(1)</script>\n2026-05-02,3.5,=1+1\n",
        encoding="utf-8",
    )
    rate(home.journal, 4, Moment(DAY, None), note="**bold**")
    did(home.journal, "Y1", Moment(DAY, None), minutes=40, rpe=3)
    refresh(home, settings_of(home))
    return home


@pytest.fixture
def own_home(scored_home: Home, tmp_path: Path) -> Home:
    """A copy of that home to write into."""
    return copied(scored_home, tmp_path / "own")


def lines(app: AppTest) -> list[str]:
    return [
        element.proto.body
        for element in app.get("html")
        if element.proto.body.startswith("<div class='tl-line'")
    ]


def entry_id(home: Home, number: int = 0) -> str:
    return str(read_journal(home.journal).entries[number].entry_id)


def key_of(app: AppTest, label: str) -> str:
    """The key of the first button with a label."""
    return str(next(button.key for button in app.button if button.label == label))


def tap(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def test_everything_logged_is_listed_once_newest_first(
    home: Home, opened: Opened, words: Words
) -> None:
    version = store.published_version(home)
    count = store.query(
        version, "select (select count(*) from tightness) + (select count(*) from intervention_log)"
    ).item()
    app = opened(home, "diary")
    assert f"{count:,} entries: 1 to 40" in words(app)
    listed = lines(app)
    for number in range(2, -(-count // 40) + 1):
        listed += lines(app.pagination[0].set_value(number).run())
    assert len(listed) == count
    days = [
        element.proto.body
        for element in app.get("html")
        if element.proto.body.startswith("<h3 class='tl-day'")
    ]
    first = store.query(
        version,
        (
            "select min(day) from (select day from tightness union all select day from "
            "intervention_log)"
        ),
    ).item()
    assert f"{first.day} {first:%B %Y}" in days[-1]


def test_filters_show_what_sql_counts(home: Home, opened: Opened, words: Words) -> None:
    rate(home.journal, 2, Moment(today(), None), note="after sitting")
    version = store.published_version(home)
    since = today() - timedelta(days=27)
    app = opened(home, "diary")
    app.button_group(key="diary_kind").set_value("done").run()
    app.button_group(key="diary_range").set_value("4 weeks").run()
    count = store.query(
        version, "select count(*) from intervention_log where day >= ?", [since]
    ).item()
    assert f"{count} entries" in words(app)
    app.button_group(key="diary_kind").set_value("note").run()
    assert "after sitting" in "".join(lines(app))


def test_lines_of_a_file_say_where_they_come_from_and_can_be_changed(
    own_home: Home, opened: Opened, words: Words
) -> None:
    app = opened(own_home, "diary")
    assert "From &lt;b&gt;back.csv, line 3." in words(app)
    assert "“&lt;script&gt;alert(1)&lt;/script&gt;”" in words(app) and "<script>" not in words(app)
    change = next(
        button.key
        for button in app.button
        if button.label == "Change" and (button.key or "").startswith("change_file-")
    )
    entry_id = (change or "").removeprefix("change_")
    tap(app, change or "")
    app.button_group(key=f"edit_{entry_id}_score").set_value(7)
    tap(app, f"save_edit_{entry_id}")
    assert read_journal(own_home.journal).file_changes[entry_id] == {"score": 7}
    assert "Since the last refresh: 1 entry new or changed." in words(app)
    assert words(app).count("Corrected by you.") == 1


def test_where_it_is_and_the_leg_signs_come_with_a_score(own_home: Home, opened: Opened) -> None:
    app = opened(own_home, "diary")
    prefix = "new_score_0"
    app.button_group(key=f"{prefix}_score").set_value(4)
    app.button_group(key=f"{prefix}_side").set_value("right")
    app.button_group(key=f"{prefix}_woken").set_value("Yes")
    app.button_group(key=f"{prefix}_radiation").set_value("below_knee").run()
    assert not app.exception
    asked = [box.key for box in app.checkbox][:5]
    assert [(key or "").removeprefix(f"{prefix}_flag_") for key in asked] == [
        "saddle_numbness",
        "bladder_or_bowel",
        "leg_weakness",
        "both_legs_pain",
        "night_pain",
    ]
    tap(app, f"save_{prefix}")
    score = read_journal(own_home.journal).scores[-1]
    assert (score.side, score.radiation, score.is_woken) == ("right", "below_knee", True)
    assert "right · below the knee · woke you at night" in lines(app)[0]


def test_function_is_asked_once_a_week_and_can_be_changed(own_home: Home, opened: Opened) -> None:
    app = opened(own_home, "diary")
    app.text_input(key="weekly_0_task").set_value("run 10 km")
    app.button_group(key="weekly_0_function").set_value(6).run()
    tap(app, "save_weekly_0")
    answer = read_journal(own_home.journal).functions[-1]
    assert (answer.function, answer.task) == (6, "run 10 km")
    assert "Function: run 10 km" in lines(app)[0]
    tap(app, f"change_{answer.entry_id}")
    app.button_group(key=f"edit_{answer.entry_id}_function").set_value(8)
    tap(app, f"save_edit_{answer.entry_id}")
    assert read_journal(own_home.journal).functions[-1].function == 8


def test_a_past_score_is_added_and_shown_before_any_refresh(
    own_home: Home, opened: Opened, words: Words
) -> None:
    app = opened(own_home, "diary")
    prefix = "new_score_0"
    assert app.button(key=f"save_{prefix}").disabled
    app.button_group(key=f"{prefix}_score").set_value(5)
    app.date_input(key=f"{prefix}_day").set_value(date(2025, 3, 2))
    app.time_input(key=f"{prefix}_time").set_value(time(7, 15))
    app.button_group(key=f"{prefix}_moment").set_value("morning")
    app.text_input(key=f"{prefix}_note").set_value("cold").run()
    tap(app, f"save_{prefix}")
    score = read_journal(own_home.journal).scores[-1]
    assert (
        score.day,
        f"{score.rated_at:%H:%M}",
        score.score,
        score.moment,
        score.note,
        score.is_sharp,
    ) == (date(2025, 3, 2), "07:15", 5, "morning", "cold", None)
    assert "✓ Saved: 5, 2 March 2025" in words(app)
    assert "Since the last refresh: 1 entry new or changed." in words(app)
    assert ["counts from the next refresh" in line for line in lines(app)] == [False] * 4 + [True]
    app.button(key="refresh_above").click().run()
    assert "counts from the next refresh" not in words(app)


@pytest.mark.parametrize("intervention", ["X6", "M1", "C7"])
def test_a_session_without_a_watch_is_added_on_any_past_day(
    own_home: Home, opened: Opened, intervention: str
) -> None:
    app = opened(own_home, "diary")
    app.button_group(key="new_kind").set_value("done").run()
    app.selectbox(key="new_done_0_intervention").set_value(intervention)
    app.date_input(key="new_done_0_day").set_value(date(2026, 1, 2))
    app.number_input(key="new_done_0_minutes").set_value(35.0)
    app.number_input(key="new_done_0_rpe").set_value(6.0).run()
    tap(app, "save_new_done_0")
    done = read_journal(own_home.journal).interventions[-1]
    assert (done.intervention, done.day, done.done_at, done.minutes, done.rpe) == (
        intervention,
        date(2026, 1, 2),
        None,
        35,
        6,
    )


def test_only_what_was_changed_is_written_and_the_rest_keeps_its_seconds(
    own_home: Home, opened: Opened, words: Words
) -> None:
    entry = entry_id(own_home)
    before = read_journal(own_home.journal).scores[0]
    app = tap(opened(own_home, "diary"), f"change_{entry}")
    app.button_group(key=f"edit_{entry}_score").set_value(6)
    app.button_group(key=f"edit_{entry}_sharp").set_value("No").run()
    tap(app, f"save_edit_{entry}")
    last = own_home.journal.read_text(encoding="utf-8").splitlines()[-1]
    assert '"changes": {"is_sharp": false, "score": 6}' in last
    after = read_journal(own_home.journal).scores[0]
    assert (after.score, after.note, after.day) == (6, before.note, before.day)
    assert "✓ Saved" in words(app)
    size = own_home.journal.stat().st_size
    tap(app, f"change_{entry}")
    tap(app, f"save_edit_{entry}")
    assert "Nothing was changed." in words(app)
    assert own_home.journal.stat().st_size == size


def test_an_entry_can_be_moved_to_another_day_and_an_intervention_mended(
    own_home: Home, opened: Opened
) -> None:
    entry = entry_id(own_home, 1)
    app = tap(opened(own_home, "diary"), f"change_{entry}")
    app.date_input(key=f"edit_{entry}_day").set_value(date(2026, 4, 30))
    app.number_input(key=f"edit_{entry}_minutes").set_value(None)
    app.selectbox(key=f"edit_{entry}_intervention").set_value("X6").run()
    tap(app, f"save_edit_{entry}")
    done = read_journal(own_home.journal).interventions[0]
    assert (done.day, done.minutes, done.intervention, done.rpe) == (
        date(2026, 4, 30),
        None,
        "X6",
        3,
    )


def test_an_entry_is_withdrawn_only_when_confirmed(
    own_home: Home, opened: Opened, words: Words
) -> None:
    entry = entry_id(own_home)
    app = tap(opened(own_home, "diary"), f"change_{entry}")
    tap(app, f"withdraw_edit_{entry}")
    tap(app, f"keep_edit_{entry}")
    assert read_journal(own_home.journal).scores
    tap(app, f"withdraw_edit_{entry}")
    tap(app, f"confirm_edit_{entry}")
    assert not read_journal(own_home.journal).scores
    assert "Since the last refresh: 1 withdrawn." in words(app)


def test_an_entry_withdrawn_elsewhere_meanwhile_is_said_not_raised(
    own_home: Home, opened: Opened, words: Words
) -> None:
    from tightlog.journal.writing import withdraw

    entry = entry_id(own_home)
    app = tap(opened(own_home, "diary"), f"change_{entry}")
    withdraw(own_home.journal, entry)
    app.button_group(key=f"edit_{entry}_score").set_value(1)
    tap(app, f"save_edit_{entry}")
    assert not app.exception
    assert not read_journal(own_home.journal).scores


def test_a_red_flag_raised_by_an_edit_blocks_at_once_though_one_was_cleared_since(
    own_home: Home, opened: Opened, words: Words
) -> None:
    clear_red_flag(own_home.journal, Moment(today(), None))
    entry = entry_id(own_home)
    app = tap(opened(own_home, "diary"), f"change_{entry}")
    app.checkbox(key=f"edit_{entry}_flag_saddle_numbness").check().run()
    assert "emergency department now" in words(app)
    tap(app, f"save_edit_{entry}")
    flag = standing_red_flag(own_home.journal)
    assert flag is not None and "saddle numbness" in flag.evidence
    assert words(app).count("Go to an emergency department now") == 2
    app.switch_page("app_pages/today.py").run()
    assert "Get help now" in words(app)


def test_a_table_is_shown_before_it_is_brought_in(
    own_home: Home, opened: Opened, words: Words
) -> None:
    app = opened(own_home, "diary")
    table = b"date,tightness,note\n2026-06-01,4,<i>x</i>\n2026-06-02,so-so,\n"
    app.file_uploader(key="table_0").upload("../../June.csv", table, "text/csv").run()
    assert (
        "Understood: 1 score, 1 June 2026 to 1 June 2026. 1 of 2 rows left out: line 3: "
        "&#39;so-so&#39; is not a number."
    ) in words(app)
    assert "&lt;i&gt;x&lt;/i&gt;" in words(app) and "<i>x" not in words(app)
    assert not own_home.inbox.exists()
    tap(app, key_of(app, "Import"))
    assert (own_home.inbox / "June.csv").read_bytes() == table
    assert "[[diary]]" not in own_home.settings_file.read_text(encoding="utf-8")
    assert store.query(
        store.published_version(own_home), "select score from tightness where day = '2026-06-01'"
    ).rows() == [(4.0,)]
    assert "1 of 2 rows left out" in words(app)


def test_columns_are_chosen_where_the_table_is_not_understood(
    own_home: Home, opened: Opened, words: Words
) -> None:
    app = opened(own_home, "diary")
    app.file_uploader(key="table_0").upload("strange [1].csv", STRANGE, "text/csv").run()
    assert "Not understood: no column holds the day." in words(app)
    fields = {box.label: box for box in app.selectbox}
    fields["Day"].set_value("Wann")
    fields["Score"].set_value("Zwick")
    fields["Scale"].set_value("0–100")
    fields["Body region"].set_value("Wo")
    fields["How dates are written"].set_value("Day first: 31.05.2026").run()
    next(box for box in app.multiselect if box.label.startswith("Rows to keep")).set_value(
        ["Kreuz"]
    ).run()
    assert (
        "Understood: 1 score, 5 June 2026 to 5 June 2026. 1 row about other regions left alone."
        in words(app)
    )
    tap(app, key_of(app, "Import"))
    assert own_home.settings_file.read_text(encoding="utf-8").startswith(
        'time_zone = "UTC"\n\n[[diary]]\nfile = "inbox/strange [[]1].csv"\n'
    )
    scores = store.query(
        store.published_version(own_home),
        "select score from tightness where day between '2026-06-05' and '2026-06-06'",
    )
    assert scores.rows() == [(4.0,)]


def test_a_table_already_there_gets_its_columns_without_a_second_copy(
    own_home: Home, opened: Opened
) -> None:
    (own_home.raw / "strange.csv").write_bytes(STRANGE)
    refresh(own_home, settings_of(own_home))
    app = opened(own_home, "diary")
    app.selectbox(key="which_table_0").set_value(0).run()
    fields = {box.label: box for box in app.selectbox}
    fields["Day"].set_value("Wann")
    fields["Score"].set_value("Zwick")
    fields["Scale"].set_value("0–100")
    fields["How dates are written"].set_value("Day first: 31.05.2026").run()
    tap(app, key_of(app, "Read it this way"))
    assert not own_home.inbox.exists()
    assert [mapping.file for mapping in settings_of(own_home).diaries] == ["strange.csv"]
    assert (
        store.query(
            store.published_version(own_home),
            "select count(*) from tightness where day >= '2026-06-01'",
        ).item()
        == 2
    )


def test_nothing_of_the_runners_own_goes_into_a_sample_home(
    home: Home, opened: Opened, words: Words
) -> None:
    app = opened(home, "diary")
    assert "so nothing of yours is added to it" in words(app)
    assert not app.file_uploader


def test_an_empty_home_says_so(empty_home: Home, opened: Opened, words: Words) -> None:
    assert "Nothing is logged yet." in words(opened(empty_home, "diary"))


def test_lines_that_do_not_count_and_copies_are_shown(
    own_home: Home, opened: Opened, words: Words
) -> None:
    with open(own_home.journal, "a", encoding="utf-8") as journal:
        journal.write('{"kind": "rate", "entry_id": "<b>", "score": "abc"}\n')
    (own_home.journal.parent / "journal <i>2.jsonl").write_text("[1]\n", encoding="utf-8")
    shown = words(opened(own_home, "diary"))
    assert "2 lines of the diary cannot be read and are not counted" in shown
    assert "line 3 of journal.jsonl" in shown and "line 1 of journal &lt;i&gt;2.jsonl" in shown
    assert "sync program left copies of the diary: journal &lt;i&gt;2.jsonl" in shown


def test_a_score_the_disk_has_no_room_for_is_said_and_not_raised(
    own_home: Home, opened: Opened, words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(own_home)
    before = own_home.journal.read_bytes()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("tightlog.journal.append.os.fsync", full)
        app.button(key="score_3_0").click().run()
    assert not app.exception
    assert "Not saved" in words(app) and "No space left" in words(app)
    assert own_home.journal.read_bytes() == before
