"""Segments: small ones are joined, what is gone is set aside, and nothing else changes."""

from pathlib import Path

import pytest

from tests.builders import SETTINGS, START, home_at, rows, run_fit
from tightlog.home.settings import Home
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store
from tightlog.warehouse.publish import KEPT_VERSIONS
from tightlog.warehouse.segments import shelf
from tightlog.warehouse.segments.segment import KINDS, Segment
from tightlog.warehouse.segments.shelf import FEW_RECORDS, MANY, Standing, groups

COUNTS = "select count(*) as n, count(distinct activity_id) as runs from record"
FILES = "select count(*) as n from ingest.segment"
WINDOWS = "select activity_id, window_index, speed_mps from ingest.run_window order by all"


def standing(record_count: int, number: int = 0) -> Standing:
    return Standing(Segment({}, record_count, 1, number, number), 1)


@pytest.mark.parametrize(
    ("record_count", "others"),
    [(FEW_RECORDS - 1, 0), (20_000, 100)],
    ids=["few records", "a small share"],
)
def test_so_many_small_neighbours_become_one(record_count: int, others: int) -> None:
    large = [standing(100_000)] * others
    small = [standing(record_count)] * MANY
    assert [len(group) for group in groups([*large, *small])] == [1] * others + [MANY]
    assert len(groups([*large, *small[1:]])) == others + MANY - 1
    assert len(groups([*small[1:], standing(100_000), *small[1:]])) == 2 * MANY - 1


def test_what_a_first_refresh_writes_is_left_as_it_is() -> None:
    assert len(groups([standing(FEW_RECORDS)] * 100)) == 100


def added(home: Home, number: int) -> None:
    data = run_fit(START.replace(day=1 + number), minutes=3 + number % 3)
    (home.raw / f"{number}.fit").write_bytes(data)
    refresh(home, SETTINGS)


def test_segments_of_many_nights_become_one_and_show_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "MANY", 4)
    home = home_at(tmp_path)
    for number in range(3):
        added(home, number)
    before, windows = rows(home, COUNTS), rows(home, WINDOWS)
    assert rows(home, FILES) == [{"n": 3}]
    added(home, 3)
    assert rows(home, FILES) == [{"n": 1}]
    (home.raw / "3.fit").unlink()
    refresh(home, SETTINGS)
    assert (rows(home, COUNTS), rows(home, WINDOWS)) == (before, windows)


def test_records_of_a_file_taken_out_are_in_no_file_the_new_version_names(tmp_path: Path) -> None:
    home = home_at(tmp_path, a_fit=run_fit(), b_fit=run_fit(START.replace(day=20), minutes=5))
    refresh(home, SETTINGS)
    both = store.segment_files(store.published_version(home))
    (home.raw / "a.fit").unlink()
    refresh(home, SETTINGS)
    left = store.segment_files(store.published_version(home))
    assert len(left) == len(KINDS) and not {*left} & {*both}
    assert rows(home, "select count(distinct activity_key) as n from ingest.record") == [{"n": 1}]


def test_each_kept_version_answers_and_what_none_names_is_gone(tmp_path: Path) -> None:
    home = home_at(tmp_path)
    for number in range(KEPT_VERSIONS + 2):
        added(home, number)
        (home.raw / f"{number}.fit").rename(home.raw / f"{number}.fit.part")
    versions = sorted((home.warehouse / "versions").iterdir())
    assert len(versions) == KEPT_VERSIONS
    named = set()
    for version in versions:
        counted = store.query(version, COUNTS).to_dicts()[0]
        assert counted["n"] > 0 and counted["runs"] == 1
        named |= {path.name for path in store.segment_files(version)}
    assert {path.name for path in (home.warehouse / "segments").iterdir()} == named


def test_what_a_killed_refresh_left_among_the_segments_is_swept_and_foreign_files_stay(
    tmp_path: Path,
) -> None:
    home = home_at(tmp_path)
    added(home, 0)
    segments = home.warehouse / "segments"
    for name in ("unfinished-12.tmp", f"{'0' * 32}.parquet", "mine.parquet"):
        (segments / name).write_bytes(b"left over")
    added(home, 1)
    kept = {path.name for path in store.segment_files(store.published_version(home))}
    assert {path.name for path in segments.iterdir()} == {*kept, "mine.parquet"}


def test_segments_are_private_and_never_writable(tmp_path: Path) -> None:
    home = home_at(tmp_path)
    added(home, 0)
    segments = home.warehouse / "segments"
    assert segments.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in segments.iterdir()} == {0o400}
