"""What cannot be opened now is told, and what was read from it stays until it opens."""

import errno
import io
import os
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.builders import SETTINGS, START, home_at, run_fit, zipped
from tests.ordinary_user import ordinary_user
from tests.sampled import by_hand
from tightlog.answers.refresh_words import refresh_words
from tightlog.errors import HomeError
from tightlog.home.settings import Home, Settings, settings_in
from tightlog.ingest import folder_tree, locations
from tightlog.refresh.refresh import planned, refresh, refuse_loss
from tightlog.refresh.summary import RefreshSummary
from tightlog.warehouse import store

TODAY = date(2026, 5, 20)
SCORES = b"date,score\n2026-05-04,3\n2026-05-05,2\n"


@pytest.fixture(autouse=True)
def as_an_ordinary_user() -> Iterator[None]:
    with ordinary_user():
        yield


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """Home with two runs and a diary in a folder of their own, and a run beside it, all read."""
    home = home_at(tmp_path, a_fit=run_fit())
    nas = home.raw / "nas"
    (nas / "2026").mkdir(parents=True)
    (nas / "b.fit").write_bytes(run_fit(START + timedelta(days=1)))
    (nas / "2026" / "c.fit").write_bytes(run_fit(START + timedelta(days=2)))
    (nas / "scores.csv").write_bytes(SCORES)
    assert refreshed(home).activities == 3
    yield home
    for folder in (home.raw, nas, nas / "2026"):
        if folder.is_dir():
            folder.chmod(0o755)


def refreshed(home: Home, settings: Settings = SETTINGS, **options: Any) -> RefreshSummary:
    return refresh(home, settings, today=TODAY, analysed=False, **options)


def rows(home: Home) -> dict[str, tuple[str, str]]:
    version = store.published_version(home)
    found = store.query(
        version, "select path, status, reason from source_file order by path, member"
    )
    return {path: (status, reason or "") for path, status, reason in found.iter_rows()}


@pytest.mark.parametrize("mode", [0o000, 0o444, *by_hand(0o111, 0o333)])
def test_what_is_known_below_a_closed_folder_stays_and_the_row_says_why(
    home: Home, mode: int
) -> None:
    before = rows(home)
    (home.raw / "nas").chmod(mode)
    outcome = refreshed(home)
    assert (outcome.activities, outcome.scores, outcome.removed, outcome.kept) == (3, 2, 0, 3)
    assert "3 known before cannot be opened now" in refresh_words(outcome, home)
    closed = "nas/b.fit" if mode == 0o444 else "nas"
    status, reason = rows(home)[closed]
    assert status == "unreadable"
    assert "Permission denied" in reason and "read from it" in reason and "is kept" in reason
    assert refreshed(home).files["unchanged"] == sum(outcome.files.values())
    (home.raw / "nas").chmod(0o755)
    assert (refreshed(home).activities, rows(home)) == (3, before)


def test_a_file_gone_from_a_folder_that_opens_again_is_taken_out(home: Home) -> None:
    (home.raw / "nas").chmod(0)
    refreshed(home)
    (home.raw / "nas").chmod(0o755)
    (home.raw / "nas" / "b.fit").unlink()
    outcome = refreshed(home)
    assert (outcome.activities, outcome.removed) == (2, 1)


def test_a_file_beside_a_closed_folder_is_read_and_taken_out_as_ever(home: Home) -> None:
    (home.raw / "nas").chmod(0)
    (home.raw / "a.fit").unlink()
    (home.raw / "d.fit").write_bytes(run_fit(START + timedelta(days=3)))
    outcome = refreshed(home)
    assert (outcome.activities, outcome.removed) == (3, 1)


def test_a_file_that_closes_keeps_what_was_read_and_is_tried_again(home: Home) -> None:
    (home.raw / "a.fit").chmod(0)
    outcome = refreshed(home)
    assert (outcome.activities, outcome.kept, outcome.files["unchanged"]) == (3, 1, 4)
    assert rows(home)["a.fit"] == (
        "unreadable",
        "cannot be opened (Permission denied); check its permissions. "
        "What was read from it before is kept",
    )
    assert refreshed(home).kept == 1
    (home.raw / "a.fit").chmod(0o644)
    assert (refreshed(home).kept, rows(home)["a.fit"]) == (0, ("read", ""))


def test_a_closed_archive_keeps_its_members(tmp_path: Path) -> None:
    home = home_at(
        tmp_path, b_zip=zipped({"1.fit": run_fit(), "2.fit": run_fit(START + timedelta(days=1))})
    )
    refreshed(home)
    (home.raw / "b.zip").chmod(0)
    assert (refreshed(home).activities, refreshed(home).kept) == (2, 1)


def test_a_file_never_read_promises_nothing(tmp_path: Path) -> None:
    home = home_at(tmp_path, a_fit=run_fit())
    (home.raw / "a.fit").chmod(0)
    assert refreshed(home).activities == 0
    assert refreshed(home).kept == 0
    assert "kept" not in rows(home)["a.fit"][1]
    (home.raw / "a.fit").chmod(0o644)
    assert refreshed(home).activities == 1


def test_a_diary_described_anew_while_it_is_closed_keeps_its_scores(home: Home) -> None:
    described = settings_in(
        'time_zone = "Europe/Zurich"\n[[diary]]\nfile = "scores.csv"\nscale = [0, 5]\n'
    )
    (home.raw / "nas").chmod(0)
    assert refreshed(home, described).scores == 2
    (home.raw / "nas").chmod(0o755)
    refreshed(home, replace(described, fingerprint="another"))
    assert store.relation(store.published_version(home), "tightness")["score"].sort().to_list() == [
        4,
        6,
    ]


@pytest.mark.parametrize("how", ["rebuild", "another zone"])
def test_reading_everything_anew_is_refused_while_it_would_lose_something(
    home: Home, how: str
) -> None:
    served = store.published_version(home)
    (home.raw / "nas").chmod(0)
    settings = Settings("Asia/Tokyo") if how == "another zone" else SETTINGS
    with pytest.raises(
        HomeError, match=r"3 files known before cannot be opened now, such as data/raw/nas/"
    ):
        refreshed(home, settings, from_scratch=how == "rebuild")
    assert store.published_version(home) == served
    (home.raw / "nas").chmod(0o755)
    assert refreshed(home, settings, from_scratch=how == "rebuild").activities == 3


def test_a_closed_folder_nothing_was_read_from_hinders_no_rebuild(home: Home) -> None:
    (home.raw / "lost+found").mkdir(mode=0)
    assert refreshed(home, from_scratch=True).activities == 3
    assert rows(home)["lost+found"][0] == "unreadable"
    (home.raw / "lost+found").rmdir()
    assert refreshed(home).removed == 0


@pytest.mark.parametrize("gone", ["closed", "missing", "emptied"])
def test_data_raw_that_is_gone_takes_nothing_out(home: Home, tmp_path: Path, gone: str) -> None:
    served = store.published_version(home)
    if gone == "closed":
        home.raw.chmod(0)
    else:
        home.raw.rename(tmp_path / "elsewhere")
        (tmp_path / "elsewhere" / "nas").chmod(0o755)
    if gone == "emptied":
        home.raw.mkdir()
    with pytest.raises(HomeError, match=r"data/raw .*kept"):
        refreshed(home)
    assert store.published_version(home) == served
    home.raw.mkdir(exist_ok=True)
    home.raw.chmod(0o755)


def test_a_rebuild_takes_out_what_the_runner_emptied(home: Home, tmp_path: Path) -> None:
    home.raw.rename(tmp_path / "elsewhere")
    home.raw.mkdir()
    assert refreshed(home, from_scratch=True).activities == 0


@pytest.mark.parametrize("number", [errno.EIO, errno.ESTALE, errno.ENOENT, errno.ELOOP])
def test_a_folder_the_disk_refuses_is_a_row_and_what_is_known_stays(
    home: Home, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    listed = folder_tree._folder_handle

    def refused(root: Path, folder: str) -> int:
        if folder == "nas/2026":
            raise OSError(number, os.strerror(number))
        return listed(root, folder)

    monkeypatch.setattr(folder_tree, "_folder_handle", refused)
    outcome = refreshed(home)
    assert (outcome.activities, outcome.removed) == (3, 0)
    assert os.strerror(number) in rows(home)["nas/2026"][1]


@pytest.mark.parametrize("path", ["a.fit", "b.zip"])
def test_a_disk_that_refuses_in_the_middle_of_a_file_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    packed = zipped(
        {"1.fit": run_fit(START + timedelta(days=1)), "2.fit": run_fit(START + timedelta(days=2))}
    )
    home = home_at(tmp_path, a_fit=run_fit(), b_zip=packed)
    refreshed(home)
    (home.raw / path).touch()
    begun = folder_tree.opened

    class Refusing(folder_tree.RecordedFile):
        def readinto(self, buffer: memoryview | bytearray) -> int | None:  # type: ignore[override]
            if self.tell() > 0:
                self.problem = OSError(errno.EIO, os.strerror(errno.EIO))
                raise self.problem
            return super().readinto(buffer)

    def refusing(location: Path) -> "io.BufferedReader[Refusing]":
        with begun(location) as file:
            return io.BufferedReader(Refusing(os.dup(file.fileno())), 512)

    monkeypatch.setattr(locations, "opened", refusing)
    outcome = refreshed(home)
    assert (outcome.activities, outcome.files["unreadable"]) == (3, 0)
    assert "Input/output error" in rows(home)[path][1] and "is kept" in rows(home)[path][1]
    monkeypatch.undo()
    assert (refreshed(home).activities, rows(home)["a.fit"]) == (3, ("read", ""))


def test_what_is_no_file_is_never_opened_and_hinders_nothing(home: Home) -> None:
    begun = time.monotonic()
    os.mkfifo(home.raw / "pipe.fit")
    places = {
        "zero": "/dev/zero",
        "tty": "/dev/tty",
        "kernel": "/proc/kmsg",
        "memory": "/proc/self/mem",
        "piped": "pipe.fit",
        "loop": "loop.fit",
        "nowhere": "/nowhere",
        "sys": "/sys/kernel/uevent_seqnum",
    }
    for name, target in places.items():
        (home.raw / f"{name}.fit").symlink_to(target)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(home.raw / "socket.fit"))
        outcome = refreshed(home)
    assert (outcome.activities, outcome.files["unreadable"]) == (3, len(places) + 2)
    assert all(rows(home)[f"{name}.fit"][1] for name in (*places, "pipe", "socket"))
    assert refreshed(home).files["unreadable"] == 0
    assert time.monotonic() - begun < 200


def test_a_pipe_put_in_place_of_a_file_after_it_was_found_is_not_opened(home: Home) -> None:
    def swapped(path: str, _number: int, _count: int) -> None:
        (home.raw / path).unlink()
        os.mkfifo(home.raw / path)

    (home.raw / "z.fit").write_bytes(run_fit(START + timedelta(days=4)))
    assert refreshed(home, progress=swapped).activities == 3


@pytest.mark.parametrize("depth", [45, 900])
def test_a_tree_of_any_depth_and_any_length_of_path_is_read(tmp_path: Path, depth: int) -> None:
    home = home_at(tmp_path)
    handle = os.open(home.raw, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir("d" * 120, dir_fd=handle)
        above, handle = handle, os.open("d" * 120, os.O_RDONLY, dir_fd=handle)
        os.close(above)
    file = os.open("deep.fit", os.O_WRONLY | os.O_CREAT, dir_fd=handle)
    os.write(file, run_fit())
    os.close(file)
    os.close(handle)
    assert refreshed(home).activities == 1
    assert refreshed(home).files["unchanged"] == 1


def test_names_of_any_bytes_are_told_apart(tmp_path: Path) -> None:
    home = home_at(tmp_path)
    names = [
        b"\xff.fit",
        b"\xfe\n.fit",
        b"\\udcff.fit",
        "é.fit".encode(),
        b"e\xcc\x81.fit",
        b" .fit",
        b"'\";--.fit",
    ]
    for day, name in enumerate(names):
        (home.raw / os.fsdecode(name)).write_bytes(run_fit(START + timedelta(days=day)))
    assert refreshed(home).activities == len(names)
    assert refreshed(home).files["unchanged"] == len(names)


def test_the_nightly_run_refuses_the_same(home: Home) -> None:
    (home.raw / "nas").chmod(0)
    job = planned(home, SETTINGS, from_scratch=True, today=TODAY)
    with pytest.raises(HomeError):
        refuse_loss(job)
