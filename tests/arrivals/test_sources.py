"""Sources are read in place: nothing is written there, nothing counts twice, and an unplugged disk
loses nothing.
"""

import errno
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from polars.testing import assert_frame_equal

from tests.builders import SETTINGS, START, home_at, run_fit, run_gpx
from tightlog.arrivals import sources as looked_at
from tightlog.arrivals.sources import State, listing_problem, sources
from tightlog.errors import HomeError, SettingsError
from tightlog.home.arriving.source_list import source_list
from tightlog.home.settings import Home, Settings
from tightlog.ingest.source import FoundFile, files_in_source
from tightlog.ingest.stored_content import bytes_at
from tightlog.refresh.refresh import RefreshSummary, refresh
from tightlog.warehouse import store
from tightlog.warehouse.exports.export import exported

LATER = START + timedelta(days=2)


def settings_with(*folders: Path) -> Settings:
    return replace(SETTINGS, sources=tuple(map(str, folders)))


def read(home: Home, settings: Settings, *, from_scratch: bool = False) -> RefreshSummary:
    """A refresh that leaves out the analysis: what becomes of a file does not depend on it."""
    return refresh(home, settings, from_scratch=from_scratch, analysed=False)


def statuses(home: Home) -> dict[str, str]:
    files = store.relation(store.published_version(home), "source_file")
    return dict(files.select("path", "status").iter_rows())


def run_count(home: Home) -> int:
    return store.relation(store.published_version(home), "activity").height


@pytest.fixture
def phone(tmp_path: Path) -> Path:
    """A synced folder with one run, one table, a hidden folder and a file half arrived."""
    folder = tmp_path / "Sync" / "phone"
    (folder / "2026" / ".stfolder").mkdir(parents=True)
    (folder / "2026" / "run.fit").write_bytes(run_fit(LATER))
    (folder / "2026" / "scores.csv").write_text("date,tightness\n2026-05-04,3\n2026-05-05,2\n")
    (folder / "2026" / ".stfolder" / "marker").write_text("x")
    (folder / "next.fit.tmp").write_bytes(run_fit()[:100])
    return folder


def test_every_file_of_a_source_is_accounted_for_under_its_written_path(
    tmp_path: Path, phone: Path
) -> None:
    home = home_at(tmp_path / "home", a_fit=run_fit())
    read(home, settings_with(phone))
    assert statuses(home) == {
        "a.fit": "read",
        f"{phone}/2026/run.fit": "read",
        f"{phone}/2026/scores.csv": "read",
        f"{phone}/next.fit.tmp": "unreadable",
    }
    assert run_count(home) == 2


def test_a_source_is_never_written_to(tmp_path: Path, phone: Path) -> None:
    home = home_at(tmp_path / "home")
    everything = [phone, *phone.rglob("*")]
    before = {one: (one.stat().st_mtime_ns, one.stat().st_ctime_ns) for one in everything}
    read(home, settings_with(phone))
    read(home, settings_with(phone), from_scratch=True)
    assert {one: (one.stat().st_mtime_ns, one.stat().st_ctime_ns) for one in before} == before
    assert [phone, *phone.rglob("*")] == everything


def test_an_unplugged_source_keeps_what_was_read_and_is_listed(tmp_path: Path, phone: Path) -> None:
    home = home_at(tmp_path / "home", a_fit=run_fit())
    read(home, settings_with(phone))
    away = phone.rename(tmp_path / "away")
    outcome = read(home, settings_with(phone))
    assert (outcome.removed, outcome.kept > 0, run_count(home)) == (0, True, 2)
    assert statuses(home)[str(phone)] == "unreadable"
    away.rename(phone)
    (phone / "2026" / "next.fit").write_bytes(run_fit(START + timedelta(days=5)))
    read(home, settings_with(phone))
    assert (str(phone) in statuses(home), run_count(home)) == (False, 3)


def test_an_empty_mount_point_is_a_disk_not_there(tmp_path: Path, phone: Path) -> None:
    home = home_at(tmp_path / "home", a_fit=run_fit())
    read(home, settings_with(phone))
    shutil.rmtree(phone / "2026")
    (phone / "next.fit.tmp").unlink()
    outcome = read(home, settings_with(phone))
    assert (outcome.removed, run_count(home)) == (0, 2)
    read(home, settings_with(phone), from_scratch=True)
    assert run_count(home) == 1, "a rebuild takes an empty folder for what it is"


def test_a_file_taken_out_of_a_source_that_is_there_leaves(tmp_path: Path, phone: Path) -> None:
    home = home_at(tmp_path / "home", a_fit=run_fit())
    read(home, settings_with(phone))
    (phone / "2026" / "run.fit").unlink()
    outcome = read(home, settings_with(phone))
    assert (outcome.removed, run_count(home)) == (1, 1)


def test_a_rebuild_with_a_source_unplugged_is_refused(tmp_path: Path, phone: Path) -> None:
    home = home_at(tmp_path / "home", a_fit=run_fit())
    read(home, settings_with(phone))
    phone.rename(tmp_path / "away")
    with pytest.raises(HomeError, match=r"tightlog\.toml"):
        read(home, settings_with(phone), from_scratch=True)
    assert run_count(home) == 2
    read(home, SETTINGS, from_scratch=True)
    assert run_count(home) == 1, "a source taken out of the settings is a decision"


def test_a_rebuild_gives_the_same_content(tmp_path: Path, phone: Path) -> None:
    home = home_at(tmp_path / "home", a_fit=run_fit())
    refresh(home, settings_with(phone))
    relations = ("activity", "record", "tightness", "day")
    before = {name: store.relation(store.published_version(home), name) for name in relations}
    refresh(home, settings_with(phone), from_scratch=True)
    for name in relations:
        assert_frame_equal(before[name], store.relation(store.published_version(home), name))


def test_the_same_run_in_both_places_counts_once(tmp_path: Path, phone: Path) -> None:
    home = home_at(tmp_path / "home", a_fit=run_fit(LATER), b_gpx=run_gpx(LATER))
    read(home, settings_with(phone))
    assert run_count(home) == 1


def test_a_folder_of_data_raw_that_is_called_like_a_source_is_none(tmp_path: Path) -> None:
    home = home_at(tmp_path / "home")
    (home.raw / "~" / "Sync").mkdir(parents=True)
    (home.raw / "~" / "Sync" / "run.fit").write_bytes(run_fit())
    read(home, SETTINGS)
    assert statuses(home) == {"./~/Sync/run.fit": "read"}
    assert bytes_at(home.raw, "./~/Sync/run.fit", None) == run_fit()


def test_a_data_raw_that_empties_is_kept_though_a_source_has_files(
    tmp_path: Path, phone: Path
) -> None:
    home = home_at(tmp_path / "home", a_fit=run_fit())
    read(home, settings_with(phone))
    (home.raw / "a.fit").unlink()
    with pytest.raises(HomeError, match="1 files known"):
        read(home, settings_with(phone))


def test_a_linked_source_is_read_and_a_link_to_a_folder_inside_is_told(
    tmp_path: Path, phone: Path
) -> None:
    home, link = home_at(tmp_path / "home"), tmp_path / "link"
    link.symlink_to(phone)
    (phone / "around").symlink_to(phone)
    read(home, settings_with(link))
    assert statuses(home)[f"{link}/2026/run.fit"] == "read"
    assert statuses(home)[f"{link}/around"] == "no_activity"


@pytest.mark.parametrize("place", ["", "data", "data/raw", "data/raw/deeper", ".."])
def test_a_source_around_or_inside_the_home_is_refused(tmp_path: Path, place: str) -> None:
    home = home_at(tmp_path / "home", a_fit=run_fit())
    folder = (home.folder / place).resolve()
    folder.mkdir(exist_ok=True)
    (one,) = sources(home, [str(folder)])
    assert (one.state, one.files) == (State.REFUSED, ())
    assert counted_files(read(home, settings_with(folder))) == 2


def counted_files(outcome: RefreshSummary) -> int:
    return sum(outcome.files.values())


def test_a_share_that_does_not_answer_is_not_waited_for(tmp_path: Path) -> None:
    @contextmanager
    def hanging(folder: Path) -> Iterator[Iterator[object]]:
        time.sleep(1)
        yield iter([folder])

    begun_s = time.monotonic()
    problem = listing_problem(tmp_path, 0.05, hanging)
    assert problem is not None and problem.errno == errno.ETIMEDOUT
    assert time.monotonic() - begun_s < 0.9
    assert listing_problem(tmp_path, 5) is None


def test_a_source_unmounted_between_two_looks_is_waited_for(
    tmp_path: Path, phone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = home_at(tmp_path / "home")
    known = (f"{phone}/2026/run.fit",)

    def unmounted(folder: Path, name: str) -> tuple[FoundFile, ...]:
        shutil.rmtree(folder)
        folder.mkdir()
        return files_in_source(folder, name)

    monkeypatch.setattr(looked_at, "files_in_source", unmounted)
    (found,) = sources(home, (str(phone),), known)
    assert found.state is State.EMPTIED and "1 file known before" in found.words


def test_an_export_of_tightlog_in_a_source_counts_no_score_twice(
    tmp_path: Path, phone: Path
) -> None:
    home = home_at(tmp_path / "home")
    read(home, settings_with(phone))
    (phone / "out").mkdir()
    exported(store.published_version(home), phone / "out", "csv")
    read(home, settings_with(phone))
    assert store.relation(store.published_version(home), "tightness").height == 2
    assert set(statuses(home)) >= {f"{phone}/out/day.csv", f"{phone}/2026/scores.csv"}


@pytest.mark.parametrize("folder", ["~/a\\nb", "/proc", "/dev/shm", "~/a\\u202eb"])
def test_no_source_may_be_made_up_by_the_system_or_hide_its_name(folder: str) -> None:
    with pytest.raises(SettingsError):
        source_list([folder.encode().decode("unicode_escape")], "tightlog.toml")
