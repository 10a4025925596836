"""What a surface writes: on disk when the function returns, with the red flag that stands now."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.builders import home_at, run_fit
from tightlog.answers.actions import activities, entries, files, refreshes
from tightlog.domain.diary import DiaryMapping
from tightlog.errors import DiaryError, UnknownEntry, UnknownIntervention, UnknownRedFlag
from tightlog.home.settings import Home, settings_of
from tightlog.journal.journal import read_journal
from tightlog.journal.moment import Moment

WHEN = Moment(datetime(2026, 5, 4, tzinfo=UTC).date(), datetime(2026, 5, 4, 7, tzinfo=UTC))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return home_at(tmp_path, a_fit=run_fit())


def test_a_score_is_on_disk_and_names_the_red_flag_it_raises(home: Home) -> None:
    logged = entries.give_score(home, 6, WHEN, red_flags=["Leg-Weakness"], note="a\x00b")
    (entry,) = read_journal(home.journal).entries
    assert (entry.entry_id, entry.score, entry.note) == (logged.entry_id, 6, "a\ufffdb")
    assert logged.red_flag is not None and logged.red_flag.names == ("leg_weakness",)


def test_an_unknown_red_flag_writes_nothing(home: Home) -> None:
    with pytest.raises(UnknownRedFlag):
        entries.give_score(home, 6, WHEN, red_flags=["leg_wekness"])
    assert not home.journal.exists()


def test_a_red_flag_stands_in_every_answer_until_it_is_cleared(home: Home) -> None:
    raised = entries.raise_red_flag(home, WHEN, red_flags=["fever"])
    assert raised.red_flag is not None
    assert entries.did(home, "plank", WHEN, minutes=3).red_flag is not None
    assert entries.clear_red_flag(home, WHEN).red_flag is None


def test_withdrawing_the_entry_takes_its_red_flag_away(home: Home) -> None:
    raised = entries.raise_red_flag(home, WHEN, red_flags=["fever"])
    assert entries.withdraw(home, raised.entry_id).red_flag is None
    with pytest.raises(UnknownEntry):
        entries.withdraw(home, raised.entry_id)


def test_an_intervention_goes_by_its_alias_and_a_correction_changes_it(home: Home) -> None:
    logged = entries.did(home, "cat cow", WHEN)
    entries.correct(home, logged.entry_id, {"minutes": 5.0})
    (entry,) = read_journal(home.journal).entries
    assert entry.minutes == 5 and entry.intervention
    with pytest.raises(UnknownIntervention):
        entries.did(home, "sword swallowing", WHEN)


def test_an_activity_is_corrected_in_the_runners_words(home: Home) -> None:
    changes = activities.sport_changes("trail running")
    assert changes == {"sport": "running", "sub_sport": "trail"}
    activities.correct_activity(home, "abc", changes)
    activities.correct_activity(home, "abc", activities.RESTORED)
    assert not any(read_journal(home.journal).corrections.get("abc", {}).values())
    with pytest.raises(DiaryError, match="no sport"):
        activities.sport_changes("sword swallowing")


def test_files_are_kept_and_read_as_their_mapping_says(home: Home) -> None:
    kept = files.keep_upload(home, "../back.csv", io.BytesIO(b"Datum,Wert\n2026-05-04,3\n"))
    assert kept.is_new and kept.place.parent == home.inbox
    files.add_diary_mapping(home, DiaryMapping(kept.path, day="Datum", score="Wert"))
    assert settings_of(home).diaries[0].file == kept.path
    assert refreshes.refreshed(home).scores == 1
