"""A correction survives: it follows the activity to whichever recording is kept, and what was
left out stays out.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.builders import CYCLING, SETTINGS, START, home_at, run_fit, run_gpx
from tightlog.errors import DiaryError
from tightlog.home.settings import Home
from tightlog.journal.writing import correct_activity, withdraw
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store


def refreshed(home: Home) -> list[dict[str, Any]]:
    refresh(home, SETTINGS)
    return store.query(
        store.published_version(home), "select * from activity order by started_at"
    ).to_dicts()


def test_sport_corrected_to_running_doubles_the_strides_everywhere(tmp_path: Path) -> None:
    home = home_at(tmp_path, a_fit=run_fit(sport=CYCLING, strides=84))
    (before,) = refreshed(home)
    assert before["cadence_spm"] == 84
    correct_activity(
        home.journal, before["activity_id"], {"sport": "running", "sub_sport": "trail"}
    )
    (after,) = refreshed(home)
    assert (after["sport"], after["sub_sport"], after["cadence_spm"], after["cadence_raw"]) == (
        "running",
        "trail",
        168,
        84,
    )
    version = store.published_version(home)
    assert store.query(
        version, "select distinct cadence_spm from record"
    ).to_series().to_list() == [168]
    assert store.query(version, "select run_distance_m from day").item() == pytest.approx(3360)


def test_sport_corrected_to_cycling_takes_the_doubling_back(tmp_path: Path) -> None:
    home = home_at(tmp_path, a_fit=run_fit(strides=84))
    (before,) = refreshed(home)
    correct_activity(home.journal, before["activity_id"], {"sport": "cycling"})
    (after,) = refreshed(home)
    assert (before["cadence_spm"], after["cadence_spm"]) == (168, 84)
    assert store.query(
        store.published_version(home), "select distinct cadence_spm from record"
    ).to_series().to_list() == [84]


def test_a_correction_to_the_treadmill_is_indoors(tmp_path: Path) -> None:
    home = home_at(tmp_path, a_gpx=run_gpx())
    (before,) = refreshed(home)
    said = {"sport": "running", "sub_sport": "treadmill"}
    correct_activity(home.journal, before["activity_id"], said)
    (after,) = refreshed(home)
    assert (before["is_indoor"], after["is_indoor"]) == (False, True)


def test_ignored_activity_stays_out_when_another_file_brings_it_again(tmp_path: Path) -> None:
    home = home_at(tmp_path, a_gpx=run_gpx(), b_fit=run_fit(START + timedelta(days=1)))
    first = refreshed(home)[0]
    correct_activity(home.journal, first["activity_id"], {"is_ignored": True})
    assert len(refreshed(home)) == 1
    (home.raw / "richer.fit").write_bytes(run_fit())
    assert len(refreshed(home)) == 1, "the richer twin is left out as well"
    version = store.published_version(home)
    assert store.query(version, "select count(*) from ignored_activity").item() == 1
    assert (
        "left"
        in store.query(version, "select reason from source_file where path = 'richer.fit'").item()
    )


def test_restored_activity_counts_again_as_its_file_says(tmp_path: Path) -> None:
    home = home_at(tmp_path, a_fit=run_fit())
    (before,) = refreshed(home)
    correct_activity(home.journal, before["activity_id"], {"is_ignored": True, "shoe": "blue"})
    assert refreshed(home) == []
    correct_activity(home.journal, before["activity_id"], {"is_ignored": None, "shoe": None})
    (after,) = refreshed(home)
    assert (after["shoe"], after["cadence_spm"]) == (None, before["cadence_spm"])


def test_correction_survives_a_rebuild_and_a_removed_and_returned_file(tmp_path: Path) -> None:
    # Another file stays: with every file gone at once a refresh takes nothing out.
    home = home_at(tmp_path, a_fit=run_fit(), notes_txt=b"not a run")
    (before,) = refreshed(home)
    correct_activity(home.journal, before["activity_id"], {"shoe": "blue", "rpe": 6})
    content = (home.raw / "a.fit").read_bytes()
    (home.raw / "a.fit").unlink()
    assert refreshed(home) == []
    (home.raw / "again.fit").write_bytes(content)
    refresh(home, SETTINGS, from_scratch=True)
    (after,) = refreshed(home)
    assert (after["shoe"], after["rpe"]) == ("blue", 6)


def test_what_cannot_be_corrected_is_refused(tmp_path: Path) -> None:
    home = home_at(tmp_path)
    for changes in ({"distance_m": 5}, {"rpe": 11}):
        with pytest.raises(DiaryError):
            correct_activity(home.journal, "x", changes)
    with pytest.raises(DiaryError):
        withdraw(home.journal, "x")
