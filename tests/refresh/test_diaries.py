"""Diaries through a whole refresh: the question about times, and corrections of what files say."""

from pathlib import Path

import pytest

from tests.builders import home_at, zipped
from tightlog.answers.actions.entries import correct, withdraw
from tightlog.answers.actions.files import answer_when_given, score_file_named
from tightlog.answers.refresh_words import refresh_words, when_given_words
from tightlog.cli.main import main
from tightlog.domain.diary import ScoreFile
from tightlog.errors import DiaryError, UnknownEntry
from tightlog.home.settings import Home, settings_of
from tightlog.journal.journal import read_journal
from tightlog.readers.content import SPREADSHEET
from tightlog.refresh.refresh import RefreshSummary, refresh
from tightlog.simulation.files.steady_run import START, run_fit
from tightlog.simulation.files.workbook_file import xlsx_file
from tightlog.warehouse import store

DATES_ONLY = b"date,back tightness\n2026-06-01,3\n2026-06-02,4\n"


def home_with(folder: Path, **files: bytes) -> Home:
    home = home_at(folder, **files)
    home.settings_file.write_text('time_zone = "Europe/Zurich"\n', encoding="utf-8")
    return home


def refreshed(home: Home, *, anew: bool = False) -> RefreshSummary:
    return refresh(home, settings_of(home), from_scratch=anew)


def rows(home: Home, sql: str) -> list[tuple[object, ...]]:
    return store.query(store.published_version(home), sql).rows()


def outcomes(home: Home) -> list[tuple[object, ...]]:
    return rows(
        home,
        "select tightness_score, tightness_moment from day "
        "where tightness_score is not null order by day",
    )


def test_scores_without_times_are_asked_about_once_and_answered(tmp_path: Path) -> None:
    home = home_with(tmp_path, back_csv=DATES_ONLY)
    asked = refreshed(home)
    assert [one.place for one in asked.open_questions] == ["back.csv"]
    assert "back.csv does not say at what time of day its 2 scores were given" in refresh_words(
        asked, home
    )
    assert outcomes(home) == [(3, "assumed_morning"), (4, "assumed_morning")]
    assert not refreshed(home).open_questions, "not again for a file that did not change"
    assert (
        main(["--home", str(home.folder), "diary", "answer", "back.csv", "--moment", "evening"])
        == 0
    )
    assert not refreshed(home).open_questions
    assert outcomes(home) == [(3, "evening"), (4, "evening")]
    assert 'moment = "evening"' in home.settings_file.read_text(encoding="utf-8")


def test_what_could_not_be_read_is_listed_for_the_home_that_was_refreshed(tmp_path: Path) -> None:
    home = home_with(tmp_path, broken_fit=b"not a FIT file")
    assert "`tightlog files --status unreadable` shows why" in refresh_words(refreshed(home), home)
    home.sample_marker.write_text("{}", encoding="utf-8")
    words = refresh_words(refreshed(home, anew=True), home)
    assert f"`tightlog --home {home.folder} files --status unreadable` shows why" in words


def test_the_kind_of_a_reason_is_a_code_beside_its_words(tmp_path: Path) -> None:
    home = home_with(
        tmp_path, a_csv=b"a,b\n1,2\n", b_csv=b"a,b\n1,2\n", c_xls=b"old", d_csv=DATES_ONLY
    )
    refreshed(home)
    assert rows(home, "select path, reason_code, reason from source_file order by path") == [
        ("a.csv", "not_a_diary", "not a diary: no column holds the day"),
        ("b.csv", "same_bytes", "the same bytes as a.csv"),
        ("c.xls", "not_a_diary", f"not a diary: {SPREADSHEET}"),
        ("d.csv", None, None),
    ]


def test_another_answer_takes_the_place_of_the_first(tmp_path: Path) -> None:
    home = home_with(tmp_path, back_csv=DATES_ONLY)
    for answer in ("evening", "unknown"):
        answer_when_given(home, "back.csv", answer)
    (mapping,) = settings_of(home).diaries
    assert (mapping.file, mapping.moment) == ("back.csv", "unknown")
    assert not refreshed(home).open_questions
    assert outcomes(home)[0] == (3, "assumed_morning")


def test_an_answer_keeps_what_was_said_of_the_file(tmp_path: Path) -> None:
    home = home_with(tmp_path, strange_csv=b"Wann,Zwick\n2026-06-01,40\n")
    said = '\n[[diary]]\nfile = "strange*"\nday = "Wann"\nscore = "Zwick"\nscale = [0, 100]\n'
    home.settings_file.write_text(said, encoding="utf-8")
    answer_when_given(home, "strange.csv", "before")
    refreshed(home)
    assert outcomes(home) == [(4, "before")]


def test_an_answer_of_no_moment_or_for_no_file_is_refused(tmp_path: Path) -> None:
    home = home_with(tmp_path, back_csv=DATES_ONLY)
    refreshed(home)
    with pytest.raises(DiaryError, match="a moment is morning"):
        answer_when_given(home, "back.csv", "noonish")
    with pytest.raises(DiaryError, match=r"the files with scores are: back\.csv"):
        score_file_named(home, "front.csv")


def test_words_not_understood_are_no_outcome_on_a_day_with_a_run(tmp_path: Path) -> None:
    day = START.date()
    text = f"date,time of day,back tightness\n{day},Büro,6\n2026-06-02,Büro,5\n"
    home = home_with(tmp_path, back_csv=text.encode(), run_fit=run_fit())
    told = refreshed(home)
    assert outcomes(home) == [(5, "not_understood")]
    assert "2 scores given at a time that is not understood ('Büro')" in refresh_words(told, home)


def test_a_workbook_in_a_zip_is_read_as_outside(tmp_path: Path) -> None:
    workbook = xlsx_file({"A": (("date", "back tightness"), ("2026-06-01", 3))})
    other = xlsx_file({"A": (("date", "back tightness"), ("2026-06-02", 4))})
    home = home_with(tmp_path, in_zip=zipped({"Back diary.xlsx": workbook}), back_xlsx=other)
    refreshed(home)
    assert outcomes(home) == [(3, "assumed_morning"), (4, "assumed_morning")]
    assert rows(
        home, "select member, status from source_file order by path, member nulls first"
    ) == [
        (None, "read"),
        (None, "no_activity"),
        ("Back diary.xlsx", "read"),
    ]


def entry_ids(home: Home) -> list[str]:
    return [str(row[0]) for row in rows(home, "select entry_id from tightness order by day")]


def standing(home: Home) -> list[tuple[object, ...]]:
    return rows(home, "select score, raw_value, note from tightness order by day")


def test_scores_of_a_file_are_corrected_and_withdrawn_for_good(tmp_path: Path) -> None:
    home = home_with(tmp_path, back_csv=DATES_ONLY)
    refreshed(home)
    first, second = entry_ids(home)
    correct(home, first, {"score": 6, "note": "misread"})
    withdraw(home, second)
    refreshed(home)
    assert standing(home) == [(6, "3", "misread")]
    refreshed(home, anew=True)
    assert standing(home) == [(6, "3", "misread")], "after a rebuild"
    (home.raw / "back.csv").rename(home.raw / "old.csv")
    (home.raw / "back.csv").write_bytes(DATES_ONLY + b"2026-06-03,5\n")
    refreshed(home)
    assert standing(home) == [(6, "3", "misread"), (5, "5", None)], "in a longer export too"


def test_an_entry_that_is_not_there_cannot_be_corrected(tmp_path: Path) -> None:
    home = home_with(tmp_path, back_csv=DATES_ONLY)
    refreshed(home)
    first = entry_ids(home)[0]
    withdraw(home, first)
    for entry_id in (first, "file-0123456789ab"):
        with pytest.raises(UnknownEntry):
            correct(home, entry_id, {"score": 6})
    with pytest.raises(DiaryError, match="minutes cannot be corrected"):
        correct(home, entry_ids(home)[1], {"minutes": 5})


def test_a_red_flag_in_a_correction_counts_at_once_until_it_is_corrected(tmp_path: Path) -> None:
    home = home_with(tmp_path, back_csv=DATES_ONLY)
    refreshed(home)
    first = entry_ids(home)[0]
    flag = correct(home, first, {"red_flags": ["night_pain"]}).red_flag
    assert flag is not None and flag.names == ("night_pain",)
    assert correct(home, first, {"red_flags": []}).red_flag is None
    assert correct(home, first, {"score": 9}).red_flag is not None
    assert withdraw(home, first).red_flag is None
    assert not read_journal(home.journal).unreadable


def test_a_moved_day_leaves_the_time_of_the_file_behind(tmp_path: Path) -> None:
    home = home_with(tmp_path, back_csv=b"date,time,back tightness\n2026-06-01,7:00,3\n")
    refreshed(home)
    correct(home, entry_ids(home)[0], {"day": "2026-05-01"})
    refreshed(home)
    assert rows(home, "select day::varchar, rated_at from tightness") == [("2026-05-01", None)]


def test_the_diary_lists_what_files_hold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = home_with(tmp_path, back_csv=DATES_ONLY)
    refreshed(home)
    first, second = entry_ids(home)
    withdraw(home, second)
    capsys.readouterr()
    assert main(["--home", str(home.folder), "diary"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert f"{first} tightness 3 time not given (from back.csv)" in shown and second not in shown


@pytest.mark.parametrize(("minutes", "expected"), [("1,5", 1.5), ("1.5", 1.5)])
def test_minutes_take_a_decimal_comma(tmp_path: Path, minutes: str, expected: float) -> None:
    home = home_with(tmp_path)
    command = ["--home", str(home.folder), "did", "plank", "--minutes", minutes, "--rpe", "3,5"]
    assert main(command) == 0
    (done,) = read_journal(home.journal).interventions
    assert (done.minutes, done.rpe) == (expected, 3.5)


def test_own_words_for_a_part_of_the_day_are_answered_once(tmp_path: Path) -> None:
    table = b"date,moment,back tightness\n2026-06-01,B\xc3\xbcro,3\n2026-06-02,vorm B\xc3\xbcro,4\n"
    home = home_with(tmp_path, back_csv=table)
    refreshed(home)
    assert outcomes(home) == [(3, "not_understood"), (4, "not_understood")]
    said = ["diary", "answer", "back.csv", "--words", "büro", "--moment", "evening"]
    assert main(["--home", str(home.folder), *said]) == 0
    answer_when_given(home, "back.csv", "morning", "vorm Büro")
    (mapping,) = settings_of(home).diaries
    assert mapping.moments == (("büro", "evening"), ("vorm Büro", "morning"))
    refreshed(home)
    assert outcomes(home) == [(3, "evening"), (4, "morning")]
    with pytest.raises(DiaryError, match="evening"):
        answer_when_given(home, "back.csv", "unknown", "Büro")


@pytest.mark.parametrize(
    ("untimed", "count", "words"),
    [
        (1, 1, "at what time of day its 1 score was given. Until you answer, it counts"),
        (1, 3, "at what time of day 1 of its 3 scores was given"),
        (2, 3, "2 of its 3 scores were given. Until you answer, they count"),
    ],
)
def test_one_score_is_asked_about_in_the_singular(untimed: int, count: int, words: str) -> None:
    assert words in when_given_words(ScoreFile("back.csv", untimed, count))


def test_afternoon_and_evening_are_two_scores_though_equal_and_copies_are_one(
    tmp_path: Path,
) -> None:
    table = b"date,back morning,back afternoon,back evening\n2026-06-01,2,4,4\n2026-06-02,3,3,5\n"
    home = home_with(tmp_path, a_csv=table, b_csv=table.replace(b"\n", b"\r\n"))
    refreshed(home)
    found = rows(home, "select moment, score from tightness order by day, moment, score")
    assert found == [
        ("evening", 4),
        ("evening", 4),
        ("morning", 2),
        ("evening", 3),
        ("evening", 5),
        ("morning", 3),
    ]
