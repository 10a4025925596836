"""A folder that syncs: what is not whole yet is said and waits, what is whole is read, and
nothing is read half.
"""

import threading
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.builders import SETTINGS, START, home_at, rows, run_fit, zipped
from tightlog.home.settings import Home
from tightlog.refresh.refresh import refresh
from tightlog.refresh.summary import RefreshSummary

RUN = run_fit(minutes=30)


def refreshed(home: Home, **options: Any) -> RefreshSummary:
    return refresh(home, SETTINGS, today=date(2026, 5, 6), analysed=False, **options)


FILES = """select path, member, status, reason
from source_file
order by path, member nulls first"""


def test_file_that_grows_while_it_is_read_waits_and_is_read_whole_the_next_time(
    tmp_path: Path,
) -> None:
    home = home_at(tmp_path, a_fit=RUN[:400], b_fit=run_fit(START + timedelta(days=1)))
    is_begun, is_over = threading.Event(), threading.Event()

    def copy_slowly() -> None:
        with open(home.raw / "a.fit", "ab", buffering=0) as file:
            for place in range(400, len(RUN)):
                # The last byte comes only after the refresh: till then the copy goes on.
                if place == len(RUN) - 1:
                    is_over.wait()
                file.write(RUN[place : place + 1])
                is_begun.set()
                if not is_over.is_set():
                    time.sleep(0.001)

    writer = threading.Thread(target=copy_slowly)
    writer.start()
    is_begun.wait()
    outcome = refreshed(home)
    is_over.set()
    writer.join()
    assert (outcome.activities, outcome.files["unreadable"], outcome.files["read"]) == (1, 1, 1)
    assert (
        rows(home, FILES)[0]["reason"] == "still being written; it will be read at the next refresh"
    )
    assert (home.raw / "a.fit").read_bytes() == RUN
    assert refreshed(home).activities == 2
    assert [row["status"] for row in rows(home, FILES)] == ["read", "read"]
    assert rows(home, "select moving_s from activity order by started_at") == [
        {"moving_s": 1800},
        {"moving_s": 1200},
    ]


def test_file_replaced_between_being_found_and_being_read_waits(tmp_path: Path) -> None:
    home = home_at(tmp_path, a_fit=run_fit())

    def replace_it(path: str, _number: int, _count: int) -> None:
        (tmp_path / "new").write_bytes(RUN)
        (tmp_path / "new").replace(home.raw / path)

    assert refreshed(home, progress=replace_it).activities == 0
    assert refreshed(home).activities == 1


def test_archive_that_grows_gives_its_whole_members_once_it_is_whole(tmp_path: Path) -> None:
    whole = zipped({"1.fit": run_fit(), "2.fit": run_fit(START + timedelta(days=1))})
    home = home_at(tmp_path, export_zip=whole[:-100])

    def grow(path: str, _number: int, _count: int) -> None:
        (home.raw / path).write_bytes(whole[:-50])

    assert refreshed(home, progress=grow).files["unreadable"] == 1
    assert rows(home, FILES) == [
        {
            "path": "export.zip",
            "member": None,
            "status": "unreadable",
            "reason": "still being written; it will be read at the next refresh",
        }
    ]
    (home.raw / "export.zip").write_bytes(whole)
    assert refreshed(home).activities == 2
    assert refreshed(home).files["unchanged"] == 3


def test_archive_touched_while_it_is_read_counts_its_members_once(tmp_path: Path) -> None:
    whole = zipped({"1.fit": run_fit(), "2.fit": run_fit(START + timedelta(days=1))})
    home = home_at(tmp_path, export_zip=whole)
    first = refreshed(home, progress=lambda path, _number, _count: (home.raw / path).touch())
    assert (first.activities, first.files["unreadable"]) == (2, 1)
    second = refreshed(home)
    assert (second.activities, second.files["unreadable"]) == (2, 0)
    assert [row["status"] for row in rows(home, FILES)] == ["no_activity", "read", "read"]


def test_what_a_sync_hides_is_no_file_seen(tmp_path: Path) -> None:
    home = home_at(tmp_path)
    for name in (
        ".syncthing.a.fit.tmp",
        ".a.fit.Xa91Bc",
        ".dropbox.cache/a.fit",
        ".tmp.driveupload/a.fit",
        ".stversions/a.fit",
        ".sync/Archive/a.fit",
        ".DS_Store",
        "._a.fit",
    ):
        (home.raw / name).parent.mkdir(parents=True, exist_ok=True)
        (home.raw / name).write_bytes(RUN[:300])
    assert sum(refreshed(home).files.values()) == 0


def test_temporary_names_wait_until_they_have_their_own(tmp_path: Path) -> None:
    home = home_at(tmp_path)
    names = (
        "~syncthing~a.fit.tmp",
        "a.fit.!sync",
        "a.fit.part",
        "a.fit.crdownload",
        "a.fit.partial",
        "a.fit.filepart",
        "a.fit.tmp.drivedownload",
        "a.fit.opdownload",
    )
    for name in names:
        (home.raw / name).write_bytes(RUN[:300])
    assert refreshed(home).files["unreadable"] == len(names)
    assert all("temporary name" in row["reason"] for row in rows(home, FILES))
    for day, name in enumerate(names):
        (home.raw / name).rename(home.raw / f"{day}.fit")
        (home.raw / f"{day}.fit").write_bytes(run_fit(START + timedelta(days=day)))
    assert refreshed(home).activities == len(names)


def test_placeholder_of_icloud_is_named_and_its_run_read_when_it_comes(tmp_path: Path) -> None:
    home = home_at(tmp_path)
    (home.raw / ".a.fit.icloud").write_bytes(b"bplist00 a.fit")
    assert refreshed(home).files["unreadable"] == 1
    assert "iCloud has not fetched" in rows(home, FILES)[0]["reason"]
    (home.raw / ".a.fit.icloud").rename(home.raw / "a.fit")
    (home.raw / "a.fit").write_bytes(RUN)
    outcome = refreshed(home)
    assert (outcome.activities, outcome.files["unreadable"]) == (1, 0)


def test_empty_placeholder_says_that_a_sync_may_be_behind(tmp_path: Path) -> None:
    home = home_at(tmp_path, a_fit=b"")
    assert refreshed(home).files["unreadable"] == 1
    assert "sync has not downloaded it" in rows(home, FILES)[0]["reason"]
    (home.raw / "a.fit").write_bytes(RUN)
    assert refreshed(home).activities == 1


def test_copy_named_after_a_conflict_is_a_duplicate(tmp_path: Path) -> None:
    home = home_at(tmp_path, a_fit=RUN)
    (home.raw / "a.sync-conflict-20260504-071500-ABCDEFG.fit").write_bytes(RUN)
    outcome = refreshed(home)
    assert (outcome.activities, outcome.files["duplicate"]) == (1, 1)
