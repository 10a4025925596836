"""A disk that is not connected: nothing is written where it would be hidden, and a warning sign is
told all the same.
"""

import io
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.builders import SETTINGS, copied, home_at, run_fit
from tightlog.answers.actions import activities, entries, files
from tightlog.answers.missing_disk import refuse_hidden_entry
from tightlog.answers.today import today
from tightlog.cli.main import main
from tightlog.errors import DiaryGone, DiaryUnreadable, DiaryUnwritten, InboxError
from tightlog.home.settings import Home
from tightlog.journal.journal import read_journal
from tightlog.journal.moment import Moment
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store

WHEN = Moment(datetime(2026, 5, 4, tzinfo=UTC).date(), datetime(2026, 5, 4, 7, tzinfo=UTC))
WRITES: dict[str, Callable[[Home], object]] = {
    "a score": lambda home: entries.give_score(home, 3, WHEN),
    "a warning sign": lambda home: entries.raise_red_flag(home, WHEN, red_flags=["fever"]),
    "an intervention": lambda home: entries.did(home, "plank", WHEN),
    "a clearance": lambda home: entries.clear_red_flag(home, WHEN),
    "a correction": lambda home: entries.correct(home, "r1", {"score": 4.0}),
    "a withdrawal": lambda home: entries.withdraw(home, "r1"),
    "an activity": lambda home: activities.correct_activity(home, "a", {"sport": "running"}),
}


@pytest.fixture(scope="module")
def refreshed_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    made = home_at(tmp_path_factory.mktemp("refreshed") / "home", a_fit=run_fit())
    refresh(made, SETTINGS)
    return made


@pytest.fixture
def home(refreshed_home: Home, tmp_path: Path) -> Home:
    """A copy of that home to write into."""
    return copied(refreshed_home, tmp_path)


def unmounted(home: Home) -> None:
    shutil.rmtree(home.raw)
    home.raw.mkdir()
    (home.raw / ".lost+found").mkdir()


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_nothing_is_written_into_an_emptied_data_raw(
    home: Home, write: Callable[[Home], object]
) -> None:
    unmounted(home)
    with pytest.raises(DiaryGone, match=r"1 files known before.*not be connected") as refused:
        write(home)
    assert refused.value.known_files == 1
    assert [place.name for place in home.raw.iterdir()] == [".lost+found"]


def test_a_file_given_is_not_kept_in_an_emptied_data_raw(home: Home) -> None:
    unmounted(home)
    with pytest.raises(InboxError, match="disk may not be connected"):
        files.keep_upload(home, "b.fit", io.BytesIO(run_fit()))
    with pytest.raises(InboxError, match="tightlog rebuild"):
        files.keep_path(home, Path(__file__))
    assert not home.inbox.exists()


def test_a_diary_that_is_gone_is_not_begun_again_beside_the_files(home: Home) -> None:
    entries.give_score(home, 3, WHEN)
    refresh(home, SETTINGS)
    home.journal.unlink()
    with pytest.raises(DiaryGone, match="was not at the last refresh") as refused:
        entries.give_score(home, 4, WHEN)
    assert refused.value.known_files == 0 and not home.journal.exists()


def test_an_empty_file_in_the_place_of_the_diary_is_no_diary(home: Home) -> None:
    unmounted(home)
    home.journal.parent.mkdir()
    home.journal.touch()
    with pytest.raises(DiaryGone):
        entries.give_score(home, 4, WHEN)
    assert home.journal.read_bytes() == b""


@pytest.mark.parametrize("place", ["diary", "diary/journal.jsonl"])
def test_a_diary_behind_a_link_that_leads_nowhere_is_not_begun_there(
    home: Home, tmp_path: Path, place: str
) -> None:
    (home.raw / place).parent.mkdir(exist_ok=True)
    (home.raw / place).symlink_to(tmp_path / "mount" / "x")
    (tmp_path / "mount").mkdir()
    with pytest.raises(DiaryUnwritten, match="leads nowhere"):
        entries.give_score(home, 4, WHEN)
    assert not any((tmp_path / "mount").iterdir())


def test_a_diary_that_is_there_takes_scores_without_any_run_file(home: Home) -> None:
    entries.give_score(home, 3, WHEN)
    (home.raw / "a.fit").unlink()
    entries.give_score(home, 4, WHEN)
    assert [score.score for score in read_journal(home.journal).scores] == [3, 4]


@pytest.mark.parametrize("state", ["new", "nothing known", "unreadable warehouse", "rebuilt"])
def test_a_first_score_is_written_where_nothing_is_missing(tmp_path: Path, state: str) -> None:
    home = home_at(tmp_path / "home")
    if state != "new":
        (home.raw / "a.fit").write_bytes(run_fit())
        refresh(home, SETTINGS)
        unmounted(home)
    if state in ("nothing known", "rebuilt"):
        refresh(home, SETTINGS, from_scratch=True)
    elif state == "unreadable warehouse":
        version = store.published_version(home)
        version.chmod(0o600)
        version.write_bytes(b"torn")
    entries.give_score(home, 3, WHEN)
    assert len(read_journal(home.journal).scores) == 1


def test_a_first_score_beside_the_files_is_written(home: Home) -> None:
    refuse_hidden_entry(home)
    entries.give_score(home, 3, WHEN)
    assert len(read_journal(home.journal).scores) == 1


def test_what_is_not_saved_names_its_warning_signs(home: Home) -> None:
    unmounted(home)
    with pytest.raises(DiaryUnwritten) as refused:
        entries.give_score(home, 8, WHEN, is_sharp=True, red_flags=["Leg-Weakness"])
    assert refused.value.red_flags == ("leg_weakness", "sharp_pain", "high_score")
    with pytest.raises(DiaryUnwritten) as refused:
        entries.give_score(home, 7.9, WHEN)
    assert refused.value.red_flags == ()
    with pytest.raises(DiaryUnwritten) as refused:
        entries.correct(home, "r1", {"red_flags": ["fever"]})
    assert refused.value.red_flags == ("fever",)


@pytest.mark.parametrize("is_bare", [True, False], ids=["disk missing", "diary closed"])
def test_the_command_says_who_to_see_though_the_sign_is_not_saved(
    home: Home, capsys: pytest.CaptureFixture[str], is_bare: bool
) -> None:
    if is_bare:
        unmounted(home)
    else:
        home.journal.mkdir(parents=True)
    code = main(["--home", str(home.folder), "rate", "5", "--red-flag", "saddle_numbness"])
    said = capsys.readouterr()
    assert code == 1 and said.out == ""
    assert "the entry is not saved" in said.err and "emergency department now" in said.err
    assert main(["--home", str(home.folder), "rate", "5"]) == 1
    assert "emergency" not in capsys.readouterr().err


def test_clearing_does_not_say_that_nothing_stands_where_the_diary_is_out_of_reach(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    entries.raise_red_flag(home, WHEN, red_flags=["fever"])
    refresh(home, SETTINGS)
    unmounted(home)
    assert main(["--home", str(home.folder), "rate", "--clear-red-flag"]) == 1
    assert "not saved" in capsys.readouterr().err


def test_today_says_nothing_while_a_sign_may_stand_on_the_disk_that_is_missing(home: Home) -> None:
    version = store.published_version(home)
    assert today(home, version, WHEN.day).red_flag is None
    unmounted(home)
    with pytest.raises(DiaryUnreadable, match="1 files known before"):
        today(home, version, WHEN.day)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list every folder")
def test_a_data_raw_that_cannot_be_listed_is_not_taken_for_empty(home: Home) -> None:
    home.raw.chmod(0o300)
    try:
        entries.give_score(home, 3, WHEN)
    finally:
        home.raw.chmod(0o700)
    assert len(read_journal(home.journal).scores) == 1
