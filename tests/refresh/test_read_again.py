"""A few FIT files a night are decoded again by fitparse; what comes of it is kept, joined and told.

The other process, fitparse and the warehouse are the real ones.
"""

import gzip
import json
import os
import stat
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.builders import SETTINGS, START, home_at, run_fit, run_gpx, zipped
from tightlog.answers.doctor.second_reading_checks import second_reading
from tightlog.home.second_reading import Outcome
from tightlog.home.second_readings import keep_second_readings, second_readings
from tightlog.home.settings import Home
from tightlog.ingest import second_reader
from tightlog.refresh.read_again import READER, read_again, standing
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = home_at(
        tmp_path / "home",
        monday_fit=run_fit(minutes=3),
        track_gpx=run_gpx(START + timedelta(days=9)),
    )
    packed = {"activities/2.fit.gz": gzip.compress(run_fit(START + timedelta(days=2), minutes=3))}
    (home.raw / "export.zip").write_bytes(zipped({"part.zip": zipped(packed)}))
    refresh(home, SETTINGS)
    return home


def files(home: Home) -> Mapping[str, Mapping[str, Any]]:
    rows = store.relation(store.published_version(home), "source_file")
    return {row["member"] or row["path"]: row for row in rows.iter_rows(named=True)}


def outcomes(home: Home) -> list[Outcome]:
    return sorted(one.outcome for one in standing(home).values())


def test_files_are_verified_wherever_they_lie_and_joined_at_the_next_refresh(home: Home) -> None:
    tally = read_again(home)
    assert (tally.read_count, tally.different_count, tally.left_count) == (2, 0, 0)
    assert files(home)["monday.fit"]["verified_by"] is None
    refresh(home, SETTINGS, from_scratch=True)
    for name in ("monday.fit", "part.zip/activities/2.fit.gz"):
        assert files(home)[name]["verified_by"] == READER == "fitparse 1.2.0"
        assert files(home)[name]["second_reading"] == "same"
        assert files(home)[name]["read_again_at"] is not None
    assert files(home)["track.gpx"]["verified_by"] is None
    assert second_reading(home).found.startswith("2 of 2 FIT files verified")
    assert read_again(home).read_count == 0


def test_the_record_is_private(home: Home) -> None:
    read_again(home)
    assert stat.S_IMODE(home.second_readings_file.stat().st_mode) == 0o600


def test_what_differs_is_kept_and_doctor_says_where_and_in_what(home: Home) -> None:
    version = store.linked_version(home)
    version.chmod(0o600)
    with duckdb.connect(str(version)) as connection:
        connection.execute(
            "update ingest.activity set distance_m = distance_m + 10, record_count = 7 "
            "where sha256 = (select sha256 from source_file where path = 'monday.fit')"
        )
    assert read_again(home).different_count == 1
    check = second_reading(home)
    assert not check.is_ok and "monday.fit" in check.found and "export" not in check.found
    assert "records of session 1 7, by fitparse 181" in check.found
    assert "distance of session 1 514.0 m, by fitparse 504.0 m" in check.found
    assert "tightlog files --explain monday.fit" in check.remedy
    refresh(home, SETTINGS, from_scratch=True)
    assert files(home)["monday.fit"]["verified_by"] is None
    assert files(home)["monday.fit"]["second_reading"] == "different"


def test_results_of_earlier_readers_are_renewed_and_of_gone_files_dropped(home: Home) -> None:
    read_again(home)
    older = [replace(one, schema_version=1) for one in second_readings(home).values()]
    keep_second_readings(home, older)
    assert standing(home) == {}
    (home.raw / "monday.fit").unlink()
    refresh(home, SETTINGS)
    assert read_again(home).read_count == 1
    assert len(second_readings(home)) == 1 and outcomes(home) == [Outcome.SAME]


def test_newest_come_first_and_the_rest_waits_for_the_next_nights(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(second_reader, "BYTES_PER_S", 100_000)
    monkeypatch.setattr(second_reader.SecondReader, "has_time_for", _once)
    newest = files(home)["part.zip/activities/2.fit.gz"]["sha256"]
    assert (read_again(home).read_count, set(standing(home))) == (1, {newest})
    assert (read_again(home).read_count, len(standing(home))) == (1, 2)


def _once(reader: second_reader.SecondReader, _size_bytes: int) -> bool:
    return reader.answered_count == 0


def test_computing_is_bounded_and_a_file_that_needs_it_all_is_not_tried_every_night(
    tmp_path: Path,
) -> None:
    home = home_at(tmp_path / "home", long_fit=run_fit(minutes=800))
    refresh(home, SETTINGS)
    before = os.times()
    assert read_again(home, most_s=1).read_count == 1
    after = os.times()
    assert after.children_user - before.children_user < 2
    assert after.children_system - before.children_system < 2
    assert outcomes(home) == [Outcome.TOO_LARGE]
    assert read_again(home, most_s=1).read_count == 0


def test_a_record_that_cannot_be_read_is_made_again(home: Home) -> None:
    read_again(home)
    for broken in ("not JSON", "[]", json.dumps({"format": 1, "readings": [{"sha256": "a"}]})):
        home.second_readings_file.write_text(broken)
        assert second_readings(home) == {}
        assert read_again(home).read_count == 2


def test_a_file_fitparse_cannot_read_is_said_not_to_be_possible(home: Home) -> None:
    assert second_reader.sessions_by_fitparse(b"not a FIT file") == []
    with second_reader.SecondReader(5) as reader:
        answer = reader.read(run_fit(minutes=1)[:-30] + bytes([0x0F]) * 28 + bytes(2))
    assert answer.sessions is None
